//! Loading further pages, one at a time, ahead of the reader and both ways.

use std::ops::Range;

use charla_shared::{
    conversation::ListCursor,
    list::{ListPlace, ListQuery},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    super::{api, state::InboxStore},
    extent::Want,
};

/// What loads pages.
#[derive(Debug, Clone, Copy)]
pub struct Pages {
    store: InboxStore,
    /// Whether one is on its way.
    pub loading: RwSignal<bool>,
    /// Whether the last one could not be loaded. After a failure only a button asks again: scrolling must not become a
    /// storm of requests.
    pub failed: RwSignal<bool>,
}

impl Pages {
    /// With nothing on its way.
    #[must_use]
    pub fn new(store: InboxStore) -> Self {
        Self { store, loading: RwSignal::new(false), failed: RwSignal::new(false) }
    }

    /// Loads what these rows in sight want, as long as they want something. To be called in an effect.
    pub fn look(self) {
        let rows = self.store.rows;
        let (loaded, extent) = (rows.order.with(Vec::len), rows.extent.get());
        let Some(sight) = self.store.list.sight() else { return };
        // Nothing is left where the reader was: the list begins anew.
        let is_lost = loaded == 0 && !extent.top;
        if (loaded == 0 && !is_lost) || self.loading.get() || self.failed.get() {
            return;
        }
        if is_lost {
            self.around(&(0..0));
        } else {
            self.load(extent.want(&sight, loaded), &sight);
        }
    }

    /// Tries once more what failed.
    pub fn again(self) {
        self.failed.set(false);
    }

    /// Loads what is in sight anew, wherever the list is scrolled.
    pub fn around(self, sight: &Range<usize>) {
        self.load(Want::At(sight.start), sight);
    }

    fn load(self, want: Want, sight: &Range<usize>) {
        let rows = self.store.rows;
        let order = rows.order.get_untracked();
        let mark = rows.extent.with_untracked(|extent| extent.mark_before(sight.start));
        let (place, jump) = match (want, order.first(), order.last()) {
            (Want::After, _, Some(last)) => (ListPlace::After(*last), None),
            (Want::Before, Some(first), _) => (ListPlace::Before(*first), None),
            (Want::At(_), _, _) => match mark {
                Some((number, cursor)) => (ListPlace::After(cursor), Some(number)),
                None => (ListPlace::Beginning, Some(0)),
            },
            _ => return,
        };
        let query = rows.filter.get_untracked();
        let asked = rows.ask();
        self.loading.set(true);
        spawn_local(async move {
            let page = api::conversations(self.store.workspace, query, place).await;
            let mut failed = page.is_err();
            // The list may have begun anew meanwhile.
            if let (Ok(page), true) = (&page, self.is_still(query, &order, place)) {
                match jump {
                    Some(to) => rows.replace(to, page, asked),
                    None => self.store.list.moved(rows.extend(place, page, asked)),
                }
                // A page of rows that are all here already would be asked for again and again.
                failed = page.next.is_some() && self.is_still(query, &order, place) && jump.is_none();
            }
            // Of another list, it says nothing about this one.
            if rows.filter.try_get_untracked() == Some(query) {
                let _ = self.failed.try_set(failed);
            }
            let _ = self.loading.try_set(false);
        });
    }

    /// Whether a page read from a place still belongs to what is loaded.
    fn is_still(self, query: ListQuery, before: &[ListCursor], place: ListPlace) -> bool {
        let rows = self.store.rows;
        let same_end = rows.order.try_with_untracked(|now| match place {
            ListPlace::Beginning => true,
            ListPlace::Before(first) => now.first() == Some(&first),
            ListPlace::After(last) => now.last() == Some(&last) || before.last() != Some(&last),
        });
        rows.filter.try_get_untracked() == Some(query) && same_end == Some(true)
    }
}
