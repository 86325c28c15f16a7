//! One row of the list.

use charla_shared::{
    conversation::{ConversationView, Preview, Status},
    id::ConversationId,
    list::{Sort, waited_minutes},
};
use jiff::Timestamp;
use leptos::{either::Either, prelude::*, reactive::computed::Selector};

use super::{
    address,
    content::kind_icon,
    list::row_id,
    picking::{PickBox, may_pick},
    preview::{self, Words, kind_key},
    state::InboxStore,
    thread_cache,
    ticks::Ticks,
    when::{Style, When},
    window::{self, Left},
};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Avatar, Badge, Icon, changing},
};

/// What to call the other end.
pub fn title(view: &ConversationView) -> String {
    view.contact.title().unwrap_or_else(|| t("inbox-nameless"))
}

/// One conversation: who, when, the last message in a line, and how it stands.
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
    let last = Memo::new(move |_| row.read().preview.clone());
    let prefetch = thread_cache::Prefetch::new(store, id);
    let drafted = Memo::new(move |_| store.desk.drafts.read().contains(&id));
    let (rows, may_pick) = (store.rows, may_pick(store));
    let picked = Memo::new(move |_| rows.selection.with(|selection| selection.contains(id)));
    view! {
        <li
            class="row-item"
            class:row-parked=move || store.list.is_parked(id)
            class:row-picked=move || picked.get()
        >
            {may_pick.then(|| view! { <PickBox rows=rows id=id name=name picked=picked /> })}
            <a
                class="row"
                class:row-unread=move || { unread.get() > 0 }
                id=row_id(id)
                href=href
                aria-current=move || selected.selected(&Some(id)).then_some("page")
                on:pointerenter=move |_| prefetch.soon()
                on:pointerleave=move |_| prefetch.never_mind()
                on:focus=move |_| prefetch.soon()
                on:blur=move |_| prefetch.never_mind()
            >
                <Avatar name=name />
                <span class="row-name" dir="auto">{changing(move || name.get())}</span>
                <RowTime store=store row=row />
                <span class="row-preview">
                    {changing(move || drafted.get().then(|| view! { <span class="row-draft">{t("row-draft")} " "</span> }))}
                    {changing(move || last.with(preview_line))}
                </span>
                <span class="row-marks">
                    <Marks store=store row=row />
                    {changing(move || {
                        let unread = unread.get();
                        (unread > 0)
                            .then(|| {
                                let label = t_with("inbox-unread-messages", &[("count", Arg::from(unread))]);
                                view! { <Badge count=unread label=label /> }
                            })
                    })}
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// When the last message was or, where the list is sorted so, how long the customer has waited; and whether the window
/// closes.
#[component]
fn RowTime(store: InboxStore, row: RwSignal<ConversationView>) -> impl IntoView {
    let at = Memo::new(move |_| row.read().last_message_at);
    let left = window::left(row, store.now);
    let closing = Memo::new(move |_| Some(left.get()).filter(|left| !matches!(left, Left::Hours(_))));
    let waiting = Memo::new(move |_| {
        let since = row.read().waiting_since?;
        (store.rows.filter.read().sort == Sort::WaitingLongest).then(|| waited(store.now.get(), since))
    });
    view! {
        <span class="row-time">
            {changing(move || closing.get().map(|left| view! { <Closing left=left /> }))}
            {changing(move || match waiting.get() {
                Some(words) => Either::Left(view! { <span class="row-waiting">{words}</span> }),
                None => Either::Right(view! { <When at=at style=Style::Row /> }),
            })}
        </span>
    }
    .into_any()
}

/// How long somebody has waited, in the largest unit that fits.
fn waited(now: Timestamp, since: Timestamp) -> String {
    let (key, count) = match waited_minutes(now, since) {
        minutes @ ..60 => ("list-waited-minutes", minutes),
        minutes @ 60..1_440 => ("list-waited-hours", minutes / 60),
        minutes => ("list-waited-days", minutes / 1_440),
    };
    t_with(key, &[("count", Arg::from(count))])
}

/// How the conversation stands: its status when it is not open, its labels as dots, whose it is when not the viewer's.
#[component]
fn Marks(store: InboxStore, row: RwSignal<ConversationView>) -> impl IntoView {
    let status = Memo::new(move |_| row.read().status);
    let labels = Memo::new(move |_| row.read().labels.clone());
    let assignee = Memo::new(move |_| row.read().assignee.clone());
    let status_mark = move || {
        let icon = match status.get() {
            Status::Open => return None,
            Status::Pending | Status::Snoozed => "clock",
            Status::Resolved => "check",
        };
        let words = t(&format!("list-status-{}", status.get().name()));
        Some(view! {
            <span class="row-status" title=words>
                <Icon name=icon />
                <span class="visually-hidden">{words.clone()}</span>
            </span>
        })
    };
    let dots = move || {
        let labels = labels.get();
        store.choices.with(|choices| {
            labels
                .iter()
                .filter_map(|id| choices.label(*id))
                .map(|label| {
                    view! {
                        <span class="row-label" title=label.name.clone()>
                            <span class="tag-dot" data-label=label.colour.name()></span>
                            <span class="visually-hidden">{label.name.clone()}</span>
                        </span>
                    }
                })
                .collect_view()
        })
    };
    let whose = move || {
        let me = store.choices.with(|choices| choices.me);
        assignee.get().filter(|member| Some(member.id) != me).map(|member| {
            let words = t_with("list-assigned", &[("name", Arg::from(member.name.clone()))]);
            view! {
                <span class="row-assignee" title=words>
                    <Avatar name=Signal::stored(member.name) />
                    <span class="visually-hidden">{words.clone()}</span>
                </span>
            }
        })
    };
    view! {
        {changing(status_mark)}
        {changing(dots)}
        {changing(whose)}
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

fn preview_line(last: &Preview) -> impl IntoView + use<> {
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
