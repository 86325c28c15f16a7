//! The envelope: `{object, entry[{id, time, changes[] | messaging[]}]}` (§4.4, §16.2, §17.1), taken apart without looking
//! into an update, so that one that is broken does not take its neighbours with it.

use serde_json::value::RawValue;

use super::{
    json,
    update::{self, Update, Updates},
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

/// Commas and brackets that are never too many for a delivery.
const PARTS_FREE: usize = 20_000;

/// Takes a delivery apart. What is inside never fails it.
///
/// Memory stays within a small multiple of the body: what no delivery of Meta's looks like (hardly anything but brackets,
/// more than five times the updates Meta batches) is one unreadable update with all of its words.
pub fn parse(body: &[u8]) -> Result<Delivery, NotADelivery> {
    // Not valid UTF-8 is not valid JSON; the rest of such a delivery is read all the same.
    let text = json::text_of(body);
    let text = text.trim_start_matches('\u{feff}');
    let raw: &RawValue = serde_json::from_str(text).map_err(|_| NotADelivery::NotJson)?;
    let [object, entries] = json::members(raw, &["object", "entry"]).ok_or(NotADelivery::NoEnvelope)?;
    let name = object.and_then(|raw| json::value(raw).ok()).and_then(|v| json::text(&v));
    let object = match name.ok_or(NotADelivery::NoEnvelope)?.as_str() {
        "whatsapp_business_account" => Object::WhatsApp,
        "page" => Object::Page,
        "instagram" => Object::Instagram,
        other => Object::Other(other.to_owned()),
    };
    let entries = entries.ok_or(NotADelivery::NoEnvelope)?;
    if json::is_hollow(text, PARTS_FREE) {
        let whole = Update::unreadable(None, None, raw, "hardly anything but brackets");
        return Ok(Delivery { object, updates: vec![whole] });
    }
    let mut updates = Updates::default();
    json::each_item(Some(entries), |entry| read_entry(&object, entry, &mut updates));
    Ok(Delivery { object, updates: updates.finish(raw) })
}

fn read_entry(object: &Object, entry: &RawValue, updates: &mut Updates) {
    let names = ["id", "time", "changes", "messaging", "standby", "field", "value"];
    let Some([id, time, changes, messaging, standby, field, value]) = json::members(entry, &names) else {
        updates.push(|| Update::unreadable(None, None, entry, "an entry is not an object"));
        return;
    };
    let value_of = |raw: Option<&RawValue>| raw.and_then(|raw| json::value(raw).ok()).unwrap_or_default();
    let id = json::filled(&value_of(id));
    let time = json::time(&value_of(time));
    json::each_item(changes, |change| match json::members(change, &["field", "value"]) {
        Some([field, value]) => update::of_change(object, id.as_deref(), time, change, [field, value], updates),
        None => updates.push(|| Update::unreadable(None, id.clone(), change, "a change is not an object")),
    });
    // The Instagram-login route has been seen to leave `changes` out (§17.1).
    if field.is_some() && value.is_some() {
        update::of_change(object, id.as_deref(), time, entry, [field, value], updates);
    }
    for (list, is_standby) in [(messaging, false), (standby, true)] {
        json::each_item(list, |item| updates.push(|| update::of_messaging(id.as_deref(), time, is_standby, item)));
    }
}
