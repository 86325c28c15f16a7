//! The open thread and who it is with.

use charla_shared::conversation::ThreadPage;
use leptos::{either::EitherOf3, html, prelude::*, task::spawn_local};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{
    api,
    bubble::BubbleLine,
    bubbles::Bubbles,
    clock,
    composer::Composer,
    contact::ContactPane,
    days::{Line, lines, utc_day},
    header::{BareHeader, ThreadHeader},
    reading,
    recorder::Recorder,
    sending,
    state::InboxStore,
    trouble::Trouble,
    when::DayTitle,
};
use crate::{
    failure::Failure,
    frame::Workspace,
    i18n::{Arg, t, t_with},
    ui::{Button, EmptyState, Icon, Skeleton, changing, loaded},
};

/// The newest page of the chosen thread; none while none is chosen.
pub type OpenedPage = Resource<Option<Result<ThreadPage, Failure>>>;

/// The panes beside the list: the thread and its contact, or what to do while none is chosen.
#[component]
pub fn ThreadPanes(
    /// The page's state.
    store: InboxStore,
    /// The thread's newest page.
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
    let details = RwSignal::new(false);
    Effect::new(move |_| {
        store.tell_row(page.conversation.clone());
        sending::take_back(store, thread.conversation);
    });
    reading::mark_while_open(store, thread);
    view! {
        <section class="thread" aria-label=t("thread-title")>
            <ThreadHeader store=store row=row details=details />
            <Lines store=store thread=thread />
            <Recorder store=store thread=thread />
            <Composer store=store conversation=thread.conversation row=row />
        </section>
        <ContactPane store=store row=row details=details />
    }
}

/// The lines of the thread, in a column that is laid out from its end.
#[component]
fn Lines(store: InboxStore, thread: Bubbles) -> impl IntoView {
    let scroll = thread.scroll;
    let earlier = Earlier::new(store, thread);
    // Days are those of UTC until the page is alive, and then the viewer's.
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let shown = Memo::new(move |_| {
        let day_of = if alive.get() { clock::local_day } else { utc_day };
        lines(&thread.order.read(), thread.first_unread, day_of)
    });
    view! {
        <div class="thread-body">
            <div
                class="thread-scroll"
                node_ref=scroll.node
                tabindex="0"
                role="log"
                aria-live="polite"
                aria-label=t("thread-messages")
                aria-busy=move || earlier.loading.get().to_string()
                on:scroll=move |_| {
                    if scroll.moved() {
                        earlier.load();
                    }
                }
            >
                <div class="thread-lines">
                    <EarlierButton earlier=earlier />
                    <For each=move || shown.get() key=|line| *line let(line)>
                        {match line {
                            Line::Day(day) => EitherOf3::A(view! { <p class="thread-day"><DayTitle day=day /></p> }),
                            Line::Unread => EitherOf3::B(view! { <UnreadDivider thread=thread /> }),
                            Line::Bubble(key) => {
                                EitherOf3::C(
                                    thread
                                        .signal(key)
                                        .map(|bubble| view! { <BubbleLine store=store thread=thread bubble=bubble /> }),
                                )
                            }
                        }}
                    </For>
                </div>
            </div>
            <JumpToEnd thread=thread />
        </div>
    }
}

/// Where what nobody had looked at begins. Opening the thread brings it into sight.
#[component]
fn UnreadDivider(thread: Bubbles) -> impl IntoView {
    let node = NodeRef::<html::P>::new();
    let shown = StoredValue::new(false);
    Effect::new(move |_| {
        let (Some(line), Some(scroller)) = (node.get(), thread.scroll.node.get()) else { return };
        if shown.get_value() {
            return;
        }
        shown.set_value(true);
        request_animation_frame(move || {
            // Only when it is above what the end of the thread shows.
            if line.get_bounding_client_rect().top() < scroller.get_bounding_client_rect().top() {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Start);
                line.scroll_into_view_with_scroll_into_view_options(&options);
                thread.scroll.moved();
            }
        });
    });
    view! {
        <p class="thread-unread" node_ref=node>
            <span>{t("thread-unread")}</span>
        </p>
    }
}

/// The way back to the newest message, with how many have come meanwhile.
#[component]
fn JumpToEnd(thread: Bubbles) -> impl IntoView {
    let scroll = thread.scroll;
    let label = move || match scroll.missed.get() {
        0 => t("thread-to-end"),
        count => t_with("thread-missed", &[("count", Arg::from(count))]),
    };
    view! {
        {changing(move || {
            (!scroll.at_end.get())
                .then(|| {
                    view! {
                        <button type="button" class="thread-jump" on:click=move |_| scroll.to_end()>
                            <Icon name="arrow-down" />
                            <span>{label}</span>
                        </button>
                    }
                })
        })}
    }
}

#[component]
fn EarlierButton(earlier: Earlier) -> impl IntoView {
    view! {
        {changing(move || {
            earlier
                .thread
                .earlier
                .get()
                .is_some()
                .then(|| {
                    view! {
                        <div class="thread-earlier">
                            {changing(move || earlier.failed.get().then(|| view! { <p role="alert">{t("thread-earlier-failed")}</p> }))}
                            <Button busy=earlier.loading on_click=move |_| earlier.load_again()>
                                {t("thread-earlier")}
                            </Button>
                        </div>
                    }
                })
        })}
    }
}

/// Loading earlier pages, one at a time.
#[derive(Debug, Clone, Copy)]
struct Earlier {
    store: InboxStore,
    thread: Bubbles,
    loading: RwSignal<bool>,
    failed: RwSignal<bool>,
}

impl Earlier {
    fn new(store: InboxStore, thread: Bubbles) -> Self {
        Self { store, thread, loading: RwSignal::new(false), failed: RwSignal::new(false) }
    }

    /// By scrolling: not after a failure, so that scrolling does not become a storm of requests.
    fn load(self) {
        if !self.failed.get_untracked() {
            self.load_again();
        }
    }

    fn load_again(self) {
        let (Some(before), false) = (self.thread.earlier.get_untracked(), self.loading.get_untracked()) else { return };
        self.loading.set(true);
        spawn_local(async move {
            let page = api::thread(self.store.workspace, self.thread.conversation, Some(before)).await;
            let _ = self.failed.try_set(page.is_err());
            if let Ok(page) = page
                && self.thread.earlier.try_get_untracked().flatten() == Some(before)
            {
                self.thread.extend(page);
            }
            let _ = self.loading.try_set(false);
        });
    }
}
