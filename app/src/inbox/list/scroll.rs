//! The reader's place in the list: what is in sight, whether they read, and where the focus is.
//!
//! Until the page is alive every row of the first page is there; then only what is in sight, between two gaps that keep the
//! room of the rest.

use std::ops::Range;

use charla_shared::{conversation::ListCursor, id::ConversationId};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::super::rows::Rows;
use super::extent::sight;

/// The room of a row until one was measured, in pixels.
const ROW: i32 = 64;

/// Where the reader is.
#[derive(Debug, Clone, Copy)]
pub struct ListScroll {
    rows: Rows,
    /// The element that scrolls.
    pub node: NodeRef<html::Div>,
    /// The gap for the rows above those that are there.
    pub above: NodeRef<html::Li>,
    /// The gap for the rows below.
    pub below: NodeRef<html::Li>,
    /// Whether the pointer is over the list.
    pub over: RwSignal<bool>,
    /// The row that has the keyboard's focus: it is there wherever the list is scrolled.
    pub focused: RwSignal<Option<ConversationId>>,
    /// Whether the list was out of sight when it was looked at last: it is not laid out then, and has no place.
    hidden: StoredValue<bool>,
    /// Pixels scrolled, the height of the pane, the height of a row; none until the page is alive.
    measures: RwSignal<Option<(i32, i32, i32)>>,
    sight: Memo<Option<Range<usize>>>,
    row: Memo<Option<i32>>,
}

impl ListScroll {
    /// At the top.
    #[must_use]
    pub fn new(rows: Rows) -> Self {
        let measures = RwSignal::new(None::<(i32, i32, i32)>);
        Self {
            rows,
            node: NodeRef::new(),
            above: NodeRef::new(),
            below: NodeRef::new(),
            over: RwSignal::new(false),
            focused: RwSignal::new(None),
            hidden: StoredValue::new(false),
            measures,
            // Scrolling by a few pixels changes neither.
            sight: Memo::new(move |_| measures.get().map(|(scrolled, height, row)| sight(scrolled, height, row))),
            row: Memo::new(move |_| measures.get().map(|(_, _, row)| row)),
        }
    }

    /// Whether the list is out of sight: behind a search, or beside an open thread on a phone.
    #[must_use]
    pub fn is_hidden(self) -> bool {
        self.hidden.try_get_value().unwrap_or_default()
    }

    /// Looks where things are. While the list is hidden, what was known stands; shown again it is scrolled to where it was.
    /// For the browser.
    pub fn measure(self) {
        let Some(node) = self.node.try_get_untracked().flatten() else { return };
        let hidden = node.client_height() == 0;
        let was_hidden = self.hidden.try_update_value(|before| std::mem::replace(before, hidden)).unwrap_or_default();
        if hidden {
            return;
        }
        if was_hidden && let Some((scrolled, ..)) = self.measures.try_get_untracked().flatten() {
            node.set_scroll_top(scrolled);
        }
        let row = node
            .query_selector(".row-item:not(.row-parked)")
            .ok()
            .flatten()
            .and_then(|row| row.dyn_into::<HtmlElement>().ok());
        let row = row.map(|row| row.offset_height()).filter(|height| *height > 0);
        let known = self.measures.try_get_untracked().flatten().map_or(ROW, |(_, _, row)| row);
        let now = Some((node.scroll_top(), node.client_height(), row.unwrap_or(known)));
        if self.measures.try_get_untracked().is_some_and(|before| before != now) {
            let _ = self.measures.try_set(now);
        }
    }

    /// The row numbers in sight; none until the page is alive.
    #[must_use]
    pub fn sight(self) -> Option<Range<usize>> {
        self.sight.get()
    }

    /// Whether the list is scrolled away from its top.
    #[must_use]
    pub fn is_away(self) -> bool {
        self.measures.get().is_some_and(|(scrolled, _, row)| scrolled > row / 2)
    }

    /// Where somebody reads who is scrolled away from the top: the number of the first row in sight, and the place before it.
    #[must_use]
    pub fn reading(self) -> Option<(usize, ListCursor)> {
        let (scrolled, height, row) = self.measures.try_get_untracked().flatten()?;
        let number = sight(scrolled, height, row).start;
        let above = self.rows.extent.try_with_untracked(|extent| extent.above)?;
        let before = number.checked_sub(above)?.checked_sub(1)?;
        self.rows.order.with_untracked(|order| order.get(before).map(|place| (number, *place)))
    }

    /// Which of the loaded rows are to be there.
    #[must_use]
    pub fn shown(self) -> Range<usize> {
        let loaded = self.rows.order.with(Vec::len);
        match self.sight() {
            Some(sight) => self.rows.extent.with(|extent| extent.loaded_in(&sight, loaded)),
            None => 0..loaded,
        }
    }

    /// The rows to be there: those in sight, and the one with the focus where it belongs among them.
    #[must_use]
    pub fn rows(self) -> Vec<ListCursor> {
        let shown = self.shown();
        let focused = self.focused.get();
        self.rows.order.with(|order| {
            let kept = |range: Range<usize>| range.filter(|n| Some(order[*n].id) == focused).map(|n| order[n]);
            let mut rows: Vec<_> = kept(0..shown.start).collect();
            rows.extend_from_slice(&order[shown.clone()]);
            rows.extend(kept(shown.end..order.len()));
            rows
        })
    }

    /// Whether a row is there for its focus only, out of sight.
    #[must_use]
    pub fn is_parked(self, id: ConversationId) -> bool {
        self.focused.get() == Some(id) && {
            let shown = self.shown();
            self.rows
                .order
                .with(|order| order.iter().position(|row| row.id == id))
                .is_none_or(|at| !shown.contains(&at))
        }
    }

    /// Gives the gaps their heights.
    pub fn keep_room(self) {
        let Some(row) = self.row.get() else { return };
        let (shown, loaded) = (self.shown(), self.rows.order.with(Vec::len));
        let (above, below) = self.rows.extent.with(|extent| (extent.above, extent.below));
        let gaps = [(self.above, above + shown.start), (self.below, below + loaded - shown.end)];
        for (gap, rows) in gaps {
            if let Some(gap) = gap.get() {
                let height = format!("{}px", i64::from(row) * i64::try_from(rows).unwrap_or_default());
                // Refused only for what is no length.
                let _ = web_sys::HtmlElement::style(&gap).set_property("block-size", &height);
            }
        }
    }

    /// What was there moved down by so many rows: the reader's place moves with it.
    pub fn moved(self, by: isize) {
        if by == 0 {
            return;
        }
        // After the rows are in place and before they are painted.
        request_animation_frame(move || {
            self.measure();
            let Some((scrolled, _, row)) = self.measures.try_get_untracked().flatten() else { return };
            let pixels = i32::try_from(by).unwrap_or_default().saturating_mul(row);
            self.scroll_to(scrolled.saturating_add(pixels));
        });
    }

    /// Scrolls, at once or when the list is shown again.
    fn scroll_to(self, top: i32) {
        // One that was hidden until now goes back to its place first.
        self.measure();
        let Some(node) = self.node.try_get_untracked().flatten() else { return };
        if node.client_height() == 0 {
            let _ = self.measures.try_update(|measures| {
                if let Some((scrolled, ..)) = measures {
                    *scrolled = top.max(0);
                }
            });
        } else {
            node.set_scroll_top(top);
        }
        self.measure();
    }

    /// Shows the top.
    pub fn to_top(self) {
        self.scroll_to(0);
    }

    /// Scrolls so that a loaded row is in sight, no further than that takes. Gives whether it is loaded.
    pub fn show(self, id: ConversationId) -> bool {
        let index = self.rows.order.with_untracked(|order| order.iter().position(|row| row.id == id));
        let measures = self.measures.try_get_untracked().flatten();
        let (Some(index), Some((scrolled, height, row))) = (index, measures) else { return false };
        let number = self.rows.extent.with_untracked(|extent| extent.above) + index;
        let top = i32::try_from(number).unwrap_or(i32::MAX).saturating_mul(row);
        if top < scrolled {
            self.scroll_to(top);
        } else if top.saturating_add(row) > scrolled + height {
            self.scroll_to(top.saturating_add(row) - height);
        }
        self.measure();
        true
    }

    /// Rows that fit into the pane.
    #[must_use]
    pub fn fitting(self) -> usize {
        let fits = self.measures.try_get_untracked().flatten().map(|(_, height, row)| height / row.max(1));
        fits.and_then(|rows| usize::try_from(rows).ok()).unwrap_or_default().max(1)
    }
}
