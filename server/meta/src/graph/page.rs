//! Sending through a Facebook page or an Instagram account (meta-api.md §16.1, §17): one form for both.

use serde::Serialize;
use serde_json::{Value, json};

/// Whom a message is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PageRecipient {
    /// A page-scoped or Instagram-scoped id.
    Id(String),
    /// The writer of a comment: once, within seven days.
    CommentId(String),
}

/// A quick reply: at most 13, titles of at most 20 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuickReply {
    /// What it says.
    pub title: String,
    /// Comes back when it is tapped.
    pub payload: String,
}

/// A file by its address or by the id of an earlier upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageAttachment {
    /// `image`, `audio`, `video` or `file`.
    pub kind: String,
    /// Its address.
    pub url: String,
}

/// What the other end sees being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SenderAction {
    /// Somebody writes.
    TypingOn,
    /// Nobody writes any more.
    TypingOff,
    /// It was seen.
    MarkSeen,
}

/// A message through a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageMessage {
    /// Words: under 2,000 characters on Messenger, 1,000 bytes on Instagram.
    Text {
        /// The words.
        text: String,
        /// Answers to tap.
        quick_replies: Vec<QuickReply>,
        /// The message it answers.
        reply_to: Option<String>,
    },
    /// A file; words go in a message of their own.
    Attachment(PageAttachment),
}

impl PageMessage {
    /// The body of `POST /{page}/messages`. Within 24 hours it is a response; later only a person may write, for seven
    /// days, with the tag HUMAN_AGENT. `metadata` comes back in the echo.
    #[must_use]
    pub fn body(&self, to: &PageRecipient, human_agent: bool, metadata: Option<&str>) -> Value {
        let mut message = match self {
            Self::Text { text, quick_replies, .. } => {
                let replies: Vec<_> = quick_replies
                    .iter()
                    .map(|r| json!({ "content_type": "text", "title": r.title, "payload": r.payload }))
                    .collect();
                if replies.is_empty() {
                    json!({ "text": text })
                } else {
                    json!({ "text": text, "quick_replies": replies })
                }
            }
            Self::Attachment(file) => json!({ "attachment": { "type": file.kind, "payload": { "url": file.url } } }),
        };
        if let Some(metadata) = metadata {
            message["metadata"] = json!(metadata);
        }
        let mut body = json!({ "recipient": to, "messaging_type": "RESPONSE", "message": message });
        if human_agent {
            body["messaging_type"] = json!("MESSAGE_TAG");
            body["tag"] = json!("HUMAN_AGENT");
        }
        if let Self::Text { reply_to: Some(mid), .. } = self {
            body["reply_to"] = json!({ "mid": mid });
        }
        body
    }
}

impl SenderAction {
    /// The body of `POST /{page}/messages`.
    #[must_use]
    pub fn body(self, to: &PageRecipient) -> Value {
        let action = match self {
            Self::TypingOn => "typing_on",
            Self::TypingOff => "typing_off",
            Self::MarkSeen => "mark_seen",
        };
        json!({ "recipient": to, "sender_action": action })
    }
}
