//! Events: what the realtime stream carries (row J3).
//!
//! A socket carries references, not data: the reader asks for what changed with its own rights, so an event can never
//! show more than a request would. Events are rows; a cursor says how far a reader has come, and a reader that comes back
//! with its cursor misses nothing.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::id::{ContactId, ConversationId, EntryId, MessageId, UserId};

/// A place in the log of events, `transaction-sequence`. Cursors of one installation are ordered; a restored backup
/// starts a new order, which a reader notices by being told to reload.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EventCursor {
    /// The transaction that wrote it.
    pub transaction: u64,
    /// Its place among all events.
    pub sequence: i64,
}

/// The text is not a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an event cursor")]
pub struct NotACursor;

impl fmt::Display for EventCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.transaction, self.sequence)
    }
}

impl FromStr for EventCursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let (transaction, sequence) = text.split_once('-').ok_or(NotACursor)?;
        Ok(Self {
            transaction: transaction.parse().map_err(|_| NotACursor)?,
            sequence: sequence.parse().map_err(|_| NotACursor)?,
        })
    }
}

impl TryFrom<String> for EventCursor {
    type Error = NotACursor;

    fn try_from(text: String) -> Result<Self, NotACursor> {
        text.parse()
    }
}

impl From<EventCursor> for String {
    fn from(cursor: EventCursor) -> Self {
        cursor.to_string()
    }
}

/// Something happened in a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happening {
    /// A message was added.
    MessageCreated {
        /// Where.
        conversation: ConversationId,
        /// Which.
        message: MessageId,
    },
    /// A message's state changed.
    MessageUpdated {
        /// Where.
        conversation: ConversationId,
        /// Which.
        message: MessageId,
    },
    /// A row of the list changed otherwise (read, renamed).
    ConversationUpdated {
        /// Which.
        conversation: ConversationId,
    },
    /// A note was written in a thread, or something was done with the conversation.
    EntryCreated {
        /// Where.
        conversation: ConversationId,
        /// Which.
        entry: EntryId,
    },
    /// A contact was renamed, tagged, or changed otherwise.
    ContactUpdated {
        /// Who.
        contact: ContactId,
    },
    /// Labels, tags, fields or canned replies of the workspace changed.
    VocabularyChanged,
    /// Somebody joined, left or changed role.
    MemberChanged {
        /// Who.
        user: UserId,
    },
    /// A channel was connected or changed.
    ChannelChanged,
    /// The workspace itself changed.
    WorkspaceChanged,
}

impl Happening {
    /// The conversation it is about, if any.
    #[must_use]
    pub const fn conversation(&self) -> Option<ConversationId> {
        match self {
            Self::MessageCreated { conversation, .. }
            | Self::MessageUpdated { conversation, .. }
            | Self::EntryCreated { conversation, .. }
            | Self::ConversationUpdated { conversation } => Some(*conversation),
            Self::ContactUpdated { .. }
            | Self::VocabularyChanged
            | Self::MemberChanged { .. }
            | Self::ChannelChanged
            | Self::WorkspaceChanged => None,
        }
    }
}

/// One event with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Where it stands.
    pub cursor: EventCursor,
    /// What happened.
    #[serde(flatten)]
    pub happening: Happening,
}

/// What a page that understands [`ServerFrame::Events`] adds to the socket's address. Pages of the release before are told
/// event by event.
pub const BATCHED: &str = "frames=2";

/// What the host sends over the socket, as JSON text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum ServerFrame {
    /// The first frame: from here on the reader is live. What happened after the cursor it came with follows.
    Ready {
        /// The cursor to come back with if nothing else arrives.
        cursor: EventCursor,
    },
    /// Something happened. Sent to pages that do not ask for [`BATCHED`] frames.
    Event(Event),
    /// Things happened, in this order.
    Events {
        /// What.
        events: Vec<Event>,
    },
    /// The cursor is too old or unknown: load everything anew and take this one.
    Reload {
        /// Where the log stands now.
        cursor: EventCursor,
    },
    /// Sent every 10 seconds so that a dead connection is noticed; also moves the cursor on.
    Heartbeat {
        /// Where the log stands now.
        cursor: EventCursor,
    },
    /// The reader's role is another one: ask anew what may be seen and done. Other events do not tell of a role that was
    /// changed from outside.
    Rights,
    /// The session or the membership has ended; do not come back without logging in.
    Closed,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_frame_reads_as_it_was_written() {
        let frame = ServerFrame::Event(Event {
            cursor: EventCursor { transaction: 7, sequence: 9 },
            happening: Happening::ChannelChanged,
        });
        let text = serde_json::to_string(&frame).expect("serialises");
        assert_eq!(text, r#"{"frame":"event","cursor":"7-9","kind":"channel_changed"}"#);
        assert_eq!(serde_json::from_str::<ServerFrame>(&text).expect("parses"), frame);
    }

    proptest! {
        #[test]
        fn a_cursor_survives_being_written(transaction in any::<u64>(), sequence in 0_i64..) {
            let cursor = EventCursor { transaction, sequence };
            prop_assert_eq!(cursor.to_string().parse(), Ok(cursor));
        }

        #[test]
        fn any_text_is_a_cursor_or_refused(text in any::<String>()) {
            let _ = text.parse::<EventCursor>();
        }
    }
}
