//! Messages between Enter and the host's answer, for all conversations of the page.
//!
//! They outlive the thread they were written in: whoever writes, goes on to the next conversation and comes back finds
//! them. They are sent one at a time per conversation, in the order they were written, because requests that overlap may
//! be stored in the other order. What is on its way when the page is left is still sent.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use charla_shared::id::{ClientKey, ConversationId};
use leptos::prelude::*;
use uuid::Uuid;

use super::{bubbles::Pending, clock};

#[derive(Debug, Default)]
struct Queues {
    pending: HashMap<ConversationId, Vec<Pending>>,
    sending: HashSet<ConversationId>,
    turns: u32,
}

/// The messages under way; shared by the page and by whoever sends them.
#[derive(Debug, Clone, Default)]
pub struct Outbox(Arc<Mutex<Queues>>);

impl Outbox {
    fn queues(&self) -> MutexGuard<'_, Queues> {
        // Nothing panics while holding it; were it so, the queues would still be whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new message, under a key of its own.
    #[must_use]
    pub fn add(&self, conversation: ConversationId, body: String) -> Pending {
        let mut queues = self.queues();
        queues.turns = queues.turns.wrapping_add(1);
        let key = ClientKey::from(Uuid::new_v4());
        let pending = Pending { key, turn: queues.turns, body, at: clock::now(), refused: None };
        queues.pending.entry(conversation).or_default().push(pending.clone());
        pending
    }

    /// Keeps the newest word about a message that is still here.
    pub fn keep(&self, conversation: ConversationId, pending: &Pending) {
        if let Some(of) = self.queues().pending.get_mut(&conversation)
            && let Some(known) = of.iter_mut().find(|known| known.key == pending.key)
        {
            known.clone_from(pending);
        }
    }

    /// A message that is under way no more: stored, or discarded.
    pub fn done(&self, conversation: ConversationId, key: ClientKey) {
        if let Some(of) = self.queues().pending.get_mut(&conversation) {
            of.retain(|pending| pending.key != key);
        }
    }

    /// What is under way in a conversation.
    #[must_use]
    pub fn of(&self, conversation: ConversationId) -> Vec<Pending> {
        self.queues().pending.get(&conversation).cloned().unwrap_or_default()
    }

    /// Begins to send a conversation's messages, unless somebody does already.
    #[must_use]
    pub fn begin(&self, conversation: ConversationId) -> bool {
        self.queues().sending.insert(conversation)
    }

    /// The next message to send; with none left, the sending has ended.
    #[must_use]
    pub fn next(&self, conversation: ConversationId) -> Option<Pending> {
        let mut queues = self.queues();
        let next = queues
            .pending
            .get(&conversation)
            .and_then(|of| of.iter().find(|pending| pending.refused.is_none()))
            .cloned();
        if next.is_none() {
            queues.sending.remove(&conversation);
        }
        next
    }
}

/// The outbox of a page.
pub type PageOutbox = StoredValue<Outbox>;

#[cfg(test)]
mod tests {
    use charla_shared::problem::Problem;

    use super::*;

    fn conversation() -> ConversationId {
        Uuid::from_u128(1).into()
    }

    #[test]
    fn messages_are_sent_one_at_a_time_in_the_order_they_were_written() {
        let outbox = Outbox::default();
        let first = outbox.add(conversation(), "one".to_owned());
        let second = outbox.add(conversation(), "two".to_owned());
        assert!(outbox.begin(conversation()));
        assert!(!outbox.begin(conversation()), "somebody sends already");
        assert_eq!(outbox.next(conversation()), Some(first.clone()));
        outbox.done(conversation(), first.key);
        assert_eq!(outbox.next(conversation()), Some(second.clone()));
        outbox.done(conversation(), second.key);
        assert_eq!(outbox.next(conversation()), None);
        assert!(outbox.begin(conversation()), "the sending had ended");
    }

    #[test]
    fn a_refused_message_stays_until_it_is_sent_again_under_its_key() {
        let outbox = Outbox::default();
        let mut pending = outbox.add(conversation(), "one".to_owned());
        pending.refused = Some(Problem::not_found());
        outbox.keep(conversation(), &pending);
        assert_eq!(outbox.next(conversation()), None);
        assert_eq!(outbox.of(conversation()), [pending.clone()]);

        pending.refused = None;
        outbox.keep(conversation(), &pending);
        assert_eq!(outbox.next(conversation()).map(|next| next.key), Some(pending.key));
    }

    #[test]
    fn a_discarded_message_does_not_come_back_with_a_late_answer() {
        let outbox = Outbox::default();
        let pending = outbox.add(conversation(), "one".to_owned());
        outbox.done(conversation(), pending.key);
        outbox.keep(conversation(), &pending);
        assert_eq!(outbox.of(conversation()), []);
    }
}
