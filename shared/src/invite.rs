//! Invites: expiring links by which a person joins a workspace.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{id::InviteId, permission::Role};

/// How long a link works, in hours.
pub const INVITE_HOURS: i64 = 72;

/// What somebody chooses to make an invite.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewInvite {
    /// The role the person will have; not more than the inviter's own.
    pub role: Role,
}

/// A fresh invite, with the only showing of its link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteLink {
    /// The invite.
    pub invite: InviteView,
    /// The link to hand over. It is not stored and cannot be shown again.
    pub url: String,
}

/// An invite in the list of open ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteView {
    /// Which.
    pub id: InviteId,
    /// The role it gives.
    pub role: Role,
    /// Who made it.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// What somebody who opens the link learns before accepting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteOffer {
    /// The workspace's name.
    pub workspace: String,
    /// Who invites.
    pub invited_by: String,
    /// The role it gives.
    pub role: Role,
    /// Until when it works.
    pub expires_at: Timestamp,
}
