//! The simulated Meta, driven through its control API.

use std::{collections::BTreeMap, time::Duration};

use charla_simulator::{Simulator, SimulatorConfig};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::{APP_SECRET, VERIFY_TOKEN};

/// A message that reached a phone.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// Which message of ours, by the callback data.
    pub message: Uuid,
    /// Whom it reached, digits.
    pub to: String,
    /// When Meta took it, in microseconds since 1970.
    pub at_us: i64,
}

pub struct Meta {
    _simulator: Simulator,
    pub url: String,
    client: reqwest::Client,
}

impl Meta {
    /// Starts one that sends its webhooks there. Statuses come soon, refused webhooks are tried again soon, and no limit
    /// holds unless a test sets it.
    pub async fn start(webhook_url: &str) -> Self {
        let simulator = Simulator::start(SimulatorConfig {
            webhook_url: webhook_url.to_owned(),
            app_secret: APP_SECRET.to_owned(),
            verify_token: VERIFY_TOKEN.to_owned(),
            state_file: None,
            ..SimulatorConfig::default()
        })
        .await
        .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = simulator.router();
        tokio::spawn(async move { axum::serve(listener, app).await });
        let meta = Self { _simulator: simulator, url, client: reqwest::Client::new() };
        meta.timing(&json!({ "sent_ms": 20, "delivered_ms": 60, "retry_first_ms": 100, "retry_max_ms": 1000 })).await;
        meta
    }

    async fn ask(&self, request: reqwest::RequestBuilder) -> Value {
        let answer = request.timeout(Duration::from_secs(20)).send().await.unwrap();
        let status = answer.status();
        let body = answer.text().await.unwrap();
        assert!(status.is_success(), "the simulator answered {status}: {body}");
        serde_json::from_str(&body).unwrap_or(Value::Null)
    }

    async fn get(&self, path: &str) -> Value {
        self.ask(self.client.get(format!("{}{path}", self.url))).await
    }

    /// When statuses come and webhooks are tried again.
    pub async fn timing(&self, change: &Value) {
        self.ask(self.client.put(format!("{}/__sim/timing", self.url)).json(change)).await;
    }

    /// What a number may do.
    pub async fn limits(&self, number: &str, change: &Value) {
        self.ask(self.client.put(format!("{}/__sim/numbers/{number}/limits", self.url)).json(change)).await;
    }

    /// Whether a number's token is good: `valid`, `expired` or `no_permission`.
    pub async fn token(&self, number: &str, state: &str) {
        let url = format!("{}/__sim/numbers/{number}/token", self.url);
        self.ask(self.client.post(url).json(&json!({ "state": state }))).await;
    }

    /// What goes wrong with requests from now on.
    pub async fn fails(&self, seed: u64, graph: &Value) {
        self.script(&json!({ "seed": seed, "graph": graph, "webhooks": [] })).await;
    }

    /// What goes wrong with requests and webhooks from now on.
    pub async fn script(&self, script: &Value) {
        self.ask(self.client.put(format!("{}/__sim/faults", self.url)).json(script)).await;
    }

    /// Nothing goes wrong any more.
    pub async fn recovers(&self) {
        self.ask(self.client.delete(format!("{}/__sim/faults", self.url))).await;
    }

    /// How often each code was answered to a number.
    pub async fn refusals(&self, number: &str) -> BTreeMap<String, u64> {
        serde_json::from_value(self.get(&format!("/__sim/refusals?number={number}")).await).unwrap()
    }

    /// How many requests of a number were refused.
    pub async fn refused(&self, number: &str) -> u64 {
        self.refusals(number).await.values().sum()
    }

    /// Everything of a number that reached a phone and came from a campaign of ours, in order.
    pub async fn arrived(&self, number: &str) -> Vec<Arrived> {
        let (mut all, mut after) = (Vec::new(), 0);
        loop {
            let page = self.get(&format!("/__sim/ledger/sent?number={number}&after={after}")).await;
            let sent = page["sent"].as_array().unwrap();
            let Some(last) = sent.last() else { return all };
            after = last["order"].as_u64().unwrap();
            for entry in sent {
                let data = entry["callback_data"].as_str().unwrap_or_default();
                let message = data.strip_prefix("msg:").and_then(|rest| rest.split(':').next()).map(Uuid::parse_str);
                all.push(Arrived {
                    message: message.expect("every request carries its message").expect("a message's id"),
                    to: entry["to"].as_str().unwrap().to_owned(),
                    at_us: entry["at_us"].as_i64().unwrap(),
                });
            }
        }
    }

    /// The most messages of a number taken in any second.
    pub async fn most_in_a_second(&self, number: &str) -> u64 {
        let rate = self.get(&format!("/__sim/ledger/rate?number={number}&window_ms=1000")).await;
        rate["most_in_window"].as_u64().unwrap()
    }

    /// How many webhooks wait to be taken.
    pub async fn waiting(&self) -> u64 {
        self.get("/health").await["webhooks_waiting"].as_u64().unwrap()
    }

    /// Has the generator post a stream of events; gives what it met.
    pub async fn bulk(&self, order: &Value, within: Duration) -> Value {
        let begun = self.ask(self.client.post(format!("{}/__sim/bulk", self.url)).json(order)).await;
        let id = &begun["id"];
        super::within(within, || async move {
            let met = self.get(&format!("/__sim/bulk/{id}")).await;
            (met["state"] == "done").then_some(met)
        })
        .await
    }

    /// Has a customer write.
    pub async fn writes(&self, from: &str, number: &str, text: &str) {
        let body = json!({ "from": from, "name": "Ana", "text": text, "phone_number_id": number });
        self.ask(self.client.post(format!("{}/simulate/send", self.url)).json(&body)).await;
    }
}
