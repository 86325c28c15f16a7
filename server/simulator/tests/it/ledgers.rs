//! What really happened, and when.

use serde_json::json;

use crate::kit::{ANA, Meta, eventually};

#[tokio::test]
async fn what_reached_a_phone_and_what_was_acknowledged_is_on_record() {
    let meta = Meta::start().await;
    let incoming = meta.ana_has_written().await;
    meta.try_text(ANA, "one").await.unwrap();
    // Outside the window: accepted, but it reaches nobody.
    meta.try_text("+5511900000001", "unheard").await.unwrap();
    meta.try_text(ANA, "two").await.unwrap();
    eventually(|| (meta.receiver.statuses().len() == 5).then_some(())).await;

    let (_, page) = meta.get(&format!("/__sim/ledger/sent?number={}", meta.number.phone_number_id)).await;
    assert_eq!(page["total"], 2);
    let entry = &page["sent"][0];
    assert_eq!(
        (&entry["to"], &entry["text"], &entry["callback_data"], &entry["order"]),
        (&json!("5511987654321"), &json!("one"), &json!("for one"), &json!(1))
    );
    assert_eq!(entry["wamid"], meta.simulator.phone_messages(ANA)[1].id);
    assert!(entry["at_us"].as_i64().unwrap() > 1_700_000_000_000_000);
    let (_, rest) = meta.get("/__sim/ledger/sent?after=1").await;
    assert_eq!((rest["sent"].as_array().unwrap().len(), &rest["sent"][0]["order"]), (1, &json!(3)));
    assert_eq!(meta.get("/__sim/ledger/rate").await.1["accepted"], 3);

    let (_, page) = eventually_acked(&meta, 6).await;
    assert_eq!(
        (&page["acked"][0]["kind"], &page["acked"][0]["id"], page["acked"][0].get("status")),
        (&json!("message"), &json!(incoming), None)
    );
    let statuses: Vec<_> = page["acked"].as_array().unwrap()[1..].iter().map(|entry| &entry["status"]).collect();
    assert_eq!(statuses.iter().filter(|status| **status == "delivered").count(), 2);
    assert_eq!(statuses.iter().filter(|status| **status == "failed").count(), 1);

    assert_eq!(meta.delete("/__sim/ledger").await.0, 200);
    assert_eq!(meta.get("/__sim/ledger/sent").await.1, json!({ "sent": [], "total": 0 }));
    assert_eq!(meta.get("/__sim/ledger/acked").await.1, json!({ "acked": [], "total": 0 }));
}

async fn eventually_acked(meta: &Meta, count: u64) -> (u16, serde_json::Value) {
    eventually(|| (meta.simulator.acked(0).total >= count).then_some(())).await;
    meta.get("/__sim/ledger/acked").await
}

#[tokio::test]
async fn timing_can_be_changed_while_it_runs() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    let (status, timing) = meta.put("/__sim/timing", &json!({ "statuses": false, "read_ms": 40 })).await;
    assert_eq!(
        (status, &timing["statuses"], &timing["read_ms"], &timing["sent_ms"]),
        (200, &json!(false), &json!(40), &json!(10))
    );
    meta.send_text(ANA, "in silence").await;
    meta.put("/__sim/timing", &json!({ "statuses": true, "sent_ms": 1, "delivered_ms": 20 })).await;
    meta.send_text(ANA, "aloud").await;
    eventually(|| (meta.receiver.statuses() == ["sent", "delivered", "read"]).then_some(())).await;
    let (_, timing) = meta.put("/__sim/timing", &json!({ "read_ms": null })).await;
    assert_eq!(timing["read_ms"], json!(null));
    assert_eq!(meta.put("/__sim/timing", &json!({ "send_ms": 1 })).await.0, 400);
}
