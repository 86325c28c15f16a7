//! A Graph API that answers when the test says so, with what the test says: for orders in which no simulator would bring
//! the answer and the statuses.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use axum::{Json, Router, extract::State, http::StatusCode};
use serde_json::{Value, json};
use tokio::{net::TcpListener, sync::oneshot};
use uuid::Uuid;

/// The simulated Graph API.
#[derive(Clone, Default)]
pub struct HeldGraph {
    held: Arc<Mutex<HashMap<Uuid, oneshot::Sender<bool>>>>,
    /// The callback data of every request.
    requests: Arc<Mutex<HashMap<Uuid, String>>>,
    pub url: String,
}

impl HeldGraph {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let graph = Self { url: format!("http://{}", listener.local_addr().unwrap()), ..Self::default() };
        let app = Router::new().fallback(take).with_state(graph.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        graph
    }

    /// Meta's id of a message here.
    pub fn wamid(message: Uuid) -> String {
        format!("wamid.held.{message}")
    }

    /// Whether the request for a message has come.
    pub fn holds(&self, message: Uuid) -> bool {
        self.requests.lock().unwrap().contains_key(&message)
    }

    /// What Meta echoes in the statuses of a message.
    pub fn callback_data(&self, message: Uuid) -> String {
        self.requests.lock().unwrap()[&message].clone()
    }

    /// Accepts it.
    pub fn accept(&self, message: Uuid) {
        // The program may have given up waiting.
        let _ = self.held.lock().unwrap().remove(&message).expect("it waits").send(true);
    }

    /// Takes it and answers nothing that can be read.
    pub fn lose(&self, message: Uuid) {
        let _ = self.held.lock().unwrap().remove(&message).expect("it waits").send(false);
    }
}

async fn take(State(graph): State<HeldGraph>, Json(body): Json<Value>) -> (StatusCode, String) {
    let callback_data = body["biz_opaque_callback_data"].as_str().unwrap_or_default().to_owned();
    let message = callback_data.strip_prefix("msg:").and_then(|rest| rest.split(':').next()).map(Uuid::parse_str);
    // Read receipts and what else there is: done.
    let Some(Ok(message)) = message else { return (StatusCode::OK, json!({ "success": true }).to_string()) };
    let to = body["to"].as_str().unwrap_or_default().to_owned();
    let (answer, waits) = oneshot::channel();
    graph.held.lock().unwrap().insert(message, answer);
    graph.requests.lock().unwrap().insert(message, callback_data);
    match waits.await {
        Ok(true) => {
            let accepted = json!({
                "messaging_product": "whatsapp", "contacts": [{ "input": to, "wa_id": to }],
                "messages": [{ "id": HeldGraph::wamid(message) }],
            });
            (StatusCode::OK, accepted.to_string())
        }
        _ => (StatusCode::OK, r#"{"messaging_product":"whatsapp","messa"#.to_owned()),
    }
}
