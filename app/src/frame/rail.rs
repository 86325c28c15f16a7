//! The rail: where one can go. At the side where there is room, at the bottom on a phone.

use charla_shared::{
    id::{UserId, WorkspaceId},
    permission::PermissionSet,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{Rights, Viewer, Workspace, me::MeMenu, switcher::Switcher};
use crate::{
    device,
    i18n::t,
    keys::{self, Listed},
    request,
    ui::{Icon, Tooltip, changing, loaded},
};

/// Whether a path is this page, or one below it.
pub fn is_under(path: &str, page: &str) -> bool {
    path.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The rail.
#[component]
pub fn Rail(
    /// The workspace of the address, if it is one.
    id: Memo<Option<WorkspaceId>>,
    /// What is known of it.
    workspace: Workspace,
    /// The viewer.
    me: Viewer,
    /// Told who the viewer is.
    my_id: RwSignal<Option<UserId>>,
    /// What the viewer may do.
    rights: Rights,
) -> impl IntoView {
    view! {
        <nav class="rail" aria-label=t("frame-navigation")>
            <Switcher workspace=workspace me=me />
            <ul class="rail-places" role="list">
                <Suspense>
                    {loaded(move || async move {
                        if let Ok(workspace) = workspace.await {
                            rights.take(&workspace.permissions);
                        }
                        changing(move || id.get().map(|id| rights.all().with(|all| places(id, all))))
                    })}
                </Suspense>
            </ul>
            <Fold />
            <MeMenu me=me my_id=my_id />
        </nav>
    }
    .into_any()
}

/// The places this person may see.
fn places(id: WorkspaceId, permissions: &PermissionSet) -> impl IntoView + use<> {
    keys::places(permissions)
        .filter(|place| place.listed == Listed::Rail)
        .map(|place| {
            // The settings are one place, whichever of their pages is open.
            let root = place.path.split('/').next().unwrap_or_default();
            let (href, root) = (format!("/w/{id}/{}", place.path), format!("/w/{id}/{root}"));
            view! { <li><Place href=href root=root icon=place.icon name=t(place.words) /></li> }
        })
        .collect_view()
}

#[component]
fn Place(href: String, root: String, icon: &'static str, name: String) -> impl IntoView {
    let path = use_location().pathname;
    let current = Memo::new(move |_| path.with(|path| is_under(path, &root)));
    view! {
        <Tooltip text=name.clone()>
            <a href=href class="rail-place" aria-current=move || current.get().then_some("page")>
                <Icon name=icon />
                <span class="rail-name">{name}</span>
            </a>
        </Tooltip>
    }
}

/// The button that leaves the icons alone, or brings their names back. The browser keeps what was chosen, and the host draws
/// the next page so from the start.
#[component]
fn Fold() -> impl IntoView {
    let narrow = RwSignal::new(request::density_and_rail().1);
    let fold = move |_| {
        narrow.update(|narrow| *narrow = !*narrow);
        keep(narrow.get_untracked());
    };
    let name = move || if narrow.get() { t("frame-unfold") } else { t("frame-fold") };
    view! {
        <button type="button" class="icon-button rail-fold" aria-label=name title=name on:click=fold>
            <Icon name="panel-left" />
        </button>
    }
}

fn keep(narrow: bool) {
    let value = if narrow { "narrow" } else { "wide" };
    if let Some(html) = document().document_element() {
        // Refused only for names that are no attribute names.
        let _ = html.set_attribute("data-rail", value);
    }
    device::tell_host("charla_rail", value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_where_one_is_on_its_pages_and_below_them() {
        assert!(is_under("/w/1/inbox", "/w/1/inbox"));
        assert!(is_under("/w/1/inbox/7", "/w/1/inbox"));
        assert!(!is_under("/w/1/inbox-zero", "/w/1/inbox"));
        assert!(!is_under("/w/1/contacts", "/w/1/inbox"));
    }
}
