//! A customer's message (§5): who wrote it, when, in answer to what.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, value::RawValue};

use super::{
    content::{self, Content},
    json,
    update::UPDATES_MAX,
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
    pub(super) fn of(message: &Value, contacts: &Contacts, place: usize) -> Self {
        let mut sender = Self::default();
        sender.take(json::filled(&message["from"]));
        if let Some(id) = json::filled(&message["from_user_id"]) {
            sender.user_id = Some(id);
        }
        sender.parent_user_id = json::filled(&message["from_parent_user_id"]);
        if let Some(contact) = contacts.of(&sender, place) {
            sender.take(contact.wa_id.clone());
            if sender.user_id.is_none() {
                sender.user_id.clone_from(&contact.user_id);
            }
            if sender.parent_user_id.is_none() {
                sender.parent_user_id.clone_from(&contact.parent_user_id);
            }
            sender.name.clone_from(&contact.name);
            sender.username.clone_from(&contact.username);
        }
        sender
    }
}

/// One of the `contacts` beside messages.
#[derive(Default)]
struct Contact {
    wa_id: Option<String>,
    user_id: Option<String>,
    parent_user_id: Option<String>,
    name: Option<String>,
    username: Option<String>,
}

/// The `contacts` beside messages, found by id: a batch of a thousand messages has a thousand of them.
#[derive(Default)]
pub(super) struct Contacts {
    list: Vec<Contact>,
    by_wa_id: BTreeMap<String, usize>,
    by_user_id: BTreeMap<String, usize>,
}

impl Contacts {
    pub(super) fn read(raw: Option<&RawValue>) -> Self {
        let mut contacts = Self::default();
        json::each_item(raw, |item| {
            if contacts.list.len() < UPDATES_MAX
                && let Ok(value) = json::value(item)
            {
                contacts.add(&value);
            }
        });
        contacts
    }

    fn add(&mut self, value: &Value) {
        let text = |name: &str| json::filled(&value[name]);
        let profile = &value["profile"];
        let contact = Contact {
            wa_id: text("wa_id"),
            user_id: text("user_id"),
            parent_user_id: text("parent_user_id"),
            name: json::filled(&profile["name"]),
            username: json::filled(&profile["username"]),
        };
        let place = self.list.len();
        for (index, id) in [(&mut self.by_wa_id, &contact.wa_id), (&mut self.by_user_id, &contact.user_id)] {
            if let Some(id) = id {
                index.entry(id.clone()).or_insert(place);
            }
        }
        self.list.push(contact);
    }

    /// The contact that a sender is: by id; else, if nothing identifies the sender, the one at the same place or the only
    /// one.
    fn of(&self, sender: &Sender, place: usize) -> Option<&Contact> {
        let (phone, user_id) = (sender.phone.as_ref(), sender.user_id.as_ref());
        let found = [
            user_id.and_then(|id| self.by_user_id.get(id)),
            phone.and_then(|id| self.by_wa_id.get(id)),
            user_id.and_then(|id| self.by_wa_id.get(id)),
        ];
        let place = match found.into_iter().flatten().min() {
            Some(found) => *found,
            None if phone.is_some() || user_id.is_some() => return None,
            None if self.list.len() == 1 => 0,
            None => place,
        };
        self.list.get(place)
    }
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
    pub(super) fn read(message: &Value, contacts: &Contacts, place: usize) -> Result<Self, String> {
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
