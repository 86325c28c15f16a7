//! The words of what was stored before there was a search: added bit by bit while everything goes on, once per
//! installation.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::{Core, Failure};

/// How many are done in a transaction: few, because readers of events wait for every open writer.
const AT_ONCE: i64 = 500;
/// What is left to others between two transactions.
const PAUSE: Duration = Duration::from_millis(50);
/// How long to wait when the database is away.
const AGAIN: Duration = Duration::from_mins(1);

/// Adds words until all have theirs. Several processes share the work; one that is killed has lost one step.
pub(crate) async fn catch_up(core: Core, stop: CancellationToken) {
    loop {
        let pause = match step(&core).await {
            Ok(true) => PAUSE,
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%error, "words could not be added to what was stored before");
                AGAIN
            }
        };
        tokio::select! { () = stop.cancelled() => return, () = tokio::time::sleep(pause) => {} }
    }
}

/// Adds some. Gives whether any were left to do.
async fn step(core: &Core) -> Result<bool, Failure> {
    // Not one after the other: both are there to be searched soon.
    let contacts = contacts(core).await?;
    let messages = messages(core).await?;
    Ok(contacts || messages)
}

async fn contacts(core: &Core) -> Result<bool, Failure> {
    let mut tx = core.database.worker().await?;
    // Served by contacts_without_words. Contacts that somebody else has locked come later: nobody waits for anybody in
    // another order. Who is there at the beginning of the statement is left to do.
    let left = sqlx::query_scalar!(
        r#"WITH batch AS (
               SELECT workspace_id, id FROM contacts WHERE words IS NULL
               ORDER BY workspace_id, id LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED
           ), done AS (
               UPDATE contacts c SET words = contact_words(c.workspace_id, c.id, c.name, c.username) FROM batch
               WHERE c.workspace_id = batch.workspace_id AND c.id = batch.id
           )
           SELECT EXISTS (SELECT FROM contacts WHERE words IS NULL) AS "left!""#,
        AT_ONCE
    )
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(left)
}

async fn messages(core: &Core) -> Result<bool, Failure> {
    let mut tx = core.database.worker().await?;
    let place = sqlx::query!("SELECT workspace_id, message_id FROM words_backlog FOR UPDATE").fetch_optional(&mut *tx);
    let Some(place) = place.await? else { return Ok(false) };
    // Served by the primary key, the newest of a workspace first. What has words has newer ones than those read here.
    let reached = sqlx::query!(
        "WITH batch AS MATERIALIZED (
             SELECT workspace_id, id, at, content FROM messages WHERE (workspace_id, id) < ($1, $2)
             ORDER BY workspace_id DESC, id DESC LIMIT $3
         ), done AS (
             INSERT INTO message_words (workspace_id, message_id, at, words)
             SELECT s.workspace_id, s.id, s.at, s.words
             FROM (SELECT workspace_id, id, at, content_words(workspace_id, content) AS words FROM batch OFFSET 0) AS s
             WHERE s.words IS NOT NULL
             ON CONFLICT (workspace_id, message_id) DO NOTHING
         )
         SELECT workspace_id, id FROM batch ORDER BY workspace_id, id LIMIT 1",
        place.workspace_id,
        place.message_id,
        AT_ONCE
    )
    .fetch_optional(&mut *tx)
    .await?;
    let more = reached.is_some();
    match reached {
        Some(reached) => {
            sqlx::query!(
                "UPDATE words_backlog SET workspace_id = $1, message_id = $2",
                reached.workspace_id,
                reached.id
            )
            .execute(&mut *tx)
            .await?;
        }
        None => {
            sqlx::query!("DELETE FROM words_backlog").execute(&mut *tx).await?;
        }
    }
    tx.commit().await?;
    Ok(more)
}
