//! What went wrong, in the form both people and programs get it.
//!
//! Every error of the host becomes one of these at the border: a stable code for programs, a sentence for people that
//! says what happened and what to do, and reasons per field. The sentence never holds a secret, a query or an address.

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

/// Among [`Problem::details`]: what Meta said, in its own words. They are quoted, never translated.
pub const SAID_BY_META: &str = "meta";

/// Which kind of failure it is; decides the HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// The input breaks a rule; `details` says which. 400.
    Invalid,
    /// Nobody is logged in, or the session has ended. 401.
    Unauthenticated,
    /// Logged in, but the role lacks the right. 403.
    Forbidden,
    /// There is no such thing, or it belongs to somebody else: the two look the same. 404.
    NotFound,
    /// It clashes with what is there. 409.
    Conflict,
    /// Too many attempts; wait. 429.
    Throttled,
    /// Something we need is away; try again. 503.
    Unavailable,
    /// A defect of ours; it is logged under the request id. 500.
    Internal,
}

impl ProblemKind {
    /// The HTTP status of this kind of failure (RFC 9110 §15).
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Invalid => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::Throttled => 429,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }
}

/// A failure as it is told to the outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The kind, which decides the HTTP status.
    pub kind: ProblemKind,
    /// Stable name for programs and translations, `area.reason`.
    pub code: String,
    /// A sentence in English; the interface translates by `code` where it has a translation.
    pub message: String,
    /// Reasons by field name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
    /// Seconds to wait before trying again, when that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

impl Problem {
    /// A problem without details.
    #[must_use]
    pub fn new(kind: ProblemKind, code: &str, message: impl Into<String>) -> Self {
        Self { kind, code: code.to_owned(), message: message.into(), details: BTreeMap::new(), retry_after: None }
    }

    /// Nobody is logged in.
    #[must_use]
    pub fn unauthenticated() -> Self {
        Self::new(ProblemKind::Unauthenticated, "session.required", "Log in to continue.")
    }

    /// A thing that is not there, or is somebody else's.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(ProblemKind::NotFound, "not_found", "This does not exist, or you have no access to it.")
    }

    /// Input that breaks rules, with the reason of each field.
    #[must_use]
    pub fn invalid(details: BTreeMap<String, String>) -> Self {
        let message = "Some fields need another look.";
        Self { details, ..Self::new(ProblemKind::Invalid, "invalid", message) }
    }

    /// The reasons of a failed `garde` validation, one per field: the first that broke.
    #[must_use]
    pub fn from_report(report: &garde::Report) -> Self {
        let mut details = BTreeMap::new();
        for (path, error) in report.iter() {
            details.entry(path.to_string()).or_insert_with(|| error.message().to_string());
        }
        Self::invalid(details)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}
