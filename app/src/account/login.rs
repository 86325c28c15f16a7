//! `/login`.

use charla_shared::address;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{LoginForm, Preferences, log_out};
use crate::{i18n::t, pages::Threshold, request::use_flash, ui::FlashNotice};

/// The way in.
#[component]
pub fn LoginPage() -> impl IntoView {
    let flash = use_flash(&["session", "invite"]);
    let query = use_query_map();
    let next = query.read_untracked().get("next");
    log_out::forget(query.read_untracked().get("out").is_some());
    let back = next.as_deref().map_or_else(|| "/login".to_owned(), address::log_in);
    view! {
        <Title text=format!("{} · Charla", t("login-title")) />
        <Threshold title=t("login-title")>
            <FlashNotice flash=flash.clone() />
            <LoginForm flash=flash next=next />
            <p class="quiet">{t("login-by-invite")}</p>
            <Preferences back=back />
        </Threshold>
    }
    .into_any()
}
