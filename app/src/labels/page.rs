//! `/w/{workspace}/settings/labels`.

use charla_shared::{
    label::{Colour, NewLabel},
    life::LabelUse,
    permission::Permission,
    problem::Problem,
    workspace::WorkspaceView,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use super::{api, confirm::Confirm, edit::LabelForm, row::LabelRow, state::Labels};
use crate::{
    failure::Failure,
    frame::{use_rights, use_workspace, use_workspace_id},
    i18n::t,
    pages::Sheet,
    ui::{EmptyState, ErrorState, Skeleton, changing, loaded},
};

/// The labels of the workspace.
#[component]
pub fn LabelsPage() -> impl IntoView {
    let (id, workspace) = (use_workspace_id(), use_workspace());
    let labels = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::list(id).await,
                None => Err(Failure(Problem::not_found())),
            }
        },
    );
    view! {
        <Title text=format!("{} · Charla", t("labels-title")) />
        <Sheet title=t("labels-title")>
            <Suspense fallback=|| view! { <Skeleton rows=4 label=t("loading") /> }>
                {loaded(move || async move {
                    match (workspace.await, labels.await) {
                        (Ok(workspace), Ok(list)) => Either::Left(view! { <LabelList workspace=workspace list=list /> }),
                        (Err(failure), _) | (_, Err(failure)) => {
                            let again = move || {
                                workspace.refetch();
                                labels.refetch();
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
fn LabelList(workspace: WorkspaceView, list: Vec<LabelUse>) -> impl IntoView {
    let manages = use_rights().of(&workspace, Permission::ConversationsManage);
    let labels = Labels::new(workspace.id, list);
    let none = Memo::new(move |_| labels.list.with(Vec::is_empty));
    view! {
        <section class="panel" aria-labelledby="labels">
            <h2 id="labels">{t("labels-list")}</h2>
            {changing(move || {
                none.get().then(|| view! { <EmptyState icon="tag" title=t("labels-none") text=t("labels-none-text") /> })
            })}
            <ul class="entries" role="list">
                <For each=move || labels.list.get() key=|one| one.label.id let:one>
                    <LabelRow labels=labels first=one manages=manages />
                </For>
            </ul>
        </section>
        {changing(move || {
            manages
                .get()
                .then(|| {
                    view! {
                        <Create labels=labels />
                        <Confirm labels=labels />
                    }
                })
        })}
    }
    .into_any()
}

#[component]
fn Create(labels: Labels) -> impl IntoView {
    let (name, colour) = (RwSignal::new(String::new()), RwSignal::new(Colour::default()));
    let action = Action::new(move |new: &NewLabel| {
        let new = new.clone();
        async move {
            let written = new.name.clone();
            let made = labels.create(new).await;
            // The next one may have been begun meanwhile.
            if made.is_ok() && name.try_with_untracked(|name| *name == written) == Some(true) {
                let _ = name.try_set(String::new());
            }
            made
        }
    });
    view! {
        <section class="panel" aria-labelledby="new-label">
            <h2 id="new-label">{t("labels-new")}</h2>
            <LabelForm id="new-label-form".to_owned() name=name colour=colour save=t("labels-create") action=action />
        </section>
    }
}
