//! `/w/{workspace}/home`.

use charla_shared::{
    analytics::{Range, Zone},
    permission::Permission,
    problem::Problem,
    workspace::WorkspaceView,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{
    activity::RecentActivity,
    cards::Cards,
    state::{Figures, HomeStore, read_known},
    volume::Volume,
    waiting::{Loads, LongestWaiting},
    zone,
};
use crate::{
    failure::Failure,
    frame::{use_rights, use_workspace, use_workspace_id},
    i18n::t,
    ui::{ErrorState, Notice, Skeleton, changing, loaded},
};

/// How the workspace does.
#[component]
pub fn HomePage() -> impl IntoView {
    let (id, workspace) = (use_workspace_id(), use_workspace());
    let query = use_query_map();
    let range =
        Memo::new(move |_| query.with(|query| query.get_str("range").and_then(Range::from_name)).unwrap_or_default());
    let zone = zone::known();
    let figures: Resource<Result<(Zone, Figures), Failure>> = Resource::new_blocking(
        move || id.get(),
        move |id| {
            let zone = zone.clone();
            async move {
                match id {
                    Some(id) => read_known(id, zone, range.get_untracked()).await,
                    None => Err(Failure(Problem::not_found())),
                }
            }
        },
    );
    view! {
        <Title text=format!("{} · Charla", t("home-title")) />
        <div class="home">
            <h1>{t("home-title")}</h1>
            <Suspense fallback=|| view! { <Skeleton rows=6 label=t("loading") /> }>
                {loaded(move || async move {
                    match (workspace.await, figures.await) {
                        (Ok(workspace), Ok((zone, figures))) => {
                            let store = HomeStore::new(workspace.id, zone, range, figures);
                            Either::Left(view! { <Home workspace=workspace store=store /> })
                        }
                        (Err(failure), _) | (_, Err(failure)) => {
                            let again = move || {
                                workspace.refetch();
                                figures.refetch();
                            };
                            Either::Right(view! { <ErrorState failure=failure on_retry=again /> })
                        }
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}

#[component]
fn Home(workspace: WorkspaceView, store: HomeStore) -> impl IntoView {
    store.keep_fresh();
    let may_export = use_rights().of(&workspace, Permission::AnalyticsExport);
    let sees_all = workspace.permissions.allows(Permission::ConversationsViewAll);
    view! {
        {changing(move || store.stale.get().then(|| view! { <Notice bad=true>{t("home-stale")}</Notice> }))}
        <Cards store=store />
        <Volume store=store may_export=may_export />
        <div class="home-columns">
            {sees_all.then(|| view! { <LongestWaiting store=store /> })}
            <Loads store=store />
            {sees_all.then(|| view! { <RecentActivity store=store /> })}
        </div>
    }
    .into_any()
}
