//! A bulk at work: as many workers as it has connections take the next delivery that is due.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio_util::sync::CancellationToken;

use super::{BulkOrder, BulkReport, BulkState, latency::Latencies, stream::Stream};
use crate::{
    simulator::{Simulator, lock},
    webhook::{EventKind, post},
};

/// How long a worker with nothing to do looks away.
const IDLE: Duration = Duration::from_millis(10);

/// A delivery that is to be tried again: when, which, and how often it has failed.
type Again = Reverse<(Instant, u64, u32)>;

#[derive(Debug)]
pub(super) struct Run {
    stream: Stream,
    clients: usize,
    retries: bool,
    began: Instant,
    /// The next delivery that nobody has tried.
    next: AtomicU64,
    again: Mutex<BinaryHeap<Again>>,
    /// Deliveries that have not come to their end.
    open: AtomicU64,
    tally: Mutex<Tally>,
    stop: CancellationToken,
}

#[derive(Debug, Default)]
struct Tally {
    posted: u64,
    answered_200: u64,
    answered_503: u64,
    answered_other: u64,
    errors: u64,
    events_acked: u64,
    retries: u64,
    behind: Duration,
    latencies: Latencies,
    workers: usize,
    took: Option<Duration>,
}

/// What a worker does next.
enum Job {
    Post { delivery: u64, due: Instant, failures: u32 },
    Wait,
    Done,
}

fn millis(micros: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "times stay far below 2^52 microseconds")]
    let micros = micros as f64;
    micros / 1000.0
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

impl Run {
    pub(super) fn new(stream: Stream, order: &BulkOrder) -> Self {
        Self {
            clients: order.clients,
            retries: order.retry,
            began: Instant::now(),
            next: AtomicU64::new(0),
            again: Mutex::default(),
            open: AtomicU64::new(stream.deliveries()),
            tally: Mutex::new(Tally { workers: order.clients, ..Tally::default() }),
            stop: CancellationToken::new(),
            stream,
        }
    }

    pub(super) fn stop(&self) {
        self.stop.cancel();
    }

    pub(super) fn report(&self) -> BulkReport {
        let tally = lock(&self.tally);
        BulkReport {
            state: if tally.took.is_some() { BulkState::Done } else { BulkState::Running },
            posted: tally.posted,
            answered_200: tally.answered_200,
            answered_503: tally.answered_503,
            answered_other: tally.answered_other,
            errors: tally.errors,
            events_acked: tally.events_acked,
            retries: tally.retries,
            elapsed_ms: micros(tally.took.unwrap_or_else(|| self.began.elapsed())) / 1000,
            p50_ms: millis(tally.latencies.percentile(50)),
            p99_ms: millis(tally.latencies.percentile(99)),
            max_ms: millis(tally.latencies.most()),
            behind_ms: millis(micros(tally.behind)),
        }
    }

    /// What is due again goes before what is new.
    fn job(&self) -> Job {
        let now = Instant::now();
        let mut again = lock(&self.again);
        if again.peek().is_some_and(|Reverse((due, ..))| *due <= now)
            && let Some(Reverse((due, delivery, failures))) = again.pop()
        {
            return Job::Post { delivery, due, failures };
        }
        drop(again);
        let delivery = self.next.fetch_add(1, Ordering::Relaxed);
        if delivery < self.stream.deliveries() {
            let due = self.stream.due(delivery).map_or(now, |due| self.began + Duration::from_secs_f64(due));
            return Job::Post { delivery, due, failures: 0 };
        }
        if self.open.load(Ordering::Acquire) == 0 { Job::Done } else { Job::Wait }
    }

    fn close(&self) {
        self.open.fetch_sub(1, Ordering::AcqRel);
    }

    /// The last worker ends the run.
    fn leave(&self) {
        let mut tally = lock(&self.tally);
        tally.workers -= 1;
        if tally.workers == 0 {
            tally.took = Some(self.began.elapsed());
        }
    }

    async fn work(&self, simulator: &Simulator) {
        loop {
            match self.job() {
                Job::Done => return,
                Job::Wait => tokio::time::sleep(IDLE).await,
                Job::Post { delivery, due, failures } => {
                    tokio::time::sleep_until(due.into()).await;
                    self.post(simulator, delivery, due, failures).await;
                }
            }
        }
    }

    async fn post(&self, simulator: &Simulator, delivery: u64, due: Instant, failures: u32) {
        let composed = self.stream.compose(delivery);
        if failures == 0 {
            simulator.write_bulk(&self.stream, &composed.written);
        }
        let begun = Instant::now();
        let outcome = post(simulator, composed.body.into()).await;
        let took = due.elapsed();
        let is_taken = matches!(outcome, Ok(200));
        {
            let mut tally = lock(&self.tally);
            tally.posted += 1;
            tally.retries += u64::from(failures > 0);
            tally.behind = begun.saturating_duration_since(due);
            match outcome {
                Ok(200) => tally.answered_200 += 1,
                Ok(503) => tally.answered_503 += 1,
                Ok(_) => tally.answered_other += 1,
                Err(_) => tally.errors += 1,
            }
            if outcome.is_ok() {
                tally.latencies.add(micros(took));
            }
            if is_taken {
                tally.events_acked += composed.updates.len() as u64;
            }
        }
        if is_taken {
            let number = &self.stream.number.phone_number_id;
            let events = composed.updates.iter().map(|update| (update.event.kind, update.event.id));
            simulator.note_acked(number, events, failures + 1);
            for update in composed.updates.iter().filter(|update| update.event.kind == EventKind::Message) {
                simulator.business_received(&update.event.id.to_string());
            }
            self.close();
        } else if self.retries {
            let wait = simulator.timing().retry.after(failures + 1);
            lock(&self.again).push(Reverse((Instant::now() + wait, delivery, failures + 1)));
        } else {
            self.close();
        }
    }
}

/// Lets the workers work.
pub(super) fn start(simulator: &Simulator, run: &Arc<Run>) {
    for _ in 0..run.clients {
        let (worker, run) = (simulator.clone(), Arc::clone(run));
        simulator.spawn(async move {
            tokio::select! {
                () = worker.inner.stop.cancelled() => {}
                () = run.stop.cancelled() => {}
                () = run.work(&worker) => {}
            }
            run.leave();
        });
    }
}

impl Simulator {
    /// What customers write in bulk stands on their phones and opens their windows, so that it can be answered.
    fn write_bulk(&self, stream: &Stream, written: &[(crate::phone::Digits, crate::message::Message)]) {
        if written.is_empty() {
            return;
        }
        let now = self.now();
        let mut world = self.world();
        for (digits, message) in written {
            let phone = world.phone_for(digits, None, &self.inner.config.app_secret, now);
            phone.last_wrote.insert(stream.number.phone_number_id.clone(), now);
            // Replays are written once.
            if !phone.messages.iter().rev().any(|known| known.id == message.id) {
                world.add_message(digits, message.clone());
            }
        }
    }
}
