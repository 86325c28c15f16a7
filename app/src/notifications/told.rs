//! What has been told, by any tab of this browser: of several that hear of the same message, one tells it.

use charla_shared::id::{ConversationId, MessageId};
use serde::{Deserialize, Serialize};

use crate::inbox::shelf::Shelf;

/// The kind of thing on the shelf, and its name: there is one.
const KIND: &str = "told";
const NAME: &str = "newest";
/// Conversations that are kept; tabs hear of the same message within a few seconds.
const KEPT: usize = 100;

/// The newest message of each conversation that was told, the latest last.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Told(Vec<(ConversationId, MessageId)>);

impl Told {
    /// Notes that a message is told. Says whether neither it nor a later one of its conversation was.
    fn note(&mut self, conversation: ConversationId, message: MessageId) -> bool {
        if self.0.iter().any(|(known, newest)| *known == conversation && *newest >= message) {
            return false;
        }
        self.0.retain(|(known, _)| *known != conversation);
        self.0.push((conversation, message));
        let over = self.0.len().saturating_sub(KEPT);
        self.0.drain(..over);
        true
    }
}

/// Takes it on to tell a message, or to leave it untold. Says whether no tab has.
pub(super) fn claim(shelf: Shelf, conversation: ConversationId, message: MessageId) -> bool {
    let mut told = shelf.get::<Told>(KIND, NAME).unwrap_or_default();
    let is_ours = told.note(conversation, message);
    if is_ours {
        // A browser that keeps nothing tells in every tab.
        shelf.put(KIND, NAME, &told);
    }
    is_ours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id<T: From<uuid::Uuid>>(number: u128) -> T {
        uuid::Uuid::from_u128(number).into()
    }

    #[test]
    fn a_message_is_told_once_and_so_is_a_later_one() {
        let mut told = Told::default();
        assert!(told.note(id(1), id(10)));
        assert!(!told.note(id(1), id(10)), "another tab hears of it, too");
        assert!(told.note(id(1), id(11)));
        assert!(!told.note(id(1), id(10)), "a tab that lags behind");
        assert!(told.note(id(2), id(5)), "other conversations have messages of their own");
    }

    #[test]
    fn what_was_told_long_ago_is_forgotten() {
        let mut told = Told::default();
        for conversation in 0..200 {
            told.note(id(conversation), id(1));
        }
        assert_eq!(told.0.len(), KEPT);
        assert!(!told.note(id(199), id(1)));
    }
}
