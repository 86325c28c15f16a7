//! `GET` and `POST /webhooks/meta`, also under the name that older installations gave Meta, `/api/whatsapp/webhook`.

use axum::{
    body::{Body, to_bytes},
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use charla_core::webhooks::store;
use charla_meta::webhook::{handshake, signature};
use charla_shared::problem::{Problem, ProblemKind};
use http::{HeaderMap, StatusCode, header};
use secrecy::ExposeSecret;

use super::{Host, respond};

/// Largest delivery Meta makes (meta-api.md §4.3).
const LIMIT: usize = 3 * 1024 * 1024;

/// Meta asks whether the subscription is ours: the challenge goes back if the token is right (meta-api.md §4.2).
#[utoipa::path(get, path = "/webhooks/meta", responses(
    (status = 200, description = "The challenge, as plain text."),
    (status = 403, description = "Another mode or verify token."),
))]
pub async fn verify(State(host): State<Host>, Query(query): Query<handshake::Handshake>) -> Response {
    match query.check(host.core.config.verify_token.expose_secret()) {
        Some(challenge) => {
            ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], challenge.to_owned()).into_response()
        }
        None => StatusCode::FORBIDDEN.into_response(),
    }
}

/// Takes a delivery: verified over the raw bytes, stored, committed, and only then acknowledged.
#[utoipa::path(post, path = "/webhooks/meta", responses(
    (status = 200, description = "The delivery is stored."),
    (status = 401, description = "The signature is missing or wrong; nothing was stored."),
    (status = 413, description = "The body is larger than 3 MB; nothing was stored."),
    (status = 503, description = "The database is away; nothing was stored, deliver it again."),
))]
pub async fn receive(State(host): State<Host>, headers: HeaderMap, body: Body) -> Response {
    let mut signatures = headers.get_all("x-hub-signature-256").iter();
    let (first, second) = (signatures.next(), signatures.next());
    // Two signatures could be meant for two readers; neither is believed.
    let header = first.filter(|_| second.is_none()).and_then(|value| value.to_str().ok());
    let Ok(body) = to_bytes(body, LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    if let Err(error) = signature::verify(host.core.config.app_secret.expose_secret().as_bytes(), header, &body) {
        tracing::warn!(%error, bytes = body.len(), "a delivery was refused");
        let message = "The signature does not fit the body and our app secret.";
        return respond::problem(&Problem::new(ProblemKind::Unauthenticated, "webhook.signature", message));
    }
    match store(&host.core, None, body).await {
        Ok(stored) => {
            tracing::debug!(?stored, "a delivery was stored");
            StatusCode::OK.into_response()
        }
        Err(error) => {
            tracing::warn!(%error, "a delivery could not be stored");
            let message = "The delivery could not be stored; deliver it again.";
            respond::problem(&Problem {
                retry_after: Some(5),
                ..Problem::new(ProblemKind::Unavailable, "unavailable", message)
            })
        }
    }
}
