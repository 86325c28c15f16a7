//! The open thread: an order of bubbles, and a signal for each.
//!
//! A message that is being sent is a bubble from the moment Enter is pressed. It is named by the sender's key, so when the
//! stored message comes it takes the same place and element: nothing flickers. Methods are safe to call after the thread
//! is gone; they then do nothing.

use std::collections::{HashMap, HashSet};

use charla_shared::{
    conversation::{ThreadCursor, ThreadPage},
    id::{ClientKey, ConversationId, MessageId},
    message::{Direction, MessageView, Quote},
    problem::Problem,
};
use jiff::Timestamp;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    merge,
    order::{BubbleKey, BubblePlace, Placed, Standing, place_bubble},
    scroll::Scroll,
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
        BubblePlace { standing: Standing::Pending(self.turn), at: self.at, key: BubbleKey::Client(self.key) }
    }
}

/// What names the bubble of a message.
fn key_of(message: &MessageView) -> BubbleKey {
    message.client_key.map_or(BubbleKey::Message(message.id), BubbleKey::Client)
}

/// The open thread.
#[derive(Debug, Clone, Copy)]
pub struct Bubbles {
    /// Whose thread it is.
    pub conversation: ConversationId,
    /// What is shown, oldest first.
    pub order: RwSignal<Vec<BubblePlace>>,
    /// Where the messages that are not loaded end; none when all are.
    pub earlier: RwSignal<Option<ThreadCursor>>,
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
    signals: StoredValue<HashMap<BubbleKey, ArcRwSignal<Bubble>>>,
}

impl Bubbles {
    /// Opens a thread with its newest page.
    #[must_use]
    pub fn open(page: &ThreadPage) -> Self {
        let first_unread = merge::first_unread(&page.messages, page.conversation.unread);
        let first_unread = page.messages.iter().find(|message| Some(message.id) == first_unread).map(key_of);
        let thread = Self {
            conversation: page.conversation.id,
            order: RwSignal::default(),
            earlier: RwSignal::new(page.earlier),
            first_unread,
            newest_inbound: RwSignal::new(None),
            scroll: Scroll::default(),
            asked: RwSignal::new(None),
            replying: RwSignal::new(None),
            signals: StoredValue::default(),
        };
        thread.put_all(page.messages.iter().cloned());
        thread
    }

    /// The signal of a bubble.
    #[must_use]
    pub fn signal(self, key: BubbleKey) -> Option<ArcRwSignal<Bubble>> {
        self.signals.try_with_value(|signals| signals.get(&key).cloned()).flatten()
    }

    /// Takes a message as it is now.
    pub fn put(self, message: MessageView) {
        let before_all = |cursor: ThreadCursor| (message.at, message.id.as_uuid()) < (cursor.at, cursor.id);
        if self.earlier.try_get_untracked().flatten().is_some_and(before_all) {
            // News of a message that is not loaded; its page brings it.
            return;
        }
        let place = self.write(message.clone());
        self.note_inbound(&message);
        let known = self.order.try_with_untracked(|order| order.iter().rev().any(|bubble| bubble.key == place.key));
        let last = self
            .order
            .try_with_untracked(|order| {
                order
                    .iter()
                    .rev()
                    .find(|bubble| matches!(bubble.standing, Standing::Stored(..)))
                    .is_none_or(|b| b.standing < place.standing)
            })
            .unwrap_or(false);
        if known == Some(false) && last {
            self.scroll.before_append(message.direction == Direction::In);
        }
        let _ = self.order.try_maybe_update(|order| (place_bubble(order, place) != Placed::Unmoved, ()));
    }

    /// Takes many messages at once, from another page: one change of the order.
    pub fn put_all(self, messages: impl IntoIterator<Item = MessageView>) {
        let mut places = Vec::new();
        for message in messages {
            self.note_inbound(&message);
            places.push(self.write(message));
        }
        let _ = self.order.try_update(|order| {
            for place in places {
                place_bubble(order, place);
            }
        });
    }

    /// Takes the newest page after a gap. When it does not reach what is loaded, what is loaded goes: a thread with a hole
    /// in it would be a lie.
    pub fn reload(self, page: ThreadPage) {
        // By its oldest: one's own latest words may be known in the midst of a gap.
        let known = |message: &MessageView| self.signal(key_of(message)).is_some();
        let touches = page.earlier.is_none() || page.messages.first().is_some_and(known);
        if !touches {
            let in_page: HashSet<BubbleKey> = page.messages.iter().map(key_of).collect();
            let _ = self.order.try_update(|order| {
                order.retain(|bubble| matches!(bubble.standing, Standing::Pending(_)) || in_page.contains(&bubble.key));
            });
            let _ = self.signals.try_update_value(|signals| {
                signals.retain(|key, bubble| {
                    in_page.contains(key) || matches!(*bubble.read_untracked(), Bubble::Pending(_))
                });
            });
            let _ = self.earlier.try_set(page.earlier);
        }
        for message in page.messages {
            self.put(message);
        }
    }

    /// Adds the page before the first.
    pub fn extend(self, page: ThreadPage) {
        self.put_all(page.messages);
        let _ = self.earlier.try_set(page.earlier);
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
        let _ = self.order.try_maybe_update(|order| (place_bubble(order, place) != Placed::Unmoved, ()));
    }

    /// Whether the message of a key is stored, as far as this thread knows.
    #[must_use]
    pub fn has_stored(self, key: ClientKey) -> bool {
        self.signal(BubbleKey::Client(key)).is_some_and(|bubble| matches!(*bubble.read_untracked(), Bubble::Stored(_)))
    }

    /// Takes a message that is not to be sent after all off the thread.
    pub fn remove_pending(self, key: ClientKey) {
        let key = BubbleKey::Client(key);
        if self.signal(key).is_some_and(|bubble| matches!(*bubble.read_untracked(), Bubble::Stored(_))) {
            return;
        }
        let _ = self.order.try_update(|order| order.retain(|bubble| bubble.key != key));
        let _ = self.signals.try_update_value(|signals| signals.remove(&key));
    }

    fn write(self, message: MessageView) -> BubblePlace {
        let key = key_of(&message);
        let place = BubblePlace { standing: Standing::Stored(message.at, message.id), at: message.at, key };
        let Some(bubble) = self.signal(key) else {
            self.insert(key, Bubble::Stored(message));
            return place;
        };
        let shown = bubble.get_untracked();
        let next = match &shown {
            Bubble::Stored(before) => Bubble::Stored(merge::newer(before, message)),
            Bubble::Pending(_) => Bubble::Stored(message),
        };
        if shown != next {
            bubble.set(next);
        }
        place
    }

    fn insert(self, key: BubbleKey, bubble: Bubble) {
        let _ = self.signals.try_update_value(|signals| signals.insert(key, ArcRwSignal::new(bubble)));
    }

    fn note_inbound(self, message: &MessageView) {
        let newer = |newest: Option<(Timestamp, MessageId)>| newest.is_none_or(|(_, id)| id < message.id);
        if message.direction == Direction::In && self.newest_inbound.try_get_untracked().is_some_and(newer) {
            let _ = self.newest_inbound.try_set(Some((message.at, message.id)));
        }
    }
}
