//! The open thread: an order of bubbles, and a signal for each. Notes and changes stand among them.
//!
//! Only a part of a long thread is here ([`span`]); cursors say where it goes on. A message that comes while the newest are
//! not here is counted and not shown: a thread with a hole in it would be a lie.
//!
//! A message that is being sent is a bubble from the moment Enter is pressed. It is named by the sender's key, so when the
//! stored message comes it takes the same place and element: nothing flickers. Methods are safe to call after the thread
//! is gone; they then do nothing.

use std::collections::{HashMap, HashSet};

use charla_shared::{
    conversation::{ThreadCursor, ThreadPage},
    entry::EntryView,
    id::{ClientKey, ConversationId, EntryId, MessageId},
    message::{Direction, MessageView, Quote},
    problem::Problem,
};
use jiff::Timestamp;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    heard::Heard,
    merge,
    order::{BubbleKey, BubblePlace, Placed, Standing, What, place_bubble},
    places::{key_of, place_of, place_of_entry},
    scroll::Scroll,
    span::{self, Far},
};

/// What one bubble shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Bubble {
    /// A stored message.
    Stored(MessageView),
    /// One that is being sent.
    Pending(Pending),
}

/// A message between Enter and the host's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The key it is sent under, however often.
    pub key: ClientKey,
    /// Its place among those not stored yet.
    pub turn: u32,
    /// Its words.
    pub body: String,
    /// When it was written.
    pub at: Timestamp,
    /// The message it answers to.
    pub quote: Option<Quote>,
    /// Why it was not sent; none while it is under way.
    pub refused: Option<Problem>,
    /// How often the host has met a defect with it.
    #[serde(skip)]
    pub tries: u32,
}

impl Pending {
    const fn place(&self) -> BubblePlace {
        BubblePlace {
            standing: Standing::Pending(self.turn),
            at: self.at,
            key: BubbleKey::Client(self.key),
            what: What::Unsent,
        }
    }
}

/// The open thread.
#[derive(Debug, Clone, Copy)]
pub struct Bubbles {
    /// Whose thread it is.
    pub conversation: ConversationId,
    /// What is shown, oldest first.
    pub order: RwSignal<Vec<BubblePlace>>,
    /// Where what is not loaded before it ends; none when the beginning is here.
    pub earlier: RwSignal<Option<ThreadCursor>>,
    /// Where what is not loaded after it begins; none when the newest is here.
    pub later: RwSignal<Option<ThreadCursor>>,
    /// The first message nobody had looked at when the thread was opened.
    pub first_unread: Option<BubbleKey>,
    /// The message of the customer that arrived last (ids are in that order), and its time.
    pub newest_inbound: RwSignal<Option<(Timestamp, MessageId)>>,
    /// The reader's place.
    pub scroll: Scroll,
    /// The message whose way is asked for.
    pub asked: RwSignal<Option<ArcRwSignal<Bubble>>>,
    /// The message that is answered to.
    pub replying: RwSignal<Option<MessageView>>,
    /// What came while the thread was open, for those who hear the page.
    pub heard: RwSignal<Vec<Heard>>,
    things: StoredValue<Things>,
}

/// What stands behind the places of a thread.
#[derive(Debug, Default)]
struct Things {
    signals: HashMap<BubbleKey, ArcRwSignal<Bubble>>,
    entries: HashMap<EntryId, EntryView>,
    /// Messages that came after what is loaded.
    beyond: HashSet<MessageId>,
    /// The time of the customer's last message that was there when the thread was opened, or was loaded since. A reload
    /// brings those up to it again: they are no news.
    known_to: Option<Timestamp>,
}

impl Bubbles {
    /// Opens a thread with a page of it.
    #[must_use]
    pub fn open(page: &ThreadPage) -> Self {
        let thread = Self {
            conversation: page.conversation.id,
            order: RwSignal::default(),
            earlier: RwSignal::new(page.earlier),
            later: RwSignal::new(page.later),
            first_unread: page.first_unread.map(BubbleKey::Message),
            newest_inbound: RwSignal::new(None),
            scroll: Scroll::new(page.later.is_some()),
            asked: RwSignal::new(None),
            replying: RwSignal::new(None),
            heard: RwSignal::default(),
            things: StoredValue::new(Things { known_to: page.conversation.last_inbound_at, ..Things::default() }),
        };
        thread.take(page.messages.iter().cloned(), page.entries.iter().cloned());
        thread
    }

    /// The signal of a bubble.
    #[must_use]
    pub fn signal(self, key: BubbleKey) -> Option<ArcRwSignal<Bubble>> {
        self.things.try_with_value(|things| things.signals.get(&key).cloned()).flatten()
    }

    /// An entry that is shown.
    #[must_use]
    pub fn entry(self, id: EntryId) -> Option<EntryView> {
        self.things.try_with_value(|things| things.entries.get(&id).cloned()).flatten()
    }

    /// Whether a message is among those that are loaded.
    #[must_use]
    pub fn holds(self, message: MessageId) -> bool {
        let is_it =
            |bubble: &BubblePlace| matches!(bubble.standing, Standing::Stored(_, id) if id == message.as_uuid());
        self.order.try_with_untracked(|order| order.iter().any(is_it)).unwrap_or(false)
    }

    /// Takes a message as it is now.
    pub fn put(self, message: MessageView) {
        let place = place_of(&message);
        if self.is_before(place) {
            // News of a message that is not loaded; its page brings it.
            return;
        }
        if self.is_beyond(place) {
            self.count_beyond(&message);
            return;
        }
        let known = self.signal(place.key).is_some();
        self.note_inbound(&message);
        let heard = (!known && self.is_last(place)).then(|| Heard::message(&message));
        let from_customer = message.direction == Direction::In;
        self.write(message);
        if let Some(heard) = heard {
            self.scroll.before_append(from_customer);
            self.hear(heard);
        }
        self.set_place(place);
        self.cut_at_end();
    }

    /// Takes a note, or what was done.
    pub fn put_entry(self, entry: EntryView) {
        self.take_entry(entry, true);
    }

    /// Takes what the viewer did or wrote: it is not read out to them.
    pub fn put_own_entry(self, entry: EntryView) {
        self.take_entry(entry, false);
    }

    fn take_entry(self, entry: EntryView, heard: bool) {
        let place = place_of_entry(&entry);
        if self.is_before(place) || self.is_beyond(place) || self.entry(entry.id).is_some() {
            return;
        }
        if self.is_last(place) {
            self.scroll.before_append(false);
            if let Some(heard) = heard.then(|| Heard::entry(&entry)).flatten() {
                self.hear(heard);
            }
        }
        let _ = self.things.try_update_value(|things| things.entries.insert(entry.id, entry));
        self.set_place(place);
        self.cut_at_end();
    }

    /// Takes many messages at once, each as it is now.
    pub fn put_all(self, messages: impl IntoIterator<Item = MessageView>) {
        for message in messages {
            self.put(message);
        }
    }

    /// Takes many notes and changes at once.
    pub fn put_entries(self, entries: impl IntoIterator<Item = EntryView>) {
        for entry in entries {
            self.put_entry(entry);
        }
    }

    /// Takes the newest page after a gap. When it does not reach what is loaded, what is loaded goes.
    pub fn reload(self, page: ThreadPage) {
        let oldest = page.messages.first().map(place_of).into_iter().chain(page.entries.first().map(place_of_entry));
        let oldest = oldest.min_by_key(|place| place.standing);
        let touches = page.earlier.is_none() || oldest.is_some_and(|oldest| self.knows(oldest.key));
        let in_history = self.later.try_get_untracked().flatten().is_some();
        if touches || in_history {
            self.put_all(page.messages);
            self.put_entries(page.entries);
        } else {
            self.replace(page);
        }
    }

    /// Shows another page in the place of everything that is stored.
    pub fn replace(self, page: ThreadPage) {
        let mut kept: HashSet<BubbleKey> = page.messages.iter().map(key_of).collect();
        kept.extend(page.entries.iter().map(|entry| BubbleKey::Entry(entry.id)));
        let gone = self.order.try_update(|order| {
            let stays =
                |bubble: &BubblePlace| matches!(bubble.standing, Standing::Pending(_)) || kept.contains(&bubble.key);
            let gone: Vec<BubblePlace> = order.iter().copied().filter(|bubble| !stays(bubble)).collect();
            order.retain(stays);
            gone
        });
        self.forget(&gone.unwrap_or_default());
        let _ = self.earlier.try_set(page.earlier);
        self.set_later(page.later);
        self.take(page.messages, page.entries);
    }

    /// Adds the page before the first. What is far behind the reader goes.
    pub fn extend_earlier(self, page: ThreadPage) {
        self.scroll.hold();
        let earlier = page.earlier;
        self.take(page.messages, page.entries);
        let _ = self.earlier.try_set(earlier);
        self.cut_when_long(Scroll::far_after);
    }

    /// Adds the page after the last. What is far behind the reader goes.
    pub fn extend_later(self, page: ThreadPage) {
        self.scroll.hold();
        self.set_later(page.later);
        self.take(page.messages, page.entries);
        self.cut_when_long(Scroll::far_before);
    }

    /// Shows a message that is being sent, or how that went.
    pub fn put_pending(self, pending: Pending) {
        let place = pending.place();
        match self.signal(place.key) {
            // It was stored in spite of what its sender heard.
            Some(bubble) if matches!(*bubble.read_untracked(), Bubble::Stored(_)) => return,
            Some(bubble) => bubble.set(Bubble::Pending(pending)),
            None => self.insert(place.key, Bubble::Pending(pending)),
        }
        self.set_place(place);
    }

    /// Whether the message of a key is stored, as far as this thread knows.
    #[must_use]
    pub fn has_stored(self, key: ClientKey) -> bool {
        self.signal(BubbleKey::Client(key)).is_some_and(|bubble| matches!(*bubble.read_untracked(), Bubble::Stored(_)))
    }

    /// Takes a message that is not to be sent after all off the thread.
    pub fn remove_pending(self, key: ClientKey) {
        if !self.has_stored(key) {
            self.drop_key(BubbleKey::Client(key));
        }
    }

    /// Takes many at once: one change of the order.
    fn take(self, messages: impl IntoIterator<Item = MessageView>, entries: impl IntoIterator<Item = EntryView>) {
        let mut places = Vec::new();
        for message in messages {
            self.note_inbound(&message);
            places.push(place_of(&message));
            self.write(message);
        }
        let _ = self.things.try_update_value(|things| {
            for entry in entries {
                places.push(place_of_entry(&entry));
                things.entries.insert(entry.id, entry);
            }
        });
        let _ = self.order.try_update(|order| {
            for place in places {
                place_bubble(order, place);
            }
        });
    }

    fn set_place(self, place: BubblePlace) {
        let _ = self.order.try_maybe_update(|order| (place_bubble(order, place) != Placed::Unmoved, ()));
    }

    fn set_later(self, later: Option<ThreadCursor>) {
        let _ = self.later.try_set(later);
        self.scroll.set_gap(later.is_some());
        if later.is_none() {
            let _ = self.things.try_update_value(|things| things.beyond.clear());
        }
    }

    /// While the reader stays at the end, what is far above goes as new things come.
    fn cut_at_end(self) {
        if self.scroll.at_end.try_get_untracked().unwrap_or_default() {
            self.cut_when_long(Scroll::far_before);
        }
    }

    /// What is far from the reader goes when there is much. What is far is asked of the page as it is shown: a change of
    /// the order is not in it yet.
    fn cut_when_long(self, far: fn(Scroll) -> Option<Far>) {
        if !self.order.try_with_untracked(|order| span::is_long(order)).unwrap_or_default() {
            return;
        }
        let Some(far) = far(self.scroll) else { return };
        let gone = self.order.try_maybe_update(|order| {
            let gone = span::cut(order, far);
            (!gone.is_empty(), gone)
        });
        let Some(gone) = gone.filter(|gone| !gone.is_empty()) else { return };
        self.forget(&gone);
        match far {
            Far::From(_) => self.set_later(self.order.with_untracked(|order| span::last(order))),
            Far::Before(_) => _ = self.earlier.try_set(self.order.with_untracked(|order| span::first(order))),
        }
    }

    fn forget(self, gone: &[BubblePlace]) {
        let _ = self.things.try_update_value(|things| {
            for bubble in gone {
                things.signals.remove(&bubble.key);
                if let BubbleKey::Entry(entry) = bubble.key {
                    things.entries.remove(&entry);
                }
            }
        });
    }

    fn drop_key(self, key: BubbleKey) {
        let _ = self.order.try_update(|order| order.retain(|bubble| bubble.key != key));
        let _ = self.things.try_update_value(|things| things.signals.remove(&key));
    }

    fn knows(self, key: BubbleKey) -> bool {
        match key {
            BubbleKey::Entry(entry) => self.entry(entry).is_some(),
            key => self.signal(key).is_some(),
        }
    }

    fn is_before(self, place: BubblePlace) -> bool {
        let cursor = self.earlier.try_get_untracked().flatten();
        cursor.zip(span::cursor(&place)).is_some_and(|(first, its)| (its.at, its.id) < (first.at, first.id))
    }

    fn is_beyond(self, place: BubblePlace) -> bool {
        let cursor = self.later.try_get_untracked().flatten();
        cursor.zip(span::cursor(&place)).is_some_and(|(last, its)| (its.at, its.id) > (last.at, last.id))
    }

    fn is_last(self, place: BubblePlace) -> bool {
        let last = |order: &Vec<BubblePlace>| {
            let stored = order.iter().rev().find(|bubble| matches!(bubble.standing, Standing::Stored(..)));
            stored.is_none_or(|bubble| bubble.standing < place.standing)
        };
        self.order.try_with_untracked(last).unwrap_or_default()
    }

    /// A message after what is loaded: the way to the newest tells how many there are.
    fn count_beyond(self, message: &MessageView) {
        if let Some(key) = message.client_key {
            self.drop_key(BubbleKey::Client(key));
        }
        let is_new = |things: &mut Things| things.beyond.insert(message.id) && things.known_to < Some(message.at);
        let new = self.things.try_update_value(is_new).unwrap_or_default();
        if new && message.direction == Direction::In {
            self.scroll.miss();
            self.hear(Heard::message(message));
        }
    }

    fn hear(self, heard: Heard) {
        let _ = self.heard.try_update(|all| heard.join(all));
    }

    fn write(self, message: MessageView) {
        let key = key_of(&message);
        let Some(bubble) = self.signal(key) else {
            self.insert(key, Bubble::Stored(message));
            return;
        };
        let shown = bubble.get_untracked();
        let next = match &shown {
            Bubble::Stored(before) => Bubble::Stored(merge::newer(before, message)),
            Bubble::Pending(_) => Bubble::Stored(message),
        };
        if shown != next {
            bubble.set(next);
        }
    }

    fn insert(self, key: BubbleKey, bubble: Bubble) {
        let _ = self.things.try_update_value(|things| things.signals.insert(key, ArcRwSignal::new(bubble)));
    }

    fn note_inbound(self, message: &MessageView) {
        let newer = |newest: Option<(Timestamp, MessageId)>| newest.is_none_or(|(_, id)| id < message.id);
        if message.direction == Direction::In && self.newest_inbound.try_get_untracked().is_some_and(newer) {
            let _ = self.newest_inbound.try_set(Some((message.at, message.id)));
            let _ = self.things.try_update_value(|things| things.known_to = things.known_to.max(Some(message.at)));
        }
    }
}

#[cfg(test)]
mod tests;
