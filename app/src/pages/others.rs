//! Every page but the inbox, in a file of its own: whoever opens the inbox in the morning does not wait for settings they
//! may change once a month. The file is fetched when the browser has nothing else to do, so going there is instant later.

use std::future::Future;

use leptos::prelude::*;
use leptos_router::{Lazy, LazyRoute};

use super::DesignPage;
use crate::{
    account::{AccountPage, LoginPage, WelcomePage},
    canned_replies::CannedRepliesPage,
    channels::ChannelsPage,
    contacts::{ContactPage, ContactSettingsPage, ContactsPage},
    home::HomePage,
    invites::InvitePage,
    labels::LabelsPage,
    members::MembersPage,
    quarantine::QuarantinePage,
    workspaces::WorkspacesPage,
};

macro_rules! others {
    ($($(#[$doc:meta])* $route:ident => $page:ident,)+) => {
        /// Which page, by the name of its route.
        #[derive(Debug, Clone, Copy)]
        #[expect(clippy::enum_variant_names, reason = "the names are those of the routes")]
        enum Other {
            $($route,)+
        }

        /// The pages. What only they use is not in the file that every page loads.
        #[lazy]
        fn show_other(page: Other) -> AnyView {
            match page {
                $(Other::$route => view! { <$page /> }.into_any(),)+
            }
        }

        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub struct $route;

            impl LazyRoute for $route {
                fn data() -> Self {
                    Self
                }

                fn view(_this: Self) -> impl Future<Output = AnyView> {
                    show_other(Other::$route)
                }

                fn preload() -> impl Future<Output = ()> {
                    preload()
                }
            }

            impl $route {
                /// For the table of routes.
                #[must_use]
                pub fn lazy() -> Lazy<Self> {
                    Lazy::new()
                }
            }
        )+
    };
}

others! {
    /// The first account.
    WelcomeRoute => WelcomePage,
    /// Logging in.
    LoginRoute => LoginPage,
    /// An invitation.
    InviteRoute => InvitePage,
    /// The workspaces of a user.
    WorkspacesRoute => WorkspacesPage,
    /// One's own account.
    AccountRoute => AccountPage,
    /// Deliveries that were set aside.
    QuarantineRoute => QuarantinePage,
    /// Every component in every state.
    DesignRoute => DesignPage,
    /// Who is in the workspace.
    MembersRoute => MembersPage,
    /// The workspace's numbers.
    ChannelsRoute => ChannelsPage,
    /// What goes on today.
    HomeRoute => HomePage,
    /// The contacts of the workspace.
    ContactsRoute => ContactsPage,
    /// One contact.
    ContactRoute => ContactPage,
    /// The workspace's tags and fields of contacts.
    ContactSettingsRoute => ContactSettingsPage,
    /// The workspace's labels.
    LabelsRoute => LabelsPage,
    /// The texts everybody uses.
    CannedRepliesRoute => CannedRepliesPage,
}

/// Fetches the pages ahead of time.
#[cfg_attr(not(feature = "hydrate"), expect(clippy::unused_async, reason = "the host has them"))]
pub async fn preload() {
    #[cfg(feature = "hydrate")]
    __preload_show_other().await;
}
