//! Many webhooks at a chosen rate, to see what a server does with them.
//!
//! The load is open: deliveries are due at their times whether the ones before were answered or not, and one that had to
//! wait for a connection counts its wait. What is sent depends on the seed alone, so the same stream can be sent twice.

mod latency;
mod run;
mod stream;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    customer::SandboxError,
    simulator::{Simulator, lock},
};
use run::Run;
use stream::Stream;

/// How many reports are remembered; the oldest finished ones go first.
const REMEMBERED: usize = 100;
const MOST_CLIENTS: usize = 1000;
const MOST_PER_DELIVERY: usize = 1000;
const MOST_PHONES: u32 = 99_999;

/// What to send.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulkOrder {
    /// The business number: phone number id, key or telephone number.
    pub number: String,
    #[serde(default)]
    pub kind: BulkKind,
    /// How many events.
    pub count: u64,
    /// Events a second; without it as fast as they are answered.
    #[serde(default)]
    pub rate: Option<f64>,
    /// How many connections.
    #[serde(default = "sixty_four")]
    pub clients: usize,
    /// How many events in one delivery.
    #[serde(default = "one")]
    pub per_delivery: usize,
    /// How many customers take turns.
    #[serde(default = "five_hundred")]
    pub phones: u32,
    /// Message ids depend on it, on the number and on the place in the stream.
    #[serde(default = "seed")]
    pub seed: u64,
    /// Whether a delivery that is not answered with 200 is sent again, as Meta does.
    #[serde(default = "yes")]
    pub retry: bool,
    /// Texts that take turns, in place of `bulk {id} {n}`.
    #[serde(default, deserialize_with = "list_or_null")]
    pub texts: Vec<String>,
    /// Statuses are about messages that reached phones, not about unknown ones.
    #[serde(default)]
    pub wamids_from_ledger: bool,
    /// The place in the stream of the first event.
    #[serde(default)]
    pub first: u64,
}

fn sixty_four() -> usize {
    64
}

fn one() -> usize {
    1
}

fn five_hundred() -> u32 {
    500
}

fn seed() -> u64 {
    1
}

fn yes() -> bool {
    true
}

fn list_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

impl BulkOrder {
    /// So many messages to a number, as fast as they are answered.
    pub fn messages(number: &str, count: u64) -> Self {
        Self {
            number: number.to_owned(),
            kind: BulkKind::Messages,
            count,
            rate: None,
            clients: sixty_four(),
            per_delivery: one(),
            phones: five_hundred(),
            seed: seed(),
            retry: yes(),
            texts: Vec::new(),
            wamids_from_ledger: false,
            first: 0,
        }
    }

    fn check(&self) -> Result<(), BulkError> {
        if self.rate.is_some_and(|rate| !(rate.is_finite() && rate > 0.0)) {
            return Err(BulkError::Rate);
        }
        if !(1..=MOST_CLIENTS).contains(&self.clients) {
            return Err(BulkError::Clients);
        }
        if !(1..=MOST_PER_DELIVERY).contains(&self.per_delivery) {
            return Err(BulkError::PerDelivery);
        }
        if !(1..=MOST_PHONES).contains(&self.phones) {
            return Err(BulkError::Phones);
        }
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkKind {
    #[default]
    Messages,
    Statuses,
    /// Ten statuses after each message.
    Mixed,
}

/// Why an order is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BulkError {
    #[error("a rate is more than zero events a second, or null")]
    Rate,
    #[error("there are 1 to 1000 clients")]
    Clients,
    #[error("a delivery has 1 to 1000 events")]
    PerDelivery,
    #[error("there are 1 to 99,999 phones")]
    Phones,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkState {
    Running,
    /// Everything was posted, or it was stopped.
    Done,
}

/// How far a bulk is. Times are milliseconds; deliveries are counted, unless events are named.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BulkReport {
    pub state: BulkState,
    /// Tries, with those again.
    pub posted: u64,
    pub answered_200: u64,
    pub answered_503: u64,
    pub answered_other: u64,
    /// Tries without an answer.
    pub errors: u64,
    pub events_acked: u64,
    pub retries: u64,
    pub elapsed_ms: u64,
    /// From the time a delivery was due to its answer.
    pub p50_ms: f64,
    pub p99_ms: f64,
    pub max_ms: f64,
    /// How late the last delivery was begun.
    pub behind_ms: f64,
}

/// All of them, by id.
#[derive(Debug, Default)]
pub(crate) struct Bulks {
    runs: Mutex<BTreeMap<u64, Arc<Run>>>,
}

impl Bulks {
    fn get(&self, id: u64) -> Result<Arc<Run>, SandboxError> {
        lock(&self.runs).get(&id).cloned().ok_or(SandboxError::UnknownBulk(id))
    }
}

impl Simulator {
    /// Begins to send; gives the id under which it is known.
    pub fn start_bulk(&self, order: BulkOrder) -> Result<u64, SandboxError> {
        order.check()?;
        let (number, ledger) = {
            let world = self.world();
            let number = world.number_named(Some(&order.number));
            let number = number.ok_or_else(|| SandboxError::UnknownNumber(order.number.clone()))?.clone();
            let wanted = order.wamids_from_ledger;
            let ledger = if wanted { lock(&self.inner.ledgers).sent_ids(&number.phone_number_id) } else { Vec::new() };
            (number, ledger)
        };
        let (id, run) = {
            let mut runs = lock(&self.inner.bulks.runs);
            while runs.len() >= REMEMBERED {
                let finished = runs.iter().find(|(_, run)| run.report().state == BulkState::Done).map(|(id, _)| *id);
                match finished {
                    Some(finished) => runs.remove(&finished),
                    None => break,
                };
            }
            let id = runs.last_key_value().map_or(1, |(last, _)| last + 1);
            let stream = Stream::new(id, &order, number, ledger, &self.inner.config.app_secret, self.now());
            let run = Arc::new(Run::new(stream, &order));
            runs.insert(id, Arc::clone(&run));
            (id, run)
        };
        run::start(self, &run);
        Ok(id)
    }

    /// How far a bulk is.
    pub fn bulk(&self, id: u64) -> Result<BulkReport, SandboxError> {
        Ok(self.inner.bulks.get(id)?.report())
    }

    /// Ends a bulk at once; what is under way is cut off.
    pub fn stop_bulk(&self, id: u64) -> Result<(), SandboxError> {
        self.inner.bulks.get(id)?.stop();
        Ok(())
    }
}
