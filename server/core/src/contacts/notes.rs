//! Notes about a contact, for the team only. A deleted note can be had back for a while, then it is swept away.

use charla_shared::{
    contact::{NOTES_PAGE, NotePage, NoteText, NoteView, TimeCursor},
    entry::MemberName,
    id::{ContactId, ContactNoteId},
    permission::Permission,
    text::clean,
};
use garde::Validate;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use super::{ContactsError, end_of_time, lock, look_up, tell};
use crate::{Actor, Core, Failure, Tx, audit::NewEntry, database::storable};

/// How long a deleted note can be had back.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// Notes one step of sweeping takes.
const SWEEP: i64 = 1_000;

/// A page of a contact's notes, newest first. Needs `contacts.view`.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn notes(
    core: &Core,
    actor: &Actor,
    contact: ContactId,
    after: Option<TimeCursor>,
) -> Result<NotePage, Failure> {
    actor.require(Permission::ContactsView)?;
    let mut tx = actor.begin(core).await?;
    look_up(&mut tx, contact).await?;
    let workspace = tx.workspace();
    let (at, id) = after.map_or((end_of_time(), Uuid::max()), |after| (storable(after.at), after.id));
    // Served by contact_notes_of_contact.
    let mut rows = sqlx::query!(
        r#"SELECT n.id, n.author_user_id, u.name AS "author_name?", n.body,
                  n.created_at AS "created_at: jiff_sqlx::Timestamp", n.updated_at AS "updated_at: jiff_sqlx::Timestamp"
           FROM contact_notes n LEFT JOIN users u ON u.id = n.author_user_id
           WHERE n.workspace_id = $1 AND n.contact_id = $2 AND n.deleted_at IS NULL AND (n.created_at, n.id) < ($3, $4)
           ORDER BY n.created_at DESC, n.id DESC LIMIT $5"#,
        workspace,
        Uuid::from(contact),
        at.to_sqlx() as _,
        id,
        NOTES_PAGE + 1
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    let page = usize::try_from(NOTES_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let next = rows.last().filter(|_| more).map(|last| TimeCursor { at: last.created_at.to_jiff(), id: last.id });
    let notes = rows.into_iter().map(|row| {
        let own = is_own(actor, row.author_user_id);
        let edits = actor.permissions.allows(Permission::ContactsEdit);
        NoteView {
            id: row.id.into(),
            author: row
                .author_user_id
                .map(|id| MemberName { id: id.into(), name: row.author_name.unwrap_or_default() }),
            body: row.body,
            created_at: row.created_at.to_jiff(),
            updated_at: row.updated_at.to_jiff(),
            may_edit: own && edits,
            may_delete: edits && (own || actor.permissions.allows(Permission::ContactsDelete)),
        }
    });
    Ok(NotePage { notes: notes.collect(), next })
}

fn is_own(actor: &Actor, author: Option<Uuid>) -> bool {
    author.is_some() && author == actor.user().map(Uuid::from)
}

/// Writes a note. Needs `contacts.edit`.
///
/// Audit: `contact_note.write`, with its length. Events: the contact changed.
///
/// # Errors
/// [`Failure::Invalid`]; [`Failure::NotFound`].
pub async fn write_note(
    core: &Core,
    actor: &Actor,
    contact: ContactId,
    new: &NoteText,
) -> Result<ContactNoteId, ContactsError> {
    actor.require(Permission::ContactsEdit)?;
    new.validate()?;
    let body = clean(&new.body);
    let mut tx = actor.begin(core).await?;
    lock(&mut tx, contact).await?;
    let (workspace, now, id) = (tx.workspace(), tx.now(), tx.id::<ContactNoteId>());
    sqlx::query!(
        "INSERT INTO contact_notes (workspace_id, id, contact_id, author_user_id, body, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
        workspace,
        Uuid::from(id),
        Uuid::from(contact),
        actor.user().map(Uuid::from),
        body,
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    tell(&mut tx, contact).await?;
    let after = json!({ "contact": contact, "characters": body.chars().count() });
    tx.record(NewEntry::new("contact_note.write", "contact_note", id).after(after));
    tx.commit().await?;
    Ok(id)
}

/// A note as it is stored.
struct Stored {
    contact: ContactId,
    author: Option<Uuid>,
    body: String,
    deleted: bool,
}

async fn stored(tx: &mut Tx, note: ContactNoteId) -> Result<Stored, Failure> {
    let workspace = tx.workspace();
    sqlx::query!(
        r#"SELECT contact_id, author_user_id, body, deleted_at IS NOT NULL AS "deleted!"
           FROM contact_notes WHERE workspace_id = $1 AND id = $2 FOR UPDATE"#,
        workspace,
        Uuid::from(note)
    )
    .fetch_optional(tx.sql())
    .await?
    .map(|row| Stored {
        contact: row.contact_id.into(),
        author: row.author_user_id,
        body: row.body,
        deleted: row.deleted,
    })
    .ok_or(Failure::NotFound)
}

/// Changes one's own note. Needs `contacts.edit`.
///
/// Audit: `contact_note.edit`, with both lengths, unless nothing is different. Events: the contact changed.
///
/// # Errors
/// [`Failure::Invalid`]; [`Failure::NotFound`], also for a note that was deleted; [`Failure::Forbidden`] for somebody
/// else's.
pub async fn edit_note(core: &Core, actor: &Actor, note: ContactNoteId, new: &NoteText) -> Result<(), ContactsError> {
    actor.require(Permission::ContactsEdit)?;
    new.validate()?;
    let body = clean(&new.body);
    let mut tx = actor.begin(core).await?;
    let (workspace, now) = (tx.workspace(), tx.now());
    let old = stored(&mut tx, note).await?;
    if old.deleted {
        return Err(Failure::NotFound.into());
    }
    if !is_own(actor, old.author) {
        return Err(Failure::Forbidden(Permission::ContactsEdit).into());
    }
    if old.body == body {
        return Ok(());
    }
    sqlx::query!(
        "UPDATE contact_notes SET body = $3, updated_at = $4 WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(note),
        body,
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    tell(&mut tx, old.contact).await?;
    tx.record(NewEntry {
        before: Some(json!({ "characters": old.body.chars().count() })),
        after: Some(json!({ "characters": body.chars().count() })),
        ..NewEntry::new("contact_note.edit", "contact_note", note)
    });
    Ok(tx.commit().await?)
}

/// Deletes a note: one's own with `contacts.edit`, anybody's with `contacts.delete` too. It can be had back for an hour.
///
/// Audit: `contact_note.delete`, unless it was deleted already. Events: the contact changed.
///
/// # Errors
/// [`Failure::NotFound`]; [`Failure::Forbidden`].
pub async fn delete_note(core: &Core, actor: &Actor, note: ContactNoteId) -> Result<(), ContactsError> {
    set_deleted(core, actor, note, true).await
}

/// Takes a deletion back. Needs what deleting needs.
///
/// Audit: `contact_note.restore`, unless it was not deleted. Events: the contact changed.
///
/// # Errors
/// [`Failure::NotFound`], also when the note has been swept away; [`Failure::Forbidden`].
pub async fn restore_note(core: &Core, actor: &Actor, note: ContactNoteId) -> Result<(), ContactsError> {
    set_deleted(core, actor, note, false).await
}

async fn set_deleted(core: &Core, actor: &Actor, note: ContactNoteId, deleted: bool) -> Result<(), ContactsError> {
    actor.require(Permission::ContactsEdit)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now) = (tx.workspace(), tx.now());
    let old = stored(&mut tx, note).await?;
    if !is_own(actor, old.author) {
        actor.require(Permission::ContactsDelete)?;
    }
    if old.deleted == deleted {
        return Ok(());
    }
    sqlx::query!(
        "UPDATE contact_notes SET deleted_at = $3 WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(note),
        deleted.then(|| now.to_sqlx()) as _
    )
    .execute(tx.sql())
    .await?;
    tell(&mut tx, old.contact).await?;
    let action = if deleted { "contact_note.delete" } else { "contact_note.restore" };
    let said = Some(json!({ "contact": old.contact, "characters": old.body.chars().count() }));
    let (before, after) = if deleted { (said, None) } else { (None, said) };
    tx.record(NewEntry { before, after, ..NewEntry::new(action, "contact_note", note) });
    Ok(tx.commit().await?)
}

/// Sweeps some notes away that were deleted more than an hour ago. Gives how many went.
pub(crate) async fn sweep(core: &Core, now: Timestamp) -> Result<u64, Failure> {
    let Ok(before) = now.checked_sub(KEPT) else { return Ok(0) };
    let mut tx = core.database.worker().await?;
    // Served by contact_notes_deleted.
    let swept = sqlx::query!(
        "DELETE FROM contact_notes n USING
             (SELECT workspace_id, id FROM contact_notes WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2) AS old
         WHERE n.workspace_id = old.workspace_id AND n.id = old.id",
        before.to_sqlx() as _,
        SWEEP
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok(swept)
}
