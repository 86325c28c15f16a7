//! Files in both directions.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::kit::{ANA, Meta, answer, eventually};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and so on";

async fn upload(meta: &Meta, bytes: Vec<u8>, kind: &str) -> (u16, Value) {
    let part = Part::bytes(bytes).file_name("photo.png").mime_str(kind).unwrap();
    let form = Form::new().text("messaging_product", "whatsapp").text("type", kind.to_owned()).part("file", part);
    let url = format!("{}/v24.0/{}/media", meta.url, meta.number.phone_number_id);
    answer(meta.client.post(url).bearer_auth(&meta.number.access_token).multipart(form)).await
}

#[tokio::test]
async fn an_upload_can_be_looked_at_downloaded_sent_and_deleted() {
    let meta = Meta::start().await;
    meta.ana_has_written().await;
    let (status, uploaded) = upload(&meta, PNG.to_vec(), "image/png").await;
    assert_eq!(status, 200, "{uploaded}");
    let id = uploaded["id"].as_str().unwrap();
    let (_, file) = meta.get(&format!("/v24.0/{id}")).await;
    assert_eq!(
        (&file["mime_type"], &file["file_size"], &file["id"]),
        (&json!("image/png"), &json!(PNG.len()), &json!(id))
    );
    assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    let url = file["url"].as_str().unwrap();
    let with_token = meta.client.get(url).bearer_auth(&meta.number.access_token).send().await.unwrap();
    assert_eq!(with_token.headers()["content-type"], "image/png");
    assert_eq!(with_token.bytes().await.unwrap(), PNG);
    assert_eq!(meta.client.get(url).send().await.unwrap().status(), 401, "an address alone is not enough");
    let other = meta.simulator.register_number("butcher", "Butcher");
    assert_eq!(meta.client.get(url).bearer_auth(&other.access_token).send().await.unwrap().status(), 404);
    let forged = url.replace("ext=", "ext=9");
    assert_eq!(meta.client.get(forged).bearer_auth(&meta.number.access_token).send().await.unwrap().status(), 404);

    let image = |id: &str| json!({ "messaging_product": "whatsapp", "to": ANA, "type": "image", "image": { "id": id, "caption": "Bread" } });
    assert_eq!(meta.send(&image(id)).await.0, 200);
    eventually(|| (meta.receiver.statuses() == ["sent", "delivered"]).then_some(())).await;
    let shown = meta.simulator.phone_messages(ANA).pop().unwrap();
    assert_eq!((shown.text.as_str(), shown.media.as_deref()), ("Photo: Bread", Some(id)));

    let removed = meta.client.delete(format!("{}/v24.0/{id}", meta.url)).bearer_auth(&meta.number.access_token);
    assert_eq!(answer(removed).await, (200, json!({ "success": true })));
    let (status, gone) = meta.get(&format!("/v24.0/{id}")).await;
    assert_eq!((status, &gone["error"]["code"]), (400, &json!(100)));
    // A file that is not there is found out later.
    assert_eq!(meta.send(&image(id)).await.0, 200);
    eventually(|| (meta.receiver.statuses().last().unwrap() == "failed").then_some(())).await;
    assert_eq!(meta.receiver.values().last().unwrap()["statuses"][0]["errors"][0]["code"], 131_053);
}

#[tokio::test]
async fn an_upload_has_a_type_and_a_size() {
    let meta = Meta::start().await;
    let (status, body) = upload(&meta, PNG.to_vec(), "image/gif").await;
    assert_eq!((status, &body["error"]["code"]), (400, &json!(100)));
    let (status, body) = upload(&meta, vec![0; 5 * 1024 * 1024 + 1], "image/png").await;
    assert_eq!((status, &body["error"]["code"]), (400, &json!(131_053)));
    let form = Form::new().text("messaging_product", "whatsapp");
    let url = format!("{}/v24.0/{}/media", meta.url, meta.number.phone_number_id);
    let (status, body) = answer(meta.client.post(url).bearer_auth(&meta.number.access_token).multipart(form)).await;
    assert_eq!((status, &body["error"]["code"]), (400, &json!(100)));
}

#[tokio::test]
async fn customers_send_files() {
    let meta = Meta::start().await;
    for (kind, mime_type, filename, caption, shown) in [
        ("image", "image/png", None, Some("Is this yours?"), "Photo: Is this yours?"),
        ("document", "application/pdf", Some("order.pdf"), None, "Document: order.pdf"),
        ("audio", "audio/ogg; codecs=opus", None, None, "Audio"),
    ] {
        let before = meta.receiver.values().len();
        let body = json!({
            "from": ANA, "name": "Ana",
            "media": {
                "type": kind, "mime_type": mime_type, "base64": BASE64_STANDARD.encode(PNG), "filename": filename,
                "caption": caption,
            },
        });
        let (status, sent) = meta.post("/simulate/send", &body).await;
        assert_eq!(status, 200, "{sent}");
        let value = meta.receiver.at_least(before + 1).await.remove(before);
        let message = &value["messages"][0];
        assert_eq!((&message["type"], &message[kind]["mime_type"]), (&json!(kind), &json!(mime_type)));
        assert_eq!(message[kind]["caption"], json!(caption));
        assert_eq!(message[kind]["filename"], json!(filename));
        assert_eq!(BASE64_STANDARD.decode(message[kind]["sha256"].as_str().unwrap()).unwrap().len(), 32);
        let (status, file) = meta.get(&format!("/v24.0/{}", message[kind]["id"].as_str().unwrap())).await;
        assert_eq!((status, &file["file_size"]), (200, &json!(PNG.len())));
        assert_eq!(meta.simulator.phone_messages(ANA).pop().unwrap().text, shown);
    }
    for (media, words) in [
        (json!({ "type": "gif", "mime_type": "image/gif", "base64": "AAAA" }), "gif"),
        (json!({ "type": "image", "mime_type": "text/html", "base64": "AAAA" }), "text/html"),
        (json!({ "type": "image", "mime_type": "image/png", "base64": "?" }), "base64"),
        (json!({ "type": "image", "mime_type": "image/png", "base64": "" }), "empty"),
    ] {
        let (status, body) = meta.post("/simulate/send", &json!({ "from": ANA, "media": media })).await;
        assert_eq!(status, 400);
        assert!(body["error"].as_str().unwrap().contains(words), "{body}");
    }
}
