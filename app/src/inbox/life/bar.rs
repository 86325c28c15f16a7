//! What of a conversation's life stands in the head of its thread.

use charla_shared::{conversation::ConversationView, permission::Permission};
use leptos::prelude::*;

use super::{assignee::AssigneePicker, doing::use_life, labels::LabelsPicker, status::StatusButtons};
use crate::{
    i18n::t,
    ui::{Avatar, Tag, changing},
};

/// Whose it is and what may be done with it.
#[component]
pub fn LifeBar(
    /// The conversation.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let life = use_life();
    let assignee = Memo::new(move |_| row.with(|row| row.assignee.as_ref().map(|member| member.name.clone())));
    let called = move || assignee.get().unwrap_or_else(|| t("life-nobody"));
    let words = t("life-assignee");
    let titled = move || format!("{words}: {}", called());
    let rights = life.store.rights;
    let assigns = Memo::new(move |_| rights.may_now(Permission::ConversationsAssign));
    let manages = Memo::new(move |_| rights.may_now(Permission::ConversationsManage));
    view! {
        <div class="life-bar">
            <span class="life-assignee" class:life-nobody=move || assignee.read().is_none() title=titled>
                <span class="visually-hidden">{t("life-assignee")} ": "</span>
                // Where there is little room it stands for the name.
                {changing(move || assignee.get().map(|name| view! { <Avatar name=Signal::stored(name) /> }))}
                <span class="life-assignee-name" dir="auto">{changing(called)}</span>
            </span>
            {changing(move || assigns.get().then(|| view! { <AssigneePicker row=row /> }))}
            {changing(move || {
                manages
                    .get()
                    .then(|| {
                        view! {
                            <LabelsPicker row=row />
                            <StatusButtons row=row />
                        }
                    })
            })}
        </div>
    }
    .into_any()
}

/// Its labels, under the head, when it has any.
#[component]
pub fn LifeLabels(
    /// The conversation.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let desk = use_life().store.staff;
    // In the order of the desk, which is by name; a label that is gone is not shown.
    let labels = Memo::new(move |_| {
        let on = row.read().labels.clone();
        desk.with(|desk| desk.labels.iter().filter(|label| on.contains(&label.id)).cloned().collect::<Vec<_>>())
    });
    changing(move || {
        let labels = labels.get();
        (!labels.is_empty()).then(|| {
            let tags = labels
                .into_iter()
                .map(|label| view! { <li><Tag colour=label.colour name=label.name /></li> })
                .collect_view();
            view! { <ul class="life-labels" role="list" aria-label=t("life-labels")>{tags}</ul> }
        })
    })
}
