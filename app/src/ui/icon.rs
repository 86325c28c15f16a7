//! Icons: one SVG sprite (`public/icons.svg`, made of lucide's shapes).

use leptos::prelude::*;

/// Icons that point where one reads on, or back: the style sheet turns them where that is the other way.
const TURNING: &[&str] = &["arrow-left", "chevron-left", "chevron-right", "log-out", "panel-left", "send-horizontal"];

/// An icon by its name in the sprite. It says nothing by itself: what it stands beside, or the button it is in, has the
/// words.
#[component]
pub fn Icon(
    /// The name in the sprite.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" class:icon-turning=TURNING.contains(&name) aria-hidden="true" focusable="false">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}
