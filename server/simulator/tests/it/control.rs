//! The sandbox's own paths.

use futures::StreamExt as _;
use serde_json::{Value, json};

use crate::kit::{ANA, Meta, answer, config};

#[tokio::test]
async fn a_key_has_the_same_number_for_ever() {
    let one = Meta::start().await;
    let (status, number) = one.put("/__sim/numbers/workspace-1", &json!({ "display_name": "Bakery" })).await;
    assert_eq!(status, 200);
    for field in ["phone_number_id", "waba_id", "access_token", "display_phone_number", "verified_name"] {
        assert!(number[field].as_str().is_some_and(|value| !value.is_empty()), "{field}: {number}");
    }
    let same = |one: &Value, two: &Value| {
        ["phone_number_id", "waba_id", "access_token", "display_phone_number"]
            .iter()
            .all(|field| one[field] == two[field])
    };
    let (_, renamed) = one.put("/__sim/numbers/workspace-1", &json!({ "display_name": "Butcher" })).await;
    assert!(same(&number, &renamed));
    assert_eq!(renamed["verified_name"], "Butcher");
    // Another simulator with the same secret, which remembers nothing.
    let two = Meta::start().await;
    let (_, again) = two.put("/__sim/numbers/workspace-1", &json!({ "display_name": "Bakery" })).await;
    assert_eq!(number["access_token"], again["access_token"]);
    assert!(same(&number, &again));
    let (_, other) = two.put("/__sim/numbers/workspace-2", &json!({ "display_name": "Bakery" })).await;
    assert!(!same(&number, &other));
    // Another secret has other numbers.
    let three = Meta::start_with(|config| config.app_secret = "another".into()).await;
    assert_ne!(three.number.access_token, one.number.access_token);
}

#[tokio::test]
async fn a_number_needs_a_name_and_a_key() {
    let meta = Meta::start().await;
    for body in [json!({}), json!({ "display_name": "" }), json!({ "display_name": "x".repeat(101) }), json!([])] {
        let (status, answer) = meta.put("/__sim/numbers/key", &body).await;
        assert_eq!((status, &answer["success"]), (400, &json!(false)), "{body}");
        assert!(answer["error"].is_string());
    }
    let long = format!("/__sim/numbers/{}", "k".repeat(129));
    assert_eq!(meta.put(&long, &json!({ "display_name": "x" })).await.0, 400);
    assert_eq!(meta.get("/__sim/numbers").await.1["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_customer_writes_to_the_number_that_is_meant() {
    let meta = Meta::start().await;
    let butcher = meta.simulator.register_number("butcher", "Butcher");
    for (body, expected) in [
        (json!({ "from": ANA, "text": "to the latest" }), &butcher),
        (json!({ "from": ANA, "text": "by id", "phone_number_id": meta.number.phone_number_id }), &meta.number),
        (json!({ "phone": ANA, "message": "older names", "to": meta.number.display_phone_number }), &meta.number),
        (json!({ "from": ANA, "text": "by key", "phone_number_id": "butcher", "type": "text" }), &butcher),
    ] {
        let (status, answer) = meta.post("/simulate/send", &body).await;
        assert_eq!((status, &answer["success"]), (200, &json!(true)), "{answer}");
        let last = meta.simulator.phone_messages(ANA).pop().unwrap();
        assert_eq!(
            (&last.id, &last.phone_number_id),
            (&answer["message_id"].as_str().unwrap().to_owned(), &expected.phone_number_id)
        );
    }
}

#[tokio::test]
async fn mistakes_are_explained() {
    let meta = Meta::start().await;
    for (body, status, words) in [
        (json!({ "from": "hello", "text": "x" }), 400, "7 to 15 digits"),
        (json!({ "from": ANA, "text": "  " }), 400, "empty"),
        (json!({ "from": ANA, "text": "x".repeat(4097) }), 400, "4097"),
        (json!({ "from": ANA, "text": "x", "phone_number_id": "999" }), 404, "999"),
        (json!({ "from": ANA, "text": "x", "name": "" }), 400, "name"),
        (json!({ "from": ANA, "text": "x", "type": "image" }), 400, "image"),
        (json!({ "text": "x" }), 400, "from"),
        (json!({ "from": ANA }), 400, "text"),
        (json!("x"), 400, "expected"),
    ] {
        let (got, answer) = meta.post("/simulate/send", &body).await;
        assert_eq!((got, &answer["success"]), (status, &json!(false)), "{body} {answer}");
        assert!(answer["error"].as_str().unwrap().contains(words), "{answer}");
    }
    let plain = meta.client.post(format!("{}/simulate/send", meta.url)).body(r#"{"from":"+5511987654321","text":"x"}"#);
    assert_eq!(answer(plain).await.0, 400, "a foreign page cannot post without asking");
    assert_eq!(meta.get("/__sim/phones/5511987654321").await.0, 404);
    assert_eq!(meta.post("/__sim/phones/5511987654321/read", &json!({})).await.0, 404);
    assert!(meta.receiver.tries().is_empty());

    let empty = charla_simulator::Simulator::start(config("http://127.0.0.1:9/")).await.unwrap();
    let error = empty.customer_writes(ANA, "Ana", "1", "x").unwrap_err();
    assert!(error.to_string().contains("/__sim/numbers"), "{error}");
}

#[tokio::test]
async fn phones_are_listed_and_threads_are_shown() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    meta.simulator.customer_writes("+34600000001", "Bea", &meta.number.phone_number_id, "Buenas").unwrap();
    meta.send_text(ANA, "Yes?").await;
    meta.receiver.at_least(4).await;

    let (_, phones) = meta.get("/__sim/phones").await;
    assert_eq!(phones["total"], 2);
    let names: Vec<_> = phones["data"].as_array().unwrap().iter().map(|phone| phone["name"].clone()).collect();
    assert_eq!(names, ["Ana", "Bea"], "the latest first");
    assert_eq!(phones["data"][0]["unread"], 1);

    let (_, thread) = meta.get("/__sim/phones/5511987654321").await;
    let shown: Vec<_> =
        thread["messages"].as_array().unwrap().iter().map(|m| (&m["author"], &m["text"], &m["status"])).collect();
    assert_eq!(
        shown,
        [
            (&json!("customer"), &json!("Hola"), &json!("delivered")),
            (&json!("business"), &json!("Yes?"), &json!("delivered"))
        ]
    );
    assert_eq!(thread.to_string().matches("\"Yes?\"").count(), 1, "a text stands in a thread once");
    let (_, other) = meta.get("/__sim/phones/5511987654321?number=1").await;
    assert_eq!(other["messages"], json!([]));
}

#[tokio::test]
async fn changes_are_streamed() {
    let meta = Meta::start().await;
    let answer = meta.client.get(format!("{}/__sim/events", meta.url)).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let mut stream = answer.bytes_stream();
    meta.ana_has_written().await;
    let mut seen = String::new();
    while !seen.contains("\"status\":\"delivered\"") {
        seen.push_str(std::str::from_utf8(&stream.next().await.unwrap().unwrap()).unwrap());
    }
    assert!(seen.contains("\"type\":\"message\"") && seen.contains("\"phone\":\"5511987654321\""), "{seen}");
    // A stopped simulator ends the stream, or the listener could not stop gracefully.
    meta.simulator.shutdown().await;
    while let Some(chunk) = stream.next().await {
        chunk.unwrap();
    }
}

#[tokio::test]
async fn nonsense_in_the_configuration_is_refused() {
    for (url, secret) in [("not a url", "s"), ("ftp://example.com/", "s"), ("http://127.0.0.1/", "")] {
        let mut wrong = config(url);
        wrong.app_secret = secret.into();
        assert!(charla_simulator::Simulator::start(wrong).await.is_err(), "{url}");
    }
    let shown = format!("{:?}", config("http://127.0.0.1/"));
    assert!(!shown.contains("secret") && !shown.contains("token"), "{shown}");
}
