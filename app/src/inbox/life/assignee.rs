//! Whose a conversation is: to be seen by all, to be chosen by those who may.

use std::collections::HashSet;

use charla_shared::{
    conversation::ConversationView,
    life::{Change, Desk},
};
use leptos::prelude::*;

use super::{doing::use_life, keys::ASSIGNEE};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Picker, PickerOption},
};

/// The value that stands for nobody.
pub(super) const NOBODY: &str = "nobody";

/// Whom to choose from: oneself first, then nobody, then the others by name.
pub(super) fn options(staff: Memo<Desk>) -> Signal<Vec<PickerOption>> {
    Signal::derive(move || {
        staff.with(|desk| {
            let me = desk.me.and_then(|me| desk.member(me));
            let mine =
                me.map(|me| (me.id.to_string(), t_with("life-assign-me", &[("name", Arg::from(me.name.clone()))])));
            let others = desk.members.iter().filter(|member| Some(member.id) != desk.me);
            mine.into_iter()
                .chain([(NOBODY.to_owned(), t("life-nobody"))])
                .chain(others.map(|member| (member.id.to_string(), member.name.clone())))
                .map(|(value, name)| PickerOption { value, name, colour: None })
                .collect::<Vec<_>>()
        })
    })
}

/// The change that a choice stands for; none for what is no choice.
pub(super) fn change_to(value: &str) -> Option<Change> {
    let to = value.parse().ok();
    (to.is_some() || value == NOBODY).then_some(Change::Assignee { to })
}

/// The choice of the assignee.
#[component]
pub fn AssigneePicker(
    /// The conversation.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let life = use_life();
    let chosen = Signal::derive(move || {
        let assignee = row.with(|row| row.assignee.as_ref().map(|member| member.id.to_string()));
        HashSet::from([assignee.unwrap_or_else(|| NOBODY.to_owned())])
    });
    let choose = Callback::new(move |value: String| {
        if let Some(change) = change_to(&value) {
            life.change(row.with_untracked(|row| row.id), change);
        }
    });
    view! {
        <Picker
            id=ASSIGNEE
            label=t("life-assign")
            icon="user-plus"
            one=true
            options=options(life.store.staff)
            chosen=chosen
            on_toggle=choose
        />
    }
    .into_any()
}
