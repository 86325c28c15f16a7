//! Invites (row A5): a link that lets one person join a workspace, for 72 hours, once.
//!
//! The link's token is random and shown once; the database holds its hash.

mod accept;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use charla_shared::{
    id::InviteId,
    invite::{INVITE_HOURS, InviteLink, InviteView, NewInvite},
    permission::Permission,
    problem::{Problem, ProblemKind},
};
use jiff::SignedDuration;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub(crate) use accept::begin_joining;
pub use accept::{accept, offer};

use crate::{Actor, Core, Failure, Tx, Who, audit::NewEntry};

/// Most open invites of a workspace: all of them are listed, so that each can be revoked.
const OPEN_MAX: i64 = 200;

/// What may go wrong with invites.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// What every feature shares.
    #[error(transparent)]
    Shared(#[from] Failure),
    /// The workspace has as many open ones as it may have.
    #[error("the workspace has {OPEN_MAX} open invites already")]
    TooMany,
}

impl From<sqlx::Error> for InviteError {
    fn from(error: sqlx::Error) -> Self {
        Self::Shared(error.into())
    }
}

impl From<crate::DatabaseError> for InviteError {
    fn from(error: crate::DatabaseError) -> Self {
        Self::Shared(error.into())
    }
}

impl From<InviteError> for Problem {
    fn from(error: InviteError) -> Self {
        match error {
            InviteError::Shared(failure) => failure.into(),
            InviteError::TooMany => Self::new(
                ProblemKind::Conflict,
                "invite.too_many",
                format!(
                    "This workspace has {OPEN_MAX} open invites, which is as many as it can have. Revoke those that are not \
                     needed."
                ),
            ),
        }
    }
}

fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Makes an invite. Needs `members.invite`, and nobody hands out a role with more rights than their own.
///
/// Audit: `invite.create`.
///
/// # Errors
/// [`InviteError::TooMany`].
pub async fn create(core: &Core, actor: &Actor, new: NewInvite) -> Result<InviteLink, InviteError> {
    actor.require(Permission::MembersInvite)?;
    let Who::Member { user, role, .. } = actor.who else { return Err(Failure::NotFound.into()) };
    if !role.may_grant(new.role) {
        return Err(Failure::Forbidden(Permission::MembersManage).into());
    }
    let token = BASE64_URL_SAFE_NO_PAD.encode(core.environment.bytes::<32>());
    let mut tx = actor.begin(core).await?;
    make_room(&mut tx).await?;
    let (workspace, id, now) = (tx.workspace(), tx.id::<InviteId>(), tx.now());
    let expires_at = now + SignedDuration::from_hours(INVITE_HOURS);
    sqlx::query!(
        "INSERT INTO invites (workspace_id, id, role, created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        workspace,
        Uuid::from(id),
        new.role.name(),
        Uuid::from(user),
        now.to_sqlx() as _,
        expires_at.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    sqlx::query!(
        "INSERT INTO invite_tokens (token_hash, workspace_id, invite_id) VALUES ($1, $2, $3)",
        &token_hash(&token)[..],
        workspace,
        Uuid::from(id)
    )
    .execute(tx.sql())
    .await?;
    let created_by =
        sqlx::query_scalar!("SELECT name FROM users WHERE id = $1", Uuid::from(user)).fetch_one(tx.sql()).await?;
    tx.record(NewEntry::new("invite.create", "invite", id).after(json!({ "role": new.role })));
    tx.commit().await?;
    Ok(InviteLink {
        invite: InviteView { id, role: new.role, created_by, created_at: now, expires_at },
        url: format!("{}/invites/{token}", core.config.public_url),
    })
}

/// Of two that are made at once the later sees the first.
async fn make_room(tx: &mut Tx) -> Result<(), InviteError> {
    let (workspace, now) = (tx.workspace(), tx.now());
    sqlx::query!("SELECT id FROM workspaces WHERE id = $1 FOR NO KEY UPDATE", workspace).fetch_one(tx.sql()).await?;
    let open = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM invites
           WHERE workspace_id = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2"#,
        workspace,
        now.to_sqlx() as _
    )
    .fetch_one(tx.sql())
    .await?;
    if open < OPEN_MAX { Ok(()) } else { Err(InviteError::TooMany) }
}

/// The open invites, newest first. Needs `members.invite`.
pub async fn list(core: &Core, actor: &Actor) -> Result<Vec<InviteView>, Failure> {
    actor.require(Permission::MembersInvite)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now) = (tx.workspace(), tx.now());
    let rows = sqlx::query!(
        r#"SELECT i.id, i.role, u.name AS created_by, i.created_at AS "created_at: jiff_sqlx::Timestamp", i.expires_at AS "expires_at: jiff_sqlx::Timestamp"
           FROM invites i JOIN users u ON u.id = i.created_by
           WHERE i.workspace_id = $1 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $2
           ORDER BY i.id DESC LIMIT $3"#,
        workspace,
        now.to_sqlx() as _,
        OPEN_MAX
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            let role = row.role.parse().map_err(|_| Failure::Corrupt(format!("role {}", row.role)))?;
            Ok(InviteView {
                id: row.id.into(),
                role,
                created_by: row.created_by,
                created_at: row.created_at.to_jiff(),
                expires_at: row.expires_at.to_jiff(),
            })
        })
        .collect()
}

/// Ends an open invite. Needs `members.invite`.
///
/// Audit: `invite.revoke`.
///
/// # Errors
/// [`Failure::NotFound`] when it is not open any more.
pub async fn revoke(core: &Core, actor: &Actor, invite: InviteId) -> Result<(), Failure> {
    actor.require(Permission::MembersInvite)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now) = (tx.workspace(), tx.now());
    let revoked = sqlx::query!(
        "UPDATE invites SET revoked_at = $3
         WHERE workspace_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL",
        workspace,
        Uuid::from(invite),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?
    .rows_affected();
    if revoked == 0 {
        return Err(Failure::NotFound);
    }
    tx.record(NewEntry::new("invite.revoke", "invite", invite));
    tx.commit().await
}
