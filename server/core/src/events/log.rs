//! Reading the log of events.
//!
//! Sequence numbers are handed out before a transaction commits, so "everything after number n" can pass over an event
//! whose transaction commits late. Here events are read in the order (transaction, sequence) and only while every
//! transaction that could still add an earlier one has ended (`pg_snapshot_xmin`); what is read that way never grows
//! behind the reader's back.

use std::collections::HashSet;

use charla_shared::{
    event::{Event, EventCursor, Happening},
    id::WorkspaceId,
};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{Core, Failure};

/// Most events a returning reader is sent one by one; beyond, loading anew is cheaper for both.
const BACKLOG_MAX: i64 = 1_000;
/// How long events are kept.
pub(crate) const RETENTION: SignedDuration = SignedDuration::from_hours(24);

/// An event to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogEntry {
    /// Whose.
    pub workspace: WorkspaceId,
    /// What happened.
    pub happening: Happening,
}

/// Adds events in the caller's transaction, each but once. Ring [`super::Topic::Events`] after the commit.
pub(crate) async fn append(sql: &mut PgConnection, now: Timestamp, entries: &[LogEntry]) -> Result<(), Failure> {
    let mut seen = HashSet::new();
    let (mut workspaces, mut happenings) = (Vec::new(), Vec::new());
    for entry in entries {
        let happening = serde_json::to_value(&entry.happening)?;
        if seen.insert((entry.workspace, happening.to_string())) {
            workspaces.push(Uuid::from(entry.workspace));
            happenings.push(happening);
        }
    }
    if workspaces.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO events (workspace_id, at, happening)
         SELECT workspace_id, $3, happening FROM unnest($1::uuid[], $2::jsonb[]) AS e (workspace_id, happening)",
        &workspaces,
        &happenings,
        now.to_sqlx() as _
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// What a returning reader missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backlog {
    /// These, in order.
    Events(Vec<Event>),
    /// Too much, too long ago, or of another installation.
    Reload,
}

fn cursor(transaction: &str, sequence: i64) -> Result<EventCursor, Failure> {
    let transaction = transaction.parse().map_err(|_| Failure::Corrupt(format!("transaction id {transaction}")))?;
    Ok(EventCursor { transaction, sequence })
}

/// Where the log stands: every event up to here is readable, every later one comes after it.
pub async fn now_cursor(sql: &mut PgConnection) -> Result<EventCursor, Failure> {
    let xmin = sqlx::query_scalar!(r#"SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS "xmin!""#)
        .fetch_one(sql)
        .await?;
    let next = cursor(&xmin, 0)?;
    Ok(EventCursor { transaction: next.transaction.saturating_sub(1), sequence: i64::MAX })
}

/// The events of one workspace after a cursor, up to another.
pub async fn since(
    sql: &mut PgConnection,
    workspace: WorkspaceId,
    after: EventCursor,
    through: EventCursor,
) -> Result<Backlog, Failure> {
    // Ahead of everything there is: handed out by another installation, or before a backup was restored.
    if after > now_cursor(sql).await? {
        return Ok(Backlog::Reload);
    }
    // Served by the primary key.
    let rows = sqlx::query!(
        r#"SELECT transaction::text AS "transaction!", sequence, happening FROM events
           WHERE workspace_id = $1 AND (transaction, sequence) > ($2::text::xid8, $3) AND (transaction, sequence) <= ($4::text::xid8, $5)
           ORDER BY transaction, sequence LIMIT $6"#,
        Uuid::from(workspace),
        after.transaction.to_string(),
        after.sequence,
        through.transaction.to_string(),
        through.sequence,
        BACKLOG_MAX + 1
    )
    .fetch_all(&mut *sql)
    .await?;
    // Asked last: were it asked first, a sweep between the two statements would take events away unnoticed.
    let horizon = sqlx::query!(r#"SELECT transaction::text AS "transaction!", sequence FROM event_horizon"#)
        .fetch_one(sql)
        .await?;
    let swept = after < cursor(&horizon.transaction, horizon.sequence)?;
    if swept || i64::try_from(rows.len()).is_ok_and(|n| n > BACKLOG_MAX) {
        return Ok(Backlog::Reload);
    }
    let mut events = Vec::with_capacity(rows.len());
    for row in rows {
        // A kind of event that a newer release wrote is of no use to readers of this one.
        if let Ok(happening) = serde_json::from_value::<Happening>(row.happening) {
            events.push(Event { cursor: cursor(&row.transaction, row.sequence)?, happening });
        }
    }
    Ok(Backlog::Events(events))
}

/// One event of any workspace, and whether it may be shown yet.
#[derive(Debug)]
pub(super) struct Logged {
    pub workspace: WorkspaceId,
    pub cursor: EventCursor,
    pub happening: Option<Happening>,
    pub settled: bool,
}

/// The next events of all workspaces after a cursor, settled ones first.
pub(super) async fn next(sql: &mut PgConnection, after: EventCursor, limit: i64) -> Result<Vec<Logged>, Failure> {
    // Served by events_in_order.
    let rows = sqlx::query!(
        r#"SELECT workspace_id, transaction::text AS "transaction!", sequence, happening,
                  transaction < pg_snapshot_xmin(pg_current_snapshot()) AS "settled!"
           FROM events WHERE (transaction, sequence) > ($1::text::xid8, $2)
           ORDER BY transaction, sequence LIMIT $3"#,
        after.transaction.to_string(),
        after.sequence,
        limit
    )
    .fetch_all(sql)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Logged {
                workspace: row.workspace_id.into(),
                cursor: cursor(&row.transaction, row.sequence)?,
                happening: serde_json::from_value(row.happening).ok(),
                settled: row.settled,
            })
        })
        .collect()
}

/// Events one step of sweeping takes.
const SWEEP: i64 = 5_000;

/// Deletes some events older than a day and moves the horizon. Gives how many went.
pub async fn sweep(core: &Core, now: Timestamp) -> Result<u64, Failure> {
    let Ok(before) = now.checked_sub(RETENTION) else { return Ok(0) };
    let mut tx = core.database.worker().await?;
    let swept = sqlx::query!(
        r#"WITH old AS (SELECT workspace_id, transaction, sequence FROM events WHERE at < $1 ORDER BY at LIMIT $2),
                gone AS (DELETE FROM events e USING old o
                         WHERE e.workspace_id = o.workspace_id AND e.transaction = o.transaction AND e.sequence = o.sequence
                         RETURNING e.transaction, e.sequence),
                last AS (SELECT transaction, sequence FROM gone ORDER BY transaction DESC, sequence DESC LIMIT 1),
                moved AS (UPDATE event_horizon h SET transaction = last.transaction, sequence = last.sequence FROM last
                          WHERE (last.transaction, last.sequence) > (h.transaction, h.sequence))
           SELECT count(*) AS "count!" FROM gone"#,
        before.to_sqlx() as _,
        SWEEP
    )
    .fetch_one(&mut *tx)
    .await?
    .count;
    tx.commit().await?;
    Ok(u64::try_from(swept).unwrap_or_default())
}
