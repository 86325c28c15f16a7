//! The audit trail (row A8): who changed what, written in the transaction of the change and chained by hashes.

mod chain;

use charla_shared::id::WorkspaceId;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

pub use chain::{Break, verify};

use crate::{Actor, Failure, Who};

/// One change to be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// What was done, `noun.verb`.
    pub action: &'static str,
    /// The kind of thing it was done to.
    pub target_kind: &'static str,
    /// Which one.
    pub target_id: Option<Uuid>,
    /// What it was before; never a secret or a message's text.
    pub before: Option<Value>,
    /// What it is now; never a secret or a message's text.
    pub after: Option<Value>,
}

impl NewEntry {
    /// An entry without before and after.
    pub fn new(action: &'static str, target_kind: &'static str, target_id: impl Into<Uuid>) -> Self {
        Self { action, target_kind, target_id: Some(target_id.into()), before: None, after: None }
    }

    /// With what the thing is now.
    #[must_use]
    pub fn after(self, after: Value) -> Self {
        Self { after: Some(after), ..self }
    }
}

/// Adds the entries to the workspace's chain. Takes the chain's lock, so it comes last in a transaction.
pub(crate) async fn append(
    sql: &mut PgConnection,
    actor: &Actor,
    now: Timestamp,
    entries: &[NewEntry],
) -> Result<(), Failure> {
    let workspace: Uuid = actor.workspace.into();
    sqlx::query!(
        "INSERT INTO audit_heads (workspace_id, number, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING",
        workspace,
        &chain::GENESIS[..]
    )
    .execute(&mut *sql)
    .await?;
    let head = sqlx::query!("SELECT number, hash FROM audit_heads WHERE workspace_id = $1 FOR UPDATE", workspace)
        .fetch_one(&mut *sql)
        .await?;
    let (mut number, mut previous) = (head.number, head.hash);

    let (actor_kind, actor_id) = match &actor.who {
        Who::Member { user, .. } => ("member", Some(Uuid::from(*user))),
        Who::System { .. } => ("system", None),
    };
    for entry in entries {
        number += 1;
        let link = chain::Link {
            workspace: WorkspaceId::from(workspace),
            number,
            at: now,
            actor_kind,
            actor_id,
            action: entry.action,
            target_kind: entry.target_kind,
            target_id: entry.target_id,
            before: entry.before.as_ref(),
            after: entry.after.as_ref(),
            request_id: &actor.request.id,
            ip: &actor.request.ip,
        };
        let hash = link.hash(&previous);
        sqlx::query!(
            "INSERT INTO audit_entries (workspace_id, number, at, actor_kind, actor_id, action, target_kind, target_id,
                                        before, after, request_id, ip, previous_hash, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            workspace,
            number,
            now.to_sqlx() as _,
            actor_kind,
            actor_id,
            entry.action,
            entry.target_kind,
            entry.target_id,
            entry.before,
            entry.after,
            actor.request.id,
            actor.request.ip,
            previous,
            &hash[..]
        )
        .execute(&mut *sql)
        .await?;
        previous = hash.to_vec();
    }
    sqlx::query!("UPDATE audit_heads SET number = $2, hash = $3 WHERE workspace_id = $1", workspace, number, previous)
        .execute(&mut *sql)
        .await?;
    Ok(())
}
