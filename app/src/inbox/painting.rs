//! Letting the browser paint before more is done, so that a key is answered at once however much follows from it.

use std::time::Duration;

use leptos::prelude::*;

/// Lines of a thread that are there at once: about what a screen holds. On a larger one the rest is there a frame later.
const FIRST: usize = 16;
/// Lines that are put in after each paint.
const MORE: usize = 16;

/// Whether this is a browser whose page has come alive: what is shown from now on nobody has written before.
#[must_use]
pub fn is_alive() -> bool {
    Owner::current_shared_context().is_some_and(|context| context.is_browser() && !context.during_hydration())
}

/// Does something after the next paint. For the browser.
pub fn after(done: impl FnOnce() + 'static) {
    // A frame's callbacks run before it is painted; what they put off runs after.
    request_animation_frame(move || set_timeout(done, Duration::ZERO));
}

/// How many of a thread's oldest lines are still to be put in. They follow, a few with each paint, above what is seen: the
/// column is laid out from its end.
#[must_use]
pub fn still_above(lines: usize, begins_at_end: bool) -> RwSignal<usize> {
    let above = RwSignal::new(if begins_at_end && is_alive() { lines.saturating_sub(FIRST) } else { 0 });
    if above.get_untracked() > 0 {
        put_in(above);
    }
    above
}

fn put_in(above: RwSignal<usize>) {
    after(move || {
        let left = above.try_update(|above| {
            *above = above.saturating_sub(MORE);
            *above
        });
        if left.is_some_and(|left| left > 0) {
            put_in(above);
        }
    });
}
