//! The settings of notifications, to be chosen on each device.

use leptos::prelude::*;

use super::{
    settings::{Settings, Which},
    show::{self, Allowed},
    sound,
};
use crate::{
    i18n::t,
    ui::{Choice, Segmented, Switch, changing},
};

/// What one is told on this device, each kept at once.
#[component]
pub fn NotificationPanel() -> impl IntoView {
    let settings = RwSignal::new(Settings::default());
    let allowed = RwSignal::new(None::<Allowed>);
    Effect::new(move |_| {
        settings.set(Settings::read());
        allowed.set(Some(show::allowed()));
    });
    let change = move |change: &dyn Fn(&mut Settings)| {
        settings.update(change);
        settings.get_untracked().keep();
    };
    let desktop = Callback::new(move |on: bool| {
        change(&|settings| settings.desktop = on);
        if on && allowed.get_untracked() == Some(Allowed::Unasked) {
            show::ask(move |answer| {
                let _ = allowed.try_set(Some(answer));
            });
        }
    });
    let sounds = Callback::new(move |on: bool| {
        change(&|settings| settings.sound = on);
        if on {
            sound::play();
        }
    });
    let which = Callback::new(move |name: String| {
        if let Some(which) = Which::from_name(&name) {
            change(&|settings| settings.which = which);
        }
    });
    let is_never = Signal::derive(move || allowed.get() == Some(Allowed::Never));
    let trouble = move || {
        let wanted = settings.read().desktop;
        match allowed.get() {
            Some(Allowed::No) if wanted => Some(t("notify-forbidden")),
            Some(Allowed::Never) => Some(t("notify-never")),
            _ => None,
        }
    };
    view! {
        <Switch
            id="notify-desktop"
            label=t("notify-desktop")
            hint=t("notify-desktop-hint")
            checked=Signal::derive(move || settings.read().desktop)
            disabled=is_never
            on_change=desktop
        />
        <p class="field-error" role="status">
            {changing(trouble)}
        </p>
        <Switch
            id="notify-sound"
            label=t("notify-sound")
            hint=t("notify-sound-hint")
            checked=Signal::derive(move || settings.read().sound)
            on_change=sounds
        />
        <Segmented
            id="notify-which"
            label=t("notify-which")
            options=Which::ALL.map(|which| Choice::new(which.name(), t(&format!("notify-which-{}", which.name())))).to_vec()
            chosen=Signal::derive(move || settings.read().which.name().to_owned())
            on_change=which
        />
    }
    .into_any()
}
