//! The Graph API: every path that is not the sandbox's own, with or without a version in front.

mod answer;
mod auth;
mod errors;
mod field;
mod interactive;
mod media;
mod messages;
mod params;
mod reads;
mod template;
mod validate;

pub(crate) use errors::GraphError;
pub(crate) use media::{content, download};
pub(crate) use validate::{Outgoing, Recipient};

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use serde_json::Value;

use crate::{
    faults::{Asked, GraphFault},
    ids,
    number::Number,
    phone::Digits,
    simulator::Simulator,
};
use answer::Stamp;
use params::Params;

/// The version that unversioned paths get, as an app's oldest usable version is at Meta.
const DEFAULT_VERSION: &str = "v24.0";

/// What an id in a path stands for.
enum Node {
    PhoneNumber(Arc<Number>),
    Account(Arc<Number>),
    /// Anything else: a file, or nothing.
    Other(Arc<Number>, String),
}

/// A request, read but not yet judged.
struct Call {
    method: Method,
    /// Without the version.
    path: String,
    host: Option<String>,
    number: Result<Arc<Number>, GraphError>,
    params: Result<Params, GraphError>,
    stamp: Stamp,
}

/// Answers one Graph request, in Meta's form whatever happens, unless the fault script wants something else.
pub(crate) async fn answer(State(simulator): State<Simulator>, request: Request) -> Response {
    let call = Call::read(&simulator, request).await;
    let fault = simulator.inner.faults.graph(&call.asked());
    match fault {
        None => call.run(&simulator),
        Some(fault) => call.suffer(simulator, fault).await,
    }
}

/// The version (`v24.0`) and the path behind it.
fn split_version(path: &str) -> (&str, &str) {
    let path = path.trim_start_matches('/');
    let (first, rest) = path.split_once('/').unwrap_or((path, ""));
    let is_version = first.strip_prefix('v').and_then(|v| v.split_once('.')).is_some_and(|(major, minor)| {
        [major, minor].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    });
    if is_version { (first, rest) } else { (DEFAULT_VERSION, path) }
}

impl Call {
    async fn read(simulator: &Simulator, request: Request) -> Self {
        let method = request.method().clone();
        let (version, path) = split_version(request.uri().path());
        let stamp = Stamp { version: version.to_owned(), trace: ids::trace() };
        let path = path.to_owned();
        let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
        let bearer = auth::bearer(request.headers());
        let params = Params::read(request).await;
        let token = match (&bearer, &params) {
            (Some(token), _) => Some(token.as_str()),
            (None, Ok(params)) => params.text("access_token"),
            (None, Err(_)) => None,
        };
        let number = auth::number(simulator, token);
        Self { method, path, host, number, params, stamp }
    }

    /// What the rules of a fault script look at.
    fn asked(&self) -> Asked<'_> {
        let number = self.number.as_ref().ok().map(|number| number.phone_number_id.as_str());
        let params = self.params.as_ref().ok();
        let to = params.and_then(|params| params.text("to"));
        // Read receipts go to the same place, but nothing is sent by them.
        let is_receipt = params.is_some_and(|params| params.get("status").is_some());
        let is_message =
            self.method == Method::POST && self.path.trim_end_matches('/').ends_with("/messages") && !is_receipt;
        Asked { number, to: to.and_then(|to| Digits::parse(to).ok()), is_message }
    }

    /// Does what is asked.
    fn run(self, simulator: &Simulator) -> Response {
        let stamp = self.stamp.clone();
        let path = self.path.clone();
        let outcome = self.route(simulator);
        if let Err(error) = &outcome {
            tracing::debug!(path, code = error.code, %error, trace = stamp.trace, "refused a Graph request");
        }
        stamp.answer(&outcome)
    }

    /// Meets with a fault.
    async fn suffer(self, simulator: Simulator, fault: GraphFault) -> Response {
        let stamp = self.stamp.clone();
        let refuse = |code: u32| {
            if let Ok(number) = &self.number {
                simulator.note_refused(&number.phone_number_id, code);
            }
            GraphError::of_code(code)
        };
        let status = |status: u16| StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
        let (answer, accepted) = match fault {
            GraphFault::DropAnswer => (answer::closed(), true),
            GraphFault::DropBefore => (answer::closed(), false),
            GraphFault::Truncate => return answer::cut(self.run(&simulator)).await,
            GraphFault::Error { code, status, details, accepted } => {
                let error = refuse(code);
                let error = status.map_or(error.clone(), |status| error.with_status(status));
                let error = details.map_or(error.clone(), |details| error.explained(details));
                (stamp.answer(&Err(error)), accepted)
            }
            GraphFault::RateLimited => (stamp.answer(&Err(refuse(130_429))), false),
            GraphFault::PairLimited => (stamp.answer(&Err(refuse(131_056))), false),
            GraphFault::ExpiredToken => (stamp.answer(&Err(refuse(190))), false),
            GraphFault::Html { status: code, accepted } => (answer::html(status(code)), accepted),
            GraphFault::Empty { status: code, accepted } => (status(code).into_response(), accepted),
            GraphFault::ErrorIn200 { code, accepted } => {
                (stamp.json(StatusCode::OK, &refuse(code).body(&stamp.trace)), accepted)
            }
            GraphFault::ErrorDataString { code, accepted } => {
                let error = refuse(code);
                (stamp.json(error.status, &error.body_with_text(&stamp.trace)), accepted)
            }
            GraphFault::Delay { ms } => return self.run_late(simulator, Duration::from_millis(ms)).await,
            GraphFault::Hang => {
                // A client that leaves ends this as well: the request is dropped with its connection.
                simulator.inner.stop.cancelled().await;
                (answer::closed(), false)
            }
        };
        if accepted {
            // Whatever it says, nobody hears it.
            let _ = self.route(&simulator);
        }
        answer
    }

    /// Does what is asked after a while, also when the client has not waited for it: Meta works on a request to its end.
    async fn run_late(self, simulator: Simulator, wait: Duration) -> Response {
        let (tell, told) = tokio::sync::oneshot::channel();
        let worker = simulator.clone();
        simulator.spawn(async move {
            tokio::select! {
                () = worker.inner.stop.cancelled() => {}
                () = tokio::time::sleep(wait) => {
                    // The client may have left.
                    let _ = tell.send(self.run(&worker));
                }
            }
        });
        told.await.unwrap_or_else(|_| answer::closed())
    }

    /// Authentication comes first, then the object, then the edge, then its parameters: Meta's order.
    fn route(self, simulator: &Simulator) -> Result<Value, GraphError> {
        let Self { method, path, host, number, params, .. } = self;
        let number = number?;
        let params = params?;
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let Some(id) = parts.next() else { return Err(GraphError::unknown_path("")) };
        let edge: Vec<&str> = parts.collect();
        let node = if id == number.phone_number_id {
            Node::PhoneNumber(number)
        } else if id == number.waba_id {
            Node::Account(number)
        } else {
            Node::Other(number, id.to_owned())
        };
        match (node, method, edge.as_slice()) {
            (Node::PhoneNumber(number), Method::POST, ["messages"]) => messages::post(simulator, &number, &params),
            (Node::PhoneNumber(number), Method::POST, ["media"]) => media::upload(simulator, &number, &params),
            (Node::PhoneNumber(number), Method::GET, []) => reads::phone_number(&number, &params),
            (Node::Account(number), Method::GET, []) => reads::account(&number, &params),
            (Node::Account(number), Method::GET, ["phone_numbers"]) => reads::phone_numbers(&number, &params),
            (Node::Account(number), method, ["subscribed_apps"]) => reads::subscription(simulator, &number, &method),
            (Node::Other(number, id), method, []) => {
                media::one(simulator, &number, &method, &id, host.as_deref(), &params)
            }
            (Node::Other(_, id), method, _) => Err(GraphError::no_such_object(&method, &id)),
            (_, method, [])
            | (Node::PhoneNumber(_), method, ["messages" | "media"])
            | (Node::Account(_), method, ["phone_numbers"]) => Err(GraphError::unsupported(&method)),
            (_, _, edge) => Err(GraphError::unknown_path(&edge.join("/"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::split_version;

    #[test]
    fn any_version_is_accepted_and_none_is_too() {
        assert_eq!(split_version("/v24.0/123/messages"), ("v24.0", "123/messages"));
        assert_eq!(split_version("/v112.13/123"), ("v112.13", "123"));
        assert_eq!(split_version("/123/messages"), ("v24.0", "123/messages"));
        assert_eq!(split_version("/v24/123"), ("v24.0", "v24/123"));
        assert_eq!(split_version("/v.0/123"), ("v24.0", "v.0/123"));
        assert_eq!(split_version("/"), ("v24.0", ""));
    }
}
