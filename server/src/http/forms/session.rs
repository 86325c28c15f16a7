//! `POST /session` logs in, `POST /session/end` logs out, `POST /account/sessions/{id}/end` logs another browser out.

use axum::{
    Extension, Form,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use charla_app::context::RequestContext;
use charla_core::{accounts, invites};
use charla_shared::{address, id::SessionId};
use http::HeaderMap;
use secrecy::SecretString;
use serde::Deserialize;

use super::{Host, back, done, invite_page, to_login, user_agent};
use crate::http::{cookies, gate::local_path};

/// The log-in form.
#[derive(Deserialize)]
pub struct Typed {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    invite: String,
}

/// Logs in, and accepts the invite that came with it.
pub async fn log_in(
    State(host): State<Host>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    let page = invite_page(&typed.invite);
    let next = local_path(Some(&typed.next));
    let form_page = page.clone().unwrap_or_else(|| "/login".to_owned());
    let values = [("email", typed.email.as_str()), ("next", next)];
    let password = SecretString::from(typed.password);
    let new = match accounts::log_in(&host.core, &typed.email, &password, user_agent(&headers), &context.request).await
    {
        Ok(new) => new,
        Err(error) => return back(&host, jar, &form_page, "session", error.into(), &values),
    };
    super::end_former(&host, &context).await;
    let jar = cookies::with_session(&host, jar, &new.token);
    if page.is_some() {
        let joined = async {
            let signed_in = accounts::authenticate(&host.core, &new.token, &context.request).await?;
            invites::accept(&host.core, &signed_in, &typed.invite, &context.request).await
        };
        return match joined.await {
            Ok(workspace) => (jar, Redirect::to(&format!("/w/{workspace}/inbox"))).into_response(),
            Err(error) => back(&host, jar, &form_page, "session", error.into(), &values),
        };
    }
    (jar, Redirect::to(next)).into_response()
}

/// Logs out. Somebody who is not logged in is logged out already.
pub async fn log_out(
    State(host): State<Host>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
) -> Response {
    if let Some(signed_in) = &context.signed_in
        && let Err(error) = accounts::log_out(&host.core, signed_in).await
    {
        return back(&host, jar, "/account", "sessions", error.into(), &[]);
    }
    (cookies::without_session(&host, jar), Redirect::to(address::LOGGED_OUT)).into_response()
}

/// Ends one of one's own sessions.
pub async fn end_one(
    State(host): State<Host>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    Path(session): Path<String>,
) -> Response {
    let Some(signed_in) = &context.signed_in else { return to_login() };
    let Ok(session) = session.parse::<SessionId>() else {
        return back(&host, jar, "/account", "sessions", charla_shared::problem::Problem::not_found(), &[]);
    };
    match accounts::end_session(&host.core, signed_in, session).await {
        Ok(()) => done(&host, jar, "/account", "sessions", "session.ended"),
        Err(error) => back(&host, jar, "/account", "sessions", error.into(), &[]),
    }
}
