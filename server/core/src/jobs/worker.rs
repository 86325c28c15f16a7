//! Takes jobs and runs them, some at a time, until told to stop; what runs then is finished first.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{Notify, Semaphore, mpsc},
    time::Instant,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{Job, JobError, Kind, Retry, queue};
use crate::{
    Core,
    events::{Topic, rung},
    work,
};

/// Jobs a process runs at once, by lane: what talks to Meta may hang, and must then not keep the rest waiting.
const LANES: [(&[Kind], usize); 2] = [
    (&[Kind::SendReadReceipt], 24),
    (&[Kind::ProcessDelivery, Kind::SendMessage, Kind::ConnectSimulator, Kind::GreetFromSimulator, Kind::Nothing], 100),
];
/// Most jobs taken by one statement.
const BATCH: usize = 50;
const POLL: Duration = Duration::from_millis(500);
/// How often jobs of dead workers are looked for.
const REAP: Duration = Duration::from_secs(5);
/// A handler that takes longer is given up; less than the lease, so that it ends before somebody else begins.
const TIME_LIMIT: Duration = Duration::from_secs(45);

/// Serves the queue until the token ends it.
pub(crate) async fn run(core: Core, stop: CancellationToken) {
    let lanes = LANES.map(|(kinds, parallel)| lane(core.clone(), kinds, parallel, stop.clone()));
    futures::future::join(futures::future::join_all(lanes), reap(core, stop)).await;
}

async fn reap(core: Core, stop: CancellationToken) {
    let mut timer = tokio::time::interval(REAP);
    loop {
        tokio::select! { () = stop.cancelled() => return, _ = timer.tick() => {} }
        if let Err(error) = queue::reap(&core).await {
            tracing::warn!(%error, "jobs of dead workers could not be looked for");
        }
    }
}

async fn lane(core: Core, kinds: &[Kind], parallel: usize, stop: CancellationToken) {
    let mut bell = core.bus.listen();
    let slots = Arc::new(Semaphore::new(parallel));
    let freed = Arc::new(Notify::new());
    let running = TaskTracker::new();
    let (done, ends) = mpsc::channel(parallel * 4);
    let finishing = tokio::spawn(finish(core.clone(), ends));
    loop {
        let free = slots.available_permits().min(BATCH);
        let taken =
            if free == 0 { Ok(Vec::new()) } else { queue::take(&core, kinds, i64::try_from(free).unwrap_or(1)).await };
        match taken {
            Ok(jobs) => {
                let more = free > 0 && jobs.len() == free;
                for job in jobs {
                    let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
                    let (core, done, freed) = (core.clone(), done.clone(), Arc::clone(&freed));
                    running.spawn(async move {
                        handle(&core, job, &done).await;
                        drop(slot);
                        freed.notify_one();
                    });
                }
                if more && !stop.is_cancelled() {
                    continue;
                }
                if free == 0 && !stop.is_cancelled() {
                    tokio::select! { () = stop.cancelled() => {} () = freed.notified() => {} }
                    continue;
                }
            }
            Err(error) => tracing::warn!(%error, "jobs could not be taken"),
        }
        tokio::select! {
            () = stop.cancelled() => break,
            () = tokio::time::sleep(POLL) => {}
            () = rung(&mut bell, Topic::Jobs) => {}
        }
    }
    running.close();
    running.wait().await;
    drop(done);
    // It ends when everything that was done is stored; a panic in it is logged by nobody else.
    if let Err(error) = finishing.await {
        tracing::error!(%error, "the ends of jobs could not be stored");
    }
}

/// Stores that jobs are done, many at a time. One that cannot be stored runs again when its lease is over.
async fn finish(core: Core, mut ends: mpsc::Receiver<Job>) {
    let mut jobs = Vec::new();
    while ends.recv_many(&mut jobs, 500).await > 0 {
        if let Err(error) = queue::finish(&core, &jobs).await {
            tracing::warn!(%error, jobs = jobs.len(), "the ends of jobs could not be stored");
        }
        jobs.clear();
    }
}

async fn handle(core: &Core, job: Job, done: &mpsc::Sender<Job>) {
    let began = Instant::now();
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
    let kind = job.kind.name();
    metrics::histogram!("charla_job_seconds", "kind" => kind).record(began.elapsed().as_secs_f64());
    metrics::counter!("charla_jobs_total", "kind" => kind, "outcome" => if outcome.is_ok() { "done" } else { "failed" })
        .increment(1);
    match outcome {
        // Closed only when nothing runs any more.
        Ok(()) => drop(done.send(job).await),
        Err(error) => {
            if error.retry != Retry::Away {
                tracing::warn!(kind, job = %job.id, tries = job.tries, reason = %error, "a job failed");
            }
            if error.retry == Retry::Never || (job.is_last_try() && error.retry != Retry::Away) {
                tracing::error!(kind, job = %job.id, tries = job.tries, reason = %error, "a job was given up");
            }
            if let Err(error) = queue::put_back(core, &job, &error).await {
                // The lease runs out and the job comes back by itself.
                tracing::warn!(kind, job = %job.id, %error, "a job's end could not be stored");
            }
        }
    }
}
