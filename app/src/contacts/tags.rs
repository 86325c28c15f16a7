//! A contact's tags: those it has, and the way to others.

use std::collections::HashSet;

use charla_shared::{
    id::TagId,
    label::{Colour, NAME_MAX, NewLabel, TagView},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::{Contact, api};
use crate::{
    i18n::t,
    ui::{Picker, PickerOption, Submit, Tag, changing, problem_words},
};

/// The tags.
#[component]
pub fn Tags(
    /// Whose.
    contact: Contact,
) -> impl IntoView {
    let may_edit = contact.may_edit();
    let tags =
        Memo::new(move |_| contact.card.with(|card| card.as_ref().map(|card| card.tags.clone()).unwrap_or_default()));
    view! {
        {changing(move || {
            let tags = tags.get();
            if tags.is_empty() {
                return view! { <p class="quiet">{t("contacts-tags-none")}</p> }.into_any();
            }
            let chips = tags.into_iter().map(|tag| view! { <li><Tag colour=tag.colour name=tag.name /></li> });
            view! { <ul class="tags" role="list">{chips.collect_view()}</ul> }.into_any()
        })}
        {changing(move || may_edit.get().then(|| view! { <Choose contact=contact tags=tags /> }))}
    }
    .into_any()
}

#[component]
fn Choose(contact: Contact, tags: Memo<Vec<TagView>>) -> impl IntoView {
    let options = Signal::derive(move || {
        let option = |tag: &TagView| PickerOption {
            value: tag.id.to_string(),
            name: tag.name.clone(),
            colour: Some(tag.colour),
        };
        contact.tags.with(|all| all.iter().map(option).collect())
    });
    let chosen =
        Signal::derive(move || tags.with(|tags| tags.iter().map(|tag| tag.id.to_string()).collect::<HashSet<_>>()));
    let toggle = Callback::new(move |value: String| {
        let tag = contact.tags.with_untracked(|all| all.iter().find(|tag| tag.id.to_string() == value).cloned());
        if let Some(tag) = tag {
            let on = !tags.with_untracked(|tags| tags.iter().any(|one| one.id == tag.id));
            set(contact, tag, on);
        }
    });
    view! {
        <Picker id="contact-tags" label=t("contacts-tags-change") options=options chosen=chosen on_toggle=toggle>
            <NewTag contact=contact />
        </Picker>
    }
    .into_any()
}

/// Shows it at once, by name as the host sorts them.
fn set(contact: Contact, tag: TagView, on: bool) {
    let id: TagId = tag.id;
    contact.change(
        move |card| {
            card.tags.retain(|one| one.id != id);
            if on {
                let place = card.tags.partition_point(|one| one.name.to_lowercase() < tag.name.to_lowercase());
                card.tags.insert(place, tag);
            }
        },
        Box::pin(api::set_tag(contact.workspace, contact.id, id, on)),
    );
}

/// A tag that nobody has made yet, put on as soon as it is made.
#[component]
fn NewTag(contact: Contact) -> impl IntoView {
    let (name, colour, busy) = (RwSignal::new(String::new()), RwSignal::new(Colour::default()), RwSignal::new(false));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let new = NewLabel { name: name.get_untracked(), colour: colour.get_untracked() };
        if new.name.trim().is_empty() || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            match api::create_tag(contact.workspace, new).await {
                Ok(tag) if !name.is_disposed() => {
                    name.set(String::new());
                    // Its news may have been quicker.
                    contact.tags.update(|all| {
                        if all.iter().all(|one| one.id != tag.id) {
                            let name = tag.name.to_lowercase();
                            // In its place: it does not move when all are asked for.
                            all.insert(all.partition_point(|one| one.name.to_lowercase() < name), tag.clone());
                        }
                    });
                    set(contact, tag, true);
                }
                Ok(_) => {}
                Err(failure) => contact.toasts.fail(problem_words(&failure.0)),
            }
            let _ = busy.try_set(false);
        });
    };
    view! {
        <form class="tag-form" on:submit=submit>
            <input
                aria-label=t("contacts-tag-new")
                placeholder=t("contacts-tag-new")
                autocomplete="off"
                dir="auto"
                maxlength=NAME_MAX
                prop:value=move || name.get()
                on:input:target=move |event| name.set(event.target().value())
            />
            <ColourSelect colour=colour />
            <Submit quiet=true busy=busy>{t("contacts-tag-create")}</Submit>
        </form>
    }
    .into_any()
}

/// A choice of a colour.
#[component]
pub fn ColourSelect(
    /// What is chosen.
    colour: RwSignal<Colour>,
) -> impl IntoView {
    let options = Colour::ALL.iter().copied().map(move |one| {
        view! {
            <option value=one.name() selected=move || colour.get() == one>
                {t(&format!("contacts-colour-{}", one.name()))}
            </option>
        }
    });
    view! {
        <select
            aria-label=t("contacts-colour")
            on:change:target=move |event| colour.set(Colour::from_name(&event.target().value()))
        >
            {options.collect_view()}
        </select>
    }
    .into_any()
}
