//! The inbox by keyboard: `j` and `k` go through the list, `r` to the composer.

use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{address, composer, state::InboxStore};
use crate::shortcuts::shortcuts_on;

/// Listens for as long as the page lives.
pub fn shortcuts(store: InboxStore) {
    let navigate = use_navigate();
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() || is_typing(&event) {
                return;
            }
            if !shortcuts_on() {
                return;
            }
            match event.key().as_str() {
                "j" => step(store, 1, &navigate),
                "k" => step(store, -1, &navigate),
                "r" => write(),
                _ => return,
            }
            event.prevent_default();
        });
        on_cleanup(move || listener.remove());
    });
}

/// Whether the key goes into a field, where letters are letters, or into a dialog, which stands over the page.
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return false };
    element.is_content_editable()
        || element.closest("dialog").is_ok_and(|dialog| dialog.is_some())
        || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

fn step(store: InboxStore, by: isize, navigate: &impl Fn(&str, NavigateOptions)) {
    let chosen = store.wanted();
    let next = store.rows.order.with_untracked(|order| {
        let ids: Vec<_> = order.iter().map(|place| place.id).collect();
        address::neighbour(&ids, chosen, by)
    });
    let Some(next) = next else { return };
    let to = address::inbox(store.workspace, Some(next), store.rows.filter.get_untracked());
    navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    request_animation_frame(show_chosen);
}

/// Scrolls the list so that the chosen row is in sight.
fn show_chosen() {
    if let Ok(Some(row)) = document().query_selector(".row[aria-current=page]") {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn write() {
    let field = document().get_element_by_id(composer::FIELD);
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
