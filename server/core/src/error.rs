//! What may go wrong under every feature, and how a feature's error becomes a [`Problem`].

use charla_shared::{
    permission::Permission,
    problem::{Problem, ProblemKind},
};

use crate::DatabaseError;

/// A failure every feature shares; the features' own enums hold it as one variant.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database refused or is away.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The actor lacks a right.
    #[error("this needs the permission {0}")]
    Forbidden(Permission),
    /// No such thing in this workspace; somebody else's things look the same.
    #[error("there is no such thing here")]
    NotFound,
    /// The input breaks rules.
    #[error("the input breaks a rule")]
    Invalid(garde::Report),
    /// Stored data does not read back: a defect of ours.
    #[error("stored data could not be read: {0}")]
    Corrupt(String),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl From<garde::Report> for Failure {
    fn from(report: garde::Report) -> Self {
        Self::Invalid(report)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Database(error) => error.into(),
            Failure::Forbidden(permission) => Self::new(
                ProblemKind::Forbidden,
                "forbidden",
                format!(
                    "Your role does not allow this (it needs “{permission}”). Ask an owner or admin of the workspace."
                ),
            ),
            Failure::NotFound => Self::not_found(),
            Failure::Invalid(report) => Self::from_report(&report),
            Failure::Corrupt(reason) => {
                tracing::error!(%reason, "stored data could not be read");
                internal()
            }
        }
    }
}

/// The answer to a defect of ours: nothing about its inside.
pub(crate) fn internal() -> Problem {
    Problem::new(
        ProblemKind::Internal,
        "internal",
        "Something went wrong on our side. Look whether it was done before you try it again.",
    )
}
