//! The list of conversations: its views, what it is narrowed to, and its rows, of which only those in sight are there.

mod counting;
mod empty;
pub mod extent;
mod focus;
#[cfg(feature = "measured")]
mod measured;
mod narrow;
mod pages;
mod saved;
mod scroll;
mod views;

use charla_shared::{
    conversation::ConversationPage,
    list::{Choices, Counts, ListQuery},
};
use leptos::{either::Either, prelude::*, reactive::computed::Selector};

pub use counting::Counting;
pub use focus::{row_id, row_of, take as take_focus};
#[cfg(feature = "measured")]
pub use measured::{Measured, MeasuredList};
pub use pages::Pages;
pub use scroll::ListScroll;

use super::{
    life::{ManyBar, SelectButton},
    picking::Hand,
    selection::Selection,
};
use super::{row::Row, rows::Asked, state::InboxStore, trouble::Trouble};
use crate::{
    failure::Failure,
    frame::Workspace,
    i18n::{Arg, t, t_with},
    search::SearchPane,
    size,
    ui::{Button, Skeleton, changing, loaded},
};
use empty::NoRows;
use narrow::{Chips, Narrow};
use views::Views;

/// What the list begins with.
#[derive(Debug, Clone, Copy)]
pub struct Beginning {
    /// The first page, with what it is of and when it was asked for.
    pub first: Resource<(ListQuery, Asked, Result<ConversationPage, Failure>)>,
    /// What the list may be narrowed to.
    pub choices: Resource<Result<Choices, Failure>>,
    /// How many conversations there are in each view.
    pub counts: Resource<Result<Counts, Failure>>,
}

/// The list's pane.
#[component]
pub fn ListPane(
    /// The page's state.
    store: InboxStore,
    /// What the address shows.
    query: Memo<ListQuery>,
    /// The list's beginning.
    beginning: Beginning,
    /// What the viewer may do, and where the simulator's phones are, if there is one.
    workspace: Workspace,
) -> impl IntoView {
    let pages = Pages::new(store);
    let Beginning { first, choices, counts } = beginning;
    watch(store, pages);
    view! {
        <section class="list" aria-labelledby="inbox-title">
            <header class="list-head">
                <h2 id="inbox-title">{t("inbox-title")}</h2>
                <SelectButton store=store workspace=workspace />
                <Narrow store=store query=query />
            </header>
            <SearchPane workspace=store.workspace />
            <Suspense>
                {loaded(move || async move {
                    // Without them the views have no numbers and the labels no names; the list is there all the same.
                    if let Ok(choices) = choices.await {
                        store.begin_choices(choices);
                    }
                    if let Ok(counts) = counts.await {
                        store.counting.take(store, counts);
                    }
                    view! {
                        <Views store=store query=query />
                        <Chips store=store query=query />
                    }
                })}
            </Suspense>
            <div
                class="list-scroll"
                node_ref=store.list.node
                on:scroll=move |_| store.list.measure()
                on:pointerenter=move |event| store.list.over.set(event.pointer_type() == "mouse")
                on:pointerleave=move |_| store.list.over.set(false)
            >
                <Transition fallback=|| view! { <Skeleton rows=8 label=t("inbox-loading") /> }>
                    {loaded(move || async move {
                        let (of, asked, page) = first.await;
                        if let Ok(choices) = choices.await {
                            store.begin_choices(choices);
                        }
                        match workspace.await.and_then(|workspace| Ok((workspace, page?))) {
                            Ok((workspace, page)) => {
                                store.rights.take(&workspace.permissions);
                                store.begin(of, &page, asked);
                                Either::Left(view! { <Rows store=store pages=pages simulator=workspace.simulator_url /> })
                            }
                            Err(failure) => {
                                Either::Right(view! { <Trouble
                                    failure=failure
                                    on_retry=move || {
                                        // The open thread is made of it, too: it stays as it is when this is there.
                                        if matches!(workspace.get_untracked(), Some(Err(_))) {
                                            workspace.refetch();
                                        }
                                        first.refetch();
                                    }
                                /> })
                            }
                        }
                    })}
                </Transition>
            </div>
            <ManyBar store=store />
        </section>
    }
    .into_any()
}

/// Keeps the list in step with its reader. For the browser.
fn watch(store: InboxStore, pages: Pages) {
    let list = store.list;
    // Not only when the window changes: the list is hidden beside an open thread on a phone, and while something is looked
    // for, and has to find its place when it is shown again.
    Effect::new(move |_| {
        if let Some(node) = list.node.get() {
            size::watch(&node, move || list.measure());
        }
    });
    Effect::new(move |_| pages.look());
    Effect::new(move |_| list.keep_room());
    let held = Memo::new(move |_| list.over.get() || list.is_away());
    Effect::new(move |_| store.rows.hold(held.get()));
    Effect::new(move |_| store.rows.unpick_unlisted());
    Effect::new(move |before: Option<ListQuery>| {
        let now = store.rows.filter.get();
        if before.is_some_and(|before| before != now) {
            list.to_top();
            store.rows.unpick();
            // What failed was of another list.
            pages.again();
        }
        now
    });
}

/// The rows, or what to do when there are none.
#[component]
fn Rows(store: InboxStore, pages: Pages, simulator: Option<String>) -> impl IntoView {
    let selected = Selector::new(move || store.chosen.get());
    let empty = Memo::new(move |_| store.rows.order.read().is_empty());
    let simulator = StoredValue::new(simulator);
    let list = store.list;
    let shown = Memo::new(move |_| list.rows());
    let hand = Hand::new(store);
    let picking = Memo::new(move |_| store.rows.selection.with(Selection::is_on));
    // From here on only what is in sight is there. Not sooner: the browser takes over the rows the host has made, all of them.
    Effect::new(move |_| list.measure());
    view! {
        <NewsPill store=store pages=pages />
        <ul
            class="rows"
            class:rows-picking=move || picking.get()
            role="list"
            on:click=move |event| hand.click(&event)
            on:contextmenu=move |event| hand.menu(&event)
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |_| hand.up()
            on:pointercancel=move |_| hand.up()
            on:keydown=move |event| focus::walk(store, &event)
            on:focusin=move |event| list.focused.set(focus::focused_row(&event))
            on:focusout=move |_| list.focused.set(None)
        >
            <li class="rows-gap" aria-hidden="true" node_ref=list.above></li>
            <For
                each=move || {
                    focus::keep();
                    shown.get()
                }
                key=|place| place.id let(place)>
                {store.rows.signal(place.id).map(|row| view! { <Row store=store selected=selected.clone() row=row /> })}
            </For>
            <li class="rows-gap" aria-hidden="true" node_ref=list.below></li>
        </ul>
        {changing(move || empty.get().then(|| view! { <NoRows store=store simulator=simulator.get_value() /> }))}
        <MorePages store=store pages=pages />
    }
    .into_any()
}

/// What came while the list was read, and the way to it.
#[component]
fn NewsPill(store: InboxStore, pages: Pages) -> impl IntoView {
    let count = Memo::new(move |_| store.rows.waiting.with(Vec::len));
    let show = move |_| {
        let rows = store.rows;
        if rows.extent.with_untracked(|extent| extent.top) {
            rows.settle();
        } else {
            pages.around(&(0..0));
        }
        store.list.to_top();
    };
    view! {
        <div class="list-news" role="status">
            {changing(move || {
                let count = count.get();
                (count > 0)
                    .then(|| {
                        let words = t_with("list-news", &[("count", Arg::from(count))]);
                        view! { <button type="button" class="list-news-button" on:click=show>{words}</button> }
                    })
            })}
        </div>
    }
    .into_any()
}

/// Whether more rows are on their way, and the way on after a failure.
#[component]
fn MorePages(store: InboxStore, pages: Pages) -> impl IntoView {
    changing(move || {
        if pages.failed.get() {
            view! {
                <div class="list-more">
                    <p role="alert">{t("inbox-more-failed")}</p>
                    <Button busy=pages.loading on_click=move |_| pages.again()>{t("inbox-more")}</Button>
                </div>
            }
            .into_any()
        } else if store.rows.extent.with(|extent| extent.end) {
            ().into_any()
        } else {
            view! { <p class="list-more">{t("inbox-loading")}</p> }.into_any()
        }
    })
}
