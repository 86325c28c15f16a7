//! Answer or note.

use leptos::{html, prelude::*};

use super::{
    NOTE_TAB, PANEL, REPLY_TAB,
    writing::{Mode, Writing},
};
use crate::{i18n::t, ui::Icon};

/// The tabs; for those who may write notes.
#[component]
pub fn Tabs(writing: Writing) -> impl IntoView {
    let (reply, note) = (NodeRef::<html::Button>::new(), NodeRef::<html::Button>::new());
    let walk = move |event: leptos::ev::KeyboardEvent| {
        if !matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
            return;
        }
        event.prevent_default();
        // Two tabs: either way leads to the other one.
        let (mode, tab) = match writing.mode.get_untracked() {
            Mode::Reply => (Mode::Note, note),
            Mode::Note => (Mode::Reply, reply),
        };
        writing.turn_to(mode);
        request_animation_frame(move || {
            if let Some(tab) = tab.get_untracked() {
                let _ = tab.focus();
            }
        });
    };
    view! {
        <div class="composer-tabs" role="tablist" aria-label=t("composer-tabs") on:keydown=walk>
            {tab(writing, Mode::Reply, reply)}
            {tab(writing, Mode::Note, note)}
        </div>
    }
    .into_any()
}

fn tab(writing: Writing, mode: Mode, node: NodeRef<html::Button>) -> impl IntoView {
    let (id, icon, name, key) = match mode {
        Mode::Reply => (REPLY_TAB, "message-square-text", t("composer-reply"), "r"),
        Mode::Note => (NOTE_TAB, "sticky-note", t("composer-note"), "n"),
    };
    let chosen = move || writing.mode.get() == mode;
    view! {
        <button
            type="button"
            id=id
            node_ref=node
            role="tab"
            class="composer-tab"
            aria-selected=move || chosen().to_string()
            aria-controls=PANEL
            aria-keyshortcuts=key
            tabindex=move || if chosen() { "0" } else { "-1" }
            on:click=move |_| writing.turn_to(mode)
        >
            <Icon name=icon />
            {name}
        </button>
    }
}
