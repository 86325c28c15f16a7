//! The labels of a workspace.

use charla_shared::{
    event::Happening,
    id::LabelId,
    label::{Colour, LabelView, NewLabel},
    life::{LABELS_MAX, LabelUse},
    permission::Permission,
    text,
};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use super::InboxError;
use crate::{Actor, Core, Failure, audit::NewEntry};

/// The labels, by name, with how many conversations have each. Needs `conversations.view_all`.
pub async fn label_uses(core: &Core, actor: &Actor) -> Result<Vec<LabelUse>, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    // Counted in conversations_of_label.
    let rows = sqlx::query!(
        r#"SELECT l.id, l.name, l.colour,
                  (SELECT count(*) FROM conversation_labels c WHERE c.workspace_id = l.workspace_id AND c.label_id = l.id) AS "conversations!"
           FROM labels l WHERE l.workspace_id = $1 ORDER BY lower(l.name)"#,
        workspace
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    Ok(rows
        .into_iter()
        .map(|row| LabelUse {
            label: LabelView { id: row.id.into(), name: row.name, colour: Colour::from_name(&row.colour) },
            conversations: u64::try_from(row.conversations).unwrap_or_default(),
        })
        .collect())
}

/// Makes a label. Needs `conversations.manage`.
///
/// Audit: `label.create`. Events: the vocabulary changed.
///
/// # Errors
/// [`InboxError::LabelTaken`]; [`InboxError::TooManyLabels`]; [`Failure::Invalid`].
pub async fn create_label(core: &Core, actor: &Actor, new: &NewLabel) -> Result<LabelView, InboxError> {
    actor.require(Permission::ConversationsManage)?;
    new.validate().map_err(Failure::from)?;
    let name = text::clean_line(&new.name);
    let mut tx = actor.begin(core).await?;
    let (workspace, now, id) = (tx.workspace(), tx.now(), tx.id::<LabelId>());
    // Held, so that two at once do not go beyond the limit together.
    sqlx::query!("SELECT FROM workspaces WHERE id = $1 FOR NO KEY UPDATE", workspace).execute(tx.sql()).await?;
    let there = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM labels WHERE workspace_id = $1"#, workspace)
        .fetch_one(tx.sql())
        .await?;
    if there >= LABELS_MAX {
        return Err(InboxError::TooManyLabels);
    }
    sqlx::query!(
        "INSERT INTO labels (workspace_id, id, name, colour, created_at) VALUES ($1, $2, $3, $4, $5)",
        workspace,
        Uuid::from(id),
        name,
        new.colour.name(),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await
    .map_err(taken)?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry::new("label.create", "label", id).after(recorded(&name, new.colour)));
    tx.commit().await?;
    Ok(LabelView { id, name, colour: new.colour })
}

/// Renames and recolours a label. Needs `conversations.manage`. `seen` is the label that was changed here; without it
/// whatever is there is overwritten.
///
/// Audit: `label.change`, unless nothing is different. Events: the vocabulary changed.
///
/// # Errors
/// [`InboxError::LabelTaken`]; [`InboxError::LabelChangedSince`]; [`Failure::Invalid`]; [`Failure::NotFound`].
pub async fn change_label(
    core: &Core,
    actor: &Actor,
    label: LabelId,
    new: &NewLabel,
    seen: Option<&NewLabel>,
) -> Result<LabelView, InboxError> {
    actor.require(Permission::ConversationsManage)?;
    new.validate().map_err(Failure::from)?;
    let name = text::clean_line(&new.name);
    let mut tx = actor.begin(core).await?;
    let (workspace, id) = (tx.workspace(), Uuid::from(label));
    let old = sqlx::query!(
        "SELECT name, colour FROM labels WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE",
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let view = LabelView { id: label, name: name.clone(), colour: new.colour };
    if old.name == name && old.colour == new.colour.name() {
        return Ok(view);
    }
    if seen.is_some_and(|seen| seen.name != old.name || seen.colour != Colour::from_name(&old.colour)) {
        return Err(InboxError::LabelChangedSince);
    }
    sqlx::query!(
        "UPDATE labels SET name = $3, colour = $4 WHERE workspace_id = $1 AND id = $2",
        workspace,
        id,
        name,
        new.colour.name()
    )
    .execute(tx.sql())
    .await
    .map_err(taken)?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry {
        before: Some(recorded(&old.name, Colour::from_name(&old.colour))),
        ..NewEntry::new("label.change", "label", label).after(recorded(&name, new.colour))
    });
    tx.commit().await?;
    Ok(view)
}

/// Deletes a label, and takes it off every conversation. What threads say of it stays. Needs `conversations.manage`.
///
/// Audit: `label.delete`. Events: the vocabulary changed.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn delete_label(core: &Core, actor: &Actor, label: LabelId) -> Result<(), Failure> {
    actor.require(Permission::ConversationsManage)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, id) = (tx.workspace(), Uuid::from(label));
    let old =
        sqlx::query!("DELETE FROM labels WHERE workspace_id = $1 AND id = $2 RETURNING name, colour", workspace, id)
            .fetch_optional(tx.sql())
            .await?
            .ok_or(Failure::NotFound)?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry {
        before: Some(recorded(&old.name, Colour::from_name(&old.colour))),
        ..NewEntry::new("label.delete", "label", label)
    });
    tx.commit().await
}

fn recorded(name: &str, colour: Colour) -> Value {
    json!({ "name": name, "colour": colour.name() })
}

/// A name that another label has, whatever the case of its letters.
fn taken(error: sqlx::Error) -> InboxError {
    match &error {
        sqlx::Error::Database(cause) if cause.constraint() == Some("labels_by_name") => InboxError::LabelTaken,
        _ => error.into(),
    }
}
