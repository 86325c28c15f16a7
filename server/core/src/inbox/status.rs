//! Meta's words about outgoing messages: sent, delivered, read, failed.
//!
//! Every word is a row of the flight recorder; the shown state only moves forward (`DeliveryState::after`). A word that
//! comes before our own request's answer is stored waits for it.

use std::collections::{BTreeMap, HashMap, HashSet};

use charla_shared::{
    event::Happening,
    id::{ChannelId, WorkspaceId},
    message::DeliveryState,
};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{CallbackData, row};
use crate::{Core, Failure, events::LogEntry};

/// A status read from a webhook.
#[derive(Debug, Clone)]
pub(crate) struct Status {
    /// Whose message.
    pub workspace: WorkspaceId,
    /// Where it came to.
    pub channel: ChannelId,
    /// Meta's id of the message.
    pub external_id: String,
    /// The attempt it is about, when Meta echoed what we sent along.
    pub sent_as: Option<CallbackData>,
    /// The news.
    pub state: DeliveryState,
    /// For failures: what happened and what to do, for people.
    pub failure: Option<String>,
    /// For failures: Meta's number of it.
    pub code: Option<i64>,
    /// Meta's error codes and prices, for the flight recorder.
    pub detail: Value,
    /// Meta's time.
    pub at: Option<Timestamp>,
}

/// An outgoing message as it stands, locked, and as it will be.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub workspace: Uuid,
    pub id: Uuid,
    pub channel: Uuid,
    pub conversation: Uuid,
    pub external_id: Option<String>,
    pub state: DeliveryState,
    /// Why it failed, when it did: for people, and Meta's number.
    pub failure: Option<(String, Option<i64>)>,
    pub changed: bool,
}

impl Outgoing {
    /// Moves it, if `news` is forward. Gives whether it moved.
    pub(crate) fn take(&mut self, news: DeliveryState, failure: Option<(&str, Option<i64>)>) -> bool {
        let Some(next) = self.state.after(news) else { return false };
        self.state = next;
        // Proof of arrival overrules a failure, and its words with it.
        self.failure = failure.filter(|_| next == DeliveryState::Failed).map(|(words, code)| (words.to_owned(), code));
        self.changed = true;
        true
    }

    /// Meta's id of it is known now.
    pub(crate) fn name(&mut self, external_id: &str) {
        if self.external_id.is_none() {
            self.external_id = Some(external_id.to_owned());
            self.changed = true;
        }
    }
}

/// A word for the flight recorder.
#[derive(Debug)]
pub(crate) struct Word {
    pub workspace: Uuid,
    pub message: Uuid,
    pub state: DeliveryState,
    /// `member`, `attempt` or `webhook`.
    pub source: &'static str,
    pub at: Timestamp,
    pub detail: Value,
}

/// Takes statuses in their order, in the caller's transaction, and gives the messages that change, which are yet to be
/// saved. A second delivery of a status has no effect.
pub(crate) async fn take_statuses(
    core: &Core,
    sql: &mut PgConnection,
    statuses: &[Status],
) -> Result<Vec<Outgoing>, Failure> {
    if statuses.is_empty() {
        return Ok(Vec::new());
    }
    let now = core.environment.now();
    let mut messages = lock_named(sql, statuses).await?;
    let by_external: HashMap<(Uuid, String), Uuid> =
        messages.values().filter_map(|m| Some(((m.channel, m.external_id.clone()?), m.id))).collect();
    let mut heard = heard(sql, &messages).await?;
    let (mut words, mut early) = (Vec::new(), Vec::new());
    for status in statuses {
        let channel = Uuid::from(status.channel);
        // By what we sent along; Meta's id of it is not known yet when our request's answer was lost or is on its way.
        let ours = status.sent_as.map(|sent| Uuid::from(sent.message)).filter(|id| {
            messages.get(id).is_some_and(|m| {
                m.channel == channel && m.external_id.as_ref().is_none_or(|known| *known == status.external_id)
            })
        });
        let found = ours.or_else(|| by_external.get(&(channel, status.external_id.clone())).copied());
        let Some(message) = found.and_then(|id| messages.get_mut(&id)) else {
            early.push(status);
            continue;
        };
        if !heard.insert((message.id, status.state)) {
            continue;
        }
        words.push(Word {
            workspace: message.workspace,
            message: message.id,
            state: status.state,
            source: "webhook",
            at: status.at.unwrap_or(now),
            detail: recorded(status),
        });
        message.name(&status.external_id);
        message.take(status.state, status.failure.as_deref().map(|words| (words, status.code)));
    }
    record(core, sql, &words).await?;
    keep_early(sql, &early, now).await?;
    Ok(messages.into_values().filter(|message| message.changed).collect())
}

fn recorded(status: &Status) -> Value {
    json!({ "news": status.detail, "failure": status.failure, "code": status.code })
}

/// The messages that statuses name, by our id or Meta's, locked in the order of their ids.
async fn lock_named(sql: &mut PgConnection, statuses: &[Status]) -> Result<BTreeMap<Uuid, Outgoing>, Failure> {
    let mut ids: Vec<(Uuid, Uuid)> =
        statuses.iter().filter_map(|status| Some((status.workspace.into(), status.sent_as?.message.into()))).collect();
    // What carries no data of ours was sent by a release before this one, or by something else.
    let others: Vec<&Status> = statuses.iter().filter(|status| status.sent_as.is_none()).collect();
    if !others.is_empty() {
        let workspaces: Vec<Uuid> = others.iter().map(|status| status.workspace.into()).collect();
        let channels: Vec<Uuid> = others.iter().map(|status| status.channel.into()).collect();
        let externals: Vec<&str> = others.iter().map(|status| status.external_id.as_str()).collect();
        let rows = sqlx::query!(
            "SELECT m.workspace_id, m.id
             FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS k (workspace_id, channel_id, external_id)
             JOIN messages m USING (workspace_id, channel_id, external_id)",
            &workspaces,
            &channels,
            &externals as _
        )
        .fetch_all(&mut *sql)
        .await?;
        ids.extend(rows.into_iter().map(|row| (row.workspace_id, row.id)));
    }
    lock(sql, ids).await
}

/// Outgoing messages, locked in the order of their ids: everybody who locks several does so in that order, and locks
/// messages before conversations.
pub(crate) async fn lock(
    sql: &mut PgConnection,
    mut ids: Vec<(Uuid, Uuid)>,
) -> Result<BTreeMap<Uuid, Outgoing>, Failure> {
    ids.sort_unstable();
    ids.dedup();
    let (workspaces, ids): (Vec<Uuid>, Vec<Uuid>) = ids.into_iter().unzip();
    let rows = sqlx::query!(
        r#"SELECT m.workspace_id, m.id, m.channel_id, m.conversation_id, m.external_id, m.state AS "state!", m.failure, m.failure_code
           FROM unnest($1::uuid[], $2::uuid[]) AS k (workspace_id, id) JOIN messages m USING (workspace_id, id)
           WHERE m.direction = 'out' ORDER BY m.workspace_id, m.id FOR NO KEY UPDATE OF m"#,
        &workspaces,
        &ids
    )
    .fetch_all(sql)
    .await?;
    rows.into_iter()
        .map(|row| {
            let message = Outgoing {
                workspace: row.workspace_id,
                id: row.id,
                channel: row.channel_id,
                conversation: row.conversation_id,
                external_id: row.external_id,
                state: row::state(&row.state)?,
                failure: row.failure.map(|words| (words, row.failure_code)),
                changed: false,
            };
            Ok((message.id, message))
        })
        .collect()
}

/// What Meta has said about these messages already.
async fn heard(
    sql: &mut PgConnection,
    messages: &BTreeMap<Uuid, Outgoing>,
) -> Result<HashSet<(Uuid, DeliveryState)>, Failure> {
    let workspaces: Vec<Uuid> = messages.values().map(|m| m.workspace).collect();
    let ids: Vec<Uuid> = messages.keys().copied().collect();
    let rows = sqlx::query!(
        "SELECT e.message_id, e.state FROM unnest($1::uuid[], $2::uuid[]) AS k (workspace_id, message_id)
         JOIN message_events e USING (workspace_id, message_id) WHERE e.source = 'webhook'",
        &workspaces,
        &ids
    )
    .fetch_all(sql)
    .await?;
    rows.into_iter().map(|row| Ok((row.message_id, row::state(&row.state)?))).collect()
}

/// Adds words to the flight recorders.
pub(crate) async fn record(core: &Core, sql: &mut PgConnection, words: &[Word]) -> Result<(), Failure> {
    if words.is_empty() {
        return Ok(());
    }
    let workspaces: Vec<Uuid> = words.iter().map(|word| word.workspace).collect();
    let messages: Vec<Uuid> = words.iter().map(|word| word.message).collect();
    let ids: Vec<Uuid> = words.iter().map(|_| core.environment.id()).collect();
    let states: Vec<&str> = words.iter().map(|word| word.state.name()).collect();
    let sources: Vec<&str> = words.iter().map(|word| word.source).collect();
    let times: Vec<jiff_sqlx::Timestamp> = words.iter().map(|word| word.at.to_sqlx()).collect();
    let details: Vec<&Value> = words.iter().map(|word| &word.detail).collect();
    sqlx::query!(
        "INSERT INTO message_events (workspace_id, message_id, id, state, source, at, detail)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[])",
        &workspaces,
        &messages,
        &ids,
        &states as _,
        &sources as _,
        &times as _,
        &details as _
    )
    .execute(sql)
    .await?;
    Ok(())
}

async fn keep_early(sql: &mut PgConnection, early: &[&Status], now: Timestamp) -> Result<(), Failure> {
    if early.is_empty() {
        return Ok(());
    }
    // Ordered, so that two batches with the same words cannot wait for each other.
    let mut early = early.to_vec();
    early.sort_by(|a, b| (a.channel, &a.external_id, a.state.name()).cmp(&(b.channel, &b.external_id, b.state.name())));
    let workspaces: Vec<Uuid> = early.iter().map(|status| status.workspace.into()).collect();
    let channels: Vec<Uuid> = early.iter().map(|status| status.channel.into()).collect();
    let externals: Vec<&str> = early.iter().map(|status| status.external_id.as_str()).collect();
    let states: Vec<&str> = early.iter().map(|status| status.state.name()).collect();
    let details: Vec<Value> = early.iter().map(|status| recorded(status)).collect();
    let times: Vec<jiff_sqlx::Timestamp> = early.iter().map(|status| status.at.unwrap_or(now).to_sqlx()).collect();
    sqlx::query!(
        "INSERT INTO early_statuses (workspace_id, channel_id, external_id, status, detail, at)
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::timestamptz[])
         ON CONFLICT DO NOTHING",
        &workspaces,
        &channels,
        &externals as _,
        &states as _,
        &details,
        &times as _
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// The statuses that came before our own answers: they take effect now that the messages have Meta's ids. Gives the
/// words for the recorder.
pub(crate) async fn take_early(
    sql: &mut PgConnection,
    messages: &mut BTreeMap<Uuid, Outgoing>,
    accepted: &[Uuid],
) -> Result<Vec<Word>, Failure> {
    let named: Vec<&Outgoing> =
        accepted.iter().filter_map(|id| messages.get(id)).filter(|m| m.external_id.is_some()).collect();
    let workspaces: Vec<Uuid> = named.iter().map(|m| m.workspace).collect();
    let channels: Vec<Uuid> = named.iter().map(|m| m.channel).collect();
    let externals: Vec<String> = named.iter().filter_map(|m| m.external_id.clone()).collect();
    let ids: HashMap<(Uuid, &str), Uuid> =
        named.iter().filter_map(|m| Some(((m.channel, m.external_id.as_deref()?), m.id))).collect();
    let rows = sqlx::query!(
        r#"DELETE FROM early_statuses s
           USING unnest($1::uuid[], $2::uuid[], $3::text[]) AS k (workspace_id, channel_id, external_id)
           WHERE s.workspace_id = k.workspace_id AND s.channel_id = k.channel_id AND s.external_id = k.external_id
           RETURNING s.channel_id, s.external_id, s.status, s.detail, s.at AS "at: jiff_sqlx::Timestamp""#,
        &workspaces,
        &channels,
        &externals
    )
    .fetch_all(sql)
    .await?;
    let mut early: Vec<(Uuid, DeliveryState, Value, Timestamp)> = rows
        .into_iter()
        .filter_map(|row| Some((*ids.get(&(row.channel_id, row.external_id.as_str()))?, row)))
        .map(|(id, row)| Ok((id, row::state(&row.status)?, row.detail.unwrap_or_default(), row.at.to_jiff())))
        .collect::<Result<_, Failure>>()?;
    early.sort_by_key(|(_, _, _, at)| *at);
    let mut words = Vec::new();
    for (id, state, detail, at) in early {
        let Some(message) = messages.get_mut(&id) else { continue };
        let failure = detail["failure"].as_str().map(|words| (words, detail["code"].as_i64()));
        message.take(state, failure);
        words.push(Word {
            workspace: message.workspace,
            message: id,
            state,
            source: "webhook",
            at,
            detail: detail.clone(),
        });
    }
    Ok(words)
}

/// Stores what has changed, the ticks in the list with it, and tells the readers.
pub(crate) async fn save(
    sql: &mut PgConnection,
    messages: impl Iterator<Item = Outgoing>,
    log: &mut Vec<LogEntry>,
) -> Result<(), Failure> {
    let changed: Vec<Outgoing> = messages.filter(|message| message.changed).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let workspaces: Vec<Uuid> = changed.iter().map(|m| m.workspace).collect();
    let ids: Vec<Uuid> = changed.iter().map(|m| m.id).collect();
    let conversations: Vec<Uuid> = changed.iter().map(|m| m.conversation).collect();
    let states: Vec<&str> = changed.iter().map(|m| m.state.name()).collect();
    let externals: Vec<Option<&str>> = changed.iter().map(|m| m.external_id.as_deref()).collect();
    let failures: Vec<Option<&str>> = changed.iter().map(|m| m.failure.as_ref().map(|(w, _)| w.as_str())).collect();
    let codes: Vec<Option<i64>> = changed.iter().map(|m| m.failure.as_ref().and_then(|(_, code)| *code)).collect();
    sqlx::query!(
        "UPDATE messages m SET state = n.state, external_id = n.external_id, failure = n.failure, failure_code = n.failure_code
         FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[])
             AS n (workspace_id, id, state, external_id, failure, failure_code)
         WHERE m.workspace_id = n.workspace_id AND m.id = n.id",
        &workspaces,
        &ids,
        &states as _,
        &externals as _,
        &failures as _,
        &codes as _
    )
    .execute(&mut *sql)
    .await?;
    // Conversations in order, those only whose last message this is.
    sqlx::query!(
        "WITH last AS (
             SELECT c.workspace_id, c.id, n.state
             FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[]) AS n (workspace_id, conversation_id, message_id, state)
             JOIN conversations c ON c.workspace_id = n.workspace_id AND c.id = n.conversation_id
             WHERE c.last_message_id = n.message_id
             ORDER BY c.workspace_id, c.channel_id, c.contact_id FOR NO KEY UPDATE OF c
         )
         UPDATE conversations c SET preview = jsonb_set(c.preview, '{state}', to_jsonb(last.state))
         FROM last WHERE c.workspace_id = last.workspace_id AND c.id = last.id",
        &workspaces,
        &conversations,
        &ids,
        &states as _
    )
    .execute(sql)
    .await?;
    for message in &changed {
        log.push(LogEntry {
            workspace: message.workspace.into(),
            happening: Happening::MessageUpdated {
                conversation: message.conversation.into(),
                message: message.id.into(),
            },
        });
    }
    Ok(())
}

/// How long statuses wait for a message that nobody has heard of: longer than Meta goes on delivering (meta-api.md §4.6).
const EARLY: SignedDuration = SignedDuration::from_hours(8 * 24);

/// Removes some statuses of messages that were sent by something else than us. Gives how many went.
pub(crate) async fn sweep(core: &Core, now: Timestamp) -> Result<u64, Failure> {
    let Ok(before) = now.checked_sub(EARLY) else { return Ok(0) };
    let swept = sqlx::query!(
        "DELETE FROM early_statuses WHERE ctid = ANY (ARRAY (SELECT ctid FROM early_statuses WHERE at < $1 LIMIT 5000))",
        before.to_sqlx() as _
    )
    .execute(core.database.worker_pool())
    .await?;
    Ok(swept.rows_affected())
}
