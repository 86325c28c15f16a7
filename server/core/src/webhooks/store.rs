//! Storing deliveries: the promise behind every 200.
//!
//! Deliveries that come side by side share one statement and one commit: throughput comes from that, not from promising
//! less. What waits for its batch is bounded in number and in bytes, over all and of each workspace's app; beyond, a
//! delivery is refused and Meta brings it again.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use charla_shared::id::{DeliveryId, MetaAppId};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use sha2::{Digest, Sha256};
use tokio::{
    sync::{Mutex, OwnedSemaphorePermit, Semaphore, mpsc, oneshot},
    time::timeout,
};
use tokio_util::sync::CancellationToken;
use uuid::{Builder, Uuid};

use super::{
    lane,
    share::{Place, Share, Shares},
};
use crate::{Core, DatabaseError, Failure, events::Topic};

/// Most deliveries that wait for their batch.
const QUEUE: usize = 4096;
/// Most kilobytes of them.
const QUEUE_KB: usize = 64 * 1024;
/// How much of both one workspace's app may take: what it signs must not keep the others' out. A quarter of the bytes; half
/// of the number, which a busy number needs when a commit takes long.
const SHARE: Share = Share { deliveries: QUEUE / 2, kilobytes: QUEUE_KB / 4 };
/// Most deliveries of one batch.
const BATCH: usize = 256;
/// A batch of so many means that more come in than can be written at leisure, for so many milliseconds.
const RUSHED_BATCH: usize = 24;
const RUSH: u64 = 50;
/// Batches under way at once: while one commits, the next is written.
const FLUSHERS: usize = 2;
/// A batch that takes longer is given up: the server hangs.
const PATIENCE: Duration = Duration::from_secs(8);

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// It is committed and will be processed.
    New(DeliveryId),
    /// The same bytes are there already; nothing changed.
    Duplicate,
}

/// Why a delivery was not stored: none of these may be answered with 200.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// More came than can be written; Meta brings it again.
    #[error("too many deliveries wait to be stored")]
    Full,
    /// The process is stopping.
    #[error("deliveries are not taken any more")]
    Stopping,
    /// The database did not take the batch it was in.
    #[error("the database: {0}")]
    Database(Arc<DatabaseError>),
    /// The database did not answer in time: it may still take it, and then knows it when it comes again.
    #[error("the database did not answer in time")]
    Late,
}

/// Brings deliveries to the database. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Ingest {
    queue: mpsc::Sender<Waiting>,
    waiting: Arc<Mutex<mpsc::Receiver<Waiting>>>,
    room: Arc<Semaphore>,
    shares: Arc<Shares>,
    /// When a batch was last as full as it is in a rush, in milliseconds since `began`.
    rushed: Arc<AtomicU64>,
    began: Instant,
}

#[derive(Debug)]
struct Waiting {
    id: DeliveryId,
    app: Option<MetaAppId>,
    hash: [u8; 32],
    lane: i16,
    body: Bytes,
    answer: oneshot::Sender<Result<Stored, Arc<DatabaseError>>>,
    _room: OwnedSemaphorePermit,
    _place: Option<Place>,
}

impl Default for Ingest {
    fn default() -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        Self {
            queue,
            waiting: Arc::new(Mutex::new(waiting)),
            room: Arc::new(Semaphore::new(QUEUE_KB)),
            shares: Arc::default(),
            rushed: Arc::default(),
            began: Instant::now(),
        }
    }
}

impl Ingest {
    fn milliseconds(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Whether so many deliveries come in that Meta would wait for its 200s: their effects may wait for a moment.
    pub(super) fn is_rushed(&self) -> bool {
        let rushed = self.rushed.load(Ordering::Relaxed);
        rushed > 0 && self.milliseconds().saturating_sub(rushed) < RUSH
    }
}

/// Stores a delivery whose signature was verified, by the app's secret or, without one, the installation's. When this
/// returns a [`Stored`], it is committed.
pub async fn store(core: &Core, app: Option<MetaAppId>, body: Bytes) -> Result<Stored, StoreError> {
    let began = tokio::time::Instant::now();
    let stored = wait_for(core, app, body).await;
    let outcome = match &stored {
        Ok(Stored::New(_)) => "stored",
        Ok(Stored::Duplicate) => "duplicate",
        Err(StoreError::Full) => "full",
        Err(_) => "failed",
    };
    metrics::counter!("charla_ingest_deliveries_total", "outcome" => outcome).increment(1);
    metrics::histogram!("charla_ingest_seconds").record(began.elapsed().as_secs_f64());
    stored
}

async fn wait_for(core: &Core, app: Option<MetaAppId>, body: Bytes) -> Result<Stored, StoreError> {
    let kilobytes = body.len() / 1024 + 1;
    let place = match app {
        Some(app) => Some(core.ingest.shares.take(app, kilobytes, SHARE).ok_or(StoreError::Full)?),
        None => None,
    };
    let permits = u32::try_from(kilobytes).map_err(|_| StoreError::Full)?;
    let room = Arc::clone(&core.ingest.room).try_acquire_many_owned(permits).map_err(|_| StoreError::Full)?;
    // What one app signed must not stand in the way of the same bytes from another.
    let mut hash = Sha256::new();
    if let Some(app) = app {
        hash.update(app.as_uuid());
    }
    hash.update(&body);
    let (answer, answered) = oneshot::channel();
    let waiting = Waiting {
        id: core.environment.id(),
        app,
        hash: hash.finalize().into(),
        lane: lane::of_body(&body),
        body,
        answer,
        _room: room,
        _place: place,
    };
    core.ingest.queue.try_send(waiting).map_err(|error| match error {
        mpsc::error::TrySendError::Full(_) => StoreError::Full,
        mpsc::error::TrySendError::Closed(_) => StoreError::Stopping,
    })?;
    match timeout(PATIENCE + Duration::from_secs(1), answered).await {
        Ok(Ok(stored)) => stored.map_err(StoreError::Database),
        Ok(Err(_)) => Err(StoreError::Stopping),
        Err(_) => Err(StoreError::Late),
    }
}

/// Writes what comes; once told to stop takes no more, and ends when everything taken before is answered.
pub(crate) async fn flush(core: Core, stop: CancellationToken) {
    futures::future::join_all((0..FLUSHERS).map(|_| flusher(&core, &stop))).await;
}

async fn flusher(core: &Core, stop: &CancellationToken) {
    loop {
        let mut batch = Vec::with_capacity(BATCH);
        {
            let mut waiting = core.ingest.waiting.lock().await;
            let open = !waiting.is_closed();
            tokio::select! {
                taken = waiting.recv_many(&mut batch, BATCH) => if taken == 0 { return },
                () = stop.cancelled(), if open => {
                    waiting.close();
                    continue;
                }
            }
        }
        metrics::histogram!("charla_ingest_batch_size").record(u32::try_from(batch.len()).map_or(0.0, f64::from));
        if batch.len() >= RUSHED_BATCH {
            core.ingest.rushed.store(core.ingest.milliseconds().max(1), Ordering::Relaxed);
        }
        // Ordered, so that two batches that hold the same deliveries cannot wait for each other.
        batch.sort_unstable_by_key(|waiting| waiting.hash);
        let written = timeout(PATIENCE, write(core, &batch)).await;
        match written {
            Ok(Ok(stored)) => {
                if !stored.is_empty() {
                    core.bus.ring(Topic::Deliveries);
                }
                for waiting in batch {
                    let new = stored.binary_search(&waiting.id.as_uuid()).is_ok();
                    // Whoever asked may have gone: it is stored all the same.
                    let _ = waiting.answer.send(Ok(if new { Stored::New(waiting.id) } else { Stored::Duplicate }));
                }
            }
            Ok(Err(error)) => {
                let error = Arc::new(error);
                tracing::warn!(%error, deliveries = batch.len(), "deliveries could not be stored");
                for waiting in batch {
                    let _ = waiting.answer.send(Err(Arc::clone(&error)));
                }
            }
            // Dropped unanswered: whoever asked hears that it is late.
            Err(_) => tracing::warn!(deliveries = batch.len(), "the database did not take deliveries in time"),
        }
    }
}

/// One statement, one commit. Gives the ids that were new, sorted.
async fn write(core: &Core, batch: &[Waiting]) -> Result<Vec<Uuid>, DatabaseError> {
    let ids: Vec<Uuid> = batch.iter().map(|waiting| waiting.id.into()).collect();
    let hashes: Vec<&[u8]> = batch.iter().map(|waiting| &waiting.hash[..]).collect();
    let bodies: Vec<&[u8]> = batch.iter().map(|waiting| &waiting.body[..]).collect();
    let lanes: Vec<i16> = batch.iter().map(|waiting| waiting.lane).collect();
    let apps: Vec<Option<Uuid>> = batch.iter().map(|waiting| waiting.app.map(Uuid::from)).collect();
    let mut stored = sqlx::query_scalar!(
        "WITH given AS (
             SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::smallint[], $5::uuid[])
                 AS g (id, body_hash, body, lane, app_id)
         ), stored AS (
             INSERT INTO deliveries (id, body_hash, body, received_at, app_id)
             SELECT id, body_hash, body, $6, app_id FROM given
             ON CONFLICT (body_hash) DO NOTHING RETURNING id
         ), waiting AS (
             INSERT INTO waiting_deliveries (lane, delivery_id)
             SELECT g.lane, g.id FROM given g JOIN stored USING (id) ORDER BY g.id
         )
         SELECT id FROM stored",
        &ids,
        &hashes as _,
        &bodies as _,
        &lanes,
        &apps as _,
        core.environment.now().to_sqlx() as _
    )
    .fetch_all(core.database.worker_pool())
    .await?;
    stored.sort_unstable();
    Ok(stored)
}

/// How long deliveries are kept after they had their effect: long enough to look into a complaint.
const RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Removes deliveries that had their effect long ago, some thousands at a time. What waits or is quarantined stays.
pub(crate) async fn sweep(core: &Core, now: Timestamp) -> Result<u64, Failure> {
    let Ok(before) = now.checked_sub(RETENTION) else { return Ok(0) };
    let millis = u64::try_from(before.as_millisecond()).unwrap_or_default();
    // Ids are UUIDv7: those made before this one are older.
    let before = Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid();
    let mut tx = core.database.worker().await?;
    let swept = sqlx::query!(
        "DELETE FROM deliveries WHERE id IN (
             SELECT id FROM deliveries d
             WHERE id < $1
               AND NOT EXISTS (SELECT FROM quarantined_updates q WHERE q.delivery_id = d.id)
               AND NOT EXISTS (SELECT FROM waiting_deliveries w WHERE w.delivery_id = d.id)
             ORDER BY id LIMIT 5000)",
        before
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok(swept)
}
