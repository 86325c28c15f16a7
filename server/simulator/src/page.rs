//! The pages: phones to type on, and the controls of limits, faults, timing, bulk and ledgers. Documents, scripts and a
//! style sheet, all in the binary.

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::simulator::Simulator;

/// Nothing from elsewhere, nothing inline: what customers write can do no harm even if it reached the markup.
const POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

pub(crate) fn routes() -> Router<Simulator> {
    let page = || async { file("text/html; charset=utf-8", include_str!("assets/phone.html")) };
    Router::new()
        .route("/", get(page))
        .route("/phones/{phone}", get(page))
        .route("/controls", get(|| async { file("text/html; charset=utf-8", include_str!("assets/controls.html")) }))
        .route(
            "/assets/phone.js",
            get(|| async { file("text/javascript; charset=utf-8", include_str!("assets/phone.js")) }),
        )
        .route(
            "/assets/controls.js",
            get(|| async { file("text/javascript; charset=utf-8", include_str!("assets/controls.js")) }),
        )
        .route("/assets/phone.css", get(|| async { file("text/css; charset=utf-8", include_str!("assets/phone.css")) }))
        .route("/assets/icon.svg", get(|| async { file("image/svg+xml", include_str!("assets/icon.svg")) }))
}

fn file(kind: &'static str, content: &'static str) -> Response {
    let mut response = content.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        // The binary may be another one at the next start.
        (header::CACHE_CONTROL, "no-cache"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
