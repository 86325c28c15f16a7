//! Entries: what stands in a thread beside its messages. Members' notes, and what was done with the conversation. The
//! customer never sees any of it.

use garde::Validate;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conversation::Status,
    id::{ClientKey, ConversationId, EntryId, UserId},
    message::body_rule,
};

/// A member by name, as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberName {
    /// Who.
    pub id: UserId,
    /// Their name, the present one.
    pub name: String,
}

/// What an entry says. Stored as JSON by its type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EntryContent {
    /// A member's note, for the team only.
    Note {
        /// With the same markup as messages.
        body: String,
    },
    /// The conversation was given to somebody, or taken from everybody.
    Assigned {
        /// To whom, by the name they had then; none when it is nobody's now.
        to: Option<MemberName>,
    },
    /// The conversation's status changed.
    Status {
        /// What it is now.
        status: Status,
        /// Until when it sleeps, when snoozed.
        until: Option<Timestamp>,
        /// Why it was closed, when somebody said so.
        reason: Option<String>,
        /// Whether the customer's own message changed it.
        by_customer: bool,
    },
    /// A label was put on or taken off.
    Labelled {
        /// Its name then.
        label: String,
        /// Put on, else taken off.
        added: bool,
    },
}

/// An entry as the thread shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryView {
    /// Which.
    pub id: EntryId,
    /// Where it belongs.
    pub conversation: ConversationId,
    /// The key its writer made; notes only.
    pub client_key: Option<ClientKey>,
    /// Who did it; none when the product or the customer did.
    pub author: Option<MemberName>,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub content: EntryContent,
}

/// A note a member writes.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewNote {
    /// Made by the writer; the same key twice is the same note.
    #[garde(skip)]
    pub client_key: ClientKey,
    /// 1 to [`TEXT_MAX`](crate::message::TEXT_MAX) characters, at least one of them visible.
    #[garde(custom(body_rule))]
    pub body: String,
}
