//! Which other sites' pages may call the REST interface (`/api/*`): those the operator lists, with a token of theirs, never
//! with the cookies of a person. Everything else of this host is for its own pages.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, Method, StatusCode, header};

use super::Host;

const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE");
const HEADERS: HeaderValue = HeaderValue::from_static("authorization, content-type, idempotency-key, x-request-id");
const EXPOSED: HeaderValue = HeaderValue::from_static("retry-after, x-request-id");
/// Seconds a browser may remember the answer.
const REMEMBERED: HeaderValue = HeaderValue::from_static("600");

pub(super) async fn api(State(host): State<Host>, request: Request, next: Next) -> Response {
    if host.options.cors_origins.is_empty() || !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let origin =
        request.headers().get(header::ORIGIN).filter(|origin| host.options.cors_origins.contains(origin)).cloned();
    let asks_before =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if asks_before { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    // Also when the origin is not on the list: a cache must not give one site the answer for another.
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        if asks_before {
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, REMEMBERED);
        }
    }
    response
}
