//! Search: what is asked and what is found.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conversation::ContactView,
    id::{ConversationId, MessageId},
    message::{Author, Direction},
};

/// The most characters of a question.
pub const QUERY_MAX: usize = 200;
/// Messages in one page of results.
pub const HITS_PAGE: i32 = 20;
/// People in the results of the list.
pub const PEOPLE_MAX: i32 = 8;
/// What the palette shows of each kind.
pub const PALETTE_EACH: i32 = 5;
/// Messages in one page of a search within a conversation.
pub const THREAD_HITS_PAGE: i32 = 100;
/// Hits in a conversation are counted up to this many.
pub const THREAD_HITS_COUNTED: i32 = 1000;
/// The most marks of one message.
pub const MARKS_MAX: usize = 50;

/// Whether a question is worth asking: two characters, or one of a script or emoji where one says something.
#[must_use]
pub fn is_worth_asking(query: &str) -> bool {
    let mut characters = query.trim().chars();
    match (characters.next(), characters.next()) {
        (Some(_), Some(_)) => true,
        (Some(only), None) => !only.is_ascii(),
        _ => false,
    }
}

/// Which messages are looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageSearch {
    /// Words, all of which must be in the message; "words in quotes" stand together; the last may be a beginning.
    /// At most [`QUERY_MAX`] characters.
    pub query: String,
    /// Only in this conversation.
    #[serde(default)]
    pub conversation: Option<ConversationId>,
    /// Not before.
    #[serde(default)]
    pub from: Option<Timestamp>,
    /// Not after.
    #[serde(default)]
    pub until: Option<Timestamp>,
}

/// Where a page of found messages begins: after this one, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitCursor {
    /// When it was.
    pub at: Timestamp,
    /// Which.
    pub id: MessageId,
}

/// A stretch of a snippet. The stretches of a snippet make up its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// A message that was found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MessageHit {
    /// Which.
    pub id: MessageId,
    /// Where it stands.
    pub conversation: ConversationId,
    /// Who the conversation is with.
    pub contact: ContactView,
    /// Which way it went.
    pub direction: Direction,
    /// Who wrote it.
    pub author: Author,
    /// Its type (`Content::type_name`).
    pub content_type: String,
    /// When.
    pub at: Timestamp,
    /// Its words around the first hit.
    pub snippet: Vec<Piece>,
}

/// A page of found messages.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct MessageHits {
    /// Newest first.
    pub hits: Vec<MessageHit>,
    /// Where the next page begins; none at the end.
    pub next: Option<HitCursor>,
}

/// A stretch of a message that was looked for. It is told by its letters, because the browser shows the words without
/// their markup, where places in the text are others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Its letters, as written.
    pub words: String,
    /// How often the same letters stand before it in the message.
    pub nth: usize,
}

/// A message of a conversation that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadHit {
    /// Which.
    pub id: MessageId,
    /// When.
    pub at: Timestamp,
    /// What of it was looked for, in order; at most [`MARKS_MAX`].
    pub marks: Vec<Mark>,
}

/// A page of the messages of a conversation that were found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadHits {
    /// Newest first; at most [`THREAD_HITS_PAGE`].
    pub hits: Vec<ThreadHit>,
    /// How many there are in all; told with the first page.
    pub total: Option<Total>,
    /// Where the next page begins; none at the end.
    pub next: Option<HitCursor>,
}

/// How many messages of a conversation were found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// So many, counted up to [`THREAD_HITS_COUNTED`].
    pub counted: usize,
    /// Whether there are more than were counted.
    pub more: bool,
}

/// Somebody who was found, and a conversation with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonHit {
    /// Who.
    pub contact: ContactView,
    /// The conversation; none when there is none, or the viewer may not read it.
    pub conversation: Option<FoundConversation>,
}

/// A conversation of somebody who was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundConversation {
    /// Which.
    pub id: ConversationId,
    /// The label of the channel it is on.
    pub channel_label: String,
    /// When its last message was.
    pub last_message_at: Timestamp,
}

/// A little of everything, for the palette.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// People, those first with whom there was contact last.
    pub people: Vec<PersonHit>,
    /// Messages, newest first.
    pub messages: Vec<MessageHit>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_says_nothing_but_one_sign_or_emoji_does() {
        for worth in ["ab", "猫", "🎉", " ñ "] {
            assert!(is_worth_asking(worth), "{worth}");
        }
        for not in ["", " ", "a", " a ", "!"] {
            assert!(!is_worth_asking(not), "{not}");
        }
    }
}
