//! Tells the customer that an answer is being written, now and then while it is.

use charla_shared::conversation::ConversationView;
use jiff::{SignedDuration, Timestamp};
use leptos::{prelude::*, task::spawn_local};

use super::{api, clock, state::InboxStore};

/// WhatsApp shows it for 25 seconds at a time.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(20);

/// When the customer of a composer was last told.
pub type Told = StoredValue<Option<Timestamp>>;

/// A key was pressed. Nobody waits for the host, and what it answers changes nothing here. While something of the customer
/// is unread nothing is told, because WhatsApp would mark it as read.
pub fn pressed(store: InboxStore, row: RwSignal<ConversationView>, told: Told) {
    let now = clock::now();
    let just_told = told.get_value().is_some_and(|at| is_recent(at, now));
    let (conversation, unread) = row.with_untracked(|row| (row.id, row.unread));
    if just_told || unread > 0 {
        return;
    }
    told.set_value(Some(now));
    spawn_local(async move { _ = api::typing(store.workspace, conversation).await });
}

/// Whether it is still on the customer's screen. A clock that jumped back does not count.
fn is_recent(at: Timestamp, now: Timestamp) -> bool {
    (SignedDuration::ZERO..AGAIN_AFTER).contains(&now.duration_since(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_again_after_twenty_seconds() {
        let at = Timestamp::constant(1_000, 0);
        assert!(is_recent(at, Timestamp::constant(1_019, 0)));
        assert!(!is_recent(at, Timestamp::constant(1_020, 0)));
        assert!(!is_recent(at, Timestamp::constant(990, 0)));
    }
}
