//! The frame around the pages of a workspace: the rail with its places, the switcher, oneself.

mod me;
mod rail;
mod switcher;

use charla_shared::{
    account::Me,
    id::WorkspaceId,
    problem::{Problem, ProblemKind},
    workspace::WorkspaceView,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{components::Outlet, hooks::use_params_map};

use crate::{
    account,
    failure::Failure,
    i18n::t,
    inbox::InboxPage,
    ui::{ErrorState, Skeleton, loaded},
    workspaces,
};
use rail::Rail;

/// The workspace of the address, as the viewer may see it.
type Workspace = Resource<Result<WorkspaceView, Failure>>;
/// The viewer.
type Viewer = Resource<Result<Me, Failure>>;

/// The workspace the page is in.
pub fn use_workspace() -> Workspace {
    expect_context()
}

/// The frame. The page inside is the route's.
#[component]
pub fn Frame() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get_str("workspace").and_then(|id| id.parse::<WorkspaceId>().ok()))
    });
    let workspace: Workspace = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => workspaces::api::view(id).await,
                None => Err(Failure(Problem::not_found())),
            }
        },
    );
    let me: Viewer = Resource::new_blocking(|| (), |()| account::api::me());
    provide_context(workspace);
    view! {
        <div class="frame">
            <a class="skip" href="#main">{t("frame-skip")}</a>
            <Rail id=id workspace=workspace me=me />
            <main class="frame-main" id="main" tabindex="-1">
                <Outlet />
            </main>
        </div>
    }
    .into_any()
}

/// The inbox, once the workspace is known.
#[component]
pub fn InboxRoute() -> impl IntoView {
    let workspace = use_workspace();
    view! {
        <Suspense fallback=|| view! { <Skeleton rows=8 label=t("loading") /> }>
            {loaded(move || async move {
                match workspace.await {
                    Ok(workspace) => EitherOf3::A(view! { <InboxPage workspace=workspace /> }),
                    Err(failure) if failure.0.kind == ProblemKind::NotFound => EitherOf3::B(view! { <NoWorkspace /> }),
                    Err(failure) => {
                        EitherOf3::C(view! { <ErrorState failure=failure on_retry=move || workspace.refetch() /> })
                    }
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// There is no such workspace, or not for this person: the two are not told apart.
#[component]
pub fn NoWorkspace() -> impl IntoView {
    view! {
        <Title text=format!("{} · Charla", t("error-not-found")) />
        <div class="empty" role="alert">
            <h1>{t("error-not-found")}</h1>
            <p>{t("workspace-none-text")}</p>
            <a class="button" href="/workspaces" rel="external">
                {t("error-home")}
            </a>
        </div>
    }
}
