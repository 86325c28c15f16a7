//! Entries of threads: storing what was done with conversations, many at a time.

use charla_shared::entry::EntryContent;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::Failure;

/// An entry about to be stored.
#[derive(Debug)]
pub(super) struct NewThreadEntry {
    pub workspace: Uuid,
    pub id: Uuid,
    pub conversation: Uuid,
    /// None when the product or the customer did it.
    pub author: Option<Uuid>,
    pub content: EntryContent,
    pub at: Timestamp,
}

/// Stores entries in the caller's transaction, in one statement. The caller tells the readers.
pub(super) async fn add(sql: &mut PgConnection, entries: &[NewThreadEntry]) -> Result<(), Failure> {
    if entries.is_empty() {
        return Ok(());
    }
    let column = |of: fn(&NewThreadEntry) -> Uuid| entries.iter().map(of).collect::<Vec<Uuid>>();
    let authors: Vec<Option<Uuid>> = entries.iter().map(|entry| entry.author).collect();
    let contents =
        entries.iter().map(|entry| serde_json::to_value(&entry.content)).collect::<Result<Vec<Value>, _>>()?;
    let times: Vec<jiff_sqlx::Timestamp> = entries.iter().map(|entry| entry.at.to_sqlx()).collect();
    sqlx::query!(
        "INSERT INTO thread_entries (workspace_id, id, conversation_id, author_user_id, content, at)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::jsonb[], $6::timestamptz[])",
        &column(|entry| entry.workspace),
        &column(|entry| entry.id),
        &column(|entry| entry.conversation),
        &authors as _,
        &contents,
        &times as _
    )
    .execute(sql)
    .await?;
    Ok(())
}
