//! The rows of the list: an order, and a signal for each row.
//!
//! News about one conversation touches its row's signal; the order only changes when the row moves. All methods are safe to
//! call after the page is gone (an answer may come late): they then do nothing.

use std::collections::HashMap;

use charla_shared::{
    conversation::{ConversationPage, ConversationView, Filter, ListCursor, UNREAD_COUNT_MAX},
    id::ConversationId,
};
use jiff::Timestamp;
use leptos::prelude::*;

use super::{
    merge,
    order::{RowPlace, place_row},
};

/// What came of a row that was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The number of unread conversations is still right.
    Counted,
    /// The conversation was not known before, so the number has to be asked for.
    Uncounted,
}

/// The list.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    views: StoredValue<HashMap<ConversationId, ArcRwSignal<ConversationView>>>,
    read_through: StoredValue<HashMap<ConversationId, Timestamp>>,
    /// What is listed, newest first.
    pub order: RwSignal<Vec<RowPlace>>,
    /// Conversations with something unread, in the whole workspace.
    pub unread: RwSignal<u32>,
    /// Where the rows that are not loaded begin; none when all are.
    pub next: RwSignal<Option<ListCursor>>,
    /// Which conversations are listed.
    pub filter: RwSignal<Filter>,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            views: StoredValue::default(),
            read_through: StoredValue::default(),
            order: RwSignal::default(),
            unread: RwSignal::new(0),
            next: RwSignal::new(None),
            filter: RwSignal::default(),
        }
    }
}

impl Rows {
    /// Begins anew with a first page. Signals of rows that were known stay the same, so that what shows them goes on.
    pub fn begin(self, filter: Filter, page: &ConversationPage) {
        let mut order = Vec::with_capacity(page.conversations.len());
        for row in &page.conversations {
            let place = self.write(row.clone());
            place_row(&mut order, place);
        }
        let _ = self.filter.try_set(filter);
        let _ = self.order.try_set(order);
        let _ = self.next.try_set(page.next);
        self.count(page.unread_conversations);
    }

    /// Knows a row without listing it: a conversation that is on screen and may be beyond what is loaded.
    pub fn introduce(self, row: &ConversationView) {
        if self.signal(row.id).is_none() {
            self.write(row.clone());
        }
    }

    /// Adds a further page. Rows that are there already are newer than the page.
    pub fn extend(self, page: &ConversationPage) {
        let mut added = Vec::new();
        for row in &page.conversations {
            if self.view_untracked(row.id).is_none() || !self.lists(row.id) {
                added.push(self.write(row.clone()));
            }
        }
        let _ = self.order.try_update(|order| {
            for place in added {
                place_row(order, place);
            }
        });
        let _ = self.next.try_set(page.next);
    }

    /// Takes a row as it is now. `chosen` is on screen: it stays listed even when the filter would drop it.
    pub fn tell(self, row: ConversationView, chosen: Option<ConversationId>) -> Told {
        let (id, unread) = (row.id, row.unread);
        let before = self.view_untracked(id).map(|view| view.unread);
        let place = self.write(row);
        let unread = self.view_untracked(id).map_or(unread, |view| view.unread);
        if self.belongs(place, unread, chosen) {
            let _ = self.order.try_maybe_update(|order| (place_row(order, place), ()));
        } else {
            self.drop_place(id);
        }
        match before {
            Some(before) => {
                self.recount(before, unread);
                Told::Counted
            }
            None => Told::Uncounted,
        }
    }

    /// Everything of the customer up to `through` has been looked at: nothing of it counts as unread from here on.
    pub fn read(self, id: ConversationId, through: Timestamp) {
        let _ = self.read_through.try_update_value(|known| {
            let known = known.entry(id).or_insert(through);
            *known = (*known).max(through);
        });
        let Some(view) = self.signal(id) else { return };
        let before = view.read_untracked().unread;
        let settled = merge::settled(view.get_untracked(), Some(through));
        if settled.unread != before {
            self.recount(before, settled.unread);
            view.set(settled);
        }
    }

    /// The reading is stored, or could not be: what the host says counts again.
    pub fn host_counts(self, id: ConversationId) {
        let _ = self.read_through.try_update_value(|known| known.remove(&id));
    }

    /// A conversation that is gone, or may not be seen any more.
    pub fn forget(self, id: ConversationId) {
        if let Some(view) = self.view_untracked(id) {
            self.recount(view.unread, 0);
        }
        self.drop_place(id);
        let _ = self.views.try_update_value(|views| views.remove(&id));
    }

    /// Drops rows that the filter does not list any more, but the one on screen.
    pub fn tidy(self, chosen: Option<ConversationId>) {
        if self.filter.try_get_untracked() != Some(Filter::Unread) {
            return;
        }
        let _ = self.order.try_maybe_update(|order| {
            let before = order.len();
            order.retain(|place| {
                Some(place.id) == chosen || self.view_untracked(place.id).is_some_and(|view| view.unread > 0)
            });
            (order.len() != before, ())
        });
    }

    /// Whether the list would drop a row like this, were it not on screen.
    pub fn drops(self, row: &ConversationView) -> bool {
        self.filter.try_get_untracked() == Some(Filter::Unread) && row.unread == 0
    }

    /// The host's number of unread conversations.
    pub fn count(self, unread: u32) {
        if self.unread.try_get_untracked().is_some_and(|before| before != unread) {
            let _ = self.unread.try_set(unread);
        }
    }

    /// The signal of a row.
    #[must_use]
    pub fn signal(self, id: ConversationId) -> Option<ArcRwSignal<ConversationView>> {
        self.views.try_with_value(|views| views.get(&id).cloned()).flatten()
    }

    fn view_untracked(self, id: ConversationId) -> Option<ConversationView> {
        self.signal(id).map(|view| view.get_untracked())
    }

    fn lists(self, id: ConversationId) -> bool {
        self.order.try_with_untracked(|order| order.iter().any(|place| place.id == id)).unwrap_or(false)
    }

    /// Writes a row into its signal, or makes one.
    fn write(self, row: ConversationView) -> RowPlace {
        let through = self.read_through.try_with_value(|known| known.get(&row.id).copied()).flatten();
        let row = merge::settled(row, through);
        let place = RowPlace { at: row.last_message_at, id: row.id };
        let Some(view) = self.signal(row.id) else {
            let _ = self.views.try_update_value(|views| views.insert(row.id, ArcRwSignal::new(row)));
            return place;
        };
        // An answer that was overtaken: the time of the last message never goes back.
        let shown = view.read_untracked().last_message_at;
        if shown > row.last_message_at {
            return RowPlace { at: shown, ..place };
        }
        if *view.read_untracked() != row {
            view.set(row);
        }
        place
    }

    /// Whether a row is to be listed: it fits the filter, and it is not among those that are not loaded.
    fn belongs(self, place: RowPlace, unread: u32, chosen: Option<ConversationId>) -> bool {
        let loaded =
            self.next.try_get_untracked().flatten().is_none_or(|next| (place.at, place.id) >= (next.at, next.id));
        let fits = match self.filter.try_get_untracked() {
            Some(Filter::Unread) => unread > 0 || (Some(place.id) == chosen && self.lists(place.id)),
            _ => true,
        };
        fits && (loaded || self.lists(place.id))
    }

    fn drop_place(self, id: ConversationId) {
        let _ = self.order.try_maybe_update(|order| {
            let before = order.len();
            order.retain(|place| place.id != id);
            (order.len() != before, ())
        });
    }

    fn recount(self, before: u32, after: u32) {
        let unread = self.unread.try_get_untracked().unwrap_or_default();
        if unread >= UNREAD_COUNT_MAX {
            // Only counted up to here: one more or less says nothing.
            return;
        }
        match (before > 0, after > 0) {
            (false, true) => self.count(unread.saturating_add(1)),
            (true, false) => self.count(unread.saturating_sub(1)),
            _ => {}
        }
    }
}
