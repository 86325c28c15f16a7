//! Quarantined updates: what of a delivery could take no effect, and the ways out. After a fix (a number is connected, a
//! newer release reads what this one could not) a delivery is replayed; what will never have an effect is discarded.
//!
//! A replay concerns the whole delivery. Its other updates had their effect already and have it once only, because
//! effects are keyed by Meta's ids. An update that fails again is quarantined anew.
//!
//! Everything here needs an [`Operator`]: deliveries belong to no workspace, and their bytes hold customers' messages.
//! That somebody looked at one, replayed or discarded is a line in the log, by ids only.

use charla_shared::{
    id::DeliveryId,
    quarantine::{
        QUARANTINE_PAGE, QuarantineCursor, QuarantinePage, QuarantinedView, RAW_MAX, REASON_COUNT_MAX, RawView, Reason,
        ReasonCount, ReplayStep,
    },
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

use super::lane;
use crate::{Core, Failure, accounts::Operator, events::Topic};

/// Quarantined updates that one step of replaying a reason takes: a transaction of well under a second.
const STEP: i64 = 2_000;

struct Row {
    delivery_id: Uuid,
    number: i32,
    reason: String,
    detail: String,
    at: jiff_sqlx::Timestamp,
}

impl Row {
    fn view(self) -> Result<QuarantinedView, Failure> {
        Ok(QuarantinedView {
            delivery: self.delivery_id.into(),
            number: self.number,
            reason: reason(self.reason)?,
            detail: self.detail,
            at: self.at.to_jiff(),
        })
    }
}

fn reason(word: String) -> Result<Reason, Failure> {
    word.parse().map_err(|_| Failure::Corrupt(format!("reason {word}")))
}

/// A page of the quarantined updates, newest first, of one reason or of all.
pub async fn list(
    core: &Core,
    _: &Operator,
    of: Option<&Reason>,
    after: Option<QuarantineCursor>,
) -> Result<QuarantinePage, Failure> {
    let mut tx = core.database.worker().await?;
    let (at, delivery, number) = after.map_or((None, Uuid::nil(), -1), |c| (Some(c.at), c.delivery.into(), c.number));
    let at = at.map(ToSqlx::to_sqlx);
    let mut rows =
        match of {
            // Served by quarantined_by_time.
            None => sqlx::query_as!(
                Row,
                r#"SELECT delivery_id, number, reason, detail, at AS "at: jiff_sqlx::Timestamp" FROM quarantined_updates
                   WHERE at <= coalesce($1::timestamptz, 'infinity')
                     AND (at < coalesce($1::timestamptz, 'infinity') OR (delivery_id, number) > ($2, $3))
                   ORDER BY at DESC, delivery_id, number LIMIT $4"#,
                at as _,
                delivery,
                number,
                QUARANTINE_PAGE + 1
            )
            .fetch_all(&mut *tx)
            .await?,
            // Served by quarantined_by_reason.
            Some(of) => sqlx::query_as!(
                Row,
                r#"SELECT delivery_id, number, reason, detail, at AS "at: jiff_sqlx::Timestamp" FROM quarantined_updates
                   WHERE reason = $5 AND at <= coalesce($1::timestamptz, 'infinity')
                     AND (at < coalesce($1::timestamptz, 'infinity') OR (delivery_id, number) > ($2, $3))
                   ORDER BY at DESC, delivery_id, number LIMIT $4"#,
                at as _,
                delivery,
                number,
                QUARANTINE_PAGE + 1,
                of.as_str()
            )
            .fetch_all(&mut *tx)
            .await?,
        };
    let page = usize::try_from(QUARANTINE_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let updates = rows.into_iter().map(Row::view).collect::<Result<Vec<_>, _>>()?;
    let next = updates.last().filter(|_| more).map(QuarantinedView::cursor);
    Ok(QuarantinePage { updates, next })
}

/// The reasons for which updates wait, each with how many, the most first. Counting stops beyond [`REASON_COUNT_MAX`].
pub async fn reasons(core: &Core, _: &Operator) -> Result<Vec<ReasonCount>, Failure> {
    let mut tx = core.database.worker().await?;
    // Jumps from reason to reason in quarantined_by_reason: there are few, of many updates.
    let rows = sqlx::query!(
        r#"WITH RECURSIVE known AS (
               (SELECT reason FROM quarantined_updates ORDER BY reason LIMIT 1)
               UNION ALL
               SELECT (SELECT q.reason FROM quarantined_updates q WHERE q.reason > known.reason ORDER BY q.reason LIMIT 1)
               FROM known WHERE known.reason IS NOT NULL
           )
           SELECT known.reason AS "reason!", counted.count AS "count!"
           FROM known CROSS JOIN LATERAL (
               SELECT count(*) FROM (SELECT FROM quarantined_updates q WHERE q.reason = known.reason LIMIT $1) AS capped
           ) AS counted
           WHERE known.reason IS NOT NULL ORDER BY counted.count DESC, known.reason"#,
        i64::from(REASON_COUNT_MAX) + 1
    )
    .fetch_all(&mut *tx)
    .await?;
    rows.into_iter()
        .map(|row| Ok(ReasonCount { reason: reason(row.reason)?, count: u32::try_from(row.count).unwrap_or(u32::MAX) }))
        .collect()
}

/// One update as it came, [`RAW_MAX`] bytes of it at most.
///
/// # Errors
/// [`Failure::NotFound`] when it is not quarantined (any more).
pub async fn show(core: &Core, operator: &Operator, delivery: DeliveryId, number: i32) -> Result<RawView, Failure> {
    let mut tx = core.database.worker().await?;
    let row = sqlx::query!(
        r#"SELECT substring(raw FROM 1 FOR $3) AS "raw!", length(raw) AS "size!"
           FROM quarantined_updates WHERE delivery_id = $1 AND number = $2"#,
        Uuid::from(delivery),
        number,
        i32::try_from(RAW_MAX + 1).unwrap_or(i32::MAX)
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Failure::NotFound)?;
    tracing::info!(%operator, %delivery, number, "a quarantined update was shown");
    Ok(RawView::new(&row.raw, u32::try_from(row.size).unwrap_or_default()))
}

/// Has a delivery processed once more: it leaves quarantine and waits, in one transaction.
///
/// # Errors
/// [`Failure::NotFound`] when nothing of it is quarantined (any more): it was replayed or discarded already.
pub async fn replay(core: &Core, operator: &Operator, delivery: DeliveryId) -> Result<(), Failure> {
    let mut tx = core.database.worker().await?;
    release(&mut tx, delivery).await?;
    wait(&mut tx, &[delivery.into()]).await?;
    tx.commit().await?;
    core.bus.ring(Topic::Deliveries);
    tracing::info!(%operator, %delivery, "a quarantined delivery is replayed");
    Ok(())
}

/// One step of replaying every delivery with an update of this reason, oldest first; call it again while there is more,
/// with the `until` it gave. Only what was quarantined by `until` (by now, unless given) is replayed, so that deliveries
/// that fail again do not go round and round.
pub async fn replay_all(
    core: &Core,
    operator: &Operator,
    reason: &Reason,
    until: Option<Timestamp>,
) -> Result<ReplayStep, Failure> {
    let until = until.unwrap_or_else(|| core.environment.now());
    let mut tx = core.database.worker().await?;
    // One step at a time, or two would wait for each other's rows.
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtext('charla quarantine replay'))").execute(&mut *tx).await?;
    // Served by quarantined_by_reason, backwards.
    let taken = sqlx::query_scalar!(
        "SELECT delivery_id FROM quarantined_updates WHERE reason = $1 AND at <= $2 ORDER BY at LIMIT $3",
        reason.as_str(),
        until.to_sqlx() as _,
        STEP
    )
    .fetch_all(&mut *tx)
    .await?;
    let more = i64::try_from(taken.len()).unwrap_or(i64::MAX) == STEP;
    // Whoever deletes a row replays its delivery; one that was replayed by itself meanwhile is left out.
    let mut deliveries = sqlx::query_scalar!(
        "DELETE FROM quarantined_updates WHERE delivery_id = ANY ($1) RETURNING delivery_id",
        &taken
    )
    .fetch_all(&mut *tx)
    .await?;
    // In the order they came in, which is that of their ids.
    deliveries.sort_unstable();
    deliveries.dedup();
    wait(&mut tx, &deliveries).await?;
    tx.commit().await?;
    core.bus.ring(Topic::Deliveries);
    let deliveries = u32::try_from(deliveries.len()).unwrap_or(u32::MAX);
    tracing::info!(%operator, %reason, deliveries, "quarantined deliveries are replayed");
    Ok(ReplayStep { deliveries, until, more })
}

/// Gives up what of a delivery had no effect. For good: it cannot be replayed any more.
///
/// # Errors
/// [`Failure::NotFound`] when nothing of it is quarantined (any more).
pub async fn discard(core: &Core, operator: &Operator, delivery: DeliveryId) -> Result<(), Failure> {
    let mut tx = core.database.worker().await?;
    release(&mut tx, delivery).await?;
    tx.commit().await?;
    tracing::info!(%operator, %delivery, "a quarantined delivery was discarded");
    Ok(())
}

async fn release(sql: &mut PgConnection, delivery: DeliveryId) -> Result<(), Failure> {
    let released = sqlx::query!("DELETE FROM quarantined_updates WHERE delivery_id = $1", Uuid::from(delivery))
        .execute(sql)
        .await?
        .rows_affected();
    if released == 0 { Err(Failure::NotFound) } else { Ok(()) }
}

/// Puts deliveries in front of the processor, in this order.
async fn wait(sql: &mut PgConnection, deliveries: &[Uuid]) -> Result<(), Failure> {
    let lanes = vec![lane::REPLAYS; deliveries.len()];
    sqlx::query!(
        "INSERT INTO waiting_deliveries (lane, delivery_id)
         SELECT w.lane, w.delivery_id FROM unnest($1::smallint[], $2::uuid[]) WITH ORDINALITY AS w (lane, delivery_id, place)
         ORDER BY w.place",
        &lanes,
        deliveries
    )
    .execute(sql)
    .await?;
    Ok(())
}
