//! The frame around the pages of a workspace: the rail with its places, the switcher, oneself.

mod connection;
mod me;
mod news;
mod rail;
mod rights;
mod settings;
mod switcher;

use std::time::Duration;

use charla_shared::{
    account::Me,
    id::{UserId, WorkspaceId},
    problem::Problem,
    workspace::WorkspaceView,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    components::Outlet,
    hooks::{use_navigate, use_params_map},
};

use connection::ConnectionNotice;
pub use news::{News, use_news};
use news::{Stood, UnreadTitle};

use crate::{
    account,
    failure::Failure,
    i18n::t,
    inbox::{self, Desk, InboxPage, address},
    keys::{self, Overlays, PageKeys, ShortcutSheet},
    palette::{Action, Actions, Palette},
    realtime::Line,
    search, workspaces,
};
use rail::Rail;
use rights::Outside;
pub use rights::{Rights, use_rights};
use settings::SettingsBar;

/// Quiet before it is asked once more how the workspace stands.
const AGAIN: Duration = Duration::from_secs(3);

/// The workspace of the address, as the viewer may see it.
pub type Workspace = Resource<Result<WorkspaceView, Failure>>;
/// The viewer.
type Viewer = Resource<Result<Me, Failure>>;

/// The workspace the page is in.
pub fn use_workspace() -> Workspace {
    expect_context()
}

/// The id in the address, if it is one. Data of a page are asked for with it, where the page begins: what is made inside
/// of a part that waits may be made more than once on the host, and then the browser looks for its data under other
/// numbers than the host has given them.
pub fn use_workspace_id() -> Memo<Option<WorkspaceId>> {
    expect_context()
}

/// Who the viewer is, once that is known.
pub fn use_my_id() -> RwSignal<Option<UserId>> {
    expect_context()
}

/// The line on which every page hears what happens in the workspace.
pub fn use_line() -> Line {
    expect_context()
}

/// What a page of the frame expects around it, where there is no host to ask: for the list on a page of its own.
#[cfg(feature = "measured")]
pub fn provide_alone(workspace: WorkspaceId) {
    let (id, me, line) = (Memo::new(move |_| Some(workspace)), RwSignal::new(None::<UserId>), Line::default());
    provide_context(me);
    provide_context(line);
    News::provide(id, line);
    let unknown: Workspace = Resource::new(|| (), |()| async { Err(Failure(Problem::not_found())) });
    Rights::provide(id, unknown, me, line).take(&charla_shared::permission::Role::Owner.permissions());
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
    Desk::provide(me, workspace);
    provide_context(workspace);
    let my_id = RwSignal::new(None::<UserId>);
    provide_context(my_id);
    provide_context(id);
    let stood: Stood = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => inbox::api::standing(id).await,
                None => Err(Failure(Problem::not_found())),
            }
        },
    );
    let line = listen(id, stood);
    let (news, rights) = (News::provide(id, line), Rights::provide(id, workspace, my_id, line));
    provide_context(me);
    let (overlays, actions) = (Overlays::default(), Actions::default());
    provide_context(actions);
    let page_keys = PageKeys::default();
    provide_context(page_keys);
    keys::listen(id, overlays, page_keys, rights.all());
    offer_what_works_everywhere(id, overlays, actions);
    // The palette is opened by hand, long after the page has come alive: what it offers is read in the browser alone.
    let workspaces = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        if let Some(Ok(me)) = me.get() {
            workspaces.set(me.workspaces);
        }
        if let Some(Ok(workspace)) = workspace.get() {
            rights.take(&workspace.permissions);
        }
    });
    view! {
        <UnreadTitle news=news stood=stood />
        <div class="frame">
            <a class="skip" href="#main">{t("frame-skip")}</a>
            <Rail id=id workspace=workspace me=me my_id=my_id rights=rights />
            <main class="frame-main" id="main" tabindex="-1">
                <SettingsBar id=id workspace=workspace rights=rights />
                <Outside rights=rights />
                <Outlet />
            </main>
            <ConnectionNotice line=line />
            <Palette
                id=id
                open=overlays.palette
                actions=actions
                workspaces=workspaces.into()
                permissions=rights.all()
            />
            <ShortcutSheet open=overlays.sheet />
        </div>
    }
    .into_any()
}

/// Opens the line for the pages of the workspace, once the page is alive: what is on screen was read by then.
fn listen(id: Memo<Option<WorkspaceId>>, stood: Stood) -> Line {
    let line = Line::default();
    provide_context(line);
    line.keep_open(id);
    Effect::new(move |_| match stood.get() {
        Some(Ok(stood)) => set_timeout(move || line.begin(stood.cursor), Duration::ZERO),
        // A page that was made in a bad moment asks again; one for nobody has nothing to hear.
        Some(Err(failure)) if news::is_passing(&failure) => {
            if let Ok(timer) = set_timeout_with_handle(move || stood.refetch(), AGAIN) {
                on_cleanup(move || timer.clear());
            }
        }
        _ => {}
    });
    line
}

/// The actions of every page.
fn offer_what_works_everywhere(id: Memo<Option<WorkspaceId>>, overlays: Overlays, actions: Actions) {
    let (navigate, here) = (use_navigate(), address::here());
    let search = move |()| {
        let to_inbox = || {
            if let Some(id) = id.get_untracked() {
                navigate(&here.keeping(&format!("/w/{id}/inbox?q=")), NavigateOptions::default());
            }
        };
        search::begin(to_inbox);
    };
    let shown = Signal::stored(true);
    let (words, icon) = ("keys-search", "search");
    actions.register(Action { id: "search", words, icon, keys: "/", shown, run: Callback::new(search) });
    let (words, icon) = ("keys-sheet", "keyboard");
    let run = Callback::new(move |()| overlays.sheet.set(true));
    actions.register(Action { id: "shortcuts", words, icon, keys: "?", shown, run });
}

/// The inbox of the address' workspace. Another workspace is another page load.
#[component]
pub fn InboxRoute() -> impl IntoView {
    let id = use_workspace_id().get_untracked();
    id.map(|id| view! { <InboxPage id=id workspace=use_workspace() /> })
}

/// There is no such workspace, or not for this person: the two are not told apart.
#[component]
pub fn NoWorkspace() -> impl IntoView {
    view! {
        <Title text=format!("{} · Charla", t("error-not-found")) />
        <div class="empty workspace-none" role="alert">
            <h1>{t("error-not-found")}</h1>
            <p>{t("workspace-none-text")}</p>
            <a class="button" href="/workspaces" rel="external">
                {t("error-home")}
            </a>
        </div>
    }
}
