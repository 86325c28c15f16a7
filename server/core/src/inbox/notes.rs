//! Notes: what members write to each other beside a conversation. The customer never sees them.

use charla_shared::{
    entry::{EntryContent, EntryView, MemberName, NewNote},
    event::Happening,
    id::{ConversationId, EntryId},
    permission::Permission,
    text,
};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::InboxError;
use crate::{Actor, Core, Failure, audit::NewEntry};

/// Writes a note into a thread. The same client key again gives the note that is there already.
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
    sqlx::query_scalar!(
        "SELECT id FROM conversations WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(conversation)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
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
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    let row = sqlx::query!(
        r#"SELECT e.id, e.author_user_id, u.name AS "author_name?", e.content, e.at AS "at: jiff_sqlx::Timestamp"
           FROM thread_entries e LEFT JOIN users u ON u.id = e.author_user_id
           WHERE e.workspace_id = $1 AND e.conversation_id = $2 AND e.client_key = $3"#,
        workspace,
        Uuid::from(conversation),
        new.client_key.as_uuid()
    )
    .fetch_one(tx.sql())
    .await?;
    let there = serde_json::from_value::<EntryContent>(row.content).map_err(Failure::from)?;
    if there != content || row.author_user_id != Some(user.into()) {
        return Err(InboxError::KeyReused);
    }
    if stored.rows_affected() > 0 {
        tx.record(NewEntry::new("note.write", "entry", id).after(json!({ "conversation": conversation })));
        tx.tell(&Happening::EntryCreated { conversation, entry: id }).await?;
    }
    tx.commit().await?;
    Ok(EntryView {
        id: row.id.into(),
        conversation,
        client_key: Some(new.client_key),
        author: Some(MemberName { id: user, name: row.author_name.unwrap_or_default() }),
        at: row.at.to_jiff(),
        content,
    })
}
