//! Health for balancers and monitoring (row K1). Everybody may know whether requests are served; what waits and what is
//! stopped says how busy an installation is, and is for whoever may read the metrics.

use std::time::Duration;

use axum::{
    Extension, Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use charla_core::{RequestInfo, backlog::Backlog};
use http::StatusCode;
use serde_json::json;

use super::{Host, metrics};

/// How old the answer to a balancer may be.
const FRESH: Duration = Duration::from_secs(1);

/// The process answers, and says since when.
#[utoipa::path(get, path = "/health/live", responses((status = 200, description = "The process answers.")))]
pub async fn live(State(host): State<Host>) -> Json<serde_json::Value> {
    Json(json!({ "status": "ok", "started": host.started }))
}

/// The process can do its work: the database answers and nobody has told it to stop. Answers within two seconds; whoever
/// may read the metrics is told what waits, too.
#[utoipa::path(get, path = "/health/ready", responses(
    (status = 200, description = "Requests can be served. `status` is `ok`, or `degraded` when work comes late."),
    (status = 503, description = "The database is away, or the process is about to stop: send nobody here."),
))]
pub async fn ready(State(host): State<Host>, Extension(info): Extension<RequestInfo>, request: Request) -> Response {
    if host.draining.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "stopping" }))).into_response();
    }
    let look = host.watch.look(&host.core, FRESH).await;
    if !look.database {
        let body = json!({ "status": "unavailable", "database": "away" });
        return (StatusCode::SERVICE_UNAVAILABLE, Json(body)).into_response();
    }
    let status = if look.is_late() { "degraded" } else { "ok" };
    let mut body = json!({ "status": status, "database": "ok" });
    if metrics::sees(&host, &request, &info.ip) {
        body["queue"] = json!(look.backlog.map(queue));
        body["channels"] = json!(look.backlog.map(|backlog| json!({ "stopped": backlog.channels_stopped })));
    }
    Json(body).into_response()
}

fn queue(backlog: Backlog) -> serde_json::Value {
    json!({
        "deliveries": { "waiting": backlog.deliveries_waiting, "lag_seconds": backlog.deliveries_lag_seconds },
        "outbox": { "waiting": backlog.outbox_waiting, "lag_seconds": backlog.outbox_lag_seconds },
        "jobs": {
            "waiting": backlog.jobs_waiting, "running": backlog.jobs_running, "dead": backlog.jobs_dead,
            "lag_seconds": backlog.jobs_lag_seconds,
        },
    })
}
