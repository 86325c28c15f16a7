//! Handing a queued message to Meta (quality-gates B2, "Outbound").
//!
//! The attempt is committed before the request goes out. So whoever comes after a crash sees that a request may have
//! been made, and does not make another: the message becomes `unknown` and waits for the status webhook that echoes our
//! callback data. Only an answer that proves that Meta did not take it lets it be sent again.

use charla_meta::graph::{Outcome, OutgoingContent, OutgoingMessage, Recipient, SendFailure};
use charla_shared::{
    conversation::WindowState,
    id::{ChannelId, MessageId},
    message::{Content, DeliveryState},
};
use jiff_sqlx::ToSqlx;
use serde_json::json;
use sqlx::Row;
use uuid::Uuid;

use super::{row, status};
use crate::{
    Actor, Core, Failure, Tx,
    channels::{self, Line},
    jobs::{self, Job, JobError, Retry},
};

/// What [`prepare`] found.
enum Prepared {
    /// The attempt is written down: send it.
    Ready { line: Line, outgoing: Box<OutgoingMessage>, attempt: i32, channel: ChannelId },
    /// Nothing is to be sent (any more).
    Nothing,
}

/// The job: hands one message to Meta.
pub(crate) async fn dispatch(core: &Core, job: &Job) -> Result<(), JobError> {
    let message: MessageId = job.field("message")?;
    let actor = Actor::system(job.tenant()?, "dispatch");
    let mut tx = actor.begin(core).await?;
    let Prepared::Ready { line, outgoing, attempt, channel } = prepare(&mut tx, job, message).await? else {
        tx.commit().await?;
        return Ok(());
    };
    tx.commit().await?;

    let answer = line.client.send_message(&line.phone_number_id, &outgoing).await;

    // From here on the request has gone out: storing its outcome is tried until it works or the lease is nearly over;
    // if it never works, the next one to look finds an unfinished attempt.
    let mut pause = std::time::Duration::from_millis(50);
    loop {
        let stored = match &answer {
            Ok(accepted) => accept(core, &actor, message, channel, attempt, &accepted.message_id).await.map(|()| None),
            Err(failure) => refuse(core, &actor, job, message, attempt, failure).await,
        };
        match stored {
            Ok(None) => return Ok(()),
            Ok(Some(error)) => return Err(error),
            Err(Failure::Database(error)) if pause < std::time::Duration::from_secs(4) => {
                tracing::warn!(%message, %error, "the outcome of a send waits for the database");
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            Err(failure) => return Err(failure.into()),
        }
    }
}

async fn prepare(tx: &mut Tx, job: &Job, message: MessageId) -> Result<Prepared, JobError> {
    // Somebody who slept through their lease must not send what another has sent meanwhile.
    if !jobs::holds(tx.sql(), job).await? {
        return Ok(Prepared::Nothing);
    }
    let (workspace, id, now) = (tx.workspace(), Uuid::from(message), tx.now());
    let found = sqlx::query!(
        r#"SELECT m.state AS "state!", m.content, m.channel_id, c.last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp",
                  (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone' LIMIT 1) AS phone,
                  (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'bsuid' LIMIT 1) AS user_id
           FROM messages m JOIN conversations c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
           WHERE m.workspace_id = $1 AND m.id = $2 FOR UPDATE OF m"#,
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?;
    let Some(found) = found else { return Err(JobError::never("the message is gone".to_owned())) };
    match row::state(&found.state)? {
        DeliveryState::Queued => {}
        DeliveryState::Sending => {
            lost(tx, message).await?;
            return Ok(Prepared::Nothing);
        }
        _ => return Ok(Prepared::Nothing),
    }
    // It may have waited long: what Meta would refuse (and may charge a strike for) is not sent.
    if !WindowState::at(now, found.last_inbound_at.map(jiff_sqlx::Timestamp::to_jiff)).is_open() {
        trace(tx, message, DeliveryState::Failed, &json!({ "reason": "window_closed" })).await?;
        let words = "The 24-hour window closed before it could be sent. Nothing reached the customer.";
        status::advance(tx, message, DeliveryState::Failed, None, Some(words)).await?;
        return Ok(Prepared::Nothing);
    }
    let channel = ChannelId::from(found.channel_id);
    let line = channels::line(tx, channel).await?;
    let to = match (found.phone, found.user_id) {
        (Some(phone), _) => Recipient::Phone(phone),
        (None, Some(user_id)) => Recipient::UserId(user_id),
        (None, None) => return Err(JobError::never("the contact has no address on this channel".to_owned())),
    };
    let content: Content = serde_json::from_value(found.content).map_err(Failure::from)?;
    let Content::Text { body } = content else {
        return Err(JobError::never(format!("{} messages are not sent yet", content.type_name())));
    };
    let outgoing = OutgoingMessage {
        to,
        content: OutgoingContent::text(body),
        context_message_id: None,
        callback_data: Some(callback_data(message)),
    };
    let attempt = sqlx::query(
        "INSERT INTO attempts (workspace_id, message_id, number, started_at)
         SELECT $1, $2, coalesce(max(number), 0) + 1, $3 FROM attempts WHERE workspace_id = $1 AND message_id = $2
         RETURNING number",
    )
    .bind(workspace)
    .bind(id)
    .bind(now.to_sqlx())
    .fetch_one(tx.sql())
    .await?
    .get::<i32, _>(0);
    trace(tx, message, DeliveryState::Sending, &json!({ "attempt": attempt })).await?;
    status::advance(tx, message, DeliveryState::Sending, None, None).await?;
    Ok(Prepared::Ready { line, outgoing: Box::new(outgoing), attempt, channel })
}

/// What Meta echoes in every status of the message.
fn callback_data(message: MessageId) -> String {
    format!("msg:{message}")
}

/// The message a status' callback data names.
pub(crate) fn from_callback_data(data: &str) -> Option<MessageId> {
    data.strip_prefix("msg:")?.parse().ok()
}

async fn trace(
    tx: &mut Tx,
    message: MessageId,
    state: DeliveryState,
    detail: &serde_json::Value,
) -> Result<(), Failure> {
    let (workspace, now) = (tx.workspace(), tx.now());
    sqlx::query!(
        "INSERT INTO message_events (workspace_id, message_id, id, state, source, at, detail) VALUES ($1, $2, $3, $4, 'attempt', $5, $6)",
        workspace,
        Uuid::from(message),
        tx.id::<Uuid>(),
        state.name(),
        now.to_sqlx() as _,
        detail
    )
    .execute(tx.sql())
    .await?;
    Ok(())
}

/// An attempt was begun and never finished: whoever made it died with the answer.
async fn lost(tx: &mut Tx, message: MessageId) -> Result<(), Failure> {
    let (workspace, now) = (tx.workspace(), tx.now());
    sqlx::query!(
        "UPDATE attempts SET finished_at = $3, outcome = 'unknown', detail = 'the process ended before the answer was stored'
         WHERE workspace_id = $1 AND message_id = $2 AND outcome IS NULL",
        workspace,
        Uuid::from(message),
        now.to_sqlx() as _
    )
    .execute(tx.sql())
    .await?;
    trace(tx, message, DeliveryState::Unknown, &json!({ "reason": "interrupted" })).await?;
    status::advance(tx, message, DeliveryState::Unknown, None, None).await?;
    Ok(())
}

async fn accept(
    core: &Core,
    actor: &Actor,
    message: MessageId,
    channel: ChannelId,
    attempt: i32,
    external_id: &str,
) -> Result<(), Failure> {
    let mut tx = actor.begin(core).await?;
    finish(&mut tx, message, attempt, "accepted", None, None).await?;
    trace(&mut tx, message, DeliveryState::Accepted, &json!({ "attempt": attempt })).await?;
    status::advance(&mut tx, message, DeliveryState::Accepted, Some(external_id), None).await?;
    status::take_early(&mut tx, channel, message, external_id).await?;
    tx.commit().await
}

/// Stores an answer that was not an acceptance. Gives the error to put the job back with, if it is to run again.
async fn refuse(
    core: &Core,
    actor: &Actor,
    job: &Job,
    message: MessageId,
    attempt: i32,
    failure: &SendFailure,
) -> Result<Option<JobError>, Failure> {
    let mut tx = actor.begin(core).await?;
    let code = failure.error.as_ref().map(|error| error.code);
    let again = matches!(failure.outcome, Outcome::NotSent)
        || (matches!(failure.outcome, Outcome::Refused) && failure.retry.is_retryable());
    let outcome = match failure.outcome {
        Outcome::NotSent => "not_sent",
        Outcome::Refused => "refused",
        Outcome::Unknown => "unknown",
    };
    finish(&mut tx, message, attempt, outcome, failure.http_status, code).await?;
    let detail = json!({ "attempt": attempt, "code": code, "status": failure.http_status });
    let error = if matches!(failure.outcome, Outcome::Unknown) {
        trace(&mut tx, message, DeliveryState::Unknown, &detail).await?;
        status::advance(&mut tx, message, DeliveryState::Unknown, None, None).await?;
        None
    } else if again && !job.is_last_try() {
        trace(&mut tx, message, DeliveryState::Queued, &detail).await?;
        requeue(&mut tx, message).await?;
        let retry = failure.retry.wait().map_or(Retry::Backoff, Retry::After);
        Some(JobError { retry, reason: format!("Meta did not take it: {failure}") })
    } else {
        trace(&mut tx, message, DeliveryState::Failed, &detail).await?;
        let words = failure.sentence();
        status::advance(&mut tx, message, DeliveryState::Failed, None, Some(&words)).await?;
        None
    };
    tx.commit().await?;
    Ok(error)
}

/// The one step back there is: it is proven that nothing went out, so the message waits for its next attempt.
async fn requeue(tx: &mut Tx, message: MessageId) -> Result<(), Failure> {
    let workspace = tx.workspace();
    let conversation = sqlx::query_scalar!(
        "UPDATE messages SET state = 'queued' WHERE workspace_id = $1 AND id = $2 AND state = 'sending' RETURNING conversation_id",
        workspace,
        Uuid::from(message)
    )
    .fetch_optional(tx.sql())
    .await?;
    match conversation {
        Some(conversation) => status::show(tx, conversation.into(), message, DeliveryState::Queued.name()).await,
        None => Ok(()),
    }
}

async fn finish(
    tx: &mut Tx,
    message: MessageId,
    attempt: i32,
    outcome: &str,
    http_status: Option<u16>,
    code: Option<i64>,
) -> Result<(), Failure> {
    let (workspace, now) = (tx.workspace(), tx.now());
    sqlx::query!(
        "UPDATE attempts SET finished_at = $4, outcome = $5, http_status = $6, error_code = $7
         WHERE workspace_id = $1 AND message_id = $2 AND number = $3",
        workspace,
        Uuid::from(message),
        attempt,
        now.to_sqlx() as _,
        outcome,
        http_status.map(i32::from),
        code
    )
    .execute(tx.sql())
    .await?;
    Ok(())
}

/// The job was given up: its message will not be sent, and says so, unless a request may have gone out.
pub(crate) async fn undeliverable(core: &Core, job: &Job, reason: &str) -> Result<(), JobError> {
    let message: MessageId = job.field("message")?;
    let mut tx = Actor::system(job.tenant()?, "dispatch").begin(core).await?;
    let workspace = tx.workspace();
    let state = sqlx::query_scalar!(
        r#"SELECT state AS "state!" FROM messages WHERE workspace_id = $1 AND id = $2 FOR UPDATE"#,
        workspace,
        Uuid::from(message)
    )
    .fetch_optional(tx.sql())
    .await?;
    match state.as_deref().map(row::state).transpose()? {
        Some(DeliveryState::Sending) => lost(&mut tx, message).await?,
        Some(DeliveryState::Queued) => {
            trace(&mut tx, message, DeliveryState::Failed, &json!({ "reason": reason })).await?;
            let words = "It could not be sent. Nothing reached the customer; send it again.";
            status::advance(&mut tx, message, DeliveryState::Failed, None, Some(words)).await?;
        }
        _ => {}
    }
    Ok(tx.commit().await?)
}
