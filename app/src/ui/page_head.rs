//! The head of a page: where one came from, what this is, the one thing to do here.

use leptos::prelude::*;

use super::Icon;

/// The head of a page.
#[component]
pub fn PageHead(
    /// What the page is about.
    #[prop(into)]
    title: String,
    /// Where one came from: address and name.
    #[prop(optional_no_strip)]
    back: Option<(String, String)>,
    /// The primary action.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <header class="page-head">
            {back
                .map(|(href, name)| {
                    view! {
                        // Loaded anew: where it leads may be for the host to say.
                        <a class="page-back" href=href rel="external">
                            <Icon name="arrow-left" />
                            {name}
                        </a>
                    }
                })}
            <h1>{title}</h1>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </header>
    }
    .into_any()
}
