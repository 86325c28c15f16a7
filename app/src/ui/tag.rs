//! A label or tag: a name on its colour.

use charla_shared::label::Colour;
use leptos::prelude::*;

/// A name on its colour. The colour is decoration: the name says everything.
#[component]
pub fn Tag(
    /// Its colour.
    colour: Colour,
    /// What it says.
    #[prop(into)]
    name: String,
) -> impl IntoView {
    view! {
        <span class="tag" data-label=colour.name() dir="auto">
            {name}
        </span>
    }
}
