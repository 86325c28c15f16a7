//! HTTP assembly: which path is whose, and what every request passes through.
//!
//! From the outside in: request id, log and counts, security headers, the end of a request that gets nowhere. Then, for
//! people and their browsers: compression, which other sites may ask, protection against forged requests, the caller's
//! context (session, language, theme) and limit, the gate of the pages. For machines, which come by the thousand a second:
//! nothing but the limits of who forges or guesses. Every route is declared with who may call it ([`Access`]); a test walks the
//! declaration and fails for a route it has no case for.

mod context;
mod cookies;
mod cors;
mod deadline;
mod forms;
mod gate;
pub mod health;
mod host;
mod limits;
mod messages;
mod metrics;
mod observe;
mod one_task;
mod pages;
mod process;
mod proofs;
mod readers;
mod respond;
mod routes;
mod security;
mod server_functions;
mod socket;
mod watch;
pub mod webhooks;

use axum::{Router, extract::DefaultBodyLimit, middleware};
use http::Method;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, Predicate, predicate::DefaultPredicate},
    csrf::CsrfLayer,
    timeout::RequestBodyDeadlineLayer,
};

pub use context::client_ip;
pub use host::Host;
pub use limits::{Limits, Rates};
pub use readers::MostReaders;
use routes::Routes;
pub use routes::{Access, Route};
pub use watch::Watch;

/// Largest body of a form or a server function: a message of 4,096 characters, escaped, fits many times.
const FORM_LIMIT: usize = 128 * 1024;
/// A request must have come whole within this time, so that nobody holds a connection with a byte now and then.
const BODY_DEADLINE: std::time::Duration = std::time::Duration::from_secs(30);

/// The whole application with the declaration of its routes.
#[derive(Debug)]
pub struct Assembled {
    /// To be served.
    pub app: Router,
    /// Every route of it.
    pub inventory: Vec<Route>,
}

/// Puts the application together.
pub fn router(host: Host) -> Assembled {
    // Before leptos chooses for itself.
    one_task::prepare();
    // Meta, the balancer and the monitoring call these: no cookies, no pages.
    let health = Routes::new().add(Method::GET, "/health/live", Access::Public, health::live).add(
        Method::GET,
        "/health/ready",
        Access::Public,
        health::ready,
    );
    let tokens = Routes::new()
        .add(Method::GET, "/metrics", Access::Monitor, metrics::show)
        .add(Method::GET, "/webhooks/meta", Access::VerifyToken, webhooks::verify)
        .add(Method::GET, "/webhooks/meta/{app}", Access::VerifyToken, webhooks::verify_app)
        .add(Method::GET, "/api/whatsapp/webhook", Access::VerifyToken, webhooks::verify);
    let signatures = Routes::new()
        .add(Method::POST, "/webhooks/meta", Access::Signature, webhooks::receive)
        .add(Method::POST, "/webhooks/meta/{app}", Access::Signature, webhooks::receive_app)
        .add(Method::POST, "/api/whatsapp/webhook", Access::Signature, webhooks::receive);

    let people = Routes::new()
        .add(Method::POST, "/account", Access::Public, forms::account::register)
        .add(Method::POST, "/account/password", Access::SignedIn, forms::account::change_password)
        .add(Method::POST, "/account/sessions/{session}/end", Access::SignedIn, forms::session::end_one)
        .add(Method::POST, "/session", Access::Public, forms::session::log_in)
        .add(Method::POST, "/session/end", Access::Public, forms::session::log_out)
        .add(Method::POST, "/workspaces", Access::SignedIn, forms::workspace::create)
        .add(Method::POST, "/invites/{token}", Access::SignedIn, forms::invite::accept)
        .add(Method::POST, "/preferences", Access::Public, forms::preferences::set)
        .add(Method::GET, "/ws", Access::Member, socket::open);
    let people = server_functions::add(people);
    let people = messages::add(pages::add(people, &host));

    let inventory = [health.inventory, tokens.inventory, signatures.inventory, people.inventory].concat();
    let tokens = tokens.router.layer(middleware::from_fn_with_state(host.clone(), proofs::guard));
    let signatures = signatures.router.layer(middleware::from_fn_with_state(host.clone(), limits::forgers));
    let people = people
        .router
        .layer(middleware::from_fn_with_state(host.clone(), gate::guard))
        .layer(middleware::from_fn_with_state(host.clone(), context::provide))
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(CsrfLayer::new())
        .layer(RequestBodyDeadlineLayer::new(BODY_DEADLINE))
        .layer(middleware::from_fn_with_state(host.clone(), cors::api))
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(not_compressed_yet)));
    let app = health
        .router
        .merge(tokens)
        .merge(signatures)
        .merge(people)
        .layer(middleware::from_fn(deadline::answer))
        .layer(middleware::from_fn_with_state(host.clone(), security::headers))
        .layer(CatchPanicLayer::custom(respond::after_panic))
        .layer(middleware::from_fn_with_state(host.clone(), observe::request))
        .with_state(host);
    Assembled { app, inventory }
}

fn not_compressed_yet(_: http::StatusCode, _: http::Version, headers: &http::HeaderMap, _: &http::Extensions) -> bool {
    !headers.contains_key(http::header::CONTENT_ENCODING)
}
