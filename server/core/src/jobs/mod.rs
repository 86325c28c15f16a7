//! Background work: one leased queue for all of it.
//!
//! A job is a row. A worker takes it with a lease and a fencing token, runs it, and deletes it, or puts it back with a
//! backoff, or buries it as a dead letter with the reason. A worker that dies loses its lease and the job runs again, so
//! every handler must be safe to run twice; one that must not act twice (sending) writes down what it is about to do
//! first.

mod queue;
mod worker;

use std::time::Duration;

use charla_shared::id::{JobId, WorkspaceId};
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

pub use queue::add;
pub(crate) use worker::run;

/// Work to be done.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Which handler does it.
    pub kind: Kind,
    /// What it needs to know: ids, never secrets or message texts.
    pub payload: Value,
    /// While a job of this key waits, adding another does nothing.
    pub dedupe_key: Option<String>,
    /// Not before this instant.
    pub run_at: Timestamp,
}

/// The kinds of jobs there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A webhook delivery that the release before this one stored: it joins its lane.
    ProcessDelivery,
    /// A message that the release before this one queued: it joins the outbox.
    SendMessage,
    /// Tell Meta that a customer's message was read.
    SendReadReceipt,
    /// Connect a workspace to the simulator.
    ConnectSimulator,
    /// Let a simulated customer write the first message of a workspace.
    GreetFromSimulator,
    /// Do nothing: for measuring the queue.
    Nothing,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::ProcessDelivery,
        Self::SendMessage,
        Self::SendReadReceipt,
        Self::ConnectSimulator,
        Self::GreetFromSimulator,
        Self::Nothing,
    ];

    /// The stable name, as stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProcessDelivery => "process_delivery",
            Self::SendMessage => "send_message",
            Self::SendReadReceipt => "send_read_receipt",
            Self::ConnectSimulator => "connect_simulator",
            Self::GreetFromSimulator => "greet_from_simulator",
            Self::Nothing => "nothing",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Tries before a job is buried. Webhooks are never given up while the database is what fails (that does not count
    /// as a try of theirs: see [`Retry::Away`]).
    const fn tries(self) -> i32 {
        match self {
            Self::ProcessDelivery => 12,
            Self::SendMessage => 8,
            Self::SendReadReceipt | Self::Nothing => 4,
            Self::ConnectSimulator | Self::GreetFromSimulator => 60,
        }
    }
}

/// A job in a worker's hands.
#[derive(Debug, Clone)]
pub struct Job {
    /// Which.
    pub id: JobId,
    /// Whose; none for work of the whole installation.
    pub workspace: Option<WorkspaceId>,
    /// Which handler does it.
    pub kind: Kind,
    /// What it needs to know.
    pub payload: Value,
    /// How often it has been taken, this time included.
    pub tries: i32,
    /// The fencing token: holds while nobody else was given the job.
    pub lease: Uuid,
}

impl Job {
    /// A field of the payload.
    pub(crate) fn field<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, JobError> {
        let value = self.payload.get(name).cloned().unwrap_or(Value::Null);
        serde_json::from_value(value).map_err(|error| JobError::never(format!("payload field {name}: {error}")))
    }

    /// The workspace, for kinds that have one.
    pub(crate) fn tenant(&self) -> Result<WorkspaceId, JobError> {
        self.workspace.ok_or_else(|| JobError::never("the job has no workspace".to_owned()))
    }

    /// Whether this was the last try it gets.
    #[must_use]
    pub(crate) const fn is_last_try(&self) -> bool {
        self.tries >= self.kind.tries()
    }
}

/// When a failed job runs again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// With exponential backoff: 1 s, 2 s, 4 s … up to 5 minutes, each with jitter.
    Backoff,
    /// After this long at least.
    After(Duration),
    /// Something of ours is away (the database); does not count as a try.
    Away,
    /// Not at all: it would fail again.
    Never,
}

/// Why a job failed and when it runs again.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct JobError {
    /// When.
    pub retry: Retry,
    /// Why; kept with the job. No secrets, no message texts.
    pub reason: String,
}

impl JobError {
    pub(crate) const fn never(reason: String) -> Self {
        Self { retry: Retry::Never, reason }
    }

    pub(crate) const fn backoff(reason: String) -> Self {
        Self { retry: Retry::Backoff, reason }
    }
}

impl From<crate::Failure> for JobError {
    fn from(failure: crate::Failure) -> Self {
        let retry = match &failure {
            crate::Failure::Database(crate::DatabaseError::Away(_)) => Retry::Away,
            crate::Failure::Database(crate::DatabaseError::Refused(_)) => Retry::Backoff,
            _ => Retry::Never,
        };
        Self { retry, reason: failure.to_string() }
    }
}

impl From<crate::DatabaseError> for JobError {
    fn from(error: crate::DatabaseError) -> Self {
        crate::Failure::from(error).into()
    }
}

impl From<sqlx::Error> for JobError {
    fn from(error: sqlx::Error) -> Self {
        crate::Failure::from(error).into()
    }
}
