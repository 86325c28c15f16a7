//! Messenger and Instagram: one item of `messaging` (§16.2, §17.1).

use serde_json::Value;

use super::{
    content, json,
    kind::Kind,
    message::{Context, InboundMessage, Sender},
    update::{Echo, UpdateBody},
};

/// An item that is no message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageEvent {
    /// The person on the other end: PSID or IGSID, or the reference of a checkbox.
    pub person: Option<String>,
    /// The message or comment it is about.
    pub id: Option<String>,
    /// The words in it: a tapped button's, a comment's, an edited message's, the emoji of a reaction.
    pub text: Option<String>,
    /// What a tapped button sends back, or the emoji of a reaction.
    pub payload: Option<String>,
    /// Everything up to this instant has arrived or was read (Messenger), in milliseconds since 1970.
    pub watermark: Option<i64>,
}

impl PageEvent {
    /// A comment or a mention.
    pub(super) fn of_comment(value: &Value) -> Self {
        Self {
            person: json::filled(&value["from"]["id"]),
            id: json::filled(&value["id"])
                .or_else(|| json::filled(&value["comment_id"]))
                .or_else(|| json::filled(&value["media_id"])),
            text: json::filled(&value["text"]).or_else(|| json::filled(&value["message"])),
            ..Self::default()
        }
    }
}

const HANDOVER: &[&str] = &["pass_thread_control", "take_thread_control", "request_thread_control", "app_roles"];

/// What the item is, by the member it has.
pub(super) fn read(item: &Value, account: Option<&str>) -> (Kind, UpdateBody) {
    let id = |end: &str| json::filled(&item[end]["id"]).or_else(|| json::filled(&item[end]["user_ref"]));
    let (sender, recipient) = (id("sender"), id("recipient"));
    if let Some(message) = item.get("message").filter(|m| m.is_object()) {
        return of_message(item, message, sender, recipient);
    }
    // Who is not the account is the person; a checkbox on a site knows its visitor only by what the site said.
    let other = |id: &String| Some(id.as_str()) != account;
    let person =
        sender.filter(other).or_else(|| recipient.filter(other)).or_else(|| json::filled(&item["optin"]["user_ref"]));
    let event = |object: &Value| PageEvent {
        person: person.clone(),
        id: json::filled(&object["mid"]),
        text: ["title", "text", "emoji"].iter().find_map(|name| json::filled(&object[*name])),
        payload: json::filled(&object["payload"]).or_else(|| json::filled(&object["emoji"])),
        watermark: json::integer(&object["watermark"]),
    };
    let known: [(&str, Kind); 9] = [
        ("postback", Kind::Postback),
        ("reaction", Kind::Reaction),
        ("read", Kind::Read),
        ("delivery", Kind::Delivery),
        ("referral", Kind::Referral),
        ("optin", Kind::Optin),
        ("message_edit", Kind::MessageEdit),
        ("account_linking", Kind::AccountLinking),
        ("messaging_feedback", Kind::Field("messaging_feedback".to_owned())),
    ];
    for (name, kind) in known {
        if let Some(object) = item.get(name) {
            return (kind, UpdateBody::Page(event(object)));
        }
    }
    if HANDOVER.iter().any(|name| item.get(name).is_some()) {
        return (Kind::Handover, UpdateBody::Page(event(&Value::Null)));
    }
    let name = item.as_object().and_then(|members| {
        members.keys().find(|name| !["sender", "recipient", "timestamp"].contains(&name.as_str())).cloned()
    });
    (Kind::Field(name.unwrap_or_else(|| "messaging".to_owned())), UpdateBody::Page(event(&Value::Null)))
}

fn of_message(item: &Value, message: &Value, sender: Option<String>, recipient: Option<String>) -> (Kind, UpdateBody) {
    let echo = json::truth(&message["is_echo"]);
    let person = if echo { recipient } else { sender };
    let read = InboundMessage {
        id: json::filled(&message["mid"]).unwrap_or_default(),
        sender: Sender { scoped_id: person, ..Sender::default() },
        at: json::time(&item["timestamp"]),
        content: content::of_page(message),
        context: Context { replies_to: json::filled(&message["reply_to"]["mid"]), ..Context::default() },
        referral: message.get("referral").cloned(),
        group_id: None,
        errors: Vec::new(),
    };
    if read.id.is_empty() {
        return (Kind::Message, UpdateBody::Unreadable { reason: "a message without an id".to_owned() });
    }
    if echo {
        let (metadata, app_id) = (json::filled(&message["metadata"]), json::filled(&message["app_id"]));
        return (Kind::Echo, UpdateBody::Echo(Echo { message: read, metadata, app_id }));
    }
    (Kind::Message, UpdateBody::Message(read))
}
