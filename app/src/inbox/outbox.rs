//! Messages between Enter and the host's answer, for all conversations of a workspace.
//!
//! They outlive the thread and the page they were written in, and are the same in every tab of the browser: what the
//! browser keeps ([`super::kept`]) is taken over by [`Outbox::reconcile`]. They are sent one at a time per conversation, in
//! the order they were written, because requests that overlap may be stored in the other order. One that the host cannot
//! be asked about waits, and what is behind it with it; one that the host refuses holds up nobody.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use charla_shared::{
    id::{ClientKey, ConversationId},
    message::Quote,
    problem::{Problem, ProblemKind},
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{bubbles::Pending, kept::Kept};

/// What was written longer ago is not sent by itself any more: its writer decides.
const STALE_AFTER: SignedDuration = SignedDuration::from_hours(24);
/// How often a defect of the host's is met before the message is shown as not sent.
const TRIES: u32 = 5;
/// The code of the problem that something was written too long ago.
pub const STALE: &str = "outbox.stale";

#[derive(Debug, Default)]
struct Queues {
    pending: HashMap<ConversationId, Vec<Pending>>,
    /// Those that the browser keeps: when it does so no more, another tab is done with them.
    kept: HashSet<ClientKey>,
    sending: HashSet<ConversationId>,
    turns: u32,
}

/// What another tab has changed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Messages that are new here, or stand differently.
    pub changed: Vec<(ConversationId, Pending)>,
    /// Messages that are under way no more.
    pub gone: Vec<(ConversationId, ClientKey)>,
}

/// The messages under way; shared by whoever shows and whoever sends them.
#[derive(Debug, Clone, Default)]
pub struct Outbox(Arc<Mutex<Queues>>);

impl Outbox {
    fn queues(&self) -> MutexGuard<'_, Queues> {
        // Nothing panics while holding it; were it so, the queues would still be whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new message, under a key of its own. It is written after all that its conversation has, whatever the clock does.
    #[must_use]
    pub fn add(&self, conversation: ConversationId, body: String, quote: Option<Quote>, now: Timestamp) -> Pending {
        let mut queues = self.queues();
        queues.turns = queues.turns.wrapping_add(1);
        let (key, turn) = (ClientKey::from(Uuid::new_v4()), queues.turns);
        let of = queues.pending.entry(conversation).or_default();
        let at = of.last().map_or(now, |last| last.at.max(now));
        let pending = Pending { key, turn, body, at, quote, refused: None, tries: 0 };
        of.push(pending.clone());
        pending
    }

    /// The browser keeps a message: from here on it is forgotten when it is kept no more.
    pub fn is_kept(&self, key: ClientKey) {
        self.queues().kept.insert(key);
    }

    /// Takes over what the browser keeps now.
    #[must_use]
    pub fn reconcile(&self, mut kept: Vec<Kept>) -> Changes {
        kept.sort_by_key(|kept| (kept.pending.at, kept.pending.turn));
        let mut queues = self.queues();
        let Queues { pending, kept: known, turns, .. } = &mut *queues;
        let keys: HashSet<_> = kept.iter().map(|kept| kept.pending.key).collect();
        let mut changes = Changes::default();
        for (conversation, of) in pending.iter_mut() {
            of.retain(|pending| {
                let goes = known.contains(&pending.key) && !keys.contains(&pending.key);
                if goes {
                    changes.gone.push((*conversation, pending.key));
                }
                !goes
            });
        }
        for Kept { conversation, pending: came } in kept {
            known.insert(came.key);
            let of = pending.entry(conversation).or_default();
            match of.iter_mut().find(|pending| pending.key == came.key) {
                Some(here) if here.refused == came.refused && here.at == came.at => {}
                Some(here) => {
                    *here = Pending { turn: here.turn, tries: here.tries, ..came };
                    changes.changed.push((conversation, here.clone()));
                }
                None => {
                    *turns = turns.wrapping_add(1);
                    let new = Pending { turn: *turns, tries: 0, ..came };
                    of.push(new.clone());
                    changes.changed.push((conversation, new));
                }
            }
        }
        *known = keys;
        changes
    }

    /// Refuses what has waited too long. Gives what that was.
    #[must_use]
    pub fn expire(&self, now: Timestamp) -> Vec<(ConversationId, Pending)> {
        let mut stale = Vec::new();
        for (conversation, of) in &mut self.queues().pending {
            for pending in of.iter_mut().filter(|p| p.refused.is_none() && now.duration_since(p.at) > STALE_AFTER) {
                pending.refused = Some(Problem::new(ProblemKind::Conflict, STALE, "This was written long ago."));
                stale.push((*conversation, pending.clone()));
            }
        }
        stale
    }

    /// What becomes of a message that the host has not taken. Gives how it stands now; none when it is not here any more.
    #[must_use]
    pub fn failed(&self, conversation: ConversationId, key: ClientKey, why: Problem) -> Option<Pending> {
        let mut queues = self.queues();
        let pending = queues.pending.get_mut(&conversation)?.iter_mut().find(|pending| pending.key == key)?;
        if why.kind == ProblemKind::Internal {
            pending.tries = pending.tries.saturating_add(1);
        }
        if !may_pass(why.kind) || pending.tries >= TRIES {
            pending.refused = Some(why);
        }
        Some(pending.clone())
    }

    /// A refused message is to be sent after all, as if it were written now. Gives how it stands then.
    #[must_use]
    pub fn again(&self, conversation: ConversationId, key: ClientKey, now: Timestamp) -> Option<Pending> {
        let mut queues = self.queues();
        let pending = queues.pending.get_mut(&conversation)?.iter_mut().find(|pending| pending.key == key)?;
        (pending.refused, pending.tries, pending.at) = (None, 0, now);
        Some(pending.clone())
    }

    /// A message that is under way no more: stored, or discarded.
    pub fn done(&self, conversation: ConversationId, key: ClientKey) {
        let mut queues = self.queues();
        queues.kept.remove(&key);
        if let Some(of) = queues.pending.get_mut(&conversation) {
            of.retain(|pending| pending.key != key);
        }
    }

    /// What is under way in a conversation.
    #[must_use]
    pub fn of(&self, conversation: ConversationId) -> Vec<Pending> {
        self.queues().pending.get(&conversation).cloned().unwrap_or_default()
    }

    /// How many messages wait to be sent, and where.
    #[must_use]
    pub fn waiting(&self) -> Vec<(ConversationId, usize)> {
        let waits = |of: &[Pending]| of.iter().filter(|pending| pending.refused.is_none()).count();
        let queues = self.queues();
        let counts = queues.pending.iter().map(|(conversation, of)| (*conversation, waits(of)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// Begins to send a conversation's messages, unless that is done already.
    #[must_use]
    pub fn begin(&self, conversation: ConversationId) -> bool {
        self.queues().sending.insert(conversation)
    }

    /// The sending of a conversation has ended, or paused.
    pub fn end(&self, conversation: ConversationId) {
        self.queues().sending.remove(&conversation);
    }

    /// The next message to send.
    #[must_use]
    pub fn next(&self, conversation: ConversationId) -> Option<Pending> {
        let queues = self.queues();
        queues.pending.get(&conversation)?.iter().find(|pending| pending.refused.is_none()).cloned()
    }
}

/// Whether a message that was not taken for this reason is to be sent again by itself: the host did not answer, so the
/// message may or may not be stored, and its key keeps it from being stored twice.
#[must_use]
pub const fn may_pass(why: ProblemKind) -> bool {
    matches!(
        why,
        ProblemKind::Unavailable | ProblemKind::Throttled | ProblemKind::Internal | ProblemKind::Unauthenticated
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn conversation() -> ConversationId {
        Uuid::from_u128(1).into()
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::constant(second, 0)
    }

    fn written(outbox: &Outbox, body: &str, second: i64) -> Pending {
        outbox.add(conversation(), body.to_owned(), None, at(second))
    }

    fn kept(pending: &Pending) -> Kept {
        Kept { conversation: conversation(), pending: pending.clone() }
    }

    fn away() -> Problem {
        Problem::new(ProblemKind::Unavailable, "unreachable", "away")
    }

    #[test]
    fn messages_are_sent_one_at_a_time_in_the_order_they_were_written() {
        let outbox = Outbox::default();
        let (first, second) = (written(&outbox, "one", 5), written(&outbox, "two", 4));
        assert!(outbox.begin(conversation()));
        assert!(!outbox.begin(conversation()), "somebody sends already");
        assert_eq!(outbox.next(conversation()), Some(first.clone()));
        outbox.done(conversation(), first.key);
        assert_eq!(outbox.next(conversation()).map(|next| next.key), Some(second.key));
        assert!(second.at >= first.at, "a clock that jumped back changes no order");
        outbox.done(conversation(), second.key);
        assert_eq!(outbox.next(conversation()), None);
        outbox.end(conversation());
        assert!(outbox.begin(conversation()));
    }

    #[test]
    fn nothing_overtakes_a_message_that_could_not_be_handed_over() {
        let outbox = Outbox::default();
        let first = written(&outbox, "one", 1);
        let _ = written(&outbox, "two", 2);
        assert_eq!(outbox.failed(conversation(), first.key, away()), Some(first.clone()));
        assert_eq!(outbox.next(conversation()), Some(first));
    }

    #[test]
    fn what_the_host_refuses_stays_until_it_is_sent_again_under_its_key_and_holds_up_nobody() {
        let outbox = Outbox::default();
        let (first, second) = (written(&outbox, "one", 1), written(&outbox, "two", 2));
        let refused = outbox.failed(conversation(), first.key, Problem::not_found());
        assert!(refused.is_some_and(|pending| pending.refused.is_some()));
        assert_eq!(outbox.next(conversation()), Some(second));
        let again = outbox.again(conversation(), first.key, at(9));
        assert_eq!(again, Some(Pending { at: at(9), ..first.clone() }));
        assert_eq!(outbox.next(conversation()).map(|next| next.key), Some(first.key));
    }

    #[test]
    fn a_defect_of_the_host_is_met_a_few_times_and_then_told() {
        let outbox = Outbox::default();
        let pending = written(&outbox, "one", 1);
        let defect = || Problem::new(ProblemKind::Internal, "internal", "defect");
        for _ in 1..TRIES {
            let stands = outbox.failed(conversation(), pending.key, defect());
            assert!(stands.is_some_and(|pending| pending.refused.is_none()));
        }
        let stands = outbox.failed(conversation(), pending.key, defect());
        assert!(stands.is_some_and(|pending| pending.refused.is_some()));
        assert_eq!(outbox.next(conversation()), None);
    }

    #[test]
    fn what_another_tab_wrote_is_taken_over_and_what_it_has_sent_goes() {
        let (here, there) = (Outbox::default(), Outbox::default());
        let (mine, theirs) = (written(&here, "mine", 1), written(&there, "theirs", 2));
        here.is_kept(mine.key);
        let changes = here.reconcile(vec![kept(&theirs), kept(&mine)]);
        assert_eq!(changes.changed.iter().map(|(_, pending)| pending.key).collect::<Vec<_>>(), [theirs.key]);
        assert_eq!(here.reconcile(vec![kept(&theirs), kept(&mine)]), Changes::default());
        let changes = here.reconcile(vec![kept(&theirs)]);
        assert_eq!(changes.gone, [(conversation(), mine.key)]);
        assert_eq!(here.next(conversation()).map(|next| next.key), Some(theirs.key));
    }

    #[test]
    fn what_the_browser_could_not_keep_is_not_lost() {
        let outbox = Outbox::default();
        let pending = written(&outbox, "storage is full", 1);
        assert_eq!(outbox.reconcile(Vec::new()), Changes::default());
        assert_eq!(outbox.next(conversation()), Some(pending));
    }

    #[test]
    fn what_was_written_yesterday_is_not_sent_by_itself() {
        let outbox = Outbox::default();
        let (old, new) = (written(&outbox, "old", 0), written(&outbox, "new", 1_000));
        let stale = outbox.expire(at(24 * 3600 + 1));
        assert_eq!(stale.iter().map(|(_, pending)| pending.key).collect::<Vec<_>>(), [old.key]);
        assert_eq!(outbox.next(conversation()), Some(new));
        assert!(outbox.again(conversation(), old.key, at(90_000)).is_some());
        assert_eq!(outbox.waiting(), [(conversation(), 2)]);
    }

    #[test]
    fn a_discarded_message_does_not_come_back_with_a_late_answer() {
        let outbox = Outbox::default();
        let pending = written(&outbox, "one", 1);
        outbox.done(conversation(), pending.key);
        assert_eq!(outbox.failed(conversation(), pending.key, away()), None);
        assert_eq!(outbox.of(conversation()), []);
    }

    proptest! {
        #[test]
        fn two_tabs_that_share_a_browser_send_each_message_once_and_in_order(turns in proptest::collection::vec((any::<bool>(), 0_u8..3), 1..60)) {
            let tabs = [Outbox::default(), Outbox::default()];
            let (mut browser, mut sent, mut written): (Vec<Kept>, Vec<_>, Vec<_>) = Default::default();
            for (second, (first, what)) in turns.into_iter().enumerate() {
                let tab = &tabs[usize::from(first)];
                let _ = tab.reconcile(browser.clone());
                if what == 0 {
                    let now = at(i64::try_from(second).unwrap_or_default());
                    let pending = tab.add(conversation(), second.to_string(), None, now);
                    tab.is_kept(pending.key);
                    written.push(pending.key);
                    browser.push(kept(&pending));
                } else if let Some(next) = tab.next(conversation()) {
                    sent.push(next.key);
                    tab.done(conversation(), next.key);
                    browser.retain(|kept| kept.pending.key != next.key);
                }
            }
            prop_assert!(written.starts_with(&sent));
        }
    }
}
