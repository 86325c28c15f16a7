//! One log line per request, under an id that the answer carries too. The path without its query: queries may hold
//! what nobody should read in a log.

use std::{net::SocketAddr, time::Instant};

use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use charla_core::RequestInfo;
use http::HeaderValue;
use tracing::Instrument;

use super::{Host, client_ip};

pub(super) async fn request(State(host): State<Host>, mut request: Request, next: Next) -> Response {
    let id = host.core.environment.id::<uuid::Uuid>().simple().to_string();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let info = RequestInfo { id: id.clone(), ip: client_ip(request.headers(), peer, host.options.behind_proxy) };
    request.extensions_mut().insert(info);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let span = tracing::info_span!("request", id = %id, %method, path = %shown(&path));
    async move {
        let began = Instant::now();
        let mut response = next.run(request).await;
        let took = began.elapsed();
        let status = response.status().as_u16();
        // What is asked for all the time is not news.
        if path.starts_with("/pkg/") || path.starts_with("/health/") {
            tracing::debug!(status, ?took, "answered");
        } else {
            tracing::info!(status, ?took, "answered");
        }
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-request-id", id);
        }
        response
    }
    .instrument(span)
    .await
}

/// The path as it may be logged: an invite's link is a secret.
fn shown(path: &str) -> &str {
    if path.starts_with("/invites/") { "/invites/…" } else { path }
}
