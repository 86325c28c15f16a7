//! What is known of a contact in the workspace's fields.

use charla_shared::{
    contact_field::FieldValue,
    id::{ContactId, FieldId},
    permission::Permission,
};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::{ContactsError, fields, lock, tell};
use crate::{Actor, Core, audit::NewEntry};

/// Writes what is known of a contact in a field; with no value, nothing is. Needs `contacts.edit`.
///
/// Audit: `contact.set_value`, unless nothing is different. Events: the contact changed.
///
/// # Errors
/// [`ContactsError::Value`] when the value does not fit the field; [`Failure::NotFound`](crate::Failure::NotFound).
pub async fn set_value(
    core: &Core,
    actor: &Actor,
    contact: ContactId,
    field: FieldId,
    value: Option<FieldValue>,
) -> Result<(), ContactsError> {
    actor.require(Permission::ContactsEdit)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now) = (tx.workspace(), tx.now());
    let (contact_id, field_id) = (Uuid::from(contact), Uuid::from(field));
    lock(&mut tx, contact).await?;
    let field = fields::one(&mut tx, field).await?;
    let value = value.map(|value| value.cleaned(&field.kind)).transpose()?;
    let new = value.map(serde_json::to_value).transpose().map_err(crate::Failure::from)?;
    let old = sqlx::query_scalar!(
        "SELECT value FROM contact_values WHERE workspace_id = $1 AND contact_id = $2 AND field_id = $3",
        workspace,
        contact_id,
        field_id
    )
    .fetch_optional(tx.sql())
    .await?;
    if old == new {
        return Ok(());
    }
    if let Some(new) = &new {
        sqlx::query!(
            "INSERT INTO contact_values (workspace_id, contact_id, field_id, value, updated_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (workspace_id, contact_id, field_id) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at",
            workspace,
            contact_id,
            field_id,
            new,
            now.to_sqlx() as _
        )
        .execute(tx.sql())
        .await?;
    } else {
        sqlx::query!(
            "DELETE FROM contact_values WHERE workspace_id = $1 AND contact_id = $2 AND field_id = $3",
            workspace,
            contact_id,
            field_id
        )
        .execute(tx.sql())
        .await?;
    }
    tell(&mut tx, contact).await?;
    let said = |value| Some(json!({ "field": field_id, "name": field.name, "value": value }));
    tx.record(NewEntry {
        before: said(old),
        after: said(new),
        ..NewEntry::new("contact.set_value", "contact", contact)
    });
    Ok(tx.commit().await?)
}
