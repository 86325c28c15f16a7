//! Going through the list: what somebody only passes on their way is not opened, and the row is marked before anything else
//! is done.

use charla_shared::id::ConversationId;
use futures::channel::oneshot;
use leptos::prelude::*;

use super::{painting, state::InboxStore};

/// Conversations chosen within this of one another are passed, in milliseconds.
const QUICK: f64 = 350.0;
/// How long somebody who went quickly rests before the thread is opened.
const REST: std::time::Duration = std::time::Duration::from_millis(100);

/// When a conversation was chosen last, in milliseconds since 1970.
#[derive(Debug, Clone, Copy, Default)]
pub struct Walk(StoredValue<f64>);

impl Walk {
    /// Waits until the choice is painted and the one who chose rests; says whether the conversation is still wanted then.
    /// The host, and a page that comes alive, do not wait.
    pub async fn settle(self, store: InboxStore, conversation: ConversationId) -> bool {
        if !painting::is_alive() {
            return true;
        }
        let now = js_sys::Date::now();
        let before = self.0.try_update_value(|last| std::mem::replace(last, now)).unwrap_or_default();
        let (rested, rest) = oneshot::channel();
        painting::after(move || {
            let rested = move || _ = rested.send(());
            if now - before < QUICK { set_timeout(rested, REST) } else { rested() }
        });
        // Fails when the page is gone, which wants nothing any more.
        rest.await.is_ok() && store.wanted() == Some(conversation)
    }
}
