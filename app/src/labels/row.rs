//! One label of the list.

use charla_shared::{id::LabelId, label::NewLabel, life::LabelUse};
use leptos::prelude::*;

use super::{edit::LabelForm, state::Labels};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Icon, Tag, changing, focus_soon},
};

/// A label, how often it is used, and what may be done with it.
#[component]
pub fn LabelRow(
    /// All of them.
    labels: Labels,
    /// This one.
    first: LabelUse,
    /// Whether the viewer may change it.
    manages: Memo<bool>,
) -> impl IntoView {
    let id = first.label.id;
    let known = labels.one(id);
    let now = Memo::new(move |last: Option<&LabelUse>| {
        known.get().or_else(|| last.cloned()).unwrap_or_else(|| first.clone())
    });
    let editing = RwSignal::new(false);
    let tag = move || now.with(|one| view! { <Tag colour=one.label.colour name=one.label.name.clone() /> });
    let used = move || now.with(|one| t_with("labels-used", &[("count", Arg::from(one.conversations))]));
    view! {
        <li class="entry label-row" id=row_id(id)>
            <div class="entry-main">
                {changing(tag)}
            </div>
            <span class="quiet">{changing(used)}</span>
            {changing(move || manages.get().then(|| view! { <Actions labels=labels now=now editing=editing /> }))}
            {changing(move || {
                (manages.get() && editing.get()).then(|| view! { <Edit labels=labels id=id now=now editing=editing /> })
            })}
        </li>
    }
    .into_any()
}

fn edit_id(label: LabelId) -> String {
    format!("label-edit-{label}")
}

/// The id of a label's row, for the focus that moves on when it goes.
pub fn row_id(label: LabelId) -> String {
    format!("label-row-{label}")
}

#[component]
fn Actions(labels: Labels, now: Memo<LabelUse>, editing: RwSignal<bool>) -> impl IntoView {
    let named = move |key: &str| t_with(key, &[("label", Arg::from(now.with(|one| one.label.name.clone())))]);
    let edit = move || named("labels-edit");
    let delete = move || named("labels-delete");
    view! {
        <button
            type="button"
            class="icon-button"
            id=move || now.with(|one| edit_id(one.label.id))
            aria-label=edit
            title=edit
            aria-expanded=move || editing.get().to_string()
            on:click=move |_| editing.update(|editing| *editing = !*editing)
        >
            <Icon name="pencil" />
        </button>
        <button
            type="button"
            class="icon-button"
            aria-label=delete
            title=delete
            on:click=move |_| labels.asked.set(Some(now.get_untracked()))
        >
            <Icon name="trash-2" />
        </button>
    }
    .into_any()
}

#[component]
fn Edit(labels: Labels, id: LabelId, now: Memo<LabelUse>, editing: RwSignal<bool>) -> impl IntoView {
    let label = now.get_untracked().label;
    let (name, colour) = (RwSignal::new(label.name.clone()), RwSignal::new(label.colour));
    let seen = NewLabel { name: label.name, colour: label.colour };
    let action = Action::new(move |new: &NewLabel| {
        let (new, seen) = (new.clone(), seen.clone());
        async move {
            let changed = labels.change(id, new, seen).await;
            if changed.is_ok() {
                let _ = editing.try_set(false);
                // The focus was in the form, which goes.
                focus_soon(edit_id(id));
            }
            changed
        }
    });
    view! { <LabelForm id=format!("label-{id}") name=name colour=colour save=t("labels-save") action=action /> }
}
