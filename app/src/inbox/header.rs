//! The head of a thread: who it is with, the way back, and the way to their details.

use charla_shared::{conversation::ConversationView, list::ListQuery};
use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    address,
    find::{FindButton, Finding},
    life::{LifeBar, LifeLabels, StatusWord},
    panes::{Details, PaneLayout},
    row::title,
    state::InboxStore,
};
use crate::{
    i18n::t,
    ui::{Avatar, Icon, changing},
};

/// The id of the button that brings the contact on screen, and takes them away.
pub const DETAILS: &str = "thread-details";

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
    /// Whether their details are on screen.
    details: Details,
    /// The search within the thread.
    finding: Finding,
) -> impl IntoView {
    let name = Memo::new(move |_| row.with(title));
    let channel = Memo::new(move |_| row.read().channel_label.clone());
    let panes = PaneLayout::of_page();
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
            <FindButton finding=finding />
            <button
                type="button"
                id=DETAILS
                class="icon-button"
                aria-label=t("contact-show")
                title=t("contact-show")
                aria-keyshortcuts="d"
                aria-expanded=move || details.shown.get().to_string()
                on:click=move |event| toggle(details, panes, &event)
            >
                <Icon name="info" />
            </button>
        </header>
        <LifeLabels row=row />
    }
}

fn toggle(details: Details, panes: PaneLayout, event: &MouseEvent) {
    if let Some(button) = event.current_target().and_then(|button| button.dyn_into::<Element>().ok()) {
        details.toggle(panes, &button);
    }
}
