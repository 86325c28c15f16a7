//! Whether a free message may be sent now, as the viewer sees it.

use std::time::Duration;

use charla_shared::conversation::{ConversationView, WindowState};
use jiff::Timestamp;
use leptos::prelude::*;

use super::clock;

/// How often the window is looked at again: it closes by the minute.
const STEP: Duration = Duration::from_secs(15);

/// The present. The host's on the first paint, so that host and browser paint the same; then the browser's.
#[must_use]
pub fn present() -> ReadSignal<Timestamp> {
    let milliseconds = SharedValue::new(|| clock::now().as_millisecond()).into_inner();
    let (now, set_now) = signal(Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH));
    Effect::new(move |_| {
        set_now.set(clock::now());
        if let Ok(timer) = set_interval_with_handle(move || _ = set_now.try_set(clock::now()), STEP) {
            on_cleanup(move || timer.clear());
        }
    });
    now
}

/// Why nothing may be written, if so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barred {
    /// The viewer's role does not answer customers.
    Role,
    /// The customer has not written for 24 hours.
    Window,
}

/// Whether something stands against writing in a conversation.
#[must_use]
pub fn barred(row: RwSignal<ConversationView>, now: ReadSignal<Timestamp>, may_reply: bool) -> Memo<Option<Barred>> {
    Memo::new(move |_| {
        if !may_reply {
            return Some(Barred::Role);
        }
        let open = WindowState::at(now.get(), row.read().last_inbound_at).is_open();
        (!open).then_some(Barred::Window)
    })
}
