//! The open thread and who it is with.

use charla_shared::{conversation::ThreadPage, list::Choices};
use leptos::{either::EitherOf4, prelude::*};

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
    /// The labels there are.
    choices: Resource<Result<Choices, Failure>>,
) -> impl IntoView {
    view! {
        <Suspense fallback=move || view! { <Opening store=store /> }>
            {loaded(move || async move {
                let opened_page = opened.await;
                if let Ok(workspace) = workspace.await {
                    store.rights.take(&workspace.permissions);
                }
                // The thread's labels are among them, on the host as in the browser.
                if let Ok(choices) = choices.await {
                    store.begin_choices(choices);
                }
                match opened_page {
                    Some(Ok(page)) if store.wanted() == Some(page.conversation.id) => {
                        EitherOf4::A(view! { <OpenThread store=store page=page /> })
                    }
                    _ if store.wanted().is_none() => EitherOf4::B(view! { <NothingChosen /> }),
                    // Of one that was chosen and left again while this was on its way: the next is under way.
                    None | Some(Ok(_)) => EitherOf4::C(view! { <Opening store=store /> }),
                    Some(Err(failure)) => {
                        EitherOf4::D(
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

/// A thread whose page is on its way.
#[component]
fn Opening(store: InboxStore) -> impl IntoView {
    view! {
        <section class="thread">
            <BareHeader store=store />
            <Skeleton rows=6 label=t("thread-loading") />
        </section>
    }
    .into_any()
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
    find::listen(store, thread.conversation, finding, details);
    view! {
        <section class="thread" aria-label=t("thread-title")>
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
