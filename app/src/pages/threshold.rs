//! The page before one is inside: one card in the middle.

use leptos::prelude::*;

/// The frame of the pages that need no workspace and no log-in.
#[component]
pub fn Threshold(
    /// What the page is about.
    title: String,
    /// The card's content.
    children: Children,
) -> impl IntoView {
    view! {
        <main class="threshold">
            <div class="threshold-card">
                <p class="brand">
                    <img src="/favicon.svg" alt="" width="28" height="28" />
                    "Charla"
                </p>
                <h1>{title}</h1>
                {children()}
            </div>
        </main>
    }
    .into_any()
}
