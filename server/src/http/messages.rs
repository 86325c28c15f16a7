//! The messages of the interface by language, as pages load them.

use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use charla_app::i18n::messages;
use charla_shared::account::Locale;
use http::Method;

use super::routes::{Access, Routes};

pub(super) fn add(routes: Routes) -> Routes {
    routes.add(Method::GET, "/messages/{file}", Access::Public, show)
}

/// The messages of the language in the name. A page of another release asks by another fingerprint: what is here is as good,
/// but not to be kept under that name.
async fn show(Path(file): Path<String>) -> Response {
    let Some(locale) = file.split_once('-').and_then(|(tag, _)| Locale::from_tag(tag)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let messages = messages(locale);
    let age = if messages.name == file { "public, max-age=31536000, immutable" } else { "no-store" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static(age)),
    ];
    (headers, messages.text.as_str()).into_response()
}
