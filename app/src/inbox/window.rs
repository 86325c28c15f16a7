//! Whether a free message may be sent now, as the viewer sees it.

use std::time::Duration;

use charla_shared::conversation::{ConversationView, WindowState};
use jiff::Timestamp;
use leptos::prelude::*;

use super::clock;
use crate::i18n::{Arg, t, t_with};

/// How often the window is looked at again: it closes by the minute.
const STEP: Duration = Duration::from_secs(15);

/// The present. The host's on the first paint, so that host and browser paint the same; then the browser's.
#[must_use]
pub fn present() -> ReadSignal<Timestamp> {
    let milliseconds = SharedValue::new(|| clock::now().as_millisecond()).into_inner();
    let (now, set_now) = signal(Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH));
    Effect::new(move |_| {
        clock::set_by(milliseconds);
        // After the page has come alive: a window that the two see differently would not be the one that was painted.
        set_timeout(move || _ = set_now.try_set(clock::now()), Duration::ZERO);
        if let Ok(timer) = set_interval_with_handle(move || _ = set_now.try_set(clock::now()), STEP) {
            on_cleanup(move || timer.clear());
        }
    });
    now
}

/// How much is left of the window, as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// Two hours or more: whole hours.
    Hours(i64),
    /// Less than two hours: whole minutes, at least one.
    Minutes(i64),
    /// It is closed.
    Nothing,
}

impl Left {
    /// What is left at `now`, given when the customer last wrote.
    #[must_use]
    pub fn at(now: Timestamp, last_inbound: Option<Timestamp>) -> Self {
        match WindowState::at(now, last_inbound) {
            WindowState::Closed => Self::Nothing,
            WindowState::Open { until } => match until.duration_since(now).as_mins() {
                minutes @ 120.. => Self::Hours(minutes / 60),
                minutes => Self::Minutes(minutes.max(1)),
            },
        }
    }

    /// The same in words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Hours(count) => t_with("window-hours", &[("count", Arg::from(count))]),
            Self::Minutes(count) => t_with("window-minutes", &[("count", Arg::from(count))]),
            Self::Nothing => t("window-closed"),
        }
    }
}

/// What is left of a conversation's window, by the minute.
#[must_use]
pub fn left(row: RwSignal<ConversationView>, now: ReadSignal<Timestamp>) -> Memo<Left> {
    Memo::new(move |_| Left::at(now.get(), row.read().last_inbound_at))
}

/// Why nothing may be written, if so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// The viewer's role does not answer customers.
    Role,
    /// The number was deactivated.
    Inactive,
    /// The customer has not written for 24 hours.
    Window,
}

/// Whether something stands against writing in a conversation.
#[must_use]
pub fn barred(
    row: RwSignal<ConversationView>,
    now: ReadSignal<Timestamp>,
    may_reply: impl Fn() -> bool + Send + Sync + 'static,
) -> Memo<Option<Barred>> {
    Memo::new(move |_| {
        if !may_reply() {
            return Some(Barred::Role);
        }
        if !row.read().channel_active {
            return Some(Barred::Inactive);
        }
        let open = WindowState::at(now.get(), row.read().last_inbound_at).is_open();
        (!open).then_some(Barred::Window)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Seconds the window is open.
    const DAY: i64 = 24 * 3600 - 60;

    #[test]
    fn what_is_left_is_told_in_hours_and_at_the_end_in_minutes() {
        let left = |passed: i64| Left::at(Timestamp::constant(passed, 0), Some(Timestamp::UNIX_EPOCH));
        assert_eq!(left(0), Left::Hours(23));
        assert_eq!(left(DAY - 2 * 3600), Left::Hours(2));
        assert_eq!(left(DAY - 2 * 3600 + 1), Left::Minutes(119));
        assert_eq!(left(DAY - 1), Left::Minutes(1));
        assert_eq!(left(DAY), Left::Nothing);
        assert_eq!(Left::at(Timestamp::UNIX_EPOCH, None), Left::Nothing);
    }
}
