//! The business sends: what becomes of the message.

use std::time::Duration;

use charla_simulator::Status;
use serde_json::{Value, json};

use crate::kit::{ANA, Meta, eventually, settled};

/// The status items of all deliveries.
fn items(values: &[Value]) -> Vec<Value> {
    values.iter().flat_map(|value| value["statuses"].as_array().cloned().unwrap_or_default()).collect()
}

#[tokio::test]
async fn a_message_is_sent_delivered_and_read() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    let body = json!({
        "messaging_product": "whatsapp", "to": ANA, "type": "text", "text": { "body": "Yes" },
        "biz_opaque_callback_data": "msg:1",
    });
    let (status, answer) = meta.send(&body).await;
    assert_eq!(status, 200);
    let id = &answer["messages"][0]["id"];
    assert!(id.as_str().unwrap().starts_with("wamid."));
    assert_eq!(
        answer,
        json!({ "messaging_product": "whatsapp", "contacts": [{ "input": ANA, "wa_id": "5511987654321" }], "messages": [{ "id": id }] })
    );

    meta.receiver.at_least(3).await;
    settled().await;
    assert_eq!(meta.receiver.statuses(), ["sent", "delivered"], "nobody has looked yet");
    let (status, answer) =
        meta.post("/__sim/phones/5511987654321/read", &json!({ "number": meta.number.phone_number_id })).await;
    assert_eq!((status, answer), (200, json!({ "success": true, "read": 1 })));
    let values = meta.receiver.at_least(4).await;
    assert_eq!(meta.receiver.statuses(), ["sent", "delivered", "read"]);
    assert_eq!(meta.simulator.read(ANA, None), Ok(0), "a message is read once");

    let pricing =
        json!({ "billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service" });
    for (item, value) in items(&values).iter().zip(&values[1..]) {
        assert_eq!(&item["id"], id);
        assert_eq!(item["recipient_id"], "5511987654321");
        assert_eq!(item["biz_opaque_callback_data"], "msg:1");
        assert!(item["timestamp"].as_str().unwrap().parse::<i64>().unwrap() > 1_700_000_000);
        assert_eq!(item["pricing"], if item["status"] == "read" { Value::Null } else { pricing.clone() });
        assert_eq!(value["contacts"][0]["wa_id"], "5511987654321");
        assert_eq!(value["contacts"][0]["user_id"], item["recipient_user_id"]);
    }
    let shown = meta.simulator.phone_messages(ANA);
    assert_eq!((shown[1].text.as_str(), shown[1].status), ("Yes", Status::Read));
}

#[tokio::test]
async fn outside_the_window_only_templates_arrive() {
    let meta = Meta::start().await;
    let id = meta.send_text(ANA, "Anybody there?").await;
    let values = meta.receiver.at_least(1).await;
    let failed = &values[0]["statuses"][0];
    assert_eq!((&failed["id"], &failed["status"]), (&json!(id), &json!("failed")));
    assert_eq!(failed["errors"][0]["code"], 131_047);
    assert_eq!(failed["errors"][0]["title"], "Re-engagement message");
    assert!(failed["errors"][0]["error_data"]["details"].as_str().unwrap().contains("24 hours"));
    assert_eq!(values[0].get("contacts"), None, "failed carries no contacts");
    assert_eq!(failed.get("pricing"), None);

    let template = json!({
        "messaging_product": "whatsapp", "to": ANA, "type": "template",
        "template": { "name": "hello_world", "language": { "code": "en_US" } },
    });
    let (status, answer) = meta.send(&template).await;
    assert_eq!((status, &answer["messages"][0]["message_status"]), (200, &json!("accepted")));
    let values = meta.receiver.at_least(3).await;
    assert_eq!(meta.receiver.statuses(), ["failed", "sent", "delivered"]);
    assert_eq!(items(&values)[1]["pricing"]["category"], "utility");

    // A window is between one number and one phone.
    let other = meta.simulator.register_number("butcher", "Butcher");
    meta.simulator.customer_writes(ANA, "Ana", &other.phone_number_id, "Hola").unwrap();
    meta.send_text(ANA, "And now?").await;
    eventually(|| (meta.receiver.statuses().last().unwrap() == "failed").then_some(())).await;
}

#[tokio::test]
async fn last_digits_decide_what_happens() {
    let meta = Meta::start().await;
    for (ending, code) in [
        ("1026", 131_026),
        ("1047", 131_047),
        ("1049", 131_049),
        ("1050", 131_050),
        ("0472", 130_472),
        ("1042", 131_042),
        ("1053", 131_053),
        ("0403", 130_403),
    ] {
        let phone = format!("+551190000{ending}");
        meta.simulator.customer_writes(&phone, "Eva", &meta.number.phone_number_id, "Hola").unwrap();
        let id = meta.send_text(&phone, "Hello").await;
        let of_it = |values: Vec<Value>| items(&values).into_iter().find(|item| item["id"] == id.as_str());
        let item = eventually(|| of_it(meta.receiver.values())).await;
        assert_eq!((&item["status"], &item["errors"][0]["code"]), (&json!("failed"), &json!(code)), "{ending}");
    }
}

#[tokio::test]
async fn statuses_come_strangely_when_asked_for() {
    for (ending, expected) in [
        ("9000", [].as_slice()),
        ("9001", &["sent", "sent", "delivered", "delivered"]),
        ("9002", &["delivered", "sent"]),
        ("9003", &["sent", "read"]),
    ] {
        let meta = Meta::start().await;
        let phone = format!("+551190000{ending}");
        meta.simulator.customer_writes(&phone, "Eva", &meta.number.phone_number_id, "Hola").unwrap();
        meta.send_text(&phone, "Hello").await;
        eventually(|| (meta.receiver.statuses().len() >= expected.len()).then_some(())).await;
        settled().await;
        assert_eq!(meta.receiver.statuses(), expected, "{ending}");
        let messages = meta.receiver.values().iter().filter(|value| value.get("messages").is_some()).count();
        assert_eq!(messages, if ending == "9001" { 2 } else { 1 }, "{ending}");
        let priced = items(&meta.receiver.values()).iter().filter(|item| item.get("pricing").is_some()).count();
        assert_eq!(priced, expected.len(), "{ending}: on sent and on one of delivered and read");
    }
}

#[tokio::test]
async fn a_user_without_a_phone_number_is_reached_by_user_id() {
    let meta = Meta::start().await;
    meta.simulator.customer_writes("+5511987659004", "Uma", &meta.number.phone_number_id, "Hola").unwrap();
    let values = meta.receiver.at_least(1).await;
    let user_id = values[0]["messages"][0]["from_user_id"].as_str().unwrap().to_owned();
    let body =
        json!({ "messaging_product": "whatsapp", "recipient": user_id, "type": "text", "text": { "body": "Hello" } });
    let (status, answer) = meta.send(&body).await;
    assert_eq!((status, &answer["contacts"]), (200, &json!([{ "input": user_id, "user_id": user_id }])));

    meta.receiver.at_least(3).await;
    for (body, _) in meta.receiver.tries() {
        let delivery: Value = serde_json::from_slice(&body).unwrap();
        let mut value = delivery["entry"][0]["changes"][0]["value"].clone();
        assert_eq!(value["contacts"][0]["user_id"], user_id.as_str());
        assert_eq!(value["contacts"][0].get("wa_id"), None);
        assert!(value["contacts"][0]["profile"]["username"].is_string());
        // Message ids are opaque; this simulator's hold the number in base64.
        for id in ["/messages/0/id", "/statuses/0/id"] {
            value.pointer_mut(id).map(Value::take);
        }
        assert!(!value.to_string().contains("5511987659004"), "{value}");
    }

    let mut unknown = body;
    unknown["recipient"] = "BR.13400000000000000000".into();
    let (status, answer) = meta.send(&unknown).await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!(131_009)));
}

#[tokio::test]
async fn a_message_to_a_user_id_has_statuses_without_a_phone_number() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    let user_id = meta.receiver.values()[0]["contacts"][0]["user_id"].clone();
    let body =
        json!({ "messaging_product": "whatsapp", "recipient": user_id, "type": "text", "text": { "body": "Hello" } });
    assert_eq!(meta.send(&body).await.0, 200);
    let values = meta.receiver.at_least(3).await;
    for item in items(&values) {
        assert_eq!(item.get("recipient_id"), None);
        assert_eq!(item["recipient_user_id"], user_id);
    }
    // With both, the phone number wins.
    let both = json!({
        "messaging_product": "whatsapp", "to": ANA, "recipient": user_id, "type": "text", "text": { "body": "Hello" },
    });
    assert_eq!(meta.send(&both).await.1["contacts"][0]["wa_id"], "5511987654321");
}

#[tokio::test]
async fn reactions_are_only_sent_and_need_something_to_react_to() {
    let meta = Meta::start().await;
    let theirs = meta.ana_has_written().await;
    for (target, expected) in [(theirs.as_str(), "sent"), ("wamid.unknown", "failed")] {
        let before = meta.receiver.statuses().len();
        let reaction = json!({
            "messaging_product": "whatsapp", "to": ANA, "type": "reaction", "reaction": { "message_id": target, "emoji": "👍" },
        });
        assert_eq!(meta.send(&reaction).await.0, 200);
        eventually(|| (meta.receiver.statuses().len() > before).then_some(())).await;
        settled().await;
        assert_eq!(&meta.receiver.statuses()[before..], [expected]);
    }
    assert_eq!(items(&meta.receiver.values()).last().unwrap()["errors"][0]["code"], 131_009);
}

#[tokio::test]
async fn reading_can_be_automatic() {
    let meta = Meta::start_with(|config| config.timing.read = Some(Duration::from_millis(50))).await;
    meta.ana_has_written().await;
    meta.send_text(ANA, "Hello").await;
    meta.receiver.at_least(4).await;
    assert_eq!(meta.receiver.statuses(), ["sent", "delivered", "read"]);
}
