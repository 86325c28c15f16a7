//! Messages: what they hold, who wrote them and how far they have come.

use garde::Validate;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    id::{ClientKey, ConversationId, MessageId, UserId},
    text,
};

/// Longest text Meta takes, in characters (meta-api.md §1.2).
pub const TEXT_MAX: usize = 4096;

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the customer.
    In,
    /// To the customer.
    Out,
}

/// What a message holds, as far as it is shown. The delivery it came from is kept whole beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Content {
    /// Words.
    Text {
        /// With WhatsApp's markup, as written.
        body: String,
    },
    /// A picture.
    Image {
        /// Words under it.
        caption: Option<String>,
    },
    /// A film.
    Video {
        /// Words under it.
        caption: Option<String>,
    },
    /// Sound.
    Audio {
        /// Whether it was spoken into WhatsApp.
        voice: bool,
    },
    /// A file.
    Document {
        /// Its name.
        filename: Option<String>,
        /// Words under it.
        caption: Option<String>,
    },
    /// A sticker.
    Sticker,
    /// A place.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// The place's name.
        name: Option<String>,
        /// Its address.
        address: Option<String>,
    },
    /// Contact cards.
    Contacts {
        /// The names on them.
        names: Vec<String>,
    },
    /// An emoji on an earlier message.
    Reaction {
        /// The emoji; none when a reaction is taken back.
        emoji: Option<String>,
        /// Meta's id of the message it is on.
        target: String,
    },
    /// A tapped button or chosen list entry.
    Choice {
        /// What it said.
        title: String,
        /// The id the sender gave it.
        id: Option<String>,
    },
    /// A filled-in form (WhatsApp Flow).
    Form {
        /// The form's name.
        name: Option<String>,
    },
    /// A cart.
    Order {
        /// How many different products.
        items: usize,
        /// Words beside it.
        note: Option<String>,
    },
    /// WhatsApp's own words, for example about a changed number.
    System {
        /// The words.
        body: String,
    },
    /// The customer changed an earlier message.
    Edit {
        /// The new words.
        body: String,
        /// Meta's id of the message that changed.
        target: String,
    },
    /// The customer deleted an earlier message.
    Revoked {
        /// Meta's id of the message that went.
        target: String,
    },
    /// Something WhatsApp does not pass on, or a kind that is not known yet.
    Unsupported {
        /// Meta's name for it.
        kind: String,
    },
}

impl Content {
    /// The words in it, for previews and search.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text { body } | Self::System { body } | Self::Edit { body, .. } => Some(body),
            Self::Image { caption } | Self::Video { caption } => caption.as_deref(),
            Self::Document { caption, filename } => caption.as_deref().or(filename.as_deref()),
            Self::Location { name, address, .. } => name.as_deref().or(address.as_deref()),
            Self::Contacts { names } => names.first().map(String::as_str),
            Self::Choice { title, .. } => Some(title),
            Self::Order { note, .. } => note.as_deref(),
            Self::Reaction { emoji, .. } => emoji.as_deref(),
            Self::Form { name } => name.as_deref(),
            Self::Audio { .. } | Self::Sticker | Self::Revoked { .. } | Self::Unsupported { .. } => None,
        }
    }

    /// Whether a customer who sent it waits for an answer. A reaction, a message taken back and WhatsApp's own words ask
    /// for none.
    #[must_use]
    pub const fn asks_for_an_answer(&self) -> bool {
        !matches!(self, Self::Reaction { .. } | Self::Revoked { .. } | Self::System { .. })
    }

    /// The stable name of its type; equals the `type` tag of its JSON and keys translations (`content-image`).
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Image { .. } => "image",
            Self::Video { .. } => "video",
            Self::Audio { .. } => "audio",
            Self::Document { .. } => "document",
            Self::Sticker => "sticker",
            Self::Location { .. } => "location",
            Self::Contacts { .. } => "contacts",
            Self::Reaction { .. } => "reaction",
            Self::Choice { .. } => "choice",
            Self::Form { .. } => "form",
            Self::Order { .. } => "order",
            Self::System { .. } => "system",
            Self::Edit { .. } => "edit",
            Self::Revoked { .. } => "revoked",
            Self::Unsupported { .. } => "unsupported",
        }
    }
}

/// How far an outgoing message has come (DESIGN §6). Inbound messages have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Stored, waiting for its turn.
    Queued,
    /// An attempt is written down; the request may be on the wire.
    Sending,
    /// Meta took it.
    Accepted,
    /// Meta passed it on.
    Sent,
    /// It is on the phone.
    Delivered,
    /// It was looked at.
    Read,
    /// It was listened to (voice).
    Played,
    /// It will not arrive.
    Failed,
    /// The answer was lost: it may or may not arrive. Never sent again by itself.
    Unknown,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: &'static [Self] = &[
        Self::Queued,
        Self::Sending,
        Self::Accepted,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Played,
        Self::Failed,
        Self::Unknown,
    ];

    /// The stable name, as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Played => "played",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// The state of a stored name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.name() == name)
    }

    /// Whether Meta has taken it and nothing says that it will not arrive.
    #[must_use]
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Accepted | Self::Sent | Self::Delivered | Self::Read | Self::Played)
    }

    const fn rank(self) -> u8 {
        match self {
            Self::Queued => 0,
            Self::Sending => 1,
            // An answer that was lost is known to be no further than the wire; any word from Meta moves it on.
            Self::Unknown => 2,
            Self::Accepted => 3,
            Self::Sent => 4,
            Self::Failed => 5,
            Self::Delivered => 6,
            Self::Read => 7,
            Self::Played => 8,
        }
    }

    /// The state after `news`, or none when the news changes nothing: ranks never go down, and a failure reported after
    /// the message arrived is logged but not shown (meta-api.md §6).
    ///
    /// `failed` stands between `sent` and `delivered` in rank: a failure ends anything that has not arrived, and proof of
    /// arrival overrules a failure.
    #[must_use]
    pub fn after(self, news: Self) -> Option<Self> {
        (news.rank() > self.rank()).then_some(news)
    }
}

/// Who wrote an outgoing message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Author {
    /// The customer.
    Contact,
    /// A member.
    Member {
        /// Who; the name is the present one.
        id: UserId,
        /// Their name.
        name: String,
    },
    /// Written on the business's phone, outside Charla.
    Phone,
}

/// A message as the thread shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageView {
    /// Which.
    pub id: MessageId,
    /// Where it belongs.
    pub conversation: ConversationId,
    /// The key its sender made, so that the optimistic bubble becomes this one.
    pub client_key: Option<ClientKey>,
    /// Which way.
    pub direction: Direction,
    /// Who wrote it.
    pub author: Author,
    /// What it holds.
    pub content: Content,
    /// When: for inbound Meta's own time, for outbound the time it was stored.
    pub at: Timestamp,
    /// How far it has come; none for inbound.
    pub state: Option<DeliveryState>,
    /// Why it failed and what to do, when it did; in English.
    pub failure: Option<String>,
    /// The stable name of that reason, which keys its translations (`failure-window`); none for reasons that have none.
    pub failure_key: Option<String>,
    /// Since when it is unclear whether it was sent, while that is so.
    pub unknown_since: Option<Timestamp>,
    /// The message a person sent instead of it.
    pub resent_as: Option<MessageId>,
    /// The message it answers to.
    pub quote: Option<Quote>,
}

/// A message that another one answers to, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Which; none when it is not stored here.
    pub message: Option<MessageId>,
    /// Who wrote it; none when it is not stored here.
    pub author: Option<Author>,
    /// Its type (`Content::type_name`).
    pub content_type: String,
    /// Its words, shortened; empty when it has none.
    pub text: String,
}

/// How long Meta is waited for when an answer was lost (quality-gates B2). After that the message counts as unconfirmed
/// and a person may send it again.
pub const UNCONFIRMED_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// Whether a message that is unclear since then counts as unconfirmed.
#[must_use]
pub fn is_unconfirmed(since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(since) >= UNCONFIRMED_AFTER
}

impl MessageView {
    /// Whether a person may send it again: it failed, or it stays unconfirmed, and nobody has done so yet.
    #[must_use]
    pub fn may_be_resent(&self, now: Timestamp) -> bool {
        let given_up = match self.state {
            Some(DeliveryState::Failed) => true,
            Some(DeliveryState::Unknown) => self.unknown_since.is_none_or(|since| is_unconfirmed(since, now)),
            _ => false,
        };
        given_up && self.resent_as.is_none()
    }
}

/// What a member sends.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewMessage {
    /// Made by the sender; the same key twice is the same message.
    #[garde(skip)]
    pub client_key: ClientKey,
    /// 1 to [`TEXT_MAX`] characters, at least one of them visible.
    #[garde(custom(body_rule))]
    pub body: String,
    /// The message of the same conversation it answers to.
    #[serde(default)]
    #[garde(skip)]
    pub quoting: Option<MessageId>,
}

/// A text that may be sent: something visible, at most [`TEXT_MAX`] characters.
pub fn body_rule(value: &str, _: &()) -> garde::Result {
    let cleaned = text::clean(value);
    if !text::is_visible(&cleaned) {
        return Err(garde::Error::new("write something first"));
    }
    if cleaned.chars().count() > TEXT_MAX {
        return Err(garde::Error::new(format!("at most {TEXT_MAX} characters; this has {}", cleaned.chars().count())));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn states() -> impl Strategy<Value = DeliveryState> {
        proptest::sample::select(DeliveryState::ALL)
    }

    #[test]
    fn read_without_delivered_is_normal() {
        assert_eq!(DeliveryState::Sent.after(DeliveryState::Read), Some(DeliveryState::Read));
    }

    #[test]
    fn a_failure_after_arrival_is_not_shown() {
        assert_eq!(DeliveryState::Delivered.after(DeliveryState::Failed), None);
        assert_eq!(DeliveryState::Accepted.after(DeliveryState::Failed), Some(DeliveryState::Failed));
    }

    #[test]
    fn a_lost_answer_is_settled_by_any_status() {
        for news in [DeliveryState::Accepted, DeliveryState::Sent, DeliveryState::Delivered, DeliveryState::Failed] {
            assert_eq!(DeliveryState::Unknown.after(news), Some(news));
        }
    }

    #[test]
    fn a_lost_answer_is_waited_for_before_it_may_be_sent_again() {
        let at = |second| Timestamp::from_second(second).expect("in range");
        let message = |state| MessageView {
            id: uuid::Uuid::from_u128(1).into(),
            conversation: uuid::Uuid::from_u128(2).into(),
            client_key: None,
            direction: Direction::Out,
            author: Author::Phone,
            content: Content::Sticker,
            at: at(0),
            state: Some(state),
            failure: None,
            failure_key: None,
            unknown_since: (state == DeliveryState::Unknown).then(|| at(100)),
            resent_as: None,
            quote: None,
        };
        let lost = message(DeliveryState::Unknown);
        assert!(!lost.may_be_resent(at(100 + 15 * 60 - 1)));
        assert!(lost.may_be_resent(at(100 + 15 * 60)));
        assert!(message(DeliveryState::Failed).may_be_resent(at(0)));
        assert!(!message(DeliveryState::Delivered).may_be_resent(at(10_000)));
        let again = MessageView { resent_as: Some(uuid::Uuid::from_u128(3).into()), ..message(DeliveryState::Failed) };
        assert!(!again.may_be_resent(at(10_000)));
    }

    proptest! {
        #[test]
        fn the_order_of_news_does_not_change_the_end(mut news in proptest::collection::vec(states(), 0..8), seed in any::<u64>()) {
            let settle = |news: &[DeliveryState]| news.iter().fold(DeliveryState::Queued, |state, n| state.after(*n).unwrap_or(state));
            let end = settle(&news);
            let turn = usize::try_from(seed % 7).unwrap_or(0).min(news.len());
            news.rotate_left(turn);
            prop_assert_eq!(settle(&news), end);
            news.reverse();
            prop_assert_eq!(settle(&news), end);
        }

        #[test]
        fn names_are_found_again(state in states()) {
            prop_assert_eq!(DeliveryState::from_name(state.name()), Some(state));
        }
    }
}
