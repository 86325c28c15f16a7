//! Messages between Enter and the host's answer, for all conversations of the page.
//!
//! They outlive the thread they were written in: whoever writes, goes on to the next conversation and comes back finds
//! them. They are sent one at a time per conversation, in the order they were written, because requests that overlap may
//! be stored in the other order. What is on its way when the page is left is still sent.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use charla_shared::{
    id::{ClientKey, ConversationId},
    problem::{Problem, ProblemKind},
};
use leptos::prelude::*;
use uuid::Uuid;

use super::{bubbles::Pending, clock, kept::Kept};

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

    /// Takes messages back that the tab has kept and this page does not know: they were not sent, as far as anybody knows.
    #[must_use]
    pub fn take_back(&self, conversation: ConversationId, kept: Vec<Kept>, why: &Problem) -> Vec<Pending> {
        let mut queues = self.queues();
        let mut back = Vec::new();
        for Kept { key, body, at } in kept {
            queues.turns = queues.turns.wrapping_add(1);
            let pending = Pending { key, turn: queues.turns, body, at, refused: Some(why.clone()) };
            let of = queues.pending.entry(conversation).or_default();
            if of.iter().all(|known| known.key != key) {
                of.push(pending.clone());
                back.push(pending);
            }
        }
        back
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

    /// The next message to send; with none left, the sending has ended. Nothing overtakes a message that could not be
    /// handed over: it is to be sent again or discarded first.
    #[must_use]
    pub fn next(&self, conversation: ConversationId) -> Option<Pending> {
        let mut queues = self.queues();
        let of = queues.pending.get(&conversation).map(Vec::as_slice).unwrap_or_default();
        let next = of.iter().find(|pending| pending.refused.as_ref().is_none_or(holds_up));
        let next = next.filter(|pending| pending.refused.is_none()).cloned();
        if next.is_none() {
            queues.sending.remove(&conversation);
        }
        next
    }
}

/// Whether a refused message holds up those behind it: the host did not answer, so it may still be sent.
const fn holds_up(why: &Problem) -> bool {
    matches!(
        why.kind,
        ProblemKind::Unavailable | ProblemKind::Throttled | ProblemKind::Internal | ProblemKind::Unauthenticated
    )
}

/// The outbox of a page.
pub type PageOutbox = StoredValue<Outbox>;

#[cfg(test)]
mod tests {
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
    fn nothing_overtakes_a_message_that_could_not_be_handed_over() {
        let outbox = Outbox::default();
        let mut first = outbox.add(conversation(), "one".to_owned());
        let second = outbox.add(conversation(), "two".to_owned());
        first.refused = Some(Problem::new(ProblemKind::Unavailable, "unreachable", "away"));
        outbox.keep(conversation(), &first);
        assert_eq!(outbox.next(conversation()), None);
        outbox.done(conversation(), first.key);
        assert_eq!(outbox.next(conversation()), Some(second));
    }

    #[test]
    fn what_the_tab_has_kept_comes_back_under_its_key_once() {
        let outbox = Outbox::default();
        let why = Problem::new(ProblemKind::Unavailable, "unreachable", "away");
        let known = outbox.add(conversation(), "one".to_owned());
        let kept = |key| Kept { key, body: "kept".to_owned(), at: known.at };
        let other = ClientKey::from(Uuid::from_u128(7));
        let back = outbox.take_back(conversation(), vec![kept(known.key), kept(other)], &why);
        assert_eq!(back.iter().map(|pending| pending.key).collect::<Vec<_>>(), [other]);
        assert!(outbox.take_back(conversation(), vec![kept(other)], &why).is_empty());
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
