//! Webhooks as Meta signs them, made by the test itself where the simulator would be too well behaved.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{APP_SECRET, Tenant};

/// Posts deliveries to one address.
#[derive(Clone)]
pub struct Poster {
    client: reqwest::Client,
    url: String,
}

impl Poster {
    pub fn new(charla: &str) -> Self {
        let client = reqwest::Client::builder().timeout(Duration::from_secs(15)).build().unwrap();
        Self { client, url: format!("{charla}/webhooks/meta") }
    }

    /// Posts one; none when no answer came.
    pub async fn post(&self, body: &[u8]) -> Option<u16> {
        let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).unwrap();
        mac.update(body);
        let signature = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
        let request = self.client.post(&self.url).header("x-hub-signature-256", signature).body(body.to_vec());
        request.send().await.ok().map(|answer| answer.status().as_u16())
    }

    /// Posts it again and again until it is taken, as Meta does; for at most a minute.
    pub async fn deliver(&self, body: &[u8]) {
        for _ in 0..600 {
            if self.post(body).await == Some(200) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("a delivery was not taken within a minute");
    }
}

/// A delivery for a workspace's number.
pub fn delivery(to: &Tenant, contacts: &[Value], messages: &[Value], statuses: &[Value]) -> Vec<u8> {
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "15550000001", "phone_number_id": to.number },
    });
    for (name, items) in [("contacts", contacts), ("messages", messages), ("statuses", statuses)] {
        if !items.is_empty() {
            value[name] = items.into();
        }
    }
    let change = json!({ "field": "messages", "value": value });
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": to.account, "changes": [change] }] })
        .to_string()
        .into_bytes()
}

/// Who writes.
pub fn contact(phone: &str, name: &str) -> Value {
    json!({ "profile": { "name": name }, "wa_id": phone })
}

/// A text of a customer, written now.
pub fn text(phone: &str, wamid: &str, body: &str) -> Value {
    text_at(phone, wamid, body, jiff::Timestamp::now().as_second())
}

/// A text of a customer, written then (seconds since 1970).
pub fn text_at(phone: &str, wamid: &str, body: &str, at: i64) -> Value {
    json!({ "from": phone, "id": wamid, "timestamp": at.to_string(), "type": "text", "text": { "body": body } })
}

/// A status of a message of ours.
pub fn status(phone: &str, wamid: &str, callback_data: &str, name: &str) -> Value {
    let mut status = json!({
        "id": wamid, "status": name, "timestamp": jiff::Timestamp::now().as_second().to_string(), "recipient_id": phone,
        "biz_opaque_callback_data": callback_data,
    });
    if name == "failed" {
        status["errors"] =
            json!([{ "code": 131_026, "title": "Message undeliverable", "message": "Message undeliverable" }]);
    }
    status
}

/// One text in a delivery of its own.
pub fn one_text(to: &Tenant, phone: &str, wamid: &str, body: &str) -> Vec<u8> {
    delivery(to, &[contact(phone, "Ana")], &[text(phone, wamid, body)], &[])
}
