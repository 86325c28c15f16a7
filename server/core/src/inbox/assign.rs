//! Whose a conversation is.

use std::collections::HashMap;

use charla_shared::{
    entry::{EntryContent, MemberName},
    id::UserId,
    life::Change,
    permission::{Permission, Role},
};
use serde_json::json;
use uuid::Uuid;

use super::{
    InboxError,
    change::{Locked, Step},
};
use crate::{Failure, Tx, audit::NewEntry};

/// Gives conversations to a member, held by [`assignee`], or takes them from everybody.
pub(super) async fn assign(
    tx: &mut Tx,
    locked: &[Locked],
    to: Option<&MemberName>,
) -> Result<HashMap<Uuid, Step>, Failure> {
    let (workspace, id) = (tx.workspace(), to.map(|member| Uuid::from(member.id)));
    let (mut steps, mut moving) = (HashMap::new(), Vec::new());
    for conversation in locked {
        if conversation.assignee == id {
            steps.insert(conversation.id, Step::Same);
            continue;
        }
        let step = Step::Done {
            entry: Box::new(EntryContent::Assigned { to: to.cloned() }),
            undo: Change::Assignee { to: conversation.assignee.map(UserId::from) },
            audit: Box::new(NewEntry {
                before: Some(json!({ "assignee": conversation.assignee })),
                after: Some(json!({ "assignee": id })),
                ..NewEntry::new("conversation.assign", "conversation", conversation.id)
            }),
        };
        steps.insert(conversation.id, step);
        moving.push(conversation.id);
    }
    if !moving.is_empty() {
        sqlx::query!(
            "UPDATE conversations SET assignee_id = $3 WHERE workspace_id = $1 AND id = ANY($2)",
            workspace,
            &moving,
            id
        )
        .execute(tx.sql())
        .await?;
    }
    Ok(steps)
}

/// The member, if conversations may be given to them. Holds them in the workspace and in their role until the end of the
/// transaction. Comes before the locks of conversations: who removes a member locks the member first, too.
pub(super) async fn assignee(tx: &mut Tx, user: UserId) -> Result<MemberName, InboxError> {
    let workspace = tx.workspace();
    let row = sqlx::query!(
        "SELECT m.role, u.name FROM members m JOIN users u ON u.id = m.user_id
         WHERE m.workspace_id = $1 AND m.user_id = $2 FOR SHARE OF m",
        workspace,
        Uuid::from(user)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let role: Role = row.role.parse().map_err(|_| Failure::Corrupt(format!("role {}", row.role)))?;
    if !role.permissions().allows(Permission::ConversationsReply) {
        return Err(InboxError::NotAssignable);
    }
    Ok(MemberName { id: user, name: row.name })
}
