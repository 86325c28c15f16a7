//! `GET` and `POST /webhooks/meta`, also under the name that older installations gave Meta, `/api/whatsapp/webhook`: the
//! installation's own Meta app. `/webhooks/meta/{app}`: the app of a workspace, with a secret and a verify token of its own.
//!
//! An app that does not exist gets the answer of a wrong signature or token, after the same work.

use std::sync::Arc;

use axum::{
    Extension,
    body::{Body, to_bytes},
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use charla_core::{
    RequestInfo,
    channels::{self, AppKeys},
    webhooks::store,
};
use charla_meta::webhook::{
    handshake::Handshake,
    signature::{self, SignatureError},
};
use charla_shared::{
    id::MetaAppId,
    problem::{Problem, ProblemKind},
};
use http::{HeaderMap, StatusCode, header};
use secrecy::{ExposeSecret, SecretString};

use super::{Host, respond};

/// Largest delivery Meta makes (meta-api.md §4.3).
const LIMIT: usize = 3 * 1024 * 1024;

/// Meta asks whether the subscription is ours: the challenge goes back if the token is right (meta-api.md §4.2).
#[utoipa::path(get, path = "/webhooks/meta", responses(
    (status = 200, description = "The challenge, as plain text."),
    (status = 403, description = "Another mode or verify token."),
    (status = 429, description = "Too many wrong ones came from this address."),
))]
pub async fn verify(State(host): State<Host>, Query(query): Query<Handshake>) -> Response {
    challenge(&query, &host.core.config.verify_token)
}

/// The same, for the app of a workspace.
#[utoipa::path(get, path = "/webhooks/meta/{app}", params(("app" = String, Path, description = "The app's id.")), responses(
    (status = 200, description = "The challenge, as plain text."),
    (status = 403, description = "Another app, mode or verify token."),
    (status = 429, description = "Too many wrong ones came from this address."),
    (status = 503, description = "The database is away; ask again."),
))]
pub async fn verify_app(
    State(host): State<Host>,
    Extension(info): Extension<RequestInfo>,
    Path(app): Path<String>,
    Query(query): Query<Handshake>,
) -> Response {
    let (app, keys) = match find(&host, &app, &info.ip).await {
        Ok(found) => found,
        Err(problem) => return respond::problem(&problem),
    };
    let answer = challenge(&query, keys.as_ref().map_or(&host.core.config.verify_token, |keys| &keys.verify_token));
    // Without such an app the token was compared with one that is not its.
    let Some((app, keys)) = app.zip(keys) else { return StatusCode::FORBIDDEN.into_response() };
    if answer.status() == StatusCode::OK
        && let Err(error) = channels::subscribed(&host.core, app, &keys).await
    {
        tracing::warn!(%app, %error, "that Meta proved a subscription could not be written down");
    }
    answer
}

fn challenge(query: &Handshake, ours: &SecretString) -> Response {
    match query.check(ours.expose_secret()) {
        Some(challenge) => {
            ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], challenge.to_owned()).into_response()
        }
        None => StatusCode::FORBIDDEN.into_response(),
    }
}

/// The app of a webhook's address with its keys, if there is one. An address that is asked for the first time and that no
/// app has is a guess of whoever is at `ip`; apps that were there before are served to everybody.
async fn find(host: &Host, app: &str, ip: &str) -> Result<(Option<MetaAppId>, Option<Arc<AppKeys>>), Problem> {
    let Ok(app) = app.parse::<MetaAppId>() else { return Ok((None, None)) };
    let guess = !channels::knows_app(&host.core, app);
    if guess {
        host.limits.proofs.may_guess(ip)?;
    }
    let keys = channels::app_keys(&host.core, app).await.map_err(|failure| undelivered(&failure))?;
    if guess && keys.is_none() {
        host.limits.proofs.guessed_wrong(ip)?;
    }
    Ok((Some(app), keys))
}

/// Takes a delivery: verified over the raw bytes, stored, committed, and only then acknowledged.
#[utoipa::path(post, path = "/webhooks/meta", responses(
    (status = 200, description = "The delivery is stored."),
    (status = 401, description = "The signature is missing or wrong; nothing was stored."),
    (status = 413, description = "The body is larger than 3 MB; nothing was stored."),
    (status = 503, description = "The database is away; nothing was stored, deliver it again."),
))]
pub async fn receive(State(host): State<Host>, headers: HeaderMap, body: Body) -> Response {
    let Ok(body) = to_bytes(body, LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    match check(&host.core.config.app_secret, &headers, &body) {
        Ok(()) => take(&host, None, body).await,
        Err(error) => refuse(error, &body),
    }
}

/// The same, for the app of a workspace: nothing but its own secret counts.
#[utoipa::path(post, path = "/webhooks/meta/{app}", params(("app" = String, Path, description = "The app's id.")), responses(
    (status = 200, description = "The delivery is stored."),
    (status = 401, description = "There is no such app, or the signature is missing or wrong; nothing was stored."),
    (status = 413, description = "The body is larger than 3 MB; nothing was stored."),
    (status = 429, description = "More than Meta sends for one app; nothing was stored, deliver it again."),
    (status = 503, description = "The database is away; nothing was stored, deliver it again."),
))]
pub async fn receive_app(
    State(host): State<Host>,
    Extension(info): Extension<RequestInfo>,
    Path(app): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Ok(body) = to_bytes(body, LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let (app, keys) = match find(&host, &app, &info.ip).await {
        Ok(found) => found,
        Err(problem) => return respond::problem(&problem),
    };
    let checked = check(keys.as_ref().map_or(&host.core.config.app_secret, |keys| &keys.secret), &headers, &body);
    // Without such an app the signature was compared with one that is not its.
    let Some((app, keys)) = app.zip(keys) else { return refuse(SignatureError::Wrong, &body) };
    if let Err(error) = checked {
        return refuse(error, &body);
    }
    if let Err(problem) = host.limits.delivery(app, body.len()) {
        tracing::warn!(%app, bytes = body.len(), "an app sends more than Meta would");
        return respond::problem(&problem);
    }
    let answer = take(&host, Some(app), body).await;
    if answer.status() == StatusCode::OK
        && let Err(error) = channels::delivered(&host.core, app, &keys).await
    {
        tracing::warn!(%app, %error, "that a delivery came could not be written down");
    }
    answer
}

fn check(secret: &SecretString, headers: &HeaderMap, body: &Bytes) -> Result<(), SignatureError> {
    let mut signatures = headers.get_all("x-hub-signature-256").iter();
    let (first, second) = (signatures.next(), signatures.next());
    // Two signatures could be meant for two readers; neither is believed.
    let header = first.filter(|_| second.is_none()).and_then(|value| value.to_str().ok());
    signature::verify(secret.expose_secret().as_bytes(), header, body)
}

fn refuse(error: SignatureError, body: &Bytes) -> Response {
    tracing::warn!(%error, bytes = body.len(), "a delivery was refused");
    let message = "The signature does not fit the body and our app secret.";
    respond::problem(&Problem::new(ProblemKind::Unauthenticated, "webhook.signature", message))
}

/// Stores a delivery that `app` signed: a workspace's, or the installation's own.
async fn take(host: &Host, app: Option<MetaAppId>, body: Bytes) -> Response {
    match store(&host.core, app, body).await {
        Ok(stored) => {
            tracing::debug!(?stored, ?app, "a delivery was stored");
            StatusCode::OK.into_response()
        }
        Err(error) => respond::problem(&undelivered(&error)),
    }
}

fn undelivered(error: &dyn std::fmt::Display) -> Problem {
    tracing::warn!(%error, "a webhook could not be taken");
    let message = "The delivery could not be stored; deliver it again.";
    Problem { retry_after: Some(5), ..Problem::new(ProblemKind::Unavailable, "unavailable", message) }
}
