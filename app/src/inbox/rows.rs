//! The rows of the list: an order, and a signal for each row.
//!
//! News about one conversation touches its row's signal; the order only changes when the row moves, and not under a reader:
//! while the list is held, what would move waits. All methods are safe to call after the page is gone (an answer may come
//! late): they then do nothing.
//!
//! Answers overtake each other. Each row knows when what it shows was asked for ([`Rows::ask`]); an answer to an earlier
//! question is dropped. Whatever it knew better has an event of its own, which asks again.

use std::collections::{HashMap, HashSet};

use charla_shared::{
    conversation::{ConversationPage, ConversationView, ListCursor},
    id::{ConversationId, UserId},
    list::{COUNT_MAX, ListPlace, ListQuery},
};
use jiff::Timestamp;
use leptos::prelude::*;

use super::{
    list::extent::Extent,
    merge,
    order::{moves, place_row},
    selection::Selection,
};

/// When something was asked for, counted in questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Asked(u64);

/// A row and how fresh it is.
#[derive(Debug, Clone)]
struct Known {
    view: ArcRwSignal<ConversationView>,
    asked: Asked,
}

/// The list.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    known: StoredValue<HashMap<ConversationId, Known>>,
    read_through: StoredValue<HashMap<ConversationId, Timestamp>>,
    asked: StoredValue<Asked>,
    /// The viewer, once known.
    pub me: StoredValue<Option<UserId>>,
    chosen: StoredValue<Option<ConversationId>>,
    held: StoredValue<bool>,
    /// What is loaded, in order.
    pub order: RwSignal<Vec<ListCursor>>,
    /// Where in the list that is.
    pub extent: RwSignal<Extent>,
    /// What has news and waits to be placed while the list is held.
    pub waiting: RwSignal<Vec<ConversationId>>,
    /// Conversations with something unread, in the whole workspace.
    pub unread: RwSignal<u32>,
    /// Which conversations are listed.
    pub filter: RwSignal<ListQuery>,
    /// Which rows are selected; they stay known however far they are.
    pub selection: RwSignal<Selection>,
}

impl Rows {
    /// A list without rows, which keeps this number of unread conversations.
    #[must_use]
    pub fn counting(unread: RwSignal<u32>) -> Self {
        Self {
            known: StoredValue::default(),
            read_through: StoredValue::default(),
            asked: StoredValue::default(),
            me: StoredValue::default(),
            chosen: StoredValue::default(),
            held: StoredValue::default(),
            order: RwSignal::default(),
            extent: RwSignal::default(),
            waiting: RwSignal::default(),
            unread,
            filter: RwSignal::default(),
            selection: RwSignal::default(),
        }
    }

    /// Something is about to be asked for.
    #[must_use]
    pub fn ask(self) -> Asked {
        let next = self.asked.try_update_value(|asked| {
            asked.0 += 1;
            *asked
        });
        next.unwrap_or_default()
    }

    /// Begins anew with a first page. Signals of rows that were known stay the same, so that what shows them goes on.
    pub fn begin(self, query: ListQuery, page: &ConversationPage, asked: Asked) {
        let _ = self.filter.try_set(query);
        let _ = self.extent.try_set(Extent::begun(page.next.is_none()));
        let mut listed = self.write_page(page, asked);
        // What was heard of after the page was asked for may be missing from it.
        let later = self.known.try_with_value(|known| {
            known.iter().filter(|(_, row)| row.asked > asked).map(|(id, _)| *id).collect::<Vec<_>>()
        });
        listed.extend(later.unwrap_or_default());
        self.arrange(listed, page.next);
    }

    /// Adds the page that was read from a place, and drops what is far from it. Gives by how many rows what was there moved
    /// down.
    pub fn extend(self, place: ListPlace, page: &ConversationPage, asked: Asked) -> isize {
        let ids = self.write_page(page, asked);
        let end = page.next.is_none();
        let sort = self.filter.try_get_untracked().unwrap_or_default().sort;
        let (mut extent, mut order) = (self.extent.get_untracked(), self.order.get_untracked());
        let before = order.len();
        let there: HashSet<_> = order.iter().map(|row| row.id).collect();
        let new = || ids.iter().filter(|id| !there.contains(*id)).filter_map(|id| self.place(*id));
        let moved = match (place, order.last().copied()) {
            (ListPlace::Before(_), _) => {
                new().for_each(|row| _ = place_row(&mut order, sort, row));
                let moved = extent.prepended(order.len() - before, end);
                let over = extent.trimmed(order.len(), true);
                order.truncate(order.len() - over);
                moved
            }
            (_, Some(seam)) => {
                new().for_each(|row| _ = place_row(&mut order, sort, row));
                extent.appended(before, order.len() - before, seam, end);
                order.drain(..extent.trimmed(order.len(), false));
                0
            }
            (_, None) => 0,
        };
        let _ = self.extent.try_set(extent);
        let _ = self.order.try_set(order);
        self.forget_unlisted();
        moved
    }

    /// Shows another stretch of the list, from this row number on.
    pub fn replace(self, to: usize, page: &ConversationPage, asked: Asked) {
        let ids = self.write_page(page, asked);
        let order: Vec<_> = ids.into_iter().filter_map(|id| self.place(id)).collect();
        let before = self.order.with_untracked(Vec::len);
        let _ = self.extent.try_update(|extent| extent.moved(before, to, order.len(), page.next.is_none()));
        let _ = self.waiting.try_maybe_update(|waiting| {
            let before = waiting.len();
            waiting.retain(|id| !order.iter().any(|row| row.id == *id));
            (waiting.len() != before, ())
        });
        let _ = self.order.try_set(order);
        self.forget_unlisted();
    }

    /// Knows a row without listing it: a conversation that is on screen and may be beyond what is loaded.
    pub fn introduce(self, row: &ConversationView) {
        if self.signal(row.id).is_none() {
            self.write(row.clone(), self.ask());
        }
    }

    /// Takes a row as it was when it was asked for; says whether it was in time to be shown.
    pub fn tell(self, row: ConversationView, asked: Asked) -> bool {
        let id = row.id;
        let before = self.view_untracked(id).map(|view| view.unread);
        let in_time = self.write(row, asked);
        self.place_told(id, before);
        in_time
    }

    /// Lists a row that was told, or drops it; `before` is what was unread of it until now.
    fn place_told(self, id: ConversationId, before: Option<u32>) {
        let Some(view) = self.view_untracked(id) else { return };
        if let Some(before) = before {
            self.recount(before, view.unread);
        }
        let Some(query) = self.filter.try_get_untracked() else { return };
        let stands = self.lists(id);
        match self.place(id).filter(|_| query.lists(&view, self.me.try_get_value().flatten())) {
            Some(place) if self.is_loaded(place) || stands => {
                let moves = self.order.with_untracked(|order| moves(order, query.sort, place));
                if !moves || !self.is_held() {
                    self.put(place);
                } else if !self.waiting.with_untracked(|waiting| waiting.contains(&id)) {
                    let _ = self.waiting.try_update(|waiting| waiting.push(id));
                }
            }
            // Above what is loaded: there is one row more.
            Some(_) => {}
            None => {
                let _ = self.waiting.try_maybe_update(|waiting| {
                    let before = waiting.len();
                    waiting.retain(|waits| *waits != id);
                    (waiting.len() != before, ())
                });
                if !self.is_held() && self.chosen.try_get_value().flatten() != Some(id) {
                    self.drop_place(id);
                }
            }
        }
    }

    /// Whether somebody reads the list: then nothing in it moves. What waited is placed when they look away.
    pub fn hold(self, held: bool) {
        let was = self.is_held();
        let _ = self.held.try_set_value(held);
        if was && !held {
            self.settle();
        }
    }

    /// Whether somebody reads the list.
    #[must_use]
    pub fn is_held(self) -> bool {
        self.held.try_get_value().unwrap_or_default()
    }

    /// Places what has waited, and drops what the query lists no more.
    pub fn settle(self) {
        let Some((order, extent)) = self.order.try_get_untracked().zip(self.extent.try_get_untracked()) else { return };
        let waiting = self.waiting.try_get_untracked().unwrap_or_default();
        let bound = order.last().copied().filter(|_| !extent.end);
        let ids = order.iter().map(|row| row.id).chain(waiting).collect();
        self.arrange(ids, bound);
    }

    /// Another conversation is on screen. It stays listed even when the query would drop it; the last one may go.
    pub fn choose(self, chosen: Option<ConversationId>) {
        let was = self.chosen.try_update_value(|known| std::mem::replace(known, chosen)).flatten();
        if was != chosen && !self.is_held() {
            self.settle();
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
        let _ = self.waiting.try_update(|waiting| waiting.retain(|waits| *waits != id));
        if self.is_picked(id) {
            let _ = self.selection.try_update(|selection| selection.retain(|picked| picked != id));
        }
        let _ = self.known.try_update_value(|known| known.remove(&id));
    }

    /// Whether the list would drop a row like this, were it not on screen.
    pub fn drops(self, row: &ConversationView) -> bool {
        let me = self.me.try_get_value().flatten();
        self.filter.try_with_untracked(|query| !query.lists(row, me)).unwrap_or_default()
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
        self.known.try_with_value(|known| known.get(&id).map(|row| row.view.clone())).flatten()
    }

    /// A row as it is now; none when it is not known.
    #[must_use]
    pub fn view_untracked(self, id: ConversationId) -> Option<ConversationView> {
        self.signal(id).map(|view| view.get_untracked())
    }

    /// The fresher of what an answer says of a row and what is known.
    #[must_use]
    pub fn fresher(self, row: ConversationView, asked: Asked) -> ConversationView {
        let newer = self.known.try_with_value(|known| {
            known.get(&row.id).filter(|known| known.asked > asked).map(|known| known.view.clone())
        });
        newer.flatten().map_or(row, |view| view.get_untracked())
    }

    /// Whether a row is among those that are loaded.
    #[must_use]
    pub fn lists(self, id: ConversationId) -> bool {
        self.order.try_with_untracked(|order| order.iter().any(|place| place.id == id)).unwrap_or(false)
    }

    /// Where a known row stands in the present order.
    fn place(self, id: ConversationId) -> Option<ListCursor> {
        let query = self.filter.try_get_untracked()?;
        query.place(&self.signal(id)?.read_untracked())
    }

    fn write_page(self, page: &ConversationPage, asked: Asked) -> Vec<ConversationId> {
        page.conversations
            .iter()
            .map(|row| {
                self.write(row.clone(), asked);
                row.id
            })
            .collect()
    }

    /// Writes a row into its signal, or makes one. What was asked for before what is shown comes too late; says whether it
    /// was in time.
    fn write(self, row: ConversationView, asked: Asked) -> bool {
        let through = self.read_through.try_with_value(|known| known.get(&row.id).copied()).flatten();
        let row = merge::settled(row, through);
        let changed = self.known.try_update_value(|known| match known.get_mut(&row.id) {
            None => {
                known.insert(row.id, Known { view: ArcRwSignal::new(row), asked });
                (true, None)
            }
            Some(there) if there.asked > asked => (false, None),
            Some(there) => {
                there.asked = asked;
                (true, (*there.view.read_untracked() != row).then(|| (there.view.clone(), row)))
            }
        });
        let (in_time, changed) = changed.unwrap_or((true, None));
        if let Some((view, row)) = changed {
            view.set(row);
        }
        in_time
    }

    /// Whether a place is within what is loaded, or right at an end of the list that is.
    fn is_loaded(self, place: ListCursor) -> bool {
        let sort = self.filter.get_untracked().sort;
        let Some(extent) = self.extent.try_get_untracked() else { return false };
        self.order.with_untracked(|order| {
            let after_first = extent.top || order.first().is_some_and(|first| !sort.precedes(place, *first));
            let before_last = extent.end || order.last().is_some_and(|last| !sort.precedes(*last, place));
            after_first && before_last
        })
    }

    /// Lists these conversations as far as the query does, in order, up to where the list is not loaded.
    fn arrange(self, ids: Vec<ConversationId>, bound: Option<ListCursor>) {
        let Some(query) = self.filter.try_get_untracked() else { return };
        let (me, chosen) = (self.me.try_get_value().flatten(), self.chosen.try_get_value().flatten());
        let top = self.extent.with_untracked(|extent| extent.top);
        let first = self.order.with_untracked(|order| order.first().copied()).filter(|_| !top);
        let mut order = Vec::with_capacity(ids.len());
        for id in ids {
            let Some(view) = self.view_untracked(id) else { continue };
            let stays = Some(id) == chosen && self.lists(id);
            let Some(place) = query.place(&view).filter(|_| stays || query.lists(&view, me)) else { continue };
            let beyond = bound.is_some_and(|bound| query.sort.precedes(bound, place))
                || first.is_some_and(|first| query.sort.precedes(place, first));
            if !beyond {
                place_row(&mut order, query.sort, place);
            }
        }
        let _ = self.waiting.try_maybe_update(|waiting| (!std::mem::take(waiting).is_empty(), ()));
        if self.order.try_with_untracked(|before| *before != order) == Some(true) {
            let _ = self.order.try_set(order);
        }
        self.forget_unlisted();
    }

    fn put(self, place: ListCursor) {
        let sort = self.filter.get_untracked().sort;
        if !self.is_loaded(place) {
            // It went where nothing is loaded.
            self.drop_place(place.id);
        } else if self.order.with_untracked(|order| !order.contains(&place)) {
            let _ = self.order.try_update(|order| place_row(order, sort, place));
        }
    }

    fn drop_place(self, id: ConversationId) {
        let _ = self.order.try_maybe_update(|order| {
            let before = order.len();
            order.retain(|place| place.id != id);
            (order.len() != before, ())
        });
    }

    /// Forgets rows that are far away, but what is on screen, what waits and what is selected.
    fn forget_unlisted(self) {
        let mut needed: HashSet<_> = self.order.with_untracked(|order| order.iter().map(|row| row.id).collect());
        self.waiting.with_untracked(|waiting| needed.extend(waiting.iter().copied()));
        needed.extend(self.chosen.try_get_value().flatten());
        let _ = self.selection.try_with_untracked(|selection| needed.extend(selection.ids()));
        let _ = self.known.try_update_value(|known| known.retain(|id, _| needed.contains(id)));
    }

    fn recount(self, before: u32, after: u32) {
        let unread = self.unread.try_get_untracked().unwrap_or_default();
        if unread >= COUNT_MAX {
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

#[cfg(test)]
mod tests;
