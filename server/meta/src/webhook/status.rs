//! How far a message of ours has come (§6).

use jiff::Timestamp;
use serde_json::Value;

use super::json;
use crate::graph::MetaError;

/// The news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryStatus {
    /// Passed on.
    Sent,
    /// On the phone.
    Delivered,
    /// Looked at; may come without `Delivered`.
    Read,
    /// Listened to.
    Played,
    /// Will not arrive.
    Failed,
    /// Of old; means nothing.
    Deleted,
    /// A word that is not known.
    Other(String),
}

impl DeliveryStatus {
    /// Meta's word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed => "failed",
            Self::Deleted => "deleted",
            Self::Other(word) => word,
        }
    }

    pub(super) fn read(word: &str) -> Self {
        match word {
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "read" => Self::Read,
            "played" => Self::Played,
            "failed" => Self::Failed,
            "deleted" => Self::Deleted,
            other => Self::Other(other.to_owned()),
        }
    }
}

/// A status.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusUpdate {
    /// Meta's id of the message.
    pub message_id: String,
    /// The news.
    pub status: DeliveryStatus,
    /// When, by Meta's clock.
    pub at: Option<Timestamp>,
    /// The number or the group it went to; missing for people known by user id only.
    pub recipient: Option<String>,
    /// In a group: the number of the member this is about. A status is one by message, word and this.
    pub participant: Option<String>,
    /// The user id it went to.
    pub recipient_user_id: Option<String>,
    /// What we sent along for this.
    pub callback_data: Option<String>,
    /// Why it failed.
    pub errors: Vec<MetaError>,
    /// What it costs, in Meta's words: keep all of them.
    pub pricing: Option<Value>,
    /// The conversation of old pricing, in Meta's words.
    pub conversation: Option<Value>,
}

impl StatusUpdate {
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        Ok(Self {
            message_id: json::filled(&value["id"]).ok_or("a status without a message id")?,
            status: DeliveryStatus::read(value["status"].as_str().ok_or("a status without a word")?),
            at: json::time(&value["timestamp"]),
            recipient: json::filled(&value["recipient_id"]),
            participant: json::filled(&value["recipient_participant_id"]),
            recipient_user_id: json::filled(&value["recipient_user_id"])
                .or_else(|| json::filled(&value["recipient_participant_user_id"])),
            callback_data: json::filled(&value["biz_opaque_callback_data"]),
            errors: value["errors"].as_array().into_iter().flatten().filter_map(MetaError::read).collect(),
            pricing: value.get("pricing").cloned(),
            conversation: value.get("conversation").cloned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_we_sent_along_comes_back_as_it_was() {
        let ours = "msg:01890a5d-ac96-774b-bcce-b302099a8057:3";
        let value = json!({ "id": "wamid.x", "status": "sent", "biz_opaque_callback_data": ours });
        assert_eq!(StatusUpdate::read(&value).map(|status| status.callback_data), Ok(Some(ours.to_owned())));
    }
}
