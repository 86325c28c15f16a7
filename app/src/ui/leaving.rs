//! A row that leaves a list, and the focus that was in it.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What of a row takes the focus.
const FOCUSABLE: &str = "button, a[href], summary, input, select, textarea";

/// Notes who stands beside a row that is about to go; run once it is gone, it gives them the focus, if that was lost: the row
/// after it, else the one before, else the heading above them. The row and its neighbours are known by their ids. For the
/// browser.
pub fn leaving(row: &str) -> impl FnOnce() + use<> {
    let row = document().get_element_by_id(row);
    let id = |beside: Option<Element>| beside.map(|beside| beside.id()).filter(|id| !id.is_empty());
    let next = row.as_ref().and_then(|row| id(row.next_element_sibling()));
    let before = row.as_ref().and_then(|row| id(row.previous_element_sibling()));
    let section = row.and_then(|row| row.closest("section, details").ok().flatten());
    move || {
        // Once the page, and a dialog that was asked in and gives the focus back, are as they will be.
        let settled = move || {
            if !is_lost() {
                return;
            }
            let part = |id: String| document().get_element_by_id(&id)?.query_selector(FOCUSABLE).ok().flatten();
            let row = next.and_then(part).or_else(|| before.and_then(part));
            let to = row.or_else(|| section.and_then(|section| heading(&section)));
            if let Some(to) = to.and_then(|to| to.dyn_into::<HtmlElement>().ok()) {
                let _ = to.focus();
            }
        };
        request_animation_frame(move || set_timeout(settled, Duration::ZERO));
    }
}

/// Gives the focus to what has this id once the page is as it will be, if what had it is gone. For the browser.
pub fn focus_soon(id: String) {
    let settled = move || {
        let to = document().get_element_by_id(&id).filter(|_| is_lost());
        if let Some(to) = to.and_then(|to| to.dyn_into::<HtmlElement>().ok()) {
            let _ = to.focus();
        }
    };
    request_animation_frame(move || set_timeout(settled, Duration::ZERO));
}

/// Whether the keyboard would begin anew at the top.
fn is_lost() -> bool {
    document().active_element().is_none_or(|focused| focused.tag_name() == "BODY")
}

/// The heading, made to take the focus unless it folds its part away and takes it by itself.
fn heading(section: &Element) -> Option<Element> {
    let heading = section.query_selector("summary, h2, h3").ok().flatten()?;
    if heading.tag_name() != "SUMMARY" {
        // Refused only for names that are no attribute names.
        let _ = heading.set_attribute("tabindex", "-1");
    }
    Some(heading)
}
