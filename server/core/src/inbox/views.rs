//! Saved views: queries of the list that a member gave a name. Each member's own; nobody else sees them.

use charla_shared::{
    id::{UserId, ViewId},
    list::{NewView, SavedView, VIEWS_MAX},
    permission::Permission,
    text::clean_line,
};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::InboxError;
use crate::{Actor, Core, Failure, Tx};

/// Keeps a query under a name. Needs `conversations.view_all`. Not audited and told to nobody: it is the member's own desk.
///
/// # Errors
/// [`Failure::Invalid`]; [`InboxError::TooManyViews`].
pub async fn save_view(core: &Core, actor: &Actor, new: &NewView) -> Result<SavedView, InboxError> {
    let owner = owner(actor)?;
    new.validate().map_err(Failure::from)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now) = (tx.workspace(), tx.now());
    // Whoever saves twice at once waits here, so that neither is counted without the other.
    sqlx::query!(
        "SELECT user_id FROM members WHERE workspace_id = $1 AND user_id = $2 FOR NO KEY UPDATE",
        workspace,
        owner
    )
    .fetch_one(tx.sql())
    .await?;
    if of_actor(&mut tx, actor).await?.len() >= usize::try_from(VIEWS_MAX).unwrap_or(usize::MAX) {
        return Err(InboxError::TooManyViews);
    }
    let view = SavedView { id: tx.id(), name: clean_line(&new.name), query: new.query };
    sqlx::query!(
        "INSERT INTO saved_views (workspace_id, id, user_id, name, query, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        workspace,
        Uuid::from(view.id),
        owner,
        view.name,
        serde_json::to_value(view.query).map_err(Failure::from)?,
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    tx.commit().await?;
    Ok(view)
}

/// Gives a view another name, another query, or both. Needs `conversations.view_all` and that it is one's own.
///
/// # Errors
/// [`Failure::Invalid`]; [`Failure::NotFound`].
pub async fn change_view(core: &Core, actor: &Actor, view: ViewId, new: &NewView) -> Result<(), InboxError> {
    let owner = owner(actor)?;
    new.validate().map_err(Failure::from)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let changed = sqlx::query!(
        "UPDATE saved_views SET name = $4, query = $5 WHERE workspace_id = $1 AND id = $2 AND user_id = $3",
        workspace,
        Uuid::from(view),
        owner,
        clean_line(&new.name),
        serde_json::to_value(new.query).map_err(Failure::from)?
    )
    .execute(tx.sql())
    .await?;
    if changed.rows_affected() == 0 {
        return Err(Failure::NotFound.into());
    }
    Ok(tx.commit().await?)
}

/// Takes a view away; what it showed stays. Needs `conversations.view_all` and that it is one's own.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn delete_view(core: &Core, actor: &Actor, view: ViewId) -> Result<(), InboxError> {
    let owner = owner(actor)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let deleted = sqlx::query!(
        "DELETE FROM saved_views WHERE workspace_id = $1 AND id = $2 AND user_id = $3",
        workspace,
        Uuid::from(view),
        owner
    )
    .execute(tx.sql())
    .await?;
    if deleted.rows_affected() == 0 {
        return Err(Failure::NotFound.into());
    }
    Ok(tx.commit().await?)
}

/// The actor's views, the oldest first.
pub(super) async fn of_actor(tx: &mut Tx, actor: &Actor) -> Result<Vec<SavedView>, Failure> {
    let workspace = tx.workspace();
    // Served by saved_views_of_user.
    let rows = sqlx::query!(
        "SELECT id, name, query FROM saved_views WHERE workspace_id = $1 AND user_id = $2 ORDER BY created_at, id",
        workspace,
        actor.user().map(Uuid::from)
    )
    .fetch_all(tx.sql())
    .await?;
    rows.into_iter()
        .map(|row| Ok(SavedView { id: row.id.into(), name: row.name, query: serde_json::from_value(row.query)? }))
        .collect()
}

/// Whose views they are. Programs have none.
fn owner(actor: &Actor) -> Result<Uuid, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    actor.user().map(UserId::into).ok_or(Failure::NotFound)
}
