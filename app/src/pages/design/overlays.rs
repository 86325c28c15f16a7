//! What lies over the page: toasts, menus, pickers, dialogs, tooltips.

use std::collections::HashSet;

use charla_shared::label::Colour;
use leptos::prelude::*;

use super::{Group, LONG, Shown};
use crate::ui::{Button, Dialog, Icon, Menu, MenuItem, Picker, PickerOption, Tooltip, changing, use_toasts};

/// Each of them, to be opened.
#[component]
pub(super) fn Overlays() -> impl IntoView {
    let last = RwSignal::new("Nothing yet");
    view! {
        <Group name="Overlays">
            <Shown name="What opens">
                <div class="design-line">
                    <Toasting last=last />
                    <Asking />
                    <Tooltip text="Show the keys">
                        <button type="button" class="icon-button" aria-label="Show the keys">
                            <Icon name="keyboard" />
                        </button>
                    </Tooltip>
                    <Menu id="design-menu" label="More to do" icon="ellipsis">
                        <MenuItem icon="check" on_click=move |_| last.set("Resolved")>"Resolve"</MenuItem>
                        <MenuItem icon="clock" on_click=move |_| last.set("Snoozed")>"Snooze"</MenuItem>
                        <MenuItem icon="x" on_click=move |_| last.set("Closed")>"Close"</MenuItem>
                    </Menu>
                    <Menu id="design-menu-long" label="Long names" icon="ellipsis">
                        <MenuItem on_click=move |_| last.set("Chosen")>"Without an icon"</MenuItem>
                        <MenuItem icon="check" on_click=move |_| last.set("Chosen")>{LONG}</MenuItem>
                    </Menu>
                    <Pickers />
                </div>
            </Shown>
            <p>"Last: " {changing(move || last.get())}</p>
        </Group>
    }
    .into_any()
}

#[component]
fn Toasting(last: RwSignal<&'static str>) -> impl IntoView {
    let toasts = use_toasts();
    let undone = move || _ = last.try_set("Undone");
    view! {
        <Button on_click=move |_| toasts.say("Conversation resolved.".to_owned())>"Say"</Button>
        <Button on_click=move |_| toasts.fail("That did not work. Nothing was changed; try again.".to_owned())>"Fail"</Button>
        <Button on_click=move |_| toasts.offer("Conversation archived.".to_owned(), "Undo".to_owned(), undone)>"Offer"</Button>
    }
}

#[component]
fn Asking() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button on_click=move |_| open.set(true)>"Open the dialog"</Button>
        <Dialog open=open title="A question".to_owned()>
            <p>"The page waits below. Escape closes this."</p>
            <div class="dialog-actions">
                <Button on_click=move |_| open.set(false)>"Cancel"</Button>
                <Button primary=true on_click=move |_| open.set(false)>"Go on"</Button>
            </div>
        </Dialog>
    }
}

/// For many with something below the list, for one behind an icon, and one with nothing to choose from.
#[component]
fn Pickers() -> impl IntoView {
    let options = Colour::ALL
        .iter()
        .map(|colour| PickerOption {
            value: colour.name().to_owned(),
            name: format!("Label {}", colour.name()),
            colour: Some(*colour),
        })
        .collect::<Vec<_>>();
    let (options, none) = (Signal::stored(options), Signal::stored(Vec::new()));
    let chosen = RwSignal::new(HashSet::from(["teal".to_owned()]));
    let toggle = Callback::new(move |value: String| {
        chosen.update(|chosen| {
            if !chosen.remove(&value) {
                chosen.insert(value);
            }
        });
    });
    view! {
        <Picker id="design-labels" label="Labels" options=options chosen=chosen on_toggle=toggle>
            <a href="#design-overlays">"What stands below"</a>
        </Picker>
        <Picker id="design-one" label="Only one" icon="tag" one=true options=options chosen=chosen on_toggle=toggle />
        <Picker id="design-none" label="Nothing to choose" options=none chosen=chosen on_toggle=toggle />
    }
}
