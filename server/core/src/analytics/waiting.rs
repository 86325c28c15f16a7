//! What waits now, what is unread, and who has how much of it.

use charla_shared::{
    analytics::{COUNT_MAX, LONGEST_MAX, Load, Waiting},
    entry::MemberName,
};

use super::{contact, small};
use crate::{Actor, Failure, Tx};

/// Members whose loads are told.
const MEMBERS_MAX: i64 = 50;

/// How many conversations wait for an answer, and how many have something unread.
pub(super) async fn counts(tx: &mut Tx) -> Result<(u32, u32), Failure> {
    let workspace = tx.workspace();
    // Served by conversations_waiting and conversations_unread; nobody reads a count beyond the limit.
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM (SELECT FROM conversations WHERE workspace_id = $1 AND waiting_since IS NOT NULL AND status <> 'resolved' LIMIT $2) w) AS "waiting!",
                  (SELECT count(*) FROM (SELECT FROM conversations WHERE workspace_id = $1 AND unread > 0 LIMIT $2) u) AS "unread!""#,
        workspace,
        i64::from(COUNT_MAX)
    )
    .fetch_one(tx.sql())
    .await?;
    Ok((small(row.waiting), small(row.unread)))
}

/// The customers who wait longest.
pub(super) async fn longest(tx: &mut Tx, actor: &Actor) -> Result<Vec<Waiting>, Failure> {
    let workspace = tx.workspace();
    // Served by conversations_waiting.
    let rows = sqlx::query!(
        r#"SELECT c.id, c.waiting_since AS "since!: jiff_sqlx::Timestamp", c.contact_id, p.name, p.username,
                  (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone' LIMIT 1) AS phone,
                  c.assignee_id, u.name AS "assignee?"
           FROM conversations c
           JOIN contacts p ON p.workspace_id = c.workspace_id AND p.id = c.contact_id
           LEFT JOIN users u ON u.id = c.assignee_id
           WHERE c.workspace_id = $1 AND c.waiting_since IS NOT NULL AND c.status <> 'resolved'
           ORDER BY c.waiting_since, c.id LIMIT $2"#,
        workspace,
        LONGEST_MAX
    )
    .fetch_all(tx.sql())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Waiting {
            conversation: row.id.into(),
            contact: contact(actor, row.contact_id, row.name, row.username, row.phone),
            since: row.since.to_jiff(),
            assignee: row.assignee_id.map(|id| MemberName { id: id.into(), name: row.assignee.unwrap_or_default() }),
        })
        .collect())
}

/// Open conversations by member, the most first; nobody's stand first. Members who have none are left out.
pub(super) async fn loads(tx: &mut Tx) -> Result<Vec<Load>, Failure> {
    let workspace = tx.workspace();
    // Served by conversations_of_assignee, once a member.
    let rows = sqlx::query!(
        r#"SELECT m.user_id, m.name, m.open AS "open!"
           FROM (SELECT u.id AS user_id, u.name,
                        (SELECT count(*) FROM (SELECT FROM conversations c
                            WHERE c.workspace_id = $1 AND c.assignee_id = u.id AND c.status = 'open' LIMIT $2) o) AS open
                 FROM members m JOIN users u ON u.id = m.user_id WHERE m.workspace_id = $1
                 UNION ALL
                 SELECT NULL, NULL,
                        (SELECT count(*) FROM (SELECT FROM conversations c
                            WHERE c.workspace_id = $1 AND c.assignee_id IS NULL AND c.status = 'open' LIMIT $2) o)) m
           WHERE m.open > 0
           ORDER BY m.user_id IS NULL DESC, m.open DESC, m.name, m.user_id LIMIT $3"#,
        workspace,
        i64::from(COUNT_MAX),
        MEMBERS_MAX
    )
    .fetch_all(tx.sql())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Load {
            member: row.user_id.map(|id| MemberName { id: id.into(), name: row.name.unwrap_or_default() }),
            open: small(row.open),
        })
        .collect())
}
