//! The options under a field: arrow keys go through them, Enter chooses. The focus stays in the field (ARIA combobox), so
//! what an option is chosen by is its click, whoever made it.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The id of an option by its place in the list.
pub fn option_id(list: &str, place: usize) -> String {
    format!("{list}-{place}")
}

/// Whether an option is the one that Enter would choose.
pub fn is_at(at: RwSignal<usize>, place: usize) -> Signal<bool> {
    Signal::derive(move || at.get() == place)
}

fn option(list: &str, place: usize) -> Option<HtmlElement> {
    document().get_element_by_id(&option_id(list, place)).and_then(|option| option.dyn_into().ok())
}

/// Takes the keys that are about the options; gives whether it was one.
pub fn walk(event: &KeyboardEvent, list: &str, at: RwSignal<usize>) -> bool {
    let here = at.get_untracked();
    let to = match event.key().as_str() {
        "ArrowDown" => here + 1,
        "ArrowUp" => here.saturating_sub(1),
        // While a word is being composed, Enter ends the word.
        "Enter" if !event.is_composing() => {
            if let Some(option) = option(list, here) {
                option.click();
            }
            event.prevent_default();
            return true;
        }
        _ => return false,
    };
    event.prevent_default();
    if let Some(option) = option(list, to) {
        at.set(to);
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&options);
    }
    true
}
