//! The views at the top of the list: everybody's three, and the member's own, each with how many are in it.

use charla_shared::list::{ListQuery, SavedView, Scope};
use leptos::{either::Either, prelude::*};

use super::{
    super::{address, state::InboxStore},
    saved::ViewMenu,
};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Badge, changing},
};

/// The views as links: the address says which one is shown.
#[component]
pub fn Views(
    /// The page's state.
    store: InboxStore,
    /// What the address shows.
    query: Memo<ListQuery>,
) -> impl IntoView {
    view! {
        <nav class="list-views" aria-label=t("list-views")>
            {Scope::ALL
                .iter()
                .map(|scope| {
                    let scope = *scope;
                    let count = Memo::new(move |_| store.counting.counts.with(|counts| counts.of_scope(scope)));
                    let name = t(&format!("list-scope-{}", scope.name()));
                    view! { <ViewLink store=store query=query to=ListQuery::of(scope) name=name count=count /> }
                })
                .collect_view()}
            {changing(move || {
                let views = store.choices.get().views.into_iter();
                views.map(|view| view! { <OwnView store=store query=query view=view /> }).collect_view()
            })}
        </nav>
    }
    .into_any()
}

/// A view of the member's own; while it is shown, with what can be done to it.
#[component]
fn OwnView(store: InboxStore, query: Memo<ListQuery>, view: SavedView) -> impl IntoView {
    let id = view.id;
    let count = Memo::new(move |_| store.counting.counts.with(|counts| counts.of_view(id)).unwrap_or_default());
    let (to, name) = (view.query, view.name.clone());
    let view = StoredValue::new(view);
    view! {
        <ViewLink store=store query=query to=to name=name count=count />
        {changing(move || (query.get() == to).then(|| view! { <ViewMenu store=store view=view.get_value() /> }))}
    }
}

/// The way to a view.
#[component]
fn ViewLink(store: InboxStore, query: Memo<ListQuery>, to: ListQuery, name: String, count: Memo<u32>) -> impl IntoView {
    view! {
        <a
            class="list-view"
            href=move || address::inbox(store.workspace, store.chosen.get(), to)
            aria-current=move || (query.get() == to).then_some("true")
        >
            <span class="list-view-name" dir="auto">{name}</span>
            {changing(move || {
                let count = count.get();
                if count == 0 {
                    return Either::Left(());
                }
                let label = t_with("list-count", &[("count", Arg::from(count))]);
                Either::Right(view! { <Badge count=count label=label /> })
            })}
        </a>
    }
    .into_any()
}
