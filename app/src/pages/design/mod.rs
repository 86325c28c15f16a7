//! `/design` (development only): every component in every state, to be looked at when something about them changes. The
//! browser tests take a picture of each and compare it with the last one that was agreed on (docs/TESTING.md).

mod buttons;
mod choices;
mod fields;
mod layout;
mod notices;
mod overlays;
mod people;
mod right_to_left;

use leptos::prelude::*;
use leptos_meta::Title;

use super::Sheet;
use crate::{account::Preferences, ui::Icon};

/// The sprite, for the names of its icons.
const SPRITE: &str = include_str!("../../../../public/icons.svg");

/// Words that must be broken, or cut, wherever they stand.
const LONG: &str = "Words that somebody wrote out in full, because nobody had said how many of them there may be here";

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
            <buttons::Buttons />
            <fields::Fields />
            <choices::Choices />
            <notices::Notices />
            <people::LabelsAndPeople />
            <overlays::Overlays />
            <layout::Layout />
            <right_to_left::RightToLeft />
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

/// One component in its states, under its name. What stands in here is in one picture; names are unique on the page.
#[component]
fn Shown(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <figure class="design-shown" data-shown=name>
            <figcaption>{name}</figcaption>
            {children()}
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    const COMPONENTS: &str = concat!(include_str!("../../ui/mod.rs"), include_str!("../../ui/chart/mod.rs"));
    const SHOWN: &str = concat!(
        include_str!("buttons.rs"),
        include_str!("choices.rs"),
        include_str!("fields.rs"),
        include_str!("layout.rs"),
        include_str!("notices.rs"),
        include_str!("overlays.rs"),
        include_str!("people.rs"),
        include_str!("mod.rs"),
    );
    /// What is called up rather than placed, and what is no component at all.
    const ELSEWHERE: &[&str] =
        &["ToastRegion", "Toasts", "Choice", "PickerOption", "Point", "Resized", "Side", "Widths"];

    fn is_shown(name: &str) -> bool {
        let mut tags = SHOWN.split('<').filter_map(|tag| tag.strip_prefix(name));
        tags.any(|rest| !rest.starts_with(char::is_alphanumeric))
    }

    #[test]
    fn every_component_is_shown() {
        let exported = COMPONENTS.lines().filter(|line| line.starts_with("pub use")).collect::<String>();
        let missing: Vec<_> = exported
            .split(|sign: char| !sign.is_alphanumeric() && sign != '_')
            .filter(|name| name.starts_with(char::is_uppercase) && !ELSEWHERE.contains(name))
            .filter(|name| !is_shown(name))
            .collect();
        assert!(missing.is_empty(), "not on the page: {missing:?}");
    }
}
