//! `/w/{workspace}/settings/channels`.

use charla_shared::{channel::ChannelView, permission::Permission, problem::Problem, workspace::WorkspaceView};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use super::{api, card::Card, connect::Connect, numbers::Numbers};
use crate::{
    failure::Failure,
    frame::{use_rights, use_workspace, use_workspace_id},
    i18n::t,
    pages::Sheet,
    ui::{EmptyState, ErrorState, Skeleton, changing, loaded},
};

/// The numbers of the workspace.
#[component]
pub fn ChannelsPage() -> impl IntoView {
    let (id, workspace) = (use_workspace_id(), use_workspace());
    let channels = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::list(id).await,
                None => Err(Failure(Problem::not_found())),
            }
        },
    );
    view! {
        <Title text=format!("{} · Charla", t("channels-title")) />
        <Sheet title=t("channels-title")>
            <Suspense fallback=|| view! { <Skeleton rows=4 label=t("loading") /> }>
                {loaded(move || async move {
                    match (workspace.await, channels.await) {
                        (Ok(workspace), Ok(list)) => Either::Left(view! { <Channels workspace=workspace list=list /> }),
                        (Err(failure), _) | (_, Err(failure)) => {
                            let again = move || {
                                workspace.refetch();
                                channels.refetch();
                            };
                            Either::Right(view! { <ErrorState failure=failure on_retry=again /> })
                        }
                    }
                })}
            </Suspense>
        </Sheet>
    }
    .into_any()
}

#[component]
fn Channels(workspace: WorkspaceView, list: Vec<ChannelView>) -> impl IntoView {
    let manages = use_rights().of(&workspace, Permission::ChannelsManage);
    let numbers = Numbers::new(workspace.id, list);
    let none = Memo::new(move |_| numbers.list.with(Vec::is_empty));
    view! {
        <section class="panel" aria-labelledby="channels">
            <h2 id="channels">{t("channels-list")}</h2>
            {changing(move || {
                let text = if manages.get() { t("channels-none-text") } else { t("channels-none-view") };
                none.get().then(|| view! { <EmptyState icon="smartphone" title=t("channels-none") text=text /> })
            })}
            {changing(move || (!none.get()).then(|| view! { <List numbers=numbers manages=manages /> }))}
        </section>
        {changing(move || manages.get().then(|| view! { <Connect numbers=numbers /> }))}
    }
    .into_any()
}

#[component]
fn List(numbers: Numbers, manages: Memo<bool>) -> impl IntoView {
    view! {
        <ul class="channels" role="list">
            <For each=move || numbers.list.get() key=|channel| channel.id let:channel>
                <Card numbers=numbers first=channel manages=manages />
            </For>
        </ul>
    }
}
