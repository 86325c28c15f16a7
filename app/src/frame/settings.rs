//! The settings: one place of the rail, and above each of their pages a line of them all.

use charla_shared::{id::WorkspaceId, permission::Permission};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    Workspace,
    rail::{PlaceOf, is_under},
};
use crate::{
    i18n::t,
    ui::{Icon, loaded},
};

const PAGES: &[PlaceOf] = &[
    ("settings/members", "users", "members-title", Some(Permission::MembersView)),
    ("settings/channels", "smartphone", "channels-title", Some(Permission::ChannelsView)),
    ("settings/replies", "message-square-text", "replies-title", Some(Permission::ConversationsReply)),
    ("settings/labels", "tag", "labels-title", Some(Permission::ConversationsManage)),
    ("settings/contacts", "contact", "contacts-settings", Some(Permission::ContactsView)),
];

/// The line of pages, on the pages of the settings.
#[component]
pub fn SettingsBar(
    /// The workspace of the address, if it is one.
    id: Memo<Option<WorkspaceId>>,
    /// What is known of it.
    workspace: Workspace,
) -> impl IntoView {
    let path = use_location().pathname;
    let shown =
        Memo::new(move |_| id.get().is_some_and(|id| path.with(|path| is_under(path, &format!("/w/{id}/settings")))));
    view! {
        <nav class="settings-bar" aria-label=t("settings-title") hidden=move || !shown.get()>
            <Suspense>
                {loaded(move || async move {
                    let permissions = workspace.await.map(|workspace| workspace.permissions).ok();
                    id.get_untracked()
                        .zip(permissions)
                        .map(|(id, permissions)| {
                            PAGES
                                .iter()
                                .filter(|(.., needed)| needed.is_none_or(|needed| permissions.allows(needed)))
                                .map(|(page, icon, name, _)| {
                                    let href = format!("/w/{id}/{page}");
                                    let here = href.clone();
                                    let current = Memo::new(move |_| path.with(|path| is_under(path, &here)));
                                    view! {
                                        <a href=href aria-current=move || current.get().then_some("page")>
                                            <Icon name=icon />
                                            {t(name)}
                                        </a>
                                    }
                                })
                                .collect_view()
                        })
                })}
            </Suspense>
        </nav>
    }
    .into_any()
}
