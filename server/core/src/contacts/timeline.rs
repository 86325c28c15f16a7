//! A contact's history, put together from what each feature has stored: when they were heard of, their conversations and
//! what was done with them, their tags, notes about them, and their names.

use charla_shared::{
    contact::{TIMELINE_PAGE, TimeCursor, TimelineEntry, TimelinePage},
    entry::MemberName,
    id::ContactId,
    permission::Permission,
};
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::{end_of_time, look_up};
use crate::{Actor, Core, Failure, database::storable};

/// A page of a contact's history, newest first. Needs `contacts.view`; what was done with conversations is left out
/// without `conversations.view_all`.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn timeline(
    core: &Core,
    actor: &Actor,
    contact: ContactId,
    after: Option<TimeCursor>,
) -> Result<TimelinePage, Failure> {
    actor.require(Permission::ContactsView)?;
    let mut tx = actor.begin(core).await?;
    look_up(&mut tx, contact).await?;
    let workspace = tx.workspace();
    let (at, id) = after.map_or((end_of_time(), Uuid::max()), |after| (storable(after.at), after.id));
    // The first message makes contact and conversation in one breath; being heard of still comes before it. Each part
    // gives its newest page at most, served by: contacts' key, conversations_of_contact, thread_entries_of_conversation,
    // contact_tags' key, contact_notes_of_contact, audit_entries_of_renames. Names are what contacts.view shows, so those
    // of before need no right to the audit trail.
    let mut rows = sqlx::query!(
        r#"SELECT h.id AS "id!", h.at AS "at!: jiff_sqlx::Timestamp", h.author_id, u.name AS "author_name?", h.episode AS "episode!"
           FROM (
               (SELECT '00000000-0000-0000-0000-000000000000'::uuid AS id, s.at, NULL::uuid AS author_id,
                       jsonb_build_object('type', 'first_seen') AS episode
                FROM contacts c
                CROSS JOIN LATERAL (
                    SELECT least(c.created_at, min(v.created_at)) AS at FROM conversations v
                    WHERE v.workspace_id = c.workspace_id AND v.contact_id = c.id) AS s
                WHERE c.workspace_id = $1 AND c.id = $2
                  AND (s.at, '00000000-0000-0000-0000-000000000000'::uuid) < ($3, $4))
               UNION ALL
               (SELECT v.id, v.created_at, NULL, jsonb_build_object('type', 'opened', 'conversation', v.id, 'channel', ch.label)
                FROM conversations v JOIN channels ch ON ch.workspace_id = v.workspace_id AND ch.id = v.channel_id
                WHERE v.workspace_id = $1 AND v.contact_id = $2 AND $6 AND (v.created_at, v.id) < ($3, $4))
               UNION ALL
               (SELECT e.id, e.at, e.author_user_id,
                       jsonb_build_object('type', 'worked', 'conversation', v.id, 'channel', ch.label, 'content', e.content)
                FROM conversations v JOIN channels ch ON ch.workspace_id = v.workspace_id AND ch.id = v.channel_id
                CROSS JOIN LATERAL (
                    SELECT t.id, t.at, t.author_user_id, t.content FROM thread_entries t
                    WHERE t.workspace_id = v.workspace_id AND t.conversation_id = v.id
                      AND t.content ->> 'type' IN ('assigned', 'status') AND (t.at, t.id) < ($3, $4)
                    ORDER BY t.at DESC, t.id DESC LIMIT $5) AS e
                WHERE v.workspace_id = $1 AND v.contact_id = $2 AND $6)
               UNION ALL
               (SELECT t.id, x.tagged_at, NULL,
                       jsonb_build_object('type', 'tagged', 'tag', jsonb_build_object('id', t.id, 'name', t.name, 'colour', t.colour))
                FROM contact_tags x JOIN tags t ON t.workspace_id = x.workspace_id AND t.id = x.tag_id
                WHERE x.workspace_id = $1 AND x.contact_id = $2 AND (x.tagged_at, t.id) < ($3, $4))
               UNION ALL
               (SELECT n.id, n.created_at, n.author_user_id, jsonb_build_object('type', 'noted', 'text', left(n.body, 120))
                FROM contact_notes n
                WHERE n.workspace_id = $1 AND n.contact_id = $2 AND n.deleted_at IS NULL AND (n.created_at, n.id) < ($3, $4)
                ORDER BY n.created_at DESC, n.id DESC LIMIT $5)
               UNION ALL
               (SELECT md5(a.number::text)::uuid AS id, a.at, a.actor_id,
                       jsonb_build_object('type', 'renamed', 'from', a.before ->> 'name', 'to', a.after ->> 'name')
                FROM audit_entries a
                WHERE a.workspace_id = $1 AND a.target_id = $2 AND a.action = 'contact.rename'
                  AND (a.at, md5(a.number::text)::uuid) < ($3, $4)
                ORDER BY a.at DESC, md5(a.number::text)::uuid DESC LIMIT $5)
           ) AS h LEFT JOIN users u ON u.id = h.author_id
           ORDER BY h.at DESC, h.id DESC LIMIT $5"#,
        workspace,
        Uuid::from(contact),
        at.to_sqlx() as _,
        id,
        TIMELINE_PAGE + 1,
        actor.permissions.allows(Permission::ConversationsViewAll)
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    let page = usize::try_from(TIMELINE_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let next = rows.last().filter(|_| more).map(|last| TimeCursor { at: last.at.to_jiff(), id: last.id });
    let entries = rows.into_iter().map(|row| {
        Ok(TimelineEntry {
            id: row.id,
            at: row.at.to_jiff(),
            by: row.author_id.map(|id| MemberName { id: id.into(), name: row.author_name.unwrap_or_default() }),
            what: serde_json::from_value(row.episode)?,
        })
    });
    Ok(TimelinePage { entries: entries.collect::<Result<_, Failure>>()?, next })
}
