//! Marking as read: for the team at once, and for the customer by a receipt to Meta.

use charla_meta::graph::Outcome;
use charla_shared::{
    event::Happening,
    id::{ChannelId, ConversationId, MessageId},
    permission::Permission,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Actor, Core, Failure, channels,
    events::Topic,
    jobs::{self, Job, JobError, Kind, NewJob},
};

/// Everything of the customer up to this message has been looked at. Doing it again changes nothing.
///
/// Needs `conversations.reply`: looking without answering (viewers) leaves a conversation unread for those who answer.
/// Events: the conversation changed. Not audited: it is a trace of reading, not a change of data.
pub async fn mark_read(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
    through: MessageId,
) -> Result<(), Failure> {
    actor.require(Permission::ConversationsReply)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now, id) = (tx.workspace(), tx.now(), Uuid::from(conversation));
    let row = sqlx::query!(
        "SELECT channel_id, read_through FROM conversations WHERE workspace_id = $1 AND id = $2 FOR UPDATE",
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let arrival = sqlx::query_scalar!(
        "SELECT arrival FROM messages WHERE workspace_id = $1 AND conversation_id = $2 AND id = $3",
        workspace,
        id,
        Uuid::from(through)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    // What came after stays unread, however late this call is.
    if arrival <= row.read_through {
        return Ok(());
    }
    sqlx::query!(
        "UPDATE conversations SET read_through = $3 WHERE workspace_id = $1 AND id = $2",
        workspace,
        id,
        arrival
    )
    .execute(tx.sql())
    .await?;
    // A receipt for the newest covers all before it (meta-api.md §1.3). Served by messages_arrived.
    let newest = sqlx::query_scalar!(
        r#"SELECT external_id AS "external_id!" FROM messages
           WHERE workspace_id = $1 AND conversation_id = $2 AND direction = 'in' AND arrival <= $3 AND external_id IS NOT NULL
           ORDER BY arrival DESC LIMIT 1"#,
        workspace,
        id,
        arrival
    )
    .fetch_optional(tx.sql())
    .await?;
    if let Some(external_id) = newest {
        let job = NewJob {
            kind: Kind::SendReadReceipt,
            payload: json!({ "channel": ChannelId::from(row.channel_id), "external_id": external_id }),
            dedupe_key: Some(format!("receipt {workspace} {external_id}")),
            run_at: now,
        };
        jobs::add(tx.sql(), &core.environment, Some(actor.workspace), job).await?;
        tx.ring(Topic::Jobs);
    }
    tx.tell(&Happening::ConversationUpdated { conversation }).await?;
    tx.commit().await
}

/// The job: tells Meta that a customer's message was read. Safe to repeat.
pub(crate) async fn send_receipt(core: &Core, job: &Job) -> Result<(), JobError> {
    let channel: ChannelId = job.field("channel")?;
    let external_id: String = job.field("external_id")?;
    let mut tx = Actor::system(job.tenant()?, "read receipts").begin(core).await?;
    let line = match channels::line(&mut tx, channel).await {
        Ok(line) => line,
        // Deactivated meanwhile: nothing is sent through it, receipts neither.
        Err(Failure::NotFound) => return Ok(()),
        Err(failure) => return Err(failure.into()),
    };
    drop(tx);
    line.client.mark_as_read(&line.phone_number_id, &external_id, false).await.map_err(|failure| {
        let reason = format!("read receipt: {failure}");
        if matches!(failure.outcome, Outcome::Refused) { JobError::never(reason) } else { JobError::backoff(reason) }
    })
}
