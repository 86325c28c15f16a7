//! The client: one access token's view of the Graph API.

use std::sync::Arc;

use http::Method;
use secrecy::SecretString;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    message::OutgoingMessage,
    outcome::SendFailure,
    transport::{HttpRequest, HttpResponse, HttpTransport},
};

/// Speaks for whatever the token may speak for. Cheap to clone.
#[derive(Clone)]
pub struct GraphClient {
    transport: Arc<dyn HttpTransport>,
    base: String,
    token: SecretString,
}

impl std::fmt::Debug for GraphClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GraphClient").field("base", &self.base).finish_non_exhaustive()
    }
}

/// Meta took a message: accepted, not yet delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Meta's id of it.
    pub message_id: String,
    /// The number it went to, which may differ from the one asked for (Brazil, Mexico).
    pub wa_id: Option<String>,
    /// The user id it went to.
    pub user_id: Option<String>,
}

/// A phone number as its account sees it (§10.1). Values are Meta's words; unknown ones are kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PhoneNumber {
    /// Meta's id of it.
    #[serde(deserialize_with = "lenient_text")]
    pub id: String,
    /// As written for people.
    #[serde(default)]
    pub display_phone_number: String,
    /// The checked name of the business.
    #[serde(default)]
    pub verified_name: String,
    /// GREEN, YELLOW, RED, UNKNOWN.
    #[serde(default)]
    pub quality_rating: Option<String>,
    /// CONNECTED, FLAGGED, BANNED …
    #[serde(default)]
    pub status: Option<String>,
    /// CLOUD_API, ON_PREMISE …
    #[serde(default)]
    pub platform_type: Option<String>,
}

/// A WhatsApp business account (§10.3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BusinessAccount {
    /// Meta's id of it.
    #[serde(deserialize_with = "lenient_text")]
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its currency, ISO 4217.
    #[serde(default)]
    pub currency: Option<String>,
}

/// Where a file can be fetched, for five minutes and with the token (§3).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MediaUrl {
    /// The address.
    pub url: String,
    /// The media type.
    #[serde(default)]
    pub mime_type: String,
    /// Its SHA-256: hexadecimal here, base64 in webhooks.
    #[serde(default)]
    pub sha256: String,
}

/// Ids come as numbers and as strings.
fn lenient_text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(serde::de::Error::custom(format!("not an id: {other}"))),
    }
}

/// Fields asked for; Graph gives only an id and a name otherwise.
const PHONE_FIELDS: &str = "id,display_phone_number,verified_name,quality_rating,status,platform_type";

impl GraphClient {
    /// A client for this address (`https://graph.facebook.com`), version (`v24.0`) and token.
    #[must_use]
    pub fn new(transport: Arc<dyn HttpTransport>, base_url: &str, version: &str, token: SecretString) -> Self {
        Self { transport, base: format!("{}/{version}", base_url.trim_end_matches('/')), token }
    }

    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, SendFailure> {
        let request = HttpRequest { token: Some(self.token.clone()), ..request };
        let answer = self.transport.send(request).await.map_err(|error| SendFailure::of_transport(&error))?;
        if answer.status == 200 { Ok(answer) } else { Err(SendFailure::of_answer(&answer)) }
    }

    async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, SendFailure> {
        let answer = self.call(HttpRequest::get(format!("{}/{path}", self.base))).await?;
        serde_json::from_slice(&answer.body).map_err(|_| SendFailure::of_answer(&answer))
    }

    async fn post(&self, path: &str, body: &impl Serialize) -> Result<HttpResponse, SendFailure> {
        self.call(HttpRequest::json(Method::POST, format!("{}/{path}", self.base), body)).await
    }

    async fn succeed(&self, request: HttpRequest) -> Result<(), SendFailure> {
        let answer = self.call(request).await?;
        let value: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        if value.get("success").and_then(Value::as_bool) == Some(true) {
            Ok(())
        } else {
            Err(SendFailure::of_answer(&answer))
        }
    }

    /// Sends a message. There is no idempotency key (§1.8): a failure with `Outcome::Unknown` may have been sent.
    pub async fn send_message(
        &self,
        phone_number_id: &str,
        message: &OutgoingMessage,
    ) -> Result<Accepted, SendFailure> {
        let answer = self.post(&format!("{phone_number_id}/messages"), message).await?;
        let value: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match text(&value["messages"][0]["id"]).filter(|id| !id.is_empty()) {
            Some(message_id) => Ok(Accepted {
                message_id,
                wa_id: text(&value["contacts"][0]["wa_id"]),
                user_id: text(&value["contacts"][0]["user_id"]),
            }),
            None => Err(SendFailure::of_answer(&answer)),
        }
    }

    /// Marks a customer's message and all before it as read; with `typing`, shows that an answer is being written, for
    /// 25 seconds or until it comes (§1.3).
    pub async fn mark_as_read(&self, phone_number_id: &str, message_id: &str, typing: bool) -> Result<(), SendFailure> {
        let mut body = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": message_id });
        if typing {
            body["typing_indicator"] = json!({ "type": "text" });
        }
        let url = format!("{}/{phone_number_id}/messages", self.base);
        self.succeed(HttpRequest::json(Method::POST, url, &body)).await
    }

    /// A number's data.
    pub async fn phone_number(&self, phone_number_id: &str) -> Result<PhoneNumber, SendFailure> {
        self.read(&format!("{phone_number_id}?fields={PHONE_FIELDS}")).await
    }

    /// An account's data.
    pub async fn business_account(&self, id: &str) -> Result<BusinessAccount, SendFailure> {
        self.read(&format!("{id}?fields=id,name,currency")).await
    }

    /// The numbers of an account, the first thousand.
    pub async fn phone_numbers(&self, business_account_id: &str) -> Result<Vec<PhoneNumber>, SendFailure> {
        #[derive(Deserialize)]
        struct Page {
            data: Vec<PhoneNumber>,
            #[serde(default)]
            paging: Value,
        }
        let path = format!("{business_account_id}/phone_numbers?limit=100&fields={PHONE_FIELDS}");
        let mut page: Page = self.read(&path).await?;
        let mut numbers = std::mem::take(&mut page.data);
        for _ in 1..10 {
            // `next` is there only when something follows, and holds the token: the cursor beside it is used instead.
            let after = page.paging["cursors"]["after"].as_str().filter(|_| page.paging.get("next").is_some());
            let Some(after) = after else { break };
            // Cursors are base64url; anything else would be a parameter of its own.
            let after: String = after.chars().filter(|c| c.is_ascii_alphanumeric() || "-_=".contains(*c)).collect();
            page = self.read(&format!("{path}&after={after}")).await?;
            numbers.append(&mut page.data);
        }
        Ok(numbers)
    }

    /// Subscribes our app to an account's webhooks; without it nothing arrives (§4.1).
    pub async fn subscribe(&self, business_account_id: &str) -> Result<(), SendFailure> {
        let url = format!("{}/{business_account_id}/subscribed_apps", self.base);
        self.succeed(HttpRequest::json(Method::POST, url, &json!({}))).await
    }

    /// Uploads a file; gives its id, good for 30 days (§3).
    pub async fn upload(&self, phone_number_id: &str, file: Upload) -> Result<String, SendFailure> {
        let (content_type, body) = file.multipart();
        let url = format!("{}/{phone_number_id}/media", self.base);
        let answer = self
            .call(HttpRequest { content_type, body: body.into(), method: Method::POST, ..HttpRequest::get(url) })
            .await?;
        let value: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        value["id"].as_str().map(str::to_owned).ok_or_else(|| SendFailure::of_answer(&answer))
    }

    /// Where a file can be fetched.
    pub async fn media(&self, media_id: &str) -> Result<MediaUrl, SendFailure> {
        self.read(media_id).await
    }

    /// Fetches a file from where [`GraphClient::media`] or a webhook says it is. At most what the transport reads.
    pub async fn download(&self, url: &str) -> Result<bytes::Bytes, SendFailure> {
        Ok(self.call(HttpRequest::get(url)).await?.body)
    }

    /// Deletes an uploaded file.
    pub async fn delete_media(&self, media_id: &str) -> Result<(), SendFailure> {
        let url = format!("{}/{media_id}", self.base);
        self.succeed(HttpRequest { method: Method::DELETE, ..HttpRequest::get(url) }).await
    }
}

/// A file to upload.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name.
    pub filename: String,
    /// Its media type, one of those Meta takes.
    pub mime_type: String,
    /// Its bytes.
    pub bytes: bytes::Bytes,
}

impl Upload {
    /// The body of the request. The boundary is fixed and long; a file that held it would be refused by Meta, not misread
    /// by us.
    fn multipart(&self) -> (&'static str, Vec<u8>) {
        const BOUNDARY: &str = "charla-5f1e0b7c9d2a4e6f8b3c7a1d0e9f2b4c";
        let clean =
            |text: &str| text.chars().filter(|c| !c.is_control() && *c != '"' && *c != '\\').collect::<String>();
        let mut body = Vec::with_capacity(self.bytes.len() + 512);
        for (name, value) in [("messaging_product", "whatsapp".to_owned()), ("type", clean(&self.mime_type))] {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
            clean(&self.filename),
            clean(&self.mime_type)
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&self.bytes);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        ("multipart/form-data; boundary=charla-5f1e0b7c9d2a4e6f8b3c7a1d0e9f2b4c", body)
    }
}
