//! Sends for one number: fetches what is due, paces it, hands it to Meta, stores what became of it.
//!
//! The engine knows neither Postgres nor HTTP nor the clock: it asks an [`Outbox`], a [`Gateway`] and a [`Time`]. So a
//! test lets a day of it pass in a moment (`day.rs`).

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use charla_meta::graph::{Accepted, Outcome, OutgoingMessage, RetryClass, SendFailure};
use futures::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{
    pace::{Pace, Trouble},
    pairs::Pairs,
};

/// Attempts are begun this long before they leave, so that the pace does not wait for the database.
const AHEAD: Duration = Duration::from_millis(30);
/// How often it is looked into when nobody rings; whoever runs the engines rings for what is due.
const POLL: Duration = Duration::from_secs(15);
/// A number that has nothing to send for so long is let go, and what is known of its customers' pace with it.
const IDLE: Duration = Duration::from_mins(5);
/// How long a process that stops waits for the answers to what is on the wire.
const LAST_ANSWERS: Duration = Duration::from_secs(10);
/// Tries of a message that Meta refuses for a passing reason of its own.
const TRIES: u32 = 8;

/// Which try of which message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AttemptId {
    /// The message.
    pub message: Uuid,
    /// Its conversation.
    pub conversation: Uuid,
    /// The number of the attempt.
    pub number: i32,
}

/// One try to hand a message to Meta; it is written down before this exists.
#[derive(Debug, Clone)]
pub(crate) struct Attempt {
    /// Which.
    pub id: AttemptId,
    /// How often it was tried before.
    pub tries: u32,
    /// What goes out.
    pub outgoing: OutgoingMessage,
}

/// What became of an attempt.
#[derive(Debug, Clone)]
pub(crate) struct Finished {
    /// Which.
    pub attempt: AttemptId,
    /// What is to be stored.
    pub end: End,
    /// What Meta or the network said, when it was not taken.
    pub failure: Option<SendFailure>,
}

/// How an attempt ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// Meta took it, under this id.
    Accepted(String),
    /// It may have gone out: never again by itself.
    Unknown,
    /// It did not, and will not.
    Failed,
    /// It did not: again after this time.
    Again {
        /// The least wait.
        after: Duration,
        /// Whether it counts as a try of this message.
        counts: bool,
    },
}

/// What the outbox gave.
#[derive(Debug, Default)]
pub(crate) struct Begun {
    /// Attempts, written down.
    pub attempts: Vec<Attempt>,
    /// Whether there may be more that is due.
    pub more: bool,
    /// When the next is due, if anything waits for its time.
    pub next_due: Option<Duration>,
    /// The number's rate a second.
    pub rate: u32,
    /// Whether Meta refuses everything of the number, as far as is stored.
    pub stopped: bool,
}

/// The engine may not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotOurs {
    /// Another process sends for the number now, or it was deactivated.
    Lost,
    /// The database is away.
    Away,
}

/// Where messages wait, and where what became of them is stored.
#[async_trait]
pub(crate) trait Outbox: Send + Sync + 'static {
    /// Writes down attempts of up to `limit` due messages, none of these conversations.
    async fn begin(&self, limit: usize, blocked: &[Uuid]) -> Result<Begun, NotOurs>;

    /// Stores ends, however long that takes. Gives whether all are stored: one that the database refuses for what it holds
    /// is given up.
    async fn finish(&self, ends: Vec<Finished>) -> bool;

    /// Meta refuses everything of the number (with this failure), or does not any more.
    async fn stopped(&self, failure: Option<SendFailure>);
}

/// Where messages go.
#[async_trait]
pub(crate) trait Gateway: Send + Sync + 'static {
    /// Hands over a message.
    async fn send(&self, attempt: &Attempt) -> Result<Accepted, SendFailure>;
}

/// The clock an engine runs by.
pub(crate) trait Time: Send + Sync + 'static {
    /// The time since some instant.
    fn now(&self) -> Duration;

    /// Ends at this time.
    fn until(&self, at: Duration) -> BoxFuture<'static, ()>;
}

/// Real time.
#[derive(Debug)]
pub(crate) struct RealTime(tokio::time::Instant);

impl Default for RealTime {
    fn default() -> Self {
        Self(tokio::time::Instant::now())
    }
}

impl Time for RealTime {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn until(&self, at: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep_until(self.0 + at))
    }
}

/// Why an engine ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// There is nothing to send.
    Idle,
    /// The number is somebody else's now.
    Lost,
    /// The database did not say whether it wrote attempts down. All others were answered and stored: what is left under
    /// this fence never left.
    Unsure,
    /// The process stops.
    Stopped,
}

/// Sends for one number until there is nothing to send, it is not ours any more, or the process stops.
pub(crate) struct Engine<O, G> {
    outbox: Arc<O>,
    gateway: Arc<G>,
    time: Arc<dyn Time>,
    pace: Pace,
    pairs: Pairs,
    finished: Vec<Finished>,
    in_flight: usize,
    stopped: bool,
    /// What is to be stored about the number: why it is stopped, or that it is not.
    note: Option<Option<SendFailure>>,
}

type Answer = (Attempt, Result<Accepted, SendFailure>);

impl<O: Outbox, G: Gateway> Engine<O, G> {
    /// For a number of this rate, that may begin to send after `wait`, and whose messages Meta refused when it was last
    /// sent for, or not.
    pub(crate) fn new(
        (outbox, gateway, time): (Arc<O>, Arc<G>, Arc<dyn Time>),
        rate: u32,
        wait: Duration,
        stopped: bool,
    ) -> Self {
        let begin = time.now() + wait;
        let mut pace = Pace::new(rate, begin);
        if stopped {
            pace.stopped(begin);
        }
        Self {
            outbox,
            gateway,
            time,
            pace,
            pairs: Pairs::default(),
            finished: Vec::new(),
            in_flight: 0,
            stopped,
            note: None,
        }
    }

    fn now(&self) -> Duration {
        self.time.now()
    }

    /// How many messages may be on the wire at once: what leaves in eight seconds, so that slow answers do not slow the
    /// number, and hanging ones do not pile up without end.
    fn room(&self) -> usize {
        let most = (self.pace.rate() as usize * 8).clamp(32, 4_000);
        most.saturating_sub(self.in_flight)
    }

    /// Runs. `bell` says that there may be something to send.
    pub(crate) async fn run(mut self, bell: Arc<Notify>, stop: CancellationToken) -> Ended {
        let mut sending: FuturesUnordered<BoxFuture<'static, Answer>> = FuturesUnordered::new();
        let mut begin: Option<BoxFuture<'static, Result<Begun, NotOurs>>> = None;
        let mut store: Option<BoxFuture<'static, bool>> = None;
        let mut noting: Option<BoxFuture<'static, ()>> = None;
        let mut look_at = self.now();
        let mut busy_at = self.now();
        let mut ending: Option<(Ended, Duration)> = None;
        let (mut rings, mut asked_only, mut all_stored) = (false, false, true);
        loop {
            let now = self.now();
            if store.is_none() && !self.finished.is_empty() {
                let (outbox, ends) = (Arc::clone(&self.outbox), std::mem::take(&mut self.finished));
                store = Some(Box::pin(async move { outbox.finish(ends).await }));
            }
            if noting.is_none()
                && let Some(failure) = self.note.take()
            {
                let outbox = Arc::clone(&self.outbox);
                noting = Some(Box::pin(async move { outbox.stopped(failure).await }));
            }
            let quiet = sending.is_empty() && begin.is_none() && store.is_none() && noting.is_none();
            if let Some((ended, since)) = ending {
                if quiet || now.saturating_sub(since) > LAST_ANSWERS {
                    // With anything unanswered or not stored, what is left under the fence may have left.
                    let is_clean = quiet && all_stored;
                    return if ended == Ended::Unsure && !is_clean { Ended::Lost } else { ended };
                }
            } else if stop.is_cancelled() {
                ending = Some((Ended::Stopped, now));
                continue;
            } else if quiet && now.saturating_sub(busy_at) >= IDLE && self.pace.trouble().is_none() {
                ending = Some((Ended::Idle, now));
                continue;
            }
            let mut wake = now + POLL;
            let rung = std::mem::take(&mut rings);
            if ending.is_none() && begin.is_none() && rung && self.stopped {
                // Somebody may have given the number a new token: its settings are read, and nothing is tried.
                let outbox = Arc::clone(&self.outbox);
                asked_only = true;
                begin = Some(Box::pin(async move { outbox.begin(0, &[]).await }));
            } else if ending.is_none()
                && begin.is_none()
                && self.room() > 0
                && let Some(slot) = self.pace.slot(now)
            {
                let at = slot.saturating_sub(AHEAD).max(look_at);
                if at <= now {
                    let limit = self.pace.batch().min(self.room());
                    let (outbox, blocked) = (Arc::clone(&self.outbox), self.pairs.blocked(now));
                    asked_only = false;
                    begin = Some(Box::pin(async move { outbox.begin(limit, &blocked).await }));
                } else {
                    wake = wake.min(at);
                }
            }
            if let Some((_, since)) = ending {
                wake = wake.min(since + LAST_ANSWERS + Duration::from_millis(1));
            }
            tokio::select! {
                begun = async { match &mut begin { Some(begin) => begin.await, None => std::future::pending().await } } => {
                    begin = None;
                    let now = self.now();
                    match begun {
                        Ok(begun) => {
                            self.settings(&begun, now);
                            if asked_only {
                                // Nothing was fetched: when to look is as it was.
                            } else if begun.attempts.is_empty() {
                                self.pace.give_back();
                                // A conversation that was left out may be written to before anything else is due.
                                let next = [begun.next_due.map(|wait| now + wait), self.pairs.next(now)];
                                look_at = next.into_iter().flatten().min().map_or(now + POLL, |at| at.min(now + POLL));
                            } else {
                                busy_at = now;
                                look_at = if begun.more { now } else { begun.next_due.map_or(now + POLL, |wait| now + wait.min(POLL)) };
                            }
                            for attempt in begun.attempts {
                                // Something has gone wrong since they were fetched: they wait with the others.
                                let Some(at) = self.pace.reserve(now) else {
                                    let end = End::Again { after: Duration::ZERO, counts: false };
                                    self.finished.push(Finished { attempt: attempt.id, end, failure: None });
                                    continue;
                                };
                                self.pairs.take(attempt.id.conversation, at);
                                self.in_flight += 1;
                                metrics::gauge!("charla_sends_in_flight").increment(1.0);
                                let (gateway, time) = (Arc::clone(&self.gateway), Arc::clone(&self.time));
                                sending.push(Box::pin(async move {
                                    time.until(at).await;
                                    let answer = gateway.send(&attempt).await;
                                    let took = time.now().saturating_sub(at);
                                    metrics::histogram!("charla_send_seconds").record(took.as_secs_f64());
                                    (attempt, answer)
                                }));
                            }
                        }
                        Err(NotOurs::Lost) => ending = Some((Ended::Lost, now)),
                        // It may have written attempts down all the same: they are found when the number is taken anew.
                        Err(NotOurs::Away) => ending = Some((Ended::Unsure, now)),
                    }
                }
                Some((attempt, answer)) = sending.next(), if !sending.is_empty() => {
                    self.in_flight -= 1;
                    metrics::gauge!("charla_sends_in_flight").decrement(1.0);
                    busy_at = self.now();
                    let finished = self.judge(&attempt, answer);
                    self.finished.push(finished);
                }
                stored = async { match &mut store { Some(store) => store.await, None => std::future::pending().await } } => {
                    store = None;
                    all_stored &= stored;
                    // The next message of one of these conversations may be due.
                    look_at = self.now();
                }
                () = async { match &mut noting { Some(noting) => noting.await, None => std::future::pending().await } } => {
                    noting = None;
                }
                () = bell.notified(), if ending.is_none() => {
                    rings = true;
                    look_at = self.now();
                }
                () = self.time.until(wake) => {}
                () = stop.cancelled(), if ending.is_none() => {}
            }
        }
    }

    /// What may have changed about the number.
    fn settings(&mut self, begun: &Begun, now: Duration) {
        self.pace.set_rate(begun.rate);
        if self.stopped && !begun.stopped && self.pace.trouble() == Some(Trouble::Stopped) {
            // Somebody gave it a new token, say.
            self.pace.resume(now);
        }
        self.stopped = begun.stopped;
    }

    /// What an answer means: for the message, for its customer, and for the number.
    fn judge(&mut self, attempt: &Attempt, answer: Result<Accepted, SendFailure>) -> Finished {
        let now = self.now();
        let failure = match answer {
            Ok(accepted) => {
                metrics::counter!("charla_sends_total", "outcome" => "accepted").increment(1);
                self.pace.answered(now);
                if self.stopped {
                    self.stopped = false;
                    self.note = Some(None);
                }
                return Finished { attempt: attempt.id, end: End::Accepted(accepted.message_id), failure: None };
            }
            Err(failure) => failure,
        };
        let backoff = Duration::from_secs(1 << attempt.tries.min(6)).min(Duration::from_mins(1));
        let last = attempt.tries + 1 >= TRIES;
        let end = match (failure.outcome, failure.retry) {
            (Outcome::Unknown, _) => {
                self.pace.lost(now);
                End::Unknown
            }
            // Nothing went out, and no one knows when it will: it waits as long as its window is open.
            (Outcome::NotSent, _) => {
                self.pace.lost(now);
                End::Again { after: backoff, counts: true }
            }
            (Outcome::Refused, RetryClass::Throttle) => {
                self.pace.throttled(now);
                End::Again { after: Duration::ZERO, counts: false }
            }
            (Outcome::Refused, retry) if retry == RetryClass::ThrottleAccount || limits_the_number(&failure) => {
                self.pace.limited(now, failure.wait().unwrap_or(Duration::from_mins(1)));
                End::Again { after: Duration::ZERO, counts: false }
            }
            (Outcome::Refused, RetryClass::Pair) => {
                self.pace.answered(now);
                let wait = self.pairs.refused(attempt.id.conversation, now, attempt.tries + 1);
                End::Again { after: wait, counts: true }
            }
            (Outcome::Refused, RetryClass::NeverAccount) => {
                self.pace.stopped(now);
                if !self.stopped {
                    self.stopped = true;
                    self.note = Some(Some(failure.clone()));
                }
                End::Again { after: Duration::ZERO, counts: false }
            }
            (Outcome::Refused, retry) => {
                self.pace.answered(now);
                match failure.wait() {
                    _ if !retry.is_retryable() || last => End::Failed,
                    Some(wait) => End::Again { after: wait.max(backoff), counts: true },
                    None => End::Again { after: backoff, counts: true },
                }
            }
        };
        let outcome = match &end {
            End::Unknown => "unknown",
            End::Failed => "failed",
            End::Again { .. } => "again",
            End::Accepted(_) => "accepted",
        };
        metrics::counter!("charla_sends_total", "outcome" => outcome).increment(1);
        Finished { attempt: attempt.id, end, failure: Some(failure) }
    }
}

/// Whether everything of the number has to wait, not this message alone: it is flagged as spam, is being moved to a
/// higher limit, or is limited for its templates (meta-api.md §14).
fn limits_the_number(failure: &SendFailure) -> bool {
    failure.error.as_ref().is_some_and(|error| matches!(error.code, 131_048 | 131_057 | 131_064 | 2_494_100))
}
