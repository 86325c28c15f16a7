//! The line between two panes, to be moved by pointer and by keyboard. Its place is kept by the device.

use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::tabs::is_rtl;
use crate::device;

/// Pixels of one press of an arrow key.
const STEP: i32 = 16;

/// How wide the pane before the line may be, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Widths {
    /// At least.
    pub least: i32,
    /// At most.
    pub most: i32,
    /// At first, and again after a double click.
    pub usual: i32,
}

impl Widths {
    fn within(self, width: i32) -> i32 {
        width.clamp(self.least, self.most)
    }

    /// Where a key leads.
    fn by_key(self, key: &str, width: i32, rtl: bool) -> Option<i32> {
        let to = match (key, rtl) {
            ("ArrowRight", false) | ("ArrowLeft", true) => width + STEP,
            ("ArrowLeft", false) | ("ArrowRight", true) => width - STEP,
            ("Home", _) => self.least,
            ("End", _) => self.most,
            _ => return None,
        };
        Some(self.within(to))
    }
}

/// The line. It stands between the panes of a grid and tells the grid how wide the pane before it is to be: the property
/// `--pane-{name}` of its parent.
#[component]
pub fn Separator(
    /// What is kept under this name; also of the property.
    name: &'static str,
    /// What is made wider or narrower.
    #[prop(into)]
    label: String,
    /// How wide it may be.
    widths: Widths,
) -> impl IntoView {
    let (width, line) = (RwSignal::new(widths.usual), NodeRef::<html::Div>::new());
    let key = format!("pane {name}");
    Effect::new({
        let key = key.clone();
        move |_| {
            if let Some(kept) = device::read(&key).and_then(|kept| kept.parse().ok()) {
                width.set(widths.within(kept));
            }
        }
    });
    Effect::new(move |_| {
        let parent = line.get().and_then(|line| line.parent_element());
        if let Some(parent) = parent.and_then(|parent| parent.dyn_into::<HtmlElement>().ok()) {
            let _ = parent.style().set_property(&format!("--pane-{name}"), &format!("{}px", width.get()));
        }
    });
    let keep = StoredValue::new(key);
    let keep = move || keep.with_value(|key| device::keep(key, &width.get_untracked().to_string()));
    // Where the pointer took it, and how wide the pane was then.
    let taken = RwSignal::new(None::<(i32, i32)>);
    let take = move |event: PointerEvent| {
        if let Some(line) = line.get_untracked() {
            // Refused only when the pointer is gone already.
            let _ = line.set_pointer_capture(event.pointer_id());
        }
        taken.set(Some((event.client_x(), width.get_untracked())));
    };
    let carry = move |event: PointerEvent| {
        let Some((from, before)) = taken.get_untracked() else { return };
        let rtl = line.get_untracked().is_some_and(|line| line.matches(":dir(rtl)").unwrap_or(false));
        let by = event.client_x() - from;
        width.set(widths.within(before + if rtl { -by } else { by }));
    };
    let drop = move |_: PointerEvent| {
        if taken.get_untracked().is_some() {
            taken.set(None);
            keep();
        }
    };
    let by_key = move |event: KeyboardEvent| {
        if let Some(to) = widths.by_key(&event.key(), width.get_untracked(), is_rtl(&event)) {
            event.prevent_default();
            width.set(to);
            keep();
        }
    };
    let as_usual = move |_| {
        width.set(widths.usual);
        keep();
    };
    view! {
        <div
            node_ref=line
            class="separator"
            role="separator"
            tabindex="0"
            aria-orientation="vertical"
            aria-label=label
            aria-valuemin=widths.least
            aria-valuemax=widths.most
            aria-valuenow=move || width.get()
            on:pointerdown=take
            on:pointermove=carry
            on:pointerup=drop
            on:pointercancel=drop
            on:keydown=by_key
            on:dblclick=as_usual
        ></div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pane_stays_between_its_least_and_its_most() {
        let widths = Widths { least: 200, most: 400, usual: 300 };
        assert_eq!(widths.by_key("ArrowRight", 300, false), Some(316));
        assert_eq!(widths.by_key("ArrowRight", 300, true), Some(284));
        assert_eq!(widths.by_key("ArrowLeft", 205, false), Some(200));
        assert_eq!(widths.by_key("End", 205, false), Some(400));
        assert_eq!(widths.by_key("a", 205, false), None);
    }
}
