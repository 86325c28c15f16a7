//! Cookies: the session, the flash, and what a browser prefers.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use charla_app::{
    density::Density,
    flash::Flash,
    panes::{self, Panes},
    theme::Theme,
};
use charla_core::accounts::SessionToken;
use charla_shared::account::Locale;

use super::Host;

const FLASH: &str = "charla_flash";
const THEME: &str = "charla_theme";
const DENSITY: &str = "charla_density";
/// Set by the page itself: to fold the rail asks for no other page.
const RAIL: &str = "charla_rail";
const LOCALE: &str = "charla_locale";

/// `__Host-` makes browsers insist on Secure, no Domain, Path=/ (RFC 6265bis §4.1.3.2); it needs TLS.
fn session_name(host: &Host) -> &'static str {
    if host.options.production { "__Host-charla_session" } else { "charla_session" }
}

fn cookie(host: &Host, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(host.options.production)
        .build()
}

fn lasting(host: &Host, name: &'static str, value: String, seconds: i64) -> Cookie<'static> {
    let mut cookie = cookie(host, name, value);
    cookie.set_max_age(Some(time::Duration::seconds(seconds)));
    cookie
}

/// The session's token, when the browser has one.
pub(super) fn session(host: &Host, jar: &CookieJar) -> Option<SessionToken> {
    jar.get(session_name(host)).map(|cookie| SessionToken::new(cookie.value()))
}

/// Remembers a login. It outlives neither the session's absolute limit nor a log-out.
pub(super) fn with_session(host: &Host, jar: CookieJar, token: &SessionToken) -> CookieJar {
    let seconds = host.core.config.sessions.absolute.as_secs();
    jar.add(lasting(host, session_name(host), token.expose().to_owned(), seconds))
}

/// Forgets the login.
pub(super) fn without_session(host: &Host, jar: CookieJar) -> CookieJar {
    jar.remove(cookie(host, session_name(host), String::new()))
}

/// What the last form has to say, if anything.
pub(super) fn flash(jar: &CookieJar) -> Option<Flash> {
    let json = BASE64_URL_SAFE_NO_PAD.decode(jar.get(FLASH)?.value()).ok()?;
    serde_json::from_slice(&json).ok()
}

/// Leaves a word for the next page.
pub(super) fn with_flash(host: &Host, jar: CookieJar, flash: &Flash) -> CookieJar {
    let json = serde_json::to_vec(flash).unwrap_or_default();
    jar.add(lasting(host, FLASH, BASE64_URL_SAFE_NO_PAD.encode(json), 60))
}

/// The word was shown.
pub(super) fn without_flash(host: &Host, jar: CookieJar) -> CookieJar {
    jar.remove(cookie(host, FLASH, String::new()))
}

const YEAR: i64 = 365 * 24 * 3600;

pub(super) fn theme(jar: &CookieJar) -> Theme {
    jar.get(THEME).and_then(|cookie| Theme::from_name(cookie.value())).unwrap_or_default()
}

pub(super) fn with_theme(host: &Host, jar: CookieJar, theme: Theme) -> CookieJar {
    jar.add(lasting(host, THEME, theme.name().to_owned(), YEAR))
}

pub(super) fn density(jar: &CookieJar) -> Density {
    jar.get(DENSITY).and_then(|cookie| Density::from_name(cookie.value())).unwrap_or_default()
}

pub(super) fn with_density(host: &Host, jar: CookieJar, density: Density) -> CookieJar {
    jar.add(lasting(host, DENSITY, density.name().to_owned(), YEAR))
}

/// Whether the rail shows its icons without their names.
pub(super) fn narrow_rail(jar: &CookieJar) -> bool {
    jar.get(RAIL).is_some_and(|cookie| cookie.value() == "narrow")
}

/// How the inbox is divided between its panes; set by the page itself, too.
pub(super) fn panes(jar: &CookieJar) -> Panes {
    jar.get(panes::COOKIE).map(|cookie| Panes::read(cookie.value())).unwrap_or_default()
}

/// The chosen language.
pub(super) fn locale(jar: &CookieJar) -> Option<Locale> {
    jar.get(LOCALE).and_then(|cookie| Locale::from_tag(cookie.value()))
}

pub(super) fn with_locale(host: &Host, jar: CookieJar, locale: Locale) -> CookieJar {
    jar.add(lasting(host, LOCALE, locale.tag().to_owned(), YEAR))
}
