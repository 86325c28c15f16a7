//! Making a link, and the links that are open.

use charla_shared::{
    id::WorkspaceId,
    invite::{INVITE_HOURS, InviteLink, InviteView, NewInvite},
    permission::{Permission, Role},
};
use leptos::{either::Either, prelude::*, reactive::computed::ScopedFuture};

use super::api;
use crate::{
    failure::Failure,
    frame::Workspace,
    i18n::{Arg, t, t_with},
    ui::{Button, CopyField, ErrorState, Notice, RoleSelect, Skeleton, Time, changing, loaded, problem_words},
};

/// The open invites, for those who may see them.
pub type InviteList = Resource<Result<Vec<InviteView>, Failure>>;

/// Asks for the open invites, if the viewer may see them.
pub fn open_invites(id: Memo<Option<WorkspaceId>>, workspace: Workspace) -> InviteList {
    Resource::new_blocking(
        move || id.get(),
        move |id| {
            ScopedFuture::new_untracked(async move {
                match (id, workspace.await) {
                    (Some(id), Ok(workspace)) if workspace.permissions.allows(Permission::MembersInvite) => {
                        api::list(id).await
                    }
                    _ => Ok(Vec::new()),
                }
            })
        },
    )
}

/// The section of the members page about invites.
#[component]
pub fn Invites(
    /// Where to.
    workspace: WorkspaceId,
    /// The viewer's role: nobody gives away more than they hold.
    role: Role,
    /// Those that are open.
    open: InviteList,
) -> impl IntoView {
    let chosen = RwSignal::new(Role::Member);
    let create = Action::new(move |role: &Role| {
        let invite = NewInvite { role: *role };
        async move {
            let made = api::create(workspace, invite).await;
            open.refetch();
            made
        }
    });
    let revoke = Action::new(move |invite: &InviteView| {
        let invite = invite.id;
        async move {
            let revoked = api::revoke(workspace, invite).await;
            open.refetch();
            revoked
        }
    });
    let made = create.value();
    view! {
        <section class="panel" aria-labelledby="invites">
            <h2 id="invites">{t("invites-title")}</h2>
            <p class="quiet">{t_with("invites-text", &[("hours", Arg::from(INVITE_HOURS))])}</p>
            <div class="form form-line">
                <RoleSelect label=t("invites-role") mine=role role=chosen />
                <Button primary=true busy=create.pending() on_click=move |_| _ = create.dispatch(chosen.get())>
                    {t("invites-create")}
                </Button>
            </div>
            {changing(move || made.get().map(|made| view! { <Made made=made /> }))}
            {changing(move || {
                revoke
                    .value()
                    .get()
                    .and_then(Result::err)
                    .map(|failure| view! { <Notice bad=true>{problem_words(&failure.0)}</Notice> })
            })}
            <Transition fallback=|| view! { <Skeleton rows=1 label=t("loading") /> }>
                {loaded(move || async move {
                    match open.await {
                        Ok(list) => Either::Left(view! { <Open list=list revoke=revoke /> }),
                        Err(failure) => Either::Right(view! { <ErrorState failure=failure on_retry=move || open.refetch() /> }),
                    }
                })}
            </Transition>
        </section>
    }
    .into_any()
}

/// The fresh link: shown this once.
#[component]
fn Made(made: Result<InviteLink, Failure>) -> impl IntoView {
    let link = match made {
        Ok(link) => link,
        Err(failure) => return Either::Left(view! { <Notice bad=true>{problem_words(&failure.0)}</Notice> }),
    };
    Either::Right(view! {
        <div class="told">
            <CopyField id="invite-url" label=t("invites-link") value=link.url />
            <p class="quiet">{t("invites-once")}</p>
        </div>
    })
}

#[component]
fn Open(list: Vec<InviteView>, revoke: Action<InviteView, Result<(), Failure>>) -> impl IntoView {
    if list.is_empty() {
        return Either::Left(view! { <p class="quiet">{t("invites-none")}</p> });
    }
    let rows = list
        .into_iter()
        .map(|invite| {
            let by = t_with("invites-by", &[("name", Arg::from(invite.created_by.clone()))]);
            let expires = invite.expires_at;
            let tag = t(&format!("role-{}", invite.role.name()));
            view! {
                <li class="entry">
                    <div class="entry-main">
                        <strong>{by}</strong>
                        <span class="quiet">{t("invites-until")} " " <Time at=expires /></span>
                    </div>
                    <span class="tag">{tag}</span>
                    <Button on_click=move |_| _ = revoke.dispatch(invite.clone())>{t("invites-revoke")}</Button>
                </li>
            }
        })
        .collect_view();
    Either::Right(view! { <ul class="entries" role="list">{rows}</ul> })
}
