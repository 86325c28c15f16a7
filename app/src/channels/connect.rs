//! Connecting a number: tested at Meta first, then saved; then what is to be entered there.

use charla_shared::channel::{self, Connected, Credentials, NewChannel, TestedNumber};
use leptos::{ev::SubmitEvent, html, prelude::*};

use super::{
    api,
    numbers::Numbers,
    words::{Wrong, field_words, quality_words, random_token, trouble_words, wrong_fields},
};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{BoundField, Button, CopyField, Notice, Submit, changing, problem_words},
};

/// What is written into the form.
#[derive(Debug, Clone, Copy)]
struct Written {
    label: RwSignal<String>,
    phone_number_id: RwSignal<String>,
    business_account_id: RwSignal<String>,
    access_token: RwSignal<String>,
    app_secret: RwSignal<String>,
    verify_token: RwSignal<String>,
}

impl Written {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        let written = Self {
            label: empty(),
            phone_number_id: empty(),
            business_account_id: empty(),
            access_token: empty(),
            app_secret: empty(),
            verify_token: empty(),
        };
        // In the browser only: the host would propose another one.
        Effect::new(move |_| written.verify_token.set(random_token()));
        written
    }

    fn credentials(self) -> Credentials {
        Credentials {
            phone_number_id: self.phone_number_id.get(),
            business_account_id: self.business_account_id.get(),
            access_token: self.access_token.get(),
        }
        .trimmed()
    }

    fn channel(self) -> NewChannel {
        NewChannel {
            label: self.label.get(),
            credentials: self.credentials(),
            app_secret: self.app_secret.get(),
            verify_token: self.verify_token.get(),
        }
        .trimmed()
    }

    /// For the next number: of the same account and app, or not.
    fn clear(self) {
        for field in [self.label, self.phone_number_id, self.business_account_id, self.access_token, self.app_secret] {
            let _ = field.try_set(String::new());
        }
        let _ = self.verify_token.try_set(random_token());
    }
}

/// The section of the page that connects a number.
#[component]
pub fn Connect(
    /// Those there are.
    numbers: Numbers,
) -> impl IntoView {
    let open = RwSignal::new(numbers.list.with_untracked(Vec::is_empty));
    let news = RwSignal::new(None::<(Connected, String)>);
    view! {
        <section class="panel" aria-labelledby="connect">
            <h2 id="connect">{t("channels-connect")}</h2>
            {changing(move || match (news.get(), open.get()) {
                (Some((connected, verify_token)), _) => {
                    view! { <Next connected=connected verify_token=verify_token on_done=move || news.set(None) /> }.into_any()
                }
                (None, true) => {
                    view! {
                        <Form
                            numbers=numbers
                            on_saved=move |connected, verify_token| {
                                let _ = open.try_set(false);
                                let _ = news.try_set(Some((connected, verify_token)));
                            }
                        />
                    }
                        .into_any()
                }
                (None, false) => {
                    view! {
                        <p class="quiet">{t("channels-connect-text")}</p>
                        <div>
                            <Button primary=true on_click=move |_| open.set(true)>{t("channels-connect")}</Button>
                        </div>
                    }
                        .into_any()
                }
            })}
        </section>
    }
    .into_any()
}

#[component]
fn Form(numbers: Numbers, on_saved: impl Fn(Connected, String) + Copy + Send + Sync + 'static) -> impl IntoView {
    let (workspace, written) = (numbers.workspace, Written::new());
    let errors = RwSignal::new(Wrong::new());
    let tested = RwSignal::new(None::<(Credentials, TestedNumber)>);
    // What was confirmed holds for what was written then.
    let confirmed = Memo::new(move |_| {
        let now = written.credentials();
        tested.with(|tested| tested.as_ref().filter(|(then, _)| *then == now).map(|(_, number)| number.clone()))
    });
    let test = Action::new(move |credentials: &Credentials| {
        let credentials = credentials.clone();
        async move {
            let answer = api::test(workspace, credentials.clone()).await;
            if let Ok(number) = &answer {
                let _ = tested.try_set(Some((credentials, number.clone())));
            }
            answer
        }
    });
    let save = Action::new(move |new: &NewChannel| {
        let new = new.clone();
        async move {
            let verify_token = new.verify_token.clone();
            let answer = api::connect(workspace, new).await;
            numbers.refresh().await;
            if let Ok(connected) = &answer {
                written.clear();
                on_saved(connected.clone(), verify_token);
            }
            answer
        }
    });
    let form = NodeRef::<html::Form>::new();
    let busy = Signal::derive(move || test.pending().get() || save.pending().get());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let (new, is_tested) = untrack(|| (written.channel(), confirmed.get().is_some()));
        // A test needs no more than what is tested.
        let checked = if is_tested { channel::check(&new) } else { channel::check(&new.credentials) };
        match checked {
            Ok(()) => {
                errors.set(Wrong::new());
                if is_tested {
                    save.dispatch(new);
                } else {
                    // Why it could not be saved is no news once something else is tested.
                    save.clear();
                    test.dispatch(new.credentials);
                }
            }
            Err(problem) => {
                errors.set(wrong_fields(&problem));
                request_animation_frame(move || focus_first_wrong(form));
            }
        }
    };
    // The word of the step that is at hand: that an old test failed is no news once it was repeated.
    let trouble = move || {
        let failed = save.value().get().and_then(Result::err);
        let failed = failed.or_else(|| test.value().get().and_then(Result::err)).filter(|_| !busy.get());
        failed.map(|failure| view! { <Notice bad=true>{trouble_words(&failure)}</Notice> })
    };
    view! {
        <form class="form" id="connect-form" novalidate node_ref=form on:submit=submit>
            <Fields written=written errors=errors />
            <div class="channel-result" aria-live="polite">
                {changing(move || confirmed.get().map(|number| view! { <Found number=number /> }))}
                {changing(trouble)}
            </div>
            <div>
                <Submit busy=busy>
                    {changing(move || if confirmed.get().is_some() { t("channels-connect-save") } else { t("channels-test") })}
                </Submit>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Fields(written: Written, errors: RwSignal<Wrong>) -> impl IntoView {
    let error = move |field: &'static str| Signal::derive(move || errors.with(|wrong| field_words(wrong, field)));
    view! {
        <BoundField
            id="connect-label"
            label=t("channels-label")
            value=written.label
            hint=t("channels-label-hint")
            error=error("label")
        />
        <BoundField
            id="connect-phone-number-id"
            label=t("channels-phone-number-id")
            value=written.phone_number_id
            keyboard="numeric"
            hint=t("channels-phone-number-id-hint")
            error=error("phone_number_id")
        />
        <BoundField
            id="connect-account-id"
            label=t("channels-account-id")
            value=written.business_account_id
            keyboard="numeric"
            hint=t("channels-account-id-hint")
            error=error("business_account_id")
        />
        <BoundField
            id="connect-token"
            label=t("channels-token")
            value=written.access_token
            kind="password"
            hint=t("channels-token-hint")
            error=error("access_token")
        />
        <BoundField
            id="connect-secret"
            label=t("channels-secret")
            value=written.app_secret
            kind="password"
            hint=t("channels-secret-hint")
            error=error("app_secret")
        />
        <BoundField
            id="connect-verify-token"
            label=t("channels-verify-token")
            value=written.verify_token
            hint=t("channels-verify-token-hint")
            error=error("verify_token")
        />
    }
    .into_any()
}

/// What Meta says, before anything is saved.
#[component]
fn Found(number: TestedNumber) -> impl IntoView {
    let quality = number.quality.as_deref().and_then(quality_words);
    view! {
        <Notice>
            {t("channels-found")} " " <strong><bdi>{number.display_phone}</bdi></strong> " · " <bdi>{number.verified_name}</bdi>
            {quality.map(|quality| format!(" · {quality}"))}
        </Notice>
    }
}

/// The number is connected: what is to be entered at Meta.
#[component]
fn Next(connected: Connected, verify_token: String, on_done: impl Fn() + Send + 'static) -> impl IntoView {
    let head = NodeRef::<html::H3>::new();
    Effect::new(move |_| {
        if let Some(head) = head.get() {
            // Fails only for elements that cannot have it.
            let _ = head.focus();
        }
    });
    let trouble = connected.subscription.map(|problem| {
        let words =
            format!("{} {} {}", t("channels-not-subscribed"), problem_words(&problem), t("channels-subscribe-again"));
        view! { <Notice bad=true>{words}</Notice> }
    });
    view! {
        <div class="told">
            <h3 node_ref=head tabindex="-1">{t("channels-connected")}</h3>
            <p>{t("channels-connected-text")}</p>
            <CopyField id="connected-callback" label=t("channels-callback") value=connected.callback_url />
            <CopyField id="connected-verify-token" label=t("channels-verify-token") value=verify_token />
            <p class="quiet">{t_with("channels-connected-once", &[("field", Arg::from("messages"))])}</p>
        </div>
        {trouble}
        <div>
            <Button primary=true on_click=move |_| on_done()>{t("channels-connected-done")}</Button>
        </div>
    }
    .into_any()
}

fn focus_first_wrong(form: NodeRef<html::Form>) {
    use leptos::wasm_bindgen::JsCast;

    let wrong = form.get_untracked().and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten());
    if let Some(field) = wrong.and_then(|field| field.dyn_into::<leptos::web_sys::HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
