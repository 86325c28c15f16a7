//! Conversations: a contact on a channel, as the list and the thread show it.

use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    channel::Trouble,
    entry::{EntryView, MemberName},
    event::EventCursor,
    id::{ChannelId, ContactId, ConversationId, LabelId, MessageId},
    message::{DeliveryState, Direction, MessageView},
};

/// Conversations in one page of the list.
pub const LIST_PAGE: i64 = 50;
/// Messages and entries in one page of a thread.
pub const THREAD_PAGE: i64 = 50;

/// Where a conversation stands (row C5).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// To be worked on. A customer's message opens any conversation again.
    #[default]
    Open,
    /// Waits for somebody else: the customer, a supplier.
    Pending,
    /// Out of the way until a time.
    Snoozed,
    /// Done.
    Resolved,
}

impl Status {
    /// Every status.
    pub const ALL: &'static [Self] = &[Self::Open, Self::Pending, Self::Snoozed, Self::Resolved];

    /// The stable name, as stored; keys translations (`status-open`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Pending => "pending",
            Self::Snoozed => "snoozed",
            Self::Resolved => "resolved",
        }
    }

    /// The status of a stored name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|status| status.name() == name)
    }
}

/// A conversation's place in the list: the time it is sorted by, and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListCursor {
    /// When its last message was or, where the list is sorted so, since when its customer waits.
    pub at: Timestamp,
    /// Which.
    pub id: ConversationId,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConversationView {
    /// Which.
    pub id: ConversationId,
    /// The other end.
    pub contact: ContactView,
    /// The channel it is on.
    pub channel: ChannelId,
    /// The channel's label.
    pub channel_label: String,
    /// Whether the channel sends.
    pub channel_active: bool,
    /// Why nothing is sent through the channel at the moment.
    pub channel_trouble: Option<Trouble>,
    /// Messages of the customer that nobody has looked at.
    pub unread: u32,
    /// Messages of the customer that have arrived; none from a host of the release before.
    #[serde(default)]
    pub arrived: Option<u32>,
    /// The last message, shortened.
    pub preview: Preview,
    /// When the last message was.
    pub last_message_at: Timestamp,
    /// When the customer last wrote; none when they never did.
    pub last_inbound_at: Option<Timestamp>,
    /// Where it stands.
    pub status: Status,
    /// Until when it sleeps; only when snoozed.
    pub snoozed_until: Option<Timestamp>,
    /// Whose it is; none when nobody's.
    pub assignee: Option<MemberName>,
    /// Its labels, in no order.
    pub labels: Vec<LabelId>,
    /// Since when the customer waits for an answer; none when nobody waits.
    pub waiting_since: Option<Timestamp>,
}

/// The last message of a conversation in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Which way it went.
    pub direction: Direction,
    /// Its type (`Content::type_name`).
    pub content_type: String,
    /// Its words, at most 120 characters; empty when it has none.
    pub text: String,
    /// How far it came, when outgoing.
    pub state: Option<DeliveryState>,
}

/// A person on the other end, as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    /// Who.
    pub id: ContactId,
    /// Their name; empty when they have none.
    pub name: String,
    /// Their number, `+…`, masked for roles that may not see it; none for people known by a user id only.
    pub phone: Option<String>,
    /// Their WhatsApp username, without `@`.
    pub username: Option<String>,
}

impl ContactView {
    /// What to call them: name, else username, else number; none when all are missing (the interface then says so in
    /// the reader's language).
    #[must_use]
    pub fn title(&self) -> Option<String> {
        if !self.name.is_empty() {
            return Some(self.name.clone());
        }
        self.username.as_ref().map(|username| format!("@{username}")).or_else(|| self.phone.clone())
    }
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConversationPage {
    /// In the order that was asked for, whichever way the page was reached.
    pub conversations: Vec<ConversationView>,
    /// Where the next page in the same direction begins; none at the end.
    pub next: Option<ListCursor>,
    /// Where the log of events stood when this was read: the socket starts from here and nothing is missed.
    pub cursor: EventCursor,
}

/// A place in a thread: at this message or entry, in the order oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadCursor {
    /// When it was.
    pub at: Timestamp,
    /// Its id, of a message or an entry.
    pub id: Uuid,
}

/// A page of a thread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThreadPage {
    /// The conversation as the list shows it.
    pub conversation: ConversationView,
    /// Oldest first.
    pub messages: Vec<MessageView>,
    /// Notes and changes among them, oldest first.
    pub entries: Vec<EntryView>,
    /// Where the page before this one ends; none at the beginning of the conversation.
    pub earlier: Option<ThreadCursor>,
    /// Where the page after this one begins; none when this one reaches the newest.
    pub later: Option<ThreadCursor>,
    /// The first message of the customer that nobody has looked at, in this page or not; none when there is none, and in
    /// pages before and after a place.
    pub first_unread: Option<MessageId>,
}

/// Which page of a thread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThreadPlace {
    /// The newest.
    #[default]
    Newest,
    /// Where the first message is that nobody has looked at; the newest when there is none.
    Unread,
    /// What comes before this place.
    Before(ThreadCursor),
    /// What comes after this place.
    After(ThreadCursor),
    /// With this message in its midst.
    Around(MessageId),
}

/// Whether free-form messages may be sent (meta-api.md §11, customer service window).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum WindowState {
    /// Until this instant.
    Open {
        /// The last instant at which we would send: Meta's end less the margin.
        until: Timestamp,
    },
    /// Only a template may be sent.
    Closed,
}

/// The customer service window is 24 hours from the customer's last message; one minute is kept as a margin because
/// Meta's clock decides.
pub const WINDOW_HOURS: i64 = 24;
const MARGIN_SECONDS: i64 = 60;

impl WindowState {
    /// The window at `now`, given when the customer last wrote by Meta's own time. A time from the future (a wrong
    /// clock) counts as now, so that it cannot hold a window open for longer than 24 hours.
    #[must_use]
    pub fn at(now: Timestamp, last_inbound: Option<Timestamp>) -> Self {
        let Some(last) = last_inbound.map(|at| at.min(now)) else { return Self::Closed };
        match last.checked_add((WINDOW_HOURS * 3600 - MARGIN_SECONDS).seconds()) {
            Ok(until) if now < until => Self::Open { until },
            _ => Self::Closed,
        }
    }

    /// Whether a free-form message may be sent.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    #[test]
    fn the_window_is_open_for_a_day_less_a_minute() {
        let wrote = at(1_750_000_000);
        assert!(WindowState::at(at(1_750_000_000 + 24 * 3600 - 61), Some(wrote)).is_open());
        assert!(!WindowState::at(at(1_750_000_000 + 24 * 3600 - 60), Some(wrote)).is_open());
        assert!(!WindowState::at(wrote, None).is_open());
    }

    proptest! {
        #[test]
        fn a_clock_from_the_future_opens_no_longer_window(now in 1_000_000_000_i64..3_000_000_000, ahead in 0_i64..10_000_000) {
            if let WindowState::Open { until } = WindowState::at(at(now), Some(at(now + ahead))) {
                prop_assert!(until <= at(now + 24 * 3600));
            }
        }
    }
}
