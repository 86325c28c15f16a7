//! Members of a workspace.

use charla_shared::{member::MemberView, permission::Permission};

use crate::{Actor, Core, Failure};

/// The members, by name. Needs `members.view`.
pub async fn list(core: &Core, actor: &Actor) -> Result<Vec<MemberView>, Failure> {
    actor.require(Permission::MembersView)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let rows = sqlx::query!(
        r#"SELECT u.id, u.name, u.email, m.role, m.joined_at AS "joined_at: jiff_sqlx::Timestamp"
           FROM members m JOIN users u ON u.id = m.user_id
           WHERE m.workspace_id = $1 ORDER BY lower(u.name), u.id"#,
        workspace
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    rows.into_iter()
        .map(|row| {
            let role = row.role.parse().map_err(|_| Failure::Corrupt(format!("role {}", row.role)))?;
            Ok(MemberView {
                id: row.id.into(),
                name: row.name,
                email: row.email,
                role,
                joined_at: row.joined_at.to_jiff(),
            })
        })
        .collect()
}
