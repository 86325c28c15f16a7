//! Deliveries as Meta makes them, composed and signed before the clock starts.

use std::net::SocketAddr;

use charla_meta::webhook::signature;
use serde_json::{Value, json};

use crate::{tenant::Taken, wire};

/// What the server and we sign with.
pub(crate) const APP_SECRET: &str = "the app secret of the benchmarks";

/// A receiving number, as Meta names it.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    pub phone_number_id: String,
    pub business_account_id: String,
    pub display_phone: String,
}

/// One update: a customer's message, or the news of one of ours.
#[derive(Debug, Clone)]
pub(crate) enum Update {
    Message { phone: u64, id: String, text: String },
    Status { phone: u64, id: String, status: &'static str },
}

impl Update {
    /// Meta's id of the message that it is or is about.
    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Message { id, .. } | Self::Status { id, .. } => id,
        }
    }

    pub(crate) const fn is_message(&self) -> bool {
        matches!(self, Self::Message { .. })
    }
}

/// The telephone number of the customer with this number. It ends in 8, which none of the simulator's numbers with a
/// behaviour of their own does.
pub(crate) fn digits(phone: u64) -> String {
    (5_511_900_100_008 + phone * 10).to_string()
}

/// The name that customer goes by.
pub(crate) fn name(phone: u64) -> String {
    format!("Customer {phone}")
}

/// A body with one update, as Meta makes them (meta-api.md §4).
pub(crate) fn body(number: &Number, update: &Update, at: u64) -> String {
    let time = at.to_string();
    let content = match update {
        Update::Message { phone, id, text } => json!({
            "contacts": [{ "wa_id": digits(*phone), "profile": { "name": name(*phone) } }],
            "messages": [{ "from": digits(*phone), "id": id, "timestamp": time, "type": "text", "text": { "body": text } }],
        }),
        Update::Status { phone, id, status } => json!({
            "statuses": [{
                "id": id, "status": status, "timestamp": time, "recipient_id": digits(*phone),
                "pricing": { "billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service" },
            }],
        }),
    };
    envelope(number, content).to_string()
}

fn envelope(number: &Number, mut value: Value) -> Value {
    value["messaging_product"] = json!("whatsapp");
    value["metadata"] =
        json!({ "display_phone_number": number.display_phone, "phone_number_id": number.phone_number_id });
    json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": number.business_account_id, "changes": [{ "value": value, "field": "messages" }] }],
    })
}

/// The bytes of the POST that brings a body, signed.
pub(crate) fn post(server: SocketAddr, body: &str) -> Vec<u8> {
    let signature = signature::sign(APP_SECRET.as_bytes(), body.as_bytes());
    let headers = [("Content-Type", "application/json"), ("X-Hub-Signature-256", signature.as_str())];
    wire::request(server, "POST", "/webhooks/meta", &headers, body.as_bytes())
}

/// The POSTs of these updates.
pub(crate) fn posts(server: SocketAddr, number: &Number, updates: &[Update]) -> Vec<Vec<u8>> {
    let at = now();
    updates.iter().map(|update| post(server, &body(number, update, at))).collect()
}

/// Seconds since 1970.
pub(crate) fn now() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// `count` messages of `phones` customers in turn. The tag makes their ids unique.
pub(crate) fn messages(tag: &str, count: usize, phones: u64) -> Vec<Update> {
    let mut phone = 0;
    (0..count)
        .map(|number| {
            phone = (phone + 1) % phones.max(1);
            Update::Message {
                phone,
                id: format!("wamid.{tag}.{number}"),
                text: format!("Hello, is the blue one still there? I would take it in size {number}, please."),
            }
        })
        .collect()
}

/// Three statuses of each message, in order and far from each other: sent of all, a quarter of the way behind delivered,
/// another quarter behind read.
pub(crate) fn statuses(taken: &[Taken]) -> Vec<Update> {
    let late = taken.len().div_ceil(4);
    let mut statuses = Vec::with_capacity(3 * taken.len());
    for turn in 0..taken.len() + 2 * late {
        for (behind, status) in [(0, "sent"), (late, "delivered"), (2 * late, "read")] {
            if let Some(message) = turn.checked_sub(behind).and_then(|place| taken.get(place)) {
                statuses.push(Update::Status { phone: message.phone, id: message.id.clone(), status });
            }
        }
    }
    statuses
}

/// Both, the messages spread evenly among the statuses.
pub(crate) fn mix(messages: Vec<Update>, statuses: Vec<Update>) -> Vec<Update> {
    let (few, all) = (messages.len(), messages.len() + statuses.len());
    let (mut messages, mut statuses) = (messages.into_iter(), statuses.into_iter());
    let mut mixed = Vec::with_capacity(all);
    for place in 0..all {
        let is_messages_turn = (place + 1) * few / all > place * few / all;
        mixed.extend(if is_messages_turn { messages.next() } else { statuses.next() });
    }
    mixed
}

#[cfg(test)]
mod tests {
    use charla_meta::webhook::{UpdateBody, parse};

    use super::*;

    #[test]
    fn all_updates_are_there_and_the_statuses_of_a_message_are_far_apart() {
        let taken: Vec<_> = (0..100).map(|n| Taken { id: format!("out {n}"), phone: n }).collect();
        let mixed = mix(messages("t", 30, 10), statuses(&taken));
        assert_eq!(mixed.len(), 330);
        assert_eq!(mixed.iter().filter(|update| update.is_message()).count(), 30);
        let of_one: Vec<_> = (0..).zip(&mixed).filter(|(_, u)| u.id() == "out 40").map(|(place, _)| place).collect();
        let [sent, delivered, read] = of_one[..] else { panic!("{of_one:?}") };
        assert!(delivered - sent > 40 && read - delivered > 40, "{of_one:?}");
    }

    #[test]
    fn the_parser_of_the_product_understands_what_is_sent() {
        let number = Number {
            phone_number_id: "101".to_owned(),
            business_account_id: "202".to_owned(),
            display_phone: "5511".to_owned(),
        };
        let status = Update::Status { phone: 1, id: "wamid.x".to_owned(), status: "read" };
        for (update, is_message) in [(messages("t", 1, 5).remove(0), true), (status, false)] {
            let body = body(&number, &update, 1_760_000_000);
            let parsed = parse(body.as_bytes()).unwrap();
            assert_eq!(parsed.updates.len(), 1);
            assert_eq!(matches!(parsed.updates[0].body, UpdateBody::Message(_)), is_message);
            assert_eq!(matches!(parsed.updates[0].body, UpdateBody::Status(_)), !is_message);
            assert_eq!(parsed.updates[0].channel.as_deref(), Some("101"));
        }
    }
}
