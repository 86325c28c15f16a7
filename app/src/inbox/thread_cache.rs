//! Threads kept at hand, so that going to one shows it at once.
//!
//! The newest pages of the threads that were opened last stay in memory, and so do those that are likely to be opened next:
//! the row under the pointer, and the neighbours of the conversation on screen. What is shown from here is refreshed
//! behind; a page that is known to lack something is not shown.

use std::{collections::VecDeque, time::Duration};

use charla_shared::{
    conversation::{ThreadPage, ThreadPlace},
    id::ConversationId,
};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};

use super::{address, api, state::InboxStore};
use crate::failure::Failure;

/// The most threads at hand.
const MOST: usize = 20;
/// How long a pointer rests on a row before its thread is fetched.
const REST: Duration = Duration::from_millis(80);
/// How long a conversation is on screen before its neighbours are fetched.
const IDLE: Duration = Duration::from_millis(400);

/// The pages, the latest last.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThreadCache(StoredValue<VecDeque<ThreadPage>>);

impl ThreadCache {
    fn get(self, id: ConversationId) -> Option<ThreadPage> {
        self.0.try_with_value(|pages| pages.iter().find(|page| page.conversation.id == id).cloned()).flatten()
    }

    fn put(self, page: ThreadPage) {
        let _ = self.0.try_update_value(|pages| {
            pages.retain(|kept| kept.conversation.id != page.conversation.id);
            pages.push_back(page);
            let over = pages.len().saturating_sub(MOST);
            pages.drain(..over);
        });
    }

    /// A page that lacks nothing its row knows of, with the row as it is now. One whose unread messages have been read
    /// since would begin where they did.
    fn fresh(self, store: InboxStore, id: ConversationId) -> Option<ThreadPage> {
        let page = self.get(id)?;
        let Some(row) = store.rows.view_untracked(id) else { return Some(page) };
        (row.last_message_at <= page.conversation.last_message_at && row.unread == page.conversation.unread)
            .then_some(ThreadPage { conversation: row, ..page })
    }
}

/// The page a thread begins with, where the unread messages begin or the newest: from memory and refreshed behind, else from
/// the host.
pub async fn open(store: InboxStore, id: ConversationId) -> Result<ThreadPage, Failure> {
    let Some(page) = store.cache.fresh(store, id) else { return fetch(store, id).await };
    spawn_local(async move {
        let Ok(page) = api::thread(store.workspace, id, ThreadPlace::Newest).await else { return };
        if let Some(thread) = store.thread_of(id) {
            store.tell_row(page.conversation.clone());
            thread.reload(page);
        }
    });
    Ok(page)
}

async fn fetch(store: InboxStore, id: ConversationId) -> Result<ThreadPage, Failure> {
    let asked = store.rows.ask();
    let mut page = api::thread(store.workspace, id, ThreadPlace::Unread).await?;
    page.conversation = store.rows.fresher(page.conversation, asked);
    store.cache.put(page.clone());
    Ok(page)
}

fn prefetch(store: InboxStore, id: ConversationId) {
    if store.wanted() != Some(id) && store.cache.fresh(store, id).is_none() {
        // When it fails, opening it asks again and says why.
        spawn_local(async move { _ = fetch(store, id).await });
    }
}

/// Fetches the neighbours of the conversation on screen once it has been there for a moment. For the browser.
pub fn fetch_neighbours(store: InboxStore) {
    Effect::new(move |_| {
        let Some(chosen) = store.chosen.get() else { return };
        let fetch = move || {
            let ids = store.rows.order.try_with_untracked(|order| order.iter().map(|row| row.id).collect::<Vec<_>>());
            let ids = ids.unwrap_or_default();
            if ids.contains(&chosen) {
                [1, -1]
                    .into_iter()
                    .filter_map(|by| address::neighbour(&ids, Some(chosen), by))
                    .for_each(|id| prefetch(store, id));
            }
        };
        if let Ok(timer) = set_timeout_with_handle(fetch, IDLE) {
            on_cleanup(move || timer.clear());
        }
    });
}

/// Fetches the thread of a row when something rests on it.
#[derive(Debug, Clone, Copy)]
pub struct Prefetch {
    store: InboxStore,
    id: ConversationId,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Prefetch {
    /// For a row.
    #[must_use]
    pub fn new(store: InboxStore, id: ConversationId) -> Self {
        Self { store, id, timer: StoredValue::new(None) }
    }

    /// Something came to rest on the row.
    pub fn soon(self) {
        self.never_mind();
        let timer = set_timeout_with_handle(move || prefetch(self.store, self.id), REST).ok();
        let _ = self.timer.try_set_value(timer);
    }

    /// It went on.
    pub fn never_mind(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}
