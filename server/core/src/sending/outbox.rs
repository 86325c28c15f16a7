//! The outbox in Postgres.
//!
//! Locks are taken in one order everywhere: messages, then conversations, then rows of the outbox that are not one's own.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use async_trait::async_trait;
use charla_meta::graph::{Outcome, OutgoingContent, OutgoingMessage, Recipient, SendFailure};
use charla_shared::{
    conversation::WindowState,
    event::Happening,
    id::{ChannelId, MessageId, WorkspaceId},
    message::{Content, DeliveryState},
    text,
};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::engine::{Attempt, AttemptId, Begun, End, Finished, NotOurs, Outbox};
use crate::{
    Core, DatabaseError, Failure,
    events::{self, LogEntry, Topic},
    inbox::{CallbackData, Outgoing, Word, lock_messages, record, row, save_messages, take_early},
};

/// The part of the outbox that one process sends from: one number, under one fence.
#[derive(Debug, Clone)]
pub(super) struct PostgresOutbox {
    pub core: Core,
    pub workspace: WorkspaceId,
    pub channel: ChannelId,
    pub fence: i64,
}

/// A claimed message with what decides whether it may go.
struct Claimed {
    message: Uuid,
    conversation: Uuid,
    tries: i32,
}

/// What becomes of a claimed message.
enum Gate {
    Ready(Attempt),
    /// A newer release queued it: this one cannot read it.
    Later,
    /// Not to be sent (any more): why, for people; none when it has been settled otherwise.
    Closed(Option<Reason>),
}

/// Why a message is not sent: a word for the recorder, a sentence for people, and Meta's code that says the same.
#[derive(Clone, Copy)]
struct Reason {
    word: &'static str,
    sentence: &'static str,
    code: Option<i64>,
}

const WINDOW_CLOSED: Reason = Reason {
    word: "window_closed",
    sentence: "The 24-hour window closed before it could be sent. Nothing reached the customer.",
    code: Some(131_047),
};
const NO_ADDRESS: Reason = Reason {
    word: "no_address",
    sentence: "The contact has no address on this channel any more. Nothing was sent.",
    code: None,
};
const NOT_SENT_YET: Reason =
    Reason { word: "unsupported", sentence: "Messages of this kind cannot be sent yet.", code: Some(131_051) };
const INTERRUPTED: &str = "the process ended before the answer was stored";
const HELD_BACK: &str = "nothing was sent: the number had to wait";

#[async_trait]
impl Outbox for PostgresOutbox {
    async fn begin(&self, limit: usize, blocked: &[Uuid]) -> Result<Begun, NotOurs> {
        match tokio::time::timeout(Duration::from_secs(20), self.try_begin(limit, blocked)).await {
            Ok(Ok(Some(begun))) => Ok(begun),
            Ok(Ok(None)) => Err(NotOurs::Lost),
            Ok(Err(error)) => {
                tracing::warn!(channel = %self.channel, %error, "messages could not be fetched for sending");
                Err(NotOurs::Away)
            }
            Err(_) => {
                tracing::warn!(channel = %self.channel, "the database did not give messages in time");
                Err(NotOurs::Away)
            }
        }
    }

    async fn finish(&self, mut ends: Vec<Finished>) -> bool {
        let mut pause = Duration::from_millis(50);
        let mut hopeless = false;
        loop {
            let error = match tokio::time::timeout(Duration::from_secs(20), self.try_finish(&ends)).await {
                Ok(Ok(())) => return true,
                Ok(Err(error)) => error,
                Err(_) => Failure::Database(DatabaseError::Away(sqlx::Error::PoolTimedOut)),
            };
            tracing::warn!(channel = %self.channel, sends = ends.len(), %error, "outcomes of sends wait for the database");
            // Anything else may pass: a database that may only be read for a while, a deployment that is half done.
            let one_at_fault = !matches!(&error, Failure::Database(error) if !error.is_about_values());
            match (one_at_fault, ends.as_slice()) {
                (true, [one]) if !hopeless => {
                    hopeless = true;
                    ends = vec![Finished { end: End::Unknown, failure: None, ..one.clone() }];
                    continue;
                }
                (true, [one]) => {
                    tracing::error!(message = %one.attempt.message, %error, "the outcome of a send could not be stored");
                    return false;
                }
                (true, _) => {
                    let mut all = true;
                    for end in ends {
                        all &= self.finish(vec![end]).await;
                    }
                    return all;
                }
                (false, _) => {}
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(2));
        }
    }

    async fn stopped(&self, failure: Option<SendFailure>) {
        if let Err(error) = self.try_stopped(failure.as_ref()).await {
            // Sending goes on, or not, all the same: it is for people to see.
            tracing::warn!(channel = %self.channel, %error, "that a number is stopped could not be stored");
        }
    }
}

impl PostgresOutbox {
    async fn try_begin(&self, limit: usize, blocked: &[Uuid]) -> Result<Option<Begun>, Failure> {
        let (workspace, channel) = (Uuid::from(self.workspace), Uuid::from(self.channel));
        let mut tx = self.core.database.worker().await?;
        // Held until the end: while this transaction writes attempts down, nobody can take the number over. The weakest
        // lock that does it: renewing the lease goes on beside it.
        let number = sqlx::query!(
            r#"SELECT c.rate, s.stopped_at IS NOT NULL AS "stopped!"
               FROM senders s JOIN channels c ON c.workspace_id = s.workspace_id AND c.id = s.channel_id
               WHERE s.workspace_id = $1 AND s.channel_id = $2 AND s.fence = $3 AND c.active FOR KEY SHARE OF s"#,
            workspace,
            channel,
            self.fence
        )
        .fetch_optional(&mut *tx)
        .await?;
        let Some(number) = number else { return Ok(None) };
        let mut begun =
            Begun { rate: u32::try_from(number.rate).unwrap_or(1), stopped: number.stopped, ..Begun::default() };
        if limit == 0 {
            return Ok(Some(begun));
        }
        let claimed = self.claim(&mut tx, limit, blocked).await?;
        begun.more = claimed.len() >= limit;
        if claimed.is_empty() {
            let wait = sqlx::query_scalar!(
                "SELECT extract(epoch FROM min(due_at) - now())::float8 FROM outbox
                 WHERE workspace_id = $1 AND channel_id = $2 AND first AND fence IS NULL AND conversation_id <> ALL($3)",
                workspace,
                channel,
                blocked
            )
            .fetch_one(&mut *tx)
            .await?;
            begun.next_due = wait.map(|wait| Duration::from_secs_f64(wait.clamp(0.001, 86_400.0)));
        } else {
            let mut log = Vec::new();
            begun.attempts = self.write_down(&mut tx, claimed, &mut log).await?;
            events::append(&mut tx, self.core.environment.now(), &log).await?;
            tx.commit().await?;
            if !log.is_empty() {
                self.core.bus.ring(Topic::Events);
            }
        }
        Ok(Some(begun))
    }

    async fn claim(&self, sql: &mut PgConnection, limit: usize, blocked: &[Uuid]) -> Result<Vec<Claimed>, Failure> {
        // Served by outbox_due.
        let mut rows = sqlx::query!(
            "UPDATE outbox SET fence = $3 WHERE (workspace_id, message_id) IN (
                 SELECT workspace_id, message_id FROM outbox
                 WHERE workspace_id = $1 AND channel_id = $2 AND first AND fence IS NULL AND due_at <= now()
                   AND conversation_id <> ALL($5)
                 ORDER BY priority, due_at, sequence LIMIT $4 FOR UPDATE SKIP LOCKED)
             RETURNING message_id, conversation_id, tries, priority, sequence",
            Uuid::from(self.workspace),
            Uuid::from(self.channel),
            self.fence,
            i64::try_from(limit).unwrap_or(i64::MAX),
            blocked
        )
        .fetch_all(sql)
        .await?;
        rows.sort_unstable_by_key(|row| (row.priority, row.sequence));
        let claimed = |row: (Uuid, Uuid, i32)| Claimed { message: row.0, conversation: row.1, tries: row.2 };
        Ok(rows.into_iter().map(|row| claimed((row.message_id, row.conversation_id, row.tries))).collect())
    }

    /// Asks the gate about each, and writes down an attempt for those that may go.
    async fn write_down(
        &self,
        sql: &mut PgConnection,
        claimed: Vec<Claimed>,
        log: &mut Vec<LogEntry>,
    ) -> Result<Vec<Attempt>, Failure> {
        let workspace = Uuid::from(self.workspace);
        let ids: Vec<Uuid> = claimed.iter().map(|claimed| claimed.message).collect();
        let mut messages = lock_messages(sql, ids.iter().map(|id| (workspace, *id)).collect()).await?;
        let gates = self.gates(sql, claimed, &ids).await?;
        let now = self.core.environment.now();
        let (mut attempts, mut words, mut closed, mut later) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (id, gate) in gates {
            let Some(message) = messages.get_mut(&id) else { continue };
            let mut word = |state, detail| {
                words.push(Word { workspace, message: id, state, source: "attempt", at: now, detail });
            };
            match gate {
                Gate::Ready(attempt) => {
                    word(DeliveryState::Sending, json!({ "attempt": attempt.id.number }));
                    attempts.push(attempt);
                }
                Gate::Later => later.push(id),
                Gate::Closed(why) => {
                    if let Some(why) = why {
                        word(DeliveryState::Failed, json!({ "reason": why.word }));
                        message.take(DeliveryState::Failed, Some((why.sentence, why.code)));
                    }
                    closed.push(message.conversation);
                }
            }
        }
        let numbers: Vec<i32> = attempts.iter().map(|attempt| attempt.id.number).collect();
        let sent: Vec<Uuid> = attempts.iter().map(|attempt| attempt.id.message).collect();
        sqlx::query!(
            "WITH written AS (
                 INSERT INTO attempts (workspace_id, message_id, number, started_at)
                 SELECT $1, message_id, number, now() FROM unnest($2::uuid[], $3::integer[]) AS a (message_id, number)
             ), told AS (
                 UPDATE outbox o SET attempt = a.number FROM unnest($2::uuid[], $3::integer[]) AS a (message_id, number)
                 WHERE o.workspace_id = $1 AND o.message_id = a.message_id
             )
             UPDATE messages SET state = 'sending' WHERE workspace_id = $1 AND id = ANY($2)",
            workspace,
            &sent,
            &numbers
        )
        .execute(&mut *sql)
        .await?;
        if !later.is_empty() {
            sqlx::query!(
                "UPDATE outbox SET fence = NULL, due_at = now() + interval '1 minute' WHERE workspace_id = $1 AND message_id = ANY($2)",
                workspace,
                &later
            )
            .execute(&mut *sql)
            .await?;
        }
        if !closed.is_empty() {
            let gone: Vec<Uuid> = ids.into_iter().filter(|id| !sent.contains(id) && !later.contains(id)).collect();
            lock_conversations(sql, workspace, &closed).await?;
            save_messages(sql, messages.into_values(), log).await?;
            sqlx::query!(
                "DELETE FROM outbox WHERE workspace_id = $1 AND message_id = ANY($2) AND fence = $3",
                workspace,
                &gone,
                self.fence
            )
            .execute(&mut *sql)
            .await?;
            promote(sql, workspace, &closed).await?;
        }
        record(&self.core, sql, &words).await?;
        Ok(attempts)
    }

    async fn gates(
        &self,
        sql: &mut PgConnection,
        claimed: Vec<Claimed>,
        ids: &[Uuid],
    ) -> Result<Vec<(Uuid, Gate)>, Failure> {
        let now = self.core.environment.now();
        // The window by the database's clock and by ours: a clock that is wrong must not send after it closed.
        let rows = sqlx::query!(
            r#"SELECT m.id, m.state AS "state!", m.content, c.last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp",
                      coalesce(c.last_inbound_at > now() - interval '23 hours 59 minutes', false) AS "open!",
                      (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'phone' ORDER BY i.created_at DESC, i.value LIMIT 1) AS phone,
                      (SELECT i.value FROM identities i WHERE i.workspace_id = c.workspace_id AND i.contact_id = c.contact_id AND i.kind = 'bsuid' ORDER BY i.created_at DESC, i.value LIMIT 1) AS user_id,
                      (SELECT coalesce(max(a.number), 0) + 1 FROM attempts a WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id) AS "number!"
               FROM messages m JOIN conversations c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
               WHERE m.workspace_id = $1 AND m.id = ANY($2)"#,
            Uuid::from(self.workspace),
            ids
        )
        .fetch_all(sql)
        .await?;
        let mut found: HashMap<Uuid, _> = rows.into_iter().map(|row| (row.id, row)).collect();
        let mut gates = Vec::with_capacity(claimed.len());
        for claimed in claimed {
            let Some(row) = found.remove(&claimed.message) else { continue };
            let window = WindowState::at(now, row.last_inbound_at.map(jiff_sqlx::Timestamp::to_jiff));
            let to = match (row.phone, row.user_id) {
                (Some(phone), _) => Some(Recipient::Phone(phone)),
                (None, Some(user_id)) => Some(Recipient::UserId(user_id)),
                (None, None) => None,
            };
            let gate = match (row::state(&row.state)?, to, serde_json::from_value::<Content>(row.content)) {
                (state, ..) if state != DeliveryState::Queued => Gate::Closed(None),
                _ if !window.is_open() || !row.open => Gate::Closed(Some(WINDOW_CLOSED)),
                (_, None, _) => Gate::Closed(Some(NO_ADDRESS)),
                (_, _, Err(_)) => Gate::Later,
                (_, Some(to), Ok(Content::Text { body })) => {
                    let sent_as = CallbackData { message: MessageId::from(claimed.message), attempt: Some(row.number) };
                    Gate::Ready(Attempt {
                        id: AttemptId {
                            message: claimed.message,
                            conversation: claimed.conversation,
                            number: row.number,
                        },
                        tries: u32::try_from(claimed.tries).unwrap_or_default(),
                        outgoing: OutgoingMessage {
                            to,
                            content: OutgoingContent::text(body),
                            context_message_id: None,
                            callback_data: Some(sent_as.write()),
                        },
                    })
                }
                _ => Gate::Closed(Some(NOT_SENT_YET)),
            };
            gates.push((claimed.message, gate));
        }
        Ok(gates)
    }

    async fn try_finish(&self, ends: &[Finished]) -> Result<(), Failure> {
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

    async fn try_stopped(&self, failure: Option<&SendFailure>) -> Result<(), Failure> {
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

/// Locks conversations in the order everybody does: who adds to their queues, and who moves those on, take turns.
async fn lock_conversations(sql: &mut PgConnection, workspace: Uuid, ids: &[Uuid]) -> Result<(), Failure> {
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
async fn promote(sql: &mut PgConnection, workspace: Uuid, conversations: &[Uuid]) -> Result<(), Failure> {
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

/// The priority of a message that a person waits for.
pub(crate) const PERSON: i16 = 0;

/// Has a queued message sent, in the caller's transaction, which holds the lock of its conversation: behind everything
/// that waits there already. Ring [`Topic::Outbox`] after the commit.
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
