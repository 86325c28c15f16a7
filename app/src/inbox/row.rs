//! One row of the list.

use charla_shared::conversation::ConversationView;
use leptos::{either::Either, prelude::*, reactive::computed::Selector};

use super::{
    address,
    content::kind_icon,
    preview::{self, Words, kind_key},
    state::InboxStore,
    ticks::Ticks,
    when::{Style, When},
    window::{self, Left},
};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Avatar, Badge, Icon, changing},
};
use charla_shared::id::ConversationId;

/// What to call the other end.
pub fn title(view: &ConversationView) -> String {
    view.contact.title().unwrap_or_else(|| t("inbox-nameless"))
}

/// One conversation: who, when, the last message in a line, and how much of it is unread.
#[component]
pub fn Row(
    /// The page's state.
    store: InboxStore,
    /// Which row is on screen.
    selected: Selector<Option<ConversationId>>,
    /// The row.
    row: ArcRwSignal<ConversationView>,
) -> impl IntoView {
    let id = row.read_untracked().id;
    let row = RwSignal::from(row);
    let href = move || address::inbox(store.workspace, Some(id), store.rows.filter.get());
    let name = Memo::new(move |_| row.with(title));
    let unread = Memo::new(move |_| row.read().unread);
    let at = Memo::new(move |_| row.read().last_message_at);
    let last = Memo::new(move |_| row.read().preview.clone());
    let left = window::left(row, store.now);
    let drafted = Memo::new(move |_| store.desk.drafts.read().contains(&id));
    let closing = Memo::new(move |_| Some(left.get()).filter(|left| !matches!(left, Left::Hours(_))));
    view! {
        <li class="row-item">
            <a
                class="row"
                class:row-unread=move || { unread.get() > 0 }
                href=href
                aria-current=move || selected.selected(&Some(id)).then_some("page")
            >
                <Avatar name=name />
                <span class="row-name" dir="auto">{changing(move || name.get())}</span>
                <span class="row-time">
                    {changing(move || closing.get().map(|left| view! { <Closing left=left /> }))}
                    <When at=at style=Style::Row />
                </span>
                <span class="row-preview">
                    {changing(move || drafted.get().then(|| view! { <span class="row-draft">{t("row-draft")} " "</span> }))}
                    {changing(move || last.with(preview_line))}
                </span>
                {changing(move || {
                    let unread = unread.get();
                    (unread > 0)
                        .then(|| {
                            let label = t_with("inbox-unread-messages", &[("count", Arg::from(unread))]);
                            view! { <Badge count=unread label=label /> }
                        })
                })}
            </a>
        </li>
    }
    .into_any()
}

/// The mark of a window that closes soon, or has closed.
#[component]
fn Closing(left: Left) -> impl IntoView {
    let words = left.words();
    let icon = if left == Left::Nothing { "lock" } else { "clock" };
    view! {
        <span class="row-window" class:row-window-soon=left != Left::Nothing title=words>
            <Icon name=icon />
            <span class="visually-hidden">{words.clone()}</span>
        </span>
    }
}

fn preview_line(last: &charla_shared::conversation::Preview) -> impl IntoView + use<> {
    let line = preview::line(last);
    let words = match line.words {
        Words::Own(text) => text.to_owned(),
        Words::Kind(kind) => t(&kind_key(kind)),
    };
    let mark = line.kind.map(|kind| {
        let name = t(&kind_key(kind));
        let said = matches!(line.words, Words::Own(_));
        view! {
            <Icon name=kind_icon(kind) />
            {if said { Either::Left(view! { <span class="visually-hidden">{name} ": "</span> }) } else { Either::Right(()) }}
        }
    });
    view! {
        {line.state.map(|state| view! { <Ticks state=state /> })}
        {mark}
        <span class="row-words" dir="auto">{words}</span>
    }
}
