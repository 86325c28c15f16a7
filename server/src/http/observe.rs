//! One log line per request, under an id that the answer carries too, and the counts of the metrics. Paths are logged
//! without their query, and as their route where they hold a secret: nobody should read those in a log.

use std::{net::SocketAddr, time::Instant};

use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use charla_core::RequestInfo;
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use tracing::Instrument;

use super::{Host, client_ip};

const REQUEST_ID: &str = "x-request-id";
/// Longest id of somebody else's that is worth a place in our log.
const CLIENT_ID_LIMIT: usize = 64;

pub(super) async fn request(State(host): State<Host>, mut request: Request, next: Next) -> Response {
    let id = host.core.environment.id::<uuid::Uuid>().simple().to_string();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let info = RequestInfo { id: id.clone(), ip: client_ip(request.headers(), peer, host.options.behind_proxy) };
    request.extensions_mut().insert(info);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let route = route(&request);
    let client_request_id = client_id(request.headers());
    let span = tracing::info_span!("request", request = %id, %method, path = %shown(&path), client_request_id);
    async move {
        let running = Running::begin();
        let began = Instant::now();
        let mut response = next.run(request).await;
        let took = began.elapsed();
        drop(running);
        count(&method, &route, response.status(), took.as_secs_f64());
        let status = response.status().as_u16();
        let duration_ms = (took.as_secs_f64() * 10_000.0).round() / 10.0;
        if is_usual(&path, response.status()) {
            tracing::debug!(request = %id, %route, status, duration_ms, "answered");
        } else {
            tracing::info!(request = %id, %route, status, duration_ms, "answered");
        }
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        response
    }
    .instrument(span)
    .await
}

/// Whether it is no news: what is asked for all the time, and webhooks that were taken, thousands a second.
fn is_usual(path: &str, status: StatusCode) -> bool {
    let starts = |starts: &[&str]| starts.iter().any(|start| path.starts_with(start));
    starts(&["/pkg/", "/health/", "/metrics"])
        || status.is_success() && starts(&["/webhooks/", "/api/whatsapp/webhook"])
}

/// The route with `{parameters}`; one name for everything that is none, so that nobody makes up new ones.
fn route(request: &Request) -> String {
    match request.extensions().get::<MatchedPath>() {
        Some(matched) => matched.as_str().to_owned(),
        None if request.uri().path().starts_with("/pkg/") => "/pkg/{file}".to_owned(),
        None => "other".to_owned(),
    }
}

/// The id a caller gave its request, if it is one that a log can hold. It is kept beside ours, never instead: two callers
/// could choose the same.
fn client_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    (plain && !id.is_empty() && id.len() <= CLIENT_ID_LIMIT).then_some(id)
}

/// The path as it may be logged: an invite's link is a secret.
fn shown(path: &str) -> &str {
    if path.starts_with("/invites/") { "/invites/…" } else { path }
}

fn count(method: &Method, route: &str, status: StatusCode, seconds: f64) {
    let method = method_name(method);
    let class = match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        // Meant: the database is away, or there is no room. Any other is a defect.
        5 if status == StatusCode::SERVICE_UNAVAILABLE => "503",
        _ => "5xx",
    };
    let route = route.to_owned();
    metrics::counter!("charla_http_requests_total", "method" => method, "route" => route.clone(), "status" => class)
        .increment(1);
    metrics::histogram!("charla_http_request_seconds", "method" => method, "route" => route).record(seconds);
}

/// The method, if it is one that anybody has.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// A request whose answer has not begun; also when its caller leaves.
struct Running(metrics::Gauge);

impl Running {
    fn begin() -> Self {
        let gauge = metrics::gauge!("charla_http_requests_in_flight");
        gauge.increment(1.0);
        Self(gauge)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_from_outside_is_kept_only_if_it_is_short_and_plain() {
        let kept = |id: &str| {
            let headers = HeaderMap::from_iter([(
                http::HeaderName::from_static(REQUEST_ID),
                HeaderValue::from_str(id).expect("valid"),
            )]);
            client_id(&headers).is_some()
        };
        assert!(kept("01J9.trace-7_b"));
        for odd in ["", "a b", "{\"level\":\"error\"}", "é", &"x".repeat(65)] {
            assert!(HeaderValue::from_str(odd).is_err() || !kept(odd), "{odd}");
        }
    }

    #[test]
    fn a_webhook_that_was_taken_is_no_news_and_one_that_was_not_is() {
        for path in ["/webhooks/meta", "/webhooks/meta/01990000-0000-7000-8000-000000000000", "/api/whatsapp/webhook"] {
            assert!(is_usual(path, StatusCode::OK), "{path}");
            assert!(!is_usual(path, StatusCode::UNAUTHORIZED) && !is_usual(path, StatusCode::SERVICE_UNAVAILABLE));
        }
        assert!(!is_usual("/w/1/inbox", StatusCode::OK));
    }

    #[test]
    fn a_link_that_is_a_secret_is_not_logged() {
        assert_eq!(shown("/invites/abc"), "/invites/…");
        assert_eq!(shown("/w/1/inbox"), "/w/1/inbox");
    }
}
