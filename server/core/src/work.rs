//! The background work of a process: starting and stopping it, and which job is whose.

use std::time::Duration;

use jiff::SignedDuration;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    Core, Failure, accounts, channels, contacts, events, inbox,
    jobs::{self, Job, JobError, Kind},
    search, sending, webhooks,
};

const SWEEP_EVERY: Duration = Duration::from_mins(10);
/// How far back waits are put right at the first sweep of a process, and at the second one: by then a release before this
/// one has ended that ran beside us.
const REPAIRS: [SignedDuration; 2] = [SignedDuration::from_hours(30 * 24), SignedDuration::from_hours(1)];

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
    tasks.spawn(inbox::wake(core.clone(), stop.clone()));
    tasks.spawn(events::pump(core.clone(), stop.clone()));
    tasks.spawn(search::catch_up(core.clone(), stop.clone()));
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
    let mut repairs = REPAIRS.into_iter();
    loop {
        tokio::select! { () = stop.cancelled() => return, _ = timer.tick() => {} }
        let now = core.environment.now();
        // Each by itself: one that fails must not keep the others from their work.
        told("events", to_the_end(&stop, || events::sweep(&core, now)).await);
        told("deliveries", to_the_end(&stop, || webhooks::sweep(&core, now)).await);
        told("early statuses", to_the_end(&stop, || inbox::sweep(&core, now)).await);
        told("drafts", to_the_end(&stop, || inbox::sweep_drafts(&core, now)).await);
        told("notes about contacts", to_the_end(&stop, || contacts::sweep(&core, now)).await);
        match accounts::sweep(&core, now).await {
            Ok(rows) => told("accounts", Ok(rows)),
            Err(error) => tracing::warn!(%error, "what had ended of accounts could not be swept"),
        }
        if let Some(since) = repairs.next().and_then(|back| now.checked_sub(back).ok()) {
            match inbox::repair_waits(&core, since, &stop).await {
                Ok(0) => {}
                Ok(repaired) => tracing::info!(repaired, "conversations know again since when their customers wait"),
                Err(error) => tracing::warn!(%error, "waits could not be put right"),
            }
        }
    }
}

fn told(what: &str, swept: Result<u64, Failure>) {
    match swept {
        Ok(0) => {}
        Ok(rows) => tracing::debug!(what, rows, "what had ended was swept"),
        Err(error) => tracing::warn!(what, %error, "what had ended could not be swept"),
    }
}

/// Sweeps step by step, each a short transaction, until nothing is left to sweep.
async fn to_the_end<F: Future<Output = Result<u64, Failure>>>(
    stop: &CancellationToken,
    step: impl Fn() -> F,
) -> Result<u64, Failure> {
    let mut all = 0;
    loop {
        let rows = step().await?;
        all += rows;
        if rows == 0 || stop.is_cancelled() {
            return Ok(all);
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
