//! The Graph API: every path that is not the sandbox's own, with or without a version in front.

mod auth;
mod errors;
mod field;
mod interactive;
mod messages;
mod params;
mod reads;
mod template;
mod validate;

pub(crate) use errors::GraphError;
pub(crate) use validate::{Outgoing, Recipient};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use crate::{ids, number::Number, simulator::Simulator, webhook};
use params::Params;

/// The version that unversioned paths get, as an app's oldest usable version is at Meta.
const DEFAULT_VERSION: &str = "v24.0";

/// What an id in a path stands for.
enum Node {
    PhoneNumber(Number),
    Account(Number),
}

/// Answers one Graph request, in Meta's form whatever happens.
pub(crate) async fn answer(State(simulator): State<Simulator>, request: Request) -> Response {
    let trace = ids::trace();
    let path = request.uri().path().to_owned();
    let (version, rest) = split_version(&path);
    let outcome = route(&simulator, request, rest).await;
    let (status, body) = match outcome {
        Ok(body) => (StatusCode::OK, body),
        Err(error) => {
            tracing::info!(path, code = error.code, %error, trace, "refused a Graph request");
            (error.status, error.body(&trace))
        }
    };
    let mut response = (status, webhook::escaped(&body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache, no-store, must-revalidate"));
    for (name, value) in [("facebook-api-version", version), ("x-fb-trace-id", trace.as_str())] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("OAuth \"Facebook Platform\" \"invalid_token\""),
        );
    }
    response
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

/// Authentication comes first, then the object, then the edge, then its parameters: Meta's order.
async fn route(simulator: &Simulator, request: Request, path: &str) -> Result<Value, GraphError> {
    let method = request.method().clone();
    let bearer = auth::bearer(request.headers());
    let params = Params::read(request).await;
    let token = match (&bearer, &params) {
        (Some(token), _) => Some(token.as_str()),
        (None, Ok(params)) => params.text("access_token"),
        (None, Err(_)) => None,
    };
    let number = auth::number(simulator, token)?;
    let params = params?;

    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let Some(id) = parts.next() else { return Err(GraphError::unknown_path("")) };
    let edge: Vec<&str> = parts.collect();
    let node = if id == number.phone_number_id {
        Node::PhoneNumber(number)
    } else if id == number.waba_id {
        Node::Account(number)
    } else {
        return Err(GraphError::no_such_object(&method, id));
    };
    match (node, method, edge.as_slice()) {
        (Node::PhoneNumber(number), Method::POST, ["messages"]) => messages::post(simulator, &number, &params),
        (Node::PhoneNumber(number), Method::GET, []) => reads::phone_number(&number, &params),
        (Node::Account(number), Method::GET, []) => reads::account(&number, &params),
        (Node::Account(number), Method::GET, ["phone_numbers"]) => reads::phone_numbers(&number, &params),
        (Node::Account(number), method, ["subscribed_apps"]) => reads::subscription(simulator, &number, &method),
        (_, method, [])
        | (Node::PhoneNumber(_), method, ["messages"])
        | (Node::Account(_), method, ["phone_numbers"]) => Err(GraphError::unsupported(&method)),
        (_, _, edge) => Err(GraphError::unknown_path(&edge.join("/"))),
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
