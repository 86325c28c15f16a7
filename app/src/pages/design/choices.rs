//! What is chosen.

use leptos::prelude::*;

use super::{Group, LONG, Shown};
use crate::ui::{Checkbox, Choice, Segmented, Select, Switch};

fn three() -> Vec<Choice> {
    vec![Choice::new("all", "All"), Choice::new("mine", "Mine"), Choice::new("none", "None")]
}

/// Boxes, switches, one of a few, one of many.
#[component]
pub(super) fn Choices() -> impl IntoView {
    view! {
        <Group name="Choices">
            <Boxes />
            <Switches />
            <OneOf />
        </Group>
    }
    .into_any()
}

#[component]
fn Boxes() -> impl IntoView {
    let on = RwSignal::new(true);
    let turn = Callback::new(move |now| on.set(now));
    let (yes, no) = (Signal::stored(true), Signal::stored(false));
    view! {
        <Shown name="Checkbox">
            <Checkbox id="design-check" label="A box to tick" checked=on on_change=turn />
            <Checkbox id="design-check-not" label="Not ticked" checked=no on_change=turn />
            <Checkbox id="design-check-hint" label="With a hint" hint="What it is for." checked=on on_change=turn />
            <Checkbox id="design-check-off" label="Not to be changed" checked=yes disabled=yes on_change=turn />
            <Checkbox id="design-check-off-not" label="Not to be ticked" checked=no disabled=yes on_change=turn />
            <Checkbox id="design-check-long" label=LONG hint=LONG checked=on on_change=turn />
        </Shown>
    }
}

#[component]
fn Switches() -> impl IntoView {
    let on = RwSignal::new(true);
    let turn = Callback::new(move |now| on.set(now));
    let (yes, no) = (Signal::stored(true), Signal::stored(false));
    view! {
        <Shown name="Switch">
            <Switch id="design-switch" label="A switch" hint="Works at once." checked=on on_change=turn />
            <Switch id="design-switch-not" label="Off" checked=no on_change=turn />
            <Switch id="design-switch-off" label="Not to be changed" checked=no disabled=yes on_change=turn />
            <Switch id="design-switch-off-on" label="Not to be switched off" checked=yes disabled=yes on_change=turn />
        </Shown>
    }
}

#[component]
fn OneOf() -> impl IntoView {
    let chosen = RwSignal::new("mine".to_owned());
    let choose = Callback::new(move |now| chosen.set(now));
    let long = || vec![Choice::new("mine", LONG), Choice::new("all", "All of them")];
    let options = Signal::stored(three());
    view! {
        <Shown name="Segmented">
            <Segmented id="design-segmented" label="One of a few" options=three() chosen=chosen on_change=choose />
            <Segmented id="design-segmented-long" label="With long names" options=long() chosen=chosen on_change=choose />
        </Shown>
        <Shown name="Select">
            <div class="form">
                <Select
                    id="design-select"
                    label="One of many"
                    hint="The browser’s own list."
                    options=options
                    chosen=chosen
                    on_change=choose
                />
                <Select id="design-select-long" label="With long names" options=Signal::stored(long()) chosen=chosen on_change=choose />
            </div>
        </Shown>
    }
}
