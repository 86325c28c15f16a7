//! Waits are put right: what was stored before they were counted, and what a release before this one did beside us.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{Core, Failure};

/// Conversations that are looked at in one transaction.
const AT_ONCE: i64 = 500;

/// Puts right since when customers wait, in all conversations with a message after `since`, step by step along their key.
/// Gives how many were wrong. Doing it again, or from several processes at once, changes nothing more. No event tells of
/// it: at the start of a process, lists are about to be read anyway.
pub(crate) async fn repair(core: &Core, since: Timestamp, stop: &CancellationToken) -> Result<u64, Failure> {
    let (mut place, mut all) = ((Uuid::nil(), Uuid::nil()), 0);
    while !stop.is_cancelled() {
        let (next, repaired) = repair_some(core, since, place).await?;
        all += repaired;
        let Some(next) = next else { break };
        place = next;
    }
    Ok(all)
}

type Key = (Uuid, Uuid);

async fn repair_some(core: &Core, since: Timestamp, after: Key) -> Result<(Option<Key>, u64), Failure> {
    let mut tx = core.database.worker().await?;
    // Served by the primary key. Read without a lock first: nearly always nothing is wrong.
    let rows = sqlx::query!(
        r#"SELECT workspace_id, id,
                  CASE WHEN last_message_at < $3 THEN false
                       WHEN status = 'resolved' THEN waiting_since IS NOT NULL
                       ELSE waiting_since IS DISTINCT FROM first_unanswered(workspace_id, id, settled_through) END AS "wrong!"
           FROM conversations WHERE (workspace_id, id) > ($1, $2) ORDER BY workspace_id, id LIMIT $4"#,
        after.0,
        after.1,
        since.to_sqlx() as _,
        AT_ONCE
    )
    .fetch_all(&mut *tx)
    .await?;
    let next = rows.last().map(|row| (row.workspace_id, row.id));
    let (workspaces, ids): (Vec<Uuid>, Vec<Uuid>) =
        rows.iter().filter(|row| row.wrong).map(|row| (row.workspace_id, row.id)).unzip();
    if ids.is_empty() {
        return Ok((next, 0));
    }
    // In the one order, and as a statement of its own: the next one sees every message that was stored under these locks.
    sqlx::query!(
        "SELECT FROM unnest($1::uuid[], $2::uuid[]) AS k (workspace_id, id) JOIN conversations c USING (workspace_id, id)
         ORDER BY c.workspace_id, c.channel_id, c.contact_id FOR NO KEY UPDATE OF c",
        &workspaces,
        &ids
    )
    .execute(&mut *tx)
    .await?;
    let repaired = sqlx::query!(
        "UPDATE conversations c
         SET waiting_since = CASE WHEN status <> 'resolved' THEN first_unanswered(c.workspace_id, c.id, c.settled_through) END
         FROM unnest($1::uuid[], $2::uuid[]) AS k (workspace_id, id)
         WHERE c.workspace_id = k.workspace_id AND c.id = k.id",
        &workspaces,
        &ids
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok((next, repaired))
}
