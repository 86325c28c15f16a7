//! Who does something, in which workspace, with which rights (DESIGN §2, rule 3).

use charla_shared::{
    id::{SessionId, UserId, WorkspaceId},
    permission::{Permission, PermissionSet, Role},
};

use crate::{Core, DatabaseError, Failure, Tx};

/// Where a request came from, for the audit trail and the logs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestInfo {
    /// The request's id, as answered in `x-request-id`.
    pub id: String,
    /// The address it came from; empty for background work.
    pub ip: String,
}

impl RequestInfo {
    /// Background work: the job's name stands for the request.
    #[must_use]
    pub fn background(name: &str) -> Self {
        Self { id: name.to_owned(), ip: String::new() }
    }
}

/// The kind of actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A user who is a member of the workspace.
    Member {
        /// Who.
        user: UserId,
        /// Through which login.
        session: SessionId,
        /// As what.
        role: Role,
    },
    /// The product itself.
    System {
        /// The part of it, for the audit trail.
        part: &'static str,
    },
}

/// Somebody acting in one workspace. Made only by proving membership, or by background work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Where.
    pub workspace: WorkspaceId,
    /// Who.
    pub who: Who,
    /// What they may do.
    pub permissions: PermissionSet,
    /// The request.
    pub request: RequestInfo,
}

impl Actor {
    /// Background work in a workspace.
    pub(crate) fn system(workspace: WorkspaceId, part: &'static str) -> Self {
        Self {
            workspace,
            who: Who::System { part },
            permissions: PermissionSet::default(),
            request: RequestInfo::background(part),
        }
    }

    /// The user behind it, when it is one.
    #[must_use]
    pub const fn user(&self) -> Option<UserId> {
        match self.who {
            Who::Member { user, .. } => Some(user),
            Who::System { .. } => None,
        }
    }

    /// Ends with [`Failure::Forbidden`] unless the right is held.
    pub fn require(&self, permission: Permission) -> Result<(), Failure> {
        if self.permissions.allows(permission) { Ok(()) } else { Err(Failure::Forbidden(permission)) }
    }

    /// Begins a transaction in the actor's workspace: the only door to tenant data.
    pub(crate) async fn begin(&self, core: &Core) -> Result<Tx, DatabaseError> {
        Tx::begin(core, self).await
    }
}
