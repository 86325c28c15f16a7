//! Where a conversation stands: in a word, and the button that closes it or opens it again.

use charla_shared::conversation::{ConversationView, Status};
use jiff::Timestamp;
use leptos::prelude::*;

use super::{doing::use_life, snooze::SnoozeMenu};
use crate::{
    i18n::t,
    inbox::when::{Style, When},
    ui::{Icon, changing},
};

/// The button and the menu beside it.
#[component]
pub fn StatusButtons(
    /// The conversation.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let life = use_life();
    let resolved = Memo::new(move |_| row.read().status == Status::Resolved);
    view! {
        <div class="life-status" role="group" aria-label=t("life-status")>
            <button
                type="button"
                class="button life-resolve"
                aria-keyshortcuts="e"
                on:click=move |_| life.resolve_or_reopen(row.with_untracked(|row| row.id))
            >
                {changing(move || {
                    if resolved.get() { view! { <Icon name="rotate-ccw" /> } } else { view! { <Icon name="check" /> } }
                })}
                <span>{changing(move || if resolved.get() { t("life-reopen") } else { t("life-resolve") })}</span>
            </button>
            <SnoozeMenu row=row />
        </div>
    }
    .into_any()
}

/// Where it stands, unless it is simply open.
#[component]
pub fn StatusWord(
    /// The conversation.
    row: RwSignal<ConversationView>,
) -> impl IntoView {
    let standing = Memo::new(move |_| row.with(|row| (row.status, row.snoozed_until)));
    changing(move || {
        let (status, until) = standing.get();
        (status != Status::Open).then(|| view! { <Word status=status until=until /> })
    })
}

#[component]
fn Word(status: Status, until: Option<Timestamp>) -> impl IntoView {
    view! {
        <span class="tag life-word">
            {t(&format!("life-word-{}", status.name()))}
            {until.map(|until| view! { " " <When at=Signal::stored(until) style=Style::Full /> })}
        </span>
    }
    .into_any()
}
