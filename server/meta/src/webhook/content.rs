//! What a message holds: every type of §5.2, and Messenger's and Instagram's attachments.

use serde_json::Value;

use super::json;

/// A file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Media {
    /// Meta's id of it, good for seven days.
    pub id: Option<String>,
    /// Where it can be fetched, for minutes.
    pub url: Option<String>,
    /// The media type.
    pub mime_type: Option<String>,
    /// Its SHA-256 in base64.
    pub sha256: Option<String>,
    /// Words under it.
    pub caption: Option<String>,
    /// The name of a document.
    pub filename: Option<String>,
}

/// What a message holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Words.
    Text {
        /// As written.
        body: String,
    },
    /// A picture.
    Image(Media),
    /// A film.
    Video(Media),
    /// Sound.
    Audio {
        /// The file.
        media: Media,
        /// Whether it was spoken into WhatsApp.
        voice: bool,
    },
    /// A document.
    Document(Media),
    /// A sticker.
    Sticker {
        /// The file.
        media: Media,
        /// Whether it moves.
        animated: bool,
    },
    /// A place; without name and address a live position.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// Its name.
        name: Option<String>,
        /// Its address.
        address: Option<String>,
    },
    /// Contact cards, in Meta's form (§1.4).
    Contacts {
        /// The cards.
        cards: Vec<Value>,
        /// Whether they answer a request for contact data.
        requested: bool,
    },
    /// An emoji on a message.
    Reaction {
        /// Meta's id of the message.
        message_id: String,
        /// The emoji; none when it was taken back (empty or missing on the wire).
        emoji: Option<String>,
    },
    /// A template's quick reply was tapped.
    Button {
        /// What it said.
        text: String,
        /// What it sends back.
        payload: Option<String>,
    },
    /// A reply button was tapped.
    ButtonReply {
        /// Its id.
        id: String,
        /// What it said.
        title: String,
    },
    /// A row of a list was chosen.
    ListReply {
        /// Its id.
        id: String,
        /// What it said.
        title: String,
        /// What stood under it.
        description: Option<String>,
    },
    /// A form was filled in.
    FlowReply {
        /// The form's name.
        name: Option<String>,
        /// What WhatsApp shows of it.
        body: Option<String>,
        /// The answers: JSON in a string on the wire; the string itself where it is none.
        response: Value,
    },
    /// The permission to call was given or refused.
    CallPermissionReply {
        /// Whether it was given.
        accepted: bool,
        /// Whether for good.
        permanent: bool,
    },
    /// A cart.
    Order {
        /// The catalogue.
        catalog_id: Option<String>,
        /// Words beside it.
        text: Option<String>,
        /// Its products, in Meta's form.
        items: Vec<Value>,
    },
    /// WhatsApp's own words: a changed number, user id or identity (§5.3).
    System {
        /// The words.
        body: String,
        /// What changed, by Meta's name.
        kind: Option<String>,
        /// The new number.
        new_phone: Option<String>,
        /// The new user id.
        new_user_id: Option<String>,
        /// The one before it.
        previous_user_id: Option<String>,
    },
    /// The customer changed an earlier message.
    Edit {
        /// Meta's id of it.
        original_message_id: String,
        /// What it holds now.
        content: Box<Content>,
    },
    /// The customer deleted an earlier message.
    Revoke {
        /// Meta's id of it.
        original_message_id: String,
    },
    /// The customer opened the chat for the first time.
    RequestWelcome,
    /// A file of the time before the number was connected; it comes in a later delivery.
    MediaPlaceholder,
    /// Something WhatsApp does not pass on.
    Unsupported {
        /// Meta's name of what it was.
        kind: Option<String>,
    },
    /// Messenger, Instagram: attachments beside or instead of words.
    Attachments {
        /// The words.
        text: Option<String>,
        /// The attachments, in Meta's form.
        items: Vec<Value>,
    },
    /// A type that is not known, or whose object is missing: its words are in the update's `raw`.
    Other {
        /// Meta's name of it.
        kind: String,
    },
}

impl Content {
    /// Meta's name of the type.
    #[must_use]
    pub fn type_name(&self) -> &str {
        match self {
            Self::Text { .. } => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Audio { .. } => "audio",
            Self::Document(_) => "document",
            Self::Sticker { .. } => "sticker",
            Self::Location { .. } => "location",
            Self::Contacts { .. } => "contacts",
            Self::Reaction { .. } => "reaction",
            Self::Button { .. } => "button",
            Self::ButtonReply { .. }
            | Self::ListReply { .. }
            | Self::FlowReply { .. }
            | Self::CallPermissionReply { .. } => "interactive",
            Self::Order { .. } => "order",
            Self::System { .. } => "system",
            Self::Edit { .. } => "edit",
            Self::Revoke { .. } => "revoke",
            Self::RequestWelcome => "request_welcome",
            Self::MediaPlaceholder => "media_placeholder",
            Self::Unsupported { kind } => kind.as_deref().unwrap_or("unsupported"),
            Self::Attachments { .. } => "attachments",
            Self::Other { kind } => kind,
        }
    }

    /// The words a person would read: body, caption, what a tapped button said, an order's note, WhatsApp's own words, a
    /// reaction's emoji. No words: stickers, places, cards, forms.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text { body } | Self::System { body, .. } => Some(body),
            Self::Image(media) | Self::Video(media) | Self::Document(media) => media.caption.as_deref(),
            Self::Button { text, .. } => Some(text),
            Self::ButtonReply { title, .. } | Self::ListReply { title, .. } => Some(title),
            Self::Order { text, .. } | Self::Attachments { text, .. } => text.as_deref(),
            Self::Edit { content, .. } => content.words(),
            Self::Reaction { emoji, .. } => emoji.as_deref(),
            _ => None,
        }
    }
}

fn media(value: &Value) -> Media {
    let text = |name: &str| json::filled(&value[name]);
    Media {
        id: text("id"),
        url: text("url"),
        mime_type: text("mime_type"),
        sha256: text("sha256"),
        caption: text("caption"),
        filename: text("filename"),
    }
}

/// Reads the content of a WhatsApp message by its `type`. What does not have the documented form is `Other`.
pub(super) fn read(message: &Value) -> Content {
    read_at(message, 0).unwrap_or_else(|| Content::Other {
        kind: json::filled(&message["type"]).unwrap_or_else(|| "unknown".to_owned()),
    })
}

fn read_at(message: &Value, depth: u8) -> Option<Content> {
    let kind = message["type"].as_str()?;
    let object = &message[kind];
    let text = |name: &str| json::filled(&object[name]);
    Some(match kind {
        "text" => Content::Text { body: json::text(&object["body"])? },
        "image" if object.is_object() => Content::Image(media(object)),
        "video" if object.is_object() => Content::Video(media(object)),
        "audio" | "voice" if object.is_object() => {
            Content::Audio { media: media(object), voice: kind == "voice" || json::truth(&object["voice"]) }
        }
        "document" if object.is_object() => Content::Document(media(object)),
        "sticker" if object.is_object() => {
            Content::Sticker { media: media(object), animated: json::truth(&object["animated"]) }
        }
        "location" => Content::Location {
            latitude: json::float(&object["latitude"])?,
            longitude: json::float(&object["longitude"])?,
            name: text("name"),
            address: text("address"),
        },
        "contacts" => Content::Contacts {
            cards: object.as_array()?.clone(),
            requested: message["origin"].as_str() == Some("contact_request"),
        },
        "reaction" => Content::Reaction { message_id: text("message_id")?, emoji: text("emoji") },
        "button" => Content::Button { text: text("text").or_else(|| text("payload"))?, payload: text("payload") },
        "interactive" => interactive(object)?,
        "order" if object.is_object() => Content::Order {
            catalog_id: text("catalog_id"),
            text: text("text"),
            items: object["product_items"].as_array().cloned().unwrap_or_default(),
        },
        "system" if object.is_object() => Content::System {
            body: text("body").unwrap_or_default(),
            kind: text("type"),
            new_phone: text("wa_id").or_else(|| text("new_wa_id")),
            new_user_id: text("user_id"),
            previous_user_id: text("previous_user_id"),
        },
        // An edit of an edit of an edit is nobody's message.
        "edit" if depth < 4 => Content::Edit {
            original_message_id: text("original_message_id")?,
            content: Box::new(read_at(&object["message"], depth + 1).unwrap_or(Content::Unsupported { kind: None })),
        },
        "revoke" => Content::Revoke { original_message_id: text("original_message_id")? },
        "request_welcome" => Content::RequestWelcome,
        "media_placeholder" => Content::MediaPlaceholder,
        "unsupported" | "unknown" => Content::Unsupported { kind: text("type") },
        _ => return None,
    })
}

/// Commas and brackets that are never too many for the answers of a form.
const ANSWER_PARTS_FREE: usize = 200;

fn interactive(object: &Value) -> Option<Content> {
    let (button, list, form, call) =
        (&object["button_reply"], &object["list_reply"], &object["nfm_reply"], &object["call_permission_reply"]);
    if button.is_object() {
        return Some(Content::ButtonReply {
            id: json::text(&button["id"]).unwrap_or_default(),
            title: json::filled(&button["title"])?,
        });
    }
    if list.is_object() {
        return Some(Content::ListReply {
            id: json::text(&list["id"]).unwrap_or_default(),
            title: json::filled(&list["title"])?,
            description: json::filled(&list["description"]),
        });
    }
    if form.is_object() {
        let response = match &form["response_json"] {
            Value::String(text) => Some(text)
                .filter(|text| !json::is_hollow(text, ANSWER_PARTS_FREE))
                .and_then(|text| serde_json::from_str(text).ok())
                .unwrap_or_else(|| Value::String(text.clone())),
            other => other.clone(),
        };
        return Some(Content::FlowReply {
            name: json::filled(&form["name"]),
            body: json::filled(&form["body"]),
            response,
        });
    }
    call.is_object().then(|| Content::CallPermissionReply {
        accepted: call["response"].as_str() == Some("accept"),
        permanent: json::truth(&call["is_permanent"]),
    })
}

/// Reads the `message` of Messenger or Instagram.
pub(super) fn of_page(message: &Value) -> Content {
    let text = json::filled(&message["text"]);
    let attachments = message["attachments"].as_array().cloned().unwrap_or_default();
    if json::truth(&message["is_deleted"]) {
        return Content::Revoke { original_message_id: json::text(&message["mid"]).unwrap_or_default() };
    }
    if json::truth(&message["is_unsupported"]) && attachments.is_empty() && text.is_none() {
        return Content::Unsupported { kind: None };
    }
    match (text, attachments.is_empty(), json::filled(&message["quick_reply"]["payload"])) {
        (Some(text), true, Some(payload)) => Content::Button { text, payload: Some(payload) },
        (Some(body), true, None) => Content::Text { body },
        (text, false, _) => Content::Attachments { text, items: attachments },
        (None, true, _) => Content::Other { kind: "message".to_owned() },
    }
}
