//! The flight recorder: what happened to a message, step by step, as it can be told to people (row C4).

use charla_meta::graph::lookup;
use charla_shared::{
    id::MessageId,
    message::DeliveryState,
    permission::Permission,
    recorder::{Price, RecorderEntry, Source},
};
use serde_json::Value;
use uuid::Uuid;

use super::row;
use crate::{Actor, Core, Failure};

/// Steps that are told; a message has about ten.
const MOST: i64 = 500;

/// One step as it is stored, with the attempt it belongs to.
struct Step {
    id: Uuid,
    state: String,
    source: String,
    at: jiff_sqlx::Timestamp,
    detail: Option<Value>,
    http_status: Option<i32>,
    error_code: Option<i64>,
}

/// Every step of a message's way, in the order we learnt of it. Messages of customers have none.
///
/// Needs `conversations.view_all`.
pub async fn recorder(core: &Core, actor: &Actor, message: MessageId) -> Result<Vec<RecorderEntry>, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, id) = (tx.workspace(), Uuid::from(message));
    let exists = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM messages WHERE workspace_id = $1 AND id = $2) AS "exists!""#,
        workspace,
        id
    )
    .fetch_one(tx.sql())
    .await?;
    if !exists {
        return Err(Failure::NotFound);
    }
    // Served by the primary keys of both. What the answer was belongs to the step after it, not to the one before.
    let steps = sqlx::query_as!(
        Step,
        r#"SELECT e.id, e.state, e.source, e.at AS "at: jiff_sqlx::Timestamp", e.detail, a.http_status AS "http_status?", a.error_code AS "error_code?"
           FROM message_events e
           LEFT JOIN attempts a ON a.workspace_id = e.workspace_id AND a.message_id = e.message_id AND e.source = 'attempt'
                AND e.state <> 'sending' AND a.number::text = e.detail ->> 'attempt'
           WHERE e.workspace_id = $1 AND e.message_id = $2 ORDER BY e.id LIMIT $3"#,
        workspace,
        id,
        MOST
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    let mut told = Vec::with_capacity(steps.len());
    for step in steps {
        told.push((learnt(step.id), tell(step)?));
    }
    told.sort_by_key(|(learnt, entry)| (*learnt, rank(entry.state)));
    Ok(told.into_iter().map(|(_, entry)| entry).collect())
}

/// The millisecond a step was stored in, which its id carries. Meta's own times are whole seconds and would put its words
/// before ours.
fn learnt(id: Uuid) -> (u64, u32) {
    id.get_timestamp().map(|at| at.to_unix()).unwrap_or_default()
}

/// The order of steps that were stored together.
fn rank(state: DeliveryState) -> Option<usize> {
    DeliveryState::ALL.iter().position(|known| *known == state)
}

fn tell(step: Step) -> Result<RecorderEntry, Failure> {
    let detail = step.detail.unwrap_or_default();
    let news = &detail["news"];
    let number = |value: &Value| value.as_i64();
    let source = Source::from_name(&step.source)
        .ok_or_else(|| Failure::Corrupt(format!("source {} of a message's step", step.source)))?;
    let code = number(&news["codes"][0]).or_else(|| number(&detail["code"])).or(step.error_code);
    let known = code.and_then(lookup);
    let small = |value: &Value| number(value).and_then(|n| i32::try_from(n).ok());
    Ok(RecorderEntry {
        at: step.at.to_jiff(),
        state: row::state(&step.state)?,
        source,
        attempt: small(&detail["attempt"]),
        http_status: small(&detail["status"]).or(step.http_status),
        code,
        remedy: known.map(|info| info.remedy.to_owned()).or_else(|| detail["failure"].as_str().map(str::to_owned)),
        remedy_key: known.map(|info| info.key).or_else(|| reason(&detail)).map(str::to_owned),
        price: price(&news["pricing"]),
        resent_as: detail["resent_as"].as_str().and_then(|id| id.parse().ok()),
    })
}

/// What stopped a message before Meta was asked, where that has a name of its own.
fn reason(detail: &Value) -> Option<&'static str> {
    match detail["reason"].as_str()? {
        "window_closed" => Some("window"),
        "interrupted" => Some("interrupted"),
        "held_back" => Some("held-back"),
        "no_address" => Some("no-address"),
        "unsupported" => Some("unsupported"),
        _ => None,
    }
}

/// Meta's words about the price (meta-api.md §6).
fn price(pricing: &Value) -> Option<Price> {
    let category = pricing["category"].as_str().filter(|category| category.len() <= 100)?;
    Some(Price { category: category.to_owned(), billable: pricing["billable"].as_bool() })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff_sqlx::ToSqlx;
    use serde_json::json;

    use super::*;

    fn step(state: &str, source: &str, detail: Value) -> Step {
        Step {
            id: Uuid::nil(),
            state: state.to_owned(),
            source: source.to_owned(),
            at: Timestamp::UNIX_EPOCH.to_sqlx(),
            detail: Some(detail),
            http_status: None,
            error_code: None,
        }
    }

    #[test]
    fn a_refusal_tells_its_attempt_its_code_and_what_to_do() {
        let told =
            tell(step("failed", "attempt", json!({ "attempt": 2, "code": 131_047, "status": 400 }))).expect("told");
        assert_eq!((told.attempt, told.http_status, told.code), (Some(2), Some(400), Some(131_047)));
        assert_eq!(told.remedy_key.as_deref(), Some("window"));
        assert!(told.remedy.is_some_and(|remedy| remedy.contains("24 hours")));
    }

    #[test]
    fn a_webhook_tells_meta_s_code_or_words_and_the_price() {
        let failed =
            json!({ "news": { "codes": [131_026] }, "failure": "The message could not be delivered (131026)" });
        assert_eq!(tell(step("failed", "webhook", failed)).expect("told").remedy_key.as_deref(), Some("undeliverable"));
        let strange =
            json!({ "news": { "codes": [987_654] }, "failure": "WhatsApp refused the message: odd (987654)" });
        let told = tell(step("failed", "webhook", strange)).expect("told");
        assert_eq!((told.code, told.remedy_key), (Some(987_654), None));
        assert!(told.remedy.is_some_and(|remedy| remedy.contains("odd")));
        let sent = json!({ "news": { "codes": [], "pricing": { "billable": false, "category": "service" } } });
        let told = tell(step("sent", "webhook", sent)).expect("told");
        assert_eq!(told.price, Some(Price { category: "service".to_owned(), billable: Some(false) }));
    }

    #[test]
    fn what_stopped_a_message_before_meta_was_asked_has_a_name() {
        for (reason, key) in [("held_back", "held-back"), ("no_address", "no-address"), ("unsupported", "unsupported")]
        {
            let told = tell(step("failed", "attempt", json!({ "reason": reason }))).expect("told");
            assert_eq!(told.remedy_key.as_deref(), Some(key));
        }
    }

    #[test]
    fn a_step_without_detail_is_told_plainly() {
        let told = tell(Step { detail: None, ..step("queued", "member", Value::Null) }).expect("told");
        assert_eq!((told.code, told.remedy, told.price, told.resent_as), (None, None, None, None));
        assert!(tell(step("queued", "nobody", Value::Null)).is_err());
    }
}
