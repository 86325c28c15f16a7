//! Sending from the browser: a bubble at once, the host's answer when it comes. What cannot be handed over waits, also over
//! reloads, and goes out by itself when the host is there again.

use std::time::Duration;

use charla_shared::{
    id::{ClientKey, ConversationId},
    message::{MessageView, NewMessage, Quote},
    problem::{Problem, ProblemKind},
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    api,
    bubbles::Pending,
    clock,
    desk::{Desk, Writer},
    draft, kept, log_in,
    outbox::{self, Outbox},
    state::InboxStore,
};
use crate::locks;

/// How long a bubble stays that another tab has sent: the stored message takes its place meanwhile.
const LINGERS: Duration = Duration::from_secs(3);

/// Sends texts, in their order; the first of them answers to what is quoted. They are shown at once. Says whether they were
/// taken: before it is known who writes, nobody could send or keep them.
#[must_use]
pub fn send(store: InboxStore, conversation: ConversationId, bodies: Vec<String>, mut quote: Option<Quote>) -> bool {
    let (Some(_), Some(outbox)) = (store.desk.writer(), store.desk.outbox()) else { return false };
    for body in bodies {
        let pending = outbox.add(conversation, body, quote.take(), clock::now());
        shown(store.desk, conversation, pending);
    }
    if let Some(thread) = store.thread_of(conversation) {
        thread.scroll.to_end();
    }
    start(store.desk, conversation);
    true
}

/// Sends a text that was refused once more, under the same key: if it was stored after all, it is stored once.
pub fn retry(store: InboxStore, conversation: ConversationId, pending: &Pending) {
    let again = store.desk.outbox().and_then(|outbox| outbox.again(conversation, pending.key, clock::now()));
    if let Some(pending) = again {
        shown(store.desk, conversation, pending);
    }
    start(store.desk, conversation);
}

/// Gives a text up that was refused.
pub fn discard(store: InboxStore, conversation: ConversationId, pending: &Pending) {
    if let Some(thread) = store.thread_of(conversation) {
        thread.remove_pending(pending.key);
    }
    over(store.desk, conversation, pending.key);
    // What waited behind it goes on.
    start(store.desk, conversation);
}

/// Shows what is under way in a thread that was just opened. For the browser: call it in an effect.
pub fn take_back(store: InboxStore, conversation: ConversationId) {
    let (Some(outbox), Some(thread)) = (store.desk.outbox(), store.thread_of(conversation)) else { return };
    for pending in outbox.of(conversation) {
        if thread.has_stored(pending.key) {
            over(store.desk, conversation, pending.key);
        } else {
            thread.put_pending(pending);
        }
    }
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

/// Sends all that waits: the host may be there again, or another tab has changed what the browser keeps.
pub fn wake(desk: Desk) {
    let (Some(writer), Some(outbox)) = (desk.writer(), desk.outbox()) else { return };
    look(desk, &writer, &outbox);
    for (conversation, _) in outbox.waiting() {
        start(desk, conversation);
    }
    draft::tell_all(desk);
}

/// Takes over what the browser keeps now, and shows it.
pub fn look(desk: Desk, writer: &Writer, outbox: &Outbox) {
    let changes = outbox.reconcile(kept::read(writer.shelf));
    for (conversation, pending) in changes.changed {
        if let Some(thread) = desk.thread_of(conversation) {
            thread.put_pending(pending);
        }
    }
    for (conversation, pending) in outbox.expire(clock::now()) {
        shown(desk, conversation, pending);
    }
    for (conversation, key) in changes.gone {
        set_timeout(
            move || {
                if let Some(thread) = desk.thread_of(conversation) {
                    thread.remove_pending(key);
                }
            },
            LINGERS,
        );
    }
    desk.count();
}

/// Shows a message as it stands, and keeps it.
fn shown(desk: Desk, conversation: ConversationId, pending: Pending) {
    if let (Some(writer), Some(outbox)) = (desk.writer(), desk.outbox()) {
        keep(&writer, &outbox, conversation, &pending);
    }
    show(desk, conversation, pending);
}

/// Shows a message as it stands, where its thread is open.
fn show(desk: Desk, conversation: ConversationId, pending: Pending) {
    if let Some(thread) = desk.thread_of(conversation) {
        thread.put_pending(pending);
    }
    desk.count();
}

/// Keeps a message as it stands, where the browser allows it.
fn keep(writer: &Writer, outbox: &Outbox, conversation: ConversationId, pending: &Pending) {
    if kept::write(writer.shelf, conversation, pending) {
        outbox.is_kept(pending.key);
    }
}

/// A message is under way no more: the host has it, or it was given up.
fn over(desk: Desk, conversation: ConversationId, key: ClientKey) {
    if let Some(outbox) = desk.outbox() {
        outbox.done(conversation, key);
    }
    if let Some(writer) = desk.writer() {
        kept::remove(writer.shelf, key);
    }
    desk.count();
}

/// The host has a message, whoever handed it over.
pub fn stored(desk: Desk, conversation: ConversationId, key: ClientKey) {
    let under_way = desk.outbox().is_some_and(|outbox| outbox.of(conversation).iter().any(|p| p.key == key));
    if under_way {
        over(desk, conversation, key);
    }
}

fn start(desk: Desk, conversation: ConversationId) {
    let (Some(writer), Some(outbox)) = (desk.writer(), desk.outbox()) else { return };
    if outbox.begin(conversation) {
        // Not bound to the page: what was written is sent even when its writer goes elsewhere.
        spawn_local(async move {
            let work = {
                let (writer, outbox) = (writer.clone(), outbox.clone());
                async move {
                    // Another tab may have sent some of it before this one had its turn.
                    look(desk, &writer, &outbox);
                    while let Some(pending) = outbox.next(conversation) {
                        if !attempt(desk, &writer, &outbox, conversation, &pending).await {
                            break;
                        }
                    }
                }
            };
            locks::alone(&format!("charla sending {} {conversation}", writer.shelf.user), work).await;
            outbox.end(conversation);
        });
    }
}

/// Tries one. Says whether the next may be tried.
async fn attempt(
    desk: Desk,
    writer: &Writer,
    outbox: &Outbox,
    conversation: ConversationId,
    pending: &Pending,
) -> bool {
    let quoting = pending.quote.as_ref().and_then(|quote| quote.message);
    let new = NewMessage { client_key: pending.key, body: pending.body.clone(), quoting };
    match api::send(writer.shelf.workspace, conversation, new, Some(writer.shelf.user)).await {
        Ok(message) => {
            desk.reached();
            // Not through the desk, which may be gone: what was stored must not be found again.
            outbox.done(conversation, pending.key);
            kept::remove(writer.shelf, pending.key);
            desk.count();
            if let Some(page) = desk.page() {
                page.tell_message(message);
            }
            true
        }
        Err(failure) => {
            let (kind, wait) = (failure.0.kind, failure.0.retry_after);
            if let Some(pending) = outbox.failed(conversation, pending.key, failure.0) {
                keep(writer, outbox, conversation, &pending);
                show(desk, conversation, pending);
            }
            match kind {
                ProblemKind::Unauthenticated => log_in::again(),
                kind if outbox::may_pass(kind) => desk.missed(wait.map(Duration::from_secs)),
                _ => return true,
            }
            false
        }
    }
}
