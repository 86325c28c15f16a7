//! Sending from the browser: a bubble at once, the host's answer when it comes.

use charla_shared::{
    id::ConversationId,
    message::{MessageView, NewMessage},
    problem::{Problem, ProblemKind},
};
use leptos::task::spawn_local;

use super::{api, bubbles::Pending, kept, outbox::Outbox, state::InboxStore};

/// Sends a text. It is shown at once.
pub fn send(store: InboxStore, conversation: ConversationId, body: String) {
    let Some(outbox) = store.outbox() else { return };
    let pending = outbox.add(conversation, body);
    kept::write(conversation, &outbox.of(conversation));
    if let Some(thread) = store.thread_of(conversation) {
        thread.put_pending(pending);
        thread.scroll.to_end();
    }
    start(store, outbox, conversation);
}

/// Sends a text that was refused once more, under the same key: if it was stored after all, it is stored once.
pub fn retry(store: InboxStore, conversation: ConversationId, pending: Pending) {
    let Some(outbox) = store.outbox() else { return };
    let pending = Pending { refused: None, ..pending };
    outbox.keep(conversation, &pending);
    if let Some(thread) = store.thread_of(conversation) {
        thread.put_pending(pending);
    }
    start(store, outbox, conversation);
}

/// Gives a text up that was refused.
pub fn discard(store: InboxStore, conversation: ConversationId, pending: &Pending) {
    if let Some(thread) = store.thread_of(conversation) {
        thread.remove_pending(pending.key);
    }
    let Some(outbox) = store.outbox() else { return };
    outbox.done(conversation, pending.key);
    kept::write(conversation, &outbox.of(conversation));
    // What waited behind it goes on.
    start(store, outbox, conversation);
}

/// Shows what the tab has kept of a thread that was just opened. For the browser: call it in an effect.
pub fn take_back(store: InboxStore, conversation: ConversationId) {
    let (Some(outbox), Some(thread)) = (store.outbox(), store.thread_of(conversation)) else { return };
    let mut kept = kept::read(conversation);
    kept.retain(|kept| !thread.has_stored(kept.key));
    let why = Problem::new(ProblemKind::Unavailable, "unreachable", "");
    for pending in outbox.take_back(conversation, kept, &why) {
        thread.put_pending(pending);
    }
    kept::write(conversation, &outbox.of(conversation));
}

/// Sends a stored message that is lost once more. Gives why not.
pub async fn resend(store: InboxStore, message: MessageView) -> Option<Problem> {
    let new = match api::resend(store.workspace, message.id).await {
        Ok(new) => new,
        Err(failure) => return Some(failure.0),
    };
    let resent_as = Some(new.id);
    store.tell_message(new);
    if let Some(thread) = store.thread_of(message.conversation) {
        thread.put(MessageView { resent_as, ..message });
        thread.scroll.to_end();
    }
    None
}

fn start(store: InboxStore, outbox: Outbox, conversation: ConversationId) {
    if outbox.begin(conversation) {
        // Not bound to the page: what was written is sent even when its writer goes elsewhere.
        spawn_local(async move {
            while let Some(pending) = outbox.next(conversation) {
                attempt(store, &outbox, conversation, pending).await;
            }
        });
    }
}

async fn attempt(store: InboxStore, outbox: &Outbox, conversation: ConversationId, pending: Pending) {
    let new = NewMessage { client_key: pending.key, body: pending.body.clone(), quoting: None };
    match api::send(store.workspace, conversation, new).await {
        Ok(message) => {
            outbox.done(conversation, pending.key);
            kept::write(conversation, &outbox.of(conversation));
            store.tell_message(message);
        }
        Err(failure) => {
            let pending = Pending { refused: Some(failure.0), ..pending };
            outbox.keep(conversation, &pending);
            if let Some(thread) = store.thread_of(conversation) {
                thread.put_pending(pending);
            }
        }
    }
}
