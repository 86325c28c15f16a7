//! Whose a conversation is: to be seen by all, to be chosen by those who may.

use std::collections::HashSet;

use charla_shared::{conversation::ConversationView, life::Change};
use leptos::prelude::*;

use super::{doing::use_life, keys::ASSIGNEE};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Picker, PickerOption},
};

/// The value that stands for nobody.
const NOBODY: &str = "nobody";

/// The choice of the assignee: oneself first, then nobody, then the others by name.
#[component]
pub fn AssigneePicker(
    /// The conversation.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let life = use_life();
    let options = Signal::derive(move || {
        life.store.staff.with(|desk| {
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
    });
    let chosen = Signal::derive(move || {
        let assignee = row.with(|row| row.assignee.as_ref().map(|member| member.id.to_string()));
        HashSet::from([assignee.unwrap_or_else(|| NOBODY.to_owned())])
    });
    let choose = Callback::new(move |value: String| {
        let to = value.parse().ok();
        if to.is_some() || value == NOBODY {
            life.change(row.with_untracked(|row| row.id), Change::Assignee { to });
        }
    });
    view! {
        <Picker id=ASSIGNEE label=t("life-assign") icon="user-plus" one=true options=options chosen=chosen on_toggle=choose />
    }
    .into_any()
}
