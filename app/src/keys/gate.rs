//! Which keys are shortcuts of the page, and not for what has the focus or stands over it.

use leptos::{ev, prelude::document};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::shortcuts_on;

/// Whether a key is for the page.
#[must_use]
pub fn is_for_page(event: &ev::KeyboardEvent) -> bool {
    let taken = event.default_prevented() || event.is_composing();
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    let held = event.repeat() && !may_repeat(&event.key());
    if taken || modified || held || is_typing(event) || !shortcuts_on() {
        return false;
    }
    // Also where the focus has been lost to the page's body. A menu that a key has opened takes the next ones.
    !is_there("dialog[open], [popover]:popover-open")
}

/// Whether a key that is held does what it does again and again: only what changes nothing.
fn may_repeat(key: &str) -> bool {
    matches!(key, "j" | "k")
}

/// Whether a key goes into a field, where letters are letters. What is ticked takes none.
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return false };
    let fields = "input:not([type='checkbox'], [type='radio']), textarea, select";
    element.is_content_editable() || element.matches(fields).unwrap_or_default()
}

/// Whether a dialog stands over the page; another one over it would hide where one is.
pub(super) fn is_dialog_open() -> bool {
    is_there("dialog[open]")
}

fn is_there(selector: &str) -> bool {
    document().query_selector(selector).is_ok_and(|found| found.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_key_changes_nothing() {
        assert!(may_repeat("j") && may_repeat("k"));
        for key in ["e", "E", "x", "X", "i", "s", "a", "l", "r", "n", "d", "g", "/", "?"] {
            assert!(!may_repeat(key), "{key}");
        }
    }
}
