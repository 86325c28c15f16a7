//! The background work of a process: starting and stopping it, and which job is whose.

use std::time::Duration;

use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    Core, accounts, channels, events, inbox,
    jobs::{self, Job, JobError, Kind},
    sending, webhooks,
};

const SWEEP_EVERY: Duration = Duration::from_mins(10);

/// The running background work.
#[derive(Debug)]
pub struct Work {
    stop: CancellationToken,
    tasks: TaskTracker,
}

/// Starts the background work.
#[must_use]
pub fn start(core: &Core) -> Work {
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    tasks.spawn(webhooks::flush(core.clone(), stop.clone()));
    if core.config.processing {
        tasks.spawn(webhooks::run(core.clone(), stop.clone()));
    }
    tasks.spawn(sending::run(core.clone(), stop.clone()));
    tasks.spawn(jobs::run(core.clone(), stop.clone()));
    tasks.spawn(events::pump(core.clone(), stop.clone()));
    tasks.spawn(sweep(core.clone(), stop.clone()));
    tasks.close();
    Work { stop, tasks }
}

impl Work {
    /// Stops taking work and waits for what is running.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.wait().await;
    }
}

async fn sweep(core: Core, stop: CancellationToken) {
    let mut timer = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! { () = stop.cancelled() => return, _ = timer.tick() => {} }
        let now = core.environment.now();
        let swept = async {
            let events = events::sweep(&core, now).await.map_err(accounts::AccountError::from)?;
            let accounts = accounts::sweep(&core, now).await?;
            let deliveries = webhooks::sweep(&core, now).await.map_err(accounts::AccountError::from)?;
            Ok::<_, accounts::AccountError>(events + accounts + deliveries)
        };
        match swept.await {
            Ok(0) => {}
            Ok(rows) => tracing::debug!(rows, "what had ended was swept"),
            Err(error) => tracing::warn!(%error, "what had ended could not be swept"),
        }
    }
}

/// Runs a job's handler.
pub(crate) async fn perform(core: &Core, job: &Job) -> Result<(), JobError> {
    match job.kind {
        Kind::ProcessDelivery => Ok(webhooks::adopt(core, job.field("delivery")?).await?),
        Kind::SendMessage => sending::adopt(core, job).await,
        Kind::SendReadReceipt => inbox::send_receipt(core, job).await,
        Kind::ConnectSimulator => channels::connect_simulator(core, job).await,
        Kind::GreetFromSimulator => channels::greet(core, job).await,
        Kind::Nothing => Ok(()),
    }
}
