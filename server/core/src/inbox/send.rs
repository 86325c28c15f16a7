//! Sending: the one door for outgoing messages (DESIGN §4, "Out").
//!
//! The message, its place in the list, the event, the audit entry and what hands it to Meta are one transaction: what is
//! shown as queued will be sent, and what is not stored is not sent.

use charla_shared::{
    conversation::{Preview, WindowState},
    event::Happening,
    id::{ClientKey, ConversationId, MessageId, UserId},
    message::{Content, DeliveryState, Direction, MessageView, NewMessage},
    permission::Permission,
    text,
};
use garde::Validate;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::{InboxError, thread};
use crate::{Actor, Core, Failure, Tx, audit::NewEntry, events::Topic, sending};

/// Stores a text to be sent, and has it sent. The same client key again gives the message that is there already.
///
/// Needs `conversations.reply`. Audit: `message.send`, without the text. Events: the message was created.
///
/// # Errors
/// [`InboxError::WindowClosed`]; [`InboxError::ChannelInactive`]; [`InboxError::KeyReused`] when the key belongs to another text;
/// [`InboxError::NotQuotable`]; [`Failure::Invalid`] for an empty or long text; [`Failure::NotFound`].
pub async fn send(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
    new: NewMessage,
) -> Result<MessageView, InboxError> {
    let user = writer(actor)?;
    new.validate().map_err(Failure::from)?;
    let content = Content::Text { body: text::clean(&new.body) };
    let mut tx = actor.begin(core).await?;
    let quoted = match new.quoting {
        Some(message) => Some(quotable(&mut tx, conversation, message).await?),
        None => None,
    };
    let placed = place(&mut tx, user, conversation, new.client_key, &content, quoted.as_deref()).await?;
    if let Placed::New(message) = placed {
        tx.record(
            NewEntry::new("message.send", "message", message)
                .after(json!({ "conversation": conversation, "type": content.type_name() })),
        );
    }
    let view = thread::one(&mut tx, placed.message()).await?;
    tx.commit().await?;
    Ok(view)
}

/// The member who writes, if they may.
pub(super) fn writer(actor: &Actor) -> Result<UserId, Failure> {
    actor.require(Permission::ConversationsReply)?;
    actor.require(Permission::ConversationsViewAll)?;
    actor.user().ok_or(Failure::NotFound)
}

/// Meta's id of a message that is answered to.
async fn quotable(tx: &mut Tx, conversation: ConversationId, message: MessageId) -> Result<String, InboxError> {
    let workspace = tx.workspace();
    let external_id = sqlx::query_scalar!(
        "SELECT external_id FROM messages WHERE workspace_id = $1 AND id = $2 AND conversation_id = $3",
        workspace,
        Uuid::from(message),
        Uuid::from(conversation)
    )
    .fetch_optional(tx.sql())
    .await?;
    external_id.flatten().ok_or(InboxError::NotQuotable)
}

/// What became of a message at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placed {
    /// It is stored and will be sent.
    New(MessageId),
    /// It was there already, under the same key.
    There(MessageId),
}

impl Placed {
    /// Which message that is.
    pub(super) const fn message(self) -> MessageId {
        match self {
            Self::New(message) | Self::There(message) => message,
        }
    }
}

/// The door itself: asks every rule there is for messages of members, stores the message and has it sent. From here on
/// the customer waits no more; how long they did is kept with the message. The caller writes the audit entry.
pub(super) async fn place(
    tx: &mut Tx,
    user: UserId,
    conversation: ConversationId,
    key: ClientKey,
    content: &Content,
    quoted: Option<&str>,
) -> Result<Placed, InboxError> {
    let (workspace, now) = (tx.workspace(), tx.now());
    // The lock orders the senders of one conversation, so that messages are handed over in their order.
    let row = sqlx::query!(
        r#"SELECT channel_id, arrived, last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp", last_message_at AS "last_message_at: jiff_sqlx::Timestamp",
                  waiting_since AS "waiting_since: jiff_sqlx::Timestamp",
                  (SELECT active FROM channels ch WHERE ch.workspace_id = $1 AND ch.id = c.channel_id) AS "channel_active!"
           FROM conversations c WHERE workspace_id = $1 AND id = $2 FOR UPDATE"#,
        workspace,
        Uuid::from(conversation)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let there = sqlx::query!(
        "SELECT id, content, quoted_external_id FROM messages WHERE workspace_id = $1 AND conversation_id = $2 AND client_key = $3",
        workspace,
        Uuid::from(conversation),
        key.as_uuid()
    )
    .fetch_optional(tx.sql())
    .await?;
    if let Some(there) = there {
        let same = serde_json::from_value::<Content>(there.content).map_err(Failure::from)? == *content
            && there.quoted_external_id.as_deref() == quoted;
        return if same { Ok(Placed::There(there.id.into())) } else { Err(InboxError::KeyReused) };
    }
    if !row.channel_active {
        return Err(InboxError::ChannelInactive);
    }
    if !WindowState::at(now, row.last_inbound_at.map(jiff_sqlx::Timestamp::to_jiff)).is_open() {
        return Err(InboxError::WindowClosed);
    }

    let message: MessageId = tx.id();
    // A clock that jumped back must not put the answer before the question.
    let last = row.last_message_at.to_jiff();
    let at = now.max(last.checked_add(SignedDuration::from_micros(1)).unwrap_or(last));
    let preview = Preview {
        direction: Direction::Out,
        content_type: content.type_name().to_owned(),
        text: text::shorten(&text::clean_line(content.words().unwrap_or_default()), 120),
        state: Some(DeliveryState::Queued),
    };
    sqlx::query!(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, author_user_id, content,
                               client_key, state, at, created_at, arrival, waited_seconds, quoted_external_id)
         VALUES ($1, $2, $3, $4, 'out', 'member', $5, $6, $7, 'queued', $8, $9, $10, $11, $12)",
        workspace,
        Uuid::from(message),
        Uuid::from(conversation),
        row.channel_id,
        Uuid::from(user),
        serde_json::to_value(content).map_err(Failure::from)?,
        key.as_uuid(),
        at.to_sqlx() as _,
        now.to_sqlx() as _,
        row.arrived,
        row.waiting_since.map(|since| waited(since.to_jiff(), now)),
        quoted
    )
    .execute(tx.sql())
    .await?;
    sqlx::query!(
        "INSERT INTO message_events (workspace_id, message_id, id, state, source, at) VALUES ($1, $2, $3, 'queued', 'member', $4)",
        workspace,
        Uuid::from(message),
        tx.id::<Uuid>(),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    // Whatever becomes of the answer, the customer is not forgotten: one that fails is marked and sent again.
    sqlx::query!(
        "UPDATE conversations SET preview = $3, last_message_id = $4, last_message_at = $5, waiting_since = NULL
         WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(conversation),
        serde_json::to_value(&preview).map_err(Failure::from)?,
        Uuid::from(message),
        at.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    hand_over(tx, message).await?;
    tx.tell(&Happening::MessageCreated { conversation, message }).await?;
    Ok(Placed::New(message))
}

/// How long the customer waited, in whole seconds; a clock that jumped back makes it no less than none.
fn waited(since: Timestamp, now: Timestamp) -> i32 {
    i32::try_from(now.duration_since(since).as_secs().max(0)).unwrap_or(i32::MAX)
}

/// Puts a stored message on its way to Meta, after those of its conversation that are on it already.
async fn hand_over(tx: &mut Tx, message: MessageId) -> Result<(), Failure> {
    let workspace = tx.workspace();
    sending::add(tx.sql(), workspace.into(), message, sending::PERSON).await?;
    tx.ring(Topic::Outbox);
    Ok(())
}
