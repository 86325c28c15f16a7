//! Plain HTML forms: they work before WASM has arrived and without it. Each answers with a redirect (303, so that a
//! reload repeats nothing); what went wrong is left for the next page as a flash.

pub mod account;
pub mod invite;
pub mod preferences;
pub mod session;
pub mod workspace;

use std::collections::BTreeMap;

use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use charla_app::{context::RequestContext, flash::Flash};
use charla_core::accounts;
use charla_shared::problem::{Problem, ProblemKind};
use http::{HeaderMap, header};

use super::{Host, cookies};

/// Back to the page with the reason. What was typed comes back, passwords never.
fn back(host: &Host, jar: CookieJar, to: &str, form: &str, problem: Problem, values: &[(&str, &str)]) -> Response {
    // Not a mistake of the person's, and nobody knows how far it came.
    let ours = matches!(problem.kind, ProblemKind::Unavailable | ProblemKind::Internal);
    let code = if ours { "unavailable".to_owned() } else { problem.code };
    let mut details = problem.details;
    if let Some(seconds) = problem.retry_after {
        details.insert("seconds".to_owned(), seconds.to_string());
    }
    let values: BTreeMap<_, _> =
        values.iter().map(|(k, v)| ((*k).to_owned(), v.chars().take(300).collect::<String>())).collect();
    let flash = Flash { form: form.to_owned(), code, details, values };
    (cookies::with_flash(host, jar, &flash), Redirect::to(to)).into_response()
}

/// Back to the page with good news.
fn done(host: &Host, jar: CookieJar, to: &str, form: &str, code: &str) -> Response {
    let flash =
        Flash { form: form.to_owned(), code: code.to_owned(), details: BTreeMap::new(), values: BTreeMap::new() };
    (cookies::with_flash(host, jar, &flash), Redirect::to(to)).into_response()
}

/// Ends the session this browser had until now, which its cookie names no more: nobody could log it out.
async fn end_former(host: &Host, context: &RequestContext) {
    if let Some(former) = &context.signed_in
        && let Err(error) = accounts::log_out(&host.core, former).await
    {
        tracing::warn!(request = %context.request.id, %error, "a browser's former session goes on until it is idle");
    }
}

/// The way to the log-in, for forms that need somebody who is logged in.
fn to_login() -> Response {
    Redirect::to("/login").into_response()
}

fn user_agent(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Where an invite's form stands. Its token is base64url, so anything else is no invite.
fn invite_page(token: &str) -> Option<String> {
    let plausible =
        (20..=100).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    plausible.then(|| format!("/invites/{token}"))
}
