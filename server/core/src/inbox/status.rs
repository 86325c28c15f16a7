//! Meta's words about an outgoing message: sent, delivered, read, failed.
//!
//! Every word is a row of the flight recorder; the shown state only moves forward (`DeliveryState::after`). A word that
//! comes before our own request's answer is stored waits for it.

use charla_shared::{
    event::Happening,
    id::{ChannelId, ConversationId, MessageId, WorkspaceId},
    message::DeliveryState,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use super::row;
use crate::{Actor, Core, Failure, Tx};

/// A status read from a webhook.
#[derive(Debug, Clone)]
pub(crate) struct Status {
    /// Where it came to.
    pub channel: ChannelId,
    /// Meta's id of the message.
    pub external_id: String,
    /// Our id of the message, when Meta echoed it.
    pub message: Option<MessageId>,
    /// The news.
    pub state: DeliveryState,
    /// For failures: what happened and what to do, for people.
    pub failure: Option<String>,
    /// Meta's error codes and prices, for the flight recorder.
    pub detail: Value,
    /// Meta's time.
    pub at: Option<Timestamp>,
}

/// Takes a status. A second delivery of it has no effect.
pub(crate) async fn take_status(core: &Core, workspace: WorkspaceId, status: &Status) -> Result<(), Failure> {
    let mut tx = Actor::system(workspace, "ingest").begin(core).await?;
    let (id, at) = (tx.workspace(), status.at.unwrap_or_else(|| tx.now()));
    // By Meta's id; by ours when our request's answer was lost and Meta's id is not known yet.
    let found = sqlx::query_scalar!(
        "SELECT id FROM messages
         WHERE workspace_id = $1 AND direction = 'out'
           AND ((channel_id = $2 AND external_id = $3) OR (id = $4 AND channel_id = $2 AND external_id IS NULL))
         FOR UPDATE",
        id,
        Uuid::from(status.channel),
        status.external_id,
        status.message.map(Uuid::from)
    )
    .fetch_optional(tx.sql())
    .await?;
    let detail = json!({ "news": status.detail, "failure": status.failure });
    if let Some(message) = found {
        record(&mut tx, message.into(), status.state, at, &detail, Some(&status.external_id)).await?;
    } else {
        sqlx::query!(
            "INSERT INTO early_statuses (workspace_id, channel_id, external_id, status, detail, at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            id,
            Uuid::from(status.channel),
            status.external_id,
            status.state.name(),
            detail,
            at.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
    }
    tx.commit().await
}

/// Writes one word of Meta's into the recorder of a message and moves its state, if it is news.
async fn record(
    tx: &mut Tx,
    message: MessageId,
    news: DeliveryState,
    at: Timestamp,
    detail: &Value,
    external_id: Option<&str>,
) -> Result<(), Failure> {
    let (workspace, id) = (tx.workspace(), Uuid::from(message));
    let known = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM message_events WHERE workspace_id = $1 AND message_id = $2 AND state = $3 AND source = 'webhook') AS "known!""#,
        workspace,
        id,
        news.name()
    )
    .fetch_one(tx.sql())
    .await?;
    if known {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO message_events (workspace_id, message_id, id, state, source, at, detail) VALUES ($1, $2, $3, $4, 'webhook', $5, $6)",
        workspace,
        id,
        tx.id::<Uuid>(),
        news.name(),
        at.to_sqlx() as _,
        detail
    )
    .execute(tx.sql())
    .await?;
    let failure = detail.get("failure").and_then(Value::as_str);
    advance(tx, message, news, external_id, failure).await?;
    Ok(())
}

/// Moves a message forward, if `news` is forward, and the preview with it. Gives whether it moved.
pub(super) async fn advance(
    tx: &mut Tx,
    message: MessageId,
    news: DeliveryState,
    external_id: Option<&str>,
    failure: Option<&str>,
) -> Result<bool, Failure> {
    let (workspace, id) = (tx.workspace(), Uuid::from(message));
    let row = sqlx::query!(
        r#"SELECT conversation_id, state AS "state!" FROM messages WHERE workspace_id = $1 AND id = $2 FOR UPDATE"#,
        workspace,
        id
    )
    .fetch_one(tx.sql())
    .await?;
    let next = row::state(&row.state)?.after(news);
    let state = next.map_or(row.state.as_str(), |next| next.name());
    // Proof of arrival overrules a failure, and its words with it.
    let failure = if next == Some(DeliveryState::Failed) { failure } else { None };
    sqlx::query!(
        "UPDATE messages SET state = $3, external_id = coalesce(external_id, $4),
                             failure = CASE WHEN $6 THEN $5 ELSE failure END
         WHERE workspace_id = $1 AND id = $2",
        workspace,
        id,
        state,
        external_id,
        failure,
        next.is_some()
    )
    .execute(tx.sql())
    .await?;
    if next.is_none() {
        return Ok(false);
    }
    show(tx, row.conversation_id.into(), message, state).await?;
    Ok(true)
}

/// Tells the readers, and changes the tick in the list if it is the last message.
pub(super) async fn show(
    tx: &mut Tx,
    conversation: ConversationId,
    message: MessageId,
    state: &str,
) -> Result<(), Failure> {
    let workspace = tx.workspace();
    sqlx::query!(
        "UPDATE conversations SET preview = jsonb_set(preview, '{state}', to_jsonb($4::text))
         WHERE workspace_id = $1 AND id = $2 AND last_message_id = $3",
        workspace,
        Uuid::from(conversation),
        Uuid::from(message),
        state
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::MessageUpdated { conversation, message }).await
}

/// The statuses that came before our own answer: they take effect now that the message has Meta's id.
pub(super) async fn take_early(
    tx: &mut Tx,
    channel: ChannelId,
    message: MessageId,
    external_id: &str,
) -> Result<(), Failure> {
    let workspace = tx.workspace();
    let early = sqlx::query!(
        r#"DELETE FROM early_statuses WHERE workspace_id = $1 AND channel_id = $2 AND external_id = $3
           RETURNING status, detail, at AS "at: jiff_sqlx::Timestamp""#,
        workspace,
        Uuid::from(channel),
        external_id
    )
    .fetch_all(tx.sql())
    .await?;
    for status in early {
        let detail = status.detail.unwrap_or(Value::Null);
        record(tx, message, row::state(&status.status)?, status.at.to_jiff(), &detail, None).await?;
    }
    Ok(())
}
