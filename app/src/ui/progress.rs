//! Work that takes its time.

use leptos::prelude::*;

use super::{Button, dynamic::changing};
use crate::i18n::t;

/// How far something has come, in words and as a bar.
#[component]
pub fn Progress(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// What is under way.
    #[prop(into)]
    label: String,
    /// How much is done.
    #[prop(into)]
    done: Signal<u32>,
    /// Of how much; none while nobody knows.
    #[prop(into)]
    of: Signal<Option<u32>>,
) -> impl IntoView {
    let words = move || match of.get() {
        Some(of) => format!("{} / {of}", done.get()),
        None => done.get().to_string(),
    };
    view! {
        <div class="progress">
            <label for=id.clone()>{label}</label>
            <span class="quiet" dir="ltr">{changing(words)}</span>
            // A bar without a value says that something is under way.
            <progress id=id max=move || of.get().map(|of| of.max(1)) value=move || of.get().map(|_| done.get())></progress>
        </div>
    }
    .into_any()
}

/// Something is under way, and it will not take long.
#[component]
pub fn Spinner(
    /// What is under way.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class="spinner" role="status">
            <span class="visually-hidden">{label}</span>
        </span>
    }
}

/// The way to more of a list, below it.
#[component]
pub fn LoadMore(
    /// Whether more is on its way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Asks for it.
    on_more: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="load-more">
            <Button busy=busy on_click=move |_| on_more.run(())>
                {t("load-more")}
            </Button>
        </div>
    }
}
