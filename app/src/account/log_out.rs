//! The way out, and what it leaves behind: nothing of what was written, looked for or seen.
//!
//! The browser forgets once the host has answered, on the page it leads to: whoever could not be logged out, because there is
//! no connection, has lost nothing. A link to that page from elsewhere makes nobody forget: the tab knows whether it has
//! just logged out.

use charla_shared::id::UserId;
use js_sys::Date;
use leptos::{ev, prelude::*};
use web_sys::Storage;

use crate::{i18n::t, inbox, palette, search};

/// Where this tab notes when it asked to be logged out.
const LEAVING: &str = "charla leaving";
/// Milliseconds within which the host has answered: what is older came to nothing.
const ANSWERED: f64 = 60_000.0;

/// The form that logs out; what is in it is its button. It asks first when messages would be lost.
#[component]
pub fn LogOut(
    /// Who; none when that could not be read.
    user: Option<UserId>,
    children: Children,
) -> impl IntoView {
    let ask = move |event: ev::SubmitEvent| {
        if user.is_some_and(inbox::is_sending)
            && !window().confirm_with_message(&t("logout-waiting")).unwrap_or_default()
        {
            return event.prevent_default();
        }
        if let (Some(tab), Some(user)) = (tab(), user) {
            // A browser that keeps nothing for its tabs keeps nothing that would have to be forgotten.
            let _ = tab.set_item(LEAVING, &format!("{} {user}", Date::now()));
        }
    };
    view! {
        <form method="post" action="/session/end" on:submit=ask>
            {children()}
        </form>
    }
}

/// What this tab keeps for itself.
fn tab() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

/// Who of this tab has just asked to be logged out. Says so once.
fn leaving() -> Option<UserId> {
    let tab = tab()?;
    let asked = tab.get_item(LEAVING).ok().flatten();
    let _ = tab.remove_item(LEAVING);
    let (at, user) = asked.as_deref()?.split_once(' ')?;
    let has_just = at.parse::<f64>().is_ok_and(|at| Date::now() - at < ANSWERED);
    user.parse().ok().filter(|_| has_just)
}

/// Forgets what is not for the next person. For the log-in page, which knows whether a log-out led there
/// ([`LOGGED_OUT`](charla_shared::address::LOGGED_OUT)); who comes back after their session ended finds their words again.
pub fn forget(out: bool) {
    Effect::new(move |_| {
        // Of this tab alone, so it goes in every tab that ends up here.
        palette::forget();
        if let Some(user) = leaving().filter(|_| out) {
            inbox::forget_of(user);
            search::forget_of(&user.to_string());
        }
    });
}
