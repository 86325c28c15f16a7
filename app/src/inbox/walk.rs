//! Going through the list: what somebody only passes on their way is not opened, and the row is marked before anything else
//! is done.

use charla_shared::id::ConversationId;
use futures::{
    channel::oneshot,
    future::{Either, select},
};
use leptos::prelude::*;

use super::{painting, state::InboxStore};

/// Conversations chosen within this of one another are passed, in milliseconds.
const QUICK: f64 = 350.0;
/// How long somebody who went quickly rests before the thread is opened.
const REST: std::time::Duration = std::time::Duration::from_millis(100);

/// How somebody goes through the list.
#[derive(Debug, Clone, Copy, Default)]
pub struct Walk {
    /// When a conversation was chosen last, in milliseconds since 1970.
    chosen_at: StoredValue<f64>,
    /// Dropped when another conversation is chosen.
    here: StoredValue<Option<oneshot::Sender<()>>>,
}

impl Walk {
    /// Waits until the choice is painted and the one who chose rests; says whether the conversation is still wanted then.
    /// The host, and a page that comes alive, do not wait.
    pub async fn settle(self, store: InboxStore, conversation: ConversationId) -> bool {
        if !painting::is_alive() {
            return true;
        }
        let now = js_sys::Date::now();
        let before = self.chosen_at.try_update_value(|last| std::mem::replace(last, now)).unwrap_or_default();
        let (rested, rest) = oneshot::channel();
        painting::after(move || {
            let rested = move || _ = rested.send(());
            if now - before < QUICK { set_timeout(rested, REST) } else { rested() }
        });
        // Fails when the page is gone, which wants nothing any more.
        rest.await.is_ok() && store.wanted() == Some(conversation)
    }

    /// What is read for a conversation, unless somebody goes on to another one first: that one is not to wait for it.
    pub async fn unless_left<T>(
        self,
        store: InboxStore,
        conversation: ConversationId,
        mut read: impl Future<Output = T> + Unpin,
    ) -> Option<T> {
        loop {
            let (here, mut left) = oneshot::channel();
            let _ = self.here.try_set_value(Some(here));
            match select(&mut read, &mut left).await {
                Either::Left((read, _)) => return Some(read),
                // Left, and back before anybody noticed.
                Either::Right(_) if store.wanted() == Some(conversation) => {}
                Either::Right(_) => return None,
            }
        }
    }

    /// Another conversation was chosen.
    pub fn leave(self) {
        let _ = self.here.try_set_value(None);
    }
}
