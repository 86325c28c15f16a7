//! The error of every server function: a [`Problem`], carried as JSON, with the problem's HTTP status.

use charla_shared::problem::{Problem, ProblemKind};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

use crate::json::JsonText;

/// The code of a request that never reached the host.
pub const UNREACHABLE: &str = "unreachable";

/// What a server function failed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Failure(pub Problem);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl FromServerFnError for Failure {
    type Encoder = JsonText;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let (kind, code, message) = match error {
            // On the host.
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_)
                if cfg!(feature = "ssr") =>
            {
                let message = "The server did not understand the request. Load the page again, then try once more.";
                (ProblemKind::Invalid, "request.malformed", message)
            }
            ServerFnErrorErr::Request(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => {
                let message = "The server could not be reached. Check your connection, then try again.";
                (ProblemKind::Unavailable, UNREACHABLE, message)
            }
            // In the browser: what cannot be read is no answer of ours, but a gateway's page or half an answer. The host
            // may have done what it was asked for.
            _ => {
                let message =
                    "The server's answer could not be read. Look whether it was done before you try it again.";
                (ProblemKind::Unavailable, "no_answer", message)
            }
        };
        let problem = Problem::new(kind, code, message);
        tell_status(&problem);
        Self(problem)
    }
}

#[cfg(feature = "ssr")]
impl<E: Into<Problem>> From<E> for Failure {
    fn from(error: E) -> Self {
        let problem = error.into();
        tell_status(&problem);
        Self(problem)
    }
}

/// On the host: what failed was done in another way, so the answer is none about a failure.
pub fn is_mended() {
    #[cfg(feature = "ssr")]
    if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::OK);
    }
}

/// On the host: the answer gets the problem's status.
#[cfg_attr(not(feature = "ssr"), expect(clippy::missing_const_for_fn, reason = "it does something on the host"))]
fn tell_status(problem: &Problem) {
    #[cfg(feature = "ssr")]
    if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
        if let Ok(status) = http::StatusCode::from_u16(problem.kind.status()) {
            response.set_status(status);
        }
        if let Some(seconds) = problem.retry_after {
            response.insert_header(http::header::RETRY_AFTER, http::HeaderValue::from(seconds));
        }
    }
    #[cfg(not(feature = "ssr"))]
    let _ = problem;
}
