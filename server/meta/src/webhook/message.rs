//! A customer's message (§5): who wrote it, when, in answer to what.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    content::{self, Content},
    json,
};
use crate::graph::MetaError;

/// Who wrote. Any of it may be missing; somebody with only a user id is as good a sender as any (§13).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sender {
    /// Digits of the phone number, without plus.
    pub phone: Option<String>,
    /// Business-scoped user id (BSUID).
    pub user_id: Option<String>,
    /// The same for linked portfolios.
    pub parent_user_id: Option<String>,
    /// Username, as Meta writes it.
    pub username: Option<String>,
    /// The name they gave themselves.
    pub name: Option<String>,
    /// Messenger: page-scoped id. Instagram: Instagram-scoped id.
    pub scoped_id: Option<String>,
}

impl Sender {
    /// The one id people would name: phone, else user id, else scoped id.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.phone.as_deref().or(self.user_id.as_deref()).or(self.scoped_id.as_deref())
    }

    /// Sorts an id by its form: `from` and `wa_id` have been seen to hold a user id, or nothing (§21).
    pub(super) fn take(&mut self, id: Option<String>) {
        let Some(id) = id else { return };
        let digits = id.trim_start_matches('+');
        if digits.is_empty() {
        } else if digits.bytes().all(|b| b.is_ascii_digit()) {
            self.phone.get_or_insert_with(|| digits.to_owned());
        } else {
            self.user_id.get_or_insert(id);
        }
    }

    /// From a message and the contacts beside it.
    pub(super) fn of(message: &Value, contacts: &[Value], place: usize) -> Self {
        let mut sender = Self::default();
        sender.take(json::filled(&message["from"]));
        if let Some(id) = json::filled(&message["from_user_id"]) {
            sender.user_id = Some(id);
        }
        sender.parent_user_id = json::filled(&message["from_parent_user_id"]);
        if let Some(contact) = contact_of(&sender, contacts, place) {
            sender.take(json::filled(&contact["wa_id"]));
            if sender.user_id.is_none() {
                sender.user_id = json::filled(&contact["user_id"]);
            }
            if sender.parent_user_id.is_none() {
                sender.parent_user_id = json::filled(&contact["parent_user_id"]);
            }
            sender.name = json::filled(&contact["profile"]["name"]);
            sender.username = json::filled(&contact["profile"]["username"]);
        }
        sender
    }
}

/// The contact that a sender is: by id; else, if nothing identifies the sender, the one at the same place or the only one.
fn contact_of<'a>(sender: &Sender, contacts: &'a [Value], place: usize) -> Option<&'a Value> {
    let is = |id: &Option<String>, value: &Value| id.is_some() && *id == json::filled(value);
    contacts
        .iter()
        .find(|c| {
            is(&sender.user_id, &c["user_id"]) || is(&sender.phone, &c["wa_id"]) || is(&sender.user_id, &c["wa_id"])
        })
        .or_else(|| {
            let unknown = sender.phone.is_none() && sender.user_id.is_none();
            let only = if contacts.len() == 1 { contacts.first() } else { contacts.get(place) };
            only.filter(|_| unknown)
        })
}

/// What a message answers or repeats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Context {
    /// Meta's id of the message it answers.
    pub replies_to: Option<String>,
    /// Whether it was forwarded.
    pub forwarded: bool,
    /// Whether it was forwarded more than five times.
    pub frequently_forwarded: bool,
    /// The product it asks about: catalogue and the catalogue's id.
    pub product: Option<(String, String)>,
}

/// A message of a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct InboundMessage {
    /// Meta's id of it (`wamid…`, `mid`).
    pub id: String,
    /// Who wrote it.
    pub sender: Sender,
    /// When, by Meta's clock.
    pub at: Option<Timestamp>,
    /// What it holds.
    pub content: Content,
    /// What it answers.
    pub context: Context,
    /// The advertisement or link it came by, in Meta's words.
    pub referral: Option<Value>,
    /// The group it was written in.
    pub group_id: Option<String>,
    /// What Meta could not pass on of it.
    pub errors: Vec<MetaError>,
}

impl InboundMessage {
    /// The words a person would read: see [`Content::words`].
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.content.words()
    }

    /// Reads a WhatsApp message. Needs an id; anything else may be missing.
    pub(super) fn read(message: &Value, contacts: &[Value], place: usize) -> Result<Self, String> {
        let id = message["id"].as_str().filter(|id| !id.is_empty()).ok_or("a message without an id")?.to_owned();
        let context = &message["context"];
        let product = &context["referred_product"];
        Ok(Self {
            id,
            sender: Sender::of(message, contacts, place),
            at: json::time(&message["timestamp"]),
            content: content::read(message),
            context: Context {
                replies_to: json::filled(&context["id"]),
                forwarded: json::truth(&context["forwarded"]),
                frequently_forwarded: json::truth(&context["frequently_forwarded"]),
                product: json::filled(&product["catalog_id"]).zip(json::filled(&product["product_retailer_id"])),
            },
            referral: message.get("referral").filter(|r| r.is_object()).cloned(),
            group_id: json::filled(&message["group_id"]),
            errors: message["errors"].as_array().into_iter().flatten().filter_map(MetaError::read).collect(),
        })
    }
}
