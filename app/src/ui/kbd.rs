//! Keys of the keyboard, as they are printed on it.

use leptos::prelude::*;

/// A key, or keys one after the other (`g i`).
#[component]
pub fn Kbd(
    /// The keys, with spaces between.
    keys: &'static str,
) -> impl IntoView {
    let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> }).collect_view();
    view! { <span class="keys">{keys}</span> }
}
