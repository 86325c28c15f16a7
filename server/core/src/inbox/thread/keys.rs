//! Keys of what stands in a thread: messages and entries in one order, by time and then by id.

use charla_shared::conversation::ThreadCursor;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use crate::{Failure, Tx, database::storable};

/// What is listed of which thread.
#[derive(Debug, Clone, Copy)]
pub(super) struct Thread {
    pub conversation: Uuid,
    pub with_notes: bool,
}

/// Where a thing stands, and of which kind it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub place: ThreadCursor,
    pub is_entry: bool,
}

struct KeyRow {
    at: jiff_sqlx::Timestamp,
    id: Uuid,
    is_entry: bool,
}

impl KeyRow {
    fn key(self) -> Key {
        Key { place: ThreadCursor { at: self.at.to_jiff(), id: self.id }, is_entry: self.is_entry }
    }
}

/// After everything there is.
pub(super) fn end() -> ThreadCursor {
    ThreadCursor { at: storable(Timestamp::MAX), id: Uuid::max() }
}

/// The place right before this one.
pub(super) fn just_before(place: ThreadCursor) -> ThreadCursor {
    ThreadCursor { id: Uuid::from_u128(place.id.as_u128().saturating_sub(1)), ..place }
}

/// The last `limit` things before a place, oldest first, and whether there are more before them.
pub(super) async fn backwards(
    tx: &mut Tx,
    thread: Thread,
    place: ThreadCursor,
    limit: usize,
) -> Result<(Vec<Key>, bool), Failure> {
    let workspace = tx.workspace();
    // Served by messages_of_conversation and thread_entries_of_conversation.
    let rows = sqlx::query_as!(
        KeyRow,
        r#"(SELECT at AS "at!: jiff_sqlx::Timestamp", id AS "id!", false AS "is_entry!" FROM messages
            WHERE workspace_id = $1 AND conversation_id = $2 AND (at, id) < ($3, $4)
            ORDER BY at DESC, id DESC LIMIT $5)
           UNION ALL
           (SELECT at, id, true FROM thread_entries
            WHERE workspace_id = $1 AND conversation_id = $2 AND (at, id) < ($3, $4) AND ($6 OR content ->> 'type' <> 'note')
            ORDER BY at DESC, id DESC LIMIT $5)
           ORDER BY 1 DESC, 2 DESC LIMIT $5"#,
        workspace,
        thread.conversation,
        storable(place.at).to_sqlx() as _,
        place.id,
        one_more(limit),
        thread.with_notes
    )
    .fetch_all(tx.sql())
    .await?;
    let (mut keys, more) = at_most(rows, limit);
    keys.reverse();
    Ok((keys, more))
}

/// The first `limit` things after a place, oldest first, and whether there are more after them.
pub(super) async fn forwards(
    tx: &mut Tx,
    thread: Thread,
    place: ThreadCursor,
    limit: usize,
) -> Result<(Vec<Key>, bool), Failure> {
    let workspace = tx.workspace();
    // Served by messages_of_conversation and thread_entries_of_conversation, read from behind.
    let rows = sqlx::query_as!(
        KeyRow,
        r#"(SELECT at AS "at!: jiff_sqlx::Timestamp", id AS "id!", false AS "is_entry!" FROM messages
            WHERE workspace_id = $1 AND conversation_id = $2 AND (at, id) > ($3, $4)
            ORDER BY at, id LIMIT $5)
           UNION ALL
           (SELECT at, id, true FROM thread_entries
            WHERE workspace_id = $1 AND conversation_id = $2 AND (at, id) > ($3, $4) AND ($6 OR content ->> 'type' <> 'note')
            ORDER BY at, id LIMIT $5)
           ORDER BY 1, 2 LIMIT $5"#,
        workspace,
        thread.conversation,
        storable(place.at).to_sqlx() as _,
        place.id,
        one_more(limit),
        thread.with_notes
    )
    .fetch_all(tx.sql())
    .await?;
    Ok(at_most(rows, limit))
}

/// One more than is wanted says whether there is more.
fn one_more(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
}

fn at_most(mut rows: Vec<KeyRow>, limit: usize) -> (Vec<Key>, bool) {
    let more = rows.len() > limit;
    rows.truncate(limit);
    (rows.into_iter().map(KeyRow::key).collect(), more)
}
