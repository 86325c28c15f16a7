//! How much a business may send.

use serde_json::{Value, json};

use crate::kit::{ANA, Meta, eventually};

fn code(body: &str) -> Value {
    serde_json::from_str::<Value>(body).unwrap()["error"]["code"].clone()
}

#[tokio::test]
async fn a_number_sends_so_many_a_second() {
    let meta = Meta::start().await;
    let (status, limits) = meta.put(&meta.of_number("limits"), &json!({ "per_second": 5 })).await;
    assert_eq!((status, limits), (200, json!({ "per_second": 5, "pair": true, "window": true })));
    let mut refused = 0;
    for n in 0..8 {
        let (status, body) = meta.try_text(&format!("+5511900{n:06}"), "x").await.unwrap();
        if status != 200 {
            assert_eq!((status, code(&body)), (400, json!(130_429)));
            refused += 1;
        }
    }
    assert_eq!(refused, 3);
    let rate = meta.simulator.rate(Some(&meta.number.phone_number_id), 1000);
    assert_eq!((rate.accepted, rate.most_in_window), (5, 5));
    let (_, refusals) = meta.get(&format!("/__sim/refusals?number={}", meta.number.phone_number_id)).await;
    assert_eq!(refusals, json!({ "130429": 3 }));
    let (_, lifted) = meta.put(&meta.of_number("limits"), &json!({ "per_second": null })).await;
    assert_eq!(lifted["per_second"], Value::Null);
    assert_eq!(meta.try_text("+5511900000009", "x").await.unwrap().0, 200);
}

#[tokio::test]
async fn a_customer_gets_forty_five_at_once() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    for n in 0..45 {
        meta.send_text(ANA, &n.to_string()).await;
    }
    let (status, body) = meta.try_text(ANA, "one too many").await.unwrap();
    assert_eq!((status, code(&body)), (400, json!(131_056)));
    assert_eq!(meta.try_text("+5511900000001", "another customer").await.unwrap().0, 200);
    meta.put(&meta.of_number("limits"), &json!({ "pair": false })).await;
    assert_eq!(meta.try_text(ANA, "without the limit").await.unwrap().0, 200);
    let (_, rate) = meta.get("/__sim/ledger/rate?window_ms=60000").await;
    assert_eq!((&rate["accepted"], &rate["most_in_window"]), (&json!(47), &json!(47)));
}

#[tokio::test]
async fn the_window_can_be_left_open() {
    let meta = Meta::start().await;
    meta.put(&meta.of_number("limits"), &json!({ "window": false })).await;
    meta.send_text(ANA, "out of the blue").await;
    eventually(|| (meta.receiver.statuses() == ["sent", "delivered"]).then_some(())).await;
}

#[tokio::test]
async fn limits_are_those_of_a_number_that_exists() {
    let meta = Meta::start().await;
    assert_eq!(meta.put("/__sim/numbers/999/limits", &json!({})).await.0, 404);
    assert_eq!(meta.put(&meta.of_number("limits"), &json!({ "per_minute": 1 })).await.0, 400);
    let usual = json!({ "per_second": 80, "pair": true, "window": true });
    assert_eq!(meta.get("/__sim/numbers/bakery/limits").await, (200, usual));
}
