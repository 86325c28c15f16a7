//! Buttons.

use leptos::{ev::MouseEvent, prelude::*};

/// A button that does something on this page.
#[component]
pub fn Button(
    /// What it does.
    on_click: impl FnMut(MouseEvent) + Send + 'static,
    /// While true it shows that it works, and cannot be pressed.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether it is the one thing to do here.
    #[prop(optional)]
    primary: bool,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            class:button-primary=primary
            aria-busy=move || busy.get().then_some("true")
            disabled=move || busy.get()
            on:click=on_click
        >
            {children()}
        </button>
    }
}

/// The button that submits its form.
#[component]
pub fn Submit(
    /// Whether it undoes or ends something.
    #[prop(optional)]
    quiet: bool,
    /// While true it shows that it works, and cannot be pressed.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="button"
            class:button-primary=!quiet
            aria-busy=move || busy.get().then_some("true")
            disabled=move || busy.get()
        >
            {children()}
        </button>
    }
}
