//! `POST /invites/{token}`: somebody who is logged in accepts an invite.

use axum::{
    Extension,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use charla_app::context::RequestContext;
use charla_core::invites;
use charla_shared::problem::Problem;

use super::{Host, back, invite_page};

/// Joins the invite's workspace.
pub async fn accept(
    State(host): State<Host>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    Path(token): Path<String>,
) -> Response {
    let Some(page) = invite_page(&token) else {
        return back(&host, jar, "/login", "invite", Problem::not_found(), &[]);
    };
    let Some(signed_in) = &context.signed_in else { return Redirect::to(&page).into_response() };
    match invites::accept(&host.core, signed_in, &token, &context.request).await {
        Ok(workspace) => Redirect::to(&format!("/w/{workspace}/inbox")).into_response(),
        Err(error) => back(&host, jar, &page, "invite", error.into(), &[]),
    }
}
