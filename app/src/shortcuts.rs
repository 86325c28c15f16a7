//! Shortcuts of a single key. Whoever dictates, or whose hand is not steady, can switch them off (WCAG 2.1.4).

use leptos::prelude::*;

use crate::{device, i18n::t, ui::Switch};

const KEPT_AS: &str = "shortcuts";
const OFF: &str = "off";

/// Whether single keys do something on this device. Keys with Ctrl, ⌘ or Alt always do.
#[must_use]
pub fn shortcuts_on() -> bool {
    device::read(KEPT_AS).as_deref() != Some(OFF)
}

/// The switch.
#[component]
pub fn ShortcutsSwitch() -> impl IntoView {
    let on = RwSignal::new(true);
    Effect::new(move |_| on.set(shortcuts_on()));
    let switch = Callback::new(move |wanted: bool| {
        on.set(wanted);
        device::keep(KEPT_AS, if wanted { "on" } else { OFF });
    });
    view! { <Switch id="shortcuts" label=t("shortcuts-switch") hint=t("shortcuts-switch-hint") checked=on on_change=switch /> }
}
