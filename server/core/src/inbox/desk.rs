//! What conversations may be given: members to be theirs, labels.

use charla_shared::{
    entry::MemberName,
    label::{Colour, LabelView},
    life::Desk,
    permission::{Permission, Role},
};

use crate::{Actor, Core, Failure};

/// The members who may answer customers and the labels of the workspace, both by name. Needs `conversations.view_all`.
pub async fn desk(core: &Core, actor: &Actor) -> Result<Desk, Failure> {
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
    let labels =
        sqlx::query!("SELECT id, name, colour FROM labels WHERE workspace_id = $1 ORDER BY lower(name)", workspace)
            .fetch_all(tx.sql())
            .await?;
    tx.commit().await?;
    Ok(Desk {
        me: actor.user(),
        members: members.into_iter().map(|row| MemberName { id: row.id.into(), name: row.name }).collect(),
        labels: labels
            .into_iter()
            .map(|row| LabelView { id: row.id.into(), name: row.name, colour: Colour::from_name(&row.colour) })
            .collect(),
    })
}
