//! Which messages are taken and which are refused, with which number.

use serde_json::{Value, json};

use crate::kit::{ANA, Meta};

/// A message of a type with this content.
fn message(kind: &str, content: &Value) -> Value {
    json!({ "messaging_product": "whatsapp", "to": ANA, "type": kind, kind: content })
}

fn interactive(kind: &str, action: &Value) -> Value {
    message("interactive", &json!({ "type": kind, "body": { "text": "Choose" }, "action": action }))
}

fn buttons(titles: &[&str]) -> Value {
    let buttons: Vec<_> =
        titles.iter().map(|title| json!({ "type": "reply", "reply": { "id": title, "title": title } })).collect();
    interactive("button", &json!({ "buttons": buttons }))
}

fn list(sections: &[(&str, usize)]) -> Value {
    let section = |(n, (title, rows)): (usize, &(&str, usize))| {
        let rows: Vec<_> =
            (0..*rows).map(|row| json!({ "id": format!("{n}-{row}"), "title": format!("Row {row}") })).collect();
        json!({ "title": title, "rows": rows })
    };
    let sections: Vec<_> = sections.iter().enumerate().map(section).collect();
    interactive("list", &json!({ "button": "Open", "sections": sections }))
}

/// The message with something else at a place (`/text/body`); `null` takes it away.
fn with(mut message: Value, place: &str, value: Value) -> Value {
    let (parent, key) = place.rsplit_once('/').unwrap();
    let parent = message.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    if value.is_null() {
        parent.remove(key)
    } else {
        parent.insert(key.to_owned(), value)
    };
    message
}

fn text() -> Value {
    message("text", &json!({ "body": "Hello" }))
}

#[tokio::test]
async fn well_formed_messages_of_every_type_are_taken() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    let link = json!({ "link": "https://example.com/a.jpg" });
    let contact = json!([{ "name": { "formatted_name": "Bea Sol", "first_name": "Bea" }, "phones": [{ "phone": "+34600000001" }] }]);
    for (message, shown) in [
        (with(text(), "/type", Value::Null), "Hello"),
        (with(text(), "/text/body", "x".repeat(4096).into()), "xxx"),
        (with(text(), "/text/body", "ñ".repeat(4096).into()), "ñññ"),
        (with(text(), "/recipient_type", "individual".into()), "Hello"),
        (with(text(), "/context", json!({ "message_id": "wamid.unknown" })), "Hello"),
        (with(text(), "/to", "+55 (11) 98765-4321".into()), "Hello"),
        (message("image", &with(link.clone(), "/caption", "Cake".into())), "Photo: Cake"),
        (message("video", &json!({ "id": "123" })), "Video"),
        (message("audio", &json!({ "id": "123", "voice": true })), "Audio"),
        (message("document", &json!({ "id": "123", "filename": "a.pdf", "caption": "Bill" })), "Document: a.pdf: Bill"),
        (message("sticker", &link), "Sticker"),
        (message("location", &json!({ "latitude": "-23.5", "longitude": -46.6, "name": "Shop" })), "Location: Shop"),
        (message("contacts", &contact), "Contact: Bea Sol"),
        (buttons(&["Yes", "No", "Later"]), "Choose\n[Yes]\n[No]\n[Later]"),
        (list(&[("A", 5), ("B", 5)]), "Choose\n[Open]\n- Row 0"),
        (list(&[("", 10)]), "Choose\n[Open]\n- Row 0"),
        (interactive("location_request_message", &json!({ "name": "send_location" })), "Choose"),
        (
            interactive(
                "cta_url",
                &json!({ "name": "cta_url", "parameters": { "display_text": "Go", "url": "https://example.com" } }),
            ),
            "Choose\n[Go] https://example.com",
        ),
        (
            interactive(
                "flow",
                &json!({ "name": "flow", "parameters": {
                "flow_message_version": "3", "flow_id": "1", "flow_cta": "Begin", "flow_action": "navigate",
                "flow_action_payload": { "screen": "FIRST" } } }),
            ),
            "Choose\n[Begin]",
        ),
        (interactive("product", &json!({ "catalog_id": "1", "product_retailer_id": "2" })), "Choose"),
        (message("template", &json!({ "name": "hello_world", "language": { "code": "en_US" } })), "Hello World"),
    ] {
        let (status, body) = meta.send(&message).await;
        assert_eq!(status, 200, "{message} {body}");
        let last = meta.simulator.phone_messages(ANA).pop().unwrap();
        assert!(last.text.starts_with(shown), "{} is not {shown}", last.text);
    }
}

#[tokio::test]
async fn malformed_messages_are_refused_with_metas_numbers() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    let long = |count: usize| Value::from("x".repeat(count));
    let four = buttons(&["1", "2", "3", "4"]);
    let carousel = |cards: Value| interactive("carousel", &json!({ "cards": cards }));
    let own = meta.number.display_phone_number.clone();
    let cases = [
        // The frame.
        (with(text(), "/messaging_product", Value::Null), 100),
        (with(text(), "/messaging_product", "messenger".into()), 100),
        (with(text(), "/to", Value::Null), 131_008),
        (with(text(), "/to", "abc".into()), 131_009),
        (with(text(), "/to", "12345".into()), 131_009),
        (with(text(), "/to", json!(["5511987654321"])), 100),
        (with(text(), "/to", own.into()), 131_021),
        (with(with(text(), "/to", Value::Null), "/recipient", "5511987654321".into()), 131_009),
        (with(text(), "/recipient_type", "group".into()), 131_041),
        (with(text(), "/recipient_type", "crowd".into()), 100),
        (with(text(), "/type", "telegram".into()), 131_051),
        (with(text(), "/type", json!(1)), 100),
        (with(text(), "/type", "image".into()), 131_008),
        (with(text(), "/biz_opaque_callback_data", long(513)), 100),
        (with(text(), "/biz_opaque_callback_data", json!({})), 100),
        (with(text(), "/context", json!({})), 131_008),
        (with(text(), "/context", "wamid.x".into()), 100),
        (json!({ "messaging_product": "whatsapp", "status": "unread", "message_id": "wamid.x" }), 100),
        (json!({ "messaging_product": "whatsapp", "status": "read" }), 131_008),
        // Text.
        (with(text(), "/text", Value::Null), 131_008),
        (with(text(), "/text", "Hello".into()), 100),
        (with(text(), "/text/body", Value::Null), 131_008),
        (with(text(), "/text/body", "".into()), 100),
        (with(text(), "/text/body", " \n".into()), 100),
        (with(text(), "/text/body", json!(5)), 100),
        (with(text(), "/text/body", long(4097)), 100),
        (with(text(), "/text/preview_url", "yes".into()), 100),
        // Media and the rest.
        (message("image", &json!({})), 100),
        (message("image", &json!({ "id": "1", "link": "https://example.com/a.jpg" })), 100),
        (message("image", &json!({ "link": "file:///etc/passwd" })), 100),
        (message("image", &json!({ "id": "1", "caption": "x".repeat(1025) })), 100),
        (message("audio", &json!({ "id": "1", "caption": "no" })), 100),
        (message("location", &json!({ "latitude": 1 })), 131_008),
        (message("location", &json!({ "latitude": 91, "longitude": 0 })), 100),
        (message("location", &json!({ "latitude": "north", "longitude": 0 })), 100),
        (message("contacts", &json!([])), 100),
        (message("contacts", &json!([{ "name": { "formatted_name": "Bea" } }])), 100),
        (message("contacts", &json!([{ "phones": [] }])), 131_008),
        (message("reaction", &json!({ "emoji": "👍" })), 131_008),
        (
            with(
                message("reaction", &json!({ "message_id": "wamid.x", "emoji": "👍" })),
                "/context",
                json!({ "message_id": "x" }),
            ),
            131_009,
        ),
        (message("pin", &json!({ "type": "pin", "message_id": "wamid.x", "expiration_days": 7 })), 131_009),
        // Buttons and lists.
        (four, 131_009),
        (buttons(&[]), 131_009),
        (buttons(&["Yes", "Yes"]), 131_009),
        (buttons(&["a title that is too long"]), 131_009),
        (with(buttons(&["Yes"]), "/interactive/body", Value::Null), 131_008),
        (with(buttons(&["Yes"]), "/interactive/body/text", long(1025)), 131_009),
        (with(buttons(&["Yes"]), "/interactive/footer", json!({ "text": "x".repeat(61) })), 131_009),
        (with(buttons(&["Yes"]), "/interactive/header", json!({ "type": "text", "text": "x".repeat(61) })), 131_009),
        (with(buttons(&["Yes"]), "/interactive/header", json!({ "type": "image", "image": {} })), 131_009),
        (with(buttons(&["Yes"]), "/interactive/type", "wheel".into()), 131_009),
        (with(buttons(&["Yes"]), "/interactive/action", Value::Null), 131_008),
        (list(&[("A", 6), ("B", 5)]), 131_009),
        (list(&[("A", 11)]), 131_009),
        (list(&[("A", 1), ("", 1)]), 131_008),
        (list(&[]), 131_009),
        (with(list(&[("A", 1)]), "/interactive/action/button", long(21)), 131_009),
        (with(list(&[("A", 1)]), "/interactive/header", json!({ "type": "image", "image": { "id": "1" } })), 131_009),
        (
            interactive(
                "cta_url",
                &json!({ "name": "cta_url", "parameters": { "display_text": "Go", "url": "javascript:x" } }),
            ),
            131_009,
        ),
        (
            interactive(
                "flow",
                &json!({ "name": "flow", "parameters": { "flow_message_version": "3", "flow_cta": "Go" } }),
            ),
            131_009,
        ),
        (carousel(json!([{ "card_index": 0 }])), 131_009),
        (interactive("location_request_message", &json!({ "name": "flow" })), 131_009),
        // Templates.
        (message("template", &json!({ "name": "hello_world" })), 131_008),
        (message("template", &json!({ "language": { "code": "en_US" } })), 131_008),
        (
            message(
                "template",
                &json!({ "name": "hello_world", "language": { "code": "en_US" },
            "components": [{ "type": "body", "parameters": [{ "type": "text", "text": "Ana" }] }] }),
            ),
            132_000,
        ),
    ];
    for (message, code) in cases {
        let (status, body) = meta.send(&message).await;
        assert_eq!((status, &body["error"]["code"]), (400, &json!(code)), "{message} {body}");
        let error = &body["error"];
        assert!(error["message"].as_str().unwrap().starts_with(&format!("(#{code}) ")), "{body}");
        if code != 100 {
            assert_eq!(error["error_data"]["messaging_product"], "whatsapp");
            assert!(error["error_data"]["details"].as_str().is_some_and(|details| details.len() > 10), "{body}");
        }
    }
    assert_eq!(meta.simulator.phone_messages(ANA).len(), 1, "nothing of this reached the phone");
}

#[tokio::test]
async fn unknown_templates_are_not_found() {
    let meta = Meta::start().await;
    for (name, language) in [("welcome_offer", "en_US"), ("hello_world", "de")] {
        let (status, body) =
            meta.send(&message("template", &json!({ "name": name, "language": { "code": language } }))).await;
        assert_eq!((status, &body["error"]["code"]), (404, &json!(132_001)));
        let details = body["error"]["error_data"]["details"].as_str().unwrap();
        assert!(details.contains(name) && details.contains(language), "{details}");
    }
}

#[tokio::test]
async fn what_is_not_json_is_refused_too() {
    let meta = Meta::start().await;
    let url = format!("{}/v24.0/{}/messages", meta.url, meta.number.phone_number_id);
    let deep = "[".repeat(100_000);
    for body in ["", "{", "[]", "null", "\"text\"", "\u{0}", deep.as_str()] {
        let request =
            meta.client.post(&url).bearer_auth(&meta.number.access_token).header("content-type", "application/json");
        let (status, answer) = crate::kit::answer(request.body(body.to_owned())).await;
        assert_eq!((status, &answer["error"]["code"]), (400, &json!(100)), "{}", &body[..body.len().min(20)]);
    }
    let huge = meta.client.post(&url).bearer_auth(&meta.number.access_token).body("x".repeat(3_000_000));
    assert_eq!(crate::kit::answer(huge).await.0, 400);
}
