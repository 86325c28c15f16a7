//! What a token can look at: its number, its account, and the account's webhook subscription.

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::{GraphError, params::Params};
use crate::{number::Number, simulator::Simulator};

/// What `GET /{phone_number_id}` gives without `fields`.
const NUMBER_FIELDS: [&str; 8] = [
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "last_onboarded_time",
    "id",
];

/// What `GET /{waba_id}` gives without `fields`.
const ACCOUNT_FIELDS: [&str; 5] = ["id", "name", "timezone_id", "message_template_namespace", "currency"];

pub(super) fn phone_number(number: &Number, params: &Params) -> Result<Value, GraphError> {
    pick(&number_fields(number), params, &NUMBER_FIELDS, "WhatsAppBusinessPhoneNumber")
}

pub(super) fn account(number: &Number, params: &Params) -> Result<Value, GraphError> {
    pick(&account_fields(number), params, &ACCOUNT_FIELDS, "WhatsAppBusinessAccount")
}

/// `GET /{waba_id}/phone_numbers`: always one page, since an account has one number here.
pub(super) fn phone_numbers(number: &Number, params: &Params) -> Result<Value, GraphError> {
    let item = phone_number(number, params)?;
    Ok(json!({ "data": [item], "paging": { "cursors": { "before": "MAZDZD", "after": "MAZDZD" } } }))
}

/// `/{waba_id}/subscribed_apps`: whether webhooks are sent at all.
pub(super) fn subscription(simulator: &Simulator, number: &Number, method: &Method) -> Result<Value, GraphError> {
    let subscribe = match *method {
        Method::GET => {
            let app = json!({ "whatsapp_business_api_data": {
                "id": "1000000000000001", "link": "https://www.facebook.com/games/?app_id=1000000000000001", "name": "Charla",
            } });
            return Ok(json!({ "data": if number.subscribed { vec![app] } else { Vec::new() } }));
        }
        Method::POST => true,
        Method::DELETE => false,
        _ => return Err(GraphError::unsupported(method)),
    };
    if let Some(number) = simulator.world().number_mut(&number.key) {
        number.subscribed = subscribe;
    }
    simulator.inner.dirty.notify_one();
    Ok(json!({ "success": true }))
}

fn number_fields(number: &Number) -> Value {
    json!({
        "id": number.phone_number_id,
        "display_phone_number": number.display_phone_number,
        "verified_name": number.verified_name,
        "code_verification_status": "VERIFIED",
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API",
        "throughput": { "level": "STANDARD" },
        "status": "CONNECTED",
        "name_status": "APPROVED",
        "account_mode": "SANDBOX",
        "is_on_biz_app": false,
        "is_official_business_account": false,
        "is_pin_enabled": true,
        "whatsapp_business_manager_messaging_limit": "TIER_250",
        "last_onboarded_time": "2026-01-01T00:00:00+0000",
        "country_dial_code": "1",
        "health_status": { "can_send_message": "AVAILABLE", "entities": [
            { "entity_type": "PHONE_NUMBER", "id": number.phone_number_id, "can_send_message": "AVAILABLE" },
            { "entity_type": "WABA", "id": number.waba_id, "can_send_message": "AVAILABLE" },
        ] },
    })
}

fn account_fields(number: &Number) -> Value {
    json!({
        "id": number.waba_id,
        "name": number.verified_name,
        "status": "ACTIVE",
        "currency": "USD",
        "country": "US",
        "timezone_id": "1",
        "business_verification_status": "not_verified",
        "account_review_status": "APPROVED",
        "message_template_namespace": "00000000_0000_0000_0000_000000000000",
        "ownership_type": "SELF",
        "health_status": { "can_send_message": "AVAILABLE", "entities": [
            { "entity_type": "WABA", "id": number.waba_id, "can_send_message": "AVAILABLE" },
        ] },
    })
}

/// The asked fields (or the usual ones) and the id, which always comes.
fn pick(node: &Value, params: &Params, usual: &[&str], kind: &str) -> Result<Value, GraphError> {
    let mut asked = params.fields().unwrap_or_else(|| usual.iter().map(|&field| field.to_owned()).collect());
    asked.push("id".to_owned());
    let mut picked = Map::new();
    for field in asked {
        let Some(value) = node.get(&field) else {
            return Err(GraphError::param(format!(
                "Tried accessing nonexisting field ({field}) on node type ({kind})"
            )));
        };
        picked.insert(field, value.clone());
    }
    Ok(picked.into())
}
