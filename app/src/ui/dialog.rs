//! A dialog over the page: the browser's own. Escape closes it, the rest of the page waits, and the focus goes back to
//! where it was.

use leptos::{html, prelude::*};

use super::{Icon, dynamic::changing};
use crate::i18n::t;

/// A dialog. What is in it is made with the page; it is shown while `open` is true.
#[component]
pub fn Dialog(
    /// Whether it is open; the dialog sets it, too, when it is closed by key or button.
    open: RwSignal<bool>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if !open.get() {
            dialog.close();
        } else if !dialog.open() {
            // Refused only for a dialog that is open or not on the page.
            let _ = dialog.show_modal();
        }
    });
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            aria-label=move || title.get()
            // Escape closes it without asking us.
            on:close=move |_| _ = open.try_set(false)
        >
            <header class="dialog-head">
                <h2 dir="auto">{changing(move || title.get())}</h2>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=t("dialog-close")
                    title=t("dialog-close")
                    on:click=move |_| open.set(false)
                >
                    <Icon name="x" />
                </button>
            </header>
            <div class="dialog-body">{children()}</div>
        </dialog>
    }
    .into_any()
}
