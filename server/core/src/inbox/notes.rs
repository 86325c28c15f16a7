//! Notes: what members write to each other beside a conversation. The customer never sees them.

use charla_shared::{
    entry::{EntryContent, EntryView, NewNote},
    event::Happening,
    id::{ConversationId, EntryId},
    permission::Permission,
    text,
};
use garde::Validate;
use jiff::SignedDuration;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::{InboxError, thread};
use crate::{Actor, Core, Failure, audit::NewEntry};

/// Writes a note into a thread. The same client key again gives the note that is there already. Nothing is sent, and the
/// conversation keeps its place in the list and its unread count.
///
/// Needs `notes.write`. Audit: `note.write`, without the text. Events: the entry was created.
///
/// # Errors
/// [`InboxError::KeyReused`] when the key belongs to another note; [`Failure::Invalid`] for an empty or long text;
/// [`Failure::NotFound`].
pub async fn write_note(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
    new: NewNote,
) -> Result<EntryView, InboxError> {
    actor.require(Permission::NotesWrite)?;
    actor.require(Permission::ConversationsViewAll)?;
    let user = actor.user().ok_or(Failure::NotFound)?;
    new.validate().map_err(Failure::from)?;
    let content = EntryContent::Note { body: text::clean(&new.body) };
    let mut tx = actor.begin(core).await?;
    let (workspace, now, id) = (tx.workspace(), tx.now(), tx.id::<EntryId>());
    let last = sqlx::query_scalar!(
        r#"SELECT last_message_at AS "at: jiff_sqlx::Timestamp" FROM conversations WHERE workspace_id = $1 AND id = $2"#,
        workspace,
        Uuid::from(conversation)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?
    .to_jiff();
    // A clock that jumped back must not put the note before what it is about.
    let at = now.max(last.checked_add(SignedDuration::from_micros(1)).unwrap_or(last));
    let stored = sqlx::query!(
        "INSERT INTO thread_entries (workspace_id, id, conversation_id, author_user_id, content, client_key, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (workspace_id, conversation_id, client_key) WHERE client_key IS NOT NULL DO NOTHING",
        workspace,
        Uuid::from(id),
        Uuid::from(conversation),
        Uuid::from(user),
        serde_json::to_value(&content).map_err(Failure::from)?,
        new.client_key.as_uuid(),
        at.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    if stored.rows_affected() == 0 {
        let there = sqlx::query_scalar!(
            "SELECT id FROM thread_entries WHERE workspace_id = $1 AND conversation_id = $2 AND client_key = $3",
            workspace,
            Uuid::from(conversation),
            new.client_key.as_uuid()
        )
        .fetch_one(tx.sql())
        .await?;
        let view = thread::one_entry(&mut tx, there.into()).await?;
        let same = view.content == content && view.author.as_ref().is_some_and(|author| author.id == user);
        return if same { Ok(view) } else { Err(InboxError::KeyReused) };
    }
    tx.record(NewEntry::new("note.write", "entry", id).after(json!({ "conversation": conversation })));
    tx.tell(&Happening::EntryCreated { conversation, entry: id }).await?;
    let view = thread::one_entry(&mut tx, id).await?;
    tx.commit().await?;
    Ok(view)
}
