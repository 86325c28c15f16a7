//! Search within the open conversation: a field over the thread, how many messages have the words, and the way from one
//! to the next. What was found is marked where it stands ([`paint`]); the host searches, so all of a thread is searched
//! however little of it is loaded.

mod bar;
mod finding;
mod paint;
mod step;

use charla_shared::id::ConversationId;
use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{panes::Details, state::InboxStore};
pub use bar::{FindBar, FindButton};
pub use finding::Finding;

/// The id of the button that opens the field.
pub const BUTTON: &str = "thread-find";
/// The id of the field.
pub const FIELD: &str = "thread-find-field";

/// Takes the browser's own key for searching in a page, for as long as a thread is open. In the field it is the browser's
/// again, so pressing it twice searches the page; and so it is where somebody writes beside the thread.
pub fn listen(store: InboxStore, conversation: ConversationId, finding: Finding, details: Details) {
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| {
            // While another thread is on its way, this one lives on out of sight.
            if store.wanted() == Some(conversation) {
                take_key(&event, finding, details);
            }
        });
        on_cleanup(move || listener.remove());
    });
}

fn take_key(event: &KeyboardEvent, finding: Finding, details: Details) {
    let one = event.ctrl_key() != event.meta_key();
    let plain = one && !event.alt_key() && !event.shift_key() && !event.repeat() && !event.default_prevented();
    if plain && event.key().eq_ignore_ascii_case("f") && !is_browsers(event) {
        event.prevent_default();
        // It would lie over the field.
        details.over.set(false);
        finding.begin();
    }
}

/// Whether it was pressed in the field itself, with a dialog over the thread, or in a field beside it.
fn is_browsers(event: &KeyboardEvent) -> bool {
    if document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some()) {
        return true;
    }
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return false };
    let is_in = |selector: &str| target.closest(selector).is_ok_and(|found| found.is_some());
    target.id() == FIELD || (is_in("input, textarea, select") && !is_in(".thread"))
}
