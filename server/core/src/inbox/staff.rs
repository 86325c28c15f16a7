//! To whom conversations may be given.

use charla_shared::{
    entry::MemberName,
    permission::{Permission, Role},
};

use crate::{Actor, Core, Failure};

/// The members who may answer customers, by name. Needs `conversations.view_all`.
pub async fn staff(core: &Core, actor: &Actor) -> Result<Vec<MemberName>, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let replying: Vec<&str> = Role::ALL
        .iter()
        .filter(|role| role.permissions().allows(Permission::ConversationsReply))
        .map(|role| role.name())
        .collect();
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let members = sqlx::query!(
        "SELECT u.id, u.name FROM members m JOIN users u ON u.id = m.user_id
         WHERE m.workspace_id = $1 AND m.role = ANY($2) ORDER BY lower(u.name), u.id",
        workspace,
        &replying as _
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    Ok(members.into_iter().map(|row| MemberName { id: row.id.into(), name: row.name }).collect())
}
