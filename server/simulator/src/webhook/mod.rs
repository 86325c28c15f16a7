//! Webhooks: what they say, how they are written and signed, and how they get there.

mod delivery;
mod envelope;
mod escape;
mod handshake;

pub(crate) use delivery::{client, deliver};
pub(crate) use envelope::{incoming, status};
pub(crate) use escape::escaped;
pub use handshake::HandshakeError;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A webhook that waits for its server. The body is fixed here, so that every try sends the same bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Hook {
    pub(crate) body: String,
    /// The customer's message in it, whose ticks show that it arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
}

impl Hook {
    pub(crate) fn new(body: &Value, message: Option<String>) -> Self {
        Self { body: escaped(body), message }
    }
}
