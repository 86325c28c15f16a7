//! Customers write: what the business's server gets.

use std::time::Duration;

use serde_json::json;

use crate::kit::{ANA, Meta, eventually};

#[tokio::test]
async fn a_text_arrives_signed_and_well_formed() {
    let meta = Meta::start().await;
    let body = json!({ "from": "+55 (11) 98765-4321", "name": "Ana", "text": "Hola" });
    let (status, answer) = meta.post("/simulate/send", &body).await;
    assert_eq!((status, &answer["success"]), (200, &json!(true)), "{answer}");

    meta.receiver.at_least(1).await;
    assert_eq!(meta.receiver.forged(), 0);
    let (body, _) = meta.receiver.tries().remove(0);
    let mut delivery: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let value = &mut delivery["entry"][0]["changes"][0]["value"];
    let user_id = value["contacts"][0]["user_id"].take();
    assert!(user_id.as_str().unwrap().starts_with("BR.134"), "{user_id}");
    assert_eq!(value["messages"][0]["from_user_id"].take(), user_id);
    let at: i64 = value["messages"][0]["timestamp"].take().as_str().unwrap().parse().unwrap();
    assert!((jiff::Timestamp::now().as_second() - at).abs() < 60);
    assert_eq!(
        delivery,
        json!({
            "object": "whatsapp_business_account",
            "entry": [{ "id": meta.number.waba_id, "changes": [{ "field": "messages", "value": {
                "messaging_product": "whatsapp",
                "metadata": {
                    "display_phone_number": meta.number.display_phone_number.replace(['+', ' ', '-'], ""),
                    "phone_number_id": meta.number.phone_number_id,
                },
                "contacts": [{ "profile": { "name": "Ana" }, "wa_id": "5511987654321", "user_id": null }],
                "messages": [{
                    "from": "5511987654321", "from_user_id": null, "id": answer["message_id"], "timestamp": null,
                    "type": "text", "text": { "body": "Hola" },
                }],
            } }] }],
        })
    );
}

#[tokio::test]
async fn a_reply_names_what_it_quotes() {
    let meta = Meta::start().await;
    let first = meta.ana_has_written().await;
    let answer = meta.send_text(ANA, "At nine.").await;
    meta.receiver.at_least(3).await;
    for (quoted, from) in
        [(&answer, meta.number.display_phone_number.replace(['+', ' ', '-'], "")), (&first, "5511987654321".into())]
    {
        let before = meta.receiver.values().len();
        let body = json!({ "number": meta.number.phone_number_id, "text": "Thanks", "reply_to": quoted });
        let (status, body) = meta.post("/__sim/phones/5511987654321/messages", &body).await;
        assert_eq!(status, 200, "{body}");
        let value = meta.receiver.at_least(before + 1).await.remove(before);
        assert_eq!(value["messages"][0]["context"], json!({ "from": from, "id": quoted }));
    }
    let body = json!({ "text": "Thanks", "reply_to": "wamid.unknown" });
    assert_eq!(meta.post("/__sim/phones/5511987654321/messages", &body).await.0, 404);
}

#[tokio::test]
async fn a_server_that_is_down_gets_the_same_bytes_again() {
    let meta = Meta::start().await;
    meta.receiver.will_answer(&[503, 500, 302, 404]);
    meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, "one").unwrap();
    meta.receiver.at_least(1).await;
    let tries = meta.receiver.tries();
    assert_eq!(tries.iter().map(|(_, answer)| *answer).collect::<Vec<_>>(), [503, 500, 302, 404, 200]);
    assert!(tries.iter().all(|(body, _)| *body == tries[0].0), "a retry has other bytes");
    assert_eq!(meta.receiver.forged(), 0);
    let acked = meta.simulator.acked(0).acked;
    assert_eq!((acked.len(), acked[0].attempts, acked[0].kind), (1, 5, "message"));
}

#[tokio::test]
async fn a_webhook_that_fails_does_not_hold_up_the_others() {
    let meta = Meta::start_with(|config| config.timing.retry.first = Duration::from_hours(1)).await;
    // The longest wait counts, too.
    meta.put("/__sim/timing", &json!({ "retry_max_ms": 3_600_000 })).await;
    meta.receiver.will_answer(&[503]);
    for text in ["one", "two", "three"] {
        meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, text).unwrap();
    }
    meta.receiver.at_least(2).await;
    assert_eq!(meta.receiver.texts(), ["two", "three"]);
    assert_eq!(meta.get("/health").await.1["webhooks_waiting"], 1);
}

#[tokio::test]
async fn a_webhook_that_is_never_taken_is_dropped_in_the_end() {
    let meta = Meta::start_with(|config| config.timing.retry.give_up = Duration::from_millis(100)).await;
    meta.receiver.will_answer(&[503; 50]);
    meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, "unheard").unwrap();
    eventually(|| (meta.receiver.tries().len() >= 2).then_some(())).await;
    let mut waits = true;
    while waits {
        waits = meta.get("/health").await.1["webhooks_waiting"] != 0;
    }
    assert!(meta.receiver.values().is_empty() && meta.simulator.acked(0).total == 0);
}

#[tokio::test]
async fn a_few_deliveries_are_under_way_at_once_and_a_backlog_shares_them() {
    let meta = Meta::start_with(|config| (config.webhook_parallel, config.webhook_batch) = (4, 100)).await;
    meta.receiver.will_take(Duration::from_millis(300));
    for n in 0..104 {
        meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, &n.to_string()).unwrap();
    }
    eventually(|| (meta.receiver.texts().len() == 104).then_some(())).await;
    assert_eq!(meta.receiver.forged(), 0);
    let sizes: Vec<_> = meta
        .receiver
        .tries()
        .iter()
        .map(|(body, _)| {
            let delivery: serde_json::Value = serde_json::from_slice(body).unwrap();
            let value = &delivery["entry"][0]["changes"][0]["value"];
            assert_eq!(value["contacts"].as_array().unwrap().len(), value["messages"].as_array().unwrap().len());
            value["messages"].as_array().unwrap().len()
        })
        .collect();
    assert_eq!(sizes.iter().filter(|size| **size == 1).count(), 4, "the first went one by one: {sizes:?}");
    assert!(sizes.contains(&100), "{sizes:?}");
    let mut texts: Vec<usize> = meta.receiver.texts().iter().map(|text| text.parse().unwrap()).collect();
    texts.sort_unstable();
    assert_eq!(texts, (0..104).collect::<Vec<_>>(), "each once");
}

#[tokio::test]
async fn numbers_do_not_wait_for_each_other() {
    let meta = Meta::start_with(|config| {
        config.timing.retry.first = Duration::from_hours(1);
        config.timing.retry.max = Duration::from_hours(1);
    })
    .await;
    let other = meta.simulator.register_number("butcher", "Butcher");
    meta.receiver.will_answer(&[503]);
    meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, "to the bakery").unwrap();
    eventually(|| (meta.receiver.tries().len() == 1).then_some(())).await;
    meta.simulator.customer_writes(ANA, "Ana", &other.phone_number_id, "to the butcher").unwrap();
    let values = meta.receiver.at_least(1).await;
    assert_eq!(values[0]["messages"][0]["text"]["body"], "to the butcher");
    assert_eq!(meta.get("/health").await.1["webhooks_waiting"], 1);
}

#[tokio::test]
async fn ticks_show_that_the_server_took_the_message_and_that_it_was_read() {
    let meta = Meta::start().await;
    meta.receiver.will_answer(&[503]);
    let first = meta.ana_has_written().await;
    let second = meta.ana_has_written().await;
    let statuses = || meta.simulator.phone_messages(ANA).iter().map(|m| format!("{:?}", m.status)).collect::<Vec<_>>();
    eventually(|| (statuses() == ["Delivered", "Delivered"]).then_some(())).await;

    let receipt = |id: &str| json!({ "messaging_product": "whatsapp", "status": "read", "message_id": id });
    assert_eq!(meta.send(&receipt(&first)).await, (200, json!({ "success": true })));
    assert_eq!(statuses(), ["Read", "Delivered"]);
    let mut typing = receipt(&second);
    typing["typing_indicator"] = json!({ "type": "text" });
    assert_eq!(meta.send(&typing).await, (200, json!({ "success": true })));
    assert_eq!(statuses(), ["Read", "Read"]);
    let (status, answer) = meta.send(&receipt("wamid.unknown")).await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!(131_009)));
}

#[tokio::test]
async fn nothing_is_sent_to_an_account_that_is_not_subscribed() {
    let meta = Meta::start().await;
    let path = format!("{}/v24.0/{}/subscribed_apps", meta.url, meta.number.waba_id);
    let ask = |request: reqwest::RequestBuilder| crate::kit::answer(request.bearer_auth(&meta.number.access_token));
    assert_eq!(ask(meta.client.get(&path)).await.1["data"].as_array().unwrap().len(), 1);
    assert_eq!(ask(meta.client.delete(&path)).await, (200, json!({ "success": true })));
    assert_eq!(ask(meta.client.get(&path)).await.1, json!({ "data": [] }));
    meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, "unheard").unwrap();
    assert_eq!(ask(meta.client.post(&path)).await, (200, json!({ "success": true })));
    meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, "heard").unwrap();
    let values = meta.receiver.at_least(1).await;
    assert_eq!(values[0]["messages"][0]["text"]["body"], "heard");
}

#[tokio::test]
async fn the_handshake_proves_the_verify_token() {
    let meta = Meta::start().await;
    assert_eq!(meta.post("/__sim/verify", &json!({})).await, (200, json!({ "success": true })));
    let other = Meta::start_with(|config| config.verify_token = "another".into()).await;
    let (status, body) = other.post("/__sim/verify", &json!({})).await;
    assert_eq!(status, 502);
    assert!(body["error"].as_str().unwrap().contains("403"), "{body}");
}
