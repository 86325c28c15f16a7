//! Routes with a declaration of who may call them.

use axum::{
    Router,
    handler::Handler,
    routing::{MethodFilter, on},
};
use http::Method;

use super::Host;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Anybody.
    Public,
    /// Whoever signs the body with the app secret.
    Signature,
    /// Whoever knows the verify token.
    VerifyToken,
    /// Somebody logged in, for themselves.
    SignedIn,
    /// Somebody who looks after the installation.
    Operator,
    /// Whoever watches the installation: with the metrics token, or in development from the machine itself.
    Monitor,
    /// A member of the workspace the request names, with the right that core asks for.
    Member,
}

/// One route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with `{parameters}`.
    pub path: String,
    /// Who may call it.
    pub access: Access,
}

/// A router that remembers what was added to it.
pub(super) struct Routes {
    pub router: Router<Host>,
    pub inventory: Vec<Route>,
}

impl Routes {
    pub(super) fn new() -> Self {
        Self { router: Router::new(), inventory: Vec::new() }
    }

    /// Adds a route. A path that is served twice by one method is a mistake in the code, and panics at the start.
    pub(super) fn add<H, T>(mut self, method: Method, path: &str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Host>,
        T: 'static,
    {
        let filter = if method == Method::POST { MethodFilter::POST } else { MethodFilter::GET };
        self.router = self.router.route(path, on(filter, handler));
        self.declare(method, path, access);
        self
    }

    pub(super) fn declare(&mut self, method: Method, path: &str, access: Access) {
        self.inventory.push(Route { method, path: path.to_owned(), access });
    }
}
