//! Storing a delivery: the promise behind every 200.

use charla_shared::id::DeliveryId;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Core, Failure,
    events::Topic,
    jobs::{self, Kind, NewJob},
};

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stored {
    /// It is committed and will be processed.
    New(DeliveryId),
    /// The same bytes are there already; nothing changed.
    Duplicate,
}

/// Stores a delivery whose signature was verified. When this returns, it is committed.
pub async fn store(core: &Core, body: &[u8]) -> Result<Stored, Failure> {
    let (id, now) = (core.environment.id::<DeliveryId>(), core.environment.now());
    let mut tx = core.database.worker().await?;
    let hash: [u8; 32] = Sha256::digest(body).into();
    let added = sqlx::query!(
        "INSERT INTO deliveries (id, body_hash, body, received_at) VALUES ($1, $2, $3, $4) ON CONFLICT (body_hash) DO NOTHING",
        Uuid::from(id),
        &hash[..],
        body,
        now.to_sqlx() as _
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if added == 0 {
        return Ok(Stored::Duplicate);
    }
    let job = NewJob {
        kind: Kind::ProcessDelivery,
        payload: json!({ "delivery": id }),
        // One after the other for now, which keeps each conversation's order.
        ordering_key: Some("deliveries".to_owned()),
        dedupe_key: None,
        run_at: now,
    };
    jobs::add(&mut tx, &core.environment, None, job).await?;
    tx.commit().await?;
    core.bus.ring(Topic::Jobs);
    Ok(Stored::New(id))
}

/// How long deliveries are kept after they had their effect: long enough to look into a complaint.
const RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Removes deliveries that had their effect long ago, some thousands at a time. What is quarantined stays.
pub(crate) async fn sweep(core: &Core, now: Timestamp) -> Result<u64, Failure> {
    let Ok(before) = now.checked_sub(RETENTION) else { return Ok(0) };
    let mut tx = core.database.worker().await?;
    let swept = sqlx::query!(
        "DELETE FROM deliveries WHERE id IN
         (SELECT id FROM deliveries WHERE received_at < $1 AND state = 'processed' ORDER BY received_at LIMIT 5000)",
        before.to_sqlx() as _
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok(swept)
}
