//! Drafts: what a member has typed and not sent, on every device they use. Only they see it.

use charla_shared::{draft::Draft, id::ConversationId};
use garde::Validate;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use uuid::Uuid;

use super::send;
use crate::{Actor, Core, Failure, database::storable};

/// How long the end of a draft is remembered: no device tells of what was typed before it later than that.
const ENDED: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Seconds that a device's clock may differ from ours before it counts as wrong.
const WRONG_BY: i64 = 150;

/// The member's own draft in a conversation, if they have one; an empty one says when it ended.
///
/// Its time is told by the asker's clock, if `clock` says what that shows now. Needs `conversations.reply`.
pub async fn draft(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
    clock: Option<Timestamp>,
) -> Result<Option<Draft>, Failure> {
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
    let ahead = ahead(clock, core.environment.now());
    Ok(row.body.zip(row.updated_at).map(|(body, at)| Draft { body, typed_at: moved(at.to_jiff(), ahead) }))
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
/// A clock that is wrong is put right by what it shows now (`clock`), which the answer's time is told by, too; otherwise one
/// that is ahead counts as ours. So no device keeps another from writing later. Needs `conversations.reply`. Not audited, and
/// no event: it is nobody else's.
///
/// # Errors
/// [`Failure::Invalid`] for a draft that is too long; [`Failure::NotFound`].
pub async fn keep_draft(
    core: &Core,
    actor: &Actor,
    conversation: ConversationId,
    draft: Draft,
    clock: Option<Timestamp>,
) -> Result<Draft, Failure> {
    let user = send::writer(actor)?;
    draft.validate()?;
    let mut tx = actor.begin(core).await?;
    let (workspace, now) = (tx.workspace(), tx.now());
    let ahead = ahead(clock, now);
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
        storable(moved(draft.typed_at, -ahead).min(now)).to_sqlx() as _
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
    Ok(Draft { body: kept.body, typed_at: moved(kept.updated_at.to_jiff(), ahead) })
}

/// How far somebody's clock is ahead of ours, in whole minutes: what a request takes on its way must not change the order
/// in which a device says things were typed. A request may be on its way for long, and browsers put their clock right
/// themselves when it is further off than two minutes: what is less than [`WRONG_BY`] is no wrong clock.
fn ahead(clock: Option<Timestamp>, now: Timestamp) -> SignedDuration {
    let seconds = clock.map_or(0, |clock| storable(clock).duration_since(now).as_secs());
    if seconds.abs() <= WRONG_BY {
        return SignedDuration::ZERO;
    }
    SignedDuration::from_mins((seconds + 30).div_euclid(60))
}

fn moved(at: Timestamp, by: SignedDuration) -> Timestamp {
    storable(at).checked_add(by).unwrap_or(at)
}

/// Forgets some drafts that ended more than a week ago. Gives how many went.
pub(crate) async fn sweep(core: &Core, now: Timestamp) -> Result<u64, Failure> {
    let Ok(before) = now.checked_sub(ENDED) else { return Ok(0) };
    let swept = sqlx::query!(
        "DELETE FROM drafts WHERE ctid = ANY (ARRAY (SELECT ctid FROM drafts WHERE body = '' AND updated_at < $1 LIMIT 5000))
                              AND body = '' AND updated_at < $1",
        before.to_sqlx() as _
    )
    .execute(core.database.worker_pool())
    .await?;
    Ok(swept.rows_affected())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_wrong_by_whole_minutes() {
        let now = Timestamp::constant(1_800_000_000, 0);
        let by = |seconds| ahead(Some(now + SignedDuration::from_secs(seconds)), now).as_secs();
        assert_eq!([by(0), by(29), by(-31), by(-150), by(150)], [0; 5], "requests are on their way for as long");
        assert_eq!([by(-151), by(3_590)], [-180, 3_600]);
        assert_eq!(ahead(None, now), SignedDuration::ZERO);
        assert_eq!(moved(Timestamp::MIN, SignedDuration::ZERO), Timestamp::UNIX_EPOCH);
    }
}
