//! Entries as the thread shows them.

use charla_shared::{
    entry::{EntryContent, EntryView, MemberName},
    id::EntryId,
    permission::Permission,
};
use serde_json::Value;
use uuid::Uuid;

use crate::{Actor, Core, Failure, Tx};

struct EntryRow {
    id: Uuid,
    conversation_id: Uuid,
    client_key: Option<Uuid>,
    author_user_id: Option<Uuid>,
    author_name: Option<String>,
    content: Value,
    at: jiff_sqlx::Timestamp,
}

impl EntryRow {
    fn view(self) -> Result<EntryView, Failure> {
        Ok(EntryView {
            id: self.id.into(),
            conversation: self.conversation_id.into(),
            client_key: self.client_key.map(Into::into),
            author: self
                .author_user_id
                .map(|id| MemberName { id: id.into(), name: self.author_name.unwrap_or_default() }),
            at: self.at.to_jiff(),
            content: serde_json::from_value(self.content)?,
        })
    }
}

/// One entry. Needs `conversations.view_all`; a note is not found without `notes.view`.
pub async fn entry(core: &Core, actor: &Actor, entry: EntryId) -> Result<EntryView, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    let view = one(&mut tx, entry).await?;
    tx.commit().await?;
    let is_note = matches!(view.content, EntryContent::Note { .. });
    if is_note && !actor.permissions.allows(Permission::NotesView) {
        return Err(Failure::NotFound);
    }
    Ok(view)
}

/// One entry in the caller's transaction.
pub(in crate::inbox) async fn one(tx: &mut Tx, entry: EntryId) -> Result<EntryView, Failure> {
    all(tx, &[entry.into()]).await?.pop().ok_or(Failure::NotFound)
}

/// The entries of these ids, oldest first.
pub(super) async fn all(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<EntryView>, Failure> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let workspace = tx.workspace();
    // Served by the primary key.
    let rows = sqlx::query_as!(
        EntryRow,
        r#"SELECT e.id, e.conversation_id, e.client_key, e.author_user_id, u.name AS "author_name?", e.content,
                  e.at AS "at: jiff_sqlx::Timestamp"
           FROM thread_entries e LEFT JOIN users u ON u.id = e.author_user_id
           WHERE e.workspace_id = $1 AND e.id = ANY($2)
           ORDER BY e.at, e.id"#,
        workspace,
        ids
    )
    .fetch_all(tx.sql())
    .await?;
    rows.into_iter().map(EntryRow::view).collect()
}
