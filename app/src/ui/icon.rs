//! Icons: one SVG sprite (`public/icons.svg`, made of lucide's shapes).

use leptos::prelude::*;

/// An icon by its name in the sprite. It says nothing by itself: what it stands beside, or the button it is in, has the
/// words.
#[component]
pub fn Icon(
    /// The name in the sprite.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}
