//! Days in the life of a number, in virtual time: the real engine against an outbox in memory and a Meta that limits,
//! refuses, loses answers and goes away, while the process dies and another takes over. One seed is one day, and the
//! same day each time.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    task::Waker,
    time::Duration,
};

use async_trait::async_trait;
use charla_meta::graph::{
    Accepted, MetaError, Outcome, OutgoingContent, OutgoingMessage, Recipient, RetryClass, SendFailure,
};
use futures::{
    executor::LocalPool,
    future::{AbortHandle, BoxFuture, abortable},
    task::LocalSpawnExt,
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::engine::{Attempt, AttemptId, Begun, End, Ended, Engine, Finished, Gateway, NotOurs, Outbox, Time};

const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_hours(24);
const RATE: u32 = 20;

// Time.

#[derive(Default)]
struct Clock {
    now: Duration,
    timers: BTreeMap<(Duration, u64), Waker>,
    next: u64,
}

/// Time that stands still until everybody waits, and then jumps to the next thing that happens.
#[derive(Clone, Default)]
struct VirtualTime(Arc<Mutex<Clock>>);

impl VirtualTime {
    fn clock(&self) -> std::sync::MutexGuard<'_, Clock> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Jumps to the next timer; gives whether there was one before `end`.
    fn jump(&self, end: Duration) -> bool {
        let mut clock = self.clock();
        let Some(((at, _), _)) = clock.timers.first_key_value() else { return false };
        if *at >= end {
            return false;
        }
        clock.now = clock.now.max(*at);
        let now = clock.now;
        let later = clock.timers.split_off(&(now, u64::MAX));
        let due = std::mem::replace(&mut clock.timers, later);
        drop(clock);
        due.into_values().for_each(Waker::wake);
        true
    }
}

impl Time for VirtualTime {
    fn now(&self) -> Duration {
        self.clock().now
    }

    fn until(&self, at: Duration) -> BoxFuture<'static, ()> {
        let time = self.clone();
        let mut key = None;
        Box::pin(std::future::poll_fn(move |context| {
            let mut clock = time.clock();
            if let Some(key) = key.take() {
                clock.timers.remove(&key);
            }
            if clock.now >= at {
                return std::task::Poll::Ready(());
            }
            let entry = (at, clock.next);
            clock.next += 1;
            clock.timers.insert(entry, context.waker().clone());
            key = Some(entry);
            std::task::Poll::Pending
        }))
    }
}

// The outbox.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Queued,
    Sending,
    Accepted,
    Failed,
    Unknown,
}

struct Stored {
    conversation: Uuid,
    state: State,
    due: Duration,
    tries: u32,
    attempts: i32,
    fence: Option<i64>,
}

#[derive(Default)]
struct Table {
    messages: BTreeMap<Uuid, Stored>,
    queues: BTreeMap<Uuid, VecDeque<Uuid>>,
    fence: i64,
    stopped: bool,
    away_until: Duration,
}

#[derive(Clone)]
struct MemoryOutbox {
    table: Arc<Mutex<Table>>,
    time: VirtualTime,
    fence: i64,
}

impl MemoryOutbox {
    fn table(&self) -> std::sync::MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn database(&self) {
        self.time.until(self.time.now() + Duration::from_millis(4)).await;
    }
}

impl Table {
    fn add(&mut self, message: Uuid, conversation: Uuid, now: Duration) {
        let stored = Stored { conversation, state: State::Queued, due: now, tries: 0, attempts: 0, fence: None };
        self.messages.insert(message, stored);
        self.queues.entry(conversation).or_default().push_back(message);
    }

    fn settle(&mut self, message: Uuid, state: State) {
        let Some(stored) = self.messages.get_mut(&message) else { return };
        if stored.state != State::Accepted {
            stored.state = state;
        }
        stored.fence = None;
        if let Some(queue) = self.queues.get_mut(&stored.conversation) {
            queue.retain(|queued| *queued != message);
            if queue.is_empty() {
                self.queues.remove(&stored.conversation);
            }
        }
    }

    /// What the one before us began and did not finish.
    fn settle_interrupted(&mut self) {
        let fence = self.fence;
        let left: Vec<Uuid> = self
            .messages
            .iter()
            .filter(|(_, stored)| stored.fence.is_some_and(|held| held < fence))
            .map(|(id, _)| *id)
            .collect();
        for message in left {
            self.settle(message, State::Unknown);
        }
    }
}

#[async_trait]
impl Outbox for MemoryOutbox {
    async fn begin(&self, limit: usize, blocked: &[Uuid]) -> Result<Begun, NotOurs> {
        self.database().await;
        let now = self.time.now();
        let mut table = self.table();
        if table.away_until > now {
            return Err(NotOurs::Away);
        }
        if table.fence != self.fence {
            return Err(NotOurs::Lost);
        }
        let mut begun = Begun { rate: RATE, stopped: table.stopped, ..Begun::default() };
        let heads: Vec<Uuid> = table
            .queues
            .iter()
            .filter(|(conversation, _)| !blocked.contains(conversation))
            .filter_map(|(_, queue)| queue.front().copied())
            .collect();
        let mut waits = Vec::new();
        for head in heads {
            let Some(stored) = table.messages.get_mut(&head) else { continue };
            if stored.fence.is_some() {
                continue;
            }
            if stored.due > now {
                waits.push(stored.due.saturating_sub(now));
            } else if begun.attempts.len() < limit {
                stored.fence = Some(self.fence);
                stored.state = State::Sending;
                stored.attempts += 1;
                begun.attempts.push(Attempt {
                    id: AttemptId { message: head, conversation: stored.conversation, number: stored.attempts },
                    tries: stored.tries,
                    outgoing: OutgoingMessage {
                        to: Recipient::Phone(stored.conversation.to_string()),
                        content: OutgoingContent::text("hello".to_owned()),
                        context_message_id: None,
                        callback_data: None,
                    },
                });
            } else {
                begun.more = true;
            }
        }
        begun.next_due = waits.into_iter().min();
        Ok(begun)
    }

    async fn finish(&self, ends: Vec<Finished>) -> bool {
        loop {
            self.database().await;
            let away = self.table().away_until;
            if away <= self.time.now() {
                break;
            }
            self.time.until(away).await;
        }
        let now = self.time.now();
        let mut table = self.table();
        for finished in ends {
            let message = finished.attempt.message;
            match finished.end {
                End::Accepted(_) => table.settle(message, State::Accepted),
                End::Unknown => table.settle(message, State::Unknown),
                End::Failed => table.settle(message, State::Failed),
                End::Again { after, counts } => {
                    let fence = self.fence;
                    if let Some(stored) = table.messages.get_mut(&message).filter(|s| s.fence == Some(fence)) {
                        stored.state = State::Queued;
                        stored.fence = None;
                        stored.due = now + after;
                        stored.tries += u32::from(counts);
                    }
                }
            }
        }
        true
    }

    async fn stopped(&self, failure: Option<SendFailure>) {
        self.table().stopped = failure.is_some();
    }
}

// Meta.

#[derive(Default)]
struct Ledger {
    /// What reached a phone, in order.
    sent: Vec<(Duration, Uuid, Uuid)>,
    refused_for_rate: usize,
    refused_for_pair: usize,
    /// Tries while the number was refused altogether.
    tries_while_blocked: Vec<Duration>,
    pairs: HashMap<Uuid, (f64, Duration)>,
}

/// What goes wrong at a time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weather {
    Fine,
    LosesAnswers,
    RefusesSome,
    RefusesAll,
    Away,
    Errors,
    Slow,
    TokenExpired,
}

struct Meta {
    ledger: Mutex<Ledger>,
    random: Mutex<StdRng>,
    time: VirtualTime,
    weather: Vec<(Duration, Weather)>,
}

fn refusal(code: i64, retry: RetryClass) -> SendFailure {
    let error = MetaError { code, subcode: None, message: String::new(), details: None, trace: None };
    SendFailure {
        outcome: Outcome::Refused,
        error: Some(error),
        retry,
        http_status: Some(400),
        detail: code.to_string(),
    }
}

fn silence(outcome: Outcome) -> SendFailure {
    SendFailure { outcome, error: None, retry: RetryClass::Fast, http_status: None, detail: "nothing".to_owned() }
}

impl Meta {
    fn weather(&self, now: Duration) -> Weather {
        self.weather.iter().rev().find(|(from, _)| *from <= now).map_or(Weather::Fine, |(_, weather)| *weather)
    }

    fn chance(&self, of: f64) -> bool {
        self.random.lock().unwrap_or_else(PoisonError::into_inner).random_bool(of)
    }

    fn ledger(&self) -> std::sync::MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes it, within Meta's own limits.
    #[expect(clippy::result_large_err, reason = "what a gateway answers with")]
    fn take(&self, attempt: &Attempt) -> Result<(), SendFailure> {
        let now = self.time.now();
        let mut ledger = self.ledger();
        let recent = ledger.sent.iter().rev().take_while(|(at, ..)| now.saturating_sub(*at) < SECOND).count();
        if recent >= RATE as usize {
            ledger.refused_for_rate += 1;
            return Err(refusal(130_429, RetryClass::Throttle));
        }
        let pair = ledger.pairs.entry(attempt.id.conversation).or_insert((45.0, now));
        let tokens = (pair.0 + now.saturating_sub(pair.1).as_secs_f64() / 6.0).min(45.0);
        *pair = (tokens, now);
        if tokens < 1.0 {
            ledger.refused_for_pair += 1;
            return Err(refusal(131_056, RetryClass::Pair));
        }
        pair.0 = tokens - 1.0;
        ledger.sent.push((now, attempt.id.conversation, attempt.id.message));
        Ok(())
    }
}

#[async_trait]
impl Gateway for Meta {
    async fn send(&self, attempt: &Attempt) -> Result<Accepted, SendFailure> {
        let arrived = self.time.now();
        let weather = self.weather(arrived);
        let pause = if weather == Weather::Slow && self.chance(0.2) { 30_000 } else { 150 };
        let taken = match weather {
            Weather::Away => Err(silence(Outcome::NotSent)),
            Weather::RefusesAll => {
                self.ledger().tries_while_blocked.push(arrived);
                Err(refusal(130_429, RetryClass::Throttle))
            }
            Weather::RefusesSome if self.chance(0.1) => Err(refusal(130_429, RetryClass::Throttle)),
            Weather::TokenExpired => {
                self.ledger().tries_while_blocked.push(arrived);
                Err(refusal(190, RetryClass::NeverAccount))
            }
            Weather::Errors if self.chance(0.5) => Err(silence(Outcome::Unknown)),
            _ => self.take(attempt),
        };
        self.time.until(arrived + Duration::from_millis(pause)).await;
        match taken {
            Ok(()) if weather == Weather::LosesAnswers && self.chance(0.05) => Err(silence(Outcome::Unknown)),
            Ok(()) => Ok(Accepted { message_id: format!("wamid.{}", attempt.id.message), wa_id: None, user_id: None }),
            Err(failure) => Err(failure),
        }
    }
}

// The day.

struct Outcomes {
    table: Arc<Mutex<Table>>,
    meta: Arc<Meta>,
    crashed: bool,
    written: usize,
}

/// A day of a number: members write, Meta has its moods, and processes die.
fn live(seed: u64, crashes: bool) -> Outcomes {
    let mut random = StdRng::seed_from_u64(seed);
    let time = VirtualTime::default();
    let moods = [
        Weather::LosesAnswers,
        Weather::RefusesSome,
        Weather::RefusesAll,
        Weather::Away,
        Weather::Errors,
        Weather::Slow,
        Weather::TokenExpired,
    ];
    let mut weather = vec![(Duration::ZERO, Weather::Fine)];
    for hour in 1..22 {
        let begin = SECOND * (hour * 3600 + random.random_range(0..1800));
        weather.push((begin, moods[random.random_range(0..moods.len())]));
        weather.push((begin + SECOND * random.random_range(20..300), Weather::Fine));
    }
    let meta = Arc::new(Meta {
        ledger: Mutex::default(),
        random: Mutex::new(StdRng::seed_from_u64(seed ^ 0xfeed)),
        time: time.clone(),
        weather,
    });
    let table = Arc::new(Mutex::new(Table::default()));
    let bell = Arc::new(Notify::new());
    let mut pool = LocalPool::new();
    let spawner = pool.spawner();

    // Members and programs: trickles, bursts to one person, and a campaign.
    let mut plan: Vec<(Duration, u128)> = Vec::new();
    for _ in 0..600 {
        plan.push((SECOND * random.random_range(0..22 * 3600), random.random_range(0..50)));
    }
    for _ in 0..5 {
        let (at, who) = (SECOND * random.random_range(0..20 * 3600), random.random_range(0..50));
        plan.extend((0..random.random_range(30..90)).map(|n| (at + SECOND * n / 4, who)));
    }
    let campaign = SECOND * random.random_range(0..18 * 3600);
    plan.extend((0..1_500).map(|n| (campaign, 100 + n)));
    plan.sort_unstable();
    let written = plan.len();
    let writing = {
        let (table, time, bell) = (Arc::clone(&table), time.clone(), Arc::clone(&bell));
        async move {
            for (n, (at, who)) in (1_u128..).zip(plan) {
                time.until(at).await;
                table.lock().unwrap_or_else(PoisonError::into_inner).add(
                    Uuid::from_u128(n),
                    Uuid::from_u128(who << 64),
                    at,
                );
                bell.notify_one();
            }
        }
    };
    spawner.spawn_local(writing).unwrap();
    // Whoever watches the outbox rings for what is due.
    let ringing = {
        let (time, bell) = (time.clone(), Arc::clone(&bell));
        async move {
            loop {
                time.until(time.now() + SECOND * 5).await;
                bell.notify_one();
            }
        }
    };
    spawner.spawn_local(ringing).unwrap();

    let start = || -> AbortHandle {
        let fence = {
            let mut table = table.lock().unwrap_or_else(PoisonError::into_inner);
            table.fence += 1;
            table.settle_interrupted();
            table.fence
        };
        let outbox = MemoryOutbox { table: Arc::clone(&table), time: time.clone(), fence };
        let (meta, time, bell) = (Arc::clone(&meta), time.clone(), Arc::clone(&bell));
        let (life, handle) = abortable(async move {
            loop {
                let parts = (Arc::new(outbox.clone()), Arc::clone(&meta), Arc::new(time.clone()) as Arc<dyn Time>);
                let stopped = outbox.table().stopped;
                let engine = Engine::new(parts, RATE, SECOND * 11 / 10, stopped);
                match engine.run(Arc::clone(&bell), CancellationToken::new()).await {
                    Ended::Idle => bell.notified().await,
                    // The database was away: taken anew, as whoever runs the engines does.
                    Ended::Unsure => time.until(time.now() + SECOND).await,
                    Ended::Lost | Ended::Stopped => return,
                }
            }
        });
        spawner
            .spawn_local(async move {
                // Aborted or ended: either way it is over.
                let _ = life.await;
            })
            .unwrap();
        handle
    };
    let mut running = start();
    let mut events: BTreeSet<Duration> = BTreeSet::new();
    if crashes {
        events.extend((0..20).map(|_| Duration::from_millis(random.random_range(0..22 * 3_600_000))));
        // Some of them in the middle of the campaign.
        events.extend((0..10).map(|_| campaign + Duration::from_millis(random.random_range(0..75_000))));
    }
    for event in events {
        run_until(&mut pool, &time, event);
        match random.random_range(0..3) {
            // Killed, and another takes over after the lease.
            0 => {
                running.abort();
                run_until(&mut pool, &time, event + SECOND * 10);
                running = start();
            }
            // Asleep past its lease: two of them for a while.
            1 => running = start(),
            // The database goes away.
            _ => table.lock().unwrap_or_else(PoisonError::into_inner).away_until = event + SECOND * 16,
        }
    }
    // Somebody renews the token in the evening.
    run_until(&mut pool, &time, SECOND * 23 * 3600);
    table.lock().unwrap_or_else(PoisonError::into_inner).stopped = false;
    run_until(&mut pool, &time, DAY);
    drop(pool);
    Outcomes { table, meta, crashed: crashes, written }
}

fn run_until(pool: &mut LocalPool, time: &VirtualTime, end: Duration) {
    loop {
        pool.run_until_stalled();
        if !time.jump(end) {
            return;
        }
    }
}

fn check(seed: u64, day: &Outcomes) {
    let table = day.table.lock().unwrap_or_else(PoisonError::into_inner);
    let ledger = day.meta.ledger();
    let mut seen = BTreeSet::new();
    for (_, _, message) in &ledger.sent {
        assert!(seen.insert(*message), "seed {seed}: {message} reached the phone twice");
    }
    assert_eq!(table.messages.len(), day.written);
    let mut unknown = 0;
    for (message, stored) in &table.messages {
        match stored.state {
            State::Accepted => assert!(seen.contains(message), "seed {seed}: {message} is said to be accepted"),
            State::Unknown => unknown += 1,
            State::Failed => panic!("seed {seed}: {message} failed although nothing was wrong with it"),
            State::Queued | State::Sending => {
                panic!("seed {seed}: {message} was never settled: {:?} due {:?}", stored.state, stored.due)
            }
        }
    }
    assert!(unknown < day.written / 4, "seed {seed}: {unknown} of {} are unknown", day.written);
    // What reached one person did so in the order it was written.
    let mut last: HashMap<Uuid, Uuid> = HashMap::new();
    for (_, conversation, message) in &ledger.sent {
        if let Some(before) = last.insert(*conversation, *message) {
            // Two processes at once: what the one had on the wire may arrive after the other's first.
            assert!(before < *message || day.crashed, "seed {seed}: {message} overtook {before}");
        }
    }
    if !day.crashed {
        assert_eq!(ledger.refused_for_rate, 0, "seed {seed}: sent faster than allowed");
        assert_eq!(ledger.refused_for_pair, 0, "seed {seed}: wrote to one person faster than allowed");
    }
    let tries = &ledger.tries_while_blocked;
    let dense = tries.windows(40).filter(|window| window[39].saturating_sub(window[0]) < SECOND * 20).count();
    assert!(day.crashed || dense < 60, "seed {seed}: {dense} windows of dense tries while blocked");
}

/// Twenty days, or as many as `CHARLA_DAYS` says; the night's run has five hundred.
fn seeds() -> std::ops::Range<u64> {
    0..std::env::var("CHARLA_DAYS").ok().and_then(|days| days.parse().ok()).unwrap_or(20)
}

#[test]
fn a_day_with_a_moody_meta_loses_nothing_and_says_nothing_twice() {
    for seed in seeds() {
        check(seed, &live(seed, false));
    }
}

#[test]
fn a_day_of_crashes_loses_nothing_and_says_nothing_twice() {
    for seed in seeds() {
        check(seed, &live(seed, true));
    }
}

#[test]
fn one_seed_is_one_day() {
    let sent = |day: &Outcomes| day.meta.ledger().sent.clone();
    assert_eq!(sent(&live(7, true)), sent(&live(7, true)));
}

#[test]
fn a_day_passes_in_less_than_a_second() {
    let began = std::time::Instant::now();
    live(3, true);
    // Generous: tests run beside each other, unoptimised.
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}
