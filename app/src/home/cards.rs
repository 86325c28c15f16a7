//! Cards: a figure of today each, beside the same time of yesterday and of a week ago.

use charla_shared::analytics::Period;
use leptos::prelude::*;

use super::{
    state::HomeStore,
    words::{capped, change, duration, number, title},
};
use crate::{
    i18n::{Arg, t, t_with},
    ui::changing,
};

/// A figure of a period: its name, where it is, how it is written.
type Figure = (&'static str, fn(&Period) -> Option<u32>, fn(u32) -> String);

/// The figures of the day.
const FIGURES: [Figure; 6] = [
    ("home-active", |period| Some(period.active), number),
    ("home-begun", |period| Some(period.begun), number),
    ("home-inbound", |period| Some(period.inbound), number),
    ("home-outbound", |period| Some(period.outbound), number),
    ("home-wait-median", |period| period.wait_median, duration),
    ("home-wait-most", |period| period.wait_most, duration),
];

/// All cards.
#[component]
pub fn Cards(store: HomeStore) -> impl IntoView {
    view! {
        <section class="home-cards" aria-labelledby="home-today">
            <h2 id="home-today" class="visually-hidden">{t("home-today")}</h2>
            <Now store=store />
            {FIGURES.into_iter().map(|figure| view! { <Card figure=figure store=store /> }).collect_view()}
            <p class="home-compared">{t("home-trend-time")}</p>
        </section>
    }
    .into_any()
}

#[component]
fn Card(figure: Figure, store: HomeStore) -> impl IntoView {
    let (name, value, write) = figure;
    let today = Memo::new(move |_| store.figures.with(|figures| figures.today));
    let trend = move |key: &str, before: Option<u32>| {
        let change = change(value(&today.get().today)?, before?)?;
        Some(view! { <span>{t_with(key, &[("change", Arg::from(change))])}</span> })
    };
    view! {
        <article class="home-card">
            <h3>{t(name)}</h3>
            <p class="home-figure">
                {changing(move || value(&today.get().today).map_or_else(|| "–".to_owned(), write))}
            </p>
            <p class="home-trend">
                {changing(move || trend("home-trend-yesterday", value(&today.get().yesterday)))}
                {changing(move || trend("home-trend-week", value(&today.get().last_week)))}
            </p>
        </article>
    }
    .into_any()
}

/// What waits and what is unread now.
#[component]
fn Now(store: HomeStore) -> impl IntoView {
    let workspace = store.workspace;
    let longest = Memo::new(move |_| {
        store.figures.with(|figures| {
            let first = figures.longest.first()?;
            let seconds = figures.at.duration_since(first.since).as_secs().max(0);
            Some((first.conversation, title(&first.contact), u32::try_from(seconds).unwrap_or(u32::MAX)))
        })
    });
    view! {
        <article class="home-card">
            <h3>{t("home-waiting")}</h3>
            <p class="home-figure">{changing(move || capped(store.figures.with(|figures| figures.waiting)))}</p>
            <p class="home-trend">
                {changing(move || {
                    longest
                        .get()
                        .map(|(conversation, name, seconds)| {
                            let words = t_with("home-waiting-longest", &[("time", Arg::from(duration(seconds)))]);
                            view! {
                                <a href=format!("/w/{workspace}/inbox/{conversation}") title=name>
                                    {words}
                                </a>
                            }
                        })
                })}
            </p>
        </article>
        <article class="home-card">
            <h3>{t("home-unread")}</h3>
            <p class="home-figure">{changing(move || capped(store.figures.with(|figures| figures.unread)))}</p>
            <p class="home-trend">
                <a href=format!("/w/{workspace}/inbox?status=any&unread")>{t("home-unread-show")}</a>
            </p>
        </article>
    }
    .into_any()
}
