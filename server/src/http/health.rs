//! Health for balancers and monitoring (row K1 begun).

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use charla_core::jobs;
use http::StatusCode;
use serde_json::json;

use super::Host;

/// The process answers, and says since when.
#[utoipa::path(get, path = "/health/live", responses((status = 200, description = "The process answers.")))]
pub async fn live(State(host): State<Host>) -> Json<serde_json::Value> {
    Json(json!({ "status": "ok", "started": host.started }))
}

/// The process can do its work: the database answers.
#[utoipa::path(get, path = "/health/ready", responses(
    (status = 200, description = "Requests can be served."),
    (status = 503, description = "The database is away."),
))]
pub async fn ready(State(host): State<Host>) -> Response {
    match jobs::depth(&host.core, host.core.environment.now()).await {
        Ok(queue) => Json(json!({
            "status": "ok",
            "queue": { "waiting": queue.waiting, "running": queue.running, "dead": queue.dead, "lag_seconds": queue.lag_seconds },
        }))
        .into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "degraded", "database": "away" }))).into_response()
        }
    }
}
