//! The settings: one place of the rail, and above each of their pages a line of them all.

use charla_shared::{id::WorkspaceId, permission::PermissionSet};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Rights, Workspace, rail::is_under};
use crate::{
    i18n::t,
    keys::{self, Listed},
    ui::{Icon, changing, loaded},
};

/// The line of pages, on the pages of the settings.
#[component]
pub fn SettingsBar(
    /// The workspace of the address, if it is one.
    id: Memo<Option<WorkspaceId>>,
    /// What is known of it.
    workspace: Workspace,
    /// What the viewer may do.
    rights: Rights,
) -> impl IntoView {
    let path = use_location().pathname;
    let shown =
        Memo::new(move |_| id.get().is_some_and(|id| path.with(|path| is_under(path, &format!("/w/{id}/settings")))));
    view! {
        <nav class="settings-bar" aria-label=t("settings-title") hidden=move || !shown.get()>
            <Suspense>
                {loaded(move || async move {
                    if let Ok(workspace) = workspace.await {
                        rights.take(&workspace.permissions);
                    }
                    changing(move || id.get().map(|id| rights.all().with(|all| pages(id, path, all))))
                })}
            </Suspense>
        </nav>
    }
    .into_any()
}

/// The pages this person may see.
fn pages(id: WorkspaceId, path: Memo<String>, permissions: &PermissionSet) -> impl IntoView + use<> {
    keys::places(permissions)
        .filter(|place| place.listed == Listed::Settings)
        .map(|place| {
            let href = format!("/w/{id}/{}", place.path);
            let here = href.clone();
            let current = Memo::new(move |_| path.with(|path| is_under(path, &here)));
            view! {
                <a href=href aria-current=move || current.get().then_some("page")>
                    <Icon name=place.icon />
                    {t(place.words)}
                </a>
            }
        })
        .collect_view()
}
