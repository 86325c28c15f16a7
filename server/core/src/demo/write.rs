//! Stories into the database, many at a time: a statement a table, in one transaction. Nothing is put into the outbox and
//! nobody is told, so nothing of it is ever sent.

use charla_shared::{
    conversation::Preview,
    message::{DeliveryState, Direction},
    text,
};
use jiff_sqlx::ToSqlx;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::story::{Author, Entry, Message, Scene, Step, Story, failure};
use crate::{Core, Failure};

/// Rows of one statement.
const ROWS: usize = 2_000;

/// Stores the stories, all or none.
pub(super) async fn write(core: &Core, scene: &Scene, stories: &[Story]) -> Result<(), Failure> {
    let mut tx = core.database.worker().await?;
    // What a crash of the computer takes with it can be made again.
    sqlx::query!("SET LOCAL synchronous_commit = off").execute(&mut *tx).await?;
    contacts(&mut tx, scene, stories).await?;
    conversations(&mut tx, scene, stories).await?;
    let all: Vec<(&Story, &Message)> =
        stories.iter().flat_map(|story| story.messages.iter().map(move |message| (story, message))).collect();
    for some in all.chunks(ROWS) {
        messages(&mut tx, scene, some).await?;
    }
    let all: Vec<(&Message, &Step)> =
        all.iter().flat_map(|(_, message)| message.steps.iter().map(move |step| (*message, step))).collect();
    for some in all.chunks(ROWS) {
        steps(&mut tx, scene, some).await?;
    }
    entries(&mut tx, scene, stories).await?;
    marks(&mut tx, scene, stories).await?;
    tx.commit().await?;
    Ok(())
}

async fn contacts(sql: &mut PgConnection, scene: &Scene, stories: &[Story]) -> Result<(), Failure> {
    let ids: Vec<Uuid> = stories.iter().map(|story| story.contact).collect();
    let names: Vec<&str> = stories.iter().map(|story| story.person.name.as_str()).collect();
    let usernames: Vec<Option<&str>> = stories.iter().map(|story| story.person.username.as_deref()).collect();
    let kinds: Vec<&str> = stories.iter().map(|story| story.person.identity.0).collect();
    let values: Vec<&str> = stories.iter().map(|story| story.person.identity.1.as_str()).collect();
    let times: Vec<jiff_sqlx::Timestamp> = stories.iter().map(|story| story.began().to_sqlx()).collect();
    sqlx::query!(
        "INSERT INTO contacts (workspace_id, id, name, username, created_at)
         SELECT $1, id, name, username, at
         FROM unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) AS c (id, name, username, at)",
        scene.workspace,
        &ids,
        &names as _,
        &usernames as _,
        &times as _
    )
    .execute(&mut *sql)
    .await?;
    sqlx::query!(
        "INSERT INTO identities (workspace_id, kind, value, contact_id, created_at)
         SELECT $1, kind, value, contact_id, at
         FROM unnest($2::text[], $3::text[], $4::uuid[], $5::timestamptz[]) AS i (kind, value, contact_id, at)",
        scene.workspace,
        &kinds as _,
        &values as _,
        &ids,
        &times as _
    )
    .execute(sql)
    .await?;
    Ok(())
}

fn preview(message: &Message) -> Result<Value, Failure> {
    let direction = if message.author == Author::Contact { Direction::In } else { Direction::Out };
    Ok(serde_json::to_value(Preview {
        direction,
        content_type: message.content.type_name().to_owned(),
        text: text::shorten(&text::clean_line(message.content.words().unwrap_or_default()), 120),
        state: message.state,
    })?)
}

async fn conversations(sql: &mut PgConnection, scene: &Scene, stories: &[Story]) -> Result<(), Failure> {
    let told: Vec<(&Story, &Message)> =
        stories.iter().filter_map(|story| story.messages.last().map(|last| (story, last))).collect();
    let ids: Vec<Uuid> = told.iter().map(|(story, _)| story.id).collect();
    let contacts: Vec<Uuid> = told.iter().map(|(story, _)| story.contact).collect();
    let arrived: Vec<i32> = told.iter().map(|(story, _)| story.arrived).collect();
    let read_through: Vec<i32> = told.iter().map(|(story, _)| story.read_through).collect();
    let previews = told.iter().map(|(_, last)| preview(last)).collect::<Result<Vec<Value>, _>>()?;
    let last_ids: Vec<Uuid> = told.iter().map(|(_, last)| last.id).collect();
    let last_times: Vec<jiff_sqlx::Timestamp> = told.iter().map(|(_, last)| last.at.to_sqlx()).collect();
    let optional = |of: fn(&Story) -> Option<jiff::Timestamp>| -> Vec<Option<jiff_sqlx::Timestamp>> {
        told.iter().map(|(story, _)| of(story).map(ToSqlx::to_sqlx)).collect()
    };
    let inbound_times = optional(|story| story.last_inbound_at);
    let created: Vec<jiff_sqlx::Timestamp> = told.iter().map(|(story, _)| story.began().to_sqlx()).collect();
    let statuses: Vec<&str> = told.iter().map(|(story, _)| story.status.name()).collect();
    let snoozes = optional(|story| story.snoozed_until);
    let assignees: Vec<Option<Uuid>> =
        told.iter().map(|(story, _)| story.assignee.as_ref().map(|member| member.id.into())).collect();
    let waits = optional(|story| story.waiting_since);
    sqlx::query!(
        "INSERT INTO conversations (workspace_id, id, channel_id, contact_id, arrived, read_through, preview, last_message_id, last_message_at,
                                    last_inbound_at, created_at, status, snoozed_until, assignee_id, waiting_since)
         SELECT $1, id, $2, contact_id, arrived, read_through, preview, last_message_id, last_message_at,
                last_inbound_at, created_at, status, snoozed_until, assignee_id, waiting_since
         FROM unnest($3::uuid[], $4::uuid[], $5::integer[], $6::integer[], $7::jsonb[], $8::uuid[], $9::timestamptz[], $10::timestamptz[],
                     $11::timestamptz[], $12::text[], $13::timestamptz[], $14::uuid[], $15::timestamptz[])
             AS c (id, contact_id, arrived, read_through, preview, last_message_id, last_message_at, last_inbound_at,
                   created_at, status, snoozed_until, assignee_id, waiting_since)",
        scene.workspace,
        scene.channel,
        &ids,
        &contacts,
        &arrived,
        &read_through,
        &previews,
        &last_ids,
        &last_times as _,
        &inbound_times as _,
        &created as _,
        &statuses as _,
        &snoozes as _,
        &assignees as _,
        &waits as _
    )
    .execute(sql)
    .await?;
    Ok(())
}

async fn messages(sql: &mut PgConnection, scene: &Scene, some: &[(&Story, &Message)]) -> Result<(), Failure> {
    let ids: Vec<Uuid> = some.iter().map(|(_, message)| message.id).collect();
    let conversations: Vec<Uuid> = some.iter().map(|(story, _)| story.id).collect();
    let (mut kinds, mut users, mut directions) = (Vec::new(), Vec::new(), Vec::new());
    for (_, message) in some {
        let (kind, user, direction) = match message.author {
            Author::Contact => ("contact", None, "in"),
            Author::Member(user) => ("member", Some(user), "out"),
            Author::Phone => ("phone", None, "out"),
        };
        kinds.push(kind);
        users.push(user);
        directions.push(direction);
    }
    let contents =
        some.iter().map(|(_, message)| serde_json::to_value(&message.content)).collect::<Result<Vec<Value>, _>>()?;
    let externals: Vec<Option<&str>> = some.iter().map(|(_, message)| message.external_id.as_deref()).collect();
    let arrivals: Vec<i32> = some.iter().map(|(_, message)| message.arrival).collect();
    let states: Vec<Option<&str>> = some.iter().map(|(_, m)| m.state.map(DeliveryState::name)).collect();
    let codes: Vec<Option<i64>> = some.iter().map(|(_, message)| message.code).collect();
    let failures: Vec<Option<&str>> = some.iter().map(|(_, message)| failure(message.code)).collect();
    let times: Vec<jiff_sqlx::Timestamp> = some.iter().map(|(_, message)| message.at.to_sqlx()).collect();
    let quoted: Vec<Option<&str>> = some.iter().map(|(_, message)| message.quoted.as_deref()).collect();
    let waited: Vec<Option<i32>> = some.iter().map(|(_, message)| message.waited).collect();
    sqlx::query!(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, author_user_id, content, external_id,
                               arrival, state, failure_code, failure, at, created_at, quoted_external_id, waited_seconds)
         SELECT $1, id, conversation_id, $2, direction, author_kind, author_user_id, content, external_id,
                arrival, state, failure_code, failure, at, at, quoted_external_id, waited_seconds
         FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::jsonb[], $9::text[], $10::integer[], $11::text[],
                     $12::bigint[], $13::text[], $14::timestamptz[], $15::text[], $16::integer[])
             AS m (id, conversation_id, direction, author_kind, author_user_id, content, external_id, arrival, state,
                   failure_code, failure, at, quoted_external_id, waited_seconds)",
        scene.workspace,
        scene.channel,
        &ids,
        &conversations,
        &directions as _,
        &kinds as _,
        &users as _,
        &contents,
        &externals as _,
        &arrivals,
        &states as _,
        &codes as _,
        &failures as _,
        &times as _,
        &quoted as _,
        &waited as _
    )
    .execute(sql)
    .await?;
    Ok(())
}

async fn steps(sql: &mut PgConnection, scene: &Scene, some: &[(&Message, &Step)]) -> Result<(), Failure> {
    let messages: Vec<Uuid> = some.iter().map(|(message, _)| message.id).collect();
    let ids: Vec<Uuid> = some.iter().map(|(_, step)| step.id).collect();
    let states: Vec<&str> = some.iter().map(|(_, step)| step.state.name()).collect();
    let sources: Vec<&str> = some.iter().map(|(_, step)| step.source).collect();
    let times: Vec<jiff_sqlx::Timestamp> = some.iter().map(|(_, step)| step.at.to_sqlx()).collect();
    let details: Vec<Option<&Value>> = some.iter().map(|(_, step)| step.detail.as_ref()).collect();
    sqlx::query!(
        "INSERT INTO message_events (workspace_id, message_id, id, state, source, at, detail)
         SELECT $1, message_id, id, state, source, at, detail
         FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[])
             AS e (message_id, id, state, source, at, detail)",
        scene.workspace,
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

async fn entries(sql: &mut PgConnection, scene: &Scene, stories: &[Story]) -> Result<(), Failure> {
    let all: Vec<(&Story, &Entry)> =
        stories.iter().flat_map(|story| story.entries.iter().map(move |entry| (story, entry))).collect();
    let ids: Vec<Uuid> = all.iter().map(|(_, entry)| entry.id).collect();
    let conversations: Vec<Uuid> = all.iter().map(|(story, _)| story.id).collect();
    let authors: Vec<Option<Uuid>> = all.iter().map(|(_, entry)| entry.author).collect();
    let contents =
        all.iter().map(|(_, entry)| serde_json::to_value(&entry.content)).collect::<Result<Vec<Value>, _>>()?;
    let times: Vec<jiff_sqlx::Timestamp> = all.iter().map(|(_, entry)| entry.at.to_sqlx()).collect();
    sqlx::query!(
        "INSERT INTO thread_entries (workspace_id, id, conversation_id, author_user_id, content, at)
         SELECT $1, id, conversation_id, author_user_id, content, at
         FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::jsonb[], $6::timestamptz[])
             AS e (id, conversation_id, author_user_id, content, at)",
        scene.workspace,
        &ids,
        &conversations,
        &authors as _,
        &contents,
        &times as _
    )
    .execute(sql)
    .await?;
    Ok(())
}

/// Labels of conversations, tags of contacts.
async fn marks(sql: &mut PgConnection, scene: &Scene, stories: &[Story]) -> Result<(), Failure> {
    let labels: Vec<(Uuid, Uuid)> =
        stories.iter().flat_map(|story| story.labels.iter().map(|label| (story.id, *label))).collect();
    let (conversations, labels): (Vec<Uuid>, Vec<Uuid>) = labels.into_iter().unzip();
    sqlx::query!(
        "INSERT INTO conversation_labels (workspace_id, conversation_id, label_id)
         SELECT $1, conversation_id, label_id FROM unnest($2::uuid[], $3::uuid[]) AS l (conversation_id, label_id)",
        scene.workspace,
        &conversations,
        &labels
    )
    .execute(&mut *sql)
    .await?;
    let tags: Vec<(Uuid, Uuid)> =
        stories.iter().flat_map(|story| story.tags.iter().map(|tag| (story.contact, *tag))).collect();
    let (contacts, tags): (Vec<Uuid>, Vec<Uuid>) = tags.into_iter().unzip();
    sqlx::query!(
        "INSERT INTO contact_tags (workspace_id, contact_id, tag_id, tagged_at)
         SELECT $1, contact_id, tag_id, $4 FROM unnest($2::uuid[], $3::uuid[]) AS t (contact_id, tag_id)",
        scene.workspace,
        &contacts,
        &tags,
        scene.now.to_sqlx() as _
    )
    .execute(sql)
    .await?;
    Ok(())
}
