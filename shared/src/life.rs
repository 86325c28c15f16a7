//! The life of a conversation (row C5): what members do with it, one or many at a time, and how each change is undone.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    conversation::{ConversationView, Status},
    entry::MemberName,
    id::{ConversationId, LabelId, UserId},
    label::LabelView,
    text,
};

/// The most characters of the reason a conversation is closed with.
pub const REASON_MAX: usize = 200;
/// The longest a conversation sleeps: a year, whatever its length.
pub const SNOOZE_MAX: SignedDuration = SignedDuration::from_hours(366 * 24);
/// The most labels of a workspace.
pub const LABELS_MAX: i64 = 200;
/// The most labels of a conversation.
pub const CONVERSATION_LABELS_MAX: i64 = 20;
/// The most conversations that are changed at once.
pub const AT_ONCE_MAX: usize = 200;

/// A status as somebody wants it, with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum NewStatus {
    /// To be worked on.
    Open,
    /// Waits for somebody else.
    Pending,
    /// Out of the way.
    Snoozed {
        /// Until then: in the future, at most [`SNOOZE_MAX`] away.
        until: Timestamp,
    },
    /// Done.
    Resolved {
        /// Why, for the team: at most [`REASON_MAX`] characters.
        #[serde(default)]
        reason: Option<String>,
    },
}

impl NewStatus {
    /// What a conversation that stands so was given; a snoozed one without its time counts as open.
    #[must_use]
    pub fn of(status: Status, until: Option<Timestamp>) -> Self {
        match (status, until) {
            (Status::Open, _) | (Status::Snoozed, None) => Self::Open,
            (Status::Pending, _) => Self::Pending,
            (Status::Snoozed, Some(until)) => Self::Snoozed { until },
            (Status::Resolved, _) => Self::Resolved { reason: None },
        }
    }

    /// The status itself.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Open => Status::Open,
            Self::Pending => Status::Pending,
            Self::Snoozed { .. } => Status::Snoozed,
            Self::Resolved { .. } => Status::Resolved,
        }
    }

    /// Until when it sleeps, to the microsecond, which is what is stored.
    #[must_use]
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Snoozed { until } => Some(Timestamp::from_microsecond(until.as_microsecond()).unwrap_or(*until)),
            _ => None,
        }
    }

    /// Why it is closed, cleaned; none when nobody said so.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Resolved { reason: Some(reason) } => Some(text::clean_line(reason)).filter(|r| text::is_visible(r)),
            _ => None,
        }
    }

    /// Whether it may be given at `now`.
    ///
    /// # Errors
    /// The field and what is wrong with it.
    pub fn check(&self, now: Timestamp) -> Result<(), garde::Report> {
        let wrong = |field: &str, words: String| {
            let mut report = garde::Report::new();
            report.append(garde::Path::new(field), garde::Error::new(words));
            Err(report)
        };
        if let Some(until) = self.until() {
            if until <= now {
                return wrong("until", "choose a time in the future".to_owned());
            }
            if until.duration_since(now) > SNOOZE_MAX {
                return wrong("until", "at most a year from now".to_owned());
            }
        }
        let length = self.reason().map_or(0, |reason| reason.chars().count());
        if length > REASON_MAX {
            return wrong("reason", format!("at most {REASON_MAX} characters; this has {length}"));
        }
        Ok(())
    }
}

/// What is done with conversations.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// They get another status.
    Status {
        /// Which.
        to: NewStatus,
    },
    /// They are given to somebody.
    Assignee {
        /// To whom; none takes them from everybody.
        to: Option<UserId>,
    },
    /// A label is put on or taken off.
    Label {
        /// Which.
        label: LabelId,
        /// Put on, else taken off.
        on: bool,
    },
}

/// What somebody had seen of a conversation when they decided about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Which.
    pub conversation: ConversationId,
    /// How many messages of the customer had arrived, as the row said. Pages of the release before do not say it; then
    /// the time counts.
    #[serde(default)]
    pub arrived: Option<u32>,
    /// When the customer's last message was that they saw, as the row said; none when there was none.
    #[serde(default)]
    pub last_inbound_at: Option<Timestamp>,
    /// The change that is to be taken back, when one is: what somebody else has made of it since stays.
    #[serde(default)]
    pub standing: Option<Change>,
}

impl Seen {
    /// A row as it was seen.
    #[must_use]
    pub fn of(row: &ConversationView) -> Self {
        let ConversationView { id, arrived, last_inbound_at, .. } = *row;
        Self { conversation: id, arrived, last_inbound_at, standing: None }
    }

    /// The same when a change of it is taken back.
    #[must_use]
    pub fn when_undone(self, change: Change) -> Self {
        Self { standing: Some(change), ..self }
    }
}

/// What became of one conversation of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Which.
    pub conversation: ConversationId,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a conversation that was to be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It is as it was wanted.
    Done {
        /// What makes it as it was before.
        undo: Change,
    },
    /// It was so already.
    Same,
    /// There is no such conversation here.
    Missing,
    /// It has [`CONVERSATION_LABELS_MAX`] labels already.
    Full,
    /// The customer has written what the sender of the change had not seen: it stays as it is.
    NewMessage,
    /// It was to be taken back, and somebody has made something else of it since: it stays as it is.
    ChangedSince,
}

/// What conversations are given: to whom, and which labels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// The viewer; none when it is a program.
    pub me: Option<UserId>,
    /// Members who may answer customers, by name.
    pub members: Vec<MemberName>,
    /// The workspace's labels, by name.
    pub labels: Vec<LabelView>,
}

impl Desk {
    /// A member by their id.
    #[must_use]
    pub fn member(&self, id: UserId) -> Option<&MemberName> {
        self.members.iter().find(|member| member.id == id)
    }

    /// A label by its id.
    #[must_use]
    pub fn label(&self, id: LabelId) -> Option<&LabelView> {
        self.labels.iter().find(|label| label.id == id)
    }
}

/// A label and where it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelUse {
    /// Which.
    pub label: LabelView,
    /// How many conversations have it.
    pub conversations: u64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    fn statuses() -> impl Strategy<Value = NewStatus> {
        prop_oneof![
            Just(NewStatus::Open),
            Just(NewStatus::Pending),
            (0_i64..4_000_000_000).prop_map(|second| NewStatus::Snoozed { until: at(second) }),
            proptest::option::of(".{0,300}").prop_map(|reason| NewStatus::Resolved { reason }),
        ]
    }

    #[test]
    fn a_conversation_sleeps_into_the_future_and_no_longer_than_a_year() {
        let now = at(1_800_000_000);
        let until = |seconds: i64| NewStatus::Snoozed { until: at(1_800_000_000 + seconds) }.check(now).is_ok();
        assert!(!until(-1) && !until(0) && until(1) && until(365 * 24 * 3600) && !until(367 * 24 * 3600));
    }

    #[test]
    fn a_reason_is_a_line_of_200_characters_at_most() {
        let resolved = |reason: &str| NewStatus::Resolved { reason: Some(reason.to_owned()) };
        assert!(resolved(&"ñ".repeat(REASON_MAX)).check(at(0)).is_ok());
        assert!(resolved(&"ñ".repeat(REASON_MAX + 1)).check(at(0)).is_err());
        assert_eq!(resolved(" paid\n twice ").reason().as_deref(), Some("paid twice"));
        assert_eq!(resolved(" \u{200b} ").reason(), None);
    }

    proptest! {
        #[test]
        fn only_what_sleeps_has_a_time(status in statuses()) {
            prop_assert_eq!(status.until().is_some(), status.status() == Status::Snoozed);
            prop_assert_eq!(NewStatus::of(status.status(), status.until()).status(), status.status());
        }

        #[test]
        fn a_change_reads_as_it_was_written(status in statuses()) {
            let change = Change::Status { to: status };
            let text = serde_json::to_string(&change).expect("serialises");
            prop_assert_eq!(serde_json::from_str::<Change>(&text).expect("parses"), change);
        }
    }
}
