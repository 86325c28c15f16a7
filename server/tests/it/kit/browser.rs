//! A browser as far as HTTP goes: cookies, forms, server functions, no redirects followed unseen.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};

/// What a server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub headers: reqwest::header::HeaderMap,
    pub body: String,
}

impl Answer {
    /// The JSON of a success.
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        self.json()
    }

    /// The JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.body))
    }

    /// The problem's code.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// A browser with its cookies.
#[derive(Clone)]
pub struct Browser {
    client: reqwest::Client,
    pub url: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Browser {
    pub fn new(url: &str) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { client, url: url.to_owned(), cookies: Arc::default() }
    }

    /// The Cookie header.
    pub fn cookie(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Takes over another browser's cookies, as a thief would.
    pub fn with_cookies_of(&self, other: &Self) -> Self {
        let copy = other.cookies.lock().unwrap().clone();
        Self { cookies: Arc::new(Mutex::new(copy)), ..self.clone() }
    }

    pub async fn request(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.header("cookie", self.cookie()).send().await.unwrap();
        let mut cookies = self.cookies.lock().unwrap().clone();
        for set in response.headers().get_all("set-cookie") {
            let set = set.to_str().unwrap();
            let (name, rest) = set.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if set.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        *self.cookies.lock().unwrap() = cookies;
        Answer {
            status: response.status().as_u16(),
            location: response.headers().get("location").map(|l| l.to_str().unwrap().to_owned()),
            headers: response.headers().clone(),
            body: response.text().await.unwrap(),
        }
    }

    /// Opens a page.
    pub async fn open(&self, path: &str) -> Answer {
        self.request(self.client.get(format!("{}{path}", self.url)).header("accept", "text/html")).await
    }

    /// Asks as a program does.
    pub async fn get(&self, path: &str) -> Answer {
        self.request(self.client.get(format!("{}{path}", self.url))).await
    }

    /// Submits a form.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields.iter().map(|(k, v)| format!("{k}={}", encode(v))).collect::<Vec<_>>().join("&");
        let request = self
            .client
            .post(format!("{}{path}", self.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("accept", "text/html")
            .body(body);
        self.request(request).await
    }

    /// Calls a server function.
    pub async fn call(&self, function: &str, arguments: &Value) -> Answer {
        let request = self.client.post(format!("{}/fn/{function}", self.url)).json(arguments);
        self.request(request).await
    }

    /// Posts raw bytes with these headers.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = self.client.post(format!("{}{path}", self.url)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.request(request).await
    }

    /// The only workspace of the person.
    pub async fn workspace(&self) -> String {
        let me = self.call("account/me", &json!({})).await.ok();
        me["workspaces"][0]["id"].as_str().unwrap().to_owned()
    }

    /// The list of the inbox, whatever the status.
    pub async fn conversations(&self, workspace: &str) -> Vec<Value> {
        self.listed(workspace, &json!({ "status": null })).await
    }

    /// What a query lists, on its first page.
    pub async fn listed(&self, workspace: &str, query: &Value) -> Vec<Value> {
        let page = self.call("inbox/conversations", &json!({ "workspace": workspace, "query": query })).await.ok();
        page["conversations"].as_array().unwrap().clone()
    }

    /// A thread's messages.
    pub async fn thread(&self, workspace: &str, conversation: &str) -> Vec<Value> {
        let page =
            self.call("inbox/thread", &json!({ "workspace": workspace, "conversation": conversation })).await.ok();
        page["messages"].as_array().unwrap().clone()
    }

    /// Sends a text; the answer may be a refusal.
    pub async fn send(&self, workspace: &str, conversation: &str, key: &str, text: &str) -> Answer {
        let message = json!({ "client_key": key, "body": text });
        self.call("inbox/send", &json!({ "workspace": workspace, "conversation": conversation, "message": message }))
            .await
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
