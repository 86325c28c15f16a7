//! Many webhooks at a chosen rate.

use std::{collections::HashSet, time::Duration};

use charla_simulator::{BulkOrder, BulkReport, BulkState};
use serde_json::{Value, json};

use crate::kit::{ANA, Meta, eventually};

async fn done(meta: &Meta, id: u64) -> BulkReport {
    eventually(|| Some(meta.simulator.bulk(id).unwrap()).filter(|report| report.state == BulkState::Done)).await
}

#[tokio::test]
async fn messages_arrive_once_each_and_can_be_answered() {
    let meta = Meta::start().await;
    let order = json!({ "number": meta.number.phone_number_id, "count": 300, "phones": 10, "clients": 8 });
    let (status, answer) = meta.post("/__sim/bulk", &order).await;
    assert_eq!(status, 200, "{answer}");
    let report = done(&meta, answer["id"].as_u64().unwrap()).await;
    assert_eq!((report.posted, report.answered_200, report.events_acked, report.retries), (300, 300, 300, 0));
    assert!(report.p50_ms > 0.0 && report.p50_ms <= report.p99_ms && report.p99_ms <= report.max_ms);
    assert_eq!(meta.receiver.forged(), 0);
    let texts: HashSet<String> = meta.receiver.texts().into_iter().collect();
    assert_eq!(texts.len(), 300);
    assert!(texts.contains("bulk 1 299"));
    assert_eq!(meta.simulator.acked(0).total, 300);
    // The customers' windows are open.
    meta.send_text("+5511900100003", "Thanks").await;
    assert_eq!(meta.simulator.sent(None, 0).total, 1);
    assert_eq!(meta.simulator.phone_messages("+5511900100003").len(), 31);
}

#[tokio::test]
async fn a_rate_is_kept() {
    let meta = Meta::start().await;
    let order = BulkOrder { rate: Some(200.0), ..BulkOrder::messages("bakery", 100) };
    let report = done(&meta, meta.simulator.start_bulk(order).unwrap()).await;
    assert_eq!(report.answered_200, 100);
    // The last of a hundred is due after 495 ms.
    assert!((495..3_000).contains(&report.elapsed_ms), "{}", report.elapsed_ms);
}

#[tokio::test]
async fn what_is_refused_comes_again_unless_told_otherwise() {
    let meta = Meta::start().await;
    meta.receiver.will_answer(&[503, 503, 500]);
    let id = meta.simulator.start_bulk(BulkOrder::messages("bakery", 20)).unwrap();
    let report = done(&meta, id).await;
    assert_eq!((report.answered_200, report.answered_503, report.answered_other), (20, 2, 1));
    assert_eq!((report.retries, report.posted, report.events_acked), (3, 23, 20));
    assert!(meta.simulator.acked(0).acked.iter().any(|entry| entry.attempts == 2));
    meta.receiver.will_answer(&[503]);
    let once = BulkOrder { retry: false, seed: 2, ..BulkOrder::messages("bakery", 20) };
    let report = done(&meta, meta.simulator.start_bulk(once).unwrap()).await;
    assert_eq!((report.posted, report.events_acked), (20, 19));
}

#[tokio::test]
async fn the_same_stream_can_be_sent_twice() {
    let meta = Meta::start().await;
    let ids = |values: &[Value]| -> Vec<String> {
        values.iter().map(|value| value["messages"][0]["id"].as_str().unwrap().to_owned()).collect()
    };
    for _ in 0..2 {
        let id = meta.simulator.start_bulk(BulkOrder { clients: 1, ..BulkOrder::messages("bakery", 20) }).unwrap();
        done(&meta, id).await;
    }
    let ids = ids(&meta.receiver.values());
    assert_eq!(ids[..20], ids[20..]);
    assert_eq!(meta.simulator.phone_messages("+5511900100000").len(), 1, "it stands on the phone once");
}

#[tokio::test]
async fn statuses_can_be_about_what_was_sent() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    meta.put("/__sim/timing", &json!({ "statuses": false })).await;
    let known = meta.send_text(ANA, "Hello").await;
    let order = json!({
        "number": "bakery", "kind": "statuses", "count": 6, "per_delivery": 3, "wamids_from_ledger": true, "clients": 1,
    });
    let (_, answer) = meta.post("/__sim/bulk", &order).await;
    let report = done(&meta, answer["id"].as_u64().unwrap()).await;
    assert_eq!((report.posted, report.events_acked), (2, 6));
    let values = meta.receiver.values();
    let statuses: Vec<_> = values[1..].iter().flat_map(|value| value["statuses"].as_array().unwrap().clone()).collect();
    assert!(statuses.iter().all(|status| status["id"] == known.as_str()));
    assert_eq!(meta.receiver.statuses(), ["sent", "delivered", "read", "sent", "delivered", "read"]);
}

#[tokio::test]
async fn a_bulk_can_be_stopped() {
    let meta = Meta::start().await;
    let slow = BulkOrder { rate: Some(1.0), ..BulkOrder::messages("bakery", 1_000) };
    let id = meta.simulator.start_bulk(slow).unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(meta.simulator.bulk(id).unwrap().state, BulkState::Running);
    assert_eq!(meta.delete(&format!("/__sim/bulk/{id}")).await.0, 200);
    assert!(done(&meta, id).await.posted < 10);
    assert_eq!(meta.get("/__sim/bulk/999").await.0, 404);
    for wrong in [json!({ "number": "nobody", "count": 1 }), json!({ "number": "bakery", "count": 1, "clients": 0 })] {
        assert!([400, 404].contains(&meta.post("/__sim/bulk", &wrong).await.0), "{wrong}");
    }
}
