//! Messages over time: a chart, its table, its file.

use charla_shared::analytics::{Bucket, Range};
use leptos::prelude::*;
use leptos_router::components::A;

use super::{export::Export, state::HomeStore, words::number};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{
        changing,
        chart::{Bars, Point},
    },
};

/// What the columns of the table are called.
pub fn heads(range: Range) -> [String; 3] {
    let first = if range == Range::Today { "home-hour" } else { "home-day" };
    [t(first), t("home-inbound"), t("home-outbound")]
}

/// The chart with everything around it.
#[component]
pub fn Volume(
    store: HomeStore,
    /// Whether the viewer may have the file.
    may_export: Memo<bool>,
) -> impl IntoView {
    let shown = Memo::new(move |_| store.volume.with(|(range, buckets)| (*range, buckets.len())));
    let points =
        Memo::new(move |_| store.volume.with(|(range, buckets)| buckets.iter().map(|b| point(*range, b)).collect()));
    view! {
        <section class="panel home-volume" aria-labelledby="home-volume">
            <div class="home-volume-head">
                <h2 id="home-volume">{t("home-volume")}</h2>
                <Ranges store=store />
                {changing(move || may_export.get().then(|| view! { <Export store=store /> }))}
            </div>
            {changing(move || {
                // As many points as there are: another number of them is another drawing. Read, not only followed: a memo
                // that nobody has read knows of no change.
                let _ = shown.get();
                let kinds = [t("home-inbound"), t("home-outbound")];
                view! { <Bars id="home-volume-chart" label=t("home-volume") kinds=kinds points=points /> }
            })}
            <details class="home-table">
                <summary>{t("home-table")}</summary>
                {changing(move || {
                    let (range, buckets) = store.volume.get();
                    view! { <Table range=range buckets=buckets /> }
                })}
            </details>
        </section>
    }
    .into_any()
}

fn point(range: Range, bucket: &Bucket) -> Point {
    let short = if range == Range::Today { bucket.label.as_str() } else { bucket.label.get(5..).unwrap_or_default() };
    let sentence = t_with(
        "home-point",
        &[
            ("when", Arg::from(bucket.label.clone())),
            ("inbound", Arg::from(number(bucket.inbound))),
            ("outbound", Arg::from(number(bucket.outbound))),
        ],
    );
    Point { short: short.to_owned(), sentence, values: [bucket.inbound, bucket.outbound] }
}

/// The ranges as links: the address says which one is on screen.
#[component]
fn Ranges(store: HomeStore) -> impl IntoView {
    let workspace = store.workspace;
    let link = move |range: &'static Range| {
        let query = if *range == Range::default() { String::new() } else { format!("?range={}", range.name()) };
        view! {
            <A
                href=format!("/w/{workspace}/home{query}")
                attr:class="home-range"
                attr:data-chosen=move || (store.range.get() == *range).then_some("true")
                scroll=false
            >
                {t(&format!("home-range-{}", range.name()))}
            </A>
        }
    };
    view! { <nav class="home-ranges" aria-label=t("home-ranges")>{Range::ALL.iter().map(link).collect_view()}</nav> }
        .into_any()
}

#[component]
fn Table(range: Range, buckets: Vec<Bucket>) -> impl IntoView {
    let heads = heads(range).map(|head| view! { <th scope="col">{head}</th> });
    let rows = buckets
        .into_iter()
        .map(|bucket| {
            view! {
                <tr>
                    <th scope="row">{bucket.label}</th>
                    <td>{number(bucket.inbound)}</td>
                    <td>{number(bucket.outbound)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table>
            <thead>
                <tr>{heads.into_iter().collect_view()}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
