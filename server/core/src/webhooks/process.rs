//! Giving stored deliveries their effect: batch by batch, each batch with all its effects in one transaction.
//!
//! A lane is worked on by one transaction at a time, in this process or another, which an advisory lock of that
//! transaction sees to: nothing is leased, and a process that dies leaves its batch as it was. A batch that the database
//! refuses because of something in it is done again update by update, so that what is wrong goes into quarantine with
//! its reason and its neighbours go on.

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use charla_meta::webhook;
use charla_shared::id::{DeliveryId, MetaAppId};
use futures::FutureExt;
use jiff_sqlx::ToSqlx;
use sqlx::{Acquire, PgConnection};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    apply::{Applied, Item, apply},
    lane::{self, LANES, REPLAYS},
};
use crate::{
    Core, DatabaseError, Failure,
    events::{Topic, rung},
};

/// Lanes a process works on at once.
const PARALLEL: i16 = 2;
/// Most deliveries of one batch.
const DELIVERIES: i64 = 200;
/// Most bytes of one batch, unless a single delivery is longer.
const BYTES: i64 = 8 * 1024 * 1024;
/// Most updates of one batch, unless a single delivery has more.
const UPDATES: usize = 1_000;
/// Longest pause between two rounds while deliveries rush in.
const RUSH_PAUSE: Duration = Duration::from_millis(250);
/// How often waiting deliveries are looked for when nobody rings.
const POLL: Duration = Duration::from_millis(500);
/// Longest time a batch may take; far more than the server's own limit of a statement.
const PATIENCE: Duration = Duration::from_secs(40);
/// First in the key of a lane's advisory lock: "lane" in ASCII.
const LOCK: i32 = 0x6c61_6e65;
/// How often in a row a lane may be refused before the fault is sought among its updates. The first times it may be a
/// deployment that is half done.
const REFUSALS: u32 = 3;

/// Why an update had no effect.
#[derive(Debug, Clone)]
pub(super) struct Quarantine {
    /// For grouping.
    pub reason: &'static str,
    /// For people; no message text.
    pub detail: String,
}

/// A delivery that waits.
struct Waiting {
    sequence: i64,
    id: DeliveryId,
    app: Option<MetaAppId>,
    body: Vec<u8>,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worked {
    /// There may be more in the lane.
    Some,
    /// Nothing waits there, or somebody else is at it.
    Nothing,
}

/// How each lane fares in this process.
type Lanes = [Lane; REPLAYS as usize + 1];

#[derive(Debug, Default)]
struct Lane {
    /// How often in a row it was refused.
    refused: AtomicU32,
    /// How many more deliveries are done one at a time, since one among them is at fault.
    careful: AtomicU32,
}

impl Lane {
    fn beware(&self) {
        self.refused.store(0, Ordering::Relaxed);
        self.careful.store(u32::try_from(DELIVERIES).unwrap_or(u32::MAX), Ordering::Relaxed);
    }
}

/// Processes what waits until told to stop; the batches under way are finished.
pub(crate) async fn run(core: Core, stop: CancellationToken) {
    let lanes: Arc<Lanes> = Arc::default();
    futures::future::join_all((0..PARALLEL).map(|n| work(&core, n, &lanes, &stop))).await;
}

async fn work(core: &Core, place: i16, lanes: &Lanes, stop: &CancellationToken) {
    let mut bell = core.bus.listen();
    while !stop.is_cancelled() {
        let began = std::time::Instant::now();
        match round(core, place, lanes, stop).await {
            // In a rush the 200s come first: Meta counts the milliseconds to them, and people the seconds to the effects.
            Ok(Worked::Some) if core.ingest.is_rushed() => {
                tokio::time::sleep((began.elapsed() * 4).min(RUSH_PAUSE)).await;
                continue;
            }
            Ok(Worked::Some) => continue,
            Ok(Worked::Nothing) => {}
            Err(error) => {
                tracing::warn!(%error, "deliveries could not be processed");
                tokio::select! { () = stop.cancelled() => return, () = tokio::time::sleep(POLL) => {} }
            }
        }
        tokio::select! { () = stop.cancelled() => return, () = tokio::time::sleep(POLL) => {}, () = rung(&mut bell, Topic::Deliveries) => {} }
    }
}

/// One batch of every lane that has something, beginning at another one than the neighbours do. A lane that fails does not
/// keep the others waiting.
async fn round(core: &Core, place: i16, states: &Lanes, stop: &CancellationToken) -> Result<Worked, Failure> {
    // A look into the primary key for each lane.
    let look = sqlx::query_scalar!(
        r#"SELECT n::smallint AS "lane!" FROM generate_series(0, $1::integer) AS n
           WHERE EXISTS (SELECT FROM waiting_deliveries w WHERE w.lane = n::smallint)"#,
        i32::from(REPLAYS)
    );
    let mut lanes = in_time(async { Ok(look.fetch_all(core.database.worker_pool()).await?) }).await?;
    lanes.sort_unstable_by_key(|lane| (*lane == REPLAYS, (lane + place * (LANES / PARALLEL)) % LANES));
    let (mut worked, mut failed) = (Worked::Nothing, None);
    for lane in lanes {
        if stop.is_cancelled() {
            break;
        }
        let state = &states[usize::try_from(lane).unwrap_or_default() % states.len()];
        let began = std::time::Instant::now();
        let careful = state.careful.load(Ordering::Relaxed) > 0;
        match AssertUnwindSafe(in_time(batch(core, lane, careful))).catch_unwind().await {
            Ok(Ok(Worked::Some)) => {
                state.refused.store(0, Ordering::Relaxed);
                if careful {
                    state.careful.fetch_sub(1, Ordering::Relaxed);
                }
                metrics::histogram!("charla_process_seconds").record(began.elapsed().as_secs_f64());
                worked = Worked::Some;
            }
            Ok(Ok(Worked::Nothing)) => {}
            // Nothing can be done in any lane.
            Ok(Err(Failure::Database(error))) if error.is_about_the_connection() => return Err(error.into()),
            Ok(Err(Failure::Database(error))) if !error.is_about_values() => {
                // A deadlock, a statement that takes too long, a deployment that is half done: it may pass.
                tracing::warn!(lane, %error, "a batch of deliveries was refused");
                if state.refused.fetch_add(1, Ordering::Relaxed) + 1 >= REFUSALS {
                    state.beware();
                }
                failed = Some(Failure::Database(error));
            }
            // Something in the batch is at fault: it is sought at once.
            Ok(Err(failure)) => {
                tracing::warn!(lane, %failure, "a batch of deliveries is done again one by one");
                state.beware();
                worked = Worked::Some;
            }
            Err(_panic) => {
                tracing::error!(lane, "processing a batch panicked; it is done again one by one");
                state.beware();
                worked = Worked::Some;
            }
        }
    }
    match failed {
        // Others went on: this one is tried again at once, too.
        Some(failure) if worked == Worked::Nothing => Err(failure),
        _ => Ok(worked),
    }
}

/// Gives up on a database that says nothing at all: its connection may be dead without a sign.
async fn in_time<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done,
        Err(_) => Err(Failure::Database(DatabaseError::Away(sqlx::Error::PoolTimedOut))),
    }
}

async fn batch(core: &Core, lane: i16, careful: bool) -> Result<Worked, Failure> {
    let mut tx = core.database.worker().await?;
    let ours = sqlx::query_scalar!(r#"SELECT pg_try_advisory_xact_lock($1, $2) AS "ours!""#, LOCK, i32::from(lane))
        .fetch_one(&mut *tx)
        .await?;
    if !ours {
        return Ok(Worked::Nothing);
    }
    // In a statement after the lock, so that it sees what the one before us committed.
    let rows = sqlx::query!(
        r#"SELECT sequence, delivery_id, body AS "body?", app_id AS "app_id?" FROM (
               SELECT w.sequence, w.delivery_id, d.body, d.app_id,
                      coalesce(sum(octet_length(d.body)) OVER (ORDER BY w.sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
               FROM (SELECT sequence, delivery_id FROM waiting_deliveries WHERE lane = $1 ORDER BY sequence LIMIT $2) w
               LEFT JOIN deliveries d ON d.id = w.delivery_id) next
           WHERE before < $3 ORDER BY sequence"#,
        lane,
        if careful { 1 } else { DELIVERIES },
        BYTES
    )
    .fetch_all(&mut *tx)
    .await?;
    if rows.is_empty() {
        return Ok(Worked::Nothing);
    }
    let waiting = rows.into_iter().map(|row| Waiting {
        sequence: row.sequence,
        id: row.delivery_id.into(),
        app: row.app_id.map(Into::into),
        // Its delivery is gone (restored from two backups, say): an empty body, which is quarantined, not an endless loop.
        body: row.body.unwrap_or_default(),
    });
    let (mut deliveries, mut updates) = (Vec::new(), 0);
    for delivery in waiting {
        let parsed = webhook::parse(&delivery.body);
        updates += parsed.as_ref().map_or(1, |parsed| parsed.updates.len());
        if updates > UPDATES && !deliveries.is_empty() {
            break;
        }
        deliveries.push((delivery, parsed));
    }
    let mut items = Vec::new();
    let mut quarantined: Vec<(DeliveryId, i32, Quarantine, &[u8])> = Vec::new();
    for (delivery, parsed) in &deliveries {
        match parsed {
            Ok(parsed) => items.extend((0..).zip(&parsed.updates).map(|(number, update)| Item {
                delivery: delivery.id,
                number,
                app: delivery.app,
                update,
            })),
            Err(error) => {
                let quarantine = Quarantine { reason: "not_a_delivery", detail: error.to_string() };
                quarantined.push((delivery.id, 0, quarantine, &delivery.body));
            }
        }
    }
    let applied = if careful { one_by_one(core, &mut tx, &items).await? } else { apply(core, &mut tx, &items).await? };
    for (place, quarantine) in applied.quarantined {
        let item = &items[place];
        quarantined.push((item.delivery, item.number, quarantine, item.update.raw_bytes()));
    }
    keep_aside(core, &mut tx, &quarantined).await?;
    let done: Vec<i64> = deliveries.iter().map(|(delivery, _)| delivery.sequence).collect();
    sqlx::query!("DELETE FROM waiting_deliveries WHERE lane = $1 AND sequence = ANY($2)", lane, &done)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    if applied.told {
        core.bus.ring(Topic::Events);
    }
    count(&items, quarantined.len());
    Ok(Worked::Some)
}

fn count(items: &[Item<'_>], quarantined: usize) {
    let messages = items.iter().filter(|item| matches!(item.update.body, webhook::UpdateBody::Message(_))).count();
    let statuses = items.iter().filter(|item| matches!(item.update.body, webhook::UpdateBody::Status(_))).count();
    let others = items.len() - messages - statuses;
    for (kind, n) in [("message", messages), ("status", statuses), ("other", others)] {
        metrics::counter!("charla_process_updates_total", "kind" => kind).increment(n as u64);
    }
    metrics::counter!("charla_process_quarantined_total").increment(quarantined as u64);
}

/// Each update under a savepoint of its own.
async fn one_by_one(core: &Core, tx: &mut PgConnection, items: &[Item<'_>]) -> Result<Applied, Failure> {
    let mut all = Applied::default();
    for (place, item) in items.iter().enumerate() {
        let mut savepoint = tx.begin().await?;
        let outcome = AssertUnwindSafe(apply(core, &mut savepoint, std::slice::from_ref(item))).catch_unwind().await;
        let quarantine = match outcome {
            Ok(Ok(applied)) => {
                savepoint.commit().await?;
                all.told |= applied.told;
                all.quarantined.extend(applied.quarantined.into_iter().map(|(_, quarantine)| (place, quarantine)));
                continue;
            }
            Ok(Err(Failure::Database(error @ DatabaseError::Away(_)))) => return Err(error.into()),
            Ok(Err(failure)) => Quarantine { reason: "failed", detail: failure.to_string() },
            Err(_panic) => Quarantine { reason: "failed", detail: "processing it panicked".to_owned() },
        };
        savepoint.rollback().await?;
        all.quarantined.push((place, quarantine));
    }
    Ok(all)
}

/// Puts what had no effect aside, with its reason and its bytes.
async fn keep_aside(
    core: &Core,
    tx: &mut PgConnection,
    quarantined: &[(DeliveryId, i32, Quarantine, &[u8])],
) -> Result<(), Failure> {
    for (delivery, number, quarantine, raw) in quarantined {
        tracing::warn!(%delivery, number, reason = quarantine.reason, "an update was quarantined");
        let detail = charla_shared::text::shorten(&charla_shared::text::clean(&quarantine.detail), 500);
        // A waiting row whose delivery is gone has nothing to point at.
        sqlx::query!(
            "INSERT INTO quarantined_updates (delivery_id, number, reason, detail, raw, at)
             SELECT id, $2, $3, $4, $5, $6 FROM deliveries WHERE id = $1
             ON CONFLICT (delivery_id, number) DO UPDATE SET reason = excluded.reason, detail = excluded.detail, at = excluded.at",
            Uuid::from(*delivery),
            number,
            quarantine.reason,
            detail,
            *raw,
            core.environment.now().to_sqlx() as _
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// For deliveries that the release before this one stored: their job puts them into a lane.
pub(crate) async fn adopt(core: &Core, delivery: DeliveryId) -> Result<(), Failure> {
    let mut tx = core.database.worker().await?;
    let body =
        sqlx::query_scalar!("SELECT body FROM deliveries WHERE id = $1 AND state = 'received'", Uuid::from(delivery))
            .fetch_optional(&mut *tx)
            .await?;
    if let Some(body) = body {
        sqlx::query!(
            "WITH waits AS (INSERT INTO waiting_deliveries (lane, delivery_id) VALUES ($2, $1))
             UPDATE deliveries SET state = 'processed' WHERE id = $1",
            Uuid::from(delivery),
            lane::of_body(&body)
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        core.bus.ring(Topic::Deliveries);
    }
    Ok(())
}
