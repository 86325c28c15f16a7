//! The app's pages, rendered on the host, and the files they load.

use std::panic::AssertUnwindSafe;

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use charla_app::{App, context::RequestContext, shell};
use charla_core::RequestInfo;
use charla_shared::problem::{Problem, ProblemKind};
use futures::FutureExt;
use http::{HeaderValue, Method, StatusCode, header};
use leptos::{config::LeptosOptions, nonce::use_nonce, prelude::*};
use leptos_axum::{ResponseOptions, generate_route_list};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::{
    Host, one_task, respond,
    routes::{Access, Routes},
    security,
};

const DEVELOPMENT_ONLY: &[&str] = &["/design"];

pub(super) fn add(mut routes: Routes, host: &Host) -> Routes {
    let mut pages = generate_route_list(App);
    if host.options.production || !cfg!(debug_assertions) {
        pages.retain(|page| !DEVELOPMENT_ONLY.contains(&page.path()));
    }
    for page in &pages {
        let path = page.path().replace("/:", "/{").split('/').map(close).collect::<Vec<_>>().join("/");
        let access = match path.as_str() {
            path if path.starts_with("/w/") => Access::Member,
            path if path.starts_with("/account") || path.starts_with("/workspaces") => Access::SignedIn,
            path if path.starts_with("/operations/") => Access::Operator,
            _ => Access::Public,
        };
        routes = routes.add(Method::GET, &path, access, page_of_the_app);
    }
    routes.router = routes.router.fallback(file_or_not_found);
    routes.declare(Method::GET, "/pkg/{file}", Access::Public);
    routes
}

async fn page_of_the_app(State(host): State<Host>, request: Request<Body>) -> Response {
    render(<LeptosOptions as axum::extract::FromRef<Host>>::from_ref(&host), request).await
}

/// Renders a page with all of its data, so that the first bytes can be read without any script. To its end: what follows
/// the markup are the data that are in it, and they are there by then.
async fn render(options: LeptosOptions, request: Request<Body>) -> Response {
    let render = leptos_axum::render_app_async_with_context(provide, move || shell(options.clone()));
    let page = one_task::run(async {
        let (parts, body) = render(request).await.into_parts();
        Ok::<_, axum::Error>(Response::from_parts(parts, Body::from(to_bytes(body, usize::MAX).await?)))
    });
    // A panic is the page's, whichever of its parts it was in.
    match AssertUnwindSafe(page).catch_unwind().await {
        Ok(Ok(page)) => page,
        Ok(Err(error)) => {
            tracing::error!(%error, "a page was not rendered to its end");
            defect()
        }
        Err(_) => {
            tracing::error!("a page panicked");
            defect()
        }
    }
}

fn defect() -> Response {
    let problem = Problem::new(ProblemKind::Internal, "internal", "Something went wrong on our side.");
    respond::plain_page(&Problem { retry_after: Some(30), ..problem }, &Method::GET)
}

fn close(part: &str) -> String {
    if part.starts_with('{') && !part.ends_with('}') { format!("{part}}}") } else { part.to_owned() }
}

/// What a page's components find in their context, and the policy that fits the page's nonce.
fn provide() {
    if let Some(context) =
        use_context::<http::request::Parts>().and_then(|p| p.extensions.get::<RequestContext>().cloned())
    {
        provide_context(context);
    }
    if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>())
        && let Ok(policy) = HeaderValue::from_str(&security::page_policy(&nonce))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// A file of the site, or the app's page for what is not there.
async fn file_or_not_found(State(host): State<Host>, request: Request<Body>) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return StatusCode::NOT_FOUND.into_response();
    }
    let path = request.uri().path().to_owned();
    let options = <LeptosOptions as axum::extract::FromRef<Host>>::from_ref(&host);
    let is_file = path.len() > 1 && !path.ends_with('/') && path != "/hash.txt";
    if is_file {
        let files = ServeDir::new(&*options.site_root)
            .precompressed_br()
            .precompressed_gzip()
            .append_index_html_on_directories(false);
        let mut asked = Request::new(Body::empty());
        *asked.uri_mut() = request.uri().clone();
        *asked.headers_mut() = request.headers().clone();
        *asked.method_mut() = request.method().clone();
        if let Ok(found) = files.oneshot(asked).await
            && found.status() != StatusCode::NOT_FOUND
        {
            let mut found = found.map(Body::new);
            // Names under /pkg hold a hash of the content; the others may change under the same name.
            let age =
                if path.starts_with("/pkg/") { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
            found.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(age));
            return found;
        }
    }
    // A page is rendered for it, and whoever looks for files that are not there does it often.
    let signed_in = request.extensions().get::<RequestContext>().and_then(|context| context.signed_in.as_ref());
    let address = request.extensions().get::<RequestInfo>().map_or("", |info| info.ip.as_str());
    if let Err(problem) = host.limits.caller(signed_in, address) {
        return if respond::wants_page(&request) {
            respond::plain_page(&problem, request.method())
        } else {
            respond::problem(&problem)
        };
    }
    let mut response = render(options, request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
