//! Limits, faults, timing, ledgers and bulk: what tests and measurements turn and read.

use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::{get, post, put},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Body;
use crate::{
    bulk::{BulkOrder, BulkReport},
    customer::SandboxError,
    faults::FaultScript,
    ledger::{AckedPage, Rate, SentPage},
    limits::{Limits, LimitsChange},
    number::TokenState,
    simulator::Simulator,
    timing::{Shown, TimingChange},
};

pub(super) fn routes() -> Router<Simulator> {
    Router::new()
        .route("/__sim/numbers/{key}/limits", get(limits).put(set_limits))
        .route("/__sim/numbers/{key}/token", post(set_token))
        .route("/__sim/faults", put(put_faults).get(faults).delete(end_faults))
        .route("/__sim/timing", get(timing).put(set_timing))
        .route("/__sim/ledger", axum::routing::delete(empty))
        .route("/__sim/ledger/sent", get(sent))
        .route("/__sim/ledger/acked", get(acked))
        .route("/__sim/ledger/rate", get(rate))
        .route("/__sim/refusals", get(refusals))
        .route("/__sim/bulk", post(start_bulk))
        .route("/__sim/bulk/{id}", get(bulk).delete(stop_bulk))
}

async fn limits(State(simulator): State<Simulator>, Path(key): Path<String>) -> Result<Json<Limits>, SandboxError> {
    simulator.limits(&key).map(Json)
}

async fn set_limits(
    State(simulator): State<Simulator>,
    Path(key): Path<String>,
    Body(change): Body<LimitsChange>,
) -> Result<Json<Limits>, SandboxError> {
    simulator.set_limits(&key, &change).map(Json)
}

#[derive(Deserialize)]
struct Token {
    state: TokenState,
}

async fn set_token(
    State(simulator): State<Simulator>,
    Path(key): Path<String>,
    Body(token): Body<Token>,
) -> Result<Json<Value>, SandboxError> {
    simulator.set_token(&key, token.state)?;
    Ok(Json(json!({ "success": true, "state": token.state })))
}

/// A misspelt field would make a rule that holds always; it is refused.
async fn put_faults(State(simulator): State<Simulator>, Body(given): Body<Value>) -> Result<Json<Value>, SandboxError> {
    if !given.is_object() {
        return Err(SandboxError::Body("a script is an object".to_owned()));
    }
    let script: FaultScript =
        serde_json::from_value(given.clone()).map_err(|error| SandboxError::Body(error.to_string()))?;
    let understood = json!(script);
    if let Some(unknown) = unknown_field(&given, &understood) {
        return Err(SandboxError::Body(format!("unknown field {unknown:?}")));
    }
    simulator.set_faults(script)?;
    Ok(Json(simulator.faults()))
}

/// A field that was given but not understood.
fn unknown_field(given: &Value, understood: &Value) -> Option<String> {
    match (given, understood) {
        (Value::Object(given), Value::Object(understood)) => given.iter().find_map(|(name, value)| {
            understood.get(name).map_or_else(|| Some(name.clone()), |known| unknown_field(value, known))
        }),
        (Value::Array(given), Value::Array(understood)) => {
            given.iter().zip(understood).find_map(|(given, understood)| unknown_field(given, understood))
        }
        _ => None,
    }
}

async fn faults(State(simulator): State<Simulator>) -> Json<Value> {
    Json(simulator.faults())
}

async fn end_faults(State(simulator): State<Simulator>) -> Json<Value> {
    simulator.clear_faults();
    Json(json!({ "success": true }))
}

async fn timing(State(simulator): State<Simulator>) -> Json<Shown> {
    Json(simulator.timing().into())
}

async fn set_timing(State(simulator): State<Simulator>, Body(change): Body<TimingChange>) -> Json<Shown> {
    Json(simulator.set_timing(&change).into())
}

#[derive(Deserialize)]
struct Asked {
    /// A phone number id.
    number: Option<String>,
    #[serde(default)]
    after: u64,
    window_ms: Option<u32>,
}

async fn sent(State(simulator): State<Simulator>, Query(asked): Query<Asked>) -> Json<SentPage> {
    Json(simulator.sent(asked.number.as_deref(), asked.after))
}

async fn acked(State(simulator): State<Simulator>, Query(asked): Query<Asked>) -> Json<AckedPage> {
    Json(simulator.acked(asked.after))
}

async fn rate(State(simulator): State<Simulator>, Query(asked): Query<Asked>) -> Json<Rate> {
    Json(simulator.rate(asked.number.as_deref(), asked.window_ms.unwrap_or(1000)))
}

async fn refusals(State(simulator): State<Simulator>, Query(asked): Query<Asked>) -> Json<Value> {
    Json(json!(simulator.refusals(asked.number.as_deref())))
}

async fn empty(State(simulator): State<Simulator>) -> Json<Value> {
    simulator.empty_ledgers();
    Json(json!({ "success": true }))
}

async fn start_bulk(
    State(simulator): State<Simulator>,
    Body(order): Body<BulkOrder>,
) -> Result<Json<Value>, SandboxError> {
    let id = simulator.start_bulk(order)?;
    Ok(Json(json!({ "id": id })))
}

async fn bulk(State(simulator): State<Simulator>, Path(id): Path<u64>) -> Result<Json<BulkReport>, SandboxError> {
    simulator.bulk(id).map(Json)
}

async fn stop_bulk(State(simulator): State<Simulator>, Path(id): Path<u64>) -> Result<Json<Value>, SandboxError> {
    simulator.stop_bulk(id)?;
    Ok(Json(json!({ "success": true })))
}
