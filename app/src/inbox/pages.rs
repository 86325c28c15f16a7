//! Loading more of the thread: what comes before, what comes after, around a message, and the newest. One request at a
//! time for each end.

use charla_shared::{
    conversation::{ThreadCursor, ThreadPage, ThreadPlace},
    id::MessageId,
};
use leptos::{prelude::*, task::spawn_local};

use super::{api, bubbles::Bubbles, scroll::Wanted, state::InboxStore};
use crate::failure::Failure;

/// One end of what is loaded.
#[derive(Debug, Clone, Copy)]
pub struct End {
    /// Whether more is on its way.
    pub loading: RwSignal<bool>,
    /// Whether the last request failed.
    pub failed: RwSignal<bool>,
}

impl End {
    fn new() -> Self {
        Self { loading: RwSignal::new(false), failed: RwSignal::new(false) }
    }

    fn is_free(self) -> bool {
        self.loading.try_get_untracked() == Some(false)
    }

    fn has_failed(self) -> bool {
        self.failed.try_get_untracked().unwrap_or(true)
    }
}

/// The pages of an open thread.
#[derive(Debug, Clone, Copy)]
pub struct Pages {
    /// The page's state.
    pub store: InboxStore,
    /// What is loaded.
    pub thread: Bubbles,
    /// Where it goes on before.
    pub earlier: End,
    /// Where it goes on after.
    pub later: End,
}

impl Pages {
    /// The pages of a thread.
    #[must_use]
    pub fn new(store: InboxStore, thread: Bubbles) -> Self {
        Self { store, thread, earlier: End::new(), later: End::new() }
    }

    /// Loads what the reader comes near to by scrolling: not after a failure, so that scrolling does not become a storm of
    /// requests.
    pub fn load(self, wanted: Wanted) {
        if wanted.earlier && !self.earlier.has_failed() {
            self.load_earlier();
        }
        if wanted.later && !self.later.has_failed() {
            self.load_later();
        }
    }

    /// Loads the page before.
    pub fn load_earlier(self) {
        let Some(cursor) = self.thread.earlier.try_get_untracked().flatten() else { return };
        self.extend(self.earlier, ThreadPlace::Before(cursor), self.thread.earlier, cursor, Bubbles::extend_earlier);
    }

    /// Loads the page after.
    pub fn load_later(self) {
        let Some(cursor) = self.thread.later.try_get_untracked().flatten() else { return };
        self.extend(self.later, ThreadPlace::After(cursor), self.thread.later, cursor, Bubbles::extend_later);
    }

    fn extend(
        self,
        end: End,
        place: ThreadPlace,
        stands: RwSignal<Option<ThreadCursor>>,
        cursor: ThreadCursor,
        take: fn(Bubbles, ThreadPage),
    ) {
        if !end.is_free() {
            return;
        }
        let _ = end.loading.try_set(true);
        spawn_local(async move {
            let page = self.read(place).await;
            let _ = end.failed.try_set(page.is_err());
            // What is loaded may have changed meanwhile: then the page does not fit any more.
            if let Ok(page) = page
                && stands.try_get_untracked().flatten() == Some(cursor)
            {
                take(self.thread, page);
            }
            let _ = end.loading.try_set(false);
        });
    }

    /// Shows a message of this thread, whether it is loaded or not.
    pub fn jump_to(self, message: MessageId) {
        spawn_local(async move {
            if self.bring(message).await.is_ok() {
                self.thread.scroll.show(message);
            }
        });
    }

    /// Loads what stands around a message of this thread, unless it is loaded.
    pub async fn bring(self, message: MessageId) -> Result<(), Failure> {
        if !self.thread.holds(message) {
            let page = self.read(ThreadPlace::Around(message)).await?;
            self.thread.replace(page);
        }
        Ok(())
    }

    /// Shows the newest page in the place of what is loaded.
    pub fn to_newest(self) {
        if !self.later.is_free() {
            return;
        }
        let _ = self.later.loading.try_set(true);
        spawn_local(async move {
            let page = self.read(ThreadPlace::Newest).await;
            let _ = self.later.failed.try_set(page.is_err());
            if let Ok(page) = page {
                self.thread.replace(page);
                self.thread.scroll.to_end();
            }
            let _ = self.later.loading.try_set(false);
        });
    }

    async fn read(self, place: ThreadPlace) -> Result<ThreadPage, Failure> {
        api::thread(self.store.workspace, self.thread.conversation, place).await
    }
}
