//! Marking as read: what the viewer has in front of them counts as read at once, and the host is told.

use charla_shared::id::{ConversationId, MessageId};
use gloo_timers::future::sleep;
use jiff::Timestamp;
use leptos::{prelude::*, task::spawn_local};

use super::{api, bubbles::Bubbles, live, painting, state::InboxStore};
use crate::realtime::backoff;

/// Attempts to tell the host before the conversation counts as unread again.
const TRIES: u32 = 5;

/// Marks the thread as read while it is open, in sight and at its end, once per newest message of the customer. Viewers
/// who may not answer leave it unread for those who do.
pub fn mark_while_open(store: InboxStore, thread: Bubbles) {
    let Some(row) = store.rows.signal(thread.conversation) else { return };
    let visible = page_visible();
    let marked = StoredValue::new(None::<MessageId>);
    Effect::new(move |_| {
        let in_sight = visible.get() && thread.scroll.at_end.get();
        let Some((at, message)) = thread.newest_inbound.get().filter(|_| in_sight) else { return };
        if row.read().unread > 0 && store.may_reply() && marked.get_value() != Some(message) {
            marked.set_value(Some(message));
            spawn_local(async move {
                if mark(store, thread.conversation, message, at).await == Marked::Later {
                    // The next news of the row tries again.
                    let _ = marked.try_set_value(None);
                }
            });
        }
    });
}

/// What became of telling the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marked {
    /// The host has answered, be it that it refuses: asking again for the same message would give the same, and the row
    /// that comes back unread would ask again at once.
    Answered,
    /// It could not be told.
    Later,
}

async fn mark(store: InboxStore, conversation: ConversationId, message: MessageId, at: Timestamp) -> Marked {
    store.rows.read(conversation, at);
    let mut marked = Marked::Later;
    for tried in 1..=TRIES {
        let Err(failure) = api::mark_read(store.workspace, conversation, message).await else {
            // From here on the host's count is the truth; its event brings it.
            store.rows.host_counts(conversation);
            // A count that was on its way meanwhile still held this conversation.
            live::count(store).await;
            return Marked::Answered;
        };
        if live::settle(&failure) {
            marked = Marked::Answered;
            break;
        }
        if tried < TRIES {
            sleep(backoff::wait(tried, js_sys::Math::random())).await;
        }
    }
    store.rows.host_counts(conversation);
    if let Ok(row) = api::conversation(store.workspace, conversation).await {
        store.tell_row(row);
    }
    marked
}

/// Whether the tab is looked at. For the browser; until it is alive, nothing counts as seen.
fn page_visible() -> RwSignal<bool> {
    let visible = RwSignal::new(false);
    Effect::new(move |_| {
        // Not before everything has come alive as the host has written it: the row of the list says "unread" there.
        painting::after(move || _ = visible.try_set(!document().hidden()));
        let listener = window_event_listener_untyped("visibilitychange", move |_| {
            let _ = visible.try_set(!document().hidden());
        });
        on_cleanup(move || listener.remove());
    });
    visible
}
