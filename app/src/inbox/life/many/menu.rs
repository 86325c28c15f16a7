//! The other statuses for what is selected.

use charla_shared::life::{Change, NewStatus};
use leptos::prelude::*;

use super::{
    super::{
        reason::Resolving,
        snooze::{self, OtherTime},
    },
    Many,
};
use crate::{
    i18n::t,
    ui::{Menu, MenuItem},
};

/// What opens the other statuses.
pub const MENU: &str = "many-more";

/// The menu: times to sleep until, pending, and closing with a reason.
#[component]
pub fn ManyMenu(
    /// What changes what is selected.
    many: Many,
    /// Whether a time by calendar and clock is asked for.
    choosing: RwSignal<bool>,
) -> impl IntoView {
    let set = move |to: NewStatus| many.change(Change::Status { to });
    let ask = move |_| many.life.reason.ask(Resolving::Selected);
    let times = snooze::offered(many.life.store.now);
    view! {
        <Menu id=MENU label=t("life-more") icon="chevron-down">
            {snooze::items(times, Callback::new(move |until| set(NewStatus::Snoozed { until })))}
            <MenuItem icon="clock" on_click=move |_| choosing.set(true)>{t("snooze-choose")}</MenuItem>
            <MenuItem on_click=move |_| set(NewStatus::Pending)>{t("life-pending")}</MenuItem>
            <MenuItem icon="check" on_click=ask>{t("reason-menu")}</MenuItem>
        </Menu>
    }
    .into_any()
}

/// A time by calendar and clock, for what is selected.
#[component]
pub fn ManyTime(
    /// What changes what is selected.
    many: Many,
    /// Whether it is asked for.
    choosing: RwSignal<bool>,
) -> impl IntoView {
    let snooze = Callback::new(move |until| many.change(Change::Status { to: NewStatus::Snoozed { until } }));
    view! { <OtherTime id="many-snooze" title=t("many-snooze-title") open=choosing on_choose=snooze /> }.into_any()
}
