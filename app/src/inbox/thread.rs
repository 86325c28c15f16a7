//! The open thread and who it is with.

use charla_shared::conversation::ThreadPage;
use leptos::{either::EitherOf3, prelude::*};

use super::{
    composer::Composer,
    contact::ContactPane,
    find::{self, FindBar, Finding},
    header::{BareHeader, ThreadHeader},
    lines::Lines,
    pages::Pages,
    panes::{ContactSeparator, Details},
    reading,
    recorder::Recorder,
    sending,
    state::InboxStore,
    trouble::Trouble,
};
use crate::{
    failure::Failure,
    frame::Workspace,
    i18n::t,
    ui::{EmptyState, Skeleton, loaded},
};

/// The page the chosen thread is opened with; none while none is chosen.
pub type OpenedPage = Resource<Option<Result<ThreadPage, Failure>>>;

/// The panes beside the list: the thread and its contact, or what to do while none is chosen.
#[component]
pub fn ThreadPanes(
    /// The page's state.
    store: InboxStore,
    /// The page the thread is opened with.
    opened: OpenedPage,
    /// What the viewer may do.
    workspace: Workspace,
) -> impl IntoView {
    view! {
        <Suspense fallback=move || {
            view! {
                <section class="thread">
                    <BareHeader store=store />
                    <Skeleton rows=6 label=t("thread-loading") />
                </section>
            }
        }>
            {loaded(move || async move {
                let opened_page = opened.await;
                if let Ok(workspace) = workspace.await {
                    store.permit(&workspace.permissions);
                }
                match opened_page {
                    None => EitherOf3::A(view! { <NothingChosen /> }),
                    // Of one that was chosen and left again while this was on its way.
                    Some(Ok(page)) if store.wanted() != Some(page.conversation.id) => EitherOf3::A(view! { <NothingChosen /> }),
                    Some(Ok(page)) => EitherOf3::B(view! { <OpenThread store=store page=page /> }),
                    Some(Err(failure)) => {
                        EitherOf3::C(
                            view! {
                                <section class="thread thread-alone">
                                    <BareHeader store=store />
                                    <Trouble failure=failure on_retry=move || opened.refetch() />
                                </section>
                            },
                        )
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn NothingChosen() -> impl IntoView {
    view! {
        <section class="thread thread-none">
            <EmptyState icon="messages-square" title=t("thread-none") text=t("thread-none-text") />
        </section>
    }
}

/// A thread with its page at hand.
#[component]
fn OpenThread(store: InboxStore, page: ThreadPage) -> impl IntoView {
    let thread = store.open(&page);
    let row = store.rows.signal(thread.conversation).unwrap_or_else(|| ArcRwSignal::new(page.conversation.clone()));
    let row = RwSignal::from(row);
    let (pages, details) = (Pages::new(store, thread), Details::default());
    let finding = Finding::new(pages);
    Effect::new(move |_| {
        store.tell_row(page.conversation.clone());
        sending::take_back(store, thread.conversation);
    });
    reading::mark_while_open(store, thread);
    view! {
        <section class="thread" aria-label=t("thread-title") on:keydown=move |event| find::take_key(&event, finding)>
            <ThreadHeader store=store row=row details=details finding=finding />
            <FindBar thread=thread finding=finding />
            <Lines pages=pages />
            <Recorder store=store thread=thread />
            <Composer store=store conversation=thread.conversation row=row />
        </section>
        <ContactSeparator />
        <ContactPane store=store row=row details=details />
    }
}
