//! Today, and the same stretch of yesterday and of a week ago.

use charla_shared::{
    analytics::{Period, Today, Zone},
    message::DeliveryState,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;

use super::{small, zone_is_known};
use crate::{Failure, Tx};

/// The three stretches, counted.
pub(super) async fn today(tx: &mut Tx, zone: &Zone) -> Result<Today, Failure> {
    let now = tx.now();
    // Yesterday at this time is what the clock on the wall said, so that on the day after a change of the clocks the same
    // hours are compared.
    let bounds = sqlx::query!(
        r#"SELECT date_trunc('day', $1::timestamptz, $2) AS "today!: jiff_sqlx::Timestamp",
                  date_trunc('day', ($1 AT TIME ZONE $2) - interval '1 day') AT TIME ZONE $2 AS "yesterday!: jiff_sqlx::Timestamp",
                  (($1 AT TIME ZONE $2) - interval '1 day') AT TIME ZONE $2 AS "yesterday_now!: jiff_sqlx::Timestamp",
                  date_trunc('day', ($1 AT TIME ZONE $2) - interval '7 days') AT TIME ZONE $2 AS "last_week!: jiff_sqlx::Timestamp",
                  (($1 AT TIME ZONE $2) - interval '7 days') AT TIME ZONE $2 AS "last_week_now!: jiff_sqlx::Timestamp""#,
        now.to_sqlx() as _,
        zone.name()
    )
    .fetch_one(tx.sql())
    .await
    .map_err(zone_is_known)?;
    Ok(Today {
        today: period(tx, bounds.today.to_jiff(), now).await?,
        yesterday: period(tx, bounds.yesterday.to_jiff(), bounds.yesterday_now.to_jiff()).await?,
        last_week: period(tx, bounds.last_week.to_jiff(), bounds.last_week_now.to_jiff()).await?,
    })
}

async fn period(tx: &mut Tx, from: Timestamp, to: Timestamp) -> Result<Period, Failure> {
    let workspace = tx.workspace();
    let accepted: Vec<&str> = DeliveryState::ALL.iter().filter(|state| state.is_accepted()).map(|s| s.name()).collect();
    // Served by messages_by_time and conversations_by_beginning alone, without the tables; the answers by messages_answers.
    // An answer counts once Meta has accepted it: one that failed, or of which nothing is known, answered nobody.
    let row = sqlx::query!(
        r#"WITH span AS MATERIALIZED (
               SELECT direction, conversation_id FROM messages
               WHERE workspace_id = $1 AND at >= $2 AND at <= $3),
           answers AS (
               SELECT waited_seconds FROM messages
               WHERE workspace_id = $1 AND at >= $2 AND at <= $3 AND waited_seconds IS NOT NULL AND state = ANY ($4))
           SELECT (SELECT count(*) FROM (SELECT DISTINCT conversation_id FROM span) c) AS "active!",
                  (SELECT count(*) FROM conversations WHERE workspace_id = $1 AND created_at >= $2 AND created_at <= $3) AS "begun!",
                  count(*) FILTER (WHERE direction = 'in') AS "inbound!",
                  count(*) FILTER (WHERE direction = 'out') AS "outbound!",
                  (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY waited_seconds) FROM answers) AS wait_median,
                  (SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY waited_seconds) FROM answers) AS wait_most
           FROM span"#,
        workspace,
        from.to_sqlx() as _,
        to.to_sqlx() as _,
        &accepted as _
    )
    .fetch_one(tx.sql())
    .await?;
    let seconds = |wait: Option<i32>| wait.and_then(|seconds| u32::try_from(seconds).ok());
    Ok(Period {
        active: small(row.active),
        begun: small(row.begun),
        inbound: small(row.inbound),
        outbound: small(row.outbound),
        wait_median: seconds(row.wait_median),
        wait_most: seconds(row.wait_most),
    })
}
