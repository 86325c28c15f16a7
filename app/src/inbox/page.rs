//! The inbox page: three panes, or one at a time where there is no room.

use charla_shared::{
    conversation::{ThreadPage, ThreadPlace},
    id::{ConversationId, WorkspaceId},
    list::{ListPlace, ListQuery},
    problem::ProblemKind,
};
use leptos::{prelude::*, reactive::computed::ScopedFuture};
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

use super::{
    address, api, keys,
    landing::Landing,
    life::{Life, Many, ReasonDialog},
    list::{Beginning, ListPane},
    live,
    panes::{ListSeparator, PaneLayout},
    rows::Asked,
    sending,
    state::InboxStore,
    thread::{OpenedPage, ThreadPanes},
    thread_cache,
    walk::Walk,
    when, window,
};
use crate::{failure::Failure, frame::Workspace, i18n::t, realtime::Connection};

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
    let message = Memo::new(move |_| query.with(|query| address::message_from(query.get_str("message"))));
    let query = Memo::new(move |_| query.with(|query| ListQuery::from_address(|name| query.get_str(name))));
    let store = InboxStore::new(id, chosen, window::present());
    let beginning = beginning(store, query);
    let landing = Landing::provide(message);
    let walk = Walk::default();
    let opened = opened_page(store, landing, beginning, walk);

    when::provide_today(store.now);
    PaneLayout::provide();
    live::listen(store);
    let life = Life::new(store);
    keys::shortcuts(store, &life, Many::provide(life));
    thread_cache::fetch_neighbours(store);
    Effect::new(move |before: Option<()>| {
        store.chosen_changed(chosen.get());
        if before.is_some() {
            walk.leave();
        }
    });
    // The host is there again: what waits is sent.
    Effect::new(move |_| {
        store.desk.shows(store);
        if store.line.connection.get() == Connection::Live {
            sending::wake(store.desk);
        }
    });

    view! {
        <Title text=t("inbox-page-title") />
        <div class="inbox">
            <h1 class="visually-hidden">{t("inbox-title")}</h1>
            <div class="inbox-panes" class:inbox-open=move || chosen.get().is_some()>
                <ListPane store=store query=query beginning=beginning workspace=workspace />
                <ListSeparator />
                <ThreadPanes store=store opened=opened workspace=workspace choices=beginning.choices />
            </div>
            <ReasonDialog />
        </div>
    }
    .into_any()
}

fn beginning(store: InboxStore, query: Memo<ListQuery>) -> Beginning {
    Beginning {
        first: Resource::new_blocking(
            move || query.get(),
            move |query| {
                // What the host asked for is older than anything this page asks for.
                let asked = if store.has_begun() { store.rows.ask() } else { Asked::default() };
                async move { (query, asked, api::conversations(store.workspace, query, ListPlace::Beginning).await) }
            },
        ),
        choices: Resource::new_blocking(|| (), move |()| api::choices(store.workspace)),
        counts: Resource::new_blocking(|| (), move |()| api::counts(store.workspace)),
    }
}

/// The thread is read after the list: the log of events is followed from where the list was read, so whatever happens
/// after the thread was read is heard.
fn opened_page(store: InboxStore, landing: Landing, beginning: Beginning, walk: Walk) -> OpenedPage {
    Resource::new_blocking(
        move || store.chosen.get(),
        move |chosen| async move {
            let conversation = chosen?;
            if !walk.settle(store, conversation).await {
                return None;
            }
            if !store.has_begun() {
                ScopedFuture::new_untracked(async move { _ = beginning.first.await }).await;
            }
            let read = Box::pin(page_to_begin_with(store, landing, conversation));
            walk.unless_left(store, conversation, read).await
        },
    )
}

/// The page a thread is opened with: around the message the address leads to, else where the reader left it, else where
/// the unread messages begin. A message that is not there any more keeps nobody from the thread.
async fn page_to_begin_with(
    store: InboxStore,
    landing: Landing,
    conversation: ConversationId,
) -> Result<ThreadPage, Failure> {
    let read = |place| api::thread(store.workspace, conversation, place);
    let left = landing.left(conversation).map(|place| place.message);
    if let Some(message) = landing.message.try_get_untracked().flatten().or(left) {
        match read(ThreadPlace::Around(message)).await {
            Err(failure) if failure.0.kind == ProblemKind::NotFound => {}
            answer => return answer,
        }
    }
    thread_cache::open(store, conversation).await
}
