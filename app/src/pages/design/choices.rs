//! What is chosen and written.

use leptos::prelude::*;

use super::Group;
use crate::ui::{
    BoundField, Checkbox, Choice, CopyField, DateTimeField, SearchField, Segmented, Select, Switch, TextArea,
};

fn three() -> Vec<Choice> {
    vec![Choice::new("all", "All"), Choice::new("mine", "Mine"), Choice::new("none", "None")]
}

/// Boxes, switches, one of a few, one of many.
#[component]
pub(super) fn Choices() -> impl IntoView {
    let (on, chosen) = (RwSignal::new(true), RwSignal::new("mine".to_owned()));
    let turn = Callback::new(move |now| on.set(now));
    let choose = Callback::new(move |now| chosen.set(now));
    view! {
        <Group name="Choices">
            <Checkbox id="design-check" label="A box to tick" checked=on on_change=turn />
            <Checkbox id="design-check-hint" label="With a hint" hint="What it is for." checked=on on_change=turn />
            <Checkbox
                id="design-check-off"
                label="Not to be changed"
                checked=Signal::stored(true)
                disabled=Signal::stored(true)
                on_change=turn
            />
            <Switch id="design-switch" label="A switch" hint="Works at once." checked=on on_change=turn />
            <Switch
                id="design-switch-off"
                label="Not to be changed"
                checked=Signal::stored(false)
                disabled=Signal::stored(true)
                on_change=turn
            />
            <Segmented id="design-segmented" label="One of a few" options=three() chosen=chosen on_change=choose />
            <Select
                id="design-select"
                label="One of many"
                hint="The browser’s own list."
                options=Signal::stored(three())
                chosen=chosen
                on_change=choose
            />
        </Group>
    }
    .into_any()
}

/// What the page follows while it is written.
#[component]
pub(super) fn Writing() -> impl IntoView {
    let text = RwSignal::new("One line\nand another".to_owned());
    let (line, search, when) =
        (RwSignal::new(String::new()), RwSignal::new(String::new()), RwSignal::new(String::new()));
    let fine = Signal::stored(None::<String>);
    let wrong = Signal::stored(Some("Too short by far.".to_owned()));
    view! {
        <div class="form">
            <SearchField id="design-search" label="Search contacts" value=search />
            <BoundField id="design-bound" label="Followed" value=line error=fine />
            <BoundField id="design-bound-wrong" label="Followed, wrong" value=line error=wrong />
            <TextArea id="design-area" label="Several lines" hint="Grows with what is written." value=text />
            <TextArea id="design-area-wrong" label="Several lines, wrong" value=text error=wrong />
            <DateTimeField id="design-when" label="Day and time" hint="In your own zone." value=when />
            <CopyField id="design-copy" label="To be copied" value=Signal::stored("https://example.com/".to_owned()) />
        </div>
    }
    .into_any()
}
