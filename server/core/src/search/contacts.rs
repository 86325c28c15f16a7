//! People by name, username or number.

use charla_shared::{
    permission::Permission,
    search::{FoundConversation, PEOPLE_MAX, PersonHit},
};
use uuid::Uuid;

use super::{SearchError, limit_time, messages::contact, query::Query};
use crate::{Actor, Core, Tx};

/// The people whose name or username has these words, or whose number has these digits, those first with whom there was
/// contact last; once for each conversation with them. Needs `contacts.view`; without `contacts.view_phone` digits find
/// nobody, because what they find would tell the number that is masked.
pub async fn search_contacts(core: &Core, actor: &Actor, query: &str) -> Result<Vec<PersonHit>, SearchError> {
    actor.require(Permission::ContactsView)?;
    let query = Query::parse(query)?;
    let mut tx = actor.begin(core).await?;
    limit_time(&mut tx).await?;
    let found = find(&mut tx, actor, &query, PEOPLE_MAX).await?;
    tx.commit().await?;
    Ok(found)
}

/// At most `wanted` of them.
pub(super) async fn find(
    tx: &mut Tx,
    actor: &Actor,
    query: &Query,
    wanted: i32,
) -> Result<Vec<PersonHit>, SearchError> {
    if query.terms.is_empty() {
        return Ok(Vec::new());
    }
    let workspace = tx.workspace();
    let numbers: &[String] = if actor.permissions.allows(Permission::ContactsViewPhone) { &query.numbers } else { &[] };
    let ids: Vec<Uuid> = sqlx::query_scalar!(
        r#"SELECT id AS "id!" FROM search_contacts($1, $2, $3, $4)"#,
        &query.terms,
        query.goes_on,
        numbers,
        wanted
    )
    .fetch_all(tx.sql())
    .await?;
    let may_read = actor.permissions.allows(Permission::ConversationsViewAll);
    // Served by the primary keys and conversations_of_contact, under row-level security.
    let rows = sqlx::query!(
        r#"SELECT p.id, p.name, p.username,
                  (SELECT i.value FROM identities i WHERE i.workspace_id = p.workspace_id AND i.contact_id = p.id AND i.kind = 'phone' LIMIT 1) AS phone,
                  c.id AS "conversation?", ch.label AS "channel_label?", c.last_message_at AS "last_message_at?: jiff_sqlx::Timestamp"
           FROM unnest($2::uuid[]) WITH ORDINALITY AS f (id, place)
           JOIN contacts p ON p.workspace_id = $1 AND p.id = f.id
           LEFT JOIN conversations c ON c.workspace_id = p.workspace_id AND c.contact_id = p.id AND $3
           LEFT JOIN channels ch ON ch.workspace_id = c.workspace_id AND ch.id = c.channel_id
           ORDER BY f.place, c.last_message_at DESC, c.id LIMIT $4"#,
        workspace,
        &ids,
        may_read,
        i64::from(wanted)
    )
    .fetch_all(tx.sql())
    .await?;
    let hits = rows.into_iter().map(|row| {
        let conversation = match (row.conversation, row.channel_label, row.last_message_at) {
            (Some(id), Some(channel_label), Some(at)) => {
                Some(FoundConversation { id: id.into(), channel_label, last_message_at: at.to_jiff() })
            }
            _ => None,
        };
        PersonHit { contact: contact(actor, row.id, row.name, row.username, row.phone.as_deref()), conversation }
    });
    Ok(hits.collect())
}
