//! `/operations/quarantine`.

use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    address::Place,
    api,
    discard::DiscardDialog,
    list::Updates,
    reasons::Reasons,
    work::{ReasonList, UpdateList, Work, WorkNews},
};
use crate::{
    i18n::t,
    pages::Sheet,
    ui::{EmptyState, ErrorState, Skeleton, loaded},
};

/// What of the webhooks could take no effect.
#[component]
pub fn QuarantinePage() -> impl IntoView {
    let query = use_query_map();
    let place = Memo::new(move |_| query.with(Place::of));
    let reasons: ReasonList = Resource::new_blocking(|| (), |()| api::reasons());
    let updates: UpdateList =
        Resource::new_blocking(move || place.get(), |place| async move { api::list(place.reason, place.after).await });
    let work = Work::on(reasons, updates);
    view! {
        <Title text=format!("{} · Charla", t("quarantine-title")) />
        <Sheet title=t("quarantine-title") back=("/".to_owned(), t("sheet-to-inbox"))>
            <p class="quiet">{t("quarantine-text")}</p>
            <WorkNews work=work />
            <Transition fallback=|| view! { <Skeleton rows=6 label=t("loading") /> }>
                {loaded(move || async move {
                    // Both are awaited, so that both have begun.
                    match (reasons.await, updates.await) {
                        (Ok(reasons), Ok(page)) if reasons.is_empty() && page.updates.is_empty() => {
                            EitherOf3::A(view! {
                                <EmptyState icon="check-check" title=t("quarantine-none") text=t("quarantine-none-text") />
                            })
                        }
                        (Ok(reasons), Ok(page)) => {
                            let place = place.get_untracked();
                            EitherOf3::B(view! {
                                <Reasons counts=reasons chosen=place.reason.clone() work=work />
                                <Updates page=page place=place work=work />
                            })
                        }
                        (Err(failure), _) | (_, Err(failure)) => {
                            EitherOf3::C(view! { <ErrorState failure=failure on_retry=move || work.refresh() /> })
                        }
                    }
                })}
            </Transition>
            <DiscardDialog work=work />
        </Sheet>
    }
    .into_any()
}
