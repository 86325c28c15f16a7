//! The switcher: which workspace this is, and the others.

use charla_shared::{account::MyWorkspace, id::WorkspaceId};
use leptos::prelude::*;

use super::{Viewer, Workspace};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Avatar, Icon, loaded},
};

/// The workspace's mark; it opens the list of one's workspaces.
#[component]
pub fn Switcher(workspace: Workspace, me: Viewer) -> impl IntoView {
    view! {
        <div class="switcher">
            <Suspense fallback=|| view! { <span class="rail-mark"></span> }>
                {loaded(move || async move {
                    let here = workspace.await.ok();
                    let mine = me.await.map(|me| me.workspaces).unwrap_or_default();
                    let name = here.as_ref().map_or_else(|| "Charla".to_owned(), |workspace| workspace.name.clone());
                    let label = t_with("frame-switch", &[("name", Arg::from(name.clone()))]);
                    let here = here.map(|workspace| workspace.id);
                    view! {
                        <button type="button" class="rail-mark" popovertarget="switcher" title=name>
                            <Avatar name=name.clone() />
                            <span class="visually-hidden">{label}</span>
                        </button>
                        <div class="menu" id="switcher" popover="auto">
                            <p class="menu-title">{t("workspaces-title")}</p>
                            <ul role="list">
                                {mine
                                    .into_iter()
                                    .map(|workspace| view! { <li><Choice here=here workspace=workspace /></li> })
                                    .collect_view()}
                            </ul>
                            <a class="menu-item" href="/workspaces" rel="external">
                                <Icon name="plus" />
                                {t("workspaces-new")}
                            </a>
                        </div>
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}

/// One of them. Loaded anew, so that nothing of one workspace is left on the screen of another.
#[component]
fn Choice(here: Option<WorkspaceId>, workspace: MyWorkspace) -> impl IntoView {
    view! {
        <a
            class="menu-item"
            href=format!("/w/{}/inbox", workspace.id)
            rel="external"
            aria-current=(here == Some(workspace.id)).then_some("true")
        >
            <Avatar name=workspace.name.clone() />
            <span dir="auto">{workspace.name}</span>
        </a>
    }
}
