//! The reader's place in the thread.
//!
//! The thread is scrolled in a column that is laid out from its end, so place 0 is the newest message: the first paint is
//! right before any script runs, the end stays in sight while messages arrive, and earlier messages put in at the top move
//! nothing. Only one case needs help: a message that arrives at the end while the reader is further up.

use leptos::{html, prelude::*};

/// Pixels from the end that still count as being there.
const NEAR: i32 = 48;
/// Pixels from the beginning at which earlier messages are asked for.
const EARLY: i32 = 200;

/// Where the reader is.
#[derive(Debug, Clone, Copy)]
pub struct Scroll {
    /// The element that scrolls.
    pub node: NodeRef<html::Div>,
    /// Whether the newest message is in sight.
    pub at_end: RwSignal<bool>,
    /// Messages of the customer that arrived out of sight.
    pub missed: RwSignal<u32>,
    height: StoredValue<Option<i32>>,
}

impl Default for Scroll {
    fn default() -> Self {
        Self {
            node: NodeRef::new(),
            at_end: RwSignal::new(true),
            missed: RwSignal::new(0),
            height: StoredValue::new(None),
        }
    }
}

impl Scroll {
    /// A bubble is about to be put at the end; `from_customer` counts as news when it is out of sight.
    pub fn before_append(self, from_customer: bool) {
        if self.at_end.try_get_untracked().unwrap_or(true) {
            return;
        }
        if from_customer {
            let _ = self.missed.try_update(|missed| *missed = missed.saturating_add(1));
        }
        let Some(node) = self.node.try_get_untracked().flatten() else { return };
        let first = self.height.try_update_value(|height| height.replace(node.scroll_height()).is_none());
        if first == Some(true) {
            // After the new bubble is in place and before it is painted.
            request_animation_frame(move || self.keep_place());
        }
    }

    fn keep_place(self) {
        let before = self.height.try_update_value(Option::take).flatten();
        if let (Some(before), Some(node)) = (before, self.node.try_get_untracked().flatten()) {
            node.set_scroll_top(node.scroll_top() - (node.scroll_height() - before));
        }
    }

    /// The reader scrolled. Says whether earlier messages are wanted.
    pub fn moved(self) -> bool {
        let Some(node) = self.node.try_get_untracked().flatten() else { return false };
        let from_end = node.scroll_top().abs();
        let at_end = from_end <= NEAR;
        if self.at_end.try_get_untracked() != Some(at_end) {
            let _ = self.at_end.try_set(at_end);
        }
        if at_end && self.missed.try_get_untracked().is_some_and(|missed| missed > 0) {
            let _ = self.missed.try_set(0);
        }
        node.scroll_height() - node.client_height() - from_end <= EARLY
    }

    /// Takes the keyboard's focus, when what had it is gone.
    pub fn take_focus(self) {
        if let Some(node) = self.node.try_get_untracked().flatten() {
            let _ = node.focus();
        }
    }

    /// Shows the newest message.
    pub fn to_end(self) {
        request_animation_frame(move || {
            if let Some(node) = self.node.try_get_untracked().flatten() {
                node.set_scroll_top(0);
            }
            self.moved();
        });
    }
}
