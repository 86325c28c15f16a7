//! The one listener to shortcuts: those that work everywhere in a workspace, then those of its page.

use std::time::Duration;

use charla_shared::{id::WorkspaceId, permission::PermissionSet};
use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{Overlays, PageKeys, gate, places::place_of};
use crate::{inbox::address, search};

/// How long a letter may follow `g`.
const IN_TURN: Duration = Duration::from_millis(1500);

/// Listens for as long as the frame lives.
pub fn listen(id: Memo<Option<WorkspaceId>>, overlays: Overlays, page: PageKeys, permissions: Signal<PermissionSet>) {
    let (navigate, here) = (use_navigate(), address::here());
    let going = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let navigate = navigate.clone();
        let listener = window_event_listener(ev::keydown, move |event| {
            let Some(id) = id.try_get_untracked().flatten() else { return };
            let to = |to: &str| navigate(to, NavigateOptions::default());
            if opens_palette(&event) {
                if overlays.palette.get_untracked() || !gate::is_dialog_open() {
                    overlays.palette.update(|open| *open = !*open);
                }
                event.prevent_default();
                return;
            }
            let key = event.key();
            if !gate::is_for_page(&event) || key == "Shift" {
                return;
            }
            if let Some(timer) = going.try_update_value(Option::take).flatten() {
                timer.clear();
                // Whatever the letter is, it ends the waiting and means nothing else.
                if is_letter(&key) {
                    event.prevent_default();
                    event.stop_immediate_propagation();
                    if let Some(place) = permissions.with_untracked(|permissions| place_of(&key, permissions)) {
                        to(&format!("/w/{id}/{}", place.path));
                    }
                    return;
                }
            }
            match key.as_str() {
                "g" => {
                    let stop = move || _ = going.try_set_value(None);
                    going.set_value(set_timeout_with_handle(stop, IN_TURN).ok());
                }
                "/" => search::begin(|| to(&here.keeping(&format!("/w/{id}/inbox?q=")))),
                "?" => overlays.sheet.set(true),
                key if page.press(key) => {}
                _ => return,
            }
            event.prevent_default();
        });
        on_cleanup(move || listener.remove());
    });
}

fn opens_palette(event: &ev::KeyboardEvent) -> bool {
    let one = event.ctrl_key() != event.meta_key();
    one && !event.repeat() && !event.alt_key() && !event.shift_key() && event.key().eq_ignore_ascii_case("k")
}

/// Whether a key writes something; others are called by names.
fn is_letter(key: &str) -> bool {
    key.chars().count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_from_names_of_keys() {
        assert!(is_letter("e") && is_letter("é") && is_letter("?"));
        assert!(!is_letter("Escape") && !is_letter("Tab"));
    }
}
