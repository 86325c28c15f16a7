//! The list by keyboard, when the focus is in it: arrows, Home, End and the page keys go from row to row. A row that was
//! not there is made first; the focus follows. Escape puts back what is selected.

use charla_shared::id::ConversationId;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::super::{painting, state::InboxStore};

/// The id of a row's link.
#[must_use]
pub fn row_id(id: ConversationId) -> String {
    format!("row-{id}")
}

/// The row an event came from: from its link, or its box.
pub fn focused_row(event: &ev::FocusEvent) -> Option<ConversationId> {
    row_around(event.target())
}

fn row_around(target: Option<web_sys::EventTarget>) -> Option<ConversationId> {
    let item = target?.dyn_into::<Element>().ok()?.closest(".row-item").ok().flatten()?;
    row_named(&item.query_selector(".row").ok().flatten()?)
}

/// The row whose link an event came from.
#[must_use]
pub fn row_of(target: Option<web_sys::EventTarget>) -> Option<ConversationId> {
    row_named(&target?.dyn_into::<Element>().ok()?.closest(".row").ok().flatten()?)
}

fn row_named(link: &Element) -> Option<ConversationId> {
    link.id().strip_prefix("row-")?.parse().ok()
}

/// Gives the focus to the row on screen, else to the first that is there.
pub fn take(store: InboxStore) {
    if let Some(id) = store.wanted().filter(|id| store.list.show(*id)) {
        request_animation_frame(move || focus(id));
    } else if let Ok(Some(first)) = document().query_selector(".row-item:not(.row-parked) .row")
        && let Some(id) = row_named(&first)
    {
        focus(id);
    }
}

/// Keeps the focus on its row while rows change places: a browser takes it from what is put elsewhere. To be called before
/// they do.
pub fn keep() {
    let focused = || row_around(document().active_element().map(Into::into));
    let Some(id) = painting::is_alive().then(focused).flatten() else { return };
    request_animation_frame(move || {
        if document().active_element().is_none_or(|focused| focused.tag_name() == "BODY") {
            focus(id);
        }
    });
}

/// Goes where a key leads.
pub fn walk(store: InboxStore, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
        return;
    }
    let Some(from) = row_around(event.target()) else { return };
    if event.key() == "Escape" && store.rows.is_picking() {
        event.prevent_default();
        store.rows.unpick();
        return;
    }
    let ids = store.rows.order.with_untracked(|order| order.iter().map(|row| row.id).collect::<Vec<_>>());
    let Some(at) = ids.iter().position(|id| *id == from) else { return };
    let Some(to) = target(&event.key(), at, ids.len(), store.list.fitting()) else { return };
    event.prevent_default();
    if let Some(id) = ids.get(to).copied().filter(|_| store.list.show(ids[to])) {
        // The row is there by then.
        request_animation_frame(move || focus(id));
    }
}

fn focus(id: ConversationId) {
    let link = document().get_element_by_id(&row_id(id));
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
}

/// Where a key leads from a row, given how many there are and how many fit into the pane; none for other keys.
fn target(key: &str, at: usize, rows: usize, fitting: usize) -> Option<usize> {
    let last = rows.checked_sub(1)?;
    match key {
        "ArrowDown" => Some(at.saturating_add(1).min(last)),
        "ArrowUp" => Some(at.saturating_sub(1)),
        "PageDown" => Some(at.saturating_add(fitting).min(last)),
        "PageUp" => Some(at.saturating_sub(fitting)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_within_the_list() {
        assert_eq!(target("ArrowUp", 0, 3, 10), Some(0));
        assert_eq!(target("ArrowDown", 2, 3, 10), Some(2));
        assert_eq!(target("PageDown", 5, 100, 10), Some(15));
        assert_eq!(target("PageDown", 95, 100, 10), Some(99));
        assert_eq!(target("End", 0, 100, 10), Some(99));
        assert_eq!(target("Home", 50, 100, 10), Some(0));
        assert_eq!(target("x", 50, 100, 10), None);
        assert_eq!(target("Home", 0, 0, 10), None);
    }
}
