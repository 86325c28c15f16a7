//! `/welcome`: the first account claims the installation.

use leptos::prelude::*;
use leptos_meta::Title;

use super::{Preferences, RegisterForm};
use crate::{i18n::t, pages::Threshold, request::use_flash, ui::FlashNotice};

/// The first minute.
#[component]
pub fn WelcomePage() -> impl IntoView {
    let flash = use_flash(&["register"]);
    view! {
        <Title text=format!("{} · Charla", t("welcome-title")) />
        <Threshold title=t("welcome-title")>
            <p class="lead">{t("welcome-lead")}</p>
            <FlashNotice flash=flash.clone() />
            <RegisterForm flash=flash />
            <p class="quiet">{t("welcome-next")}</p>
            <Preferences back="/welcome" />
        </Threshold>
    }
    .into_any()
}
