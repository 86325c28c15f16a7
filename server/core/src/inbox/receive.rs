//! A customer's message comes in: identity → contact → conversation → message → event, in one transaction, once.

use charla_shared::{
    conversation::Preview,
    event::Happening,
    id::{ChannelId, ConversationId, MessageId, WorkspaceId},
    message::{Content, Direction},
    text,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::{
    Actor, Core, Failure,
    contacts::{Known, recognise},
};

/// A message of a customer, read from a webhook.
#[derive(Debug, Clone)]
pub(crate) struct Inbound {
    /// Where it came to.
    pub channel: ChannelId,
    /// Who wrote it.
    pub sender: Known,
    /// Meta's id of it.
    pub external_id: String,
    /// Meta's time.
    pub at: Option<Timestamp>,
    /// What it holds; texts are cleaned.
    pub content: Content,
}

/// What became of an inbound message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Received {
    /// It is stored.
    Stored,
    /// It was there already; nothing changed.
    Duplicate,
    /// Nothing says who sent it.
    Anonymous,
}

/// Stores a customer's message. A second delivery of it has no effect.
pub(crate) async fn receive(core: &Core, workspace: WorkspaceId, inbound: &Inbound) -> Result<Received, Failure> {
    let mut tx = Actor::system(workspace, "ingest").begin(core).await?;
    let (id, now) = (tx.workspace(), tx.now());
    let Some(contact) = recognise(&mut tx, &inbound.sender).await? else { return Ok(Received::Anonymous) };
    // A time from the future would stand at the end of the thread for ever.
    let at = inbound.at.map_or(now, |at| at.min(now));
    let message: MessageId = tx.id();
    let preview = serde_json::to_value(Preview {
        direction: Direction::In,
        content_type: inbound.content.type_name().to_owned(),
        text: text::shorten(&text::clean_line(inbound.content.words().unwrap_or_default()), 120),
        state: None,
    })?;
    // Made if it is the first, and locked either way: messages of one conversation are stored one after the other.
    let opened = sqlx::query!(
        "INSERT INTO conversations (workspace_id, id, channel_id, contact_id, preview, last_message_id, last_message_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (workspace_id, channel_id, contact_id) DO UPDATE SET contact_id = excluded.contact_id
         RETURNING id, arrived",
        id,
        tx.id::<Uuid>(),
        Uuid::from(inbound.channel),
        Uuid::from(contact),
        preview,
        Uuid::from(message),
        at.to_sqlx() as _,
        now.to_sqlx() as _
    )
    .fetch_one(tx.sql())
    .await?;
    let (conversation, arrival) = (ConversationId::from(opened.id), opened.arrived + 1);
    let stored = sqlx::query!(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content, external_id, at, created_at, arrival)
         VALUES ($1, $2, $3, $4, 'in', 'contact', $5, $6, $7, $8, $9)
         ON CONFLICT (workspace_id, channel_id, external_id) WHERE external_id IS NOT NULL DO NOTHING",
        id,
        Uuid::from(message),
        Uuid::from(conversation),
        Uuid::from(inbound.channel),
        serde_json::to_value(&inbound.content)?,
        inbound.external_id,
        at.to_sqlx() as _,
        now.to_sqlx() as _,
        arrival
    )
    .execute(tx.sql())
    .await?
    .rows_affected();
    if stored == 0 {
        return Ok(Received::Duplicate);
    }
    // A message that comes late takes its place in the thread, but neither the preview nor the order of the list.
    sqlx::query!(
        "UPDATE conversations
         SET arrived = $7,
             preview = CASE WHEN $6 >= last_message_at THEN $3 ELSE preview END,
             last_message_id = CASE WHEN $6 >= last_message_at THEN $4 ELSE last_message_id END,
             last_message_at = greatest(last_message_at, $6),
             last_inbound_at = greatest(coalesce(last_inbound_at, $5), $5)
         WHERE workspace_id = $1 AND id = $2",
        id,
        Uuid::from(conversation),
        preview,
        Uuid::from(message),
        at.to_sqlx() as _,
        at.to_sqlx() as _,
        arrival
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::MessageCreated { conversation, message }).await?;
    tx.commit().await?;
    Ok(Received::Stored)
}
