//! The word about a lost connection: only once it has lasted, because most are back before anybody could read it.

use std::time::Duration;

use leptos::prelude::*;

use super::state::InboxStore;
use crate::{
    i18n::t,
    realtime::Connection,
    ui::{Icon, changing},
};

const PATIENCE: Duration = Duration::from_secs(2);

/// Says when what is shown may be out of date.
#[component]
pub fn ConnectionNotice(
    /// The page's state.
    store: InboxStore,
) -> impl IntoView {
    let lost = RwSignal::new(false);
    Effect::new(move |_| {
        if store.connection.get() == Connection::Connecting {
            if let Ok(timer) = set_timeout_with_handle(move || _ = lost.try_set(true), PATIENCE) {
                on_cleanup(move || timer.clear());
            }
        } else {
            lost.set(false);
        }
    });
    view! {
        <div class="connection" role="status">
            {changing(move || {
                lost.get()
                    .then(|| {
                        view! {
                            <p>
                                <Icon name="wifi-off" />
                                <span>{t("inbox-offline")}</span>
                            </p>
                        }
                    })
            })}
        </div>
    }
}
