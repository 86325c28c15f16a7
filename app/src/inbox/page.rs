//! The inbox page: three panes, or one at a time where there is no room.

use charla_shared::{conversation::Filter, id::WorkspaceId};
use leptos::{prelude::*, reactive::computed::ScopedFuture};
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

use super::{
    address, api, keys,
    list::{FirstPage, ListPane},
    live, sending,
    state::InboxStore,
    thread::{OpenedPage, ThreadPanes},
    window,
};
use crate::{
    frame::Workspace,
    i18n::{Arg, t, t_with},
    realtime::Connection,
};

/// The inbox of a workspace. Mounted once for `/w/{workspace}/inbox` and every conversation below it, so that going from
/// one to the next loads a thread and nothing else.
#[component]
pub fn InboxPage(
    /// Whose inbox it is.
    id: WorkspaceId,
    /// What the viewer may do in it.
    workspace: Workspace,
) -> impl IntoView {
    let path = use_location().pathname;
    let query = use_query_map();
    let chosen = Memo::new(move |_| path.with(|path| address::conversation_in(path)));
    let filter = Memo::new(move |_| query.with(|query| address::filter_from(query.get_str("filter"))));
    let store = InboxStore::new(id, chosen, window::present());
    let first = first_page(store, filter);
    let opened = opened_page(store, first);

    go_live(store);
    keys::shortcuts(store);
    Effect::new(move |_| store.chosen_changed(chosen.get()));
    // The host is there again: what waits is sent.
    Effect::new(move |_| {
        store.desk.shows(store);
        if store.connection.get() == Connection::Live {
            sending::wake(store.desk);
        }
    });

    // A memo, because the head is rendered outside the page, where its language is not known.
    let title = Memo::new(move |_| title(store.rows.unread.get()));
    view! {
        <Title text=move || title.get() />
        <div class="inbox">
            <h1 class="visually-hidden">{t("inbox-title")}</h1>
            <div class="inbox-panes" class:inbox-open=move || chosen.get().is_some()>
                <ListPane store=store filter=filter first=first workspace=workspace />
                <ThreadPanes store=store opened=opened workspace=workspace />
            </div>
        </div>
    }
    .into_any()
}

fn first_page(store: InboxStore, filter: Memo<Filter>) -> FirstPage {
    Resource::new_blocking(
        move || filter.get(),
        move |filter| async move { (filter, api::conversations(store.workspace, filter, None).await) },
    )
}

/// The thread is read after the list: the log of events is followed from where the list was read, so whatever happens
/// after the thread was read is heard.
fn opened_page(store: InboxStore, first: FirstPage) -> OpenedPage {
    Resource::new_blocking(
        move || store.chosen.get(),
        move |chosen| async move {
            let conversation = chosen?;
            if !store.has_begun() {
                ScopedFuture::new_untracked(async move { _ = first.await }).await;
            }
            Some(api::thread(store.workspace, conversation, None).await)
        },
    )
}

/// Follows the log of events from where the list was first read.
fn go_live(store: InboxStore) {
    Effect::new(move |_| {
        if let Some(from) = store.from.get() {
            live::listen(store, from);
        }
    });
}

fn title(unread: u32) -> String {
    match unread {
        0 => t("inbox-page-title"),
        count => t_with("inbox-page-title-unread", &[("count", Arg::from(count))]),
    }
}
