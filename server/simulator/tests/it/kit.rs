//! A simulator, the server its webhooks go to, and a client with a token.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use charla_simulator::{Number, Retry, Simulator, SimulatorConfig, Timing};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::net::TcpListener;

pub const APP_SECRET: &str = "the app secret of the tests";
pub const VERIFY_TOKEN: &str = "the verify token of the tests";
/// A customer to whom nothing special happens.
pub const ANA: &str = "+5511987654321";

/// The server: keeps every body whose signature is right, and answers as it was told.
#[derive(Clone, Default)]
pub struct Receiver {
    inner: Arc<Mutex<Received>>,
}

#[derive(Default)]
struct Received {
    /// Raw bodies, and the answer that each got.
    bodies: Vec<(Bytes, StatusCode)>,
    forged: usize,
    /// Answers to come; after them, 200.
    answers: VecDeque<StatusCode>,
    /// How long each takes.
    takes: Duration,
}

impl Receiver {
    /// Starts listening; gives the URL for webhooks.
    pub async fn listen(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/webhooks/meta", listener.local_addr().unwrap());
        let app = Router::new().route("/webhooks/meta", post(receive).get(challenge)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        url
    }

    /// The next deliveries are answered so.
    pub fn will_answer(&self, answers: &[u16]) {
        let answers = answers.iter().map(|status| StatusCode::from_u16(*status).unwrap());
        self.inner.lock().unwrap().answers.extend(answers);
    }

    /// Every delivery is answered so late.
    pub fn will_take(&self, time: Duration) {
        self.inner.lock().unwrap().takes = time;
    }

    /// Every try, with the answer it got.
    pub fn tries(&self) -> Vec<(Bytes, u16)> {
        self.inner.lock().unwrap().bodies.iter().map(|(body, status)| (body.clone(), status.as_u16())).collect()
    }

    /// Deliveries whose signature was wrong.
    pub fn forged(&self) -> usize {
        self.inner.lock().unwrap().forged
    }

    /// The `value` of every change that was taken, in order of arrival.
    pub fn values(&self) -> Vec<Value> {
        let taken = self.tries().into_iter().filter(|(_, status)| *status == 200);
        taken
            .flat_map(|(body, _)| {
                let delivery: Value = serde_json::from_slice(&body).unwrap();
                let changes = delivery["entry"][0]["changes"].as_array().unwrap().clone();
                changes.into_iter().map(|change| change["value"].clone())
            })
            .collect()
    }

    /// The texts that customers wrote, in order of arrival, as often as they came.
    pub fn texts(&self) -> Vec<String> {
        let values = self.values();
        let messages = values.iter().flat_map(|value| value["messages"].as_array().cloned().unwrap_or_default());
        messages.map(|message| message["text"]["body"].as_str().unwrap().to_owned()).collect()
    }

    /// The statuses so far, by name.
    pub fn statuses(&self) -> Vec<String> {
        let values = self.values();
        let statuses = values.iter().flat_map(|value| value["statuses"].as_array().cloned().unwrap_or_default());
        statuses.map(|status| status["status"].as_str().unwrap().to_owned()).collect()
    }

    /// Waits for so many accepted deliveries, and gives them all.
    pub async fn at_least(&self, count: usize) -> Vec<Value> {
        eventually(|| Some(self.values()).filter(|values| values.len() >= count)).await
    }
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let takes = receiver.inner.lock().unwrap().takes;
    if !takes.is_zero() {
        tokio::time::sleep(takes).await;
    }
    let mut received = receiver.inner.lock().unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).unwrap();
    mac.update(&body);
    let given = headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let given = given.strip_prefix("sha256=").and_then(|hex| hex::decode(hex).ok()).unwrap_or_default();
    if mac.verify_slice(&given).is_err() || headers.get("content-type").is_none_or(|kind| kind != "application/json") {
        received.forged += 1;
        return StatusCode::UNAUTHORIZED;
    }
    let answer = received.answers.pop_front().unwrap_or(StatusCode::OK);
    received.bodies.push((body, answer));
    answer
}

async fn challenge(Query(query): Query<Vec<(String, String)>>) -> (StatusCode, String) {
    let get =
        |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default();
    if get("hub.mode") == "subscribe" && get("hub.verify_token") == VERIFY_TOKEN {
        (StatusCode::OK, get("hub.challenge"))
    } else {
        (StatusCode::FORBIDDEN, String::new())
    }
}

/// A simulator at an address of its own, and a business number.
pub struct Meta {
    pub simulator: Simulator,
    pub url: String,
    pub receiver: Receiver,
    pub number: Number,
    pub client: reqwest::Client,
}

/// Quick statuses and quick retries; one delivery at a time with one update in it, so that their order is the order in
/// which things happened.
pub fn config(webhook_url: &str) -> SimulatorConfig {
    SimulatorConfig {
        webhook_url: webhook_url.to_owned(),
        app_secret: APP_SECRET.to_owned(),
        verify_token: VERIFY_TOKEN.to_owned(),
        state_file: None,
        timing: Timing {
            sent: Duration::from_millis(10),
            delivered: Duration::from_millis(30),
            retry: Retry { first: Duration::from_millis(20), max: Duration::from_millis(20), ..Retry::default() },
            ..Timing::default()
        },
        webhook_parallel: 1,
        webhook_batch: 1,
    }
}

impl Meta {
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    pub async fn start_with(change: impl FnOnce(&mut SimulatorConfig)) -> Self {
        let receiver = Receiver::default();
        let mut config = config(&receiver.listen().await);
        change(&mut config);
        let simulator = Simulator::start(config).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = simulator.router();
        tokio::spawn(async move { axum::serve(listener, app).await });
        let number = simulator.register_number("bakery", "Bakery");
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
        Self { simulator, url, receiver, number, client }
    }

    /// Opens the 24-hour window, and waits until the business knows.
    pub async fn ana_has_written(&self) -> String {
        let before = self.receiver.values().len();
        let id = self.simulator.customer_writes(ANA, "Ana", &self.number.phone_number_id, "Hola").unwrap();
        self.receiver.at_least(before + 1).await;
        id
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        let request = self.client.get(format!("{}{path}", self.url)).bearer_auth(&self.number.access_token);
        answer(request).await
    }

    /// A control request or a page, without a token.
    pub async fn put(&self, path: &str, body: &Value) -> (u16, Value) {
        answer(self.client.put(format!("{}{path}", self.url)).json(body)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        answer(self.client.post(format!("{}{path}", self.url)).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> (u16, Value) {
        answer(self.client.delete(format!("{}{path}", self.url)).bearer_auth(&self.number.access_token)).await
    }

    /// A path of the number among the sandbox's own.
    pub fn of_number(&self, path: &str) -> String {
        format!("/__sim/numbers/{}/{path}", self.number.phone_number_id)
    }

    /// Sends a text as it comes: with the answer, or what happened to the connection.
    pub async fn try_text(&self, to: &str, text: &str) -> Result<(u16, String), reqwest::Error> {
        let url = format!("{}/v24.0/{}/messages", self.url, self.number.phone_number_id);
        let body = json!({
            "messaging_product": "whatsapp", "to": to, "type": "text", "text": { "body": text },
            "biz_opaque_callback_data": format!("for {text}"),
        });
        let answer = self.client.post(url).bearer_auth(&self.number.access_token).json(&body).send().await?;
        let status = answer.status().as_u16();
        Ok((status, answer.text().await?))
    }

    /// `POST /{phone_number_id}/messages` with the number's token.
    pub async fn send(&self, body: &Value) -> (u16, Value) {
        let url = format!("{}/v24.0/{}/messages", self.url, self.number.phone_number_id);
        answer(self.client.post(url).bearer_auth(&self.number.access_token).json(body)).await
    }

    /// Sends a text to a phone; it must be accepted. Gives its id.
    pub async fn send_text(&self, to: &str, text: &str) -> String {
        let body = json!({ "messaging_product": "whatsapp", "to": to, "type": "text", "text": { "body": text } });
        let (status, body) = self.send(&body).await;
        assert_eq!(status, 200, "{body}");
        body["messages"][0]["id"].as_str().unwrap().to_owned()
    }
}

pub async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}")))
}

/// Looks until there is something, for ten seconds at most.
pub async fn eventually<T>(look: impl Fn() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(10), "it did not happen within ten seconds");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Long enough for everything that was going to happen to have happened.
pub async fn settled() {
    tokio::time::sleep(Duration::from_millis(200)).await;
}

/// A file in a folder of its own that goes away with the guard.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("charla-simulator-{name}-{:016x}", rand::random::<u64>()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub fn file(&self) -> PathBuf {
        self.0.join("state.json")
    }

    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
