//! Meta as the engine sees it.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use charla_meta::graph::{Accepted, Outcome, RetryClass, SendFailure};
use charla_shared::id::{ChannelId, WorkspaceId};
use tokio::{sync::Mutex, time::Instant};

use super::engine::{Attempt, Gateway};
use crate::{
    Actor, Core, Failure,
    channels::{self, Line},
};

/// How long the number's address and token are used before they are read again.
const FRESH: Duration = Duration::from_secs(2);

/// Speaks for one number over the Graph API.
pub(super) struct GraphGateway {
    core: Core,
    workspace: WorkspaceId,
    channel: ChannelId,
    line: Mutex<Option<(Instant, Arc<Line>)>>,
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
            *self.line.lock().await = None;
        }
        answer
    }
}

impl GraphGateway {
    pub(super) fn new(core: Core, workspace: WorkspaceId, channel: ChannelId) -> Self {
        Self { core, workspace, channel, line: Mutex::new(None) }
    }

    async fn line(&self) -> Result<Arc<Line>, Failure> {
        let mut kept = self.line.lock().await;
        if let Some((_, line)) = kept.as_ref().filter(|(read_at, _)| read_at.elapsed() < FRESH) {
            return Ok(Arc::clone(line));
        }
        let mut tx = Actor::system(self.workspace, "sending").begin(&self.core).await?;
        let line = Arc::new(channels::line(&mut tx, self.channel).await?);
        *kept = Some((Instant::now(), Arc::clone(&line)));
        Ok(line)
    }
}
