//! Sending (rows C4, F3's foundations): the messages in the outbox are handed to Meta, at each number's pace, in each
//! conversation's order, and never twice.
//!
//! One process at a time sends for a number: it holds the number's lease in `senders`, whose fence grows with every
//! change of hands. An attempt is committed, under the fence, before its request goes out; so whoever takes a number over
//! sees what may have been sent, marks it `unknown` and does not send it again (quality-gates B2). Numbers are
//! independent: each has an [`engine`] of its own with its own pace and its own room on the wire, which is what keeps one
//! workspace's campaign from holding up another's answers.

mod adopt;
#[cfg(test)]
mod day;
mod engine;
mod gateway;
mod outbox;
mod outcomes;
mod pace;
mod pairs;
mod queue;

use std::{collections::HashMap, sync::Arc, time::Duration};

use charla_shared::id::{ChannelId, WorkspaceId};
use tokio::{
    sync::Notify,
    task::{self, JoinSet},
    time::Instant,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub(crate) use adopt::adopt;
pub(crate) use queue::{PERSON, add};

use crate::{
    Core, DatabaseError, Failure,
    events::{Topic, rung},
};
use engine::{Ended, Engine, RealTime, Time};
use gateway::GraphGateway;
use outbox::PostgresOutbox;

/// How long a number is a process' without word from it.
const LEASE_SECONDS: f64 = 3.0;
/// How often the leases are renewed.
const RENEW: Duration = Duration::from_secs(1);
/// How often numbers with something to send are looked for when nobody rings.
const POLL: Duration = Duration::from_millis(500);
/// Rings are answered together.
const COALESCE: Duration = Duration::from_millis(5);
/// Looking that takes longer is given up, so that leases are renewed in time.
const PATIENCE: Duration = Duration::from_secs(2);
/// What the sender before us has sent counts for so long: a second, as Meta counts.
const CAUTION: f64 = 1.1;

/// A number we send for.
struct Held {
    workspace: WorkspaceId,
    fence: i64,
    bell: Arc<Notify>,
    /// Ends the engine of a number that is not ours any more.
    stop: CancellationToken,
}

/// Sends until told to stop; what is on the wire then is waited for.
pub(crate) async fn run(core: Core, stop: CancellationToken) {
    let node = core.environment.id();
    let mut senders = Senders {
        node,
        core,
        held: HashMap::new(),
        clean: HashMap::new(),
        tasks: HashMap::new(),
        engines: JoinSet::new(),
    };
    let mut bell = senders.core.bus.listen();
    let mut renewed = Instant::now();
    while !stop.is_cancelled() {
        match tokio::time::timeout(PATIENCE, senders.look(&stop)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "numbers with something to send could not be looked for"),
            Err(_) => tracing::warn!("looking for numbers with something to send took too long"),
        }
        if renewed.elapsed() >= RENEW {
            renewed = Instant::now();
            match tokio::time::timeout(PATIENCE, senders.renew()).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "the leases of numbers could not be renewed"),
                Err(_) => tracing::warn!("renewing the leases of numbers took too long"),
            }
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = rung(&mut bell, Topic::Outbox) => tokio::time::sleep(COALESCE).await,
            Some(ended) = senders.engines.join_next_with_id(), if !senders.engines.is_empty() => senders.ended(ended).await,
            () = tokio::time::sleep(POLL) => {}
        }
    }
    while let Some(ended) = senders.engines.join_next_with_id().await {
        senders.ended(ended).await;
    }
}

struct Senders {
    core: Core,
    node: Uuid,
    held: HashMap<ChannelId, Held>,
    /// Fences of ours under which everything that left was answered and stored.
    clean: HashMap<ChannelId, i64>,
    /// Which engine is whose, for those that panic.
    tasks: HashMap<task::Id, (ChannelId, i64)>,
    engines: JoinSet<Ended>,
}

impl Senders {
    /// Finds the numbers with something to send: ours are rung, those of nobody are taken.
    async fn look(&mut self, stop: &CancellationToken) -> Result<(), Failure> {
        // From one number to the next in outbox_due, however long their queues are.
        let due = sqlx::query!(
            r#"WITH RECURSIVE busy (workspace_id, channel_id) AS (
                   (SELECT workspace_id, channel_id FROM outbox WHERE first AND fence IS NULL
                    ORDER BY workspace_id, channel_id LIMIT 1)
                   UNION ALL
                   SELECT n.workspace_id, n.channel_id FROM busy b CROSS JOIN LATERAL (
                       SELECT o.workspace_id, o.channel_id FROM outbox o
                       WHERE o.first AND o.fence IS NULL AND (o.workspace_id, o.channel_id) > (b.workspace_id, b.channel_id)
                       ORDER BY o.workspace_id, o.channel_id LIMIT 1) n
               ), wanted AS (
                   SELECT b.workspace_id, b.channel_id FROM busy b
                   WHERE EXISTS (SELECT FROM outbox o WHERE o.workspace_id = b.workspace_id AND o.channel_id = b.channel_id
                                                        AND o.first AND o.fence IS NULL AND o.due_at <= now())
                   UNION
                   SELECT workspace_id, channel_id FROM outbox WHERE fence IS NOT NULL
               )
               SELECT w.workspace_id AS "workspace_id!", w.channel_id AS "channel_id!",
                      (s.node IS NULL OR s.leased_until < now()) AS "free!"
               FROM wanted w
               JOIN senders s ON s.workspace_id = w.workspace_id AND s.channel_id = w.channel_id
               JOIN channels c ON c.workspace_id = w.workspace_id AND c.id = w.channel_id AND c.active"#,
        )
        .fetch_all(self.core.database.worker_pool())
        .await?;
        for number in due {
            let channel = ChannelId::from(number.channel_id);
            if let Some(held) = self.held.get(&channel) {
                held.bell.notify_one();
            } else if number.free {
                // One that cannot be taken must not keep the others waiting.
                match self.take(number.workspace_id.into(), channel, stop).await {
                    Err(error @ Failure::Database(DatabaseError::Away(_))) => return Err(error),
                    Err(error) => tracing::error!(%channel, %error, "a number could not be taken"),
                    Ok(()) => {}
                }
            }
        }
        Ok(())
    }

    async fn take(
        &mut self,
        workspace: WorkspaceId,
        channel: ChannelId,
        stop: &CancellationToken,
    ) -> Result<(), Failure> {
        let taken = sqlx::query!(
            r#"WITH before AS (
                   SELECT s.workspace_id, s.channel_id, s.leased_until, s.stopped_at, c.rate
                   FROM senders s JOIN channels c ON c.workspace_id = s.workspace_id AND c.id = s.channel_id
                   WHERE s.workspace_id = $1 AND s.channel_id = $2 AND (s.node IS NULL OR s.leased_until < now())
                   FOR UPDATE OF s SKIP LOCKED
               )
               UPDATE senders s SET node = $3, fence = s.fence + 1, leased_until = now() + $4 * interval '1 second'
               FROM before b WHERE s.workspace_id = b.workspace_id AND s.channel_id = b.channel_id
               RETURNING s.fence, b.rate, b.stopped_at IS NOT NULL AS "stopped!",
                         extract(epoch FROM now() - b.leased_until)::float8 AS since"#,
            Uuid::from(workspace),
            Uuid::from(channel),
            self.node,
            LEASE_SECONDS
        )
        .fetch_optional(self.core.database.worker_pool())
        .await?;
        let Some(taken) = taken else { return Ok(()) };
        let outbox = PostgresOutbox { core: self.core.clone(), workspace, channel, fence: taken.fence };
        let gateway = GraphGateway::new(self.core.clone(), workspace, channel);
        let wait = Duration::from_secs_f64(taken.since.map_or(0.0, |since| (CAUTION - since).clamp(0.0, CAUTION)));
        let rate = u32::try_from(taken.rate).unwrap_or(1);
        let (clean, stopped) = (self.clean.remove(&channel), taken.stopped);
        let (bell, stop) = (Arc::new(Notify::new()), stop.child_token());
        tracing::debug!(%channel, fence = taken.fence, "sending for a number");
        let task = self.engines.spawn({
            let (bell, stop) = (Arc::clone(&bell), stop.clone());
            async move {
                let before = tokio::time::Instant::now();
                while let Err(error) = outbox.settle_interrupted(clean).await {
                    tracing::warn!(%channel, %error, "what was interrupted could not be settled yet");
                    tokio::select! { () = stop.cancelled() => return Ended::Lost, () = tokio::time::sleep(POLL) => {} }
                }
                // Whatever this says, the first message says it again.
                drop(gateway.read().await);
                let wait = wait.saturating_sub(before.elapsed());
                let parts = (Arc::new(outbox), Arc::new(gateway), Arc::new(RealTime::default()) as Arc<dyn Time>);
                Engine::new(parts, rate, wait, stopped).run(bell, stop).await
            }
        });
        self.tasks.insert(task.id(), (channel, taken.fence));
        self.held.insert(channel, Held { workspace, fence: taken.fence, bell, stop });
        Ok(())
    }

    /// Keeps the numbers ours; engines of those that are not any more end.
    async fn renew(&mut self) -> Result<(), Failure> {
        let (workspaces, channels): (Vec<Uuid>, Vec<Uuid>) =
            self.held.iter().map(|(channel, held)| (Uuid::from(held.workspace), Uuid::from(*channel))).unzip();
        let ours = sqlx::query!(
            "UPDATE senders s SET leased_until = now() + $2 * interval '1 second'
             FROM unnest($3::uuid[], $4::uuid[]) AS h (workspace_id, channel_id)
             WHERE s.workspace_id = h.workspace_id AND s.channel_id = h.channel_id AND s.node = $1
             RETURNING s.channel_id, s.fence",
            self.node,
            LEASE_SECONDS,
            &workspaces,
            &channels
        )
        .fetch_all(self.core.database.worker_pool())
        .await?;
        let ours: HashMap<ChannelId, i64> =
            ours.into_iter().map(|row| (ChannelId::from(row.channel_id), row.fence)).collect();
        for (channel, held) in &self.held {
            if ours.get(channel) != Some(&held.fence) {
                held.stop.cancel();
            }
        }
        Ok(())
    }

    /// An engine ended: its number is let go.
    async fn ended(&mut self, ended: Result<(task::Id, Ended), task::JoinError>) {
        let (id, ended) = match ended {
            Ok((id, ended)) => (id, Some(ended)),
            Err(panic) => {
                tracing::error!(%panic, "sending for a number panicked");
                (panic.id(), None)
            }
        };
        let Some((channel, fence)) = self.tasks.remove(&id) else { return };
        tracing::debug!(%channel, ?ended, "no longer sending for a number");
        if ended == Some(Ended::Unsure) {
            self.clean.insert(channel, fence);
        }
        // It may be ours again by now, under another fence.
        let Some(held) = self.held.get(&channel).filter(|held| held.fence == fence) else { return };
        let released = sqlx::query!(
            "UPDATE senders SET node = NULL, leased_until = now() WHERE workspace_id = $1 AND channel_id = $2 AND fence = $3",
            Uuid::from(held.workspace),
            Uuid::from(channel),
            fence
        )
        .execute(self.core.database.worker_pool());
        match tokio::time::timeout(PATIENCE, released).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%channel, %error, "a number could not be let go; its lease runs out"),
            Err(_) => tracing::warn!(%channel, "a number could not be let go in time; its lease runs out"),
        }
        self.held.remove(&channel);
    }
}
