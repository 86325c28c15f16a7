//! `/design` (development only): every component in every state, to be looked at when something about them changes.

mod choices;
mod layout;
mod notices;
mod overlays;

use leptos::prelude::*;
use leptos_meta::Title;

use super::Sheet;
use crate::{
    account::Preferences,
    ui::{Button, Icon, Kbd, PasswordField, RoleSelect, Submit, TextField},
};

/// The sprite, for the names of its icons.
const SPRITE: &str = include_str!("../../../../public/icons.svg");

/// The groups, in the order they stand on the page.
const GROUPS: &[&str] = &[
    "Buttons",
    "Fields",
    "Choices",
    "Notices",
    "Labels and people",
    "Overlays",
    "Layout",
    "Right to left",
    "States",
    "Preferences",
    "Icons",
];

/// The page. Its words are for its makers and not translated.
#[component]
pub fn DesignPage() -> impl IntoView {
    view! {
        <Title text="Design · Charla" />
        <Sheet title="Design".to_owned() back=("/".to_owned(), "Home".to_owned())>
            <nav class="design-line" aria-label="Groups">
                {GROUPS.iter().map(|name| view! { <a href=format!("#{}", anchor(name))>{*name}</a> }).collect_view()}
            </nav>
            <Buttons />
            <Fields />
            <choices::Choices />
            <notices::Notices />
            <notices::LabelsAndPeople />
            <overlays::Overlays />
            <layout::Layout />
            <layout::RightToLeft />
            <notices::States />
            <Group name="Preferences">
                <Preferences back="/design" />
            </Group>
            <Group name="Icons">
                <ul class="design-icons" role="list">
                    {icons().map(|name| view! { <li><Icon name=name />{name}</li> }).collect_view()}
                </ul>
            </Group>
        </Sheet>
    }
    .into_any()
}

fn icons() -> impl Iterator<Item = &'static str> {
    SPRITE.split("<symbol id=\"").skip(1).filter_map(|symbol| symbol.split('"').next())
}

fn anchor(name: &str) -> String {
    format!("design-{}", name.to_lowercase().replace(' ', "-"))
}

#[component]
fn Group(name: &'static str, children: Children) -> impl IntoView {
    let id = anchor(name);
    view! {
        <section class="panel" aria-labelledby=id>
            <h2 id=id.clone()>{name}</h2>
            {children()}
        </section>
    }
    .into_any()
}

#[component]
fn Buttons() -> impl IntoView {
    view! {
        <Group name="Buttons">
            <div class="design-line">
                <Button primary=true on_click=|_| ()>"Primary"</Button>
                <Button on_click=|_| ()>"Plain"</Button>
                <Button busy=Signal::stored(true) primary=true on_click=|_| ()>"Busy"</Button>
                <Button busy=Signal::stored(true) on_click=|_| ()>"Busy"</Button>
                <form action="/design">
                    <Submit quiet=true>"Submit, quiet"</Submit>
                </form>
                <a class="button" href="/design">"A link"</a>
                <button type="button" class="icon-button" aria-label="Close">
                    <Icon name="x" />
                </button>
            </div>
            <p class="design-line">"Keys: " <Kbd keys="j" /> <Kbd keys="g i" /> <Kbd keys="Ctrl K" /></p>
        </Group>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let role = RwSignal::new(charla_shared::permission::Role::Member);
    view! {
        <Group name="Fields">
            <form class="form" action="/design">
                <TextField name="plain" label="Plain" value="Ana Souza" />
                <TextField name="hinted" label="With a hint" hint="What it is for." />
                <TextField name="wrong" label="With an error" value="ana@" error=Some("This is not an e-mail address.".to_owned()) />
                <PasswordField name="secret" label="Password" autocomplete="off" hint="At least 10 characters." />
                <RoleSelect label="Role" mine=charla_shared::permission::Role::Owner role=role />
            </form>
            <choices::Writing />
        </Group>
    }
}
