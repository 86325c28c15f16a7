//! Fields: what the workspace wants to know about its contacts.

use charla_shared::{
    contact_field::{FIELDS_MAX, FieldKind, FieldView, NewField},
    event::Happening,
    id::FieldId,
    permission::Permission,
    text::clean_line,
};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::ContactsError;
use crate::{Actor, Core, Failure, Tx, audit::NewEntry};

/// The fields of the workspace in their order. Needs `contacts.view`.
pub async fn fields(core: &Core, actor: &Actor) -> Result<Vec<FieldView>, Failure> {
    actor.require(Permission::ContactsView)?;
    let mut tx = actor.begin(core).await?;
    let fields = stored(&mut tx).await?;
    tx.commit().await?;
    Ok(fields)
}

pub(super) async fn stored(tx: &mut Tx) -> Result<Vec<FieldView>, Failure> {
    let workspace = tx.workspace();
    let rows = sqlx::query!(
        "SELECT id, name, kind, choices FROM contact_fields WHERE workspace_id = $1 ORDER BY position, id",
        workspace
    )
    .fetch_all(tx.sql())
    .await?;
    rows.into_iter().map(|row| view(row.id, row.name, &row.kind, row.choices)).collect()
}

fn view(id: Uuid, name: String, kind: &str, choices: Vec<String>) -> Result<FieldView, Failure> {
    let kind = FieldKind::from_name(kind, choices).ok_or_else(|| Failure::Corrupt(format!("field kind {kind}")))?;
    Ok(FieldView { id: id.into(), name, kind })
}

/// One field, kept from other changes until the commit.
pub(super) async fn one(tx: &mut Tx, field: FieldId) -> Result<FieldView, Failure> {
    let workspace = tx.workspace();
    let row = sqlx::query!(
        "SELECT id, name, kind, choices FROM contact_fields WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE",
        workspace,
        Uuid::from(field)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    view(row.id, row.name, &row.kind, row.choices)
}

/// Orders the writers of the workspace's fields, so that limits and places hold.
async fn lock_all(tx: &mut Tx) -> Result<(), Failure> {
    let key = tx.workspace().to_string();
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended('contact fields ' || $1, 0))", key)
        .execute(tx.sql())
        .await?;
    Ok(())
}

fn cleaned(kind: &FieldKind) -> Vec<String> {
    kind.choices().iter().map(|choice| clean_line(choice)).collect()
}

/// Makes a field, the last in the order. Needs `workspace.edit`.
///
/// Audit: `contact_field.create`. Events: the vocabulary changed.
///
/// # Errors
/// [`Failure::Invalid`]; [`ContactsError::NameTaken`]; [`ContactsError::TooManyFields`].
pub async fn create_field(core: &Core, actor: &Actor, new: &NewField) -> Result<FieldView, ContactsError> {
    actor.require(Permission::WorkspaceEdit)?;
    new.validate()?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now, id) = (tx.workspace(), tx.now(), tx.id::<Uuid>());
    let (name, choices) = (clean_line(&new.name), cleaned(&new.kind));
    lock_all(&mut tx).await?;
    let last = sqlx::query!(
        r#"SELECT count(*) AS "count!", coalesce(max(position), 0) AS "position!" FROM contact_fields WHERE workspace_id = $1"#,
        workspace
    )
    .fetch_one(tx.sql())
    .await?;
    if usize::try_from(last.count).is_ok_and(|count| count >= FIELDS_MAX) {
        return Err(ContactsError::TooManyFields);
    }
    sqlx::query!(
        "INSERT INTO contact_fields (workspace_id, id, name, kind, choices, position, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        workspace,
        id,
        name,
        new.kind.name(),
        &choices,
        last.position.saturating_add(1),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::VocabularyChanged).await?;
    let after = json!({ "name": name, "kind": new.kind.name(), "choices": choices });
    tx.record(NewEntry::new("contact_field.create", "contact_field", id).after(after));
    tx.commit().await?;
    Ok(view(id, name, new.kind.name(), choices)?)
}

/// Changes a field's name and, where it has any, its choices. What was chosen before stays chosen where it is. Needs
/// `workspace.edit`. `seen` is the field that was changed here; without it whatever is there is overwritten.
///
/// Audit: `contact_field.change`, unless nothing is different. Events: the vocabulary changed.
///
/// # Errors
/// [`Failure::Invalid`]; [`Failure::NotFound`]; [`ContactsError::NameTaken`]; [`ContactsError::KindFixed`];
/// [`ContactsError::ChangedSince`].
pub async fn change_field(
    core: &Core,
    actor: &Actor,
    field: FieldId,
    new: &NewField,
    seen: Option<&NewField>,
) -> Result<(), ContactsError> {
    actor.require(Permission::WorkspaceEdit)?;
    new.validate()?;
    let mut tx = actor.begin(core).await?;
    let (workspace, name, choices) = (tx.workspace(), clean_line(&new.name), cleaned(&new.kind));
    let old = one(&mut tx, field).await?;
    if old.kind.name() != new.kind.name() {
        return Err(ContactsError::KindFixed);
    }
    if old.name == name && old.kind.choices() == choices {
        return Ok(());
    }
    if seen.is_some_and(|seen| seen.name != old.name || seen.kind.choices() != old.kind.choices()) {
        return Err(ContactsError::ChangedSince);
    }
    sqlx::query!(
        "UPDATE contact_fields SET name = $3, choices = $4 WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(field),
        name,
        &choices
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry {
        before: Some(json!({ "name": old.name, "choices": old.kind.choices() })),
        after: Some(json!({ "name": name, "choices": choices })),
        ..NewEntry::new("contact_field.change", "contact_field", field)
    });
    Ok(tx.commit().await?)
}

/// Moves a field one place up, or down. At the end of the order it stays. Needs `workspace.edit`.
///
/// Audit: `contact_field.move`, with its places from 1, unless it stays. Events: the vocabulary changed.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn move_field(core: &Core, actor: &Actor, field: FieldId, up: bool) -> Result<(), ContactsError> {
    actor.require(Permission::WorkspaceEdit)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    lock_all(&mut tx).await?;
    let mut order: Vec<Uuid> = stored(&mut tx).await?.into_iter().map(|field| field.id.into()).collect();
    let from = order.iter().position(|id| *id == Uuid::from(field)).ok_or(Failure::NotFound)?;
    let to = if up { from.saturating_sub(1) } else { (from + 1).min(order.len() - 1) };
    if from == to {
        return Ok(());
    }
    order.swap(from, to);
    sqlx::query!(
        "UPDATE contact_fields f SET position = o.place::integer
         FROM unnest($2::uuid[]) WITH ORDINALITY AS o (id, place) WHERE f.workspace_id = $1 AND f.id = o.id",
        workspace,
        &order
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry {
        before: Some(json!({ "place": from + 1 })),
        after: Some(json!({ "place": to + 1 })),
        ..NewEntry::new("contact_field.move", "contact_field", field)
    });
    Ok(tx.commit().await?)
}

/// How many contacts have a value in the field. Needs `contacts.view`.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn field_use(core: &Core, actor: &Actor, field: FieldId) -> Result<u64, Failure> {
    actor.require(Permission::ContactsView)?;
    let mut tx = actor.begin(core).await?;
    let count = count(&mut tx, field).await?;
    tx.commit().await?;
    Ok(count)
}

async fn count(tx: &mut Tx, field: FieldId) -> Result<u64, Failure> {
    let workspace = tx.workspace();
    // Served by contact_values_of_field.
    let count = sqlx::query_scalar!(
        r#"SELECT (SELECT count(*) FROM contact_values v WHERE v.workspace_id = f.workspace_id AND v.field_id = f.id) AS "count!"
           FROM contact_fields f WHERE f.workspace_id = $1 AND f.id = $2"#,
        workspace,
        Uuid::from(field)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Deletes a field with all of its values; gives how many those were. Needs `workspace.edit`.
///
/// Audit: `contact_field.delete`, with that number. Events: the vocabulary changed.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn delete_field(core: &Core, actor: &Actor, field: FieldId) -> Result<u64, ContactsError> {
    actor.require(Permission::WorkspaceEdit)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    lock_all(&mut tx).await?;
    let old = one(&mut tx, field).await?;
    let lost = count(&mut tx, field).await?;
    sqlx::query!("DELETE FROM contact_fields WHERE workspace_id = $1 AND id = $2", workspace, Uuid::from(field))
        .execute(tx.sql())
        .await?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry {
        before: Some(json!({ "name": old.name, "kind": old.kind.name(), "values": lost })),
        ..NewEntry::new("contact_field.delete", "contact_field", field)
    });
    tx.commit().await?;
    Ok(lost)
}
