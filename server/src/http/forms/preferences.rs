//! `POST /preferences`: language, theme and density of this browser.

use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use charla_app::{density::Density, theme::Theme};
use charla_shared::account::Locale;
use serde::Deserialize;

use super::Host;
use crate::http::{cookies, gate::local_path};

/// The form; what is not in it stays as it is.
#[derive(Debug, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    theme: Option<String>,
    #[serde(default)]
    density: Option<String>,
    #[serde(default)]
    locale: Option<String>,
    #[serde(default)]
    back: String,
}

/// Remembers the choice in cookies and goes back.
pub async fn set(State(host): State<Host>, mut jar: CookieJar, Form(chosen): Form<Chosen>) -> Response {
    if let Some(theme) = chosen.theme.as_deref().and_then(Theme::from_name) {
        jar = cookies::with_theme(&host, jar, theme);
    }
    if let Some(density) = chosen.density.as_deref().and_then(Density::from_name) {
        jar = cookies::with_density(&host, jar, density);
    }
    if let Some(locale) = chosen.locale.as_deref().and_then(Locale::from_tag) {
        jar = cookies::with_locale(&host, jar, locale);
    }
    (jar, Redirect::to(local_path(Some(&chosen.back)))).into_response()
}
