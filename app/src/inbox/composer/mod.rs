//! Where an answer is written, or a note for the team.
//!
//! What is typed is kept as a draft from the first letter, also what was typed before the page came alive ([`drafting`]).
//! Lists open over the field for canned replies and emoji ([`list`]). The pure rules are [`split`], [`trigger`] and
//! [`wrap`].

mod drafting;
mod emoji;
mod emoji_picker;
mod field;
mod foot;
mod list;
mod note_key;
mod notices;
mod quoting;
mod split;
mod tabs;
mod trigger;
mod wrap;
mod writing;

use charla_shared::{conversation::ConversationView, id::ConversationId};
use leptos::prelude::*;

use self::{
    emoji_picker::EmojiPicker,
    field::Field,
    foot::Foot,
    list::Offers,
    notices::{Notice, Stopped, WindowLeft},
    quoting::QuoteBar,
    tabs::Tabs,
    writing::{Mode, Writing},
};
use super::{state::InboxStore, window::left};
use crate::{
    i18n::t,
    ui::{Icon, changing},
};

/// The id of the field, for the shortcut that goes there.
pub const FIELD: &str = "composer-field";
/// The id of the tab for answers, for its shortcut.
pub const REPLY_TAB: &str = "composer-tab-reply";
/// The id of the tab for notes, for its shortcut.
pub const NOTE_TAB: &str = "composer-tab-note";
/// The id of what the tabs are about.
const PANEL: &str = "composer-panel";

/// The composer of one conversation.
#[component]
pub fn Composer(
    /// The page's state.
    store: InboxStore,
    /// Whom it writes to.
    conversation: ConversationId,
    /// Their row.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let writing = Writing::new(store, conversation, row);
    let window = left(row, store.now);
    let numbers = format!("/w/{}/settings/channels", store.workspace);
    let noting = Memo::new(move |_| writing.mode.get() == Mode::Note);
    // Notes are written whatever WhatsApp says.
    let barred = Memo::new(move |_| writing.barred.get().filter(|_| !noting.get()));
    let open = Memo::new(move |_| !noting.get() && writing.barred.get().is_none());
    let may_note = Memo::new(move |_| store.may_note_now());
    let tab = move || if noting.get() { NOTE_TAB } else { REPLY_TAB };
    // Whoever may write notes no more has the customer's field before them, and why it is closed.
    Effect::new(move |_| {
        if !may_note.get() && noting.get_untracked() {
            writing.turn_to(Mode::Reply);
        }
    });
    view! {
        <div class="composer" class:composer-noting=move || noting.get()>
            <Stopped row=row numbers=numbers.clone() />
            {changing(move || may_note.get().then(|| view! { <Tabs writing=writing /> }))}
            <div
                id=move || may_note.get().then_some(PANEL)
                role=move || may_note.get().then_some("tabpanel")
                aria-labelledby=move || may_note.get().then(tab)
            >
                <Notice barred=barred numbers=numbers />
                {changing(move || open.get().then(|| view! { <WindowLeft left=window.get() /> }))}
                <QuoteBar writing=writing />
                <Offers writing=writing />
                <div class="composer-box">
                    <EmojiPicker writing=writing />
                    <Field writing=writing />
                    <Send writing=writing />
                </div>
                <Foot writing=writing />
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Send(writing: Writing) -> impl IntoView {
    let noting = move || writing.mode.get() == Mode::Note;
    let ready = Memo::new(move |_| writing.is_ready());
    view! {
        <button
            type="button"
            class="composer-send"
            aria-label=move || if noting() { t("composer-note-write") } else { t("composer-send") }
            title=move || if noting() { t("composer-note-hint") } else { t("composer-send-hint") }
            disabled=move || !ready.get()
            on:click=move |_| writing.send()
        >
            <Icon name="send-horizontal" />
        </button>
    }
}
