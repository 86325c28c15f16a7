//! Workspaces: the tenant.

use garde::Validate;
use serde::{Deserialize, Serialize};

use crate::{
    account::name_rule,
    id::WorkspaceId,
    permission::{PermissionSet, Role},
};

/// What somebody types to make a workspace.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewWorkspace {
    /// 1 to 80 visible characters.
    #[garde(custom(name_rule))]
    pub name: String,
}

/// The workspace that is on screen, with what the viewer may do in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceView {
    /// Which.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
    /// The viewer's role.
    pub role: Role,
    /// What that role may do.
    pub permissions: PermissionSet,
    /// Whether its number is a simulated one, and where the simulator's phones are.
    pub simulator_url: Option<String>,
}
