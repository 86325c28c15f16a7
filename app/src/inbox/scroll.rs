//! The reader's place in the thread.
//!
//! The thread is scrolled in a column that is laid out from its end, so place 0 is the newest message: the first paint is
//! right before any script runs, the end stays in sight while messages arrive, and earlier messages put in at the top move
//! nothing. What changes below the reader does: then the message at the top of what they see is held where it is.

use std::time::Duration;

use charla_shared::id::MessageId;
use leptos::{html, prelude::*};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{landing::KeptPlace, span::Far};

/// Pixels from the end that still count as being there.
const NEAR: i32 = 48;
/// Pixels from either end of what is loaded at which more is asked for.
const EARLY: i32 = 600;
/// Pixels out of sight that stay when what is far goes. More than [`EARLY`] by more than a little: what goes would be asked
/// for again at once, and its page would push out what lies the other way.
const FAR: f64 = 1_200.0;
/// Pixels between the places that are tried for something to hold on to, and how often.
const STEP: f64 = 16.0;
const TRIES: u8 = 40;
/// How long a message that was jumped to stands out.
const FOUND: Duration = Duration::from_secs(2);

/// The id of a message's element.
#[must_use]
pub fn element_id(message: MessageId) -> String {
    format!("m-{message}")
}

/// What more the reader comes near to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// What comes before.
    pub earlier: bool,
    /// What comes after.
    pub later: bool,
}

/// Where the reader is.
#[derive(Debug, Clone, Copy)]
pub struct Scroll {
    /// The element that scrolls.
    pub node: NodeRef<html::Div>,
    /// Whether the newest message is in sight.
    pub at_end: RwSignal<bool>,
    /// Messages of the customer that arrived out of sight.
    pub missed: RwSignal<u32>,
    /// Counts the times the newest page was asked for because it is not loaded.
    pub newest_wanted: RwSignal<u32>,
    inside: StoredValue<Inside>,
}

#[derive(Debug, Default)]
struct Inside {
    /// Whether the newest messages are not loaded.
    gap: bool,
    /// What stays where it is through a change that is under way.
    held: Option<Held>,
}

/// Something that stays where it is on the screen.
#[derive(Debug, Clone)]
struct Held {
    id: String,
    /// Below the top of the thread, in pixels.
    offset: f64,
}

impl Scroll {
    /// At the end of what is loaded; `gap` says that this is not the end of the thread.
    #[must_use]
    pub fn new(gap: bool) -> Self {
        Self {
            node: NodeRef::new(),
            at_end: RwSignal::new(!gap),
            missed: RwSignal::new(0),
            newest_wanted: RwSignal::new(0),
            inside: StoredValue::new(Inside { gap, held: None }),
        }
    }

    /// Whether the newest messages are not loaded.
    pub fn set_gap(self, gap: bool) {
        let _ = self.inside.try_update_value(|inside| inside.gap = gap);
        if gap && self.at_end.try_get_untracked() == Some(true) {
            let _ = self.at_end.try_set(false);
        }
    }

    fn has_gap(self) -> bool {
        self.inside.try_with_value(|inside| inside.gap).unwrap_or_default()
    }

    /// A bubble is about to be put at the end; `from_customer` counts as news when it is out of sight.
    pub fn before_append(self, from_customer: bool) {
        if self.at_end.try_get_untracked().unwrap_or(true) {
            return;
        }
        if from_customer {
            self.miss();
        }
        self.hold();
    }

    /// A message of the customer came out of sight.
    pub fn miss(self) {
        let _ = self.missed.try_update(|missed| *missed = missed.saturating_add(1));
    }

    /// Something is about to change: what the reader sees stays where it is.
    pub fn hold(self) {
        let free = self.inside.try_with_value(|inside| inside.held.is_none()).unwrap_or_default();
        let Some(held) = self.node().filter(|_| free).and_then(|node| top_in_sight(&node, "[data-line]")) else {
            return;
        };
        let _ = self.inside.try_update_value(|inside| inside.held = Some(held));
        // After the change is in place and before it is painted.
        request_animation_frame(move || {
            if let Some(held) = self.inside.try_update_value(|inside| inside.held.take()).flatten() {
                self.put_back(&held);
            }
        });
    }

    fn put_back(self, held: &Held) {
        let (Some(node), Some(element)) = (self.node(), document().get_element_by_id(&held.id)) else { return };
        let moved = offset_of(&node, &element) - held.offset;
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
        let moved = moved.round() as i32;
        if moved != 0 {
            node.set_scroll_top(node.scroll_top() + moved);
        }
    }

    /// What lies far above the reader.
    pub fn far_before(self) -> Option<Far> {
        self.line_where(|line, frame| line.bottom() >= frame.top() - FAR).map(Far::Before)
    }

    /// What lies far below the reader.
    pub fn far_after(self) -> Option<Far> {
        self.line_where(|line, frame| line.top() > frame.bottom() + FAR).map(Far::From)
    }

    /// The message or entry of the first line that stands like that, compared with the frame it is seen through.
    fn line_where(self, stands: fn(&DomRect, &DomRect) -> bool) -> Option<Uuid> {
        let node = self.node()?;
        let frame = node.get_bounding_client_rect();
        let lines = node.query_selector_all("[data-line][id]").ok()?;
        let mut lines = (0..lines.length()).filter_map(|at| lines.item(at)?.dyn_into::<Element>().ok());
        let line = lines.find(|line| stands(&line.get_bounding_client_rect(), &frame))?;
        // "m-" or "e-" before the id.
        line.id().split_once('-')?.1.parse().ok()
    }

    /// The reader scrolled. Says what more is wanted.
    pub fn moved(self) -> Wanted {
        let nothing = Wanted { earlier: false, later: false };
        // In the midst of a change the browser may have moved it: the reader has not.
        let held = self.inside.try_with_value(|inside| inside.held.is_some()).unwrap_or_default();
        let Some(node) = self.node().filter(|_| !held) else { return nothing };
        let gap = self.has_gap();
        let from_end = node.scroll_top().abs();
        let at_end = from_end <= NEAR && !gap;
        if self.at_end.try_get_untracked() != Some(at_end) {
            let _ = self.at_end.try_set(at_end);
        }
        if at_end && self.missed.try_get_untracked().is_some_and(|missed| missed > 0) {
            let _ = self.missed.try_set(0);
        }
        Wanted {
            earlier: node.scroll_height() - node.client_height() - from_end <= EARLY,
            later: gap && from_end <= EARLY,
        }
    }

    /// The place to come back to; none at the end, where there is nothing to keep.
    #[must_use]
    pub fn place(self) -> Option<KeptPlace> {
        if self.at_end.try_get_untracked().unwrap_or(true) {
            return None;
        }
        let node = self.node()?;
        let held = top_in_sight(&node, "[id^=m-]")?;
        Some(KeptPlace { message: held.id.strip_prefix("m-")?.parse().ok()?, offset: held.offset })
    }

    /// Goes back to a place.
    pub fn go_back_to(self, place: KeptPlace) {
        request_animation_frame(move || {
            self.put_back(&Held { id: element_id(place.message), offset: place.offset });
            self.moved();
        });
    }

    /// Brings a message into the middle of the thread, makes it stand out for a moment and gives it the focus.
    pub fn show(self, message: MessageId) {
        request_animation_frame(move || {
            if let Some(line) = self.centre(message).and_then(|line| line.dyn_into::<HtmlElement>().ok()) {
                let _ = line.focus();
            }
        });
    }

    /// As [`show`](Self::show), but the focus stays where it is.
    pub fn reveal(self, message: MessageId) {
        request_animation_frame(move || _ = self.centre(message));
    }

    fn centre(self, message: MessageId) -> Option<Element> {
        let line = document().get_element_by_id(&element_id(message))?;
        into_view(&line, ScrollLogicalPosition::Center);
        self.moved();
        // Fails for no name of an attribute that is one.
        let _ = line.set_attribute("data-found", "");
        let found = line.clone();
        set_timeout(move || _ = found.remove_attribute("data-found"), FOUND);
        Some(line)
    }

    /// Takes the keyboard's focus, when what had it is gone.
    pub fn take_focus(self) {
        if let Some(node) = self.node() {
            let _ = node.focus();
        }
    }

    /// Shows the newest message; its page is asked for when it is not loaded.
    pub fn to_end(self) {
        if self.has_gap() {
            let _ = self.newest_wanted.try_update(|times| *times = times.wrapping_add(1));
            return;
        }
        request_animation_frame(move || {
            if let Some(node) = self.node() {
                node.set_scroll_top(0);
            }
            self.moved();
        });
    }

    fn node(self) -> Option<web_sys::HtmlDivElement> {
        self.node.try_get_untracked().flatten()
    }
}

/// Scrolls as little as it takes for an element to stand there.
pub fn into_view(element: &Element, place: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(place);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

fn offset_of(scroller: &Element, element: &Element) -> f64 {
    element.get_bounding_client_rect().top() - scroller.get_bounding_client_rect().top()
}

/// The first element in sight, from the top, that a selector names and that has an id.
fn top_in_sight(scroller: &Element, selector: &str) -> Option<Held> {
    let frame = scroller.get_bounding_client_rect();
    let middle = frame.left() + frame.width() / 2.0;
    (0..TRIES).map(|step| frame.top() + 1.0 + f64::from(step) * STEP).take_while(|y| *y < frame.bottom()).find_map(
        |y| {
            #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
            let element = document().element_from_point(middle as f32, y as f32)?;
            let line = element.closest(selector).ok().flatten().filter(|line| scroller.contains(Some(line)))?;
            Some(Held { id: line.id(), offset: offset_of(scroller, &line) }).filter(|held| !held.id.is_empty())
        },
    )
}
