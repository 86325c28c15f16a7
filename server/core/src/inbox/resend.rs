//! Sending again: a person decides that a message that did not arrive, or may not have, goes out once more
//! (quality-gates B2). Nothing here happens by itself.

use charla_shared::{
    event::Happening,
    id::{ClientKey, MessageId},
    message::{DeliveryState, MessageView},
};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::{InboxError, send, thread};
use crate::{Actor, Core, Failure, audit::NewEntry};

/// Sends the content of a message that failed, or stays unconfirmed, as a new message, under the same rules as
/// [`send`](fn@super::send). Doing it again, by whomever, gives the same new message.
///
/// Needs `conversations.reply`. Audit: `message.resend`, of the new message. Events: the new one was created, the old one
/// changed; the old one's recorder says so, too.
///
/// # Errors
/// [`InboxError::NotResendable`] when it is not lost; [`InboxError::StillUnclear`] while Meta may still tell;
/// [`InboxError::WindowClosed`]; [`Failure::NotFound`].
pub async fn resend(core: &Core, actor: &Actor, message: MessageId) -> Result<MessageView, InboxError> {
    let user = send::writer(actor)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now, id) = (tx.workspace(), tx.now(), Uuid::from(message));
    // The message before its conversation, as statuses lock them. Two who send it again come one after the other.
    let quoted = sqlx::query_scalar!(
        "SELECT quoted_external_id FROM messages WHERE workspace_id = $1 AND id = $2 FOR UPDATE",
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let old = thread::one(&mut tx, message).await?;
    if let Some(resent) = old.resent_as {
        return Ok(thread::one(&mut tx, resent).await?);
    }
    let state = old.state.ok_or(InboxError::NotResendable)?;
    if !old.may_be_resent(now) {
        let waits = state == DeliveryState::Unknown;
        return Err(if waits { InboxError::StillUnclear } else { InboxError::NotResendable });
    }
    let (conversation, content) = (old.conversation, old.content);
    let key = ClientKey::of_resent(message);
    let new = send::place(&mut tx, user, conversation, key, &content, quoted.as_deref()).await?.message();

    // The customer has waited for the first one, and then for this one.
    sqlx::query!(
        "UPDATE messages n
         SET waited_seconds = o.waited_seconds
             + greatest(0, least(extract(epoch FROM n.created_at - o.created_at), 2000000000 - o.waited_seconds))::integer
         FROM messages o
         WHERE n.workspace_id = $1 AND n.id = $2 AND n.waited_seconds IS NULL
           AND o.workspace_id = $1 AND o.id = $3 AND o.waited_seconds IS NOT NULL",
        workspace,
        Uuid::from(new),
        id
    )
    .execute(tx.sql())
    .await?;
    sqlx::query!(
        "UPDATE messages SET resent_as = $3 WHERE workspace_id = $1 AND id = $2",
        workspace,
        id,
        Uuid::from(new)
    )
    .execute(tx.sql())
    .await?;
    sqlx::query!(
        "INSERT INTO message_events (workspace_id, message_id, id, state, source, at, detail) VALUES ($1, $2, $3, $4, 'member', $5, $6)",
        workspace,
        id,
        tx.id::<Uuid>(),
        state.name(),
        now.to_sqlx() as _,
        json!({ "resent_as": new })
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::MessageUpdated { conversation, message }).await?;
    tx.record(
        NewEntry::new("message.resend", "message", new)
            .after(json!({ "conversation": conversation, "type": content.type_name(), "instead_of": message })),
    );
    let view = thread::one(&mut tx, new).await?;
    tx.commit().await?;
    Ok(view)
}
