//! What goes wrong on purpose, as the wire shows it.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::kit::{ANA, Meta, eventually, settled};

/// A simulator whose customer has written and whose graph script is this.
async fn with_graph(rules: Value) -> Meta {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    let (status, report) = meta.put("/__sim/faults", &json!({ "seed": 7, "graph": rules })).await;
    assert_eq!(status, 200, "{report}");
    meta
}

/// The texts that the business sent to Ana.
fn received(meta: &Meta) -> Vec<String> {
    meta.simulator.sent(None, 0).sent.into_iter().map(|entry| entry.text).collect()
}

#[tokio::test]
async fn an_answer_can_be_lost_after_the_message_was_accepted() {
    let meta = with_graph(json!([{ "fault": "drop_answer", "limit": 2 }])).await;
    for text in ["one", "two"] {
        let error = meta.try_text(ANA, text).await.unwrap_err();
        assert!(error.is_request() && error.status().is_none(), "{error:?}");
    }
    assert_eq!(meta.try_text(ANA, "three").await.unwrap().0, 200);
    assert_eq!(received(&meta), ["one", "two", "three"]);
    // The statuses tell what became of them.
    let data = |values: Vec<Value>| {
        let statuses = values.into_iter().filter_map(|value| value["statuses"][0].as_object().cloned());
        statuses.filter(|status| status["biz_opaque_callback_data"] == "for one").count()
    };
    eventually(|| (data(meta.receiver.values()) == 2).then_some(())).await;
    assert_eq!(meta.get("/__sim/faults").await.1["graph"][0]["fired"], 2);
}

#[tokio::test]
async fn a_lost_answer_leaves_no_byte_on_the_wire() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let meta = with_graph(json!([{ "fault": "drop_answer", "limit": 1 }, { "fault": "drop_before" }])).await;
    for expected in [1, 1] {
        let mut socket = tokio::net::TcpStream::connect(meta.url.trim_start_matches("http://")).await.unwrap();
        let body = json!({ "messaging_product": "whatsapp", "to": ANA, "type": "text", "text": { "body": "x" } });
        let body = body.to_string();
        let head = format!(
            "POST /v24.0/{}/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n",
            meta.number.phone_number_id,
            meta.number.access_token,
            body.len()
        );
        socket.write_all(head.as_bytes()).await.unwrap();
        socket.write_all(body.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // Closed or reset, but not kept open.
        let _ = tokio::time::timeout(Duration::from_secs(5), socket.read_to_end(&mut answer)).await.unwrap();
        assert_eq!(String::from_utf8_lossy(&answer), "");
        assert_eq!(received(&meta).len(), expected, "the first was accepted, the second was not");
    }
}

#[tokio::test]
async fn a_request_can_be_dropped_before_anything_happens() {
    let meta = with_graph(json!([{ "fault": "drop_before", "limit": 1 }])).await;
    assert!(meta.try_text(ANA, "lost").await.unwrap_err().is_request());
    assert_eq!(meta.try_text(ANA, "found").await.unwrap().0, 200);
    assert_eq!(received(&meta), ["found"]);
}

#[tokio::test]
async fn an_answer_can_be_cut_in_the_middle() {
    let meta = with_graph(json!([{ "fault": "truncate", "limit": 1 }])).await;
    let url = format!("{}/v24.0/{}/messages", meta.url, meta.number.phone_number_id);
    let body = json!({ "messaging_product": "whatsapp", "to": ANA, "type": "text", "text": { "body": "cut" } });
    let answer = meta.client.post(url).bearer_auth(&meta.number.access_token).json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 200, "the head arrives");
    assert!(answer.content_length().unwrap() > 100);
    assert!(answer.text().await.is_err(), "the body does not");
    assert_eq!(received(&meta), ["cut"]);
}

#[tokio::test]
async fn answers_can_be_other_than_meta_writes_them() {
    let rules = [
        (json!({ "fault": "error", "code": 131_000 }), 500, "131000", false),
        (
            json!({ "fault": "error", "code": 131_026, "status": 418, "details": "so", "accepted": true }),
            418,
            "so",
            true,
        ),
        (json!({ "fault": "html" }), 502, "<html>", false),
        (json!({ "fault": "html", "status": 504, "accepted": true }), 504, "<html>", true),
        (json!({ "fault": "empty" }), 200, "", false),
        (json!({ "fault": "empty", "status": 500, "accepted": true }), 500, "", true),
        (json!({ "fault": "error_in_200", "code": 131_016 }), 200, "\"code\":131016", false),
        (json!({ "fault": "error_data_string", "code": 131_053 }), 400, "\"error_data\":\"", false),
        (json!({ "fault": "rate_limited" }), 400, "\"code\":130429", false),
        (json!({ "fault": "pair_limited" }), 400, "\"code\":131056", false),
        (json!({ "fault": "expired_token" }), 401, "\"code\":190", false),
    ];
    for (rule, status, words, accepted) in rules {
        let meta = with_graph(json!([rule])).await;
        let (got, body) = meta.try_text(ANA, "text").await.unwrap();
        assert_eq!(got, status, "{rule} {body}");
        assert!(body.contains(words), "{rule} {body}");
        assert_eq!(received(&meta).len(), usize::from(accepted), "{rule}");
        assert_eq!(meta.get(&format!("/v24.0/{}", meta.number.phone_number_id)).await.0, 200, "reads go on: {rule}");
    }
}

#[tokio::test]
async fn a_late_answer_comes_and_a_client_that_left_has_sent_all_the_same() {
    let meta = with_graph(json!([{ "fault": "delay", "ms": 150 }])).await;
    let began = Instant::now();
    assert_eq!(meta.try_text(ANA, "patient").await.unwrap().0, 200);
    assert!(began.elapsed() >= Duration::from_millis(150));
    let impatient = tokio::time::timeout(Duration::from_millis(50), meta.try_text(ANA, "impatient")).await;
    assert!(impatient.is_err());
    eventually(|| (received(&meta) == ["patient", "impatient"]).then_some(())).await;
}

#[tokio::test]
async fn a_hanging_request_ends_with_its_client_or_the_simulator() {
    let meta = with_graph(json!([{ "fault": "hang" }])).await;
    assert!(tokio::time::timeout(Duration::from_millis(300), meta.try_text(ANA, "x")).await.is_err());
    let (simulator, waits) = (meta.simulator.clone(), meta.try_text(ANA, "y"));
    let stops = async {
        settled().await;
        simulator.shutdown().await;
    };
    let (outcome, ()) = tokio::join!(waits, stops);
    assert!(outcome.is_err());
    assert!(received(&meta).is_empty());
}

#[tokio::test]
async fn rules_are_for_messages_unless_they_say_otherwise() {
    let meta = with_graph(json!([{ "fault": "drop_answer", "limit": 1 }])).await;
    let id = meta.simulator.phone_messages(ANA)[0].id.clone();
    let receipt = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": id });
    assert_eq!(meta.send(&receipt).await.0, 200, "a read receipt is none");
    assert!(meta.try_text(ANA, "x").await.is_err());
    meta.put("/__sim/faults", &json!({ "graph": [{ "fault": "error", "code": 4, "any": true }] })).await;
    assert_eq!(meta.send(&receipt).await.1["error"]["code"], 4);
    assert_eq!(meta.get(&format!("/v24.0/{}", meta.number.phone_number_id)).await.1["error"]["code"], 4);
}

#[tokio::test]
async fn the_same_seed_drops_the_same_requests() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let meta = with_graph(json!([{ "fault": "drop_answer", "probability": 0.3 }])).await;
        let mut fates = Vec::new();
        for n in 0..30 {
            fates.push(meta.try_text(&format!("+5511900{n:06}"), "x").await.is_ok());
        }
        runs.push(fates);
    }
    assert_eq!(runs[0], runs[1]);
    assert!(runs[0].contains(&true) && runs[0].contains(&false));
}

#[tokio::test]
async fn webhooks_come_several_times_at_once_or_one_after_the_other() {
    for parallel in [true, false] {
        let meta = Meta::start_with(|config| config.webhook_parallel = 4).await;
        let script = json!({ "webhooks": [{ "fault": "duplicate", "copies": 3, "parallel": parallel }] });
        assert_eq!(meta.put("/__sim/faults", &script).await.0, 200);
        meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, "thrice").unwrap();
        meta.receiver.at_least(3).await;
        settled().await;
        let tries = meta.receiver.tries();
        assert_eq!(tries.len(), 3, "parallel: {parallel}");
        assert!(tries.iter().all(|(body, _)| *body == tries[0].0));
        assert_eq!(meta.simulator.acked(0).total, 1, "it is one event");
    }
}

#[tokio::test]
async fn webhooks_are_shuffled_and_none_is_lost() {
    let meta = Meta::start().await;
    meta.put("/__sim/faults", &json!({ "seed": 3, "webhooks": [{ "fault": "reorder", "window": 10 }] })).await;
    let texts: Vec<String> = (0..25).map(|n| format!("{n:02}")).collect();
    for text in &texts {
        meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, text).unwrap();
    }
    // The last five do not fill a window and come all the same.
    meta.receiver.at_least(25).await;
    let mut arrived = meta.receiver.texts();
    assert_ne!(arrived, texts);
    arrived.sort();
    assert_eq!(arrived, texts);
}

#[tokio::test]
async fn webhooks_can_be_late() {
    let meta = Meta::start().await;
    meta.put("/__sim/faults", &json!({ "webhooks": [{ "fault": "delay", "ms": 300, "limit": 1 }] })).await;
    meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, "late").unwrap();
    meta.simulator.customer_writes(ANA, "Ana", &meta.number.phone_number_id, "in time").unwrap();
    meta.receiver.at_least(2).await;
    assert_eq!(meta.receiver.texts(), ["in time", "late"]);
    assert_eq!(meta.delete("/__sim/faults").await.0, 200);
    assert_eq!(meta.get("/__sim/faults").await.1["running"], false);
}

#[tokio::test]
async fn scripts_that_make_no_sense_are_refused() {
    let meta = Meta::start().await;
    for wrong in [
        json!({ "graph": [{ "fault": "earthquake" }] }),
        json!({ "graph": [{ "fault": "hang", "probabilty": 0.1 }] }),
        json!({ "graph": [{ "fault": "hang", "probability": 2 }] }),
        json!({ "webhooks": [{ "fault": "duplicate", "copies": 6 }] }),
        json!([]),
    ] {
        let (status, body) = meta.put("/__sim/faults", &wrong).await;
        assert_eq!((status, &body["success"]), (400, &json!(false)), "{wrong}");
    }
}

#[tokio::test]
async fn a_token_can_expire_and_lose_its_permission() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    for (state, status, code) in [("expired", 401, 190), ("no_permission", 403, 10)] {
        assert_eq!(meta.post(&meta.of_number("token"), &json!({ "state": state })).await.0, 200);
        let (got, body) = meta.try_text(ANA, "x").await.unwrap();
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((got, &body["error"]["code"]), (status, &json!(code)), "{state}");
    }
    meta.post(&meta.of_number("token"), &json!({ "state": "valid" })).await;
    assert_eq!(meta.try_text(ANA, "x").await.unwrap().0, 200);
}
