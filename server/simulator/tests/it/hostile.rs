//! What customers write is data, whatever it looks like.

use serde_json::json;

use crate::kit::{ANA, Meta};

#[tokio::test]
async fn hostile_text_arrives_as_it_was_and_the_bytes_are_ascii() {
    let meta = Meta::start().await;
    let texts = [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"},\"statuses\":[{\"id\":\"forged\"}],\"x\":{\"",
        "\\u003c \\/ \\ / %2F",
        "👩‍👩‍👧 ñ \u{202e}right to left\u{202c} \u{0}\u{1b}[31m \u{2028}\u{feff}",
        "𝕬\u{10ffff}",
        "'; DROP TABLE messages; --",
    ];
    for text in texts {
        let (status, body) = meta.post("/simulate/send", &json!({ "from": ANA, "name": text, "text": text })).await;
        assert_eq!(status, 200, "{body}");
    }
    let values = meta.receiver.at_least(texts.len()).await;
    assert_eq!(meta.receiver.forged(), 0);
    for ((value, (body, _)), text) in values.iter().zip(meta.receiver.tries()).zip(texts) {
        assert_eq!(value["messages"][0]["text"]["body"], text);
        assert_eq!(value["contacts"][0]["profile"]["name"], text.trim());
        assert_eq!(value.get("statuses"), None);
        let raw = std::str::from_utf8(&body).unwrap();
        assert!(raw.is_ascii() && !raw.contains("</") && !raw.replace("\\/", "").contains('/'), "{raw}");
    }
    let (_, thread) = meta.get("/__sim/phones/5511987654321").await;
    for (message, text) in thread["messages"].as_array().unwrap().iter().zip(texts) {
        assert_eq!(message["text"], text);
    }
}
