//! Tags of contacts: the workspace's, and which a contact has.

use charla_shared::{
    contact::{TAGS_MAX, TAGS_OF_CONTACT_MAX},
    event::Happening,
    id::{ContactId, TagId},
    label::{Colour, NewLabel, TagView},
    permission::Permission,
    text::clean_line,
};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::{ContactsError, lock, tell};
use crate::{Actor, Core, Failure, Tx, audit::NewEntry};

/// The tags of the workspace, by name. Needs `contacts.view`.
pub async fn tags(core: &Core, actor: &Actor) -> Result<Vec<TagView>, Failure> {
    actor.require(Permission::ContactsView)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let rows =
        sqlx::query!("SELECT id, name, colour FROM tags WHERE workspace_id = $1 ORDER BY lower(name), id", workspace)
            .fetch_all(tx.sql())
            .await?;
    tx.commit().await?;
    let view = |id: Uuid, name, colour: &str| TagView { id: id.into(), name, colour: Colour::from_name(colour) };
    Ok(rows.into_iter().map(|row| view(row.id, row.name, &row.colour)).collect())
}

/// Makes a tag. Needs `contacts.edit`, since tags are made while they are put on.
///
/// Audit: `tag.create`. Events: the vocabulary changed.
///
/// # Errors
/// [`Failure::Invalid`]; [`ContactsError::NameTaken`]; [`ContactsError::TooManyTags`].
pub async fn create_tag(core: &Core, actor: &Actor, new: &NewLabel) -> Result<TagView, ContactsError> {
    actor.require(Permission::ContactsEdit)?;
    new.validate()?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now, id, name) = (tx.workspace(), tx.now(), tx.id::<TagId>(), clean_line(&new.name));
    // Two made side by side must not pass the limit together.
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended('tags ' || $1, 0))", workspace.to_string())
        .execute(tx.sql())
        .await?;
    let count = sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM tags WHERE workspace_id = $1"#, workspace)
        .fetch_one(tx.sql())
        .await?;
    if usize::try_from(count).is_ok_and(|count| count >= TAGS_MAX) {
        return Err(ContactsError::TooManyTags);
    }
    sqlx::query!(
        "INSERT INTO tags (workspace_id, id, name, colour, created_at) VALUES ($1, $2, $3, $4, $5)",
        workspace,
        Uuid::from(id),
        name,
        new.colour.name(),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry::new("tag.create", "tag", id).after(json!({ "name": name, "colour": new.colour })));
    tx.commit().await?;
    Ok(TagView { id, name, colour: new.colour })
}

async fn stored(tx: &mut Tx, tag: TagId) -> Result<(String, String), Failure> {
    let workspace = tx.workspace();
    sqlx::query!(
        "SELECT name, colour FROM tags WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE",
        workspace,
        Uuid::from(tag)
    )
    .fetch_optional(tx.sql())
    .await?
    .map(|row| (row.name, row.colour))
    .ok_or(Failure::NotFound)
}

/// Changes name and colour. Needs `workspace.edit`: it changes what all contacts with the tag say. `seen` is the tag that was
/// changed here; without it whatever is there is overwritten.
///
/// Audit: `tag.change`, unless nothing is different. Events: the vocabulary changed.
///
/// # Errors
/// [`Failure::Invalid`]; [`Failure::NotFound`]; [`ContactsError::NameTaken`]; [`ContactsError::ChangedSince`].
pub async fn change_tag(
    core: &Core,
    actor: &Actor,
    tag: TagId,
    new: &NewLabel,
    seen: Option<&NewLabel>,
) -> Result<(), ContactsError> {
    actor.require(Permission::WorkspaceEdit)?;
    new.validate()?;
    let mut tx = actor.begin(core).await?;
    let (workspace, name, colour) = (tx.workspace(), clean_line(&new.name), new.colour.name());
    let (old_name, old_colour) = stored(&mut tx, tag).await?;
    if (old_name.as_str(), old_colour.as_str()) == (name.as_str(), colour) {
        return Ok(());
    }
    if seen.is_some_and(|seen| seen.name != old_name || seen.colour != Colour::from_name(&old_colour)) {
        return Err(ContactsError::ChangedSince);
    }
    sqlx::query!(
        "UPDATE tags SET name = $3, colour = $4 WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(tag),
        name,
        colour
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry {
        before: Some(json!({ "name": old_name, "colour": old_colour })),
        after: Some(json!({ "name": name, "colour": colour })),
        ..NewEntry::new("tag.change", "tag", tag)
    });
    Ok(tx.commit().await?)
}

/// How many contacts have the tag. Needs `contacts.view`.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn tag_use(core: &Core, actor: &Actor, tag: TagId) -> Result<u64, Failure> {
    actor.require(Permission::ContactsView)?;
    let mut tx = actor.begin(core).await?;
    let count = count(&mut tx, tag).await?;
    tx.commit().await?;
    Ok(count)
}

async fn count(tx: &mut Tx, tag: TagId) -> Result<u64, Failure> {
    let workspace = tx.workspace();
    // Served by contacts_of_tag.
    let count = sqlx::query_scalar!(
        r#"SELECT (SELECT count(*) FROM contact_tags c WHERE c.workspace_id = t.workspace_id AND c.tag_id = t.id) AS "count!"
           FROM tags t WHERE t.workspace_id = $1 AND t.id = $2"#,
        workspace,
        Uuid::from(tag)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Deletes a tag, and takes it off whoever has it. Needs `workspace.edit`.
///
/// Audit: `tag.delete`, with how many had it. Events: the vocabulary changed.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn delete_tag(core: &Core, actor: &Actor, tag: TagId) -> Result<(), ContactsError> {
    actor.require(Permission::WorkspaceEdit)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let (name, colour) = stored(&mut tx, tag).await?;
    let contacts = count(&mut tx, tag).await?;
    sqlx::query!("DELETE FROM tags WHERE workspace_id = $1 AND id = $2", workspace, Uuid::from(tag))
        .execute(tx.sql())
        .await?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry {
        before: Some(json!({ "name": name, "colour": colour, "contacts": contacts })),
        ..NewEntry::new("tag.delete", "tag", tag)
    });
    Ok(tx.commit().await?)
}

/// Puts a tag on a contact, or takes it off. Needs `contacts.edit`.
///
/// Audit: `contact.tag` or `contact.untag`, unless it was so already. Events: the contact changed.
///
/// # Errors
/// [`Failure::NotFound`]; [`ContactsError::TooManyTagsHere`].
pub async fn set_tag(
    core: &Core,
    actor: &Actor,
    contact: ContactId,
    tag: TagId,
    on: bool,
) -> Result<(), ContactsError> {
    actor.require(Permission::ContactsEdit)?;
    let mut tx = actor.begin(core).await?;
    lock(&mut tx, contact).await?;
    let (name, _) = stored(&mut tx, tag).await?;
    let changed = if on { put_on(&mut tx, contact, tag).await? } else { take_off(&mut tx, contact, tag).await? };
    if !changed {
        return Ok(());
    }
    tell(&mut tx, contact).await?;
    let (action, said) = (if on { "contact.tag" } else { "contact.untag" }, Some(json!({ "tag": tag, "name": name })));
    let (before, after) = if on { (None, said) } else { (said, None) };
    tx.record(NewEntry { before, after, ..NewEntry::new(action, "contact", contact) });
    Ok(tx.commit().await?)
}

async fn put_on(tx: &mut Tx, contact: ContactId, tag: TagId) -> Result<bool, ContactsError> {
    let (workspace, now) = (tx.workspace(), tx.now());
    let added = sqlx::query!(
        "INSERT INTO contact_tags (workspace_id, contact_id, tag_id, tagged_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        workspace,
        Uuid::from(contact),
        Uuid::from(tag),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?
    .rows_affected();
    let count = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM contact_tags WHERE workspace_id = $1 AND contact_id = $2"#,
        workspace,
        Uuid::from(contact)
    )
    .fetch_one(tx.sql())
    .await?;
    if added > 0 && usize::try_from(count).is_ok_and(|count| count > TAGS_OF_CONTACT_MAX) {
        return Err(ContactsError::TooManyTagsHere);
    }
    Ok(added > 0)
}

async fn take_off(tx: &mut Tx, contact: ContactId, tag: TagId) -> Result<bool, ContactsError> {
    let workspace = tx.workspace();
    let gone = sqlx::query!(
        "DELETE FROM contact_tags WHERE workspace_id = $1 AND contact_id = $2 AND tag_id = $3",
        workspace,
        Uuid::from(contact),
        Uuid::from(tag)
    )
    .execute(tx.sql())
    .await?
    .rows_affected();
    Ok(gone > 0)
}
