//! A page of sections, read from top to bottom.

use leptos::prelude::*;

use crate::ui::PageHead;

/// The frame of settings and of one's own pages. Inside a workspace the frame around it has the `<main>`; pages that stand
/// alone bring the way back and the landmark themselves.
#[component]
pub fn Sheet(
    /// What the page is about.
    title: String,
    /// Where one came from: address and name. Given by pages that stand alone.
    #[prop(optional, into)]
    back: Option<(String, String)>,
    /// The sections.
    children: Children,
) -> impl IntoView {
    let alone = back.is_some();
    let content = view! {
        <PageHead title=title back=back />
        {children()}
    };
    if alone {
        view! { <main class="sheet">{content}</main> }.into_any()
    } else {
        view! { <div class="sheet">{content}</div> }.into_any()
    }
}
