//! The forms to register and to log in: plain forms, which need no script.

use charla_shared::account::PASSWORD_MIN;
use leptos::prelude::*;

use crate::{
    flash::Flash,
    i18n::{Arg, t, t_known, t_with},
    ui::{PasswordField, Submit, TextField},
};

/// What is wrong with a field, in the reader's language where it can be told.
pub(crate) fn field_error(flash: Option<&Flash>, field: &str) -> Option<String> {
    let said = flash?.details.get(field)?;
    if field == "password" || field == "new" {
        return Some(t_with("error-password", &[("least", Arg::from(PASSWORD_MIN))]));
    }
    Some(t_known(&format!("error-{field}")).unwrap_or_else(|| said.clone()))
}

fn value(flash: Option<&Flash>, field: &str) -> String {
    flash.and_then(|flash| flash.values.get(field)).cloned().unwrap_or_default()
}

/// Makes an account.
#[component]
pub fn RegisterForm(
    /// What the form has to say.
    flash: Option<Flash>,
    /// The invite that brought the person here.
    #[prop(optional, into)]
    invite: Option<String>,
) -> impl IntoView {
    let flash = flash.as_ref();
    view! {
        <form class="form" method="post" action="/account">
            <TextField name="name" label=t("field-name") autocomplete="name" value=value(flash, "name") error=field_error(flash, "name") />
            <TextField
                name="email"
                label=t("field-email")
                kind="email"
                autocomplete="username"
                value=value(flash, "email")
                error=field_error(flash, "email")
            />
            <PasswordField
                name="password"
                label=t("field-password")
                autocomplete="new-password"
                hint=t_with("hint-password", &[("least", Arg::from(PASSWORD_MIN))])
                error=field_error(flash, "password")
            />
            {invite.map(|invite| view! { <input type="hidden" name="invite" value=invite /> })}
            <Submit>{t("register-submit")}</Submit>
        </form>
    }
}

/// Logs in.
#[component]
pub fn LoginForm(
    /// What the form has to say.
    flash: Option<Flash>,
    /// Where to go on to.
    #[prop(optional_no_strip)]
    next: Option<String>,
    /// The invite that brought the person here.
    #[prop(optional, into)]
    invite: Option<String>,
) -> impl IntoView {
    let flash = flash.as_ref();
    let next = next.or_else(|| flash.and_then(|flash| flash.values.get("next")).cloned());
    view! {
        <form class="form" method="post" action="/session">
            // Beside the form for new accounts where somebody is invited.
            <TextField name="email" of="session-" label=t("field-email") kind="email" autocomplete="username" value=value(flash, "email") />
            <PasswordField name="password" of="session-" label=t("field-password") autocomplete="current-password" />
            {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
            {invite.map(|invite| view! { <input type="hidden" name="invite" value=invite /> })}
            <Submit>{t("login-submit")}</Submit>
        </form>
    }
}
