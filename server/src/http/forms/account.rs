//! `POST /account` makes an account; `POST /account/password` changes its password.

use axum::{
    Extension, Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use charla_app::context::RequestContext;
use charla_core::accounts;
use charla_shared::account::{PasswordChange, Registration};
use http::HeaderMap;
use serde::Deserialize;

use super::{Host, back, done, invite_page, to_login, user_agent};
use crate::http::cookies;

/// The registration form.
#[derive(Deserialize)]
pub struct Typed {
    name: String,
    email: String,
    password: String,
    #[serde(default)]
    invite: String,
}

/// Makes an account and logs it in.
pub async fn register(
    State(host): State<Host>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    let page = invite_page(&typed.invite);
    let values = [("name", typed.name.as_str()), ("email", typed.email.as_str())];
    let registration = Registration { name: typed.name.clone(), email: typed.email.clone(), password: typed.password };
    let invite = page.as_ref().map(|_| typed.invite.as_str());
    match accounts::register(&host.core, &registration, invite, user_agent(&headers), &context.request).await {
        Ok(new) => {
            super::end_former(&host, &context).await;
            (cookies::with_session(&host, jar, &new.token), Redirect::to("/")).into_response()
        }
        Err(error) => back(&host, jar, page.as_deref().unwrap_or("/welcome"), "register", error.into(), &values),
    }
}

/// Changes the password; the person's other browsers are logged out.
pub async fn change_password(
    State(host): State<Host>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    Form(change): Form<PasswordChange>,
) -> Response {
    let Some(signed_in) = &context.signed_in else { return to_login() };
    match accounts::change_password(&host.core, signed_in, &change, &context.request).await {
        Ok(()) => done(&host, jar, "/account", "password", "password.changed"),
        Err(error) => back(&host, jar, "/account", "password", error.into(), &[]),
    }
}
