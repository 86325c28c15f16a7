//! What lies over the page: toasts, menus, pickers, dialogs, tooltips.

use std::collections::HashSet;

use charla_shared::label::Colour;
use leptos::prelude::*;

use super::Group;
use crate::ui::{Button, Dialog, Icon, Menu, MenuItem, Picker, PickerOption, Tooltip, changing, use_toasts};

/// Each of them, to be opened.
#[component]
pub(super) fn Overlays() -> impl IntoView {
    let toasts = use_toasts();
    let (open, last) = (RwSignal::new(false), RwSignal::new("Nothing yet"));
    let undone = move || _ = last.try_set("Undone");
    view! {
        <Group name="Overlays">
            <div class="design-line">
                <Button on_click=move |_| toasts.say("Conversation resolved.".to_owned())>"Say"</Button>
                <Button on_click=move |_| toasts.fail("That did not work. Nothing was changed; try again.".to_owned())>"Fail"</Button>
                <Button on_click=move |_| toasts.offer("Conversation archived.".to_owned(), "Undo".to_owned(), undone)>"Offer"</Button>
                <Button on_click=move |_| open.set(true)>"Open the dialog"</Button>
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
                <Labels />
            </div>
            <p>"Last: " {changing(move || last.get())}</p>
            <Dialog open=open title="A question".to_owned()>
                <p>"The page waits below. Escape closes this."</p>
                <div class="dialog-actions">
                    <Button on_click=move |_| open.set(false)>"Cancel"</Button>
                    <Button primary=true on_click=move |_| open.set(false)>"Go on"</Button>
                </div>
            </Dialog>
        </Group>
    }
    .into_any()
}

#[component]
fn Labels() -> impl IntoView {
    let options = Colour::ALL
        .iter()
        .map(|colour| PickerOption {
            value: colour.name().to_owned(),
            name: format!("Label {}", colour.name()),
            colour: Some(*colour),
        })
        .collect::<Vec<_>>();
    let chosen = RwSignal::new(HashSet::from(["teal".to_owned()]));
    let toggle = Callback::new(move |value: String| {
        chosen.update(|chosen| {
            if !chosen.remove(&value) {
                chosen.insert(value);
            }
        });
    });
    view! { <Picker id="design-labels" label="Labels" options=Signal::stored(options) chosen=chosen on_toggle=toggle /> }
}
