//! What a webhook is about.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use serde::{Deserialize, Serialize};

use crate::{ids::Wamid, message::Status};

/// A customer's message, or a status of a message of the business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EventKind {
    Message,
    Status(Status),
}

/// One thing that happened. Copies are the same event: it is acknowledged once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) kind: EventKind,
    pub(crate) id: Wamid,
    #[serde(skip)]
    is_acked: Arc<AtomicBool>,
}

impl Event {
    pub(crate) fn new(kind: EventKind, id: Wamid) -> Self {
        Self { kind, id, is_acked: Arc::default() }
    }

    /// Notes that the server took it; false if it had already.
    pub(crate) fn ack(&self) -> bool {
        !self.is_acked.swap(true, Ordering::Relaxed)
    }
}

/// An event that waits for a delivery, as JSON.
#[derive(Clone, Debug)]
pub(crate) struct Update {
    pub(crate) event: Event,
    pub(crate) item: String,
    pub(crate) contact: Option<String>,
}

impl Update {
    pub(super) fn length(&self) -> usize {
        self.item.len() + self.contact.as_ref().map_or(0, String::len) + 8
    }
}
