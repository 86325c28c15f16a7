//! The list of conversations: newest first, in pages by key.

use charla_shared::{
    conversation::{ConversationPage, ConversationView, Filter, LIST_PAGE, ListCursor, UNREAD_COUNT_MAX},
    id::ConversationId,
    permission::Permission,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::row::ConversationRow;
use crate::{Actor, Core, Failure, Tx, events};

/// One page of the list. Needs `conversations.view_all`.
pub async fn conversations(
    core: &Core,
    actor: &Actor,
    filter: Filter,
    after: Option<ListCursor>,
) -> Result<ConversationPage, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    // Before the rows: what happens in between is told again by the socket rather than never.
    let cursor = events::now_cursor(tx.sql()).await?;
    let workspace = tx.workspace();
    let (before, before_id) = after.map_or((Timestamp::MAX, Uuid::max()), |c| (c.at, c.id.into()));
    let mut rows = match filter {
        // Served by conversations_newest.
        Filter::All => {
            sqlx::query_as!(
                ConversationRow,
                r#"SELECT c.id, c.channel_id, ch.label AS channel_label, ch.active AS channel_active, c.contact_id, p.name AS contact_name, p.username,
                          (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone' LIMIT 1) AS phone,
                          c.unread, c.preview, c.last_message_at AS "last_message_at: jiff_sqlx::Timestamp", c.last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp",
                          s.stopped_at AS "stopped_at?: jiff_sqlx::Timestamp", s.stopped_code AS "stopped_code?", s.stopped_reason AS "stopped_reason?",
                          c.status, c.snoozed_until AS "snoozed_until: jiff_sqlx::Timestamp", c.waiting_since AS "waiting_since: jiff_sqlx::Timestamp", c.assignee_id, u.name AS "assignee_name?",
                          ARRAY(SELECT l.label_id FROM conversation_labels l WHERE l.workspace_id = c.workspace_id AND l.conversation_id = c.id) AS "labels!"
                   FROM conversations c
                   JOIN channels ch ON ch.workspace_id = c.workspace_id AND ch.id = c.channel_id
                   LEFT JOIN senders s ON s.workspace_id = c.workspace_id AND s.channel_id = c.channel_id
                   JOIN contacts p ON p.workspace_id = c.workspace_id AND p.id = c.contact_id
                   LEFT JOIN users u ON u.id = c.assignee_id
                   WHERE c.workspace_id = $1 AND (c.last_message_at, c.id) < ($2, $3)
                   ORDER BY c.last_message_at DESC, c.id DESC LIMIT $4"#,
                workspace,
                far_past_safe(before).to_sqlx() as _,
                before_id,
                LIST_PAGE + 1
            )
            .fetch_all(tx.sql())
            .await?
        }
        // Served by conversations_unread.
        Filter::Unread => {
            sqlx::query_as!(
                ConversationRow,
                r#"SELECT c.id, c.channel_id, ch.label AS channel_label, ch.active AS channel_active, c.contact_id, p.name AS contact_name, p.username,
                          (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone' LIMIT 1) AS phone,
                          c.unread, c.preview, c.last_message_at AS "last_message_at: jiff_sqlx::Timestamp", c.last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp",
                          s.stopped_at AS "stopped_at?: jiff_sqlx::Timestamp", s.stopped_code AS "stopped_code?", s.stopped_reason AS "stopped_reason?",
                          c.status, c.snoozed_until AS "snoozed_until: jiff_sqlx::Timestamp", c.waiting_since AS "waiting_since: jiff_sqlx::Timestamp", c.assignee_id, u.name AS "assignee_name?",
                          ARRAY(SELECT l.label_id FROM conversation_labels l WHERE l.workspace_id = c.workspace_id AND l.conversation_id = c.id) AS "labels!"
                   FROM conversations c
                   JOIN channels ch ON ch.workspace_id = c.workspace_id AND ch.id = c.channel_id
                   LEFT JOIN senders s ON s.workspace_id = c.workspace_id AND s.channel_id = c.channel_id
                   JOIN contacts p ON p.workspace_id = c.workspace_id AND p.id = c.contact_id
                   LEFT JOIN users u ON u.id = c.assignee_id
                   WHERE c.workspace_id = $1 AND c.unread > 0 AND (c.last_message_at, c.id) < ($2, $3)
                   ORDER BY c.last_message_at DESC, c.id DESC LIMIT $4"#,
                workspace,
                far_past_safe(before).to_sqlx() as _,
                before_id,
                LIST_PAGE + 1
            )
            .fetch_all(tx.sql())
            .await?
        }
    };
    // Served by conversations_unread; nobody reads a count beyond the limit, and counting on would cost.
    let unread = sqlx::query_scalar!(
        r#"SELECT count(*) AS "count!" FROM (SELECT FROM conversations WHERE workspace_id = $1 AND unread > 0 LIMIT $2) AS capped"#,
        workspace,
        i64::from(UNREAD_COUNT_MAX)
    )
    .fetch_one(tx.sql())
    .await?;
    tx.commit().await?;

    let page = usize::try_from(LIST_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let next =
        rows.last().filter(|_| more).map(|last| ListCursor { at: last.last_message_at.to_jiff(), id: last.id.into() });
    let conversations = rows.into_iter().map(|row| row.view(actor)).collect::<Result<_, _>>()?;
    Ok(ConversationPage {
        conversations,
        next,
        unread_conversations: u32::try_from(unread).unwrap_or(u32::MAX),
        cursor,
    })
}

/// Postgres and jiff both end at the year 9999 or later, but not at the same instant.
fn far_past_safe(at: Timestamp) -> Timestamp {
    const YEAR_9000: i64 = 221_845_392_000;
    Timestamp::from_second(YEAR_9000).map_or(at, |end| at.min(end))
}

/// One row of the list. Needs `conversations.view_all`.
pub async fn conversation(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
) -> Result<ConversationView, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    let view = one(&mut tx, actor, conversation).await?;
    tx.commit().await?;
    Ok(view)
}

pub(super) async fn one(tx: &mut Tx, actor: &Actor, conversation: ConversationId) -> Result<ConversationView, Failure> {
    let workspace = tx.workspace();
    sqlx::query_as!(
        ConversationRow,
        r#"SELECT c.id, c.channel_id, ch.label AS channel_label, ch.active AS channel_active, c.contact_id, p.name AS contact_name, p.username,
                  (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone' LIMIT 1) AS phone,
                  c.unread, c.preview, c.last_message_at AS "last_message_at: jiff_sqlx::Timestamp", c.last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp",
                  s.stopped_at AS "stopped_at?: jiff_sqlx::Timestamp", s.stopped_code AS "stopped_code?", s.stopped_reason AS "stopped_reason?",
                  c.status, c.snoozed_until AS "snoozed_until: jiff_sqlx::Timestamp", c.waiting_since AS "waiting_since: jiff_sqlx::Timestamp", c.assignee_id, u.name AS "assignee_name?",
                  ARRAY(SELECT l.label_id FROM conversation_labels l WHERE l.workspace_id = c.workspace_id AND l.conversation_id = c.id) AS "labels!"
           FROM conversations c
           JOIN channels ch ON ch.workspace_id = c.workspace_id AND ch.id = c.channel_id
           LEFT JOIN senders s ON s.workspace_id = c.workspace_id AND s.channel_id = c.channel_id
           JOIN contacts p ON p.workspace_id = c.workspace_id AND p.id = c.contact_id
           LEFT JOIN users u ON u.id = c.assignee_id
           WHERE c.workspace_id = $1 AND c.id = $2"#,
        workspace,
        Uuid::from(conversation)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?
    .view(actor)
}
