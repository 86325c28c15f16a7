//! Webhooks: what they say, how they are written and signed, and how they get there.

mod delivery;
mod envelope;
mod escape;
mod event;
mod handshake;
mod outbox;

pub(crate) use delivery::{Later, client, post};
pub(crate) use envelope::{Letterhead, incoming, status};
pub(crate) use escape::escaped;
pub(crate) use event::{Event, EventKind, Update};
pub use handshake::HandshakeError;
pub(crate) use outbox::Outbox;
