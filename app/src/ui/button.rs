//! Buttons. One that is busy keeps the focus, so that the keyboard stays where it was; it is pressed in vain.

use leptos::{ev::MouseEvent, prelude::*};

/// A button that does something on this page.
#[component]
pub fn Button(
    /// What it does.
    mut on_click: impl FnMut(MouseEvent) + Send + 'static,
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
            aria-disabled=move || busy.get().then_some("true")
            on:click=move |event| {
                if !busy.get_untracked() {
                    on_click(event);
                }
            }
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
            aria-disabled=move || busy.get().then_some("true")
            // Browsers press it, too, for an Enter in a field.
            on:click=move |event| {
                if busy.get_untracked() {
                    event.prevent_default();
                }
            }
        >
            {children()}
        </button>
    }
}
