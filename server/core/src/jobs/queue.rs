//! The queue as a table: adding, taking, finishing and putting back jobs.

use charla_shared::id::WorkspaceId;
use jiff::SignedDuration;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Job, JobError, Kind, NewJob, Retry};
use crate::{Core, Environment, Failure};

/// How long a worker may be busy with a job before another may take it. Longer than any request we make.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// Adds a job in the caller's transaction: it runs if and only if that commits. Ring [`crate::events::Topic::Jobs`]
/// afterwards so that it runs at once.
pub async fn add(
    sql: &mut PgConnection,
    environment: &Environment,
    workspace: Option<WorkspaceId>,
    job: NewJob,
) -> Result<(), Failure> {
    // No conflict target: naming one asks for the right to read, which requests do not have here. The ids are new, so the
    // only conflict there can be is `jobs_once`.
    sqlx::query!(
        "INSERT INTO jobs (id, workspace_id, kind, payload, dedupe_key, run_at, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT DO NOTHING",
        environment.id::<Uuid>(),
        workspace.map(Uuid::from),
        job.kind.name(),
        job.payload,
        job.dedupe_key,
        job.run_at.to_sqlx() as _,
        environment.now().to_sqlx() as _
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Jobs whose worker died or hangs wait again; those that have been tried often enough are buried.
pub(super) async fn reap(core: &Core) -> Result<(), Failure> {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let limits: Vec<i32> = Kind::ALL.iter().map(|kind| kind.tries()).collect();
    let buried = sqlx::query!(
        r#"WITH lapsed AS (
               SELECT j.id, j.tries >= k.tries AS buried
               FROM jobs j JOIN unnest($1::text[], $2::integer[]) AS k (kind, tries) ON k.kind = j.kind
                   WHERE j.state = 'running' AND j.leased_until < now() FOR UPDATE OF j SKIP LOCKED
           )
           UPDATE jobs j SET state = CASE WHEN l.buried THEN 'dead' ELSE 'waiting' END, lease = NULL, leased_until = NULL,
                             last_error = CASE WHEN l.buried THEN 'its worker died or hung each time' ELSE j.last_error END
           FROM lapsed l WHERE j.id = l.id RETURNING j.id, j.kind, l.buried AS "buried!""#,
        &kinds as _,
        &limits
    )
    .fetch_all(core.database.worker_pool())
    .await?;
    for job in buried.iter().filter(|job| job.buried) {
        tracing::error!(kind = job.kind, job = %job.id, "a job was given up: its worker died or hung each time");
    }
    Ok(())
}

/// Takes up to `limit` due jobs of these kinds. Leases are counted by the database's clock, which all processes share.
pub(super) async fn take(core: &Core, kinds: &[Kind], limit: i64) -> Result<Vec<Job>, Failure> {
    let now = core.environment.now();
    let lease: Uuid = core.environment.id();
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
    // Served by jobs_due. A kind this release does not know (left by a newer one) stays for whoever knows it.
    let mut rows = sqlx::query!(
        "UPDATE jobs SET state = 'running', tries = tries + 1, lease = $1, leased_until = now() + $2 * interval '1 second', dedupe_key = NULL
         WHERE id IN (
             SELECT id FROM jobs WHERE state = 'waiting' AND run_at <= greatest(now(), $3) AND kind = ANY($4)
             ORDER BY run_at, sequence LIMIT $5 FOR UPDATE SKIP LOCKED)
         RETURNING id, workspace_id, kind, payload, tries, sequence",
        lease,
        LEASE.as_secs_f64(),
        now.to_sqlx() as _,
        &kinds as _,
        limit
    )
    .fetch_all(core.database.worker_pool())
    .await?;
    rows.sort_unstable_by_key(|row| row.sequence);
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let kind = Kind::from_name(&row.kind)?;
            let workspace = row.workspace_id.map(WorkspaceId::from);
            Some(Job { id: row.id.into(), workspace, kind, payload: row.payload, tries: row.tries, lease })
        })
        .collect())
}

/// These jobs are done.
pub(super) async fn finish(core: &Core, jobs: &[Job]) -> Result<(), Failure> {
    let ids: Vec<Uuid> = jobs.iter().map(|job| job.id.into()).collect();
    let leases: Vec<Uuid> = jobs.iter().map(|job| job.lease).collect();
    sqlx::query!(
        "DELETE FROM jobs j USING unnest($1::uuid[], $2::uuid[]) AS d (id, lease) WHERE j.id = d.id AND j.lease = d.lease",
        &ids,
        &leases
    )
    .execute(core.database.worker_pool())
    .await?;
    Ok(())
}

/// The job failed: it runs again later, or is buried.
pub(super) async fn put_back(core: &Core, job: &Job, error: &JobError) -> Result<(), Failure> {
    let bury = match error.retry {
        Retry::Never => true,
        Retry::Away => false,
        Retry::Backoff | Retry::After(_) => job.is_last_try(),
    };
    let (state, tries) = match (bury, error.retry) {
        (true, _) => ("dead", job.tries),
        (false, Retry::Away) => ("waiting", job.tries - 1),
        (false, _) => ("waiting", job.tries),
    };
    let wait = delay(error.retry, job.tries, core.environment.bytes()).as_secs_f64();
    let mut tx = core.database.worker().await?;
    sqlx::query!(
        "UPDATE jobs SET state = $3, tries = $4, run_at = now() + $5 * interval '1 second', last_error = $6, lease = NULL, leased_until = NULL
         WHERE id = $1 AND lease = $2",
        Uuid::from(job.id),
        job.lease,
        state,
        tries,
        wait,
        charla_shared::text::shorten(&charla_shared::text::clean(&error.reason), 500)
    )
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}

/// How long a job waits before its next try: doubled each time up to five minutes, then between half and all of that,
/// so that jobs that failed together do not come back together.
fn delay(retry: Retry, tries: i32, random: [u8; 2]) -> SignedDuration {
    let full = match retry {
        Retry::Away | Retry::Never => SignedDuration::from_secs(1),
        Retry::After(least) => return SignedDuration::try_from(least).unwrap_or(SignedDuration::from_mins(5)),
        Retry::Backoff => SignedDuration::from_secs(1_i64 << (tries - 1).clamp(0, 9)).min(SignedDuration::from_mins(5)),
    };
    let jitter = f64::from(u16::from_le_bytes(random)) / f64::from(u16::MAX);
    full.mul_f64(0.5 + jitter / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_stays_within_its_bounds() {
        for tries in 1..40 {
            for random in [[0, 0], [255, 255]] {
                let wait = delay(Retry::Backoff, tries, random);
                assert!(
                    wait >= SignedDuration::from_millis(500) && wait <= SignedDuration::from_mins(5),
                    "{tries}: {wait:?}"
                );
            }
        }
        assert_eq!(delay(Retry::Backoff, 3, [255, 255]), SignedDuration::from_secs(4));
    }

    #[test]
    fn a_lease_outlives_every_request() {
        assert!(LEASE >= SignedDuration::from_secs(50));
    }
}
