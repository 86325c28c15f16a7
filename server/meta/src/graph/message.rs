//! Outgoing messages as Meta takes them (meta-api.md §1, §2).

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json};

use super::{interactive::Interactive, template::Template};

/// Whom a message is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// A phone number, digits only; a plus is put before it, or Meta would prepend our own country code.
    Phone(String),
    /// A business-scoped user id.
    UserId(String),
    /// A group.
    Group(String),
}

/// A file: uploaded before, or fetched by Meta.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaSource {
    /// Meta's id of an uploaded file.
    Id(String),
    /// An address Meta fetches.
    Link(String),
}

/// A file with what is said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Media {
    /// The file.
    #[serde(flatten)]
    pub source: MediaSource,
    /// Words under it, at most 1,024 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// The name of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// Whether a sound is shown as spoken; needs ogg/opus.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voice: Option<bool>,
}

impl Media {
    /// A file without anything said about it.
    #[must_use]
    pub const fn new(source: MediaSource) -> Self {
        Self { source, caption: None, filename: None, voice: None }
    }
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Location {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// What a message holds.
#[derive(Debug, Clone, PartialEq)]
pub enum OutgoingContent {
    /// Words, at most 4,096 characters.
    Text {
        /// The words.
        body: String,
        /// Whether the first link is shown with a preview.
        preview_url: bool,
    },
    /// A picture.
    Image(Media),
    /// A film.
    Video(Media),
    /// Sound.
    Audio(Media),
    /// A document.
    Document(Media),
    /// A sticker.
    Sticker(Media),
    /// A place.
    Location(Location),
    /// Contact cards, in Meta's own form (§1.4).
    Contacts(Vec<Value>),
    /// An emoji on a message; an empty one takes it back.
    Reaction {
        /// Meta's id of the message.
        message_id: String,
        /// The emoji.
        emoji: String,
    },
    /// Buttons, lists and the like.
    Interactive(Interactive),
    /// An approved template.
    Template(Template),
    /// Pins or unpins a message of a group.
    Pin {
        /// Meta's id of the message.
        message_id: String,
        /// For how many days; none unpins.
        days: Option<u32>,
    },
}

impl OutgoingContent {
    /// Words with the preview of their first link.
    #[must_use]
    pub const fn text(body: String) -> Self {
        Self::Text { body, preview_url: true }
    }

    /// Meta's name of the type.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Audio(_) => "audio",
            Self::Document(_) => "document",
            Self::Sticker(_) => "sticker",
            Self::Location(_) => "location",
            Self::Contacts(_) => "contacts",
            Self::Reaction { .. } => "reaction",
            Self::Interactive(_) => "interactive",
            Self::Template(_) => "template",
            Self::Pin { .. } => "pin",
        }
    }

    fn object(&self) -> Result<Value, serde_json::Error> {
        Ok(match self {
            Self::Text { body, preview_url } => json!({ "body": body, "preview_url": preview_url }),
            Self::Image(m) | Self::Video(m) | Self::Audio(m) | Self::Document(m) | Self::Sticker(m) => {
                serde_json::to_value(m)?
            }
            Self::Location(location) => serde_json::to_value(location)?,
            Self::Contacts(cards) => Value::Array(cards.clone()),
            Self::Reaction { message_id, emoji } => json!({ "message_id": message_id, "emoji": emoji }),
            Self::Interactive(interactive) => serde_json::to_value(interactive)?,
            Self::Template(template) => serde_json::to_value(template)?,
            Self::Pin { message_id, days: Some(days) } => {
                json!({ "type": "pin", "message_id": message_id, "expiration_days": days })
            }
            Self::Pin { message_id, days: None } => json!({ "type": "unpin", "message_id": message_id }),
        })
    }
}

/// A message to send.
#[derive(Debug, Clone, PartialEq)]
pub struct OutgoingMessage {
    /// Whom it is for.
    pub to: Recipient,
    /// What it holds.
    pub content: OutgoingContent,
    /// Meta's id of the message it answers; not for reactions.
    pub context_message_id: Option<String>,
    /// Echoed in every status of it, at most 512 bytes.
    pub callback_data: Option<String>,
}

impl Serialize for OutgoingMessage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("messaging_product", "whatsapp")?;
        match &self.to {
            Recipient::Phone(digits) => {
                map.serialize_entry("recipient_type", "individual")?;
                map.serialize_entry("to", &format!("+{}", digits.trim_start_matches('+')))?;
            }
            Recipient::UserId(id) => {
                map.serialize_entry("recipient_type", "individual")?;
                map.serialize_entry("recipient", id)?;
            }
            Recipient::Group(id) => {
                map.serialize_entry("recipient_type", "group")?;
                map.serialize_entry("to", id)?;
            }
        }
        if let Some(id) = &self.context_message_id {
            map.serialize_entry("context", &json!({ "message_id": id }))?;
        }
        let kind = self.content.type_name();
        map.serialize_entry("type", kind)?;
        map.serialize_entry(kind, &self.content.object().map_err(serde::ser::Error::custom)?)?;
        if let Some(data) = &self.callback_data {
            map.serialize_entry("biz_opaque_callback_data", data)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_form_meta_documents() {
        let message = OutgoingMessage {
            to: Recipient::Phone("5511987654321".into()),
            content: OutgoingContent::Text { body: "Pedido confirmado.".into(), preview_url: false },
            context_message_id: Some("wamid.X".into()),
            callback_data: Some("msg:1".into()),
        };
        assert_eq!(
            serde_json::to_value(&message).expect("serialises"),
            json!({ "messaging_product": "whatsapp", "recipient_type": "individual", "to": "+5511987654321", "type": "text",
                    "text": { "body": "Pedido confirmado.", "preview_url": false }, "context": { "message_id": "wamid.X" },
                    "biz_opaque_callback_data": "msg:1" })
        );
    }

    #[test]
    fn somebody_without_a_number_is_addressed_by_user_id() {
        let message = OutgoingMessage {
            to: Recipient::UserId("BR.1349".into()),
            content: OutgoingContent::Image(Media {
                caption: Some("look".into()),
                ..Media::new(MediaSource::Id("7".into()))
            }),
            context_message_id: None,
            callback_data: None,
        };
        let value = serde_json::to_value(&message).expect("serialises");
        assert_eq!((&value["recipient"], &value["to"]), (&json!("BR.1349"), &Value::Null));
        assert_eq!(value["image"], json!({ "id": "7", "caption": "look" }));
    }
}
