//! Who waits longest, and who has how many open conversations.

use leptos::prelude::*;

use super::{
    state::HomeStore,
    words::{capped, duration, title},
};
use crate::{
    i18n::t,
    ui::{Avatar, changing},
};

/// The customers who wait longest.
#[component]
pub fn LongestWaiting(store: HomeStore) -> impl IntoView {
    let workspace = store.workspace;
    let rows = Memo::new(move |_| store.figures.with(|figures| (figures.at, figures.longest.clone())));
    view! {
        <section class="panel" aria-labelledby="home-longest">
            <h2 id="home-longest">{t("home-longest")}</h2>
            {changing(move || {
                let (at, rows) = rows.get();
                if rows.is_empty() {
                    return view! { <p class="quiet">{t("home-longest-none")}</p> }.into_any();
                }
                let rows = rows
                    .into_iter()
                    .map(|row| {
                        let seconds = u32::try_from(at.duration_since(row.since).as_secs().max(0)).unwrap_or(u32::MAX);
                        view! {
                            <li class="entry">
                                <a class="entry-main" dir="auto" href=format!("/w/{workspace}/inbox/{}", row.conversation)>
                                    {title(&row.contact)}
                                </a>
                                <span class="quiet" dir="auto">{row.assignee.map(|member| member.name)}</span>
                                <time class="entry-when" datetime=row.since.to_string()>{duration(seconds)}</time>
                            </li>
                        }
                    })
                    .collect_view();
                view! { <ul class="entries" role="list">{rows}</ul> }.into_any()
            })}
        </section>
    }
    .into_any()
}

/// Open conversations by member.
#[component]
pub fn Loads(store: HomeStore) -> impl IntoView {
    let rows = Memo::new(move |_| store.figures.with(|figures| figures.loads.clone()));
    view! {
        <section class="panel" aria-labelledby="home-loads">
            <h2 id="home-loads">{t("home-loads")}</h2>
            {changing(move || {
                let rows = rows.get();
                if rows.is_empty() {
                    return view! { <p class="quiet">{t("home-loads-none")}</p> }.into_any();
                }
                let rows = rows
                    .into_iter()
                    .map(|load| {
                        let name = load.member.map_or_else(|| t("home-nobody"), |member| member.name);
                        view! {
                            <li class="entry">
                                <Avatar name=name.clone() />
                                <span class="entry-main" dir="auto">{name}</span>
                                <strong class="home-count">{capped(load.open)}</strong>
                            </li>
                        }
                    })
                    .collect_view();
                view! { <ul class="entries" role="list">{rows}</ul> }.into_any()
            })}
        </section>
    }
    .into_any()
}
