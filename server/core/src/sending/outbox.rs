//! The outbox in Postgres: fetching what is due, asking the gate, writing attempts down. What became of them is stored by
//! [`outcomes`](super::outcomes).
//!
//! Locks are taken in one order everywhere: messages, then conversations, then rows of the outbox that are not one's own.

use std::{collections::HashMap, time::Duration};

use async_trait::async_trait;
use charla_meta::graph::{OutgoingContent, OutgoingMessage, Recipient, SendFailure};
use charla_shared::{
    conversation::WindowState,
    id::{ChannelId, MessageId, WorkspaceId},
    message::{Content, DeliveryState},
};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    engine::{Attempt, AttemptId, Begun, End, Finished, NotOurs, Outbox},
    queue::{lock_conversations, promote},
};
use crate::{
    Core, DatabaseError, Failure,
    events::{self, LogEntry, Topic},
    inbox::{CallbackData, Word, lock_messages, record, row, save_messages},
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
    Ready(Box<Attempt>),
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
                    attempts.push(*attempt);
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
            r#"SELECT m.id, m.state AS "state!", m.content, m.quoted_external_id, c.last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp",
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
                    Gate::Ready(Box::new(Attempt {
                        id: AttemptId {
                            message: claimed.message,
                            conversation: claimed.conversation,
                            number: row.number,
                        },
                        tries: u32::try_from(claimed.tries).unwrap_or_default(),
                        outgoing: OutgoingMessage {
                            to,
                            content: OutgoingContent::text(body),
                            context_message_id: row.quoted_external_id,
                            callback_data: Some(sent_as.write()),
                        },
                    }))
                }
                _ => Gate::Closed(Some(NOT_SENT_YET)),
            };
            gates.push((claimed.message, gate));
        }
        Ok(gates)
    }
}
