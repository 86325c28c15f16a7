//! What has been told, by any tab of this browser: of several that hear of the same message, one tells it.
//!
//! While a message is new a lock says whose its conversation is, because what one tab stores can reach another late; what
//! is stored says it to tabs that lag behind.

use std::time::Duration;

use charla_shared::id::{ConversationId, MessageId};

use crate::{inbox::shelf::Shelf, locks};

/// The kind of thing on the shelf: the newest message that was told, by its conversation.
const KIND: &str = "told";
/// Conversations that are kept. Tabs hear of the same message within seconds, and those asleep within minutes.
const KEPT: usize = 100;
/// The time in which what one tab stores has long reached every other.
const ROUND: Duration = Duration::from_secs(5);

/// Takes it on to tell a message, or to leave it untold. Says whether no tab has.
pub(super) async fn claim(shelf: Shelf, conversation: ConversationId, message: MessageId) -> bool {
    // The tab that has the conversation may have told an earlier message: then it tells this one, too.
    if is_told(shelf, conversation, message)
        || !locks::take(&format!("charla tells {} {conversation}", shelf.user), ROUND).await
        || is_told(shelf, conversation, message)
    {
        return false;
    }
    shelf.put(KIND, &conversation.to_string(), &message);
    for name in beyond(shelf.all(KIND)) {
        shelf.remove(KIND, &name);
    }
    true
}

/// Whether a message or a later one of its conversation was told.
fn is_told(shelf: Shelf, conversation: ConversationId, message: MessageId) -> bool {
    shelf.get::<MessageId>(KIND, &conversation.to_string()).is_some_and(|newest| newest >= message)
}

/// The names of those that are too many, the oldest: ids of messages are in the order of their times.
fn beyond(mut told: Vec<(String, MessageId)>) -> Vec<String> {
    told.sort_unstable_by_key(|(_, newest)| *newest);
    let over = told.len().saturating_sub(KEPT);
    told.drain(..over).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_was_told_long_ago_is_forgotten() {
        let told = |count: u128| (0..count).rev().map(|n| (n.to_string(), Uuid::from_u128(n).into())).collect();
        assert_eq!(beyond(told(100)), Vec::<String>::new());
        assert_eq!(beyond(told(103)), ["0", "1", "2"]);
    }
}
