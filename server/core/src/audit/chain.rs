//! The chain of hashes: each entry's hash covers the entry and the hash before it, so a changed, removed or inserted
//! entry breaks the chain from there on.

use charla_shared::id::WorkspaceId;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Actor, Core, Failure};

/// What stands before the first entry.
pub(super) const GENESIS: [u8; 32] = [0; 32];

/// An entry as it is hashed. The field order is part of the format; object keys inside `before` and `after` are sorted
/// (serde_json's map and Postgres's jsonb agree on their content, not on their order).
#[derive(Serialize)]
pub(super) struct Link<'a> {
    pub workspace: WorkspaceId,
    pub number: i64,
    pub at: Timestamp,
    pub actor_kind: &'a str,
    pub actor_id: Option<Uuid>,
    pub action: &'a str,
    pub target_kind: &'a str,
    pub target_id: Option<Uuid>,
    pub before: Option<&'a Value>,
    pub after: Option<&'a Value>,
    pub request_id: &'a str,
    pub ip: &'a str,
}

impl Link<'_> {
    pub(super) fn hash(&self, previous: &[u8]) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(previous);
        // Only maps with keys that are not strings fail to serialise; there are none.
        hasher.update(serde_json::to_vec(self).unwrap_or_default());
        hasher.finalize().into()
    }
}

/// Where a chain does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// The first entry that does not fit what is before it, or the first missing one.
    pub number: i64,
}

/// Walks the whole chain of a workspace. `Ok(None)` means that it holds; otherwise the first break.
pub async fn verify(core: &Core, workspace: WorkspaceId) -> Result<Option<Break>, Failure> {
    let mut tx = Actor::system(workspace, "audit verify").begin(core).await?;
    let id: Uuid = workspace.into();
    let entries = sqlx::query!(
        r#"SELECT number, at AS "at: jiff_sqlx::Timestamp", actor_kind, actor_id, action, target_kind, target_id, before, after,
                  request_id, ip, previous_hash, hash
           FROM audit_entries WHERE workspace_id = $1 ORDER BY number"#,
        id
    )
    .fetch_all(tx.sql())
    .await?;
    let head = sqlx::query!("SELECT number, hash FROM audit_heads WHERE workspace_id = $1", id)
        .fetch_optional(tx.sql())
        .await?;

    let mut previous = GENESIS.to_vec();
    let mut expected = 0;
    for entry in &entries {
        expected += 1;
        let link = Link {
            workspace,
            number: entry.number,
            at: entry.at.to_jiff(),
            actor_kind: &entry.actor_kind,
            actor_id: entry.actor_id,
            action: &entry.action,
            target_kind: &entry.target_kind,
            target_id: entry.target_id,
            before: entry.before.as_ref(),
            after: entry.after.as_ref(),
            request_id: &entry.request_id,
            ip: &entry.ip,
        };
        let fits =
            entry.number == expected && entry.previous_hash == previous && link.hash(&previous)[..] == entry.hash;
        if !fits {
            return Ok(Some(Break { number: expected }));
        }
        previous.clone_from(&entry.hash);
    }
    // The end of the chain must be where the head says, or entries were cut off at the end.
    let head_fits = head.is_none_or(|head| head.number == expected && head.hash == previous);
    Ok(if head_fits { None } else { Some(Break { number: expected + 1 }) })
}
