//! The thread: a conversation's messages, oldest first, in pages by key from the newest backwards.

use charla_shared::{
    conversation::{THREAD_PAGE, ThreadCursor, ThreadPage},
    id::{ConversationId, MessageId},
    message::MessageView,
    permission::Permission,
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::{list, row::MessageRow};
use crate::{Actor, Core, Failure, Tx};

/// A page of a thread, the newest or the one before a cursor. Needs `conversations.view_all`.
pub async fn thread(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
    before: Option<ThreadCursor>,
) -> Result<ThreadPage, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    let view = list::one(&mut tx, actor, conversation).await?;
    let workspace = tx.workspace();
    let end = Timestamp::from_second(221_845_392_000).unwrap_or(Timestamp::MAX);
    let (at, id) = before.map_or((end, Uuid::max()), |c| (c.at.min(end), c.id));
    // Served by messages_of_conversation.
    let mut rows = sqlx::query_as!(
        MessageRow,
        r#"SELECT m.id, m.conversation_id, m.client_key, m.direction, m.author_kind, m.author_user_id, u.name AS "author_name?",
                  m.content, m.at AS "at: jiff_sqlx::Timestamp", m.state, m.failure, m.failure_code, m.resent_as,
                  CASE WHEN m.state = 'unknown' THEN
                      (SELECT max(e.at) FROM message_events e WHERE e.workspace_id = m.workspace_id AND e.message_id = m.id AND e.state = 'unknown')
                  END AS "unknown_since: jiff_sqlx::Timestamp"
           FROM messages m LEFT JOIN users u ON u.id = m.author_user_id
           WHERE m.workspace_id = $1 AND m.conversation_id = $2 AND (m.at, m.id) < ($3, $4)
           ORDER BY m.at DESC, m.id DESC LIMIT $5"#,
        workspace,
        Uuid::from(conversation),
        at.to_sqlx() as _,
        id,
        THREAD_PAGE + 1
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    let page = usize::try_from(THREAD_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    rows.reverse();
    let earlier = rows.first().filter(|_| more).map(|first| ThreadCursor { at: first.at.to_jiff(), id: first.id });
    let messages = rows.into_iter().map(MessageRow::view).collect::<Result<_, _>>()?;
    Ok(ThreadPage { conversation: view, messages, entries: Vec::new(), earlier, later: None })
}

/// One message. Needs `conversations.view_all`.
pub async fn message(core: &Core, actor: &Actor, message: MessageId) -> Result<MessageView, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    let view = one(&mut tx, message).await?;
    tx.commit().await?;
    Ok(view)
}

pub(super) async fn one(tx: &mut Tx, message: MessageId) -> Result<MessageView, Failure> {
    let workspace = tx.workspace();
    sqlx::query_as!(
        MessageRow,
        r#"SELECT m.id, m.conversation_id, m.client_key, m.direction, m.author_kind, m.author_user_id, u.name AS "author_name?",
                  m.content, m.at AS "at: jiff_sqlx::Timestamp", m.state, m.failure, m.failure_code, m.resent_as,
                  CASE WHEN m.state = 'unknown' THEN
                      (SELECT max(e.at) FROM message_events e WHERE e.workspace_id = m.workspace_id AND e.message_id = m.id AND e.state = 'unknown')
                  END AS "unknown_since: jiff_sqlx::Timestamp"
           FROM messages m LEFT JOIN users u ON u.id = m.author_user_id
           WHERE m.workspace_id = $1 AND m.id = $2"#,
        workspace,
        Uuid::from(message)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?
    .view()
}
