//! Members: users in a workspace.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{id::UserId, permission::Role};

/// A member as colleagues see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their login.
    pub email: String,
    /// What they are.
    pub role: Role,
    /// Since when.
    pub joined_at: Timestamp,
}
