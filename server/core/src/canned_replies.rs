//! Canned replies (row C7): the workspace's common texts, called up by a shortcut while answering.

use charla_shared::{
    canned_reply::{CannedReplyView, NewCannedReply, REPLIES_MAX},
    event::Happening,
    id::CannedReplyId,
    permission::Permission,
    problem::{Problem, ProblemKind},
    text,
};
use garde::Validate;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use serde_json::json;
use uuid::Uuid;

use crate::{Actor, Core, Failure, Tx, audit::NewEntry};

/// What may go wrong with canned replies.
#[derive(Debug, thiserror::Error)]
pub enum CannedReplyError {
    /// What every feature shares.
    #[error(transparent)]
    Shared(#[from] Failure),
    /// Another one has the shortcut, perhaps in other letters.
    #[error("the shortcut is taken")]
    ShortcutTaken,
    /// Somebody has changed it since it was read.
    #[error("the reply was changed since")]
    ChangedSince,
    /// The workspace has as many as it may have.
    #[error("the workspace has {REPLIES_MAX} canned replies already")]
    TooMany,
}

impl From<sqlx::Error> for CannedReplyError {
    fn from(error: sqlx::Error) -> Self {
        let constraint = error.as_database_error().and_then(|error| error.constraint());
        if constraint == Some("canned_replies_by_shortcut") { Self::ShortcutTaken } else { Self::Shared(error.into()) }
    }
}

impl From<crate::DatabaseError> for CannedReplyError {
    fn from(error: crate::DatabaseError) -> Self {
        Self::Shared(error.into())
    }
}

impl From<CannedReplyError> for Problem {
    fn from(error: CannedReplyError) -> Self {
        let conflict = |code: &str, message: String| Self::new(ProblemKind::Conflict, code, message);
        match error {
            CannedReplyError::Shared(failure) => failure.into(),
            CannedReplyError::ShortcutTaken => conflict(
                "canned_reply.shortcut_taken",
                "Another canned reply has this shortcut. Nothing was changed; choose another one.".to_owned(),
            ),
            CannedReplyError::ChangedSince => conflict(
                "canned_reply.changed_since",
                "Somebody has changed this reply since you opened it. Nothing was changed; load the page anew to see it.".to_owned(),
            ),
            CannedReplyError::TooMany => conflict(
                "canned_reply.too_many",
                format!("This workspace has {REPLIES_MAX} canned replies, which is as many as it can have."),
            ),
        }
    }
}

/// All of them, by shortcut. Needs `conversations.reply` or `canned_replies.manage`.
pub async fn list(core: &Core, actor: &Actor) -> Result<Vec<CannedReplyView>, Failure> {
    if !actor.permissions.allows(Permission::CannedRepliesManage) {
        actor.require(Permission::ConversationsReply)?;
    }
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let rows = sqlx::query!(
        r#"SELECT id, shortcut, body, updated_at AS "updated_at: jiff_sqlx::Timestamp" FROM canned_replies
           WHERE workspace_id = $1 ORDER BY lower(shortcut)"#,
        workspace
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    let view = |row: (Uuid, String, String, jiff_sqlx::Timestamp)| CannedReplyView {
        id: row.0.into(),
        shortcut: row.1,
        body: row.2,
        updated_at: row.3.to_jiff(),
    };
    Ok(rows.into_iter().map(|row| view((row.id, row.shortcut, row.body, row.updated_at))).collect())
}

/// Adds one. Needs `canned_replies.manage`.
///
/// Audit: `canned_reply.create`, without the text. Events: the vocabulary changed.
///
/// # Errors
/// [`CannedReplyError::ShortcutTaken`]; [`CannedReplyError::TooMany`]; [`Failure::Invalid`], also for variables that nobody
/// knows.
pub async fn create(core: &Core, actor: &Actor, new: &NewCannedReply) -> Result<CannedReplyView, CannedReplyError> {
    let mut tx = begin(core, actor, new).await?;
    let (workspace, now, id): (_, _, CannedReplyId) = (tx.workspace(), tx.now(), tx.id());
    // Two made side by side must not pass the limit together.
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtextextended('canned replies ' || $1, 0))", workspace.to_string())
        .execute(tx.sql())
        .await?;
    let count =
        sqlx::query_scalar!(r#"SELECT count(*) AS "count!" FROM canned_replies WHERE workspace_id = $1"#, workspace)
            .fetch_one(tx.sql())
            .await?;
    if usize::try_from(count).is_ok_and(|count| count >= REPLIES_MAX) {
        return Err(CannedReplyError::TooMany);
    }
    let view = CannedReplyView { id, shortcut: new.shortcut.clone(), body: text::clean(&new.body), updated_at: now };
    sqlx::query!(
        "INSERT INTO canned_replies (workspace_id, id, shortcut, body, updated_at) VALUES ($1, $2, $3, $4, $5)",
        workspace,
        Uuid::from(id),
        view.shortcut,
        view.body,
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry::new("canned_reply.create", "canned_reply", id).after(json!({ "shortcut": view.shortcut })));
    tx.commit().await?;
    Ok(view)
}

/// Changes one. Needs `canned_replies.manage`. `seen` is when the text that was changed here had been changed last; without
/// it whatever is there is overwritten.
///
/// Audit: `canned_reply.change`, without the text. Events: the vocabulary changed.
///
/// # Errors
/// [`CannedReplyError::ShortcutTaken`]; [`CannedReplyError::ChangedSince`]; [`Failure::Invalid`]; [`Failure::NotFound`].
pub async fn change(
    core: &Core,
    actor: &Actor,
    reply: CannedReplyId,
    new: &NewCannedReply,
    seen: Option<Timestamp>,
) -> Result<CannedReplyView, CannedReplyError> {
    let mut tx = begin(core, actor, new).await?;
    let (workspace, now, id) = (tx.workspace(), tx.now(), Uuid::from(reply));
    let before = sqlx::query!(
        r#"SELECT shortcut, body, updated_at AS "updated_at: jiff_sqlx::Timestamp" FROM canned_replies
           WHERE workspace_id = $1 AND id = $2 FOR UPDATE"#,
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    // Once more what is there already: the answer to the first time was lost.
    if before.shortcut == new.shortcut && before.body == text::clean(&new.body) {
        let updated_at = before.updated_at.to_jiff();
        return Ok(CannedReplyView { id: reply, shortcut: before.shortcut, body: before.body, updated_at });
    }
    if seen.is_some_and(|seen| seen != before.updated_at.to_jiff()) {
        return Err(CannedReplyError::ChangedSince);
    }
    let view =
        CannedReplyView { id: reply, shortcut: new.shortcut.clone(), body: text::clean(&new.body), updated_at: now };
    sqlx::query!(
        "UPDATE canned_replies SET shortcut = $3, body = $4, updated_at = $5 WHERE workspace_id = $1 AND id = $2",
        workspace,
        id,
        view.shortcut,
        view.body,
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry {
        before: Some(json!({ "shortcut": before.shortcut })),
        after: Some(json!({ "shortcut": view.shortcut })),
        ..NewEntry::new("canned_reply.change", "canned_reply", reply)
    });
    tx.commit().await?;
    Ok(view)
}

/// Deletes one. Needs `canned_replies.manage`.
///
/// Audit: `canned_reply.delete`. Events: the vocabulary changed.
///
/// # Errors
/// [`Failure::NotFound`].
pub async fn delete(core: &Core, actor: &Actor, reply: CannedReplyId) -> Result<(), Failure> {
    actor.require(Permission::CannedRepliesManage)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let before = sqlx::query_scalar!(
        "DELETE FROM canned_replies WHERE workspace_id = $1 AND id = $2 RETURNING shortcut",
        workspace,
        Uuid::from(reply)
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    tx.tell(&Happening::VocabularyChanged).await?;
    tx.record(NewEntry {
        before: Some(json!({ "shortcut": before })),
        ..NewEntry::new("canned_reply.delete", "canned_reply", reply)
    });
    tx.commit().await
}

async fn begin(core: &Core, actor: &Actor, new: &NewCannedReply) -> Result<Tx, CannedReplyError> {
    actor.require(Permission::CannedRepliesManage)?;
    new.validate().map_err(Failure::from)?;
    Ok(actor.begin(core).await?)
}
