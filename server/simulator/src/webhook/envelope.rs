//! What webhooks of the field `messages` say (Meta, "Webhooks: messages"), in the form of 2026: user ids everywhere,
//! phone numbers left out for people with a username, no conversation object.
//!
//! Each update is written once, as the JSON of its item and of its contact; a delivery puts some of them together.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{Event, EventKind, Update, escaped};
use crate::{
    ids::Wamid,
    magic::Behaviour,
    message::{Author, Message, Status},
    number::Number,
    phone::Phone,
};

/// A customer's message; with a file, `media` is what the webhook says of it.
pub(crate) fn incoming(
    number: &Number,
    phone: &Phone,
    message: &Message,
    quoted: Option<&Message>,
    media: Option<Value>,
) -> Update {
    let mut item = Map::new();
    if !withheld(phone) {
        item.insert("from".into(), phone.digits.as_str().into());
    }
    item.insert("from_user_id".into(), phone.user_id.as_str().into());
    item.insert("id".into(), message.id.as_str().into());
    item.insert("timestamp".into(), seconds(message.at));
    item.insert("type".into(), message.kind.as_str().into());
    item.insert(message.kind.clone(), media.unwrap_or_else(|| json!({ "body": message.text })));
    if let Some(quoted) = quoted {
        let mut context = Map::new();
        match quoted.author {
            Author::Business => {
                context.insert("from".into(), number.digits().into());
            }
            Author::Customer if !withheld(phone) => {
                context.insert("from".into(), phone.digits.as_str().into());
            }
            Author::Customer => {}
        }
        context.insert("id".into(), quoted.id.as_str().into());
        item.insert("context".into(), context.into());
    }
    update(phone, message, EventKind::Message, &item.into(), true)
}

/// A status of a message from the business, which stood at `before` until now.
pub(crate) fn status(phone: &Phone, message: &Message, status: Status, before: Status, at: Timestamp) -> Update {
    let mut item = Map::new();
    item.insert("id".into(), message.id.as_str().into());
    item.insert("status".into(), json!(status));
    item.insert("timestamp".into(), seconds(at));
    if !withheld(phone) && !message.to_user_id {
        item.insert("recipient_id".into(), phone.digits.as_str().into());
    }
    item.insert("recipient_user_id".into(), phone.user_id.as_str().into());
    if let Some(data) = &message.callback_data {
        item.insert("biz_opaque_callback_data".into(), data.as_str().into());
    }
    // On `sent`, and on the first of delivered and read.
    let priced = match status {
        Status::Sent | Status::Delivered => true,
        Status::Read => before < Status::Delivered,
        Status::Accepted | Status::Failed => false,
    };
    if let Some(category) = message.category.as_deref().filter(|_| priced) {
        let billable = category != "service";
        let kind = if billable { "regular" } else { "free_customer_service" };
        item.insert(
            "pricing".into(),
            json!({ "billable": billable, "pricing_model": "PMP", "type": kind, "category": category }),
        );
    }
    if status == Status::Failed {
        let errors: Vec<Value> = message.failure.iter().map(crate::message::Failure::item).collect();
        item.insert("errors".into(), errors.into());
    }
    // Meta gives no contact with failures.
    update(phone, message, EventKind::Status(status), &item.into(), status != Status::Failed)
}

fn update(phone: &Phone, message: &Message, kind: EventKind, item: &Value, with_contact: bool) -> Update {
    // Only messages that a restart brought from elsewhere have ids of another form.
    let id = Wamid::parse(&message.id).unwrap_or_else(|| Wamid::new(message.author, phone.digits));
    Update { event: Event::new(kind, id), item: escaped(item), contact: with_contact.then(|| escaped(&contact(phone))) }
}

/// Whether the phone number is kept from businesses.
fn withheld(phone: &Phone) -> bool {
    Behaviour::of(&phone.digits) == Behaviour::UserIdOnly
}

/// A name that does not give the phone number away.
fn username(phone: &Phone) -> String {
    let tail = phone.user_id.get(phone.user_id.len().saturating_sub(6)..).unwrap_or_default();
    format!("user.{tail}")
}

fn contact(phone: &Phone) -> Value {
    let mut contact = Map::new();
    let mut profile = Map::new();
    profile.insert("name".into(), phone.name.as_str().into());
    if withheld(phone) {
        profile.insert("username".into(), username(phone).into());
    } else {
        contact.insert("wa_id".into(), phone.digits.as_str().into());
    }
    contact.insert("profile".into(), profile.into());
    contact.insert("user_id".into(), phone.user_id.as_str().into());
    contact.into()
}

/// Seconds since 1970 as a string, as all times in these webhooks are.
fn seconds(at: Timestamp) -> Value {
    at.as_second().to_string().into()
}

/// The number's part of every delivery, ready to be written.
#[derive(Clone, Debug)]
pub(crate) struct Letterhead {
    waba_id: String,
    metadata: String,
}

impl Letterhead {
    pub(crate) fn of(number: &Number) -> Self {
        let metadata = json!({ "display_phone_number": number.digits(), "phone_number_id": number.phone_number_id });
        Self { waba_id: number.waba_id.clone(), metadata: escaped(&metadata) }
    }

    /// The body of a delivery: messages in one change, statuses in another, failures, which have no contacts, in a third.
    pub(crate) fn write(&self, updates: &[Update]) -> String {
        let mut body = String::with_capacity(384 + updates.iter().map(Update::length).sum::<usize>());
        body.push_str("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"");
        body.push_str(&self.waba_id);
        body.push_str("\",\"changes\":[");
        let messages = |update: &&Update| update.event.kind == EventKind::Message;
        let statuses = |update: &&Update| !messages(update) && update.contact.is_some();
        let failures = |update: &&Update| !messages(update) && update.contact.is_none();
        let groups: [(&str, Vec<&Update>); 3] = [
            ("messages", updates.iter().filter(messages).collect()),
            ("statuses", updates.iter().filter(statuses).collect()),
            ("statuses", updates.iter().filter(failures).collect()),
        ];
        let mut is_first = true;
        for (name, group) in groups.into_iter().filter(|(_, group)| !group.is_empty()) {
            if !is_first {
                body.push(',');
            }
            is_first = false;
            body.push_str("{\"field\":\"messages\",\"value\":{\"messaging_product\":\"whatsapp\",\"metadata\":");
            body.push_str(&self.metadata);
            // Contacts stand beside the messages, one for each in the same order.
            list(&mut body, "contacts", group.iter().filter_map(|update| update.contact.as_deref()));
            list(&mut body, name, group.iter().map(|update| update.item.as_str()));
            body.push_str("}}");
        }
        body.push_str("]}]}");
        body
    }
}

/// `,"name":[…]`, or nothing for no items.
fn list<'a>(body: &mut String, name: &str, items: impl Iterator<Item = &'a str>) {
    let mut separator = None;
    for item in items {
        match separator {
            None => body.extend([",\"", name, "\":["]),
            Some(separator) => body.push_str(separator),
        }
        separator = Some(",");
        body.push_str(item);
    }
    if separator.is_some() {
        body.push(']');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::Digits;

    #[test]
    fn a_delivery_holds_messages_statuses_and_failures_apart() {
        let ana = Digits::parse("5511987654321").unwrap();
        let update = |kind, contact: Option<&str>, item: &str| Update {
            event: Event::new(kind, Wamid::new(Author::Customer, ana)),
            item: item.to_owned(),
            contact: contact.map(str::to_owned),
        };
        let number = Number::of_key("secret", "bakery", "Bakery");
        let body = Letterhead::of(&number).write(&[
            update(EventKind::Status(Status::Failed), None, "{\"s\":1}"),
            update(EventKind::Message, Some("{\"c\":1}"), "{\"m\":1}"),
            update(EventKind::Status(Status::Sent), Some("{\"c\":2}"), "{\"s\":2}"),
            update(EventKind::Message, Some("{\"c\":3}"), "{\"m\":2}"),
        ]);
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["entry"][0]["id"], number.waba_id.as_str());
        let changes = body["entry"][0]["changes"].as_array().unwrap();
        let values: Vec<_> = changes
            .iter()
            .map(|change| {
                assert_eq!(change["value"]["metadata"]["phone_number_id"], number.phone_number_id.as_str());
                let value = &change["value"];
                (value["contacts"].clone(), value["messages"].clone(), value["statuses"].clone())
            })
            .collect();
        assert_eq!(
            values,
            [
                (json!([{ "c": 1 }, { "c": 3 }]), json!([{ "m": 1 }, { "m": 2 }]), Value::Null),
                (json!([{ "c": 2 }]), Value::Null, json!([{ "s": 2 }])),
                (Value::Null, Value::Null, json!([{ "s": 1 }])),
            ]
        );
    }
}
