//! The list of conversations.

use charla_shared::conversation::{ConversationPage, Filter};
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
    reactive::computed::Selector,
    task::spawn_local,
};

use super::{address, api, connection::ConnectionNotice, row::Row, state::InboxStore, trouble::Trouble};
use crate::{
    failure::Failure,
    frame::Workspace,
    i18n::{Arg, t, t_with},
    search::SearchPane,
    ui::{Badge, Button, EmptyState, Icon, Skeleton, changing, loaded},
};

/// Pixels from the end of the list at which more is asked for.
const NEAR: i32 = 400;

/// The first page of the list, with the filter it is of.
pub type FirstPage = Resource<(Filter, Result<ConversationPage, Failure>)>;

/// The list's pane: its head, its filters and its rows.
#[component]
pub fn ListPane(
    /// The page's state.
    store: InboxStore,
    /// The filter the address names.
    filter: Memo<Filter>,
    /// The list's beginning.
    first: FirstPage,
    /// What the viewer may do, and where the simulator's phones are, if there is one.
    workspace: Workspace,
) -> impl IntoView {
    let more = More::new(store);
    view! {
        <section class="list" aria-labelledby="inbox-title">
            <header class="list-head">
                <h2 id="inbox-title">{t("inbox-title")}</h2>
                <ConnectionNotice store=store />
            </header>
            <SearchPane workspace=store.workspace />
            <nav class="list-filters" aria-label=t("inbox-filters")>
                <FilterLink store=store filter=filter to=Filter::All />
                <FilterLink store=store filter=filter to=Filter::Unread />
            </nav>
            <div class="list-scroll" on:scroll=move |event| more.near_end(&event_target(&event))>
                <Transition fallback=|| view! { <Skeleton rows=8 label=t("inbox-loading") /> }>
                    {loaded(move || async move {
                        let (of, page) = first.await;
                        match workspace.await.and_then(|workspace| Ok((workspace, page?))) {
                            Ok((workspace, page)) => {
                                store.permit(&workspace.permissions);
                                store.begin(of, &page);
                                Either::Left(view! { <Rows store=store more=more simulator=workspace.simulator_url /> })
                            }
                            Err(failure) => {
                                Either::Right(view! { <Trouble
                                    failure=failure
                                    on_retry=move || {
                                        workspace.refetch();
                                        first.refetch();
                                    }
                                /> })
                            }
                        }
                    })}
                </Transition>
            </div>
        </section>
    }
    .into_any()
}

/// One of the filters, with how many there are where that is known.
#[component]
fn FilterLink(store: InboxStore, filter: Memo<Filter>, to: Filter) -> impl IntoView {
    let unread = store.rows.unread;
    let name = match to {
        Filter::All => t("inbox-all"),
        Filter::Unread => t("inbox-unread"),
    };
    view! {
        <a
            class="list-filter"
            href=move || address::inbox(store.workspace, store.chosen.get(), to)
            aria-current=move || (filter.get() == to).then_some("true")
        >
            {name}
            {changing(move || {
                let count = unread.get();
                (to == Filter::Unread && count > 0)
                    .then(|| {
                        let label = t_with("inbox-unread-conversations", &[("count", Arg::from(count))]);
                        view! { <Badge count=count label=label /> }
                    })
            })}
        </a>
    }
}

/// The rows, or what to do when there are none.
#[component]
fn Rows(store: InboxStore, more: More, simulator: Option<String>) -> impl IntoView {
    let selected = Selector::new(move || store.chosen.get());
    let empty = Memo::new(move |_| store.rows.order.read().is_empty());
    let simulator = StoredValue::new(simulator);
    view! {
        <ul class="rows" role="list">
            <For each=move || store.rows.order.get() key=|place| place.id let(place)>
                {store.rows.signal(place.id).map(|row| view! { <Row store=store selected=selected.clone() row=row /> })}
            </For>
        </ul>
        {changing(move || empty.get().then(|| view! { <NoRows filter=store.rows.filter.get() simulator=simulator.get_value() /> }))}
        {changing(move || store.rows.next.get().is_some().then(|| view! { <MoreButton more=more /> }))}
    }
}

/// Why the list is empty, and what to do.
#[component]
fn NoRows(filter: Filter, simulator: Option<String>) -> impl IntoView {
    match (filter, simulator) {
        (Filter::Unread, _) => EitherOf3::A(view! {
            <EmptyState icon="check-check" title=t("inbox-none-unread") text=t("inbox-none-unread-text") />
        }),
        (Filter::All, Some(address)) => EitherOf3::B(view! {
            <EmptyState icon="smartphone" title=t("inbox-none") text=t("inbox-none-simulator")>
                <a class="button button-primary" href=address target="_blank" rel="noopener">
                    {t("inbox-open-simulator")}
                    <Icon name="external-link" />
                </a>
            </EmptyState>
        }),
        (Filter::All, None) => EitherOf3::C(view! {
            <EmptyState icon="inbox" title=t("inbox-none") text=t("inbox-none-text") />
        }),
    }
}

/// The way to the rows that are not loaded: on by scrolling, or by a button.
#[component]
fn MoreButton(more: More) -> impl IntoView {
    view! {
        <div class="list-more">
            {changing(move || more.failed.get().then(|| view! { <p role="alert">{t("inbox-more-failed")}</p> }))}
            <Button busy=more.loading on_click=move |_| more.load()>{t("inbox-more")}</Button>
        </div>
    }
}

/// Loading further pages, one at a time.
#[derive(Debug, Clone, Copy)]
struct More {
    store: InboxStore,
    loading: RwSignal<bool>,
    failed: RwSignal<bool>,
}

impl More {
    fn new(store: InboxStore) -> Self {
        Self { store, loading: RwSignal::new(false), failed: RwSignal::new(false) }
    }

    fn near_end(self, list: &web_sys::Element) {
        // After a failure only the button asks again: scrolling must not become a storm of requests.
        if !self.failed.get_untracked() && list.scroll_height() - list.scroll_top() - list.client_height() < NEAR {
            self.load();
        }
    }

    fn load(self) {
        let rows = self.store.rows;
        let (Some(after), false) = (rows.next.get_untracked(), self.loading.get_untracked()) else { return };
        let filter = rows.filter.get_untracked();
        self.loading.set(true);
        spawn_local(async move {
            let page = api::conversations(self.store.workspace, filter, Some(after)).await;
            // The list may have begun anew meanwhile.
            if rows.next.try_get_untracked().flatten() == Some(after) && rows.filter.try_get_untracked() == Some(filter)
            {
                if let Ok(page) = &page {
                    rows.extend(page);
                }
                let _ = self.failed.try_set(page.is_err());
            }
            let _ = self.loading.try_set(false);
        });
    }
}
