//! The labels of a conversation: to be seen by all, to be chosen and made by those who may.

use std::collections::HashSet;

use charla_shared::{
    conversation::ConversationView,
    label::{Colour, LabelView, NewLabel, name_rule},
    life::{Change, Desk},
};
use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};

use super::{doing::use_life, keys::LABELS};
use crate::{
    i18n::t,
    labels,
    ui::{Icon, Picker, PickerOption, problem_words, use_toasts},
};

/// The choice of the labels, with a field to make another one.
#[component]
pub fn LabelsPicker(
    /// The conversation.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let life = use_life();
    let desk = life.store.staff;
    let chosen =
        Signal::derive(move || row.with(|row| row.labels.iter().map(ToString::to_string).collect::<HashSet<_>>()));
    let toggle = Callback::new(move |value: String| {
        let Ok(label) = value.parse() else { return };
        let (id, on) = row.with_untracked(|row| (row.id, !row.labels.contains(&label)));
        life.change(id, Change::Label { label, on });
    });
    view! {
        <Picker id=LABELS label=t("life-labels") icon="tag" options=options(desk) chosen=chosen on_toggle=toggle>
            <NewLabelField row=row />
        </Picker>
    }
    .into_any()
}

/// The labels of the workspace, to choose from.
pub(super) fn options(desk: Memo<Desk>) -> Signal<Vec<PickerOption>> {
    Signal::derive(move || desk.with(|desk| desk.labels.iter().map(option).collect::<Vec<_>>()))
}

fn option(label: &LabelView) -> PickerOption {
    PickerOption { value: label.id.to_string(), name: label.name.clone(), colour: Some(label.colour) }
}

/// Takes a label into its place by name. The host's word of it may have come first.
fn put(labels: &mut Vec<LabelView>, new: LabelView) {
    labels.retain(|label| label.id != new.id);
    labels.push(new);
    labels.sort_by_key(|label| label.name.to_lowercase());
}

/// Makes a label and puts it on at once.
#[component]
fn NewLabelField(row: RwSignal<ConversationView>) -> impl IntoView {
    let life = use_life();
    let (name, toasts) = (RwSignal::new(String::new()), use_toasts());
    let make = move |event: SubmitEvent| {
        event.prevent_default();
        let written = name.get_untracked();
        if name_rule(&written, &()).is_err() {
            return;
        }
        let (conversation, store) = (row.with_untracked(|row| row.id), life.store);
        // Colours in turn, so that labels made in a hurry are told apart.
        let turn = store.staff.with_untracked(|desk| desk.labels.len()) % Colour::ALL.len();
        let new = NewLabel { name: written, colour: Colour::ALL.get(turn).copied().unwrap_or_default() };
        spawn_local(async move {
            match labels::api::create(store.workspace, new).await {
                Ok(label) => {
                    let _ = name.try_set(String::new());
                    let id = label.id;
                    let _ = store.choices.try_update(|choices| put(&mut choices.labels, label));
                    life.change(conversation, Change::Label { label: id, on: true });
                }
                Err(failure) => toasts.fail(problem_words(&failure.0)),
            }
        });
    };
    view! {
        <form class="life-new-label" on:submit=make>
            <input
                aria-label=t("labels-new")
                placeholder=t("labels-new")
                autocomplete="off"
                maxlength="50"
                prop:value=move || name.get()
                on:input:target=move |event| name.set(event.target().value())
            />
            <button type="submit" class="icon-button" aria-label=t("labels-create") title=t("labels-create")>
                <Icon name="plus" />
            </button>
        </form>
        <a class="life-manage" href=format!("/w/{}/settings/labels", life.store.workspace)>{t("labels-manage")}</a>
    }
    .into_any()
}
