//! Notes about a contact: writing one, and those there are.

use charla_shared::contact::{NOTE_MAX, NoteText, NoteView};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::{Contact, api, note::Note, pages::Foot};
use crate::{
    i18n::t,
    ui::{Submit, changing, problem_words},
};

/// The notes, newest first.
#[component]
pub fn Notes(
    /// About whom.
    contact: Contact,
    /// Whether the part is unfolded.
    open: RwSignal<bool>,
) -> impl IntoView {
    let notes = contact.notes();
    Effect::new(move |_| {
        if open.get() {
            notes.begin();
        }
    });
    let may_edit = contact.may_edit();
    let none = Memo::new(move |_| notes.items.with(|notes| notes.as_ref().is_some_and(Vec::is_empty)));
    view! {
        {changing(move || may_edit.get().then(|| view! { <Write contact=contact /> }))}
        {changing(move || none.get().then(|| view! { <p class="quiet">{t("contacts-notes-none")}</p> }))}
        <ul class="notes" role="list">
            <For
                each=move || notes.items.get().unwrap_or_default()
                key=|note: &NoteView| note.id
                let:note
            >
                <Note contact=contact first=note />
            </For>
        </ul>
        <Foot pages=notes more=t("contacts-notes-more") />
    }
    .into_any()
}

/// A new note. What was written stays until it is saved.
#[component]
fn Write(contact: Contact) -> impl IntoView {
    let (text, busy) = (RwSignal::new(String::new()), RwSignal::new(false));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = text.get_untracked();
        if body.trim().is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::write_note(contact.workspace, contact.id, NoteText { body: body.clone() }).await {
                Ok(_) => {
                    // The next one may have been begun meanwhile.
                    if text.try_with_untracked(|text| *text == body) == Some(true) {
                        let _ = text.try_set(String::new());
                    }
                    contact.refresh();
                }
                Err(failure) => contact.toasts.fail(problem_words(&failure.0)),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="note-form" on:submit=submit>
            <textarea
                rows="2"
                dir="auto"
                maxlength=NOTE_MAX
                aria-label=t("contacts-note-new")
                placeholder=t("contacts-note-hint")
                prop:value=move || text.get()
                on:input:target=move |event| text.set(event.target().value())
            ></textarea>
            <Submit quiet=true busy=busy>{t("contacts-note-save")}</Submit>
        </form>
    }
    .into_any()
}
