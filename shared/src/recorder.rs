//! The flight recorder: every word about a message's way, as it is shown (row C4).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{id::MessageId, message::DeliveryState};

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A member, who sent it.
    Member,
    /// Our own request to Meta.
    Attempt,
    /// Meta, by webhook.
    Webhook,
}

impl Source {
    /// Every source.
    pub const ALL: &'static [Self] = &[Self::Member, Self::Attempt, Self::Webhook];

    /// The stable name, as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Attempt => "attempt",
            Self::Webhook => "webhook",
        }
    }

    /// The source of a stored name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|source| source.name() == name)
    }
}

/// One step of a message's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecorderEntry {
    /// When: by our clock, or by Meta's (whole seconds) when Meta said it.
    pub at: Timestamp,
    /// How far the message had come; not always forward, because a word may come late.
    pub state: DeliveryState,
    /// Who said it.
    pub source: Source,
    /// Which attempt it belongs to, counted from 1.
    pub attempt: Option<i32>,
    /// The HTTP status of Meta's answer.
    pub http_status: Option<i32>,
    /// Meta's error code.
    pub code: Option<i64>,
    /// What happened and what to do, in English.
    pub remedy: Option<String>,
    /// The stable name of the remedy, which keys its translations (`failure-window`).
    pub remedy_key: Option<String>,
    /// What Meta charges it as.
    pub price: Option<Price>,
    /// The message a member sent instead, when the step is that.
    pub resent_as: Option<MessageId>,
}

/// What Meta charges a message as (meta-api.md §12); amounts are on Meta's bill only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Meta's category, such as `service` or `marketing`.
    pub category: String,
    /// Whether it costs anything; none when Meta does not say.
    pub billable: Option<bool>,
}
