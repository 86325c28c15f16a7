//! What members did last, over all conversations.

use charla_shared::{
    analytics::{ACTIVITY_MAX, Activity},
    entry::{EntryView, MemberName},
    permission::Permission,
};

use super::contact;
use crate::{Actor, Failure, Tx};

/// The newest entries of all threads; without `notes.view` the notes are left out.
pub(super) async fn recent(tx: &mut Tx, actor: &Actor) -> Result<Vec<Activity>, Failure> {
    let workspace = tx.workspace();
    // Served by thread_entries_by_time.
    let rows = sqlx::query!(
        r#"SELECT e.id, e.conversation_id, e.client_key, e.author_user_id, u.name AS "author?", e.content, e.at AS "at: jiff_sqlx::Timestamp",
                  c.contact_id, p.name, p.username,
                  (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone' LIMIT 1) AS phone
           FROM thread_entries e
           JOIN conversations c ON c.workspace_id = e.workspace_id AND c.id = e.conversation_id
           JOIN contacts p ON p.workspace_id = c.workspace_id AND p.id = c.contact_id
           LEFT JOIN users u ON u.id = e.author_user_id
           WHERE e.workspace_id = $1 AND ($3 OR e.content ->> 'type' <> 'note')
           ORDER BY e.at DESC, e.id DESC LIMIT $2"#,
        workspace,
        ACTIVITY_MAX,
        actor.permissions.allows(Permission::NotesView)
    )
    .fetch_all(tx.sql())
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Activity {
                entry: EntryView {
                    id: row.id.into(),
                    conversation: row.conversation_id.into(),
                    client_key: row.client_key.map(Into::into),
                    author: row
                        .author_user_id
                        .map(|id| MemberName { id: id.into(), name: row.author.unwrap_or_default() }),
                    at: row.at.to_jiff(),
                    content: serde_json::from_value(row.content)?,
                },
                contact: contact(actor, row.contact_id, row.name, row.username, row.phone),
            })
        })
        .collect()
}
