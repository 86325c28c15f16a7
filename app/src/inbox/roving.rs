//! The thread by keyboard: the arrow keys go from message to message, Enter opens what can be done with one.

use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollLogicalPosition};

use super::{actions, scroll::into_view};

/// What the arrow keys stop at.
const STOPS: &str = "[data-line][tabindex]";

/// A key was pressed in the thread.
pub fn walk(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key() {
        return;
    }
    let element = |target: Option<web_sys::EventTarget>| target.and_then(|target| target.dyn_into::<Element>().ok());
    let (Some(scroller), Some(focused)) = (element(event.current_target()), element(event.target())) else { return };
    let line = focused.matches(STOPS).unwrap_or_default();
    if !line && !focused.is_same_node(Some(&scroller)) {
        // In a button or a menu keys are theirs.
        return;
    }
    let to = match event.key().as_str() {
        "ArrowUp" if line => neighbour(&scroller, &focused, false),
        "ArrowDown" if line => neighbour(&scroller, &focused, true),
        "ArrowUp" | "ArrowDown" => stops(&scroller).pop(),
        "Enter" if line => {
            event.prevent_default();
            actions::open_in(&focused);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(to) = to {
        into_view(&to, ScrollLogicalPosition::Nearest);
        if let Some(to) = to.dyn_ref::<HtmlElement>() {
            let _ = to.focus();
        }
    }
}

fn neighbour(scroller: &Element, from: &Element, after: bool) -> Option<Element> {
    let stops = stops(scroller);
    let at = stops.iter().position(|stop| stop.is_same_node(Some(from)))?;
    let to = if after { at.checked_add(1) } else { at.checked_sub(1) };
    stops.get(to?).cloned()
}

fn stops(scroller: &Element) -> Vec<Element> {
    let Ok(found) = scroller.query_selector_all(STOPS) else { return Vec::new() };
    (0..found.length()).filter_map(|n| found.item(n)?.dyn_into().ok()).collect()
}
