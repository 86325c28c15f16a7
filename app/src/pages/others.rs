//! Every page but the inbox, in a file of its own: whoever opens the inbox in the morning does not wait for settings they
//! may change once a month. The file is fetched when the browser has nothing else to do, so going there is instant later.

use std::future::Future;

#[cfg(feature = "hydrate")]
use charla_shared::problem::{Problem, ProblemKind};
#[cfg(feature = "hydrate")]
use futures::FutureExt;
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
#[cfg(feature = "hydrate")]
use crate::{
    failure::{Failure, UNREACHABLE},
    ui::{ErrorState, changing},
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
        #[cfg_attr(
            feature = "hydrate",
            leptos::wasm_split::wasm_split(
                others,
                wasm_split_path = leptos::wasm_split,
                preload(fetch_others),
                fallible
            )
        )]
        fn show_other(page: Other) -> Result<AnyView, NotFetched> {
            Ok(match page {
                $(Other::$route => view! { <$page /> }.into_any(),)+
            })
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
                    show(Other::$route)
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

/// The file with the pages could not be fetched. It is tried again the next time.
#[derive(Debug)]
struct NotFetched;

#[cfg(feature = "hydrate")]
impl From<leptos::wasm_split::SplitLoaderError> for NotFetched {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Fetches the pages ahead of time. What comes to nothing, because the connection is away, comes when they are wanted.
#[cfg_attr(not(feature = "hydrate"), expect(clippy::unused_async, reason = "the host has them"))]
pub async fn preload() {
    #[cfg(feature = "hydrate")]
    let _ = fetch_others().await;
}

/// A page, or that it could not be fetched: the page that is open must not end by that.
#[cfg(feature = "hydrate")]
async fn show(page: Other) -> AnyView {
    match show_other(page).await {
        Ok(page) => page,
        Err(NotFetched) => view! { <OutOfReach page=page /> }.into_any(),
    }
}

#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "in the browser it may have to be fetched")]
async fn show(page: Other) -> AnyView {
    // The browser is told to fetch what this page needs at once.
    leptos::prefetch_lazy_fn_on_server("others");
    show_other(page).unwrap_or_else(|NotFetched| ().into_any())
}

/// In the place of a page whose file could not be fetched.
#[cfg(feature = "hydrate")]
#[component]
fn OutOfReach(page: Other) -> impl IntoView {
    let fetched = RwSignal::new(false);
    let again = move || {
        leptos::task::spawn_local(async move {
            if fetch_others().await.is_ok() {
                let _ = fetched.try_set(true);
            }
        });
    };
    let why = Problem::new(ProblemKind::Unavailable, UNREACHABLE, "The page could not be fetched.");
    changing(move || {
        if fetched.get() {
            // It is there by now, so there is nothing to wait for.
            show_other(page).now_or_never().and_then(Result::ok).unwrap_or_else(|| ().into_any())
        } else {
            view! { <ErrorState failure=Failure(why.clone()) on_retry=again /> }.into_any()
        }
    })
}
