//! Search (rows C7, C11): messages by their words, people by name, username or number.
//!
//! What is compared is decided in one place, `search_fold` of migration 0021: case, accents and forms are levelled, and
//! scripts without blanks are cut into letters. Finding is the database's (`search_messages`, `search_contacts`, which see
//! the transaction's workspace only); the marks of hits are made here, on the original text, with the same folding
//! ([`fold`]). Nothing of a question becomes SQL or an operator: it is cut into words, and words are values.

mod backlog;
mod contacts;
mod conversation;
mod everything;
mod fold;
mod messages;
mod query;
mod snippet;
mod text;

use charla_shared::problem::{Problem, ProblemKind};

pub(crate) use backlog::catch_up;
pub use contacts::search_contacts;
pub use conversation::search_conversation;
pub use everything::search_everything;
pub use messages::search_messages;

use crate::{Failure, Tx};

/// What may go wrong when something is looked for.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// What every feature shares.
    #[error(transparent)]
    Shared(#[from] Failure),
    /// It took longer than anybody waits.
    #[error("the search took too long")]
    TooLong,
}

impl From<sqlx::Error> for SearchError {
    fn from(error: sqlx::Error) -> Self {
        // query_canceled: the statement's time was over (PostgreSQL, appendix A).
        match &error {
            sqlx::Error::Database(cause) if cause.code().is_some_and(|code| code == "57014") => Self::TooLong,
            _ => Self::Shared(error.into()),
        }
    }
}

impl From<crate::DatabaseError> for SearchError {
    fn from(error: crate::DatabaseError) -> Self {
        Self::Shared(error.into())
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Shared(failure) => failure.into(),
            SearchError::TooLong => Self::new(
                ProblemKind::Unavailable,
                "search.too_long",
                "This search takes too long. Add a word to it, or write the words in full.",
            ),
        }
    }
}

/// Nobody waits longer for a search, and none may hold a connection longer.
async fn limit_time(tx: &mut Tx) -> Result<(), SearchError> {
    sqlx::query!("SET LOCAL statement_timeout = '2s'").execute(tx.sql()).await?;
    Ok(())
}
