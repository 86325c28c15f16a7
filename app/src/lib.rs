//! The Leptos app: pages by feature, components, server functions.
//!
//! Everything here runs twice: on the host, where a page is rendered with its data, and in the browser, where it comes
//! alive. What only one of them can do stands behind the features `ssr` and `hydrate`; they are never built together.

pub mod account;
pub mod canned_replies;
pub mod channels;
pub mod contacts;
#[cfg(feature = "ssr")]
pub mod context;
pub mod density;
mod device;
#[cfg(feature = "ssr")]
mod document;
pub mod failure;
pub mod flash;
mod frame;
pub mod home;
pub mod i18n;
mod idle;
pub mod inbox;
pub mod invites;
mod json;
pub mod keys;
pub mod labels;
mod locks;
pub mod members;
mod notifications;
pub mod pages;
pub mod palette;
pub mod panes;
pub mod quarantine;
pub mod realtime;
#[cfg(feature = "ssr")]
mod reload;
mod request;
pub mod search;
#[cfg(feature = "ssr")]
mod server_functions;
mod size;
pub mod theme;
pub mod ui;
pub mod workspaces;

#[cfg(feature = "ssr")]
pub use {document::shell, server_functions::register_server_functions};

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

use crate::{
    frame::{Frame, InboxRoute},
    i18n::use_locale,
    pages::{
        NotFoundPage,
        others::{
            self, AccountRoute, CannedRepliesRoute, ChannelsRoute, ContactRoute, ContactSettingsRoute, ContactsRoute,
            DesignRoute, HomeRoute, InviteRoute, LabelsRoute, LoginRoute, MembersRoute, QuarantineRoute, WelcomeRoute,
            WorkspacesRoute,
        },
    },
    ui::ToastRegion,
};

/// How long after it has come alive a page fetches others ahead. What somebody does first is not to wait for what they may
/// do later.
const AHEAD: Duration = Duration::from_secs(2);

const NAME: &str = "Charla";

/// What a page is called until it says so itself: in the browser as the host has called it, so that its tab does not
/// flicker while it comes alive.
fn first_title() -> String {
    if cfg!(feature = "hydrate") { document().title() } else { NAME.to_owned() }
}

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    i18n::provide(request::language_and_theme().0);
    let locale = use_locale();
    let toasts = ui::provide_toasts();
    // Counted, because the host writes the head outside the page (`frame::news::UnreadTitle`).
    let (title, has_begun) = (first_title(), ArcRwSignal::new(false));
    let begins = has_begun.clone();
    // Says that clicks are heard from now on; tests and impatient people wait for it.
    Effect::new(move |_| {
        if let Some(html) = document().document_element() {
            // Refused only for names that are no attribute names.
            let _ = html.set_attribute("data-hydrated", locale.tag());
        }
        let begins = begins.clone();
        let ahead = move || {
            let _ = begins.try_set(true);
            idle::when_idle(|| spawn_local(others::preload()));
        };
        set_timeout(ahead, AHEAD);
    });
    view! {
        <Title text=move || if has_begun.get() { NAME.to_owned() } else { title.clone() } />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/welcome") view=WelcomeRoute::lazy() ssr=SsrMode::Async />
                <Route path=path!("/login") view=LoginRoute::lazy() ssr=SsrMode::Async />
                <Route path=path!("/invites/:token") view=InviteRoute::lazy() ssr=SsrMode::Async />
                <Route path=path!("/workspaces") view=WorkspacesRoute::lazy() ssr=SsrMode::Async />
                <Route path=path!("/account") view=AccountRoute::lazy() ssr=SsrMode::Async />
                <Route path=path!("/operations/quarantine") view=QuarantineRoute::lazy() ssr=SsrMode::Async />
                <Route path=path!("/design") view=DesignRoute::lazy() ssr=SsrMode::Async />
                <ParentRoute path=path!("/w/:workspace") view=Frame ssr=SsrMode::Async>
                    <Route path=path!("home") view=HomeRoute::lazy() ssr=SsrMode::Async />
                    <Route path=path!("inbox/:conversation?") view=InboxRoute ssr=SsrMode::Async />
                    <Route path=path!("contacts") view=ContactsRoute::lazy() ssr=SsrMode::Async />
                    <Route path=path!("contacts/:contact") view=ContactRoute::lazy() ssr=SsrMode::Async />
                    <Route path=path!("settings/contacts") view=ContactSettingsRoute::lazy() ssr=SsrMode::Async />
                    <Route path=path!("settings/members") view=MembersRoute::lazy() ssr=SsrMode::Async />
                    <Route path=path!("settings/channels") view=ChannelsRoute::lazy() ssr=SsrMode::Async />
                    <Route path=path!("settings/labels") view=LabelsRoute::lazy() ssr=SsrMode::Async />
                    <Route path=path!("settings/replies") view=CannedRepliesRoute::lazy() ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
        <ToastRegion toasts=toasts />
    }
}
