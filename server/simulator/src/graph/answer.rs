//! How an answer leaves: as it should, or as a fault wants it.

use std::{io, time::Duration};

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures::{StreamExt as _, stream};
use serde_json::Value;

use super::GraphError;
use crate::webhook::escaped;

/// How long the first half of a cut answer has to get out.
const HALF: Duration = Duration::from_millis(20);

/// What every answer carries.
#[derive(Clone, Debug)]
pub(super) struct Stamp {
    pub(super) version: String,
    pub(super) trace: String,
}

impl Stamp {
    /// An answer of the API.
    pub(super) fn answer(&self, outcome: &Result<Value, GraphError>) -> Response {
        match outcome {
            Ok(body) => self.json(StatusCode::OK, body),
            Err(error) => self.json(error.status, &error.body(&self.trace)),
        }
    }

    pub(super) fn json(&self, status: StatusCode, body: &Value) -> Response {
        let mut response = (status, escaped(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=UTF-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache, no-store, must-revalidate"));
        for (name, value) in [("facebook-api-version", &self.version), ("x-fb-trace-id", &self.trace)] {
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
}

/// What a proxy says when there is nothing behind it.
pub(super) fn html(status: StatusCode) -> Response {
    let title = status.canonical_reason().unwrap_or("Error");
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>{0} {title}</title></head>\n<body><center><h1>{0} {title}</h1></center></body></html>\n",
        status.as_u16()
    );
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::ConnectionReset, "the fault script closes the connection")
}

/// The connection closes and not a byte has been sent: a body that fails before its first byte takes the head, which is
/// not flushed yet, with it.
pub(super) fn closed() -> Response {
    Body::from_stream(stream::once(async { Err::<Bytes, _>(gone()) })).into_response()
}

/// The first half of an answer that announces the whole, then the connection closes.
pub(super) async fn cut(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else { return closed() };
    parts.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
    let half = bytes.slice(..bytes.len() / 2);
    let end = stream::once(async {
        // Were it to fail at once, nothing would have been sent.
        tokio::time::sleep(HALF).await;
        Err(gone())
    });
    Response::from_parts(parts, Body::from_stream(stream::iter([Ok(half)]).chain(end)))
}
