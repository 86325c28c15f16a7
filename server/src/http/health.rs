//! Health for balancers and monitoring (row K1).

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use serde_json::json;

use super::Host;

/// How old the answer to a balancer may be.
const FRESH: Duration = Duration::from_secs(1);

/// The process answers, and says since when.
#[utoipa::path(get, path = "/health/live", responses((status = 200, description = "The process answers.")))]
pub async fn live(State(host): State<Host>) -> Json<serde_json::Value> {
    Json(json!({ "status": "ok", "started": host.started }))
}

/// The process can do its work: the database answers and nobody has told it to stop. Answers within two seconds.
#[utoipa::path(get, path = "/health/ready", responses(
    (status = 200, description = "Requests can be served. `status` is `ok`, or `degraded` when work comes late."),
    (status = 503, description = "The database is away, or the process is about to stop: send nobody here."),
))]
pub async fn ready(State(host): State<Host>) -> Response {
    if host.draining.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "stopping" }))).into_response();
    }
    let look = host.watch.look(&host.core, FRESH).await;
    if !look.database {
        let body = json!({ "status": "unavailable", "database": "away" });
        return (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response();
    }
    Json(json!({
        "status": if look.is_late() { "degraded" } else { "ok" },
        "database": "ok",
        "queue": look.backlog.map(|backlog| json!({
            "deliveries": { "waiting": backlog.deliveries_waiting, "lag_seconds": backlog.deliveries_lag_seconds },
            "outbox": { "waiting": backlog.outbox_waiting, "lag_seconds": backlog.outbox_lag_seconds },
            "jobs": {
                "waiting": backlog.jobs_waiting, "running": backlog.jobs_running, "dead": backlog.jobs_dead,
                "lag_seconds": backlog.jobs_lag_seconds,
            },
        })),
        "channels": look.backlog.map(|backlog| json!({ "stopped": backlog.channels_stopped })),
    }))
    .into_response()
}
