//! The bus over Postgres's LISTEN/NOTIFY.
//!
//! A NOTIFY in every transaction costs four to five times the throughput (its commit takes a lock of the whole server),
//! so a ring only sets a flag, and one task per process sends at most one NOTIFY per topic in ten milliseconds.

use std::{sync::Arc, time::Duration};

use sqlx::postgres::PgListener;
use tokio::sync::{Notify, broadcast};
use tokio_util::sync::CancellationToken;

use super::{Bus, LocalBus, Topic};
use crate::{Database, Environment};

const CHANNEL: &str = "charla";
const COALESCE: Duration = Duration::from_millis(10);
const RECONNECT: Duration = Duration::from_secs(1);

/// Doorbells through the database.
#[derive(Debug, Clone)]
pub struct PostgresBus {
    local: LocalBus,
    pending: Arc<[Notify; Topic::ALL.len()]>,
}

impl PostgresBus {
    /// Starts the tasks that ring and listen; they end with the token.
    #[must_use]
    pub fn start(database: &Database, environment: &Environment, stop: &CancellationToken) -> Self {
        let bus = Self { local: LocalBus::default(), pending: Arc::default() };
        let node = hex::encode(environment.bytes::<8>());
        for (topic, pending) in Topic::ALL.into_iter().zip(0..) {
            let (bus, database, node) = (bus.clone(), database.clone(), node.clone());
            tokio::spawn(stop.clone().run_until_cancelled_owned(async move {
                let payload = format!("{node} {}", topic.name());
                loop {
                    bus.pending[pending].notified().await;
                    let sent = sqlx::query("SELECT pg_notify($1, $2)")
                        .bind(CHANNEL)
                        .bind(&payload)
                        .execute(database.worker_pool())
                        .await;
                    if let Err(error) = sent {
                        tracing::debug!(%error, "a doorbell could not be rung");
                    }
                    tokio::time::sleep(COALESCE).await;
                }
            }));
        }
        let (hearing, database) = (bus.clone(), database.clone());
        tokio::spawn(stop.clone().run_until_cancelled_owned(async move {
            loop {
                if let Err(error) = hearing.hear(&database, &node).await {
                    tracing::debug!(%error, "the doorbell's connection ended");
                }
                tokio::time::sleep(RECONNECT).await;
                // Rings may have been missed meanwhile.
                for topic in Topic::ALL {
                    hearing.local.ring(topic);
                }
            }
        }));
        bus
    }

    async fn hear(&self, database: &Database, node: &str) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect_with(database.worker_pool()).await?;
        listener.listen(CHANNEL).await?;
        while let Some(notification) = listener.try_recv().await? {
            if let Some((from, name)) = notification.payload().split_once(' ')
                && from != node
                && let Some(topic) = Topic::from_name(name)
            {
                self.local.ring(topic);
            }
        }
        Ok(())
    }
}

impl Bus for PostgresBus {
    fn ring(&self, topic: Topic) {
        self.local.ring(topic);
        if let Some(at) = Topic::ALL.iter().position(|t| *t == topic) {
            self.pending[at].notify_one();
        }
    }

    fn listen(&self) -> broadcast::Receiver<Topic> {
        self.local.listen()
    }
}
