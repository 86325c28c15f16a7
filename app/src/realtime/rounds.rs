//! Questions that are asked again and again, but not too often: what changes meanwhile is asked for together.

use std::{mem, time::Duration};

use leptos::prelude::*;

/// Rounds of questions; a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Rounds {
    /// The least time between the beginnings of two rounds.
    apart: Duration,
    busy: StoredValue<bool>,
    /// Whether something changed since the last round began.
    again: StoredValue<bool>,
}

impl Rounds {
    /// Rounds that begin at least this far apart.
    #[must_use]
    pub fn new(apart: Duration) -> Self {
        Self { apart, busy: StoredValue::new(false), again: StoredValue::new(false) }
    }

    /// Something changed: a round begins after this wait, or after the one under way. For the browser.
    pub fn soon(self, wait: Duration, round: impl Fn() + Copy + 'static) {
        if self.busy.try_update_value(|busy| mem::replace(busy, true)) != Some(false) {
            let _ = self.again.try_set_value(true);
            return;
        }
        let begin = move || {
            let _ = self.again.try_set_value(false);
            round();
            set_timeout(move || self.end(round), self.apart);
        };
        set_timeout(begin, wait);
    }

    fn end(self, round: impl Fn() + Copy + 'static) {
        let _ = self.busy.try_set_value(false);
        if self.again.try_update_value(mem::take) == Some(true) {
            self.soon(Duration::ZERO, round);
        }
    }
}
