//! The updates, newest first, a page at a time.

use charla_shared::quarantine::QuarantinePage;
use leptos::{html, prelude::*};

use super::{address::Place, reasons::in_words, update::Update, work::Work};
use crate::i18n::{Arg, t, t_with};

/// The updates on screen, and the ways to the others.
#[component]
pub fn Updates(
    /// What is on screen.
    page: QuarantinePage,
    /// Where that is.
    place: Place,
    /// What can be done.
    work: Work,
) -> impl IntoView {
    let title = match &place.reason {
        Some(reason) => t_with("quarantine-updates-of", &[("reason", Arg::from(in_words(reason)))]),
        None => t("quarantine-updates"),
    };
    let newest = place.after.map(|_| Place { after: None, ..place.clone() }.address());
    let older = page.next.map(|next| Place { after: Some(next), ..place }.address());
    let empty = page.updates.is_empty();
    let rows = page.updates.into_iter().map(|update| view! { <Update update=update work=work /> }).collect_view();
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get()
            && work.focus.get_untracked()
        {
            work.focus.set(false);
            // Once it is on the page.
            request_animation_frame(move || _ = heading.focus());
        }
    });
    view! {
        <section class="panel" aria-labelledby="quarantine-updates">
            <h2 id="quarantine-updates" node_ref=heading tabindex="-1">{title}</h2>
            <p class="quiet">{t("quarantine-whole")}</p>
            {empty.then(|| view! { <p>{t("quarantine-none-here")}</p> })}
            <ul class="entries" role="list">
                {rows}
            </ul>
            {(newest.is_some() || older.is_some())
                .then(|| {
                    view! {
                        <nav class="quarantine-pages" aria-label=t("quarantine-pages")>
                            {newest.map(|href| view! { <a class="button" href=href>{t("quarantine-newest")}</a> })}
                            {older.map(|href| view! { <a class="button" href=href rel="next">{t("quarantine-older")}</a> })}
                        </nav>
                    }
                })}
        </section>
    }
    .into_any()
}
