//! Messages by the hour of today, or by the day: for a chart, its table and its file.

use charla_shared::{
    analytics::{Bucket, Range, Zone, csv},
    permission::Permission,
};
use jiff_sqlx::ToSqlx;

use super::{small, zone_is_known};
use crate::{Actor, Core, Failure, Tx};

/// Messages in and out, by the hour for today and by the day otherwise; empty hours and days are there, too. Hours that are
/// still to come are not. Needs `analytics.view`.
///
/// # Errors
/// [`Failure::Invalid`] for a time zone that is not known.
pub async fn volume(core: &Core, actor: &Actor, zone: &Zone, range: Range) -> Result<Vec<Bucket>, Failure> {
    actor.require(Permission::AnalyticsView)?;
    let now = core.environment.now();
    if let Some(buckets) = core.analytics.volume(actor.workspace, zone, range, now) {
        return Ok(buckets);
    }
    let mut tx = actor.begin(core).await?;
    let buckets = if range == Range::Today { hours(&mut tx, zone).await? } else { days(&mut tx, zone, range).await? };
    tx.commit().await?;
    core.analytics.keep_volume(actor.workspace, zone, range, now, buckets.clone());
    Ok(buckets)
}

/// The same as a file, under these heads. Needs `analytics.export`.
pub async fn export(
    core: &Core,
    actor: &Actor,
    zone: &Zone,
    range: Range,
    heads: [&str; 3],
) -> Result<String, Failure> {
    actor.require(Permission::AnalyticsExport)?;
    Ok(csv(heads, &volume(core, actor, zone, range).await?))
}

/// A row of either statement.
struct Counted {
    from: jiff_sqlx::Timestamp,
    label: String,
    inbound: i64,
    outbound: i64,
}

fn buckets(rows: Vec<Counted>) -> Vec<Bucket> {
    rows.into_iter()
        .map(|row| Bucket {
            from: row.from.to_jiff(),
            label: row.label,
            inbound: small(row.inbound),
            outbound: small(row.outbound),
        })
        .collect()
}

/// Hours are counted from the beginning of the day, in real hours: on the day the clocks go back there are 25, two of them
/// with the same label.
async fn hours(tx: &mut Tx, zone: &Zone) -> Result<Vec<Bucket>, Failure> {
    let (workspace, now) = (tx.workspace(), tx.now());
    // Served by messages_by_time alone.
    let rows = sqlx::query_as!(
        Counted,
        r#"WITH day AS (SELECT date_trunc('day', $2::timestamptz, $3) AS begin),
                counted AS (
                    SELECT floor(extract(epoch FROM m.at - day.begin) / 3600)::bigint AS place,
                           count(*) FILTER (WHERE m.direction = 'in') AS inbound, count(*) FILTER (WHERE m.direction = 'out') AS outbound
                    FROM day, messages m
                    WHERE m.workspace_id = $1 AND m.at >= day.begin AND m.at <= $2
                    GROUP BY 1)
           SELECT h AS "from!: jiff_sqlx::Timestamp", to_char(h AT TIME ZONE $3, 'HH24:MI') AS "label!",
                  coalesce(c.inbound, 0) AS "inbound!", coalesce(c.outbound, 0) AS "outbound!"
           FROM day, generate_series(day.begin, $2::timestamptz, interval '1 hour') WITH ORDINALITY AS hours (h, number)
           LEFT JOIN counted c ON c.place = hours.number - 1
           ORDER BY hours.number"#,
        workspace,
        now.to_sqlx() as _,
        zone.name()
    )
    .fetch_all(tx.sql())
    .await
    .map_err(zone_is_known)?;
    Ok(buckets(rows))
}

/// Days begin where the viewer's calendar says. Messages are first counted by the quarter of an hour, which is cheap and
/// which all time zones' days are made of; only then are the quarters sorted into days.
async fn days(tx: &mut Tx, zone: &Zone, range: Range) -> Result<Vec<Bucket>, Failure> {
    let (workspace, now) = (tx.workspace(), tx.now());
    // Served by messages_by_time alone.
    let rows = sqlx::query_as!(
        Counted,
        r#"WITH days AS (
               SELECT d AT TIME ZONE $3 AS begin, d::date AS day
               FROM generate_series(date_trunc('day', $2::timestamptz AT TIME ZONE $3) - ($4 - 1) * interval '1 day',
                                    date_trunc('day', $2::timestamptz AT TIME ZONE $3), interval '1 day') AS d),
                quarters AS MATERIALIZED (
               SELECT date_bin('15 minutes', at, 'epoch') AS begin,
                      count(*) FILTER (WHERE direction = 'in') AS inbound, count(*) FILTER (WHERE direction = 'out') AS outbound
               FROM messages
               WHERE workspace_id = $1 AND at >= (SELECT min(begin) FROM days) AND at <= $2
               GROUP BY 1),
                counted AS (
               SELECT (begin AT TIME ZONE $3)::date AS day, sum(inbound)::bigint AS inbound, sum(outbound)::bigint AS outbound
               FROM quarters GROUP BY 1)
           SELECT days.begin AS "from!: jiff_sqlx::Timestamp", days.day::text AS "label!",
                  coalesce(c.inbound, 0) AS "inbound!", coalesce(c.outbound, 0) AS "outbound!"
           FROM days LEFT JOIN counted c USING (day)
           ORDER BY days.day"#,
        workspace,
        now.to_sqlx() as _,
        zone.name(),
        range.days()
    )
    .fetch_all(tx.sql())
    .await
    .map_err(zone_is_known)?;
    Ok(buckets(rows))
}
