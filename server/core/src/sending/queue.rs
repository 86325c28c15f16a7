//! The queue of each conversation in the outbox: only its first message may go, which keeps the order. Changed under the
//! lock of the conversation.

use charla_shared::id::{MessageId, WorkspaceId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::Failure;

/// The priority of a message that a person waits for.
pub(crate) const PERSON: i16 = 0;

/// Locks conversations in the order everybody does: who adds to their queues, and who moves those on, take turns.
pub(super) async fn lock_conversations(sql: &mut PgConnection, workspace: Uuid, ids: &[Uuid]) -> Result<(), Failure> {
    sqlx::query!(
        "SELECT id FROM conversations WHERE workspace_id = $1 AND id = ANY($2)
         ORDER BY workspace_id, channel_id, contact_id FOR NO KEY UPDATE",
        workspace,
        ids
    )
    .fetch_all(sql)
    .await?;
    Ok(())
}

/// The oldest that waits in each of these conversations is next.
pub(super) async fn promote(sql: &mut PgConnection, workspace: Uuid, conversations: &[Uuid]) -> Result<(), Failure> {
    sqlx::query!(
        "UPDATE outbox o SET first = true
         FROM unnest($2::uuid[]) AS c (id)
         CROSS JOIN LATERAL (SELECT message_id FROM outbox n WHERE n.workspace_id = $1 AND n.conversation_id = c.id
                             ORDER BY n.sequence LIMIT 1) AS next
         WHERE o.workspace_id = $1 AND o.message_id = next.message_id AND NOT o.first",
        workspace,
        conversations
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Has a queued message sent, in the caller's transaction, which holds the lock of its conversation: behind everything
/// that waits there already. Ring [`crate::events::Topic::Outbox`] after the commit.
pub(crate) async fn add(
    sql: &mut PgConnection,
    workspace: WorkspaceId,
    message: MessageId,
    priority: i16,
) -> Result<(), Failure> {
    sqlx::query!(
        "INSERT INTO outbox (workspace_id, message_id, channel_id, conversation_id, priority, first, due_at)
         SELECT m.workspace_id, m.id, m.channel_id, m.conversation_id, $3,
                NOT EXISTS (SELECT FROM outbox o WHERE o.workspace_id = m.workspace_id AND o.conversation_id = m.conversation_id),
                now()
         FROM messages m WHERE m.workspace_id = $1 AND m.id = $2
         ON CONFLICT DO NOTHING",
        Uuid::from(workspace),
        Uuid::from(message),
        priority
    )
    .execute(sql)
    .await?;
    Ok(())
}
