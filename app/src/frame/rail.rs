//! The rail: where one can go. At the side where there is room, at the bottom on a phone.

use charla_shared::id::WorkspaceId;
use leptos::prelude::*;
use leptos_router::components::A;

use super::{Viewer, Workspace, me::MeMenu, switcher::Switcher};
use crate::{
    i18n::t,
    ui::{Icon, changing},
};

/// The rail.
#[component]
pub fn Rail(
    /// The workspace of the address, if it is one.
    id: Memo<Option<WorkspaceId>>,
    /// What is known of it.
    workspace: Workspace,
    /// The viewer.
    me: Viewer,
) -> impl IntoView {
    view! {
        <nav class="rail" aria-label=t("frame-navigation")>
            <Switcher workspace=workspace me=me />
            {changing(move || {
                id.get()
                    .map(|id| {
                        view! {
                            <ul class="rail-places" role="list">
                                <li><Place href=format!("/w/{id}/inbox") icon="inbox" name=t("inbox-title") /></li>
                                <li><Place href=format!("/w/{id}/settings/members") icon="users" name=t("members-title") /></li>
                                <li><Place href=format!("/w/{id}/settings/channels") icon="smartphone" name=t("channels-title") /></li>
                                <li><Place href=format!("/w/{id}/settings/replies") icon="message-square-text" name=t("replies-title") /></li>
                            </ul>
                        }
                    })
            })}
            <MeMenu me=me />
        </nav>
    }
    .into_any()
}

#[component]
fn Place(href: String, icon: &'static str, name: String) -> impl IntoView {
    view! {
        <A href=href attr:class="rail-place">
            <Icon name=icon />
            <span>{name}</span>
        </A>
    }
}
