//! One note about a contact, changed where it stands.

use charla_shared::{
    contact::{NOTE_MAX, NoteText, NoteView},
    id::ContactNoteId,
};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};

use super::{Contact, api};
use crate::{
    i18n::t,
    ui::{Button, Icon, Submit, Time, changing, focus_soon, leaving, problem_words},
};

/// A note. It follows what is changed elsewhere; what is being written in it stays.
#[component]
pub fn Note(
    /// About whom.
    contact: Contact,
    /// The note as it came.
    first: NoteView,
) -> impl IntoView {
    let (id, at, notes) = (first.id, first.created_at, contact.notes());
    let now = Memo::new(move |last: Option<&NoteView>| {
        let now = notes.items.with(|notes| notes.as_ref()?.iter().find(|note| note.id == id).cloned());
        now.or_else(|| last.cloned()).unwrap_or_else(|| first.clone())
    });
    let editing = RwSignal::new(false);
    let author = move || {
        now.with(|note| note.author.as_ref().map_or_else(|| t("contacts-note-nobody"), |author| author.name.clone()))
    };
    let changed = Memo::new(move |_| now.with(|note| note.updated_at > note.created_at));
    let rights = Memo::new(move |_| now.with(|note| (note.may_edit, note.may_delete)));
    let body = Memo::new(move |_| now.with(|note| note.body.clone()));
    view! {
        <li class="contact-note" id=row_id(id)>
            <header>
                <strong dir="auto">{changing(author)}</strong>
                <span class="quiet">
                    <Time at=at />
                    {changing(move || changed.get().then(|| view! { " · " {t("contacts-note-changed")} }))}
                </span>
                {changing(move || {
                    let (may_edit, may_delete) = rights.get();
                    view! {
                        {may_edit.then(|| tool(edit_id(id), "contacts-note-edit", "pencil", Box::new(move || editing.set(true))))}
                        {may_delete.then(|| tool(format!("note-delete-{id}"), "contacts-note-delete", "trash-2", Box::new(move || delete(contact, id))))}
                    }
                })}
            </header>
            {changing(move || {
                if editing.get() {
                    view! { <Edit contact=contact id=id body=body.get_untracked() editing=editing /> }.into_any()
                } else {
                    view! { <p class="note-body" dir="auto">{changing(move || body.get())}</p> }.into_any()
                }
            })}
        </li>
    }
    .into_any()
}

fn tool(id: String, key: &str, icon: &'static str, act: Box<dyn Fn() + Send>) -> impl IntoView + use<> {
    view! {
        <button type="button" id=id class="icon-button" aria-label=t(key) title=t(key) on:click=move |_| act()>
            <Icon name=icon />
        </button>
    }
}

#[component]
fn Edit(contact: Contact, id: ContactNoteId, body: String, editing: RwSignal<bool>) -> impl IntoView {
    let (text, busy, field) = (RwSignal::new(body), RwSignal::new(false), NodeRef::<html::Textarea>::new());
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
        }
    });
    // The focus is in what goes, and goes on where it came from.
    let end = move || {
        let _ = editing.try_set(false);
        focus_soon(edit_id(id));
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let written = text.get_untracked();
        if written.trim().is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        let notes = contact.notes();
        spawn_local(async move {
            match api::edit_note(contact.workspace, id, NoteText { body: written.clone() }).await {
                Ok(()) => {
                    // Shown at once, as the host keeps it; its own word of it follows.
                    let _ = notes.items.try_update(|notes| {
                        let note = notes.iter_mut().flatten().find(|note| note.id == id);
                        if let Some(note) = note {
                            written.trim().clone_into(&mut note.body);
                        }
                    });
                    end();
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
                rows="3"
                node_ref=field
                dir="auto"
                maxlength=NOTE_MAX
                aria-label=t("contacts-note-edit")
                prop:value=move || text.get()
                on:input:target=move |event| text.set(event.target().value())
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        event.prevent_default();
                        event.stop_propagation();
                        end();
                    }
                }
            ></textarea>
            <div class="form-line">
                <Submit quiet=true busy=busy>{t("contacts-save")}</Submit>
                <Button on_click=move |_| end()>{t("contacts-cancel")}</Button>
            </div>
        </form>
    }
    .into_any()
}

fn edit_id(note: ContactNoteId) -> String {
    format!("note-edit-{note}")
}

fn row_id(note: ContactNoteId) -> String {
    format!("note-row-{note}")
}

/// Deletes at once; the toast has it back.
fn delete(contact: Contact, id: ContactNoteId) {
    let pass_on = leaving(&row_id(id));
    let notes = contact.notes();
    let taken = notes.items.try_update(|notes| {
        let notes = notes.as_mut()?;
        notes.extract_if(.., |note| note.id == id).next()
    });
    let taken = taken.flatten();
    pass_on();
    spawn_local(async move {
        match api::delete_note(contact.workspace, id).await {
            Ok(()) => contact.toasts.offer(t("contacts-note-deleted"), t("contacts-undo"), move || {
                let taken = taken.clone();
                contact.make(Box::pin(async move {
                    api::restore_note(contact.workspace, id).await?;
                    // Loading anew reaches the newest only.
                    if let Some(taken) = taken {
                        notes.put_back(taken);
                    }
                    Ok(())
                }));
            }),
            Err(failure) => {
                contact.toasts.fail(problem_words(&failure.0));
                if let Some(taken) = taken {
                    notes.put_back(taken);
                }
            }
        }
        contact.refresh();
    });
}
