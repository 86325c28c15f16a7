//! The word about a lost connection, be it the device's or the host's: only once it has lasted, because most are back
//! before anybody could read it.

use std::time::Duration;

use leptos::{ev, prelude::*};

use crate::{
    i18n::t,
    realtime::{Connection, Line},
    ui::{Icon, changing},
};

const PATIENCE: Duration = Duration::from_secs(2);

/// Says when what is shown may be out of date.
#[component]
pub(super) fn ConnectionNotice(line: Line) -> impl IntoView {
    let (offline, lost) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        offline.set(!window().navigator().on_line());
        let gone = window_event_listener(ev::offline, move |_| offline.set(true));
        let back = window_event_listener(ev::online, move |_| offline.set(false));
        on_cleanup(move || {
            gone.remove();
            back.remove();
        });
    });
    Effect::new(move |_| {
        if offline.get() || line.connection.get() == Connection::Connecting {
            if let Ok(timer) = set_timeout_with_handle(move || _ = lost.try_set(true), PATIENCE) {
                on_cleanup(move || timer.clear());
            }
        } else {
            lost.set(false);
        }
    });
    let words = move || {
        let key = if offline.get() { "frame-offline" } else { "frame-reconnecting" };
        lost.get().then(|| {
            view! {
                <p>
                    <Icon name="wifi-off" />
                    <span>{t(key)}</span>
                </p>
            }
        })
    };
    view! {
        <div class="connection" role="status">
            {changing(words)}
        </div>
    }
    .into_any()
}
