//! What may go wrong with channels, in sentences that say where to look.

use charla_shared::problem::{Problem, ProblemKind};

use super::{check::Refusal, list::CHANNELS_MAX};
use crate::Failure;

/// What may go wrong with channels.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// What every feature shares.
    #[error(transparent)]
    Shared(#[from] Failure),
    /// Meta does not confirm the number, or could not be asked.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The number is a channel of this workspace already.
    #[error("the number is connected to this workspace already")]
    ConnectedHere,
    /// The number is a channel of another workspace.
    #[error("the number is connected to another workspace")]
    ConnectedElsewhere,
    /// The workspace has as many channels as it may have.
    #[error("the workspace has {CHANNELS_MAX} channels already")]
    TooMany,
    /// The channel's webhooks come from the installation's own app, which its settings hold.
    #[error("the channel has no app of its own")]
    NoApp,
}

impl From<sqlx::Error> for ChannelError {
    fn from(error: sqlx::Error) -> Self {
        Self::Shared(error.into())
    }
}

impl From<crate::DatabaseError> for ChannelError {
    fn from(error: crate::DatabaseError) -> Self {
        Self::Shared(error.into())
    }
}

impl From<garde::Report> for ChannelError {
    fn from(report: garde::Report) -> Self {
        Self::Shared(report.into())
    }
}

impl From<ChannelError> for Problem {
    fn from(error: ChannelError) -> Self {
        let conflict = |code: &str, message: &str| Self::new(ProblemKind::Conflict, code, message);
        match error {
            ChannelError::Shared(failure) => failure.into(),
            ChannelError::Refused(refusal) => {
                let problem = Self::from(refusal);
                Self { message: format!("{} Nothing was changed.", problem.message), ..problem }
            }
            ChannelError::ConnectedHere => {
                conflict("channel.connected_here", "This number is connected already: it is in the list.")
            }
            ChannelError::ConnectedElsewhere => conflict(
                "channel.connected_elsewhere",
                "This number is connected to another workspace of this installation. A number belongs to one workspace at a time. Nothing was changed.",
            ),
            ChannelError::TooMany => Self::new(
                ProblemKind::Conflict,
                "channel.too_many",
                format!("This workspace has {CHANNELS_MAX} numbers, which is as many as it can have."),
            ),
            ChannelError::NoApp => conflict(
                "channel.no_app",
                "This number uses the installation's own Meta app, whose secret and verify token are in the server's settings.",
            ),
        }
    }
}
