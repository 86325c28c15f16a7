//! To whom what is selected is given, and its labels.

use std::collections::HashSet;

use charla_shared::{conversation::ConversationView, life::Change};
use leptos::prelude::*;

use super::{
    super::{
        assignee::{self, NOBODY},
        labels,
    },
    Many,
};
use crate::{i18n::t, inbox::rows::Rows, ui::Picker};

/// What opens the choice of the assignee.
pub const ASSIGNEE: &str = "many-assignee";
/// What opens the labels.
pub const LABELS: &str = "many-labels";

/// Who, or which, all of them have: what `of` says of each.
fn common(rows: Rows, of: fn(&ConversationView) -> HashSet<String>) -> HashSet<String> {
    let known = rows.selection.with(|selection| selection.ids().filter_map(|id| rows.signal(id)).collect::<Vec<_>>());
    let sets = known.into_iter().map(|row| row.with(of));
    sets.reduce(|all, one| &all & &one).unwrap_or_default()
}

fn assignee_of(row: &ConversationView) -> HashSet<String> {
    HashSet::from([row.assignee.as_ref().map_or_else(|| NOBODY.to_owned(), |member| member.id.to_string())])
}

fn labels_of(row: &ConversationView) -> HashSet<String> {
    row.labels.iter().map(ToString::to_string).collect()
}

/// The choice of the assignee.
#[component]
pub fn ManyAssignee(
    /// What changes what is selected.
    many: Many,
) -> impl IntoView {
    let store = many.life.store;
    let chosen = Signal::derive(move || common(store.rows, assignee_of));
    let choose = Callback::new(move |value: String| {
        if let Some(change) = assignee::change_to(&value) {
            many.change(change);
        }
    });
    view! {
        <Picker
            id=ASSIGNEE
            label=t("life-assign")
            icon="user-plus"
            one=true
            options=assignee::options(store.staff)
            chosen=chosen
            on_toggle=choose
        />
    }
    .into_any()
}

/// The choice of the labels: one that all have is taken off, any other put on.
#[component]
pub fn ManyLabels(
    /// What changes what is selected.
    many: Many,
) -> impl IntoView {
    let store = many.life.store;
    let chosen = Signal::derive(move || common(store.rows, labels_of));
    let toggle = Callback::new(move |value: String| {
        let Ok(label) = value.parse() else { return };
        let on = !untrack(|| common(store.rows, labels_of)).contains(&value);
        many.change(Change::Label { label, on });
    });
    view! {
        <Picker
            id=LABELS
            label=t("life-labels")
            icon="tag"
            options=labels::options(store.staff)
            chosen=chosen
            on_toggle=toggle
        />
    }
    .into_any()
}
