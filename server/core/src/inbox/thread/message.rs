//! Messages as the thread shows them.

use charla_shared::{id::MessageId, message::MessageView, permission::Permission};
use uuid::Uuid;

use super::super::row::MessageRow;
use crate::{Actor, Core, Failure, Tx};

/// One message. Needs `conversations.view_all`.
pub async fn message(core: &Core, actor: &Actor, message: MessageId) -> Result<MessageView, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    let view = one(&mut tx, message).await?;
    tx.commit().await?;
    Ok(view)
}

/// One message in the caller's transaction.
pub(in crate::inbox) async fn one(tx: &mut Tx, message: MessageId) -> Result<MessageView, Failure> {
    all(tx, &[message.into()]).await?.pop().ok_or(Failure::NotFound)
}

/// The messages of these ids, oldest first.
pub(super) async fn all(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<MessageView>, Failure> {
    let workspace = tx.workspace();
    // Served by the primary key, and messages_by_external_id for what they quote.
    let rows = sqlx::query_as!(
        MessageRow,
        r#"SELECT m.id, m.conversation_id, m.client_key, m.direction, m.author_kind, m.author_user_id, u.name AS "author_name?",
                  m.content, m.at AS "at: jiff_sqlx::Timestamp", m.state, m.failure, m.failure_code, m.resent_as,
                  CASE WHEN m.state = 'unknown' THEN
                      (SELECT max(e.at) FROM message_events e WHERE e.workspace_id = m.workspace_id AND e.message_id = m.id AND e.state = 'unknown')
                  END AS "unknown_since: jiff_sqlx::Timestamp",
                  m.quoted_external_id IS NOT NULL AS "quotes!", q.id AS "quoted_id?", q.conversation_id AS "quoted_conversation_id?",
                  q.author_kind AS "quoted_author_kind?", q.author_user_id AS "quoted_author_user_id?", v.name AS "quoted_author_name?",
                  q.content AS "quoted_content?"
           FROM messages m
           LEFT JOIN users u ON u.id = m.author_user_id
           LEFT JOIN messages q ON q.workspace_id = m.workspace_id AND q.channel_id = m.channel_id AND q.external_id = m.quoted_external_id
           LEFT JOIN users v ON v.id = q.author_user_id
           WHERE m.workspace_id = $1 AND m.id = ANY($2)
           ORDER BY m.at, m.id"#,
        workspace,
        ids
    )
    .fetch_all(tx.sql())
    .await?;
    rows.into_iter().map(MessageRow::view).collect()
}
