//! `/w/{workspace}/settings/members`.

use charla_shared::{
    event::{Event, Happening, ServerFrame},
    member::MemberView,
    permission::Permission,
    problem::Problem,
    workspace::WorkspaceView,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use super::api;
use crate::{
    failure::Failure,
    frame::{use_line, use_rights, use_workspace, use_workspace_id},
    i18n::t,
    inbox::gather::SPREAD,
    invites::{InviteList, Invites, open_invites},
    pages::Sheet,
    ui::{Avatar, ErrorState, Skeleton, Time, changing, loaded},
};

/// The members of the workspace.
type MemberList = Resource<Result<Vec<MemberView>, Failure>>;

/// Who is in the workspace.
#[component]
pub fn MembersPage() -> impl IntoView {
    let (id, workspace) = (use_workspace_id(), use_workspace());
    let members: MemberList = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::list(id).await,
                None => Err(Failure(Problem::not_found())),
            }
        },
    );
    let invites = open_invites(id, workspace);
    view! {
        <Title text=format!("{} · Charla", t("members-title")) />
        <Sheet title=t("members-title")>
            <Suspense fallback=|| view! { <Skeleton rows=4 label=t("loading") /> }>
                {loaded(move || async move {
                    match workspace.await {
                        Ok(workspace) => {
                            Either::Left(view! { <Members workspace=workspace members=members invites=invites /> })
                        }
                        Err(failure) => {
                            Either::Right(view! { <ErrorState failure=failure on_retry=move || workspace.refetch() /> })
                        }
                    }
                })}
            </Suspense>
        </Sheet>
    }
    .into_any()
}

#[component]
fn Members(workspace: WorkspaceView, members: MemberList, invites: InviteList) -> impl IntoView {
    let may_invite = use_rights().of(&workspace, Permission::MembersInvite);
    let role = use_rights().role(workspace.role);
    let load = move || {
        members.refetch();
        invites.refetch();
    };
    use_line().hear(move |frame| match frame {
        // What every page hears in the same instant is asked for spread over a while.
        ServerFrame::Reload { .. } => set_timeout(load, SPREAD.mul_f64(js_sys::Math::random())),
        frame if is_about_members(frame) => load(),
        _ => {}
    });
    Effect::new(move |could: Option<bool>| {
        let can = may_invite.get();
        // Somebody who could not see them had none to show.
        if could == Some(false) && can {
            invites.refetch();
        }
        can
    });
    view! {
        <section class="panel" aria-labelledby="members">
            <h2 id="members">{t("members-list")}</h2>
            <Transition fallback=|| view! { <Skeleton rows=3 label=t("loading") /> }>
                {loaded(move || async move {
                    match members.await {
                        Ok(list) => Either::Left(view! { <Table members=list /> }),
                        Err(failure) => {
                            Either::Right(view! { <ErrorState failure=failure on_retry=move || members.refetch() /> })
                        }
                    }
                })}
            </Transition>
        </section>
        {changing(move || {
            may_invite
                .get()
                .then(|| {
                    // Nobody gives away more than they hold, at this moment.
                    view! { <Invites workspace=workspace.id role=role.get() open=invites /> }
                })
        })}
    }
    .into_any()
}

/// Whether somebody may have joined, left or got another role.
fn is_about_members(frame: &ServerFrame) -> bool {
    let changed = |event: &Event| matches!(event.happening, Happening::MemberChanged { .. });
    match frame {
        ServerFrame::Event(event) => changed(event),
        ServerFrame::Events { events } => events.iter().any(changed),
        _ => false,
    }
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
                    <span class="entry-role">
                        <span class="tag">{t(&format!("role-{}", member.role.name()))}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="entries" role="list">{rows}</ul> }
}
