//! The viewer's time zone. The browser knows it and tells the host by a cookie, so that the next page has the right day from
//! its first bytes on; until then it is UTC.

use charla_shared::analytics::Zone;
use js_sys::{Array, Intl::DateTimeFormat, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// The cookie's name.
const COOKIE: &str = "zone";
/// How long browsers keep it, in seconds: a year.
const KEPT: u32 = 365 * 24 * 3600;

/// The zone the host knew. The browser gets it with the page.
pub fn known() -> Zone {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        return use_context::<http::request::Parts>().and_then(|parts| of_cookies(&parts)).unwrap_or_default();
        // Reached by a link within the app: nothing was rendered by the host.
        #[cfg(not(feature = "ssr"))]
        of_browser().unwrap_or_default()
    })
    .into_inner()
}

#[cfg(feature = "ssr")]
fn of_cookies(parts: &http::request::Parts) -> Option<Zone> {
    let cookies = parts.headers.get_all(http::header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('=')?.parse().ok())
}

/// The zone of the browser, if it has one that we know the form of. For the browser.
pub fn of_browser() -> Option<Zone> {
    let options = DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&options, &JsValue::from_str("timeZone")).ok()?.as_string()?.parse().ok()
}

/// Tells the host for the pages to come. For the browser.
pub fn remember(zone: &Zone) {
    let cookie = format!("{COOKIE}={zone}; path=/; max-age={KEPT}; samesite=lax");
    // Refused where cookies are forbidden: then every page begins with UTC.
    let _ = Reflect::set(&document(), &JsValue::from_str("cookie"), &JsValue::from_str(&cookie));
}
