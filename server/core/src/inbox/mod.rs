//! The inbox (rows C1–C6 begun): conversations, messages in and out, and how far they have come.
//!
//! A message comes in by [`receive`](mod@receive) and goes out by [`send`](mod@send); [`dispatch`](mod@dispatch) hands it
//! to Meta, [`status`](mod@status) takes Meta's words about it. The list and the thread are read here.

mod dispatch;
mod list;
mod read;
mod receive;
mod row;
mod send;
mod status;
mod thread;

use charla_shared::problem::{Problem, ProblemKind};

pub(crate) use dispatch::{dispatch, from_callback_data, undeliverable};
pub use list::{conversation, conversations};
pub use read::mark_read;
pub(crate) use read::send_receipt;
pub(crate) use receive::{Inbound, Received, receive};
pub use send::send;
pub(crate) use status::{Status, take_status};
pub use thread::{message, thread};

use crate::Failure;

/// What may go wrong in the inbox.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// What every feature shares.
    #[error(transparent)]
    Shared(#[from] Failure),
    /// The customer has not written for 24 hours: only a template may be sent.
    #[error("the 24-hour window is closed")]
    WindowClosed,
    /// The number was deactivated: nothing is sent through it.
    #[error("the channel is deactivated")]
    ChannelInactive,
    /// The client key belongs to another text.
    #[error("the client key belongs to another message")]
    KeyReused,
}

impl From<sqlx::Error> for InboxError {
    fn from(error: sqlx::Error) -> Self {
        Self::Shared(error.into())
    }
}

impl From<crate::DatabaseError> for InboxError {
    fn from(error: crate::DatabaseError) -> Self {
        Self::Shared(error.into())
    }
}

impl From<InboxError> for Problem {
    fn from(error: InboxError) -> Self {
        match error {
            InboxError::Shared(failure) => failure.into(),
            InboxError::WindowClosed => Self::new(
                ProblemKind::Conflict,
                "inbox.window_closed",
                "The customer has not written for 24 hours, so WhatsApp takes no free message. Nothing was sent.",
            ),
            InboxError::ChannelInactive => Self::new(
                ProblemKind::Conflict,
                "inbox.channel_inactive",
                "This number is deactivated, so nothing was sent. An admin can activate it under Numbers.",
            ),
            InboxError::KeyReused => Self::new(
                ProblemKind::Invalid,
                "inbox.key_reused",
                "This key was used for another text, which was kept. Send the new text with a key of its own.",
            ),
        }
    }
}
