//! Search within the open conversation: a field over the thread, how many messages have the words, and the way from one
//! to the next. What was found is marked where it stands ([`paint`]); the host searches, so all of a thread is searched
//! however little of it is loaded.

mod bar;
mod finding;
mod paint;
mod step;

use leptos::{ev::KeyboardEvent, prelude::document};
use wasm_bindgen::JsCast;
use web_sys::Element;

pub use bar::{FindBar, FindButton};
pub use finding::Finding;

/// The id of the button that opens the field.
pub const BUTTON: &str = "thread-find";
/// The id of the field.
pub const FIELD: &str = "thread-find-field";

/// Takes the browser's own key for searching in a page, while the focus is in the thread or in its composer. In the
/// field it is the browser's again, so pressing it twice searches the page.
pub fn take_key(event: &KeyboardEvent, finding: Finding) {
    let one = event.ctrl_key() != event.meta_key();
    let plain = one && !event.alt_key() && !event.shift_key() && !event.repeat() && !event.default_prevented();
    if plain && event.key().eq_ignore_ascii_case("f") && !is_in_field() && !is_in_dialog(event) {
        event.prevent_default();
        finding.begin();
    }
}

fn is_in_field() -> bool {
    document().active_element().is_some_and(|focused| focused.id() == FIELD)
}

/// Whether it was pressed in a dialog over the thread, such as a message's recorder.
fn is_in_dialog(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("dialog").is_ok_and(|dialog| dialog.is_some()))
}
