//! The other end of an invite: what its holder sees, and joining.

use charla_shared::{
    event::Happening,
    id::{InviteId, UserId, WorkspaceId},
    invite::InviteOffer,
};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::token_hash;
use crate::{Actor, Core, Failure, RequestInfo, SignedIn, Tx, accounts::AccountError, audit::NewEntry, events::Topic};

/// The one look-up that crosses workspaces: the token is the proof.
async fn find(core: &Core, token: &str) -> Result<(WorkspaceId, InviteId), AccountError> {
    let mut tx = core.database.worker().await?;
    let row =
        sqlx::query!("SELECT workspace_id, invite_id FROM invite_tokens WHERE token_hash = $1", &token_hash(token)[..])
            .fetch_optional(&mut *tx)
            .await?
            .ok_or(AccountError::InviteGone)?;
    Ok((row.workspace_id.into(), row.invite_id.into()))
}

/// What the holder of a link is offered.
///
/// # Errors
/// [`AccountError::InviteGone`] when it does not exist, was used or revoked, or has expired.
pub async fn offer(core: &Core, token: &str) -> Result<InviteOffer, AccountError> {
    let (workspace, invite) = find(core, token).await?;
    let mut tx = Actor::system(workspace, "invite").begin(core).await?;
    let now = tx.now();
    let row = sqlx::query!(
        r#"SELECT w.name AS workspace, u.name AS invited_by, i.role, i.expires_at AS "expires_at: jiff_sqlx::Timestamp"
           FROM invites i JOIN workspaces w ON w.id = i.workspace_id JOIN users u ON u.id = i.created_by
           WHERE i.workspace_id = $1 AND i.id = $2 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > $3"#,
        Uuid::from(workspace),
        Uuid::from(invite),
        now.to_sqlx() as _
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(AccountError::InviteGone)?;
    let role = row.role.parse().map_err(|_| Failure::Corrupt(format!("role {}", row.role)))?;
    Ok(InviteOffer { workspace: row.workspace, invited_by: row.invited_by, role, expires_at: row.expires_at.to_jiff() })
}

/// A joining under way: the invite is held, so that of two with one link the second waits and then finds it used.
pub(crate) struct Joining {
    /// The transaction the membership is made in.
    pub(crate) tx: Tx,
    workspace: WorkspaceId,
    invite: InviteId,
    role: String,
}

/// Takes hold of an open invite.
pub(crate) async fn begin_joining(core: &Core, token: &str, request: &RequestInfo) -> Result<Joining, AccountError> {
    let (workspace, invite) = find(core, token).await?;
    // The invite's holder acts for themselves in a workspace they are not in yet; the token stands for the right.
    let actor = Actor { request: request.clone(), ..Actor::system(workspace, "invite") };
    let mut tx = actor.begin(core).await?;
    let now = tx.now();
    let role = sqlx::query_scalar!(
        "SELECT role FROM invites
         WHERE workspace_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $3
         FOR UPDATE",
        Uuid::from(workspace),
        Uuid::from(invite),
        now.to_sqlx() as _
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(AccountError::InviteGone)?;
    Ok(Joining { tx, workspace, invite, role })
}

impl Joining {
    /// Makes the user a member and commits. Somebody who is one already keeps their role and the invite stays open.
    pub(crate) async fn finish(self, user: UserId) -> Result<WorkspaceId, AccountError> {
        let Self { mut tx, workspace, invite, role } = self;
        let now = tx.now();
        let joined = sqlx::query!(
            "INSERT INTO members (workspace_id, user_id, role, joined_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            Uuid::from(workspace),
            Uuid::from(user),
            role,
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?
        .rows_affected();
        if joined == 0 {
            return Ok(workspace);
        }
        sqlx::query!(
            "UPDATE invites SET accepted_by = $3, accepted_at = $4 WHERE workspace_id = $1 AND id = $2",
            Uuid::from(workspace),
            Uuid::from(invite),
            Uuid::from(user),
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
        tx.tell(&Happening::MemberChanged { user }).await?;
        tx.record(NewEntry::new("member.join", "member", user).after(json!({ "role": role, "invite": invite })));
        tx.ring(Topic::Rights);
        tx.commit().await?;
        Ok(workspace)
    }
}

/// Joins the invite's workspace. Somebody who is a member already keeps their role and the invite stays open.
///
/// Audit: `member.join`. Events: the members changed.
pub async fn accept(
    core: &Core,
    signed_in: &SignedIn,
    token: &str,
    request: &RequestInfo,
) -> Result<WorkspaceId, AccountError> {
    begin_joining(core, token, request).await?.finish(signed_in.user).await
}
