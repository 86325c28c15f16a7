//! The name of something that shows no words, for eyes: ears have it already.

use leptos::{ev, prelude::*};

/// Shows the name of what is in it while the pointer or the keyboard is there. Escape puts it away (WCAG 1.4.13).
#[component]
pub fn Tooltip(
    /// The name, the same that the control in it has.
    #[prop(into)]
    text: String,
    /// The control.
    children: Children,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    Effect::new(move |_| {
        if shown.get() {
            let listener = window_event_listener(ev::keydown, move |event| {
                if event.key() == "Escape" {
                    shown.set(false);
                }
            });
            on_cleanup(move || listener.remove());
        }
    });
    view! {
        <span
            class="tip-host"
            on:pointerenter=move |_| shown.set(true)
            on:pointerleave=move |_| shown.set(false)
            on:focusin=move |_| shown.set(true)
            on:focusout=move |_| shown.set(false)
            on:click=move |_| shown.set(false)
        >
            {children()}
            <span class="tip" class:tip-shown=move || shown.get() aria-hidden="true">
                {text}
            </span>
        </span>
    }
    .into_any()
}
