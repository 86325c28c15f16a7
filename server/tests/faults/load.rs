//! L1 and L3, shortened: the load of one busy number, and what piles up in an hour without us. In full, and measured:
//! `cargo xtask bench --full l1 l2 l3`.

use std::time::Duration;

use serde_json::json;

use crate::kit::{Installation, scale};

async fn messages(installation: &Installation) -> u64 {
    let stored: i64 =
        sqlx::query_scalar("SELECT count(*) FROM messages WHERE direction = 'in' AND content ->> 'body' LIKE 'bulk %'")
            .fetch_one(installation.cluster.sql())
            .await
            .unwrap();
    u64::try_from(stored).unwrap()
}

/// L1: 24 messages and 240 statuses a second.
#[tokio::test(flavor = "multi_thread")]
async fn l01_the_load_of_a_busy_number_is_taken_without_a_loss_or_a_lag() {
    let installation = Installation::start().await;
    let seconds = 15 * scale() as u64;
    let order = json!({ "number": installation.tenant.number, "kind": "mixed", "count": 264 * seconds, "rate": 264 });
    let met = installation.meta.bulk(&order, Duration::from_secs(seconds + 60)).await;
    assert_eq!(met["events_acked"], 264 * seconds, "{met}");
    assert_eq!((&met["answered_503"], &met["errors"]), (&json!(0), &json!(0)), "{met}");
    // Meta's own rule for receivers (quality-gates A1).
    assert!(met["p50_ms"].as_f64().unwrap() <= 250.0, "{met}");
    installation.comes_to_rest(Duration::from_secs(5)).await;
    assert_eq!(messages(&installation).await, 24 * seconds, "one message to ten statuses");
    installation.is_consistent_at_rest().await;
}

/// L3: as fast as they are answered.
#[tokio::test(flavor = "multi_thread")]
async fn l03_what_piled_up_in_an_outage_is_taken_at_once() {
    let installation = Installation::start().await;
    let count = 4_000 * scale() as u64;
    let order = json!({ "number": installation.tenant.number, "kind": "messages", "count": count });
    let met = installation.meta.bulk(&order, Duration::from_mins(2)).await;
    assert_eq!(met["events_acked"], count, "{met}");
    // Nothing is refused but with 503, and that comes again.
    assert_eq!(met["answered_other"], 0, "{met}");
    installation.comes_to_rest(Duration::from_mins(1)).await;
    assert_eq!(messages(&installation).await, count);
    installation.is_consistent_at_rest().await;
}
