//! What an address shows that leads nowhere.

use leptos::prelude::*;
use leptos_meta::Title;

use super::Threshold;
use crate::i18n::t;

/// There is nothing here, and the way home.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <Title text=format!("{} · Charla", t("error-not-found")) />
        <Threshold title=t("error-not-found")>
            <p>{t("not-found-text")}</p>
            <a class="button button-primary" href="/" rel="external">
                {t("not-found-home")}
            </a>
        </Threshold>
    }
    .into_any()
}
