//! Customers' messages come in: identity → contact → conversation → message → event, in one transaction, each once. A
//! message that asks for an answer opens its conversation again, and from the first of them on its customer waits. What
//! was resolved before it is waited for no more.
//!
//! Many at a time: a batch costs a dozen statements, however many messages it holds.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use charla_shared::{
    conversation::{Preview, Status},
    entry::EntryContent,
    event::Happening,
    id::{ChannelId, ContactId, WorkspaceId},
    message::{Content, Direction},
    text,
};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{
    Outgoing,
    entries::{self, NewThreadEntry},
};
use crate::{
    Core, Failure,
    contacts::{self, Known},
    events::LogEntry,
};

/// A message of a customer, read from a webhook.
#[derive(Debug, Clone)]
pub(crate) struct Inbound {
    /// Whose customer.
    pub workspace: WorkspaceId,
    /// Where it came to.
    pub channel: ChannelId,
    /// Who wrote it.
    pub sender: Known,
    /// Meta's id of it.
    pub external_id: String,
    /// Meta's time.
    pub at: Option<Timestamp>,
    /// What it holds; texts are cleaned.
    pub content: Content,
    /// Meta's id of the message it answers to; at most 256 characters.
    pub quoted: Option<String>,
}

/// What became of an inbound message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Received {
    /// It is stored.
    Stored,
    /// It was there already; nothing changed.
    Duplicate,
    /// Nothing says who sent it.
    Anonymous,
}

/// A contact on a channel of a workspace.
type Place = (Uuid, Uuid, Uuid);

/// A conversation as it stands, locked, and as it will be.
#[derive(Debug, Clone)]
struct Open {
    id: Uuid,
    arrived: i32,
    preview: Value,
    last_message_id: Uuid,
    last_message_at: Timestamp,
    last_inbound_at: Option<Timestamp>,
    /// Whether its status is open.
    at_work: bool,
    resolved: bool,
    settled_through: i32,
    /// When the message came that opened it again.
    reopened: Option<Timestamp>,
    waiting_since: Option<Timestamp>,
    changed: bool,
}

/// A message about to be stored.
struct New<'a> {
    inbound: &'a Inbound,
    id: Uuid,
    conversation: Uuid,
    at: Timestamp,
    arrival: i32,
}

/// Stores customers' messages in their order, in the caller's transaction, and adds what readers are to hear to `log`.
/// A second delivery of a message has no effect. Gives an outcome for each. The conversations of `outgoing`, which the
/// caller changes afterwards, are locked together with those of the messages.
pub(crate) async fn receive(
    core: &Core,
    sql: &mut PgConnection,
    messages: &[Inbound],
    outgoing: &[Outgoing],
    log: &mut Vec<LogEntry>,
) -> Result<Vec<Received>, Failure> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let now = core.environment.now();
    let known: Vec<(WorkspaceId, &Known)> = messages.iter().map(|m| (m.workspace, &m.sender)).collect();
    let contacts = contacts::recognise(core, sql, &known).await?;
    let mut open = open(core, sql, (messages, &contacts), outgoing, now).await?;
    // After the lock on their conversations: whoever stores the same message waits there.
    let mut there = stored(sql, messages).await?;

    let mut outcomes = Vec::with_capacity(messages.len());
    let mut news: Vec<New<'_>> = Vec::new();
    for (inbound, contact) in messages.iter().zip(&contacts) {
        let Some(contact) = contact else {
            outcomes.push(Received::Anonymous);
            continue;
        };
        let conversation = open
            .get_mut(&place(inbound, *contact))
            .ok_or_else(|| Failure::Corrupt("a conversation that was just opened is not there".to_owned()))?;
        if !there.insert((inbound.channel.into(), inbound.external_id.clone())) {
            outcomes.push(Received::Duplicate);
            continue;
        }
        // A time from the future would stand at the end of the thread for ever; but a clock of ours that jumped back must
        // not put an answer before its question.
        let latest = now.max(conversation.after_all());
        let at = inbound.at.map_or(latest, |at| at.min(latest));
        let id: Uuid = core.environment.id();
        conversation.take(id, at, inbound)?;
        news.push(New { inbound, id, conversation: conversation.id, at, arrival: conversation.arrived });
        log.push(LogEntry {
            workspace: inbound.workspace,
            happening: Happening::MessageCreated { conversation: conversation.id.into(), message: id.into() },
        });
        outcomes.push(Received::Stored);
    }
    insert(sql, &news, now).await?;
    update(sql, &open).await?;
    tell_reopened(core, sql, &open, now, log).await?;
    close_empty(sql, &open).await?;
    Ok(outcomes)
}

/// Conversations that were opened for nothing: their only message stands in another one already, because its sender has
/// become somebody else's contact since.
async fn close_empty(sql: &mut PgConnection, open: &HashMap<Place, Open>) -> Result<(), Failure> {
    let empty = open.iter().filter(|(_, open)| open.last_message_id.is_nil());
    let (workspaces, empty): (Vec<Uuid>, Vec<Uuid>) = empty.map(|(place, open)| (place.0, open.id)).unzip();
    if !empty.is_empty() {
        sqlx::query!(
            "DELETE FROM conversations WHERE (workspace_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
                                         AND last_message_id = '00000000-0000-0000-0000-000000000000'",
            &workspaces,
            &empty
        )
        .execute(sql)
        .await?;
    }
    Ok(())
}

/// Threads of conversations that the customer opened again say so, once each.
async fn tell_reopened(
    core: &Core,
    sql: &mut PgConnection,
    open: &HashMap<Place, Open>,
    now: Timestamp,
    log: &mut Vec<LogEntry>,
) -> Result<(), Failure> {
    let mut reopened = Vec::new();
    for (place, open) in open {
        let Some(at) = open.reopened else { continue };
        let id = core.environment.id();
        reopened.push(NewThreadEntry {
            workspace: place.0,
            id,
            conversation: open.id,
            author: None,
            content: EntryContent::Status { status: Status::Open, until: None, reason: None, by_customer: true },
            // A message that comes late has its place among those of its time; its effect is of now.
            at: now.max(at),
        });
        log.push(LogEntry {
            workspace: place.0.into(),
            happening: Happening::EntryCreated { conversation: open.id.into(), entry: id.into() },
        });
    }
    entries::add(sql, &reopened).await
}

fn place(inbound: &Inbound, contact: ContactId) -> Place {
    (inbound.workspace.into(), inbound.channel.into(), contact.into())
}

impl Open {
    /// The moment after its last message.
    fn after_all(&self) -> Timestamp {
        self.last_message_at.checked_add(SignedDuration::from_micros(1)).unwrap_or(self.last_message_at)
    }

    /// A message arrives. One that comes late takes its place in the thread, but neither the preview nor the order of the
    /// list.
    fn take(&mut self, id: Uuid, at: Timestamp, inbound: &Inbound) -> Result<(), Failure> {
        self.arrived += 1;
        self.changed = true;
        if at >= self.last_message_at || self.last_message_id.is_nil() {
            self.preview = preview(&inbound.content)?;
            self.last_message_id = id;
            self.last_message_at = at;
        }
        self.last_inbound_at = Some(self.last_inbound_at.map_or(at, |last| last.max(at)));
        if inbound.content.asks_for_an_answer() {
            if self.resolved {
                (self.resolved, self.settled_through, self.waiting_since) = (false, self.arrived - 1, None);
            }
            self.waiting_since.get_or_insert(at);
            if !self.at_work {
                (self.at_work, self.reopened) = (true, Some(at));
            }
        }
        Ok(())
    }
}

fn preview(content: &Content) -> Result<Value, Failure> {
    Ok(serde_json::to_value(Preview {
        direction: Direction::In,
        content_type: content.type_name().to_owned(),
        text: text::shorten(&text::clean_line(content.words().unwrap_or_default()), 120),
        state: None,
    })?)
}

/// The conversations of these messages, locked in the order of their keys; those that are new are opened.
async fn open(
    core: &Core,
    sql: &mut PgConnection,
    (messages, contacts): (&[Inbound], &[Option<ContactId>]),
    outgoing: &[Outgoing],
    now: Timestamp,
) -> Result<HashMap<Place, Open>, Failure> {
    // The first message of each place, for what a new conversation begins with.
    let mut places: HashMap<Place, (&Inbound, Timestamp)> = HashMap::new();
    for (inbound, contact) in messages.iter().zip(contacts) {
        let Some(contact) = contact else { continue };
        if let Entry::Vacant(vacant) = places.entry(place(inbound, *contact)) {
            vacant.insert((inbound, inbound.at.map_or(now, |at| at.min(now))));
        }
    }
    let mut open = HashMap::new();
    lock(sql, places.keys(), outgoing, &mut open).await?;
    let mut missing: Vec<(&Place, &(&Inbound, Timestamp))> =
        places.iter().filter(|(place, _)| !open.contains_key(*place)).collect();
    if missing.is_empty() {
        return Ok(open);
    }
    missing.sort_unstable_by_key(|(place, _)| **place);
    let column = |of: fn(&Place) -> Uuid| missing.iter().map(|(place, _)| of(place)).collect::<Vec<Uuid>>();
    let ids: Vec<Uuid> = missing.iter().map(|_| core.environment.id()).collect();
    let previews =
        missing.iter().map(|(_, (inbound, _))| preview(&inbound.content)).collect::<Result<Vec<Value>, _>>()?;
    let times: Vec<jiff_sqlx::Timestamp> = missing.iter().map(|(_, (_, at))| at.to_sqlx()).collect();
    // The message it begins with has no row yet: a nil id stands for it until `update`.
    sqlx::query!(
        "INSERT INTO conversations (workspace_id, id, channel_id, contact_id, preview, last_message_id, last_message_at, created_at)
         SELECT workspace_id, id, channel_id, contact_id, preview, '00000000-0000-0000-0000-000000000000', at, $7
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::jsonb[], $6::timestamptz[])
             AS c (workspace_id, id, channel_id, contact_id, preview, at)
         ON CONFLICT (workspace_id, channel_id, contact_id) DO NOTHING",
        &column(|place| place.0),
        &ids,
        &column(|place| place.1),
        &column(|place| place.2),
        &previews,
        &times as _,
        now.to_sqlx() as _
    )
    .execute(&mut *sql)
    .await?;
    lock(sql, missing.into_iter().map(|(place, _)| place), &[], &mut open).await?;
    Ok(open)
}

async fn lock(
    sql: &mut PgConnection,
    places: impl Iterator<Item = &Place>,
    outgoing: &[Outgoing],
    open: &mut HashMap<Place, Open>,
) -> Result<(), Failure> {
    let mut places: Vec<&Place> = places.collect();
    places.sort_unstable();
    let column = |of: fn(&Place) -> Uuid| places.iter().map(|place| of(place)).collect::<Vec<Uuid>>();
    let workspaces: Vec<Uuid> = outgoing.iter().map(|message| message.workspace).collect();
    let ids: Vec<Uuid> = outgoing.iter().map(|message| message.conversation).collect();
    // Served by the unique key and the primary key of conversations.
    let rows = sqlx::query!(
        r#"WITH wanted AS (
               SELECT c.workspace_id, c.id
               FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS p (workspace_id, channel_id, contact_id)
               JOIN conversations c USING (workspace_id, channel_id, contact_id)
               UNION
               SELECT * FROM unnest($4::uuid[], $5::uuid[])
           )
           SELECT c.workspace_id, c.id, c.channel_id, c.contact_id, c.arrived, c.preview, c.last_message_id,
                  c.last_message_at AS "last_message_at: jiff_sqlx::Timestamp",
                  c.last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp", c.status = 'open' AS "at_work!",
                  c.status = 'resolved' AS "resolved!", c.settled_through,
                  c.waiting_since AS "waiting_since: jiff_sqlx::Timestamp"
           FROM wanted JOIN conversations c USING (workspace_id, id)
           ORDER BY c.workspace_id, c.channel_id, c.contact_id FOR NO KEY UPDATE OF c"#,
        &column(|place| place.0),
        &column(|place| place.1),
        &column(|place| place.2),
        &workspaces,
        &ids
    )
    .fetch_all(sql)
    .await?;
    for row in rows {
        let state = Open {
            id: row.id,
            arrived: row.arrived,
            preview: row.preview,
            last_message_id: row.last_message_id,
            last_message_at: row.last_message_at.to_jiff(),
            last_inbound_at: row.last_inbound_at.map(jiff_sqlx::Timestamp::to_jiff),
            at_work: row.at_work,
            resolved: row.resolved,
            settled_through: row.settled_through,
            reopened: None,
            waiting_since: row.waiting_since.map(jiff_sqlx::Timestamp::to_jiff),
            changed: false,
        };
        open.insert((row.workspace_id, row.channel_id, row.contact_id), state);
    }
    Ok(())
}

/// Which of these messages are stored already, by channel and Meta's id.
async fn stored(sql: &mut PgConnection, messages: &[Inbound]) -> Result<HashSet<(Uuid, String)>, Failure> {
    let workspaces: Vec<Uuid> = messages.iter().map(|m| m.workspace.into()).collect();
    let channels: Vec<Uuid> = messages.iter().map(|m| m.channel.into()).collect();
    let externals: Vec<&str> = messages.iter().map(|m| m.external_id.as_str()).collect();
    let rows = sqlx::query!(
        r#"SELECT m.channel_id, m.external_id AS "external_id!"
           FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS k (workspace_id, channel_id, external_id)
           JOIN messages m USING (workspace_id, channel_id, external_id)"#,
        &workspaces,
        &channels,
        &externals as _
    )
    .fetch_all(sql)
    .await?;
    Ok(rows.into_iter().map(|row| (row.channel_id, row.external_id)).collect())
}

async fn insert(sql: &mut PgConnection, news: &[New<'_>], now: Timestamp) -> Result<(), Failure> {
    if news.is_empty() {
        return Ok(());
    }
    let column = |of: fn(&New<'_>) -> Uuid| news.iter().map(of).collect::<Vec<Uuid>>();
    let externals: Vec<&str> = news.iter().map(|new| new.inbound.external_id.as_str()).collect();
    let contents =
        news.iter().map(|new| serde_json::to_value(&new.inbound.content)).collect::<Result<Vec<Value>, _>>()?;
    let times: Vec<jiff_sqlx::Timestamp> = news.iter().map(|new| new.at.to_sqlx()).collect();
    let quoted: Vec<Option<&str>> = news.iter().map(|new| new.inbound.quoted.as_deref()).collect();
    let arrivals: Vec<i32> = news.iter().map(|new| new.arrival).collect();
    sqlx::query!(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content, external_id, at, created_at, arrival, quoted_external_id)
         SELECT workspace_id, id, conversation_id, channel_id, 'in', 'contact', content, external_id, at, $8, arrival, quoted
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::jsonb[], $6::text[], $7::timestamptz[], $9::integer[], $10::text[])
             AS m (workspace_id, id, conversation_id, channel_id, content, external_id, at, arrival, quoted)",
        &column(|new| new.inbound.workspace.into()),
        &column(|new| new.id),
        &column(|new| new.conversation),
        &column(|new| new.inbound.channel.into()),
        &contents,
        &externals as _,
        &times as _,
        now.to_sqlx() as _,
        &arrivals,
        &quoted as _
    )
    .execute(sql)
    .await?;
    Ok(())
}

async fn update(sql: &mut PgConnection, open: &HashMap<Place, Open>) -> Result<(), Failure> {
    let changed: Vec<(&Place, &Open)> = open.iter().filter(|(_, open)| open.changed).collect();
    if changed.is_empty() {
        return Ok(());
    }
    let workspaces: Vec<Uuid> = changed.iter().map(|(place, _)| place.0).collect();
    let ids: Vec<Uuid> = changed.iter().map(|(_, open)| open.id).collect();
    let arrived: Vec<i32> = changed.iter().map(|(_, open)| open.arrived).collect();
    let previews: Vec<&Value> = changed.iter().map(|(_, open)| &open.preview).collect();
    let last_ids: Vec<Uuid> = changed.iter().map(|(_, open)| open.last_message_id).collect();
    let last_times: Vec<jiff_sqlx::Timestamp> = changed.iter().map(|(_, o)| o.last_message_at.to_sqlx()).collect();
    let inbound_times: Vec<Option<jiff_sqlx::Timestamp>> =
        changed.iter().map(|(_, open)| open.last_inbound_at.map(ToSqlx::to_sqlx)).collect();
    let waiting: Vec<Option<jiff_sqlx::Timestamp>> =
        changed.iter().map(|(_, open)| open.waiting_since.map(ToSqlx::to_sqlx)).collect();
    let settled: Vec<i32> = changed.iter().map(|(_, open)| open.settled_through).collect();
    let reopened: Vec<bool> = changed.iter().map(|(_, open)| open.reopened.is_some()).collect();
    sqlx::query!(
        "UPDATE conversations c
         SET arrived = n.arrived, preview = n.preview, last_message_id = n.last_message_id, last_message_at = n.last_message_at,
             last_inbound_at = n.last_inbound_at, waiting_since = n.waiting_since, settled_through = n.settled_through,
             status = CASE WHEN n.reopened THEN 'open' ELSE c.status END,
             snoozed_until = CASE WHEN NOT n.reopened THEN c.snoozed_until END
         FROM unnest($1::uuid[], $2::uuid[], $3::integer[], $4::jsonb[], $5::uuid[], $6::timestamptz[], $7::timestamptz[],
                     $8::timestamptz[], $9::boolean[], $10::integer[])
             AS n (workspace_id, id, arrived, preview, last_message_id, last_message_at, last_inbound_at, waiting_since, reopened,
                   settled_through)
         WHERE c.workspace_id = n.workspace_id AND c.id = n.id",
        &workspaces,
        &ids,
        &arrived,
        &previews as _,
        &last_ids,
        &last_times as _,
        &inbound_times as _,
        &waiting as _,
        &reopened,
        &settled
    )
    .execute(sql)
    .await?;
    Ok(())
}
