//! A message on a phone, in either direction.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The person whose phone it is.
    Customer,
    /// A business number, through the messages endpoint.
    Business,
}

/// How far a message has come; later ones rank higher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Answered with 200; for a customer's message: not yet acknowledged by the business's server.
    Accepted,
    /// On WhatsApp's servers.
    Sent,
    /// On the phone; for a customer's message: the business's server took the webhook.
    Delivered,
    /// Looked at.
    Read,
    /// Never arrived; final.
    Failed,
}

/// Why a message failed, in Meta's numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// For example 131047.
    pub code: u32,
    /// Meta's title of the code.
    pub title: String,
}

/// One message of a thread.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Message {
    /// `wamid.…`
    pub id: String,
    /// The business number of the thread.
    pub phone_number_id: String,
    pub author: Author,
    /// When it was accepted.
    pub at: Timestamp,
    /// Meta's `type`: `text`, `image`, `template`…
    pub kind: String,
    /// The text, or a line that stands for other content.
    pub text: String,
    /// The message that is quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    pub status: Status,
    /// Known from the start for a message that will fail, so that a restart does not save it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// `biz_opaque_callback_data`, echoed in every status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_data: Option<String>,
    /// Sent to a user id: its statuses then carry no phone number.
    #[serde(default)]
    pub to_user_id: bool,
    /// Meta's pricing category, for what the business sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The file of a message that has one and is kept here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
}

impl Message {
    /// Moves forward; false if it was there already, or further.
    pub(crate) fn reach(&mut self, status: Status) -> bool {
        let moves = status > self.status;
        if moves {
            self.status = status;
        }
        moves
    }
}
