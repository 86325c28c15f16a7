//! What is written.

use charla_shared::permission::Role;
use leptos::prelude::*;

use super::{Group, LONG, Shown};
use crate::ui::{BoundField, CopyField, DateTimeField, PasswordField, RoleSelect, SearchField, TextArea, TextField};

/// Fields: those of forms that are sent, then those that the page follows.
#[component]
pub(super) fn Fields() -> impl IntoView {
    let role = RwSignal::new(Role::Member);
    let wrong = |words: &str| Some(words.to_owned());
    view! {
        <Group name="Fields">
            <Shown name="Text field">
                <form class="form" action="/design">
                    <TextField name="plain" label="Plain" value="Ana Souza" />
                    <TextField name="hinted" label="With a hint" hint="What it is for." />
                    <TextField name="wrong" label="With an error" value="ana@" error=wrong("This is not an e-mail address.") />
                    <TextField name="long" label=LONG value=LONG hint=LONG error=wrong(LONG) />
                </form>
            </Shown>
            <Shown name="Password field">
                <form class="form" action="/design">
                    <PasswordField name="secret" label="Password" autocomplete="off" hint="At least 10 characters." />
                    <PasswordField name="secret-wrong" label="Password, wrong" autocomplete="off" error=wrong("Too short by far.") />
                </form>
            </Shown>
            <Shown name="Role select">
                <div class="form">
                    <RoleSelect label="Role" mine=Role::Owner role=role />
                </div>
            </Shown>
            <Followed />
        </Group>
    }
    .into_any()
}

/// What the page follows while it is written.
#[component]
fn Followed() -> impl IntoView {
    let written = |words: &str| RwSignal::new(words.to_owned());
    let fine = Signal::stored(None::<String>);
    let wrong = Signal::stored(Some("Too short by far.".to_owned()));
    view! {
        <Shown name="Search field">
            <div class="form">
                <SearchField id="design-search" label="Search contacts" value=written("") />
            </div>
        </Shown>
        <Shown name="Bound field">
            <div class="form">
                <BoundField id="design-bound" label="Followed" value=written("") error=fine />
                <BoundField id="design-bound-hint" label="With a hint" hint="What it is for." value=written("Ana") error=fine />
                <BoundField id="design-bound-wrong" label="Followed, wrong" value=written("An") error=wrong />
            </div>
        </Shown>
        <Shown name="Text area">
            <div class="form">
                <TextArea id="design-area" label="Several lines" hint="Grows with what is written." value=written("One line\nand another") />
                <TextArea id="design-area-wrong" label="Several lines, wrong" value=written(LONG) error=wrong />
            </div>
        </Shown>
        <Shown name="Date and time field">
            <div class="form">
                <DateTimeField id="design-when" label="Day and time" hint="In your own zone." value=written("") />
                <DateTimeField id="design-when-chosen" label="Chosen" value=written("2026-12-24T18:00") />
            </div>
        </Shown>
        <Shown name="Copy field">
            <div class="form">
                <CopyField id="design-copy" label="To be copied" value=Signal::stored("https://example.com/".to_owned()) />
                <CopyField id="design-copy-long" label="To be copied, long" value=Signal::stored(LONG.to_owned()) />
            </div>
        </Shown>
    }
    .into_any()
}
