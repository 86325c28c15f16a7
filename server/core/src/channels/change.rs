//! What of a channel its workspace decides: its name, its pace, whether it sends.

use charla_shared::{
    channel::ChannelChange, event::Happening, id::ChannelId, permission::Permission, text::clean_line,
};
use garde::Validate;
use serde_json::json;
use uuid::Uuid;

use super::ChannelError;
use crate::{Actor, Core, Failure, audit::NewEntry, events::Topic};

/// Changes name and pace. Needs `channels.manage`.
///
/// Audit: `channel.change`, unless nothing is different. Events: the channels changed.
///
/// # Errors
/// [`Failure::Invalid`]; [`Failure::NotFound`].
pub async fn change(core: &Core, actor: &Actor, channel: ChannelId, new: &ChannelChange) -> Result<(), ChannelError> {
    actor.require(Permission::ChannelsManage)?;
    new.validate()?;
    let (label, rate) = (clean_line(&new.label), i32::from(new.rate));
    let mut tx = actor.begin(core).await?;
    let (workspace, id) = (tx.workspace(), Uuid::from(channel));
    let old =
        sqlx::query!("SELECT label, rate FROM channels WHERE workspace_id = $1 AND id = $2 FOR UPDATE", workspace, id)
            .fetch_optional(tx.sql())
            .await?
            .ok_or(Failure::NotFound)?;
    if old.label == label && old.rate == rate {
        return Ok(());
    }
    sqlx::query!(
        "UPDATE channels SET label = $3, rate = $4 WHERE workspace_id = $1 AND id = $2",
        workspace,
        id,
        label,
        rate
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::ChannelChanged).await?;
    tx.record(NewEntry {
        before: Some(json!({ "label": old.label, "rate": old.rate })),
        after: Some(json!({ "label": label, "rate": rate })),
        ..NewEntry::new("channel.change", "channel", channel)
    });
    Ok(tx.commit().await?)
}

/// Lets the channel send, or stops it. What customers write is stored either way, since the number stays connected. Needs
/// `channels.manage`.
///
/// Audit: `channel.activate` or `channel.deactivate`, unless it was so already. Events: the channels changed.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn set_active(core: &Core, actor: &Actor, channel: ChannelId, active: bool) -> Result<(), ChannelError> {
    actor.require(Permission::ChannelsManage)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, id) = (tx.workspace(), Uuid::from(channel));
    let was = sqlx::query_scalar!(
        "SELECT active FROM channels WHERE workspace_id = $1 AND id = $2 FOR UPDATE",
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    if was == active {
        return Ok(());
    }
    sqlx::query!("UPDATE channels SET active = $3 WHERE workspace_id = $1 AND id = $2", workspace, id, active)
        .execute(tx.sql())
        .await?;
    tx.tell(&Happening::ChannelChanged).await?;
    let action = if active { "channel.activate" } else { "channel.deactivate" };
    tx.record(NewEntry::new(action, "channel", channel));
    // What waited meanwhile goes out.
    tx.ring(Topic::Outbox);
    Ok(tx.commit().await?)
}
