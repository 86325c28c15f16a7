//! Storing what became of attempts: for the message, its place in the queue, and its number.

use std::{collections::HashSet, time::Duration};

use charla_meta::graph::{Outcome, SendFailure};
use charla_shared::{event::Happening, message::DeliveryState, text};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    engine::{AttemptId, End, Finished},
    outbox::PostgresOutbox,
    queue::{lock_conversations, promote},
};
use crate::{
    Failure,
    events::{self, LogEntry, Topic},
    inbox::{Outgoing, Word, lock_messages, record, save_messages, take_early},
};

const INTERRUPTED: &str = "the process ended before the answer was stored";
const HELD_BACK: &str = "nothing was sent: the number had to wait";

impl PostgresOutbox {
    pub(super) async fn try_finish(&self, ends: &[Finished]) -> Result<(), Failure> {
        let mut tx = self.core.database.worker().await?;
        let log = self.store(&mut tx, ends).await?;
        events::append(&mut tx, self.core.environment.now(), &log).await?;
        tx.commit().await?;
        if !log.is_empty() {
            self.core.bus.ring(Topic::Events);
        }
        Ok(())
    }

    async fn store(&self, sql: &mut PgConnection, ends: &[Finished]) -> Result<Vec<LogEntry>, Failure> {
        let workspace = Uuid::from(self.workspace);
        let now = self.core.environment.now();
        let mut messages =
            lock_messages(sql, ends.iter().map(|end| (workspace, end.attempt.message)).collect()).await?;
        let conversations: Vec<Uuid> = ends.iter().map(|end| end.attempt.conversation).collect();
        lock_conversations(sql, workspace, &conversations).await?;
        // What was stored already, by a commit that was not heard of, has had its effect.
        let news = finish_attempts(sql, workspace, ends).await?;
        let ends: Vec<&Finished> =
            ends.iter().filter(|end| news.contains(&(end.attempt.message, end.attempt.number))).collect();

        let (mut words, mut accepted) = (Vec::new(), Vec::new());
        let (mut done, mut again) = (Vec::new(), Vec::new());
        let (mut waits, mut counts): (Vec<f64>, Vec<i32>) = (Vec::new(), Vec::new());
        for finished in ends {
            let id = finished.attempt.message;
            let Some(message) = messages.get_mut(&id) else { continue };
            let state = settle(message, finished);
            words.push(Word { workspace, message: id, state, source: "attempt", at: now, detail: detail(finished) });
            match &finished.end {
                // Unless a status says already that it did go out.
                End::Again { after, counts: counted } if message.state == DeliveryState::Queued => {
                    again.push(finished.attempt);
                    waits.push(after.as_secs_f64());
                    counts.push(i32::from(*counted));
                }
                end => {
                    if matches!(end, End::Accepted(_)) {
                        accepted.push(id);
                    }
                    done.push(finished.attempt);
                }
            }
        }
        words.extend(take_early(sql, &mut messages, &accepted).await?);
        record(&self.core, sql, &words).await?;
        let mut log = Vec::new();
        save_messages(sql, messages.into_values(), &mut log).await?;
        self.remove(sql, &done).await?;
        if !again.is_empty() {
            let (again, numbers): (Vec<Uuid>, Vec<i32>) = again.iter().map(|a| (a.message, a.number)).unzip();
            sqlx::query!(
                "UPDATE outbox o SET fence = NULL, tries = o.tries + a.counts, due_at = now() + a.wait * interval '1 second'
                 FROM unnest($3::uuid[], $4::float8[], $5::integer[], $6::integer[]) AS a (message_id, wait, counts, number)
                 WHERE o.workspace_id = $1 AND o.message_id = a.message_id AND o.fence <= $2 AND o.attempt = a.number",
                workspace,
                self.fence,
                &again,
                &waits,
                &counts,
                &numbers
            )
            .execute(&mut *sql)
            .await?;
        }
        promote(sql, workspace, &conversations).await?;
        Ok(log)
    }

    /// Takes messages out whose attempt this was: under our fence, or left behind by the one before us.
    async fn remove(&self, sql: &mut PgConnection, attempts: &[AttemptId]) -> Result<(), Failure> {
        let (messages, numbers): (Vec<Uuid>, Vec<i32>) = attempts.iter().map(|a| (a.message, a.number)).unzip();
        sqlx::query!(
            "DELETE FROM outbox o USING unnest($2::uuid[], $3::integer[]) AS a (message_id, number)
             WHERE o.workspace_id = $1 AND o.message_id = a.message_id AND o.attempt = a.number AND o.fence <= $4",
            Uuid::from(self.workspace),
            &messages,
            &numbers,
            self.fence
        )
        .execute(sql)
        .await?;
        Ok(())
    }

    /// What the one before us began and did not finish may have gone out: it becomes `unknown`, and whoever waits behind
    /// it goes on. To be called before the first message is fetched.
    /// `clean` is a fence of this process' own under which everything that left was answered and stored: what is left of
    /// that never left, and waits again.
    pub(super) async fn settle_interrupted(&self, clean: Option<i64>) -> Result<(), Failure> {
        let rows = sqlx::query!(
            r#"SELECT message_id, conversation_id, fence AS "fence!", attempt AS "number!" FROM outbox
               WHERE workspace_id = $1 AND channel_id = $2 AND fence < $3"#,
            Uuid::from(self.workspace),
            Uuid::from(self.channel),
            self.fence
        )
        .fetch_all(self.core.database.worker_pool())
        .await?;
        let ends: Vec<Finished> = rows
            .into_iter()
            .map(|row| Finished {
                attempt: AttemptId { message: row.message_id, conversation: row.conversation_id, number: row.number },
                end: if clean == Some(row.fence) {
                    End::Again { after: Duration::ZERO, counts: false }
                } else {
                    End::Unknown
                },
                failure: None,
            })
            .collect();
        if ends.is_empty() {
            return Ok(());
        }
        tracing::warn!(channel = %self.channel, messages = ends.len(), "sends were interrupted");
        for some in ends.chunks(200) {
            self.try_finish(some).await?;
        }
        Ok(())
    }

    pub(super) async fn try_stopped(&self, failure: Option<&SendFailure>) -> Result<(), Failure> {
        let mut tx = self.core.database.worker().await?;
        let code = failure.and_then(|failure| failure.error.as_ref()).map(|error| error.code);
        let reason = failure.map(|failure| text::shorten(&text::clean(&failure.sentence()), 500));
        sqlx::query!(
            "UPDATE senders SET stopped_at = CASE WHEN $4::text IS NULL THEN NULL ELSE now() END, stopped_code = $3, stopped_reason = $4
             WHERE workspace_id = $1 AND channel_id = $2 AND fence = $5",
            Uuid::from(self.workspace),
            Uuid::from(self.channel),
            code,
            reason,
            self.fence
        )
        .execute(&mut *tx)
        .await?;
        let news = LogEntry { workspace: self.workspace, happening: Happening::ChannelChanged };
        events::append(&mut tx, self.core.environment.now(), &[news]).await?;
        tx.commit().await?;
        self.core.bus.ring(Topic::Events);
        Ok(())
    }
}

/// Moves the message; gives the state to write into the recorder.
fn settle(message: &mut Outgoing, finished: &Finished) -> DeliveryState {
    match &finished.end {
        End::Accepted(external_id) => {
            message.name(external_id);
            message.take(DeliveryState::Accepted, None);
            DeliveryState::Accepted
        }
        End::Unknown => {
            message.take(DeliveryState::Unknown, None);
            DeliveryState::Unknown
        }
        End::Failed => {
            let words = finished.failure.as_ref().map(SendFailure::sentence).unwrap_or_default();
            let code = finished.failure.as_ref().and_then(|failure| failure.error.as_ref()).map(|error| error.code);
            message.take(DeliveryState::Failed, Some((&words, code)));
            DeliveryState::Failed
        }
        // The one step back there is: it is proven that nothing went out, so the message waits for its next attempt.
        End::Again { .. } => {
            if message.state == DeliveryState::Sending {
                message.state = DeliveryState::Queued;
                message.changed = true;
            } else if message.state == DeliveryState::Unknown {
                // It was given up as lost; now it is known that it did not go out, and a person may send it again.
                let words = finished.failure.as_ref().map(SendFailure::sentence).unwrap_or_default();
                message.take(DeliveryState::Failed, Some((&words, None)));
            }
            message.state
        }
    }
}

fn detail(finished: &Finished) -> Value {
    let mut detail = json!({ "attempt": finished.attempt.number });
    if let Some(failure) = &finished.failure {
        detail["status"] = failure.http_status.into();
        detail["code"] = failure.error.as_ref().map(|error| error.code).into();
    } else if finished.end == End::Unknown {
        detail["reason"] = "interrupted".into();
    } else if matches!(finished.end, End::Again { .. }) {
        detail["reason"] = "held_back".into();
    }
    detail
}

/// Stores how attempts ended; gives those this is news about.
async fn finish_attempts(
    sql: &mut PgConnection,
    workspace: Uuid,
    ends: &[Finished],
) -> Result<HashSet<(Uuid, i32)>, Failure> {
    let messages: Vec<Uuid> = ends.iter().map(|end| end.attempt.message).collect();
    let numbers: Vec<i32> = ends.iter().map(|end| end.attempt.number).collect();
    let outcomes: Vec<&str> = ends.iter().map(outcome).collect();
    let statuses: Vec<Option<i32>> = ends.iter().map(|end| end.failure.as_ref()?.http_status.map(i32::from)).collect();
    let codes: Vec<Option<i64>> =
        ends.iter().map(|end| end.failure.as_ref()?.error.as_ref().map(|error| error.code)).collect();
    let details: Vec<Option<String>> = ends
        .iter()
        .map(|end| match (&end.failure, &end.end) {
            (Some(failure), _) => Some(text::shorten(&text::clean(&failure.detail), 300)),
            (None, End::Unknown) => Some(INTERRUPTED.to_owned()),
            (None, End::Again { .. }) => Some(HELD_BACK.to_owned()),
            (None, _) => None,
        })
        .collect();
    // An answer that comes after its attempt was given up is the better word.
    let news = sqlx::query!(
        "UPDATE attempts a SET finished_at = now(), outcome = e.outcome, http_status = e.http_status, error_code = e.code, detail = e.detail
         FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::integer[], $6::bigint[], $7::text[])
             AS e (message_id, number, outcome, http_status, code, detail)
         WHERE a.workspace_id = $1 AND a.message_id = e.message_id AND a.number = e.number
           AND (a.outcome IS NULL OR (a.outcome = 'unknown' AND e.outcome <> 'unknown'))
         RETURNING a.message_id, a.number",
        workspace,
        &messages,
        &numbers,
        &outcomes as _,
        &statuses as _,
        &codes as _,
        &details as _
    )
    .fetch_all(sql)
    .await?;
    Ok(news.into_iter().map(|row| (row.message_id, row.number)).collect())
}

fn outcome(finished: &Finished) -> &'static str {
    match (&finished.end, &finished.failure) {
        (End::Accepted(_), _) => "accepted",
        (_, Some(failure)) => match failure.outcome {
            Outcome::NotSent => "not_sent",
            Outcome::Refused => "refused",
            Outcome::Unknown => "unknown",
        },
        (End::Again { .. }, None) => "not_sent",
        (_, None) => "unknown",
    }
}
