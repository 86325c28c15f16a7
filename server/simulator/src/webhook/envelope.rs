//! What webhooks of the field `messages` say (Meta, "Webhooks: messages"), in the form of 2026: user ids everywhere,
//! phone numbers left out for people with a username, no conversation object.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{
    magic::Behaviour,
    message::{Author, Message, Status},
    number::Number,
    phone::Phone,
};

/// A customer's message.
pub(crate) fn incoming(number: &Number, phone: &Phone, message: &Message, quoted: Option<&Message>) -> Value {
    let mut item = Map::new();
    if !withheld(phone) {
        item.insert("from".into(), phone.digits.as_str().into());
    }
    item.insert("from_user_id".into(), phone.user_id.as_str().into());
    item.insert("id".into(), message.id.as_str().into());
    item.insert("timestamp".into(), seconds(message.at));
    item.insert("type".into(), "text".into());
    item.insert("text".into(), json!({ "body": message.text }));
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
    envelope(number, &json!({ "contacts": [contact(phone)], "messages": [item] }))
}

/// A status of a message from the business, which stood at `before` until now.
pub(crate) fn status(
    number: &Number,
    phone: &Phone,
    message: &Message,
    status: Status,
    before: Status,
    at: Timestamp,
) -> Value {
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
        return envelope(number, &json!({ "statuses": [item] }));
    }
    envelope(number, &json!({ "contacts": [contact(phone)], "statuses": [item] }))
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

fn envelope(number: &Number, content: &Value) -> Value {
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": number.digits(), "phone_number_id": number.phone_number_id },
    });
    for (key, part) in content.as_object().into_iter().flatten() {
        value[key] = part.clone();
    }
    json!({
        "object": "whatsapp_business_account",
        "entry": [{ "id": number.waba_id, "changes": [{ "value": value, "field": "messages" }] }],
    })
}
