//! One field of a contact: written where it stands, saved when one leaves it or presses Enter.

use std::time::Duration;

use charla_shared::contact_field::{FieldKind, FieldValue, FieldView, TEXT_MAX};
use leptos::{html, prelude::*, task::spawn_local};
use web_sys::HtmlInputElement;

use super::{Contact, api};
use crate::{
    i18n::t,
    ui::{changing, problem_words},
};

/// How long it is said that a value is saved.
const SAID: Duration = Duration::from_secs(3);
/// Stands for what the browser cannot read; a value of no kind that has an input of its own.
const UNREADABLE: &str = "?";

/// What became of what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Saving {
    /// Nothing is to be said.
    Idle,
    /// It is on its way.
    Busy,
    /// It is stored.
    Saved,
    /// It is not, for this reason; it still stands in the field.
    Refused(String),
}

/// A field with what is known.
#[component]
pub fn Value(
    /// Of whom.
    contact: Contact,
    /// The field.
    field: FieldView,
) -> impl IntoView {
    let (id, name, kind) = (format!("value-{}", field.id), field.name.clone(), field.kind.clone());
    let (may_edit, state) = (contact.may_edit(), RwSignal::new(Saving::Idle));
    let field_id = field.id;
    let stored = Memo::new(move |_| {
        let of = |card: &charla_shared::contact::ContactCard| {
            card.values.iter().find(|value| value.field == field_id).map(|value| value.value.written())
        };
        contact.card.with(|card| card.as_ref().and_then(of)).unwrap_or_default()
    });
    let field = StoredValue::new(field);
    let turn = StoredValue::new(0_u32);
    let save = Callback::new(move |written: String| save(contact, field, (state, turn), &written));
    let said = format!("{id}-said");
    let described = said.clone();
    view! {
        <div class="value">
            {changing(move || {
                if may_edit.get() {
                    let (id, said) = (id.clone(), described.clone());
                    view! {
                        <label for=id.clone()>{name.clone()}</label>
                        <Control id=id said=said kind=kind.clone() stored=stored state=state save=save />
                    }
                    .into_any()
                } else {
                    let kind = kind.clone();
                    view! {
                        <span class="value-name">{name.clone()}</span>
                        <span dir="auto">{changing(move || read_only(&kind, &stored.get()))}</span>
                    }
                    .into_any()
                }
            })}
            <p class="value-said" id=said role="status">
                {changing(move || match state.get() {
                    Saving::Idle => ().into_any(),
                    Saving::Busy => view! { <span class="quiet">{t("contacts-saving")}</span> }.into_any(),
                    Saving::Saved => view! { <span class="quiet">{t("contacts-saved")}</span> }.into_any(),
                    Saving::Refused(why) => view! { <span class="field-error">{why}</span> }.into_any(),
                })}
            </p>
        </div>
    }
    .into_any()
}

fn read_only(kind: &FieldKind, stored: &str) -> String {
    match kind {
        _ if stored.is_empty() => "–".to_owned(),
        FieldKind::YesNo => t(&format!("contacts-{stored}")),
        _ => stored.to_owned(),
    }
}

/// The input that fits the kind.
#[component]
fn Control(
    id: String,
    said: String,
    kind: FieldKind,
    stored: Memo<String>,
    state: RwSignal<Saving>,
    save: Callback<String>,
) -> impl IntoView {
    let wrong = move || matches!(*state.read(), Saving::Refused(_)).then_some("true");
    let offered: Vec<(String, String)> = match &kind {
        FieldKind::Choice { choices } => choices.iter().map(|choice| (choice.clone(), choice.clone())).collect(),
        FieldKind::YesNo => ["true", "false"].map(|value| (value.to_owned(), t(&format!("contacts-{value}")))).into(),
        // A number is a text of its own: a native one tells nothing about what it cannot read.
        FieldKind::Text | FieldKind::Number | FieldKind::Date => {
            let native = if kind == FieldKind::Date { "date" } else { "text" };
            let keyboard = if kind == FieldKind::Number { "decimal" } else { "text" };
            return view! {
                <Input
                    id=id
                    said=said
                    native=native
                    keyboard=keyboard
                    stored=stored
                    state=state
                    save=save
                />
            }
            .into_any();
        }
    };
    // A choice that is not offered any more stays where it was made.
    let options = Memo::new(move |_| {
        let (mut options, stored) = (offered.clone(), stored.get());
        if !stored.is_empty() && options.iter().all(|(value, _)| *value != stored) {
            options.push((stored.clone(), stored));
        }
        options
    });
    view! {
        <select
            id=id
            aria-invalid=wrong
            aria-describedby=said
            prop:value=move || stored.get()
            on:change:target=move |event| save.run(event.target().value())
        >
            <option value="" selected=move || stored.read().is_empty()>"–"</option>
            <For each=move || options.get() key=Clone::clone let:option>
                {
                    let value = option.0.clone();
                    view! { <option value=option.0 selected=move || *stored.read() == value>{option.1}</option> }
                }
            </For>
        </select>
    }
    .into_any()
}

#[component]
fn Input(
    id: String,
    said: String,
    native: &'static str,
    keyboard: &'static str,
    stored: Memo<String>,
    state: RwSignal<Saving>,
    save: Callback<String>,
) -> impl IntoView {
    let wrong = move || matches!(*state.read(), Saving::Refused(_)).then_some("true");
    let field = NodeRef::<html::Input>::new();
    // What stood in it last: as it was stored, or as it was written here.
    let last = StoredValue::new(stored.get_untracked());
    let show = move |field: &HtmlInputElement, stored: String| {
        field.set_value(&stored);
        last.set_value(stored);
    };
    // What is stored is shown, but never over what is being written here, on its way, or refused.
    Effect::new(move |_| {
        let (stored, settled) = (stored.get(), matches!(*state.read(), Saving::Idle | Saving::Saved));
        if let Some(field) = field.get()
            && settled
            && last.with_value(|last| *last == field.value() && *last != stored)
        {
            show(&field, stored);
        }
    });
    let leave = move || {
        let Some(field) = field.get_untracked() else { return };
        // Half a date has no value, which would delete the one there is.
        let written = if field.validity().bad_input() { UNREADABLE.to_owned() } else { field.value() };
        let refused = matches!(*state.read_untracked(), Saving::Refused(_));
        // What was refused is tried again: the connection may be back.
        if last.with_value(|last| *last != written) || refused {
            last.set_value(written.clone());
            save.run(written);
        } else if *state.read_untracked() == Saving::Idle && stored.with_untracked(|stored| *stored != written) {
            // Somebody else wrote while one began to, and took it back.
            show(&field, stored.get_untracked());
        }
    };
    view! {
        <input
            id=id
            node_ref=field
            type=native
            inputmode=keyboard
            dir="auto"
            autocomplete="off"
            maxlength=TEXT_MAX
            aria-invalid=wrong
            aria-describedby=said
            value=stored.get_untracked()
            // Not on every change: a date that is being typed is a date, or none, after each key.
            on:blur=move |_| {
                // A window that goes to the background leaves its field the focus.
                let field = field.get_untracked();
                if document().active_element().is_none_or(|focused| !focused.is_same_node(field.as_deref().map(AsRef::as_ref))) {
                    leave();
                }
            }
            on:keydown=move |event| {
                if event.key() == "Enter" && !event.is_composing() {
                    leave();
                }
            }
        />
    }
    .into_any()
}

fn save(
    contact: Contact,
    field: StoredValue<FieldView>,
    (state, turn): (RwSignal<Saving>, StoredValue<u32>),
    written: &str,
) {
    // Only what became of the last one is said.
    let mine = turn.try_update_value(|turn| {
        *turn = turn.wrapping_add(1);
        *turn
    });
    let (id, read) = field.with_value(|field| (field.id, FieldValue::read(&field.kind, written)));
    let value = match read {
        Ok(value) => value,
        Err(problem) => return state.set(Saving::Refused(t(&format!("contacts-value-{}", problem.name())))),
    };
    state.set(Saving::Busy);
    spawn_local(async move {
        let saved = contact.in_turn(api::set_value(contact.workspace, contact.id, id, value.clone())).await;
        let came = match &saved {
            Ok(()) => {
                // As it is kept; the host's own word of it follows.
                contact.put_value(id, value);
                Saving::Saved
            }
            Err(failure) => Saving::Refused(problem_words(&failure.0)),
        };
        if mine.is_some() && turn.try_get_value() == mine {
            let _ = state.try_set(came);
        }
        if saved.is_ok() {
            contact.refresh();
            let quiet = move || {
                if state.try_get_untracked() == Some(Saving::Saved) {
                    let _ = state.try_set(Saving::Idle);
                }
            };
            set_timeout(quiet, SAID);
        }
    });
}
