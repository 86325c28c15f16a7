//! What the team did last.

use leptos::prelude::*;

use super::{
    state::HomeStore,
    words::{done, title},
};
use crate::{
    i18n::t,
    ui::{Time, changing},
};

/// The newest notes and changes of all conversations.
#[component]
pub fn RecentActivity(store: HomeStore) -> impl IntoView {
    let workspace = store.workspace;
    let rows = Memo::new(move |_| store.figures.with(|figures| figures.activity.clone()));
    view! {
        <section class="panel" aria-labelledby="home-activity">
            <h2 id="home-activity">{t("home-activity")}</h2>
            {changing(move || {
                let rows = rows.get();
                if rows.is_empty() {
                    return view! { <p class="quiet">{t("home-activity-none")}</p> }.into_any();
                }
                let rows = rows
                    .into_iter()
                    .map(|row| {
                        let author = row.entry.author.map_or_else(|| t("home-by-itself"), |author| author.name);
                        view! {
                            <li class="home-activity">
                                <span>
                                    <strong dir="auto">{author}</strong>
                                    " "
                                    <bdi>{done(&row.entry.content)}</bdi>
                                    " · "
                                    <a dir="auto" href=format!("/w/{workspace}/inbox/{}", row.entry.conversation)>
                                        {title(&row.contact)}
                                    </a>
                                </span>
                                <span class="quiet"><Time at=row.entry.at /></span>
                            </li>
                        }
                    })
                    .collect_view();
                view! { <ul class="home-activities" role="list">{rows}</ul> }.into_any()
            })}
        </section>
    }
    .into_any()
}
