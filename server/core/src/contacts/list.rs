//! The list of contacts: those heard of last first, in pages by key.

use std::collections::HashMap;

use charla_shared::{
    contact::{CONTACTS_PAGE, ContactPage, ContactRow},
    id::ContactId,
    label::{Colour, TagView},
    permission::Permission,
};
use uuid::Uuid;

use super::view;
use crate::{Actor, Core, Failure, Tx};

/// One page of the list. Needs `contacts.view`; numbers are masked without `contacts.view_phone`.
pub async fn list(core: &Core, actor: &Actor, after: Option<ContactId>) -> Result<ContactPage, Failure> {
    actor.require(Permission::ContactsView)?;
    let reads = actor.permissions.allows(Permission::ConversationsViewAll);
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    // Ids sort by the time they were made: served by the primary key; the rest by identities_of_contact and
    // conversations_of_contact.
    let mut rows = sqlx::query!(
        r#"SELECT c.id, c.name, c.username,
                  (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.id AND i.kind = 'phone' LIMIT 1) AS phone,
                  (SELECT max(v.last_message_at) FROM conversations v WHERE v.workspace_id = c.workspace_id AND v.contact_id = c.id)
                      AS "last_message_at: jiff_sqlx::Timestamp"
           FROM contacts c WHERE c.workspace_id = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3"#,
        workspace,
        after.map_or(Uuid::max(), Uuid::from),
        CONTACTS_PAGE + 1
    )
    .fetch_all(tx.sql())
    .await?;
    let page = usize::try_from(CONTACTS_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let mut tags = tags(&mut tx, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    tx.commit().await?;
    let next = rows.last().filter(|_| more).map(|last| last.id.into());
    let contacts = rows.into_iter().map(|row| ContactRow {
        contact: view(actor, row.id, row.name, row.username, row.phone.as_deref()),
        tags: tags.remove(&row.id).unwrap_or_default(),
        last_message_at: row.last_message_at.filter(|_| reads).map(jiff_sqlx::Timestamp::to_jiff),
    });
    Ok(ContactPage { contacts: contacts.collect(), next })
}

/// The tags of each of these contacts, by name.
async fn tags(tx: &mut Tx, contacts: &[Uuid]) -> Result<HashMap<Uuid, Vec<TagView>>, Failure> {
    let workspace = tx.workspace();
    let rows = sqlx::query!(
        "SELECT c.contact_id, t.id, t.name, t.colour
         FROM contact_tags c JOIN tags t ON t.workspace_id = c.workspace_id AND t.id = c.tag_id
         WHERE c.workspace_id = $1 AND c.contact_id = ANY ($2) ORDER BY lower(t.name), t.id",
        workspace,
        contacts
    )
    .fetch_all(tx.sql())
    .await?;
    let mut tags: HashMap<Uuid, Vec<TagView>> = HashMap::new();
    for row in rows {
        let tag = TagView { id: row.id.into(), name: row.name, colour: Colour::from_name(&row.colour) };
        tags.entry(row.contact_id).or_default().push(tag);
    }
    Ok(tags)
}
