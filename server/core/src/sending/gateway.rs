//! Meta as the engine sees it.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use charla_meta::graph::{Accepted, Outcome, RetryClass, SendFailure};
use charla_shared::id::{ChannelId, WorkspaceId};
use tokio::time::{Instant, timeout};

use super::engine::{Attempt, Gateway};
use crate::{
    Actor, Core, DatabaseError, Failure,
    channels::{self, Line},
};

/// How long the number's address and token are used before they are read again.
const FRESH: Duration = Duration::from_secs(2);
/// Longest wait for the database; a connection may be dead without a sign.
const PATIENCE: Duration = Duration::from_secs(5);

/// Speaks for one number over the Graph API. Cheap to clone.
#[derive(Clone)]
pub(super) struct GraphGateway(Arc<Inner>);

struct Inner {
    core: Core,
    workspace: WorkspaceId,
    channel: ChannelId,
    line: Mutex<Option<(Instant, Arc<Line>)>>,
    reading: AtomicBool,
}

#[async_trait]
impl Gateway for GraphGateway {
    async fn send(&self, attempt: &Attempt) -> Result<Accepted, SendFailure> {
        let line = self.line().await.map_err(|failure| SendFailure {
            outcome: Outcome::NotSent,
            error: None,
            retry: RetryClass::Fast,
            http_status: None,
            detail: format!("the number's settings could not be read: {failure}"),
        })?;
        let answer = line.client.send_message(&line.phone_number_id, &attempt.outgoing).await;
        if answer.as_ref().is_err_and(|failure| failure.retry == RetryClass::NeverAccount) {
            // The next try is made with whatever token the number has by then.
            self.keep(None);
        }
        answer
    }
}

impl GraphGateway {
    pub(super) fn new(core: Core, workspace: WorkspaceId, channel: ChannelId) -> Self {
        let (line, reading) = (Mutex::new(None), AtomicBool::new(false));
        Self(Arc::new(Inner { core, workspace, channel, line, reading }))
    }

    fn keep(&self, line: Option<(Instant, Arc<Line>)>) {
        *self.0.line.lock().unwrap_or_else(PoisonError::into_inner) = line;
    }

    /// What is known is used at once, so that a message leaves when its slot says; it is read anew beside that.
    async fn line(&self) -> Result<Arc<Line>, Failure> {
        let kept = self.0.line.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some((read_at, line)) = kept else { return self.read().await };
        if read_at.elapsed() >= FRESH && !self.0.reading.swap(true, Ordering::Relaxed) {
            let gateway = self.clone();
            tokio::spawn(async move {
                if let Err(Failure::NotFound) = gateway.read().await {
                    // Deactivated: nothing more goes out with what was known.
                    gateway.keep(None);
                }
                gateway.0.reading.store(false, Ordering::Relaxed);
            });
        }
        Ok(line)
    }

    /// Reads the number's address and token. Done before the first message, it costs that one no wait.
    pub(super) async fn read(&self) -> Result<Arc<Line>, Failure> {
        let reading = async {
            let mut tx = Actor::system(self.0.workspace, "sending").begin(&self.0.core).await?;
            channels::line(&mut tx, self.0.channel).await
        };
        let away = |_| Failure::Database(DatabaseError::Away(sqlx::Error::PoolTimedOut));
        let line = Arc::new(timeout(PATIENCE, reading).await.map_err(away)??);
        self.keep(Some((Instant::now(), Arc::clone(&line))));
        Ok(line)
    }
}
