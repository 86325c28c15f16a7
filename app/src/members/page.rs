//! `/w/{workspace}/settings/members`.

use charla_shared::{member::MemberView, permission::Permission, workspace::WorkspaceView};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use super::api;
use crate::{
    frame::use_workspace,
    i18n::t,
    invites::Invites,
    pages::Sheet,
    ui::{Avatar, ErrorState, Skeleton, Time, loaded},
};

/// Who is in the workspace.
#[component]
pub fn MembersPage() -> impl IntoView {
    let workspace = use_workspace();
    view! {
        <Title text=format!("{} · Charla", t("members-title")) />
        <Sheet title=t("members-title")>
            <Suspense fallback=|| view! { <Skeleton rows=4 label=t("loading") /> }>
                {loaded(move || async move {
                    // The frame shows why there is none.
                    workspace.await.ok().map(|workspace| view! { <Members workspace=workspace /> })
                })}
            </Suspense>
        </Sheet>
    }
    .into_any()
}

#[component]
fn Members(workspace: WorkspaceView) -> impl IntoView {
    let id = workspace.id;
    let members = Resource::new_blocking(|| (), move |()| api::list(id));
    let may_invite = workspace.permissions.allows(Permission::MembersInvite);
    view! {
        <section class="panel" aria-labelledby="members">
            <h2 id="members">{t("members-list")}</h2>
            <Suspense fallback=|| view! { <Skeleton rows=3 label=t("loading") /> }>
                {loaded(move || async move {
                    match members.await {
                        Ok(list) => Either::Left(view! { <Table members=list /> }),
                        Err(failure) => {
                            Either::Right(view! { <ErrorState failure=failure on_retry=move || members.refetch() /> })
                        }
                    }
                })}
            </Suspense>
        </section>
        {may_invite.then(|| view! { <Invites workspace=id role=workspace.role /> })}
    }
    .into_any()
}

#[component]
fn Table(members: Vec<MemberView>) -> impl IntoView {
    let rows = members
        .into_iter()
        .map(|member| {
            view! {
                <li class="entry">
                    <Avatar name=member.name.clone() />
                    <div class="entry-main">
                        <strong>{member.name}</strong>
                        <span class="quiet">{member.email}</span>
                    </div>
                    <span class="quiet entry-when">{t("members-since")} " " <Time at=member.joined_at /></span>
                    <span class="tag">{t(&format!("role-{}", member.role.name()))}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="entries" role="list">{rows}</ul> }
}
