//! What the browser asks about contacts.

use charla_shared::{
    contact::{ContactCard, ContactPage, NewName, NotePage, NoteText, TimeCursor, TimelinePage},
    contact_field::{FieldValue, FieldView, NewField},
    id::{ContactId, ContactNoteId, FieldId, TagId, WorkspaceId},
    label::{NewLabel, TagView},
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use charla_core::contacts;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// A page of the contacts, those heard of last first.
#[server(name = ListContacts, prefix = "/fn", endpoint = "contacts/list", input = Json, output = Json)]
pub async fn list(workspace: WorkspaceId, after: Option<ContactId>) -> Result<ContactPage, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::list(&core, &actor, after).await?)
}

/// Everything about one contact but notes and history.
#[server(name = ShowContact, prefix = "/fn", endpoint = "contacts/card", input = Json, output = Json)]
pub async fn card(workspace: WorkspaceId, contact: ContactId) -> Result<ContactCard, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::card(&core, &actor, contact).await?)
}

/// Gives a contact a name, or WhatsApp's back.
#[server(name = RenameContact, prefix = "/fn", endpoint = "contacts/rename", input = Json, output = Json)]
pub async fn rename(workspace: WorkspaceId, contact: ContactId, name: NewName) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::rename(&core, &actor, contact, &name).await?)
}

/// A page of a contact's history, newest first.
#[server(name = ShowTimeline, prefix = "/fn", endpoint = "contacts/timeline", input = Json, output = Json)]
pub async fn timeline(
    workspace: WorkspaceId,
    contact: ContactId,
    after: Option<TimeCursor>,
) -> Result<TimelinePage, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::timeline(&core, &actor, contact, after).await?)
}

/// A page of the notes about a contact, newest first.
#[server(name = ListContactNotes, prefix = "/fn", endpoint = "contacts/notes", input = Json, output = Json)]
pub async fn notes(workspace: WorkspaceId, contact: ContactId, after: Option<TimeCursor>) -> Result<NotePage, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::notes(&core, &actor, contact, after).await?)
}

/// Writes a note about a contact.
#[server(name = WriteContactNote, prefix = "/fn", endpoint = "contacts/write_note", input = Json, output = Json)]
pub async fn write_note(workspace: WorkspaceId, contact: ContactId, note: NoteText) -> Result<ContactNoteId, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::write_note(&core, &actor, contact, &note).await?)
}

/// Changes one's own note.
#[server(name = EditContactNote, prefix = "/fn", endpoint = "contacts/edit_note", input = Json, output = Json)]
pub async fn edit_note(workspace: WorkspaceId, note: ContactNoteId, text: NoteText) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::edit_note(&core, &actor, note, &text).await?)
}

/// Deletes a note; it can be had back for a while.
#[server(name = DeleteContactNote, prefix = "/fn", endpoint = "contacts/delete_note", input = Json, output = Json)]
pub async fn delete_note(workspace: WorkspaceId, note: ContactNoteId) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::delete_note(&core, &actor, note).await?)
}

/// Takes the deletion of a note back.
#[server(name = RestoreContactNote, prefix = "/fn", endpoint = "contacts/restore_note", input = Json, output = Json)]
pub async fn restore_note(workspace: WorkspaceId, note: ContactNoteId) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::restore_note(&core, &actor, note).await?)
}

/// Writes what is known of a contact in a field.
#[server(name = SetContactValue, prefix = "/fn", endpoint = "contacts/set_value", input = Json, output = Json)]
pub async fn set_value(
    workspace: WorkspaceId,
    contact: ContactId,
    field: FieldId,
    value: Option<FieldValue>,
) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::set_value(&core, &actor, contact, field, value).await?)
}

/// Puts a tag on a contact, or takes it off.
#[server(name = SetContactTag, prefix = "/fn", endpoint = "contacts/set_tag", input = Json, output = Json)]
pub async fn set_tag(workspace: WorkspaceId, contact: ContactId, tag: TagId, on: bool) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::set_tag(&core, &actor, contact, tag, on).await?)
}

/// The tags of the workspace, by name.
#[server(name = ListTags, prefix = "/fn", endpoint = "contacts/tags", input = Json, output = Json)]
pub async fn tags(workspace: WorkspaceId) -> Result<Vec<TagView>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::tags(&core, &actor).await?)
}

/// Makes a tag.
#[server(name = CreateTag, prefix = "/fn", endpoint = "contacts/create_tag", input = Json, output = Json)]
pub async fn create_tag(workspace: WorkspaceId, tag: NewLabel) -> Result<TagView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::create_tag(&core, &actor, &tag).await?)
}

/// Changes a tag's name and colour, unless somebody else has done so since it was `seen`. Pages of the release before do not
/// say what that was.
#[server(name = ChangeTag, prefix = "/fn", endpoint = "contacts/change_tag", input = Json, output = Json)]
pub async fn change_tag(
    workspace: WorkspaceId,
    tag: TagId,
    change: NewLabel,
    #[server(default)] seen: Option<NewLabel>,
) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::change_tag(&core, &actor, tag, &change, seen.as_ref()).await?)
}

/// How many contacts have a tag.
#[server(name = CountTag, prefix = "/fn", endpoint = "contacts/tag_use", input = Json, output = Json)]
pub async fn tag_use(workspace: WorkspaceId, tag: TagId) -> Result<u64, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::tag_use(&core, &actor, tag).await?)
}

/// Deletes a tag, and takes it off whoever has it.
#[server(name = DeleteTag, prefix = "/fn", endpoint = "contacts/delete_tag", input = Json, output = Json)]
pub async fn delete_tag(workspace: WorkspaceId, tag: TagId) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::delete_tag(&core, &actor, tag).await?)
}

/// The fields of the workspace in their order.
#[server(name = ListFields, prefix = "/fn", endpoint = "contacts/fields", input = Json, output = Json)]
pub async fn fields(workspace: WorkspaceId) -> Result<Vec<FieldView>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::fields(&core, &actor).await?)
}

/// Makes a field.
#[server(name = CreateField, prefix = "/fn", endpoint = "contacts/create_field", input = Json, output = Json)]
pub async fn create_field(workspace: WorkspaceId, field: NewField) -> Result<FieldView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::create_field(&core, &actor, &field).await?)
}

/// Changes a field's name and choices, unless somebody else has done so since it was `seen`. Pages of the release before do
/// not say what that was.
#[server(name = ChangeField, prefix = "/fn", endpoint = "contacts/change_field", input = Json, output = Json)]
pub async fn change_field(
    workspace: WorkspaceId,
    field: FieldId,
    change: NewField,
    #[server(default)] seen: Option<NewField>,
) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::change_field(&core, &actor, field, &change, seen.as_ref()).await?)
}

/// Moves a field one place up, or down.
#[server(name = MoveField, prefix = "/fn", endpoint = "contacts/move_field", input = Json, output = Json)]
pub async fn move_field(workspace: WorkspaceId, field: FieldId, up: bool) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::move_field(&core, &actor, field, up).await?)
}

/// How many contacts have a value in a field.
#[server(name = CountField, prefix = "/fn", endpoint = "contacts/field_use", input = Json, output = Json)]
pub async fn field_use(workspace: WorkspaceId, field: FieldId) -> Result<u64, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::field_use(&core, &actor, field).await?)
}

/// Deletes a field with all of its values; gives how many those were.
#[server(name = DeleteField, prefix = "/fn", endpoint = "contacts/delete_field", input = Json, output = Json)]
pub async fn delete_field(workspace: WorkspaceId, field: FieldId) -> Result<u64, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(contacts::delete_field(&core, &actor, field).await?)
}
