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
mod pace;
mod pairs;

use std::{collections::HashMap, sync::Arc, time::Duration};

use charla_shared::id::{ChannelId, WorkspaceId};
use tokio::{
    sync::{Notify, broadcast::error::RecvError},
    task::JoinSet,
    time::Instant,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

pub(crate) use adopt::adopt;
pub(crate) use outbox::{PERSON, add};

use crate::{Core, Failure, events::Topic};
use engine::{Ended, Engine, RealTime, Time};
use gateway::GraphGateway;
use outbox::PostgresOutbox;

/// How long a number is a process' without word from it.
const LEASE_SECONDS: f64 = 3.5;
/// How often the leases are renewed.
const RENEW: Duration = Duration::from_secs(1);
/// How often numbers with something to send are looked for when nobody rings.
const POLL: Duration = Duration::from_millis(500);
/// Rings are answered together.
const COALESCE: Duration = Duration::from_millis(5);
/// Looking that takes longer is given up, so that leases are renewed in time.
const PATIENCE: Duration = Duration::from_secs(2);
/// What the sender before us has sent counts for so long (a second, as Meta counts), when it let go of the number; one
/// whose lease ran out has been silent for longer.
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
    let mut senders = Senders { node: core.environment.id(), core, held: HashMap::new(), engines: JoinSet::new() };
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
        let rung = async {
            loop {
                match bell.recv().await {
                    Ok(Topic::Outbox) | Err(RecvError::Lagged(_)) => break,
                    Ok(_) => {}
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = rung => tokio::time::sleep(COALESCE).await,
            Some(ended) = senders.engines.join_next(), if !senders.engines.is_empty() => senders.ended(ended).await,
            () = tokio::time::sleep(POLL) => {}
        }
    }
    while let Some(ended) = senders.engines.join_next().await {
        senders.ended(ended).await;
    }
}

struct Senders {
    core: Core,
    node: Uuid,
    held: HashMap<ChannelId, Held>,
    engines: JoinSet<(ChannelId, i64, Ended)>,
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
                self.take(number.workspace_id.into(), channel, stop).await?;
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
                   SELECT s.workspace_id, s.channel_id, s.node, s.leased_until, s.stopped_at, c.rate
                   FROM senders s JOIN channels c ON c.workspace_id = s.workspace_id AND c.id = s.channel_id
                   WHERE s.workspace_id = $1 AND s.channel_id = $2 AND (s.node IS NULL OR s.leased_until < now())
                   FOR UPDATE OF s SKIP LOCKED
               )
               UPDATE senders s SET node = $3, fence = s.fence + 1, leased_until = now() + $4 * interval '1 second'
               FROM before b WHERE s.workspace_id = b.workspace_id AND s.channel_id = b.channel_id
               RETURNING s.fence, b.rate, b.stopped_at IS NOT NULL AS "stopped!",
                         CASE WHEN b.node IS NULL THEN extract(epoch FROM now() - b.leased_until)::float8 END AS since"#,
            Uuid::from(workspace),
            Uuid::from(channel),
            self.node,
            LEASE_SECONDS
        )
        .fetch_optional(self.core.database.worker_pool())
        .await?;
        let Some(taken) = taken else { return Ok(()) };
        let outbox = PostgresOutbox { core: self.core.clone(), workspace, channel, fence: taken.fence };
        outbox.settle_interrupted().await?;
        let gateway = GraphGateway::new(self.core.clone(), workspace, channel);
        let wait = Duration::from_secs_f64(taken.since.map_or(0.0, |since| (CAUTION - since).clamp(0.0, CAUTION)));
        let rate = u32::try_from(taken.rate).unwrap_or(1);
        let parts = (Arc::new(outbox), Arc::new(gateway), Arc::new(RealTime::default()) as Arc<dyn Time>);
        let engine = Engine::new(parts, rate, wait, taken.stopped);
        let (bell, stop) = (Arc::new(Notify::new()), stop.child_token());
        tracing::debug!(%channel, fence = taken.fence, "sending for a number");
        self.engines.spawn({
            let (bell, stop, fence) = (Arc::clone(&bell), stop.clone(), taken.fence);
            async move { (channel, fence, engine.run(bell, stop).await) }
        });
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
    async fn ended(&mut self, ended: Result<(ChannelId, i64, Ended), tokio::task::JoinError>) {
        let (channel, fence) = match ended {
            Ok((channel, fence, ended)) => {
                tracing::debug!(%channel, ?ended, "no longer sending for a number");
                (channel, fence)
            }
            Err(panic) => {
                // Which number it was is not told; the lease of all that have no engine any more runs out.
                tracing::error!(%panic, "sending for a number panicked");
                return self.forget_lost().await;
            }
        };
        let Some(held) = self.held.remove(&channel) else { return };
        let released = sqlx::query!(
            "UPDATE senders SET node = NULL, leased_until = now() WHERE workspace_id = $1 AND channel_id = $2 AND fence = $3",
            Uuid::from(held.workspace),
            Uuid::from(channel),
            fence
        )
        .execute(self.core.database.worker_pool())
        .await;
        if let Err(error) = released {
            tracing::warn!(%channel, %error, "a number could not be let go; its lease runs out");
        }
    }

    /// All engines are asked to end, so that the one that panicked is found and its number taken anew.
    async fn forget_lost(&mut self) {
        for held in self.held.values() {
            held.stop.cancel();
        }
        let released = sqlx::query!("UPDATE senders SET node = NULL, leased_until = now() WHERE node = $1", self.node);
        if let Err(error) = released.execute(self.core.database.worker_pool()).await {
            tracing::warn!(%error, "numbers could not be let go; their leases run out");
        }
        self.held.clear();
    }
}
