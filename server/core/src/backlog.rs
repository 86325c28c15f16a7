//! What waits to be done, for health, metrics and alerts: how much, and for how long.
//!
//! Read with connections of its own ([`crate::Database::watch`]), so that it also answers while everything else waits. Each
//! count stops at [`MOST`] and each lag is found by index, so it stays cheap when a million rows wait.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use crate::{Core, Failure};

/// Where counting stops: a count that is larger by one means "more than this".
pub const MOST: i64 = 100_000;

/// What waits, over all workspaces. Counts are [`MOST`] + 1 at most.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Backlog {
    /// Webhook deliveries that are stored and have not had their effect.
    pub deliveries_waiting: i64,
    /// How long ago the oldest of them was received, in seconds.
    pub deliveries_lag_seconds: f64,
    /// Messages on their way to Meta.
    pub outbox_waiting: i64,
    /// How long ago the longest waiting message that a person or program waits for was due, in seconds. Messages nobody
    /// waits for (campaigns) wait by design, and those of a stopped number until it goes on: neither counts here.
    pub outbox_lag_seconds: f64,
    /// Jobs that wait, those of later included.
    pub jobs_waiting: i64,
    /// Jobs in a worker's hands.
    pub jobs_running: i64,
    /// Jobs that were given up.
    pub jobs_dead: i64,
    /// How long ago the longest waiting job was due, in seconds.
    pub jobs_lag_seconds: f64,
    /// Numbers for which Meta refuses everything.
    pub channels_stopped: i64,
}

/// Looks. Took 50 ms with 1.3 million rows waiting for a thousand numbers (two cores, November 2026).
///
/// # Errors
/// When the database is away or takes longer than a second.
pub async fn backlog(core: &Core) -> Result<Backlog, Failure> {
    let now = core.environment.now();
    let mut tx = core.database.watch().await?;
    let counts = sqlx::query!(
        r#"SELECT
               (SELECT count(*) FROM (SELECT FROM waiting_deliveries LIMIT $1) AS capped) AS "deliveries!",
               (SELECT count(*) FROM (SELECT FROM outbox LIMIT $1) AS capped) AS "outbox!",
               (SELECT count(*) FROM (SELECT FROM jobs WHERE state = 'waiting' LIMIT $1) AS capped) AS "waiting!",
               (SELECT count(*) FROM (SELECT FROM jobs WHERE state = 'running' LIMIT $1) AS capped) AS "running!",
               (SELECT count(*) FROM (SELECT FROM jobs WHERE state = 'dead' LIMIT $1) AS capped) AS "dead!",
               (SELECT count(*) FROM senders WHERE stopped_at IS NOT NULL) AS "stopped!""#,
        MOST + 1
    )
    .fetch_one(&mut *tx)
    .await?;
    // The first of each lane, by leaping through the primary key from lane to lane.
    let delivery = sqlx::query_scalar!(
        r#"WITH RECURSIVE oldest AS (
               (SELECT lane, delivery_id FROM waiting_deliveries ORDER BY lane, sequence LIMIT 1)
               UNION ALL
               SELECT next.lane, next.delivery_id
               FROM oldest,
                    LATERAL (SELECT lane, delivery_id FROM waiting_deliveries
                             WHERE lane > oldest.lane ORDER BY lane, sequence LIMIT 1) AS next
           )
           SELECT min(deliveries.received_at) AS "at: jiff_sqlx::Timestamp"
           FROM oldest JOIN deliveries ON deliveries.id = oldest.delivery_id"#
    )
    .fetch_one(&mut *tx)
    .await?;
    // The first of each number and priority, by `outbox_due`.
    let message = sqlx::query_scalar!(
        r#"SELECT min(due.due_at) AS "at: jiff_sqlx::Timestamp"
           FROM senders
           CROSS JOIN (VALUES (0::smallint), (1::smallint)) AS awaited (priority)
           CROSS JOIN LATERAL (
               SELECT due_at FROM outbox
               WHERE outbox.workspace_id = senders.workspace_id AND outbox.channel_id = senders.channel_id
                 AND outbox.priority = awaited.priority AND outbox.first AND outbox.fence IS NULL
               ORDER BY due_at, sequence LIMIT 1
           ) AS due
           WHERE senders.stopped_at IS NULL"#
    )
    .fetch_one(&mut *tx)
    .await?;
    // By `jobs_due`.
    let job = sqlx::query_scalar!(
        r#"SELECT min(run_at) AS "at: jiff_sqlx::Timestamp" FROM jobs WHERE state = 'waiting' AND run_at <= $1"#,
        now.to_sqlx() as _
    )
    .fetch_one(&mut *tx)
    .await?;
    Ok(Backlog {
        deliveries_waiting: counts.deliveries,
        deliveries_lag_seconds: lag(now, delivery.map(jiff_sqlx::Timestamp::to_jiff)),
        outbox_waiting: counts.outbox,
        outbox_lag_seconds: lag(now, message.map(jiff_sqlx::Timestamp::to_jiff)),
        jobs_waiting: counts.waiting,
        jobs_running: counts.running,
        jobs_dead: counts.dead,
        jobs_lag_seconds: lag(now, job.map(jiff_sqlx::Timestamp::to_jiff)),
        channels_stopped: counts.stopped,
    })
}

/// Seconds since then; none when nothing waits, or what waits is of later.
fn lag(now: Timestamp, since: Option<Timestamp>) -> f64 {
    since.map_or(0.0, |since| now.duration_since(since).as_secs_f64().max(0.0))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn what_is_due_later_has_not_waited() {
        let now = Timestamp::UNIX_EPOCH;
        let after = |seconds| lag(now + SignedDuration::from_secs(60), Some(now + SignedDuration::from_secs(seconds)));
        assert!((after(0) - 60.0).abs() < f64::EPSILON);
        assert!(after(90).abs() < f64::EPSILON);
        assert!(lag(now, None).abs() < f64::EPSILON);
    }
}
