//! The job that gives a delivery its effect.
//!
//! Each update takes effect on its own: one that cannot is put into quarantine with its reason, and its neighbours go on.
//! Everything here may run twice (a worker that dies is succeeded by another): effects are keyed by Meta's ids.

use charla_meta::webhook::{self, DeliveryStatus, InboundMessage, StatusUpdate, Update, UpdateBody};
use charla_shared::{
    id::{ChannelId, DeliveryId, WorkspaceId},
    message::DeliveryState,
};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::content;
use crate::{
    Core, Failure,
    contacts::Known,
    inbox::{self, Inbound, Received, Status, from_callback_data},
    jobs::{Job, JobError},
};

/// Why an update had no effect.
#[derive(Debug)]
struct Quarantine {
    /// For grouping.
    reason: &'static str,
    /// For people; no message text.
    detail: String,
}

/// Whose a receiving number is.
#[derive(Debug, Clone, Copy)]
struct RouteTo {
    workspace: WorkspaceId,
    channel: ChannelId,
}

/// The job: processes one delivery, update by update.
pub(crate) async fn process(core: &Core, job: &Job) -> Result<(), JobError> {
    let delivery: DeliveryId = job.field("delivery")?;
    let mut tx = core.database.worker().await?;
    let found = sqlx::query!("SELECT body, state FROM deliveries WHERE id = $1", Uuid::from(delivery))
        .fetch_optional(&mut *tx)
        .await?;
    drop(tx);
    let Some(found) = found.filter(|row| row.state == "received") else { return Ok(()) };

    let mut quarantined = Vec::new();
    match webhook::parse(&found.body) {
        Ok(parsed) => {
            for (number, update) in (0..).zip(&parsed.updates) {
                match apply(core, update).await {
                    Ok(None) => {}
                    Ok(Some(quarantine)) => quarantined.push((number, quarantine, update.raw_bytes().to_vec())),
                    // Not the update's fault: the whole delivery is tried again.
                    Err(Failure::Database(error)) if !error.is_about_values() => return Err(error.into()),
                    Err(failure) => {
                        let quarantine = Quarantine { reason: "failed", detail: failure.to_string() };
                        quarantined.push((number, quarantine, update.raw_bytes().to_vec()));
                    }
                }
            }
        }
        Err(error) => {
            let quarantine = Quarantine { reason: "not_a_delivery", detail: error.to_string() };
            quarantined.push((0, quarantine, found.body));
        }
    }
    finish(core, delivery, quarantined).await
}

async fn finish(
    core: &Core,
    delivery: DeliveryId,
    quarantined: Vec<(i32, Quarantine, Vec<u8>)>,
) -> Result<(), JobError> {
    let now = core.environment.now();
    let state = if quarantined.is_empty() { "processed" } else { "quarantined" };
    let mut tx = core.database.worker().await?;
    for (number, quarantine, raw) in quarantined {
        tracing::warn!(%delivery, number, reason = quarantine.reason, "an update was quarantined");
        let detail = charla_shared::text::shorten(&charla_shared::text::clean(&quarantine.detail), 500);
        sqlx::query!(
            "INSERT INTO quarantined_updates (delivery_id, number, reason, detail, raw, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (delivery_id, number) DO UPDATE SET reason = excluded.reason, detail = excluded.detail, at = excluded.at",
            Uuid::from(delivery),
            number,
            quarantine.reason,
            detail,
            raw,
            now.to_sqlx() as _
        )
        .execute(&mut *tx)
        .await?;
    }
    sqlx::query!(
        "UPDATE deliveries SET state = $2, processed_at = $3 WHERE id = $1",
        Uuid::from(delivery),
        state,
        now.to_sqlx() as _
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Gives one update its effect, or says why it has none.
async fn apply(core: &Core, update: &Update) -> Result<Option<Quarantine>, Failure> {
    match &update.body {
        UpdateBody::Message(message) => apply_message(core, update, message).await,
        UpdateBody::Status(status) => apply_status(core, update, status).await,
        UpdateBody::Unreadable { reason } => Ok(Some(Quarantine { reason: "unreadable", detail: reason.clone() })),
        // Kinds whose features come later: kept whole in the delivery, and of no effect yet.
        _ => Ok(None),
    }
}

fn unknown_number(update: &Update) -> Quarantine {
    let number = update.channel.as_deref().unwrap_or("none");
    Quarantine { reason: "unknown_number", detail: format!("no workspace has connected the number {number}") }
}

async fn apply_message(core: &Core, update: &Update, message: &InboundMessage) -> Result<Option<Quarantine>, Failure> {
    let Some(to) = route(core, update).await? else { return Ok(Some(unknown_number(update))) };
    // Groups are a feature of their own; a member's message must not open a conversation with that member.
    if message.group_id.is_some() {
        return Ok(Some(Quarantine { reason: "group", detail: "messages of groups are not shown yet".to_owned() }));
    }
    let inbound = Inbound {
        channel: to.channel,
        sender: Known {
            phone: message.sender.phone.clone(),
            user_id: message.sender.user_id.clone(),
            parent_user_id: message.sender.parent_user_id.clone(),
            name: message.sender.name.clone(),
            username: message.sender.username.clone(),
        },
        external_id: message.id.clone(),
        at: message.at,
        content: content::stored(message),
    };
    Ok(match inbox::receive(core, to.workspace, &inbound).await? {
        Received::Stored | Received::Duplicate => None,
        Received::Anonymous => {
            Some(Quarantine { reason: "anonymous", detail: "nothing in the message says who sent it".to_owned() })
        }
    })
}

async fn apply_status(core: &Core, update: &Update, status: &StatusUpdate) -> Result<Option<Quarantine>, Failure> {
    let Some(to) = route(core, update).await? else { return Ok(Some(unknown_number(update))) };
    let state = match &status.status {
        DeliveryStatus::Sent => DeliveryState::Sent,
        DeliveryStatus::Delivered => DeliveryState::Delivered,
        DeliveryStatus::Read => DeliveryState::Read,
        DeliveryStatus::Played => DeliveryState::Played,
        DeliveryStatus::Failed => DeliveryState::Failed,
        // Nothing that people wait for.
        DeliveryStatus::Deleted | DeliveryStatus::Other(_) => return Ok(None),
    };
    let error = status.errors.first();
    let news = Status {
        channel: to.channel,
        external_id: status.message_id.clone(),
        message: status.callback_data.as_deref().and_then(from_callback_data),
        state,
        failure: error.map(webhook_sentence),
        detail: json!({ "codes": status.errors.iter().map(|e| e.code).collect::<Vec<_>>() }),
        at: status.at,
    };
    inbox::take_status(core, to.workspace, &news).await?;
    Ok(None)
}

fn webhook_sentence(error: &charla_meta::graph::MetaError) -> String {
    error.sentence()
}

async fn route(core: &Core, update: &Update) -> Result<Option<RouteTo>, Failure> {
    let Some(number) = &update.channel else { return Ok(None) };
    let mut tx = core.database.worker().await?;
    let row = sqlx::query!("SELECT workspace_id, channel_id FROM channel_routes WHERE phone_number_id = $1", number)
        .fetch_optional(&mut *tx)
        .await?;
    Ok(row.map(|row| RouteTo { workspace: row.workspace_id.into(), channel: row.channel_id.into() }))
}
