//! How many conversations there are in each view: asked for after changes, at most once a second.

use std::time::Duration;

use charla_shared::list::Counts;
use jiff::Timestamp;
use leptos::{prelude::*, task::spawn_local};

use super::super::{api, clock, state::InboxStore};

/// The least time between two questions.
const APART: Duration = Duration::from_secs(1);

/// The counts, and when they were asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counting {
    /// The counts as they were told last.
    pub counts: RwSignal<Counts>,
    scheduled: StoredValue<bool>,
    last: StoredValue<Option<Timestamp>>,
    asked: StoredValue<u64>,
    told: StoredValue<u64>,
}

impl Counting {
    /// Something changed: the counts are asked for in a moment, together with whatever else changes until then.
    pub fn soon(self, store: InboxStore) {
        if self.scheduled.try_update_value(|scheduled| std::mem::replace(scheduled, true)) != Some(false) {
            return;
        }
        let since = self.last.try_get_value().flatten().map(|last| clock::now().duration_since(last));
        let wait = since.map_or(Duration::ZERO, |since| APART.saturating_sub(since.unsigned_abs()));
        set_timeout(
            move || {
                let _ = self.scheduled.try_set_value(false);
                spawn_local(self.ask(store));
            },
            wait,
        );
    }

    /// Asks now. When it fails the numbers are a little off until the next change; nothing depends on them.
    pub async fn ask(self, store: InboxStore) {
        let _ = self.last.try_set_value(Some(clock::now()));
        let turn = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        if let (Ok(counts), Some(turn)) = (api::counts(store.workspace).await, turn) {
            // An answer that was overtaken by a later one says nothing new.
            if self.told.try_get_value().is_some_and(|told| told < turn) {
                let _ = self.told.try_set_value(turn);
                self.take(store, counts);
            }
        }
    }

    /// Takes counts as they are now.
    pub fn take(self, store: InboxStore, counts: Counts) {
        store.rows.count(counts.unread);
        if self.counts.try_with_untracked(|before| *before != counts) == Some(true) {
            let _ = self.counts.try_set(counts);
        }
    }
}
