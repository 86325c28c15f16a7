//! The line between two panes, to be moved by pointer and by keyboard. How wide the pane is, is kept by whoever puts
//! the line there; how wide it may be is measured, because there is less room in a small window.

use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::tabs::is_rtl;
use crate::size;

/// Pixels of one press of an arrow key.
const STEP: i32 = 16;

/// How wide a pane may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Widths {
    /// At least, in pixels.
    pub least: i32,
    /// At most, in pixels.
    pub most: i32,
    /// At first, and again after a double click or Enter; in pixels.
    pub usual: i32,
    /// At most of the room all panes share, in percent.
    pub share: i32,
}

impl Widths {
    /// At most in a room of some pixels.
    #[must_use]
    pub fn most_in(self, room: i32) -> i32 {
        // Rounded as browsers round widths.
        ((room * self.share + 50) / 100).clamp(self.least, self.most)
    }
}

/// The pane that a line makes wider and narrower.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Side {
    /// The one before it.
    #[default]
    Before,
    /// The one after it.
    After,
}

impl Side {
    /// Whether the pane becomes wider when the line goes to the right.
    const fn grows_rightwards(self, rtl: bool) -> bool {
        matches!((self, rtl), (Self::Before, false) | (Self::After, true))
    }
}

/// What a line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resized {
    /// How wide the pane is to be, in pixels; none for as usual.
    pub width: Option<i32>,
    /// Whether that is to stay; it changes all the time while the pointer is at it.
    pub settled: bool,
}

/// How wide the pane and the room of all panes are, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Measured {
    pane: i32,
    room: i32,
}

/// The line. It stands between the panes in the element that lays them out.
#[component]
pub fn Separator(
    /// What is made wider or narrower.
    #[prop(into)]
    label: String,
    /// How wide it may be.
    widths: Widths,
    /// Which pane that is.
    #[prop(optional)]
    side: Side,
    /// How wide it was made, in pixels; none while it is as usual.
    #[prop(into)]
    width: Signal<Option<i32>>,
    /// Told how wide it is to be.
    on_resize: Callback<Resized>,
) -> impl IntoView {
    let line = NodeRef::<html::Div>::new();
    let measured = RwSignal::new(None::<Measured>);
    Effect::new(move |_| measure(line, side, measured));
    let most = move || measured.get().map_or(widths.most, |measured| widths.most_in(measured.room));
    let now = move || {
        measured.get().map_or_else(|| width.get().unwrap_or(widths.usual), |measured| measured.pane).min(most())
    };
    let ask = move |width, settled| on_resize.run(Resized { width, settled });
    // Where the pointer took it, how wide the pane was then, and how wide it was made since.
    let taken = StoredValue::new(None::<(i32, i32, Option<i32>)>);
    let take = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(line) = line.get_untracked() {
            // Refused only when the pointer is gone already.
            let _ = line.set_pointer_capture(event.pointer_id());
            // The browser would do so, but for what is prevented below.
            let _ = line.focus();
        }
        taken.set_value(Some((event.client_x(), untrack(now), None)));
    };
    let carry = move |event: PointerEvent| {
        let Some((from, before, _)) = taken.get_value() else { return };
        let rtl = line.get_untracked().is_some_and(|line| line.matches(":dir(rtl)").unwrap_or(false));
        let by = event.client_x() - from;
        let wanted = if side.grows_rightwards(rtl) { before + by } else { before - by };
        let to = wanted.clamp(widths.least, untrack(most));
        taken.set_value(Some((from, before, Some(to))));
        ask(Some(to), false);
    };
    let drop = move |_: PointerEvent| {
        // A click that moves nothing keeps nothing.
        if let Some((.., Some(to))) = taken.try_update_value(Option::take).flatten() {
            ask(Some(to), true);
        }
    };
    let by_key = move |event: KeyboardEvent| {
        let key = event.key();
        let to = if key == "Enter" {
            None
        } else if let Some(to) =
            by_key(&key, untrack(now), side.grows_rightwards(is_rtl(&event)), widths, untrack(most))
        {
            Some(to)
        } else {
            return;
        };
        event.prevent_default();
        ask(to, true);
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
            aria-valuemax=most
            aria-valuenow=now
            on:pointerdown=take
            // Else the browser begins to drag the link that lies under the line's edge.
            on:mousedown=|event| event.prevent_default()
            on:pointermove=carry
            on:pointerup=drop
            on:pointercancel=drop
            on:keydown=by_key
            on:dblclick=move |_| ask(None, true)
        ></div>
    }
    .into_any()
}

/// Where a key leads from a width.
fn by_key(key: &str, width: i32, grows_rightwards: bool, widths: Widths, most: i32) -> Option<i32> {
    let to = match (key, grows_rightwards) {
        ("ArrowRight", true) | ("ArrowLeft", false) => width + STEP,
        ("ArrowLeft", true) | ("ArrowRight", false) => width - STEP,
        ("Home", _) => widths.least,
        ("End", _) => most,
        _ => return None,
    };
    Some(to.clamp(widths.least, most))
}

/// Measures what a line stands between, now and whenever it changes. What is out of sight is not measured.
fn measure(line: NodeRef<html::Div>, side: Side, measured: RwSignal<Option<Measured>>) {
    let Some(line) = line.get() else { return };
    let pane = match side {
        Side::Before => line.previous_element_sibling(),
        Side::After => line.next_element_sibling(),
    };
    let pane = pane.and_then(|pane| pane.dyn_into::<HtmlElement>().ok());
    let Some((pane, room)) = pane.zip(line.parent_element()) else { return };
    let look = {
        let (pane, room) = (pane.clone(), room.clone());
        move || {
            let now = Measured { pane: pane.offset_width(), room: room.client_width() };
            let now = Some(now).filter(|now| now.pane > 0);
            if measured.try_get_untracked().is_some_and(|before| before != now) {
                let _ = measured.try_set(now);
            }
        }
    };
    size::watch(&pane, look.clone());
    size::watch(&room, look);
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTHS: Widths = Widths { least: 200, most: 400, usual: 300, share: 40 };

    #[test]
    fn a_pane_stays_between_its_least_and_its_most() {
        let by_key = |key, width| by_key(key, width, true, WIDTHS, WIDTHS.most);
        assert_eq!(by_key("ArrowRight", 300), Some(316));
        assert_eq!(by_key("ArrowLeft", 205), Some(200));
        assert_eq!(by_key("Home", 205), Some(200));
        assert_eq!(by_key("End", 205), Some(400));
        assert_eq!(by_key("a", 205), None);
    }

    #[test]
    fn the_line_goes_where_the_arrow_points() {
        let wider = |side: Side, rtl| by_key("ArrowRight", 300, side.grows_rightwards(rtl), WIDTHS, 400) > Some(300);
        assert!(wider(Side::Before, false) && wider(Side::After, true));
        assert!(!wider(Side::Before, true) && !wider(Side::After, false));
    }

    #[test]
    fn a_small_window_leaves_a_pane_its_share_and_never_less_than_its_least() {
        assert_eq!(WIDTHS.most_in(2_000), 400);
        assert_eq!(WIDTHS.most_in(800), 320);
        assert_eq!(WIDTHS.most_in(300), 200);
    }
}
