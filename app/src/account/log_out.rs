//! The way out, and what it leaves behind: nothing of what was written, looked for or seen.
//!
//! The browser forgets once the host has answered, on the page it leads to: whoever could not be logged out, because there is
//! no connection, has lost nothing.

use leptos::{ev, prelude::*};

use crate::{i18n::t, inbox, palette, search};

/// The form that logs out; what is in it is its button. It asks first when messages would be lost.
#[component]
pub fn LogOut(children: Children) -> impl IntoView {
    let ask = |event: ev::SubmitEvent| {
        if inbox::is_sending() && !window().confirm_with_message(&t("logout-waiting")).unwrap_or_default() {
            event.prevent_default();
        }
    };
    view! {
        <form method="post" action="/session/end" on:submit=ask>
            {children()}
        </form>
    }
}

/// Forgets what is not for the next person. For the log-in page, which knows whether a log-out led there
/// ([`LOGGED_OUT`](charla_shared::address::LOGGED_OUT)); who comes back after their session ended finds their words again.
pub fn forget(out: bool) {
    Effect::new(move |_| {
        // Of this tab alone, so it goes in every tab that ends up here.
        palette::forget();
        if out {
            inbox::forget_all();
            search::forget_all();
        }
    });
}
