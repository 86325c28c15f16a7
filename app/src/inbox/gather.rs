//! Events gathered into few requests.
//!
//! A busy conversation tells of ten changes in a blink; the reader needs the outcome once. Events are gathered while a
//! short timer runs and while a request is under way, and each conversation and message is asked for once per round. An
//! event that comes while its thing is being fetched makes another round: the answer under way may be older than it.

use std::{collections::BTreeSet, time::Duration};

use charla_shared::{
    event::Happening,
    id::{ContactId, ConversationId, EntryId, MessageId},
};

/// How long events are gathered.
pub const ROUND: Duration = Duration::from_millis(50);
/// What every page hears in the same instant makes each of them load everything: they do so spread over this time.
pub const SPREAD: Duration = Duration::from_secs(2);
/// The same for a page that has missed something: what it shows is wrong until then.
pub const SPREAD_AFTER_GAP: Duration = Duration::from_millis(500);

/// What has to be asked for anew.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The list and the open thread as a whole.
    pub everything: bool,
    /// Labels, tags, fields and names to choose from.
    pub words: bool,
    /// Rows of the list.
    pub conversations: BTreeSet<ConversationId>,
    /// Messages, with where they are.
    pub messages: BTreeSet<(ConversationId, MessageId)>,
    /// Contacts, for whoever shows them.
    pub contacts: BTreeSet<ContactId>,
    /// Notes and what was done, with where they are.
    pub entries: BTreeSet<(ConversationId, EntryId)>,
}

impl Changes {
    fn is_empty(&self) -> bool {
        !self.everything
            && !self.words
            && self.conversations.is_empty()
            && self.messages.is_empty()
            && self.contacts.is_empty()
            && self.entries.is_empty()
    }

    /// Whether the row of a conversation is among them.
    #[must_use]
    pub fn have_row(&self, conversation: ConversationId) -> bool {
        self.everything || self.conversations.contains(&conversation)
    }

    /// Whether the numbers of the views may be others after them.
    #[must_use]
    pub fn count(&self) -> bool {
        self.everything || !self.conversations.is_empty()
    }

    fn join(&mut self, other: Self) {
        self.everything |= other.everything;
        self.words |= other.words;
        self.conversations.extend(other.conversations);
        self.messages.extend(other.messages);
        self.contacts.extend(other.contacts);
        self.entries.extend(other.entries);
    }
}

/// What the caller has to do after telling the gatherer something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Begin a round after [`ROUND`].
    Schedule,
    /// Begin [`Gatherer::end_spread`] at a random time within [`SPREAD`].
    Spread,
    /// Nothing: a round is on its way.
    Nothing,
}

/// The gatherer. At most one round is scheduled or under way at a time.
#[derive(Debug, Default)]
pub struct Gatherer {
    waiting: Changes,
    busy: bool,
    /// Whether everything will be asked for in a while.
    spreading: bool,
}

impl Gatherer {
    /// Something happened.
    pub fn note(&mut self, happening: &Happening) -> Then {
        match happening {
            Happening::MessageCreated { conversation, message }
            | Happening::MessageUpdated { conversation, message } => {
                self.waiting.conversations.insert(*conversation);
                self.waiting.messages.insert((*conversation, *message));
            }
            // A note changes no row; what was done says so by an event of its own.
            Happening::EntryCreated { conversation, entry } => _ = self.waiting.entries.insert((*conversation, *entry)),
            Happening::ConversationUpdated { conversation } => {
                self.waiting.conversations.insert(*conversation);
            }
            Happening::ContactUpdated { contact } => _ = self.waiting.contacts.insert(*contact),
            // Rows name labels by their ids: what is shown follows the words.
            Happening::VocabularyChanged => self.waiting.words = true,
            // Labels of channels and names of members are part of what is shown; both change rarely.
            Happening::ChannelChanged | Happening::MemberChanged { .. } | Happening::WorkspaceChanged => {
                return if std::mem::replace(&mut self.spreading, true) { Then::Nothing } else { Then::Spread };
            }
        }
        self.schedule()
    }

    /// Something was missed: [`end_spread`](Self::end_spread) is to follow within [`SPREAD_AFTER_GAP`].
    pub const fn note_gap(&mut self) {
        self.spreading = true;
    }

    /// The time to ask for everything has come, unless another one was sooner.
    pub fn end_spread(&mut self) -> Then {
        if std::mem::take(&mut self.spreading) { self.note_everything() } else { Then::Nothing }
    }

    /// Nothing that is shown can be trusted any more.
    pub fn note_everything(&mut self) -> Then {
        self.waiting.everything = true;
        self.schedule()
    }

    fn schedule(&mut self) -> Then {
        if self.busy {
            return Then::Nothing;
        }
        self.busy = true;
        Then::Schedule
    }

    /// Begins the round: what to ask for.
    pub fn take(&mut self) -> Changes {
        std::mem::take(&mut self.waiting)
    }

    /// The round is over; `undone` could not be fetched and stays to be done.
    pub fn finish(&mut self, undone: Changes) -> Then {
        self.busy = false;
        self.waiting.join(undone);
        if self.waiting.is_empty() { Then::Nothing } else { self.schedule() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn conversation(n: u128) -> ConversationId {
        uuid::Uuid::from_u128(n).into()
    }

    fn created(conversation_: u128, message: u128) -> Happening {
        Happening::MessageCreated {
            conversation: conversation(conversation_),
            message: uuid::Uuid::from_u128(message).into(),
        }
    }

    fn updated(conversation_: u128, message: u128) -> Happening {
        Happening::MessageUpdated {
            conversation: conversation(conversation_),
            message: uuid::Uuid::from_u128(message).into(),
        }
    }

    #[test]
    fn many_events_make_one_round_that_names_each_thing_once() {
        let mut gatherer = Gatherer::default();
        assert_eq!(gatherer.note(&created(1, 10)), Then::Schedule);
        for _ in 0..5 {
            assert_eq!(gatherer.note(&updated(1, 10)), Then::Nothing);
        }
        assert_eq!(gatherer.note(&created(2, 20)), Then::Nothing);
        let changes = gatherer.take();
        assert_eq!(changes.conversations.len(), 2);
        assert_eq!(changes.messages.len(), 2);
        assert_eq!(gatherer.finish(Changes::default()), Then::Nothing);
    }

    #[test]
    fn an_event_during_a_round_makes_another() {
        let mut gatherer = Gatherer::default();
        gatherer.note(&created(1, 10));
        gatherer.take();
        assert_eq!(gatherer.note(&updated(1, 10)), Then::Nothing, "the round under way schedules the next");
        assert_eq!(gatherer.finish(Changes::default()), Then::Schedule);
        assert_eq!(gatherer.take().messages.len(), 1);
        assert_eq!(gatherer.finish(Changes::default()), Then::Nothing);
        assert_eq!(gatherer.note(&created(1, 11)), Then::Schedule);
    }

    #[test]
    fn what_could_not_be_fetched_is_tried_again_with_what_came_since() {
        let mut gatherer = Gatherer::default();
        gatherer.note(&created(1, 10));
        let undone = gatherer.take();
        gatherer.note(&created(2, 20));
        assert_eq!(gatherer.finish(undone), Then::Schedule);
        assert_eq!(gatherer.take().conversations, BTreeSet::from([conversation(1), conversation(2)]));
    }

    #[test]
    fn a_contact_that_changed_is_no_reason_to_load_everything() {
        let mut gatherer = Gatherer::default();
        let contact = uuid::Uuid::from_u128(7).into();
        assert_eq!(gatherer.note(&Happening::ContactUpdated { contact }), Then::Schedule);
        assert_eq!(gatherer.take(), Changes { contacts: BTreeSet::from([contact]), ..Changes::default() });
    }

    #[test]
    fn words_that_changed_are_no_reason_to_load_everything() {
        let mut gatherer = Gatherer::default();
        assert_eq!(gatherer.note(&Happening::VocabularyChanged), Then::Schedule);
        let changes = gatherer.take();
        assert_eq!(changes, Changes { words: true, ..Changes::default() });
        assert!(!changes.count());
        assert_eq!(gatherer.finish(changes), Then::Schedule, "words that could not be had are asked for again");
    }

    #[test]
    fn what_every_page_hears_makes_one_spread_round_and_holds_nothing_up() {
        let mut gatherer = Gatherer::default();
        assert_eq!(gatherer.note(&Happening::ChannelChanged), Then::Spread);
        assert_eq!(gatherer.note(&Happening::WorkspaceChanged), Then::Nothing);
        assert_eq!(gatherer.note(&created(1, 10)), Then::Schedule);
        assert!(!gatherer.take().everything, "a message does not wait for it");
        assert_eq!(gatherer.finish(Changes::default()), Then::Nothing);
        gatherer.note_gap();
        assert_eq!(gatherer.end_spread(), Then::Schedule);
        assert_eq!(gatherer.end_spread(), Then::Nothing, "the later time has nothing left to do");
        assert!(gatherer.take().everything);
    }

    #[test]
    fn a_reload_asks_for_everything() {
        let mut gatherer = Gatherer::default();
        assert_eq!(gatherer.note_everything(), Then::Schedule);
        assert!(gatherer.take().everything);
    }
}
