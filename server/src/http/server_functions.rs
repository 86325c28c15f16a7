//! The app's server functions: public POST endpoints like any other, so they stand in the inventory like any other.

use axum::{
    body::Body,
    extract::{Request, State},
    response::Response,
};
use charla_app::context::RequestContext;
use http::Method;
use leptos::prelude::provide_context;

use super::{
    Host,
    routes::{Access, Routes},
};

/// Those that are for a logged-in person or an operator outside any workspace, or for the holder of an invite.
const WITHOUT_WORKSPACE: &[(&str, Access)] = &[
    ("/fn/account/me", Access::SignedIn),
    ("/fn/account/sessions", Access::SignedIn),
    ("/fn/invites/offer", Access::Public),
    ("/fn/quarantine/reasons", Access::Operator),
    ("/fn/quarantine/list", Access::Operator),
    ("/fn/quarantine/show", Access::Operator),
    ("/fn/quarantine/replay", Access::Operator),
    ("/fn/quarantine/replay_all", Access::Operator),
    ("/fn/quarantine/discard", Access::Operator),
];

pub(super) fn add(mut routes: Routes) -> Routes {
    charla_app::register_server_functions();
    let mut paths: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
    paths.sort_unstable_by_key(|(path, _)| *path);
    for (path, method) in paths {
        let access =
            WITHOUT_WORKSPACE.iter().find(|(name, _)| *name == path).map_or(Access::Member, |(_, access)| *access);
        debug_assert_eq!(method, Method::POST, "{path}: server functions change or ask by POST only");
        routes = routes.add(method, path, access, call);
    }
    routes
}

async fn call(State(_): State<Host>, request: Request<Body>) -> Response {
    let context = request.extensions().get::<RequestContext>().cloned();
    let provide = move || {
        if let Some(context) = context.clone() {
            provide_context(context);
        }
    };
    axum::response::IntoResponse::into_response(leptos_axum::handle_server_fns_with_context(provide, request).await)
}
