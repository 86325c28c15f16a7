//! A customer's phone at the simulator.

use serde_json::{Value, json};

/// A phone that writes to one number.
pub struct Phone {
    client: reqwest::Client,
    simulator: String,
    name: String,
    number: String,
    channel: String,
    account: String,
}

impl Phone {
    pub fn new(simulator: &str, name: &str, number: &str, (channel, account): (String, String)) -> Self {
        Self {
            client: reqwest::Client::new(),
            simulator: simulator.to_owned(),
            name: name.to_owned(),
            number: number.to_owned(),
            channel,
            account,
        }
    }

    /// Meta's id of the number it writes to.
    pub fn channel(&self) -> &str {
        &self.channel
    }

    /// Meta's id of the account the number is in.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// Writes a text; gives Meta's id of it.
    pub async fn writes(&self, text: &str) -> String {
        let body = json!({ "from": self.number, "name": self.name, "text": text, "phone_number_id": self.channel });
        let answer = self.client.post(format!("{}/simulate/send", self.simulator)).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().await.unwrap();
        answer["message_id"].as_str().unwrap().to_owned()
    }

    /// What stands on its screen.
    pub async fn screen(&self) -> Value {
        let digits = self.number.trim_start_matches('+');
        let url = format!("{}/__sim/phones/{digits}", self.simulator);
        self.client.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Looks at the thread, which sends read receipts.
    pub async fn looks(&self) {
        let digits = self.number.trim_start_matches('+');
        let url = format!("{}/__sim/phones/{digits}/read", self.simulator);
        let answer = self.client.post(url).json(&json!({ "number": self.channel })).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    /// How often a text stands on its screen.
    pub async fn shows(&self, text: &str) -> usize {
        let screen = self.screen().await.to_string();
        screen.matches(&serde_json::to_string(text).unwrap()).count()
    }

    /// Everything that happens at the simulator from now on.
    pub async fn watch(&self) -> Watch {
        let url = format!("{}/__sim/events", self.simulator);
        let stream = self.client.get(url).send().await.unwrap();
        let typing = format!(r#""type":"typing","phone":"{}""#, self.number.trim_start_matches('+'));
        Watch { stream, typing }
    }
}

/// An eye on the simulator.
pub struct Watch {
    stream: reqwest::Response,
    typing: String,
}

impl Watch {
    /// Looks on until a text is written; gives how often the phone showed meanwhile that the business is typing.
    pub async fn typing_until(&mut self, text: &str) -> usize {
        let mut seen = String::new();
        while !seen.contains(text) {
            let chunk = tokio::time::timeout(std::time::Duration::from_secs(20), self.stream.chunk()).await;
            let chunk = chunk.expect("within twenty seconds").unwrap().expect("the stream goes on");
            seen.push_str(&String::from_utf8_lossy(&chunk));
        }
        seen.matches(&self.typing).count()
    }
}
