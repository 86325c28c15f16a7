//! The head of a thread: who it is with, the way back, and the way to their details.

use charla_shared::{conversation::ConversationView, list::ListQuery};
use leptos::prelude::*;

use super::{
    address,
    life::{LifeBar, LifeLabels, StatusWord},
    row::title,
    state::InboxStore,
};
use crate::{
    i18n::t,
    ui::{Avatar, Icon, changing},
};

/// The head where there is no thread (yet): the way back.
#[component]
pub fn BareHeader(
    /// The page's state.
    store: InboxStore,
) -> impl IntoView {
    let here = address::here();
    let back = move || here.keeping_now(&address::inbox(store.workspace, None, ListQuery::default()));
    view! {
        <header class="thread-head">
            <a class="thread-back" href=back aria-label=t("inbox-back") title=t("inbox-back")>
                <Icon name="arrow-left" />
            </a>
        </header>
    }
}

/// The head of the thread.
#[component]
pub fn ThreadHeader(
    /// The page's state.
    store: InboxStore,
    /// Whom it is with.
    row: RwSignal<ConversationView>,
    /// Whether their details are asked for, where there is no room for both.
    details: RwSignal<bool>,
) -> impl IntoView {
    let name = Memo::new(move |_| row.with(title));
    let channel = Memo::new(move |_| row.read().channel_label.clone());
    let here = address::here();
    let back = move || here.keeping_now(&address::inbox(store.workspace, None, ListQuery::default()));
    view! {
        <header class="thread-head">
            <a class="thread-back" href=back aria-label=t("inbox-back") title=t("inbox-back")>
                <Icon name="arrow-left" />
            </a>
            <Avatar name=name />
            <div class="thread-who">
                <h2 dir="auto">{changing(move || name.get())}</h2>
                <p>{changing(move || channel.get())} <StatusWord row=row /></p>
            </div>
            <LifeBar row=row />
            <button
                type="button"
                class="thread-details"
                aria-label=t("contact-show")
                title=t("contact-show")
                aria-expanded=move || details.get().to_string()
                on:click=move |_| details.update(|shown| *shown = !*shown)
            >
                <Icon name="info" />
            </button>
        </header>
        <LifeLabels row=row />
    }
}
