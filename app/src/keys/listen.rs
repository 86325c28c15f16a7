//! The shortcuts that work everywhere in a workspace.

use std::time::Duration;

use charla_shared::id::WorkspaceId;
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{Overlays, PLACES, is_typing};
use crate::search;

/// How long a letter may follow `g`.
const IN_TURN: Duration = Duration::from_millis(1500);

/// Listens for as long as the frame lives. It begins before its pages do, so that a letter after `g` is not taken for one
/// of theirs.
pub fn listen(id: Memo<Option<WorkspaceId>>, overlays: Overlays) {
    let navigate = use_navigate();
    let going = StoredValue::new(false);
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let listener = window_event_listener(ev::keydown, move |event| {
            let Some(id) = id.try_get_untracked().flatten() else { return };
            let to = |path: &str| navigate(&format!("/w/{id}/{path}"), NavigateOptions::default());
            if opens_palette(&event) {
                if overlays.palette.get_untracked() || !is_something_open() {
                    overlays.palette.update(|open| *open = !*open);
                }
                event.prevent_default();
                return;
            }
            if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() || is_typing(&event) {
                return;
            }
            let key = event.key();
            if going.get_value() {
                going.set_value(false);
                if let Some(place) = PLACES.iter().find(|place| place.letter == key) {
                    to(place.path);
                    event.prevent_default();
                    event.stop_immediate_propagation();
                }
                return;
            }
            match key.as_str() {
                "g" => {
                    going.set_value(true);
                    set_timeout(move || _ = going.try_set_value(false), IN_TURN);
                }
                "/" => search::begin(|| to("inbox?q=")),
                "?" => overlays.sheet.set(true),
                _ => return,
            }
            event.prevent_default();
        });
        on_cleanup(move || listener.remove());
    });
}

fn opens_palette(event: &ev::KeyboardEvent) -> bool {
    let one = event.ctrl_key() != event.meta_key();
    one && !event.alt_key() && !event.shift_key() && event.key().eq_ignore_ascii_case("k")
}

/// Whether a dialog stands over the page; another one over it would hide where one is.
fn is_something_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}
