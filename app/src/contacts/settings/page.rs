//! The page.

use charla_shared::{permission::Permission, problem::Problem};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use super::{confirm::Confirm, fields::Fields, tags::Tags, work::Work};
use crate::{
    contacts::api,
    failure::Failure,
    frame::{use_rights, use_workspace, use_workspace_id},
    i18n::t,
    pages::Sheet,
    ui::{ErrorState, Notice, Skeleton, changing, loaded},
};

/// Tags and fields.
#[component]
pub fn ContactSettingsPage() -> impl IntoView {
    let (id, workspace, rights) = (use_workspace_id(), use_workspace(), use_rights());
    let tags = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::tags(id).await,
                None => Err(Failure(Problem::not_found())),
            }
        },
    );
    let fields = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::fields(id).await,
                None => Err(Failure(Problem::not_found())),
            }
        },
    );
    view! {
        <Title text=format!("{} · Charla", t("contacts-settings")) />
        <Sheet title=t("contacts-settings")>
            <Suspense fallback=|| view! { <Skeleton rows=6 label=t("loading") /> }>
                {loaded(move || async move {
                    match (workspace.await, tags.await, fields.await) {
                        (Ok(workspace), Ok(all_tags), Ok(all_fields)) => {
                            let may_edit = rights.of(&workspace, Permission::WorkspaceEdit);
                            let work = Work::new(workspace.id, may_edit, all_tags, all_fields);
                            Either::Left(view! { <Both work=work /> })
                        }
                        (Err(failure), ..) | (_, Err(failure), _) | (.., Err(failure)) => {
                            let again = move || {
                                tags.refetch();
                                fields.refetch();
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
fn Both(work: Work) -> impl IntoView {
    let back = format!("/w/{}/contacts", work.workspace);
    view! {
        <a class="part-link" href=back>{t("contacts-to-list")}</a>
        {changing(move || {
            (!work.may_edit.get()).then(|| view! { <Notice>{t("contacts-settings-view")}</Notice> })
        })}
        <Tags work=work />
        <Fields work=work />
        <Confirm work=work />
    }
    .into_any()
}
