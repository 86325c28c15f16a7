//! `POST /workspaces` makes a workspace.

use axum::{
    Extension, Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use charla_app::context::RequestContext;
use charla_core::workspaces;
use charla_shared::workspace::NewWorkspace;

use super::{Host, back, to_login};

/// Makes a workspace and goes there.
pub async fn create(
    State(host): State<Host>,
    Extension(context): Extension<RequestContext>,
    jar: CookieJar,
    Form(new): Form<NewWorkspace>,
) -> Response {
    let Some(signed_in) = &context.signed_in else { return to_login() };
    match workspaces::create(&host.core, signed_in, &new.name, &context.request).await {
        Ok(workspace) => Redirect::to(&format!("/w/{workspace}/inbox")).into_response(),
        Err(error) => back(&host, jar, "/workspaces", "workspace", error.into(), &[("name", &new.name)]),
    }
}
