//! A contact's name, changed where it stands: Enter saves, Escape leaves it as it was.

use charla_shared::contact::{NAME_MAX, NewName};
use leptos::{ev::KeyboardEvent, html, prelude::*};

use super::{Contact, api};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Icon, changing},
};

/// The name, and the way to change it.
#[component]
pub fn Name(
    /// Whose.
    contact: Contact,
    /// What to call them until they are loaded.
    #[prop(into)]
    known: Signal<String>,
) -> impl IntoView {
    let (may_edit, editing) = (contact.may_edit(), RwSignal::new(false));
    let shown = Memo::new(move |_| contact.title().unwrap_or_else(|| known.get()));
    let theirs =
        Memo::new(move |_| contact.card.with(|card| card.as_ref().and_then(|card| card.whatsapp_name.clone())));
    let button = NodeRef::<html::Button>::new();
    view! {
        <div class="name">
            {changing(move || {
                if editing.get() {
                    view! { <Input contact=contact editing=editing button=button /> }.into_any()
                } else {
                    view! {
                        <h2 dir="auto">{changing(move || shown.get())}</h2>
                        {changing(move || {
                            may_edit
                                .get()
                                .then(|| {
                                    view! {
                                        <button
                                            type="button"
                                            class="icon-button"
                                            node_ref=button
                                            aria-label=t("contacts-rename")
                                            title=t("contacts-rename")
                                            on:click=move |_| editing.set(true)
                                        >
                                            <Icon name="pencil" />
                                        </button>
                                    }
                                })
                        })}
                    }
                    .into_any()
                }
            })}
        </div>
        {changing(move || {
            theirs
                .get()
                .filter(|name| !name.is_empty())
                .map(|name| {
                    let words = t_with("contacts-whatsapp-name", &[("name", Arg::from(name))]);
                    view! { <p class="quiet name-theirs" dir="auto">{words}</p> }
                })
        })}
    }
    .into_any()
}

#[component]
fn Input(contact: Contact, editing: RwSignal<bool>, button: NodeRef<html::Button>) -> impl IntoView {
    let name = contact.card.with_untracked(|card| card.as_ref().map(|card| card.contact.name.clone()));
    let first = name.unwrap_or_default();
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    let done = move |by_key: bool| {
        editing.set(false);
        if by_key {
            // Once the button is there again.
            request_animation_frame(move || {
                if let Some(button) = button.try_get_untracked().flatten() {
                    let _ = button.focus();
                }
            });
        }
    };
    let before = StoredValue::new(first.clone());
    let save = move |by_key: bool| {
        // Leaving comes after Enter and Escape, too.
        if !editing.get_untracked() {
            return;
        }
        let written = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if before.with_value(|before| *before != written.trim()) {
            rename(contact, &written);
        }
        done(by_key);
    };
    let pressed = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            save(true);
        }
        "Escape" => {
            event.prevent_default();
            event.stop_propagation();
            done(true);
        }
        _ => {}
    };
    view! {
        <input
            class="name-input"
            node_ref=field
            dir="auto"
            autocomplete="off"
            maxlength=NAME_MAX
            aria-label=t("contacts-name")
            placeholder=t("contacts-name-hint")
            value=first
            on:keydown=pressed
            on:blur=move |_| save(false)
        />
    }
    .into_any()
}

fn rename(contact: Contact, written: &str) {
    let name = written.trim().to_owned();
    let new = NewName { name: name.clone() };
    let request = Box::pin(api::rename(contact.workspace, contact.id, new));
    contact.change(
        |card| {
            card.contact.name = if name.is_empty() { card.whatsapp_name.clone().unwrap_or_default() } else { name };
        },
        request,
    );
}
