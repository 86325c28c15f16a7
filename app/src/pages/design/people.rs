//! Labels, counts, people and times.

use charla_shared::label::Colour;
use jiff::Timestamp;
use leptos::prelude::*;

use super::{Group, LONG, Shown};
use crate::ui::{Avatar, Badge, Tag, Time};

/// An evening in August.
const AN_INSTANT: Timestamp = Timestamp::constant(1_787_000_000, 0);

/// Labels in every colour, counts, people, an instant.
#[component]
pub(super) fn LabelsAndPeople() -> impl IntoView {
    // Names that end up in all the colours there are; the last has no letter to show.
    let people = ["Ana Souza", "Bruno", "Анна Лі", "Émile Zola", "+55 11 91234", "Zoë", "Q W", "Olga", "…"];
    view! {
        <Group name="Labels and people">
            <Shown name="Tag">
                <div class="design-line">
                    {Colour::ALL.iter().map(|colour| view! { <Tag colour=*colour name=colour.name() /> }).collect_view()}
                    <span class="tag">"Plain"</span>
                </div>
                <div class="design-narrow">
                    <Tag colour=Colour::Teal name=LONG />
                </div>
                <div class="design-line">
                    {Colour::ALL
                        .iter()
                        .map(|colour| view! { <span class="tag-dot" data-label=colour.name()></span> })
                        .collect_view()}
                </div>
            </Shown>
            <Shown name="Badge">
                <div class="design-line">
                    <Badge count=1 label="1 unread" />
                    <Badge count=42 label="42 unread" />
                    <Badge count=1000 label="1000 unread" />
                </div>
            </Shown>
            <Shown name="Avatar">
                <div class="design-line">{people.map(|name| view! { <Avatar name=name.to_owned() /> })}</div>
            </Shown>
            <Shown name="Time">
                <p>
                    <Time at=AN_INSTANT />
                </p>
            </Shown>
        </Group>
    }
    .into_any()
}
