//! Takes jobs and runs them, some at a time, until told to stop; what runs then is finished first.

use std::{sync::Arc, time::Duration};

use tokio::sync::{Semaphore, broadcast::error::RecvError};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{Job, JobError, Kind, Retry, queue};
use crate::{Core, events::Topic, work};

/// Jobs a process runs at once, by lane: what talks to Meta may hang, and must then not keep webhooks waiting.
const LANES: [(&[Kind], usize); 2] = [
    (&[Kind::ProcessDelivery], 4),
    (&[Kind::SendMessage, Kind::SendReadReceipt, Kind::ConnectSimulator, Kind::GreetFromSimulator], 12),
];
const POLL: Duration = Duration::from_millis(500);
/// A handler that takes longer is given up; less than the lease, so that it ends before somebody else begins.
const TIME_LIMIT: Duration = Duration::from_secs(45);

/// Serves the queue until the token ends it.
pub(crate) async fn run(core: Core, stop: CancellationToken) {
    let lanes = LANES.map(|(kinds, parallel)| lane(core.clone(), kinds, parallel, stop.clone()));
    futures::future::join_all(lanes).await;
}

async fn lane(core: Core, kinds: &[Kind], parallel: usize, stop: CancellationToken) {
    let mut bell = core.bus.listen();
    let slots = Arc::new(Semaphore::new(parallel));
    let running = TaskTracker::new();
    loop {
        let free = slots.available_permits();
        let taken =
            if free == 0 { Ok(Vec::new()) } else { queue::take(&core, kinds, i64::try_from(free).unwrap_or(1)).await };
        match taken {
            Ok(jobs) => {
                let more = free > 0 && jobs.len() == free;
                for job in jobs {
                    let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
                    let core = core.clone();
                    running.spawn(async move {
                        handle(&core, job).await;
                        drop(slot);
                        // Something may wait for this one's ordering key or slot.
                        core.bus.ring(Topic::Jobs);
                    });
                }
                if more && !stop.is_cancelled() {
                    continue;
                }
            }
            Err(error) => tracing::warn!(%error, "jobs could not be taken"),
        }
        let rung = async {
            loop {
                match bell.recv().await {
                    Ok(Topic::Jobs) | Err(RecvError::Lagged(_)) => break,
                    Ok(_) => {}
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(POLL) => {}
            () = rung => {}
        }
    }
    running.close();
    running.wait().await;
}

async fn handle(core: &Core, job: Job) {
    // In a task of its own, so that a handler that panics is a failed job and nothing else.
    let attempt = {
        let (core, job) = (core.clone(), job.clone());
        tokio::spawn(async move { tokio::time::timeout(TIME_LIMIT, work::perform(&core, &job)).await })
    };
    let outcome = match attempt.await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => Err(JobError::backoff(format!("took longer than {TIME_LIMIT:?}"))),
        Err(panic) => Err(JobError::backoff(format!("ended by a panic: {panic}"))),
    };
    let kept = match &outcome {
        Ok(()) => queue::finish(core, &job).await,
        Err(error) => {
            if error.retry != Retry::Away {
                tracing::warn!(kind = job.kind.name(), job = %job.id, tries = job.tries, reason = %error, "a job failed");
            }
            if error.retry == Retry::Never || (job.is_last_try() && error.retry != Retry::Away) {
                work::give_up(core, &job, error).await;
            }
            queue::put_back(core, &job, error).await
        }
    };
    if let Err(error) = kept {
        // The lease runs out and the job comes back by itself.
        tracing::warn!(kind = job.kind.name(), job = %job.id, %error, "a job's end could not be stored");
    }
}
