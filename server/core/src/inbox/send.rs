//! Sending: the one door for outgoing messages (DESIGN §4, "Out").
//!
//! The message, its place in the list, the event, the audit entry and the job that hands it to Meta are one transaction:
//! what is shown as queued will be sent, and what is not stored is not sent.

use charla_shared::{
    conversation::{Preview, WindowState},
    event::Happening,
    id::{ConversationId, MessageId},
    message::{Content, DeliveryState, Direction, MessageView, NewMessage},
    permission::Permission,
    text,
};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::{InboxError, thread};
use crate::{
    Actor, Core, Failure, Who,
    audit::NewEntry,
    events::Topic,
    jobs::{self, Kind, NewJob},
};

/// Stores a text to be sent, and has it sent. The same client key again gives the message that is there already.
///
/// Needs `conversations.reply`. Audit: `message.send`, without the text. Events: the message was created.
///
/// # Errors
/// [`InboxError::WindowClosed`]; [`InboxError::ChannelInactive`]; [`InboxError::KeyReused`] when the key belongs to another text; [`Failure::Invalid`] for an empty or long text; [`Failure::NotFound`].
pub async fn send(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
    new: NewMessage,
) -> Result<MessageView, InboxError> {
    actor.require(Permission::ConversationsReply)?;
    actor.require(Permission::ConversationsViewAll)?;
    new.validate().map_err(Failure::from)?;
    let Who::Member { user, .. } = actor.who else { return Err(Failure::NotFound.into()) };
    let mut tx = actor.begin(core).await?;
    let (workspace, now) = (tx.workspace(), tx.now());
    // The lock orders the senders of one conversation, so that jobs are added in the order of the messages.
    let row = sqlx::query!(
        r#"SELECT channel_id, arrived, last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp", last_message_at AS "last_message_at: jiff_sqlx::Timestamp",
                  (SELECT active FROM channels ch WHERE ch.workspace_id = $1 AND ch.id = c.channel_id) AS "channel_active!"
           FROM conversations c WHERE workspace_id = $1 AND id = $2 FOR UPDATE"#,
        workspace,
        Uuid::from(conversation)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let there = sqlx::query_scalar!(
        "SELECT id FROM messages WHERE workspace_id = $1 AND conversation_id = $2 AND client_key = $3",
        workspace,
        Uuid::from(conversation),
        new.client_key.as_uuid()
    )
    .fetch_optional(tx.sql())
    .await?;
    let content = Content::Text { body: text::clean(&new.body) };
    if let Some(there) = there {
        let there = thread::one(&mut tx, there.into()).await?;
        return if there.content == content { Ok(there) } else { Err(InboxError::KeyReused) };
    }
    if !row.channel_active {
        return Err(InboxError::ChannelInactive);
    }
    if !WindowState::at(now, row.last_inbound_at.map(jiff_sqlx::Timestamp::to_jiff)).is_open() {
        return Err(InboxError::WindowClosed);
    }

    let message: MessageId = tx.id();
    // A clock that jumped back must not put the answer before the question.
    let at = now.max(row.last_message_at.to_jiff());
    let preview = Preview {
        direction: Direction::Out,
        content_type: content.type_name().to_owned(),
        text: text::shorten(&text::clean_line(content.words().unwrap_or_default()), 120),
        state: Some(DeliveryState::Queued),
    };
    sqlx::query!(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, author_user_id, content,
                               client_key, state, at, created_at, arrival)
         VALUES ($1, $2, $3, $4, 'out', 'member', $5, $6, $7, 'queued', $8, $9, $10)",
        workspace,
        Uuid::from(message),
        Uuid::from(conversation),
        row.channel_id,
        Uuid::from(user),
        serde_json::to_value(&content).map_err(Failure::from)?,
        new.client_key.as_uuid(),
        at.to_sqlx() as _,
        now.to_sqlx() as _,
        row.arrived
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
    sqlx::query!(
        "UPDATE conversations SET preview = $3, last_message_id = $4, last_message_at = $5 WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(conversation),
        serde_json::to_value(&preview).map_err(Failure::from)?,
        Uuid::from(message),
        at.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    let job = NewJob {
        kind: Kind::SendMessage,
        payload: json!({ "message": message }),
        // One at a time and in order: Meta does not keep the order of requests that overlap (meta-api.md §1.8).
        ordering_key: Some(format!("conversation {conversation}")),
        dedupe_key: None,
        run_at: now,
    };
    jobs::add(tx.sql(), &core.environment, Some(actor.workspace), job).await?;
    tx.tell(&Happening::MessageCreated { conversation, message }).await?;
    tx.record(
        NewEntry::new("message.send", "message", message)
            .after(json!({ "conversation": conversation, "type": content.type_name() })),
    );
    tx.ring(Topic::Jobs);
    let view = thread::one(&mut tx, message).await?;
    tx.commit().await?;
    Ok(view)
}
