//! Accounts (row A1): registering, logging in and out, sessions, changing the password.
//!
//! Answers do not reveal whether an account exists: an unknown address costs the same time and gives the same words as a
//! wrong password. Attempts are throttled per address and person, per network address, and per account.

mod login;
mod operator;
mod password;
mod profile;
mod register;
mod session;
mod throttle;

use charla_shared::problem::{Problem, ProblemKind};

pub use login::log_in;
pub use operator::{Operator, operator};
pub use password::Hasher;
pub use profile::{change_password, me, sessions};
pub use register::{is_claimed, register};
pub use session::{NewSession, SessionToken, SignedIn, authenticate, end_session, log_out};

use jiff::Timestamp;

use crate::{Core, Failure};

/// What may go wrong with accounts.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// What every feature shares.
    #[error(transparent)]
    Shared(#[from] Failure),
    /// The address and the password do not belong together; or there is no such account.
    #[error("e-mail and password do not match")]
    WrongCredentials,
    /// The present password is not the one typed.
    #[error("the present password is wrong")]
    WrongPassword,
    /// Too many failed attempts.
    #[error("too many attempts; wait {0} seconds")]
    Throttled(u64),
    /// More log-ins at once than passwords can be compared.
    #[error("too many log-ins at once")]
    Busy,
    /// The installation has an owner; new people need an invite.
    #[error("registration is by invite only")]
    Closed,
    /// The account could not be made: it exists, and the password is not its.
    #[error("this account cannot be made")]
    Unavailable,
    /// The invite does not exist, was used, revoked or has expired.
    #[error("the invite does not work any more")]
    InviteGone,
    /// No session, or it has ended.
    #[error("not logged in")]
    NotSignedIn,
    /// Somebody who does not look after the installation.
    #[error("not an operator")]
    NotAnOperator,
}

impl From<sqlx::Error> for AccountError {
    fn from(error: sqlx::Error) -> Self {
        Self::Shared(error.into())
    }
}

impl From<crate::DatabaseError> for AccountError {
    fn from(error: crate::DatabaseError) -> Self {
        Self::Shared(error.into())
    }
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Shared(failure) => failure.into(),
            AccountError::WrongCredentials => Self::new(
                ProblemKind::Unauthenticated,
                "session.wrong",
                "This e-mail and password do not match. Check both and try again.",
            ),
            AccountError::WrongPassword => Self::new(
                ProblemKind::Invalid,
                "password.wrong",
                "The present password is not right. Nothing was changed.",
            ),
            AccountError::Throttled(seconds) => Self {
                retry_after: Some(seconds),
                ..Self::new(
                    ProblemKind::Throttled,
                    "session.throttled",
                    format!("Too many attempts. Wait {seconds} seconds and try again."),
                )
            },
            AccountError::Busy => Self {
                retry_after: Some(5),
                ..Self::new(
                    ProblemKind::Unavailable,
                    "unavailable",
                    "Too many people are logging in at this moment. Nothing was changed; try again in a few seconds.",
                )
            },
            AccountError::Closed => Self::new(
                ProblemKind::Forbidden,
                "account.closed",
                "This Charla already has an owner. Ask somebody in it for an invite link.",
            ),
            AccountError::Unavailable => Self::new(
                ProblemKind::Conflict,
                "account.unavailable",
                "An account could not be made with these details. If you already have one, log in to accept the invite.",
            ),
            AccountError::InviteGone => Self::new(
                ProblemKind::NotFound,
                "invite.gone",
                "This invite does not work any more. Ask for a new link.",
            ),
            AccountError::NotSignedIn => Self::unauthenticated(),
            AccountError::NotAnOperator => Self::new(
                ProblemKind::Forbidden,
                "operator.required",
                "This is for the operators of this installation. Ask whoever set it up.",
            ),
        }
    }
}

/// Removes sessions and counters of attempts that have ended. Gives how many; some thousands at most.
pub(crate) async fn sweep(core: &Core, now: Timestamp) -> Result<u64, AccountError> {
    Ok(session::sweep(core, now).await? + throttle::sweep(core, now).await?)
}
