//! Operators: people who look after the installation itself. The right has nothing to do with roles in workspaces.

use std::fmt;

use charla_shared::id::UserId;
use uuid::Uuid;

use super::{AccountError, SignedIn};
use crate::Core;

/// Somebody looking after the installation: what belongs to no workspace is theirs to see and to change. Made only by
/// proving it; written out, it names who for the logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operator(Option<UserId>);

impl Operator {
    /// Whoever runs this program with the database's address. They could change the tables themselves.
    #[must_use]
    pub const fn at_the_console() -> Self {
        Self(None)
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(user) => user.fmt(f),
            None => f.write_str("console"),
        }
    }
}

/// The person as an operator.
///
/// # Errors
/// [`AccountError::NotAnOperator`].
pub async fn operator(core: &Core, signed_in: &SignedIn) -> Result<Operator, AccountError> {
    if is_operator(core, signed_in).await? {
        Ok(Operator(Some(signed_in.user)))
    } else {
        Err(AccountError::NotAnOperator)
    }
}

/// Whether the person looks after the installation.
pub(super) async fn is_operator(core: &Core, signed_in: &SignedIn) -> Result<bool, AccountError> {
    let mut tx = core.database.global().await?;
    let is = sqlx::query_scalar!("SELECT operator FROM users WHERE id = $1", Uuid::from(signed_in.user))
        .fetch_optional(&mut *tx)
        .await?;
    Ok(is.unwrap_or(false))
}
