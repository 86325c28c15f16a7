//! Everything about one contact but notes and history.

use charla_shared::{
    contact::{ContactCard, ContactConversation, ContactRights, ContactValue, IdentityKind, IdentityView},
    conversation::Status,
    id::ContactId,
    label::{Colour, TagView},
    permission::Permission,
};
use uuid::Uuid;

use super::{fields, shown_phone, view};
use crate::{Actor, Core, Failure, Tx};

/// The card of a contact. Needs `contacts.view`; numbers are masked without `contacts.view_phone`, conversations are left
/// out without `conversations.view_all`.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn card(core: &Core, actor: &Actor, contact: ContactId) -> Result<ContactCard, Failure> {
    actor.require(Permission::ContactsView)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, id) = (tx.workspace(), Uuid::from(contact));
    let row = sqlx::query!(
        r#"SELECT name, name_given, profile_name, username, created_at AS "created_at: jiff_sqlx::Timestamp"
           FROM contacts WHERE workspace_id = $1 AND id = $2"#,
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let (identities, phone) = identities(&mut tx, actor, id).await?;
    let tags = tags(&mut tx, id).await?;
    let fields = fields::stored(&mut tx).await?;
    let values = values(&mut tx, id).await?;
    let (conversations, last_seen_at) = if actor.permissions.allows(Permission::ConversationsViewAll) {
        conversations(&mut tx, id).await?
    } else {
        (Vec::new(), None)
    };
    tx.commit().await?;
    Ok(ContactCard {
        contact: view(actor, id, row.name, row.username, phone.as_deref()),
        whatsapp_name: row.name_given.then(|| row.profile_name.unwrap_or_default()),
        identities,
        tags,
        fields,
        values,
        conversations,
        created_at: row.created_at.to_jiff(),
        last_seen_at,
        rights: ContactRights {
            edit: actor.permissions.allows(Permission::ContactsEdit),
            define: actor.permissions.allows(Permission::WorkspaceEdit),
        },
    })
}

/// What they are known by as the actor may see it, and their number as it is stored.
async fn identities(tx: &mut Tx, actor: &Actor, id: Uuid) -> Result<(Vec<IdentityView>, Option<String>), Failure> {
    let workspace = tx.workspace();
    // Served by identities_of_contact.
    let rows = sqlx::query!(
        "SELECT kind, value FROM identities WHERE workspace_id = $1 AND contact_id = $2
         ORDER BY kind <> 'phone', kind, value LIMIT 50",
        workspace,
        id
    )
    .fetch_all(tx.sql())
    .await?;
    let phone = rows.iter().find(|row| row.kind == "phone").map(|row| row.value.clone());
    let views = rows.into_iter().map(|row| {
        let kind = IdentityKind::from_name(&row.kind)
            .ok_or_else(|| Failure::Corrupt(format!("identity kind {}", row.kind)))?;
        let value = if kind == IdentityKind::Phone { shown_phone(actor, &row.value) } else { row.value };
        Ok(IdentityView { kind, value })
    });
    Ok((views.collect::<Result<_, Failure>>()?, phone))
}

async fn tags(tx: &mut Tx, id: Uuid) -> Result<Vec<TagView>, Failure> {
    let workspace = tx.workspace();
    let rows = sqlx::query!(
        "SELECT t.id, t.name, t.colour FROM contact_tags c JOIN tags t ON t.workspace_id = c.workspace_id AND t.id = c.tag_id
         WHERE c.workspace_id = $1 AND c.contact_id = $2 ORDER BY lower(t.name), t.id",
        workspace,
        id
    )
    .fetch_all(tx.sql())
    .await?;
    let view = |id: Uuid, name, colour: &str| TagView { id: id.into(), name, colour: Colour::from_name(colour) };
    Ok(rows.into_iter().map(|row| view(row.id, row.name, &row.colour)).collect())
}

async fn values(tx: &mut Tx, id: Uuid) -> Result<Vec<ContactValue>, Failure> {
    let workspace = tx.workspace();
    let rows = sqlx::query!(
        "SELECT field_id, value FROM contact_values WHERE workspace_id = $1 AND contact_id = $2",
        workspace,
        id
    )
    .fetch_all(tx.sql())
    .await?;
    rows.into_iter()
        .map(|row| Ok(ContactValue { field: row.field_id.into(), value: serde_json::from_value(row.value)? }))
        .collect()
}

/// Their conversations, the newest first, and when they last wrote in any of them.
async fn conversations(tx: &mut Tx, id: Uuid) -> Result<(Vec<ContactConversation>, Option<jiff::Timestamp>), Failure> {
    let workspace = tx.workspace();
    // Served by conversations_of_contact; there is one for each channel.
    let rows = sqlx::query!(
        r#"SELECT c.id, ch.label, c.status, c.preview, c.last_message_at AS "last_message_at: jiff_sqlx::Timestamp",
                  c.last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp"
           FROM conversations c JOIN channels ch ON ch.workspace_id = c.workspace_id AND ch.id = c.channel_id
           WHERE c.workspace_id = $1 AND c.contact_id = $2 ORDER BY c.last_message_at DESC, c.id DESC"#,
        workspace,
        id
    )
    .fetch_all(tx.sql())
    .await?;
    let seen = rows.iter().filter_map(|row| row.last_inbound_at).map(jiff_sqlx::Timestamp::to_jiff).max();
    let views = rows.into_iter().map(|row| {
        let status = Status::from_name(&row.status)
            .ok_or_else(|| Failure::Corrupt(format!("conversation status {}", row.status)))?;
        Ok(ContactConversation {
            id: row.id.into(),
            channel_label: row.label,
            status,
            preview: serde_json::from_value(row.preview)?,
            last_message_at: row.last_message_at.to_jiff(),
        })
    });
    Ok((views.collect::<Result<_, Failure>>()?, seen))
}
