//! How Meta reaches us for a number: what to enter there, and whether it has called yet.

use charla_shared::{
    channel::{self, Access, AppView, NewAppSecret, NewVerifyToken},
    id::ChannelId,
};
use leptos::prelude::*;

use super::{
    api,
    numbers::Numbers,
    secret::{Outcome, SecretForm},
    words::{field_words, random_token, wrong_fields},
};
use crate::{
    i18n::t,
    ui::{CopyField, Time, changing},
};

/// The Meta app of a number.
#[component]
pub fn Webhook(
    /// All of them.
    numbers: Numbers,
    /// Of which number.
    id: ChannelId,
    /// How it is connected.
    access: Memo<Option<Access>>,
) -> impl IntoView {
    let app = Memo::new(move |_| access.get().and_then(|access| access.app));
    let has_app = Memo::new(move |_| app.with(Option::is_some));
    let callback =
        Signal::derive(move || app.with(|app| app.as_ref().map(|app| app.callback_url.clone()).unwrap_or_default()));
    view! {
        <div class="channel-part">
            <h4>{t("channels-webhook")}</h4>
            {changing(move || {
                if has_app.get() {
                    view! {
                        <CopyField id=format!("callback-{id}") label=t("channels-callback") value=callback />
                        {changing(move || app.get().map(|app| view! { <Facts app=app /> }))}
                        <AppSecret numbers=numbers id=id />
                        <VerifyToken numbers=numbers id=id />
                    }
                        .into_any()
                } else {
                    view! { <p class="quiet">{t("channels-own-app")}</p> }.into_any()
                }
            })}
        </div>
    }
    .into_any()
}

/// What is known of the app, and whether Meta has called.
#[component]
fn Facts(app: AppView) -> impl IntoView {
    let when = |at: Option<jiff::Timestamp>| match at {
        Some(at) => view! { <Time at=at /> }.into_any(),
        None => t("channels-not-yet").into_any(),
    };
    view! {
        <dl class="facts">
            <dt>{t("channels-secret")}</dt>
            <dd>"••••" {app.secret_tail}</dd>
            <dt>{t("channels-verify-token")}</dt>
            <dd>"••••" {app.verify_token_tail}</dd>
            <dt>{t("channels-subscribed")}</dt>
            <dd>{when(app.subscribed_at)}</dd>
            <dt>{t("channels-last-delivery")}</dt>
            <dd>{when(app.last_delivery_at)}</dd>
        </dl>
    }
    .into_any()
}

/// Another app secret.
#[component]
fn AppSecret(numbers: Numbers, id: ChannelId) -> impl IntoView {
    let (workspace, value) = (numbers.workspace, RwSignal::new(String::new()));
    let action = Action::new(move |secret: &String| {
        let secret = NewAppSecret { app_secret: secret.clone() };
        async move {
            let changed: Outcome = api::set_app_secret(workspace, id, secret).await.map(|()| None);
            if changed.is_ok() {
                let _ = value.try_set(String::new());
            }
            numbers.refresh().await;
            changed
        }
    });
    let wrong = |written: &str| {
        let secret = NewAppSecret { app_secret: written.to_owned() };
        channel::check(&secret).err().map(|problem| wrong_fields(&problem)).unwrap_or_default()
    };
    view! {
        <SecretForm
            id=format!("secret-{id}")
            summary=t("channels-secret-replace")
            label=t("channels-secret-new")
            hint=t("channels-secret-shared")
            value=value
            kind="password"
            wrong=wrong
            wrong_words=|wrong| field_words(wrong, "app_secret")
            action=action
            done=t("channels-secret-replaced")
        />
    }
}

/// Another verify token: proposed, and shown to be copied while the page has it.
#[component]
fn VerifyToken(numbers: Numbers, id: ChannelId) -> impl IntoView {
    let (workspace, value) = (numbers.workspace, RwSignal::new(String::new()));
    let stored = RwSignal::new(String::new());
    Effect::new(move |_| value.set(random_token()));
    let action = Action::new(move |token: &String| {
        let written = token.clone();
        let token = NewVerifyToken { verify_token: written.clone() };
        async move {
            let changed: Outcome = api::set_verify_token(workspace, id, token).await.map(|()| None);
            if changed.is_ok() {
                let _ = stored.try_set(written);
                let _ = value.try_set(random_token());
            }
            numbers.refresh().await;
            changed
        }
    });
    let wrong = |written: &str| {
        let token = NewVerifyToken { verify_token: written.to_owned() };
        channel::check(&token).err().map(|problem| wrong_fields(&problem)).unwrap_or_default()
    };
    view! {
        <SecretForm
            id=format!("verify-{id}")
            summary=t("channels-verify-token-replace")
            label=t("channels-verify-token-new")
            hint=t("channels-secret-shared")
            value=value
            kind="text"
            wrong=wrong
            wrong_words=|wrong| field_words(wrong, "verify_token")
            action=action
            done=t("channels-verify-token-replaced")
        >
            <CopyField id=format!("verify-new-{id}") label=t("channels-verify-token") value=stored />
        </SecretForm>
    }
}
