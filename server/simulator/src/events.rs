//! The stream of changes that keeps open pages up to date (`GET /__sim/events`).

use std::convert::Infallible;

use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::stream;
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;

use crate::{message::Message, phone::Digits, simulator::Simulator};

/// Something that a page may show.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "nearly every change is a message")]
pub(crate) enum Change {
    /// A number was registered or renamed.
    Number { phone_number_id: String },
    /// A message is new, or has another status.
    Message { phone: Digits, message: Message },
    /// The business is typing; shown until it answers, and for 25 seconds at most.
    Typing { phone: Digits, phone_number_id: String },
    /// Changes were missed: what is on the page must be fetched again.
    Reload,
}

/// The stream. It ends with the simulator, so that a graceful stop does not wait for pages.
pub(crate) async fn stream(State(simulator): State<Simulator>) -> Response {
    let start = (simulator.inner.changes.subscribe(), simulator.inner.stop.clone());
    let events = stream::unfold(start, |(mut changes, stop)| async move {
        let change = tokio::select! {
            () = stop.cancelled() => return None,
            change = changes.recv() => match change {
                Ok(change) => change,
                Err(RecvError::Lagged(_)) => Change::Reload,
                Err(RecvError::Closed) => return None,
            },
        };
        let event = Event::default().json_data(&change).unwrap_or_else(|_| Event::default().comment("lost"));
        Some((Ok::<_, Infallible>(event), (changes, stop)))
    });
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}
