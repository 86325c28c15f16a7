//! A menu: a button and what it opens, a popover of things to do. The browser opens and closes it, brings it in front of
//! everything and gives the focus back; arrow keys, Home, End and first letters are ours.

use leptos::{
    ev::{Event, KeyboardEvent, MouseEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Icon;

/// A button that opens a list of things to do. The button has the id `{id}-button`.
#[component]
pub fn Menu(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What the button is called.
    #[prop(into)]
    label: String,
    /// The button's icon.
    icon: &'static str,
    /// The items, each a [`MenuItem`].
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="icon-button"
            id=format!("{id}-button")
            popovertarget=id.clone()
            aria-haspopup="menu"
            aria-label=label.clone()
            title=label.clone()
            on:keydown=open_by_arrow
        >
            <Icon name=icon />
        </button>
        <div
            class="menu menu-near"
            id=id
            popover="auto"
            role="menu"
            aria-label=label
            on:toggle=focus_first
            on:keydown=walk
        >
            {children()}
        </div>
    }
    .into_any()
}

/// One thing to do. The menu closes before it is done, so that what opens next finds the focus where it was.
#[component]
pub fn MenuItem(
    /// The name of an icon.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Does it.
    mut on_click: impl FnMut(MouseEvent) + Send + 'static,
    /// What it is called.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="menu-item"
            role="menuitem"
            tabindex="-1"
            on:click=move |event| {
                close_around(&event);
                on_click(event);
            }
        >
            {icon.map(|icon| view! { <Icon name=icon /> })}
            <span>{children()}</span>
        </button>
    }
    .into_any()
}

/// The arrow down opens it from its button, as in native menus.
fn open_by_arrow(event: KeyboardEvent) {
    if event.key() == "ArrowDown" {
        event.prevent_default();
        if let Some(button) = current::<HtmlElement>(&event) {
            button.click();
        }
    }
}

fn focus_first(event: Event) {
    if let Some(menu) = current::<Element>(&event)
        && menu.matches(":popover-open").unwrap_or(false)
    {
        focus(items(&menu).first());
    }
}

fn walk(event: KeyboardEvent) {
    let Some(menu) = current::<Element>(&event) else { return };
    let key = event.key();
    if key == "Tab" {
        // The focus goes on from the button.
        hide(&menu);
        return;
    }
    let items = items(&menu);
    let focused = document().active_element();
    let at = items.iter().position(|item| focused.as_ref().is_some_and(|focused| focused.is_same_node(Some(item))));
    let texts = || items.iter().map(|item| item.text_content().unwrap_or_default()).collect::<Vec<_>>();
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    let to = match key.as_str() {
        "ArrowDown" => Some(at.map_or(0, |at| (at + 1) % items.len().max(1))),
        "ArrowUp" => Some(at.unwrap_or(0).checked_sub(1).unwrap_or(items.len().saturating_sub(1))),
        "Home" => Some(0),
        "End" => Some(items.len().saturating_sub(1)),
        letter if !modified && letter != " " && letter.chars().count() == 1 => beginning_with(&texts(), letter, at),
        _ => return,
    };
    event.prevent_default();
    focus(to.and_then(|to| items.get(to)));
}

/// The next item after the present one that begins with a letter, around the end.
fn beginning_with(items: &[String], letter: &str, at: Option<usize>) -> Option<usize> {
    let from = at.map_or(0, |at| at + 1);
    let letter = letter.to_lowercase();
    (from..items.len())
        .chain(0..from)
        .find(|n| items.get(*n).is_some_and(|item| item.trim_start().to_lowercase().starts_with(&letter)))
}

fn items(menu: &Element) -> Vec<HtmlElement> {
    let Ok(found) = menu.query_selector_all("[role^=menuitem]:not([disabled])") else { return Vec::new() };
    (0..found.length()).filter_map(|n| found.item(n)?.dyn_into().ok()).collect()
}

fn focus(element: Option<&HtmlElement>) {
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Closes the popover a click came from.
pub(super) fn close_around(event: &Event) {
    let popover = current::<Element>(event).and_then(|element| element.closest("[popover]").ok().flatten());
    if let Some(popover) = popover {
        hide(&popover);
    }
}

fn hide(popover: &Element) {
    if let Some(popover) = popover.dyn_ref::<HtmlElement>() {
        // Refused only for one that is closed.
        let _ = popover.hide_popover();
    }
}

fn current<T: JsCast>(event: &Event) -> Option<T> {
    event.current_target().and_then(|target| target.dyn_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_leads_to_the_next_item_that_begins_with_it() {
        let items = ["Resolve", "Snooze", "Reopen"].map(str::to_owned);
        assert_eq!(beginning_with(&items, "r", None), Some(0));
        assert_eq!(beginning_with(&items, "R", Some(0)), Some(2));
        assert_eq!(beginning_with(&items, "r", Some(2)), Some(0));
        assert_eq!(beginning_with(&items, "x", Some(0)), None);
    }
}
