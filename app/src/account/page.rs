//! `/account`.

use charla_shared::account::{Me, PASSWORD_MIN};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use super::{LogOut, api, forms::field_error, preferences::Preferences, sessions::Sessions};
use crate::{
    i18n::{Arg, t, t_with},
    keys::ShortcutsSwitch,
    notifications::NotificationPanel,
    pages::Sheet,
    request::use_flash,
    ui::{ErrorState, FlashNotice, PasswordField, Skeleton, Submit, loaded},
};

/// One's own account.
#[component]
pub fn AccountPage() -> impl IntoView {
    let me = Resource::new_blocking(|| (), |()| api::me());
    view! {
        <Title text=format!("{} · Charla", t("account-title")) />
        <Sheet title=t("account-title") back=("/".to_owned(), t("sheet-to-inbox"))>
            <Suspense fallback=|| view! { <Skeleton rows=6 label=t("loading") /> }>
                {loaded(move || async move {
                    match me.await {
                        Ok(me) => Either::Left(view! { <Account me=me /> }),
                        Err(failure) => Either::Right(view! { <ErrorState failure=failure on_retry=move || me.refetch() /> }),
                    }
                })}
            </Suspense>
            <Password />
            <Sessions />
        </Sheet>
    }
    .into_any()
}

#[component]
fn Account(me: Me) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="about">
            <h2 id="about">{t("account-about")}</h2>
            <dl class="facts">
                <dt>{t("field-name")}</dt>
                <dd>{me.name}</dd>
                <dt>{t("field-email")}</dt>
                <dd>{me.email}</dd>
            </dl>
            <LogOut user=Some(me.id)>
                <Submit quiet=true>{t("logout")}</Submit>
            </LogOut>
        </section>
        <section class="panel" aria-labelledby="preferences">
            <h2 id="preferences">{t("account-preferences")}</h2>
            <Preferences back="/account" />
        </section>
        <section class="panel" aria-labelledby="device">
            <h2 id="device">{t("account-device")}</h2>
            <NotificationPanel />
            <ShortcutsSwitch />
        </section>
    }
    .into_any()
}

#[component]
fn Password() -> impl IntoView {
    let flash = use_flash(&["password"]);
    view! {
        <section class="panel" aria-labelledby="password">
            <h2 id="password">{t("account-password")}</h2>
            <p class="quiet">{t("account-password-text")}</p>
            <FlashNotice flash=flash.clone() />
            <form class="form" method="post" action="/account/password">
                <PasswordField name="current" label=t("field-current-password") autocomplete="current-password" />
                <PasswordField
                    name="new"
                    label=t("field-new-password")
                    autocomplete="new-password"
                    hint=t_with("hint-password", &[("least", Arg::from(PASSWORD_MIN))])
                    error=field_error(flash.as_ref(), "new")
                />
                <Submit>{t("account-password-submit")}</Submit>
            </form>
        </section>
    }
}
