//! Typing: the customer sees that an answer is being written (meta-api.md §1.3).

use charla_shared::{
    conversation::WindowState,
    id::{ChannelId, ConversationId},
};
use jiff::SignedDuration;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::send;
use crate::{Actor, Core, Failure, channels};

/// Meta shows it for 25 seconds; more often than this would only cost the number's budget.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(20);

/// Shows the customer that an answer is being written, unless they were shown just now. Meta marks their messages as read
/// with it, so nothing happens while one of them is unread here, nor when no answer may be sent. That Meta could not be
/// told is of no consequence, and no error.
///
/// Needs `conversations.reply`. Not audited: it changes nothing that is kept.
pub async fn typing(core: &Core, actor: &Actor, conversation: ConversationId) -> Result<(), Failure> {
    send::writer(actor)?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now, id) = (tx.workspace(), tx.now(), Uuid::from(conversation));
    let row = sqlx::query!(
        r#"SELECT c.channel_id, c.unread AS "unread!", c.last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp",
                  (SELECT m.external_id FROM messages m
                   WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id AND m.direction = 'in' AND m.external_id IS NOT NULL
                   ORDER BY m.arrival DESC LIMIT 1) AS newest
           FROM conversations c WHERE c.workspace_id = $1 AND c.id = $2"#,
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let open = WindowState::at(now, row.last_inbound_at.map(jiff_sqlx::Timestamp::to_jiff)).is_open();
    let Some(newest) = row.newest.filter(|_| open && row.unread == 0) else { return Ok(()) };
    // Whoever changes the row tells Meta: two members, or two processes, tell it once.
    let told = sqlx::query!(
        "UPDATE conversations SET typing_at = $3
         WHERE workspace_id = $1 AND id = $2 AND unread = 0 AND (typing_at IS NULL OR typing_at <= $4 OR typing_at > $3)",
        workspace,
        id,
        now.to_sqlx() as _,
        (now - AGAIN_AFTER).to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    if told.rows_affected() == 0 {
        return Ok(());
    }
    let line = match channels::line(&mut tx, ChannelId::from(row.channel_id)).await {
        Ok(line) => line,
        // Deactivated: nothing is sent through it.
        Err(Failure::NotFound) => return Ok(()),
        Err(failure) => return Err(failure),
    };
    tx.commit().await?;
    if let Err(failure) = line.client.mark_as_read(&line.phone_number_id, &newest, true).await {
        tracing::debug!(%conversation, %failure, "that an answer is being written could not be shown");
    }
    Ok(())
}
