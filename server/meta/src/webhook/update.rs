//! From a change or a messaging item to updates.

use jiff::Timestamp;
use serde_json::{Value, value::RawValue};

use super::{
    account::{AccountEvent, PhoneEvent, TemplateEvent, UserPreference},
    envelope::Object,
    json,
    kind::Kind,
    message::{Contacts, InboundMessage},
    page,
    status::StatusUpdate,
};
use crate::graph::MetaError;

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Update {
    /// What it is about.
    pub kind: Kind,
    /// Meta's id of the receiving number, page or Instagram account; none for updates about an account as a whole.
    pub channel: Option<String>,
    /// The entry's id: for WhatsApp the business account.
    pub account: Option<String>,
    /// When, by Meta's clock.
    pub at: Option<Timestamp>,
    /// What is known about it.
    pub body: UpdateBody,
    /// Meta's words, whole.
    pub raw: Box<RawValue>,
}

/// What is known about an update.
#[derive(Debug, Clone)]
pub enum UpdateBody {
    /// A customer's message.
    Message(InboundMessage),
    /// How far a message of ours has come.
    Status(StatusUpdate),
    /// A message of ours that was written elsewhere.
    Echo(Echo),
    /// An error that stands by itself.
    Error(MetaError),
    /// A call, or how far one has come.
    Call(CallEvent),
    /// Something about a group.
    Group(GroupEvent),
    /// Messages from before the number was connected.
    History(History),
    /// A customer stopped or resumed marketing messages.
    UserPreference(UserPreference),
    /// Something about a template.
    Template(TemplateEvent),
    /// Something about a number.
    Phone(PhoneEvent),
    /// Something about the account.
    Account(AccountEvent),
    /// Messenger, Instagram: an item that is no message.
    Page(page::PageEvent),
    /// A kind that is not known: its words are in `raw`.
    Other,
    /// It does not have the form of its kind: its words are in `raw`.
    Unreadable {
        /// Why; no text of the message.
        reason: String,
    },
}

/// A message of ours that was written elsewhere (§8.1, §16.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Echo {
    /// The message; its sender is the other end.
    pub message: InboundMessage,
    /// Messenger, Instagram: what our own app sent along.
    pub metadata: Option<String>,
    /// Messenger, Instagram: which app sent it.
    pub app_id: Option<String>,
}

/// A call (§8.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallEvent {
    /// Meta's id of it.
    pub id: Option<String>,
    /// The person on the other end: phone or user id.
    pub person: Option<String>,
    /// `connect`, `terminate`, `RINGING`, `ACCEPTED`, `REJECTED`.
    pub event: Option<String>,
    /// USER_INITIATED or BUSINESS_INITIATED.
    pub direction: Option<String>,
    /// How long it was, in seconds.
    pub duration: Option<i64>,
}

/// Something about a group (§8.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupEvent {
    /// Meta's id of the group.
    pub group_id: Option<String>,
    /// `group_create`, `group_participants_add` … (older names are kept as they are).
    pub event: Option<String>,
}

/// A piece of the history (§8.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// 0, 1 or 2: the last day, the last 90 days, the last 180.
    pub phase: Option<i64>,
    /// Percent.
    pub progress: Option<i64>,
    /// How many threads it holds.
    pub threads: usize,
    /// Why there is none: 2593109 when the owner declined.
    pub error: Option<i64>,
}

impl History {
    fn read(piece: &RawValue) -> Self {
        let [metadata, threads, errors] = json::members(piece, &["metadata", "threads", "errors"]).unwrap_or_default();
        let value_of = |raw: Option<&RawValue>| raw.and_then(|raw| json::value(raw).ok()).unwrap_or_default();
        let (metadata, errors) = (value_of(metadata), value_of(errors));
        let mut count = 0;
        json::each_item(threads, |_| count += 1);
        Self {
            phase: json::integer(&metadata["phase"]),
            progress: json::integer(&metadata["progress"]),
            threads: count,
            error: json::integer(&errors[0]["code"]),
        }
    }
}

impl Update {
    /// Meta's words as bytes.
    #[must_use]
    pub fn raw_bytes(&self) -> &[u8] {
        self.raw.get().as_bytes()
    }

    pub(super) fn unreadable(channel: Option<String>, account: Option<String>, raw: &RawValue, reason: &str) -> Self {
        let body = UpdateBody::Unreadable { reason: reason.to_owned() };
        Self { kind: Kind::Field("unreadable".to_owned()), channel, account, at: None, body, raw: raw.to_owned() }
    }
}

/// Most updates that are read of one delivery: five times what Meta batches (§4.3).
pub(super) const UPDATES_MAX: usize = 5_000;

/// The updates of a delivery so far.
#[derive(Default)]
pub(super) struct Updates {
    list: Vec<Update>,
    is_cut: bool,
}

impl Updates {
    /// Adds one, if there is room for it.
    pub(super) fn push(&mut self, update: impl FnOnce() -> Update) {
        if self.list.len() < UPDATES_MAX {
            self.list.push(update());
        } else {
            self.is_cut = true;
        }
    }

    /// All of them; if some had no room, the last one is the whole delivery, unreadable.
    pub(super) fn finish(mut self, whole: &RawValue) -> Vec<Update> {
        if self.is_cut {
            self.list.push(Update::unreadable(None, None, whole, "more updates than Meta sends at once"));
        }
        self.list
    }
}

/// What the updates of one change share.
struct Change<'a> {
    channel: Option<String>,
    account: Option<String>,
    time: Option<Timestamp>,
    contacts: Contacts,
    updates: &'a mut Updates,
}

impl Change<'_> {
    fn add(&mut self, raw: &RawValue, read: impl FnOnce(&Contacts) -> (Kind, Option<Timestamp>, UpdateBody)) {
        let Self { channel, account, time, contacts, updates } = self;
        updates.push(|| {
            let (kind, at, body) = read(contacts);
            let (channel, account) = (channel.clone(), account.clone());
            Update { kind, channel, account, at: at.or(*time), body, raw: raw.to_owned() }
        });
    }

    /// Each item of a list by itself: one that is broken becomes unreadable and the others go on.
    fn each(
        &mut self,
        raw: Option<&RawValue>,
        kind: &Kind,
        read: impl Fn(&Value, usize, &Contacts) -> Result<(Kind, Option<Timestamp>, UpdateBody), String>,
    ) {
        let mut place = 0;
        json::each_item(raw, |item| {
            self.add(item, |contacts| {
                let outcome = json::value(item).and_then(|value| read(&value, place, contacts));
                outcome.unwrap_or_else(|reason| (kind.clone(), None, UpdateBody::Unreadable { reason }))
            });
            place += 1;
        });
    }
}

/// The lists that a change may hold, beside its metadata.
const LISTS: [&str; 11] = [
    "metadata",
    "contacts",
    "messages",
    "statuses",
    "errors",
    "message_echoes",
    "state_sync",
    "history",
    "user_preferences",
    "calls",
    "groups",
];

/// Reads one change of an entry.
pub(super) fn of_change(
    object: &Object,
    account: Option<&str>,
    time: Option<Timestamp>,
    raw: &RawValue,
    [field, value]: [Option<&RawValue>; 2],
    updates: &mut Updates,
) {
    let field = field.and_then(|raw| json::value(raw).ok()).and_then(|v| json::text(&v)).unwrap_or_default();
    let [metadata, contacts, messages, statuses, errors, echoes, state_sync, history, preferences, calls, groups] =
        value.and_then(|value| json::members(value, &LISTS)).unwrap_or_default();
    let number = metadata
        .and_then(|metadata| json::value(metadata).ok())
        .and_then(|metadata| json::filled(&metadata["phone_number_id"]));
    let channel = number
        .or_else(|| matches!(object, Object::Page | Object::Instagram).then(|| account.map(str::to_owned)).flatten());
    let before = updates.list.len();
    let mut change =
        Change { channel, account: account.map(str::to_owned), time, contacts: Contacts::read(contacts), updates };
    match field.as_str() {
        "messages" => {
            change.each(messages, &Kind::Message, |value, place, contacts| {
                let message = InboundMessage::read(value, contacts, place)?;
                Ok((Kind::Message, message.at, UpdateBody::Message(message)))
            });
            change.each(statuses, &Kind::Status, of_status);
            change.each(errors, &Kind::Error, |value, _, _| {
                let error = MetaError::read(value).ok_or("an error without a code")?;
                Ok((Kind::Error, None, UpdateBody::Error(error)))
            });
        }
        "smb_message_echoes" => change.each(echoes, &Kind::Echo, |value, place, _| {
            let mut message = InboundMessage::read(value, &Contacts::default(), place)?;
            message.sender = super::message::Sender::default();
            message.sender.take(json::filled(&value["to"]));
            if let Some(id) = json::filled(&value["to_user_id"]) {
                message.sender.user_id.get_or_insert(id);
            }
            message.sender.parent_user_id = json::filled(&value["to_parent_user_id"]);
            Ok((Kind::Echo, message.at, UpdateBody::Echo(Echo { message, metadata: None, app_id: None })))
        }),
        "smb_app_state_sync" => change.each(state_sync, &Kind::ContactSync, |value, _, _| {
            Ok((Kind::ContactSync, json::time(&value["metadata"]["timestamp"]), UpdateBody::Other))
        }),
        "history" => {
            // Months of messages in one piece: not taken apart further than needed.
            json::each_item(history, |piece| {
                change.add(piece, |_| (Kind::History, None, UpdateBody::History(History::read(piece))));
            });
            change.each(messages, &Kind::History, |value, _, _| {
                Ok((Kind::History, json::time(&value["timestamp"]), UpdateBody::Other))
            });
        }
        "user_preferences" => change.each(preferences, &Kind::UserPreference, |value, _, _| {
            let preference = UserPreference::read(value);
            Ok((Kind::UserPreference, json::time(&value["timestamp"]), UpdateBody::UserPreference(preference)))
        }),
        "calls" => {
            change.each(calls, &Kind::Call, |value, _, _| Ok(of_call(value, Kind::Call)));
            change.each(statuses, &Kind::CallStatus, |value, _, _| Ok(of_call(value, Kind::CallStatus)));
        }
        field if field.starts_with("group_") => change.each(groups, &Kind::Group, |value, _, _| {
            let event = GroupEvent { group_id: json::filled(&value["group_id"]), event: json::filled(&value["type"]) };
            Ok((Kind::Group, json::time(&value["timestamp"]), UpdateBody::Group(event)))
        }),
        _ => {}
    }
    if change.updates.list.len() > before {
        return;
    }
    // A flat field, or one that is not known: one update with all of its words.
    let whole = value.unwrap_or(raw);
    change.add(whole, |_| {
        let (kind, body) = flat(object, &field, whole);
        (kind, None, body)
    });
}

fn of_status(value: &Value, _: usize, _: &Contacts) -> Result<(Kind, Option<Timestamp>, UpdateBody), String> {
    if value["type"].as_str() == Some("call") {
        return Ok(of_call(value, Kind::CallStatus));
    }
    let status = StatusUpdate::read(value)?;
    Ok((Kind::Status, status.at, UpdateBody::Status(status)))
}

fn of_call(value: &Value, kind: Kind) -> (Kind, Option<Timestamp>, UpdateBody) {
    let text = |name: &str| json::filled(&value[name]);
    let ours = value["direction"].as_str() == Some("BUSINESS_INITIATED");
    let person = if kind == Kind::CallStatus {
        text("recipient_id").or_else(|| text("recipient_user_id"))
    } else if ours {
        text("to").or_else(|| text("to_user_id"))
    } else {
        text("from").or_else(|| text("from_user_id"))
    };
    let call = CallEvent {
        id: text("id"),
        person,
        event: text("event").or_else(|| text("status")),
        direction: text("direction"),
        duration: json::integer(&value["duration"]),
    };
    (kind, json::time(&value["timestamp"]), UpdateBody::Call(call))
}

fn flat(object: &Object, field: &str, raw: &RawValue) -> (Kind, UpdateBody) {
    let kind = Kind::Field(if field.is_empty() { "unknown".to_owned() } else { field.to_owned() });
    let comment = |value: &Value| UpdateBody::Page(page::PageEvent::of_comment(value));
    let is_page = matches!(object, Object::Page | Object::Instagram);
    let (kind, read): (Kind, &dyn Fn(&Value) -> UpdateBody) = match field {
        "comments" | "live_comments" if is_page => (Kind::Comment, &comment),
        "feed" if is_page => match json::value(raw) {
            Ok(value) if value["item"].as_str() == Some("comment") => return (Kind::Comment, comment(&value)),
            _ => return (kind, UpdateBody::Other),
        },
        "mentions" | "mention" if is_page => (Kind::Mention, &comment),
        _ if is_page => return (kind, UpdateBody::Other),
        "message_template_status_update"
        | "message_template_quality_update"
        | "message_template_components_update"
        | "template_category_update" => (kind, &|value| UpdateBody::Template(TemplateEvent::read(value))),
        "phone_number_quality_update"
        | "phone_number_name_update"
        | "business_capability_update"
        | "security"
        | "business_username_update" => (kind, &|value| UpdateBody::Phone(PhoneEvent::read(value))),
        "account_update" | "account_review_update" | "account_alerts" | "partner_solutions" => {
            (kind, &|value| UpdateBody::Account(AccountEvent::read(value)))
        }
        // Nothing of it is read, so it is not taken apart.
        _ => return (kind, UpdateBody::Other),
    };
    match json::value(raw) {
        Ok(value) => (kind, read(&value)),
        Err(reason) => (kind, UpdateBody::Unreadable { reason }),
    }
}

/// Reads one messaging item of a page or Instagram account.
pub(super) fn of_messaging(account: Option<&str>, time: Option<Timestamp>, standby: bool, raw: &RawValue) -> Update {
    let account = account.map(str::to_owned);
    match json::value(raw) {
        Ok(value) if value.is_object() => {
            let (kind, body) = page::read(&value, account.as_deref());
            let kind = if standby { Kind::Standby } else { kind };
            let at = json::time(&value["timestamp"]).or(time);
            Update { kind, channel: account.clone(), account, at, body, raw: raw.to_owned() }
        }
        Ok(_) => Update::unreadable(account.clone(), account, raw, "an item is not an object"),
        Err(reason) => Update::unreadable(account.clone(), account, raw, &reason),
    }
}
