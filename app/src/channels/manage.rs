//! Changing a number: name and pace, its token, its webhooks, whether it sends.

use charla_shared::channel::{self, Access, ChannelChange, ChannelView, NewToken, RATE_MAX};
use leptos::{ev::SubmitEvent, prelude::*};

use super::{
    api,
    numbers::Numbers,
    secret::{Outcome, Said, SecretForm},
    webhook::Webhook,
    words::{Wrong, field_words, wrong_fields},
};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{BoundField, Button, Submit, changing},
};

/// What is folded under a number.
#[component]
pub fn Manage(
    /// All of them.
    numbers: Numbers,
    /// This one.
    channel: Memo<ChannelView>,
) -> impl IntoView {
    let (workspace, id) = (numbers.workspace, channel.with_untracked(|channel| channel.id));
    let verify = Action::new(move |(): &()| async move {
        let verified = api::verify(workspace, id).await;
        numbers.refresh().await;
        verified.map(Some)
    });
    let access = Memo::new(move |_| channel.with(|channel| channel.access.clone()));
    view! {
        <details class="channel-manage">
            <summary>
                {t("channels-manage")}
                <span class="visually-hidden">": " {changing(move || channel.with(|channel| channel.label.clone()))}</span>
            </summary>
            <div class="channel-parts">
                <div class="channel-part">
                    <Button busy=verify.pending() on_click=move |_| _ = verify.dispatch(())>
                        {t("channels-verify")}
                    </Button>
                    <Said outcome=verify.value() done=String::new() />
                </div>
                <Settings numbers=numbers channel=channel />
                {changing(move || access.get().map(|access| view! { <Ids access=access /> }))}
                <Token numbers=numbers channel=channel />
                <Webhook numbers=numbers id=id access=access />
                <OnOff numbers=numbers channel=channel />
            </div>
        </details>
    }
    .into_any()
}

/// Name and pace.
#[component]
fn Settings(numbers: Numbers, channel: Memo<ChannelView>) -> impl IntoView {
    let (workspace, first) = (numbers.workspace, channel.get_untracked());
    let (id, label, rate) = (first.id, RwSignal::new(first.label), RwSignal::new(first.rate.to_string()));
    follow(label, Memo::new(move |_| channel.with(|channel| channel.label.clone())));
    follow(rate, Memo::new(move |_| channel.with(|channel| channel.rate.to_string())));
    let errors = RwSignal::new(Wrong::new());
    let save = Action::new(move |change: &ChannelChange| {
        let change = change.clone();
        async move {
            let changed: Outcome = api::change(workspace, id, change).await.map(|()| None);
            numbers.refresh().await;
            changed
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        // What is no number breaks the rule of the rate like 0 does.
        let rate = rate.with_untracked(|rate| rate.trim().parse().unwrap_or_default());
        let change = ChannelChange { label: label.get_untracked(), rate };
        match channel::check(&change) {
            Ok(()) => {
                errors.set(Wrong::new());
                save.dispatch(change);
            }
            Err(problem) => errors.set(wrong_fields(&problem)),
        }
    };
    let error = move |field: &'static str| Signal::derive(move || errors.with(|wrong| field_words(wrong, field)));
    let most = t_with("channels-rate-hint", &[("most", Arg::from(RATE_MAX))]);
    view! {
        <form class="form channel-part" novalidate on:submit=submit>
            <BoundField id=format!("label-{id}") label=t("channels-label") value=label error=error("label") />
            <BoundField
                id=format!("rate-{id}")
                label=t("channels-rate")
                value=rate
                kind="number"
                keyboard="numeric"
                hint=most
                error=error("rate")
            />
            <div>
                <Submit quiet=true busy=save.pending()>{t("channels-save")}</Submit>
            </div>
            <Said outcome=save.value() done=t("channels-saved") />
        </form>
    }
    .into_any()
}

/// A field that its reader has not changed shows what somebody else has made of it, so that saving does not undo that.
fn follow(field: RwSignal<String>, stored: Memo<String>) {
    Effect::new(move |before: Option<String>| {
        let stored = stored.get();
        if before.is_some_and(|before| field.with_untracked(|field| *field == before)) {
            field.set(stored.clone());
        }
        stored
    });
}

/// What Meta calls it.
#[component]
fn Ids(access: Access) -> impl IntoView {
    view! {
        <dl class="facts channel-part">
            <dt>{t("channels-phone-number-id")}</dt>
            <dd>{access.phone_number_id}</dd>
            <dt>{t("channels-account-id")}</dt>
            <dd>{access.business_account_id}</dd>
            <dt>{t("channels-token")}</dt>
            <dd>"••••" {access.token_tail}</dd>
        </dl>
    }
}

/// Another access token.
#[component]
fn Token(numbers: Numbers, channel: Memo<ChannelView>) -> impl IntoView {
    let (workspace, id) = (numbers.workspace, channel.with_untracked(|channel| channel.id));
    let value = RwSignal::new(String::new());
    let action = Action::new(move |token: &String| {
        let token = NewToken { access_token: token.clone() };
        async move {
            let changed = api::set_token(workspace, id, token).await;
            if changed.is_ok() {
                let _ = value.try_set(String::new());
            }
            numbers.refresh().await;
            changed.map(Some)
        }
    });
    let wrong = |written: &str| {
        let token = NewToken { access_token: written.to_owned() };
        channel::check(&token).err().map(|problem| wrong_fields(&problem)).unwrap_or_default()
    };
    view! {
        <SecretForm
            id=format!("token-{id}")
            summary=t("channels-token-replace")
            label=t("channels-token-new")
            hint=t("channels-token-hint")
            value=value
            kind="password"
            wrong=wrong
            wrong_words=|wrong| field_words(wrong, "access_token")
            action=action
            done=String::new()
        />
    }
}

/// Whether it sends.
#[component]
fn OnOff(numbers: Numbers, channel: Memo<ChannelView>) -> impl IntoView {
    let (workspace, id) = (numbers.workspace, channel.with_untracked(|channel| channel.id));
    let active = Memo::new(move |_| channel.with(|channel| channel.active));
    let set = Action::new(move |active: &bool| {
        let active = *active;
        async move {
            let changed = api::set_active(workspace, id, active).await;
            if changed.is_ok() {
                // It is so, whether or not the list can be loaded now.
                numbers.set_active(id, active);
            }
            numbers.refresh().await;
            changed.map(|()| None)
        }
    });
    // Its good news stand on the number itself.
    let trouble = Signal::derive(move || set.value().get().filter(Result::is_err));
    view! {
        <div class="channel-part">
            <p class="quiet">{t("channels-deactivate-text")}</p>
            <Button busy=set.pending() on_click=move |_| _ = set.dispatch(!active.get_untracked())>
                {changing(move || if active.get() { t("channels-deactivate") } else { t("channels-activate") })}
            </Button>
            <Said outcome=trouble done=String::new() />
        </div>
    }
    .into_any()
}
