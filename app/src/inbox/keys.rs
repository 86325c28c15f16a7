//! The inbox by keyboard: `j` and `k` go through the list, `r` and `n` to the composer, for an answer or a note, `d` brings
//! the contact on screen or takes them away, `x` selects ([`picking`]); the rest is of a conversation's [`life`], or of the
//! life of all that are selected.

use charla_shared::list::ListQuery;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    address::{self, Here},
    composer, find, header,
    life::{self, Life, Many},
    picking,
    state::InboxStore,
};
use crate::{
    keys::use_page_keys,
    palette::{Action, use_actions},
};

/// Answers to keys for as long as the page lives, and offers the same in the palette.
pub fn shortcuts(store: InboxStore, life: &Life, many: Many) {
    let life = *life;
    offer("reply", "keys-reply", "pencil", "R", store, InboxStore::may_reply_now, composer::REPLY_TAB);
    offer("note", "keys-note", "sticky-note", "N", store, InboxStore::may_note_now, composer::NOTE_TAB);
    offer_button("details", "keys-details", "info", "D", store, header::DETAILS);
    offer_button("find", "keys-find", "search", "Ctrl/⌘ F", store, find::BUTTON);
    life::offer(&life);
    let (navigate, here) = (use_navigate(), address::here());
    use_page_keys().answer(move |key| {
        match key {
            "j" => step(store, 1, here, &navigate),
            "k" => step(store, -1, here, &navigate),
            "r" if store.may_reply() => write(composer::REPLY_TAB),
            // Without the right the field is the customer's.
            "n" if store.may_note() => write(composer::NOTE_TAB),
            "d" => return press(header::DETAILS),
            key => return picking::press(store, key) || life::press(&life, many, key),
        }
        true
    });
}

/// Offers a way to write in the palette.
fn offer(
    id: &'static str,
    words: &'static str,
    icon: &'static str,
    keys: &'static str,
    store: InboxStore,
    may: fn(InboxStore) -> bool,
    tab: &'static str,
) {
    let shown = Signal::derive(move || store.chosen.get().is_some() && may(store));
    use_actions().register(Action { id, words, icon, keys, shown, run: Callback::new(move |()| write(tab)) });
}

/// Offers what a button of the open thread does.
fn offer_button(
    id: &'static str,
    words: &'static str,
    icon: &'static str,
    keys: &'static str,
    store: InboxStore,
    button: &'static str,
) {
    let shown = Signal::derive(move || store.chosen.get().is_some());
    use_actions().register(Action { id, words, icon, keys, shown, run: Callback::new(move |()| _ = press(button)) });
}

/// Presses a button, if it is there.
fn press(id: &str) -> bool {
    let button = by_id(id);
    if let Some(button) = &button {
        button.click();
    }
    button.is_some()
}

fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id).and_then(|element| element.dyn_into().ok())
}

fn step(store: InboxStore, by: isize, here: Here, navigate: &impl Fn(&str, NavigateOptions)) {
    let chosen = store.wanted();
    let next = store.rows.order.with_untracked(|order| {
        let ids: Vec<_> = order.iter().map(|place| place.id).collect();
        address::neighbour(&ids, chosen, by)
    });
    let Some(next) = next else { return };
    let to = here.keeping(&address::inbox(store.workspace, Some(next), ListQuery::default()));
    navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    store.list.show(next);
}

/// Goes to the field by its tab; who has no choice of tabs goes to the field itself.
fn write(tab: &str) {
    if let Some(tab) = by_id(tab) {
        tab.click();
    } else if let Some(field) = by_id(composer::FIELD) {
        let _ = field.focus();
    }
}
