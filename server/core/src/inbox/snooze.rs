//! Sleep ends: snoozed conversations are open again at their time.
//!
//! The time is in the conversation's row, so nothing is lost with a process; whichever process finds it due first, under
//! the row's lock, wakes it, and nobody after it finds it asleep.

use std::time::Duration;

use charla_shared::{conversation::Status, entry::EntryContent, event::Happening};
use jiff_sqlx::ToSqlx;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::entries::{self, NewThreadEntry};
use crate::{
    Core, Failure,
    events::{self, LogEntry, Topic},
};

/// How often it is looked whose time has come.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Conversations that are woken in one transaction.
const AT_ONCE: i64 = 100;

/// Wakes conversations until told to stop.
pub(crate) async fn wake(core: Core, stop: CancellationToken) {
    let mut timer = tokio::time::interval(LOOK_EVERY);
    timer.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! { () = stop.cancelled() => return, _ = timer.tick() => {} }
        while !stop.is_cancelled() {
            match wake_some(&core).await {
                Ok(0) => break,
                Ok(woken) => tracing::debug!(woken, "snoozed conversations are open again"),
                Err(error) => {
                    tracing::warn!(%error, "snoozed conversations could not be woken");
                    break;
                }
            }
        }
    }
}

/// Opens some conversations whose time has come, with an entry by nobody in each. Gives how many. What somebody else has
/// locked is changing just now and is looked at again next time.
async fn wake_some(core: &Core) -> Result<usize, Failure> {
    let now = core.environment.now();
    let mut tx = core.database.worker().await?;
    // Served by conversations_snoozed.
    let rows = sqlx::query!(
        "UPDATE conversations c SET status = 'open', snoozed_until = NULL
         FROM (SELECT workspace_id, id FROM conversations
               WHERE status = 'snoozed' AND snoozed_until <= greatest(now(), $1)
               ORDER BY snoozed_until LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED) due
         WHERE c.workspace_id = due.workspace_id AND c.id = due.id
         RETURNING c.workspace_id, c.id",
        now.to_sqlx() as _,
        AT_ONCE
    )
    .fetch_all(&mut *tx)
    .await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let (mut woken, mut log) = (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len() * 2));
    for row in rows {
        let (conversation, id) = (row.id.into(), core.environment.id::<Uuid>());
        let content = EntryContent::Status { status: Status::Open, until: None, reason: None, by_customer: false };
        woken.push(NewThreadEntry {
            workspace: row.workspace_id,
            id,
            conversation: row.id,
            author: None,
            content,
            at: now,
        });
        log.extend(
            [
                Happening::EntryCreated { conversation, entry: id.into() },
                Happening::ConversationUpdated { conversation },
            ]
            .map(|happening| LogEntry { workspace: row.workspace_id.into(), happening }),
        );
    }
    entries::add(&mut tx, &woken).await?;
    events::append(&mut tx, now, &log).await?;
    tx.commit().await?;
    core.bus.ring(Topic::Events);
    Ok(woken.len())
}
