//! The envelope: `{object, entry[{id, time, changes[] | messaging[]}]}` (§4.4, §16.2, §17.1), taken apart without looking
//! into an update, so that one that is broken does not take its neighbours with it.

use serde_json::value::RawValue;

use super::{
    json::{self, RawObject},
    update::{self, Update},
};

/// Whose product the delivery is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Object {
    /// WhatsApp.
    WhatsApp,
    /// A Facebook page: Messenger.
    Page,
    /// Instagram.
    Instagram,
    /// Something else, by Meta's name.
    Other(String),
}

/// One delivery.
#[derive(Debug)]
pub struct Delivery {
    /// Whose product it is about.
    pub object: Object,
    /// Its updates, in order.
    pub updates: Vec<Update>,
}

/// The body is not a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotADelivery {
    /// Not JSON.
    #[error("this is not JSON")]
    NotJson,
    /// No object with `object` and `entry`.
    #[error("this is not a delivery of Meta's: it needs `object` and `entry`")]
    NoEnvelope,
}

/// Takes a delivery apart. What is inside never fails it.
pub fn parse(body: &[u8]) -> Result<Delivery, NotADelivery> {
    // Not valid UTF-8 is not valid JSON; the rest of such a delivery is read all the same.
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}');
    let raw: Box<RawValue> = serde_json::from_str(text).map_err(|_| NotADelivery::NotJson)?;
    let envelope = json::object(&raw).ok_or(NotADelivery::NoEnvelope)?;
    let name = envelope.get("object").and_then(|raw| json::value(raw).ok()).and_then(|v| json::text(&v));
    let object = match name.ok_or(NotADelivery::NoEnvelope)?.as_str() {
        "whatsapp_business_account" => Object::WhatsApp,
        "page" => Object::Page,
        "instagram" => Object::Instagram,
        other => Object::Other(other.to_owned()),
    };
    let entries = envelope.get("entry").ok_or(NotADelivery::NoEnvelope)?;
    let mut updates = Vec::new();
    for entry in json::items(Some(entries)) {
        match json::object(&entry) {
            Some(members) => read_entry(&object, &members, &mut updates),
            None => updates.push(Update::unreadable(None, None, &entry, "an entry is not an object")),
        }
    }
    Ok(Delivery { object, updates })
}

fn read_entry(object: &Object, entry: &RawObject, updates: &mut Vec<Update>) {
    let member = |name: &str| entry.get(name).and_then(|raw| json::value(raw).ok()).unwrap_or_default();
    let id = json::filled(&member("id"));
    let time = json::time(&member("time"));
    for change in json::items(entry.get("changes").map(AsRef::as_ref)) {
        let Some(members) = json::object(&change) else {
            updates.push(Update::unreadable(None, id.clone(), &change, "a change is not an object"));
            continue;
        };
        update::of_change(object, id.as_deref(), time, &change, &members, updates);
    }
    // The Instagram-login route has been seen to leave `changes` out (§17.1).
    if entry.contains_key("field")
        && entry.contains_key("value")
        && let Ok(raw) = serde_json::value::to_raw_value(entry)
    {
        update::of_change(object, id.as_deref(), time, &raw, entry, updates);
    }
    for (list, standby) in [("messaging", false), ("standby", true)] {
        for item in json::items(entry.get(list).map(AsRef::as_ref)) {
            updates.push(update::of_messaging(id.as_deref(), time, standby, &item));
        }
    }
}
