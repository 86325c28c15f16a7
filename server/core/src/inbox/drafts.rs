//! Drafts: what a member has typed and not sent, on every device they use. Only they see it.

use charla_shared::{draft::Draft, id::ConversationId};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::send;
use crate::{Actor, Core, Failure};

/// The member's own draft in a conversation, if they have one; an empty one says when it ended.
///
/// Needs `conversations.reply`.
pub async fn draft(core: &Core, actor: &Actor, conversation: ConversationId) -> Result<Option<Draft>, Failure> {
    let user = send::writer(actor)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let row = sqlx::query!(
        r#"SELECT d.body AS "body?", d.updated_at AS "updated_at?: jiff_sqlx::Timestamp"
           FROM conversations c
           LEFT JOIN drafts d ON d.workspace_id = c.workspace_id AND d.conversation_id = c.id AND d.user_id = $3
           WHERE c.workspace_id = $1 AND c.id = $2"#,
        workspace,
        Uuid::from(conversation),
        Uuid::from(user)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    tx.commit().await?;
    Ok(row.body.zip(row.updated_at).map(|(body, at)| Draft { body, typed_at: at.to_jiff() }))
}

/// The conversations in which the member has a draft. Needs `conversations.reply`.
pub async fn drafts(core: &Core, actor: &Actor) -> Result<Vec<ConversationId>, Failure> {
    let user = send::writer(actor)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    // Served by the primary key.
    let rows = sqlx::query_scalar!(
        "SELECT conversation_id FROM drafts WHERE workspace_id = $1 AND user_id = $2 AND body <> '' ORDER BY conversation_id",
        workspace,
        Uuid::from(user)
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Keeps what the member has typed, unless they have typed something later; nothing typed ends the draft. Gives what stands.
///
/// A clock that is ahead counts as ours, so that it keeps nobody from writing later. Needs `conversations.reply`. Not
/// audited, and no event: it is nobody else's.
///
/// # Errors
/// [`Failure::Invalid`] for a draft that is too long; [`Failure::NotFound`].
pub async fn keep_draft(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
    draft: Draft,
) -> Result<Draft, Failure> {
    let user = send::writer(actor)?;
    draft.validate()?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now) = (tx.workspace(), tx.now());
    // Postgres takes no NUL in a text.
    let body = draft.body.replace('\0', "");
    sqlx::query_scalar!(
        "SELECT id FROM conversations WHERE workspace_id = $1 AND id = $2",
        workspace,
        Uuid::from(conversation)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    sqlx::query!(
        "INSERT INTO drafts (workspace_id, user_id, conversation_id, body, updated_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (workspace_id, user_id, conversation_id)
         DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at WHERE drafts.updated_at <= excluded.updated_at",
        workspace,
        Uuid::from(user),
        Uuid::from(conversation),
        body,
        draft.typed_at.min(now).to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    let kept = sqlx::query!(
        r#"SELECT body, updated_at AS "updated_at: jiff_sqlx::Timestamp" FROM drafts
           WHERE workspace_id = $1 AND user_id = $2 AND conversation_id = $3"#,
        workspace,
        Uuid::from(user),
        Uuid::from(conversation)
    )
    .fetch_one(tx.sql())
    .await?;
    tx.commit().await?;
    Ok(Draft { body: kept.body, typed_at: kept.updated_at.to_jiff() })
}
