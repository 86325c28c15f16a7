//! Details that are there for who asks.

use leptos::prelude::*;

use super::Icon;

/// A line that opens to more: the browser's own.
#[component]
pub fn Disclosure(
    /// What there is more of.
    #[prop(into)]
    summary: String,
    /// Whether it is open at first.
    #[prop(optional)]
    open: bool,
    /// The details.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary>
                <Icon name="chevron-right" />
                {summary}
            </summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
    .into_any()
}
