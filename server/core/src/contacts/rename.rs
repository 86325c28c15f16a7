//! A contact's name: a member's stays, whatever WhatsApp says later; without one it is WhatsApp's.

use charla_shared::{contact::NewName, event::Happening, id::ContactId, permission::Permission, text::clean_line};
use garde::Validate;
use serde_json::json;
use uuid::Uuid;

use super::{ContactsError, tell};
use crate::{Actor, Core, Failure, audit::NewEntry};

/// Gives a contact a name, or, with an empty one, gives them back the name that WhatsApp tells. Needs `contacts.edit`.
///
/// Audit: `contact.rename`, unless nothing is different. Events: the contact and the rows of its conversations changed.
///
/// # Errors
/// [`Failure::Invalid`]; [`Failure::NotFound`].
pub async fn rename(core: &Core, actor: &Actor, contact: ContactId, new: &NewName) -> Result<(), ContactsError> {
    actor.require(Permission::ContactsEdit)?;
    new.validate()?;
    let wanted = clean_line(&new.name);
    let mut tx = actor.begin(core).await?;
    let (workspace, id) = (tx.workspace(), Uuid::from(contact));
    let old = sqlx::query!(
        "SELECT name, name_given, profile_name FROM contacts WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE",
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let given = !wanted.is_empty();
    let theirs = if old.name_given { old.profile_name.unwrap_or_default() } else { old.name.clone() };
    let name = if given { wanted } else { theirs.clone() };
    if (given, &name) == (old.name_given, &old.name) {
        return Ok(());
    }
    sqlx::query!(
        "UPDATE contacts SET name = $3, name_given = $4, profile_name = $5 WHERE workspace_id = $1 AND id = $2",
        workspace,
        id,
        name,
        given,
        given.then_some(theirs)
    )
    .execute(tx.sql())
    .await?;
    tell(&mut tx, contact).await?;
    // The rows of the list show the name. Served by conversations_of_contact; there is one for each channel.
    let conversations = sqlx::query_scalar!(
        "SELECT id FROM conversations WHERE workspace_id = $1 AND contact_id = $2 ORDER BY id",
        workspace,
        id
    )
    .fetch_all(tx.sql())
    .await?;
    for conversation in conversations {
        tx.tell(&Happening::ConversationUpdated { conversation: conversation.into() }).await?;
    }
    tx.record(NewEntry {
        before: Some(json!({ "name": old.name })),
        after: Some(json!({ "name": name })),
        ..NewEntry::new("contact.rename", "contact", contact)
    });
    Ok(tx.commit().await?)
}
