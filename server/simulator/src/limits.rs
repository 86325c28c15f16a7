//! How much a business may send (Meta, "Throughput"; "Pair rate limits"): per number and second, and per customer.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    customer::SandboxError,
    graph::GraphError,
    phone::Digits,
    simulator::{Simulator, lock},
};

const SECOND: i64 = 1_000_000;
/// One message to a customer is earned in this many microseconds.
const PAIR_REFILL: i64 = 6 * SECOND;
/// So many can be saved up.
const PAIR_BURST: i64 = 45;
/// Full buckets are swept out when there are this many, and again whenever their number has doubled.
const PAIRS_SWEPT: usize = 4096;

/// The limits of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Messages accepted in any second; `None` for no limit. Meta's usual one is 80.
    pub per_second: Option<u32>,
    /// Whether there is a limit per customer: 45 at once, then one in six seconds.
    pub pair: bool,
    /// Whether free-form messages fail outside the 24 hours after the customer's last.
    pub window: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { per_second: Some(80), pair: true, window: true }
    }
}

/// A change of limits; what is not named stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsChange {
    /// `Some(None)` lifts the limit.
    #[serde(default, deserialize_with = "crate::given")]
    pub per_second: Option<Option<u32>>,
    pub pair: Option<bool>,
    pub window: Option<bool>,
}

/// What one number has used up. Times are microseconds since 1970.
#[derive(Debug, Default)]
struct Use {
    limits: Limits,
    /// When messages were accepted within the last second, as far as the limit looks back.
    accepted: VecDeque<i64>,
    pairs: Pairs,
}

/// The buckets of all customers of a number, each as the time at which it will be full again.
#[derive(Debug, Default)]
struct Pairs {
    full_at: HashMap<Digits, i64>,
    sweep_at: usize,
}

impl Pairs {
    fn take(&mut self, customer: Digits, now: i64) -> bool {
        if self.full_at.len() >= self.sweep_at.max(PAIRS_SWEPT) {
            self.full_at.retain(|_, full_at| *full_at > now);
            self.sweep_at = self.full_at.len() * 2;
        }
        let full_at = self.full_at.entry(customer).or_insert(now);
        let next = (*full_at).max(now) + PAIR_REFILL;
        let fits = next - now <= PAIR_BURST * PAIR_REFILL;
        if fits {
            *full_at = next;
        }
        fits
    }
}

impl Use {
    fn fits_in_second(&mut self, now: i64) -> bool {
        let Some(most) = self.limits.per_second else { return true };
        while self.accepted.front().is_some_and(|at| *at <= now - SECOND) {
            self.accepted.pop_front();
        }
        self.accepted.len() < most as usize
    }
}

/// The limits of all numbers, by phone number id.
#[derive(Debug, Default)]
pub(crate) struct AllLimits(HashMap<Arc<str>, Use>);

impl AllLimits {
    fn of(&mut self, phone_number_id: &str) -> &mut Use {
        // Numbers are few, but requests are many: the name is copied once.
        if !self.0.contains_key(phone_number_id) {
            self.0.insert(phone_number_id.into(), Use::default());
        }
        self.0.entry(phone_number_id.into()).or_default()
    }

    /// Takes one message to a customer, or says which limit forbids it. A refused one uses up nothing.
    pub(crate) fn take(&mut self, phone_number_id: &str, customer: Digits, now: i64) -> Result<Limits, GraphError> {
        let of = match self.0.get_mut(phone_number_id) {
            Some(of) => of,
            None => self.of(phone_number_id),
        };
        if !of.fits_in_second(now) {
            return Err(GraphError::of_code(130_429));
        }
        if of.limits.pair && !of.pairs.take(customer, now) {
            return Err(GraphError::of_code(131_056));
        }
        if of.limits.per_second.is_some() {
            of.accepted.push_back(now);
        }
        Ok(of.limits)
    }

    fn change(&mut self, phone_number_id: &str, change: &LimitsChange) -> Limits {
        let limits = &mut self.of(phone_number_id).limits;
        limits.per_second = change.per_second.unwrap_or(limits.per_second);
        limits.pair = change.pair.unwrap_or(limits.pair);
        limits.window = change.window.unwrap_or(limits.window);
        *limits
    }
}

impl Simulator {
    /// The limits of a number, by id, key or telephone number.
    pub fn limits(&self, number: &str) -> Result<Limits, SandboxError> {
        self.set_limits(number, &LimitsChange::default())
    }

    /// Changes the limits of a number, and gives what holds now. They are forgotten with the simulator.
    pub fn set_limits(&self, number: &str, change: &LimitsChange) -> Result<Limits, SandboxError> {
        let id = self.number_id(number)?;
        Ok(lock(&self.inner.limits).change(&id, change))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn customer(n: usize) -> Digits {
        Digits::parse(&format!("55119{n:08}")).unwrap()
    }

    fn code(taken: Result<Limits, GraphError>) -> u32 {
        taken.map_or_else(|error| error.code, |_| 0)
    }

    #[test]
    fn any_second_has_at_most_so_many() {
        let mut limits = AllLimits::default();
        let change = LimitsChange { per_second: Some(Some(3)), ..LimitsChange::default() };
        limits.change("1", &change);
        let codes: Vec<u32> = [0, 400_000, 800_000, 999_999, 1_000_000, 1_000_001, 1_399_999, 1_400_000]
            .into_iter()
            .enumerate()
            .map(|(n, at)| code(limits.take("1", customer(n), at)))
            .collect();
        assert_eq!(codes, [0, 0, 0, 130_429, 0, 130_429, 130_429, 0]);
        assert_eq!(code(limits.take("2", customer(0), 0)), 0, "each number has its own");
    }

    #[test]
    fn the_usual_number_sends_eighty_a_second() {
        let mut limits = AllLimits::default();
        let accepted = (0..1000).filter(|n| limits.take("1", customer(*n), i64::try_from(*n).unwrap()).is_ok()).count();
        assert_eq!(accepted, 80);
        limits.change("1", &LimitsChange { per_second: Some(None), ..LimitsChange::default() });
        assert!((0..1000).all(|n| limits.take("1", customer(n), SECOND).is_ok()), "without a limit there is none");
    }

    #[test]
    fn a_customer_gets_forty_five_at_once_and_then_one_in_six_seconds() {
        let mut limits = AllLimits::default();
        let now = 1_800_000_000 * SECOND;
        let sent = (0..60).filter(|_| limits.take("1", customer(1), now).is_ok()).count();
        assert_eq!(sent, 45);
        assert_eq!(code(limits.take("1", customer(1), now + 5_999_999)), 131_056);
        assert_eq!(code(limits.take("1", customer(1), now + 6_000_000)), 0);
        assert_eq!(code(limits.take("1", customer(1), now + 6_000_001)), 131_056);
        assert_eq!(code(limits.take("1", customer(2), now + 6_000_001)), 0, "nobody else is held up");
        // A burst of twenty needs two minutes of silence.
        let later = now + 6_000_000 + 120 * SECOND;
        assert_eq!((0..60).filter(|_| limits.take("1", customer(1), later).is_ok()).count(), 20);
        limits.change("1", &LimitsChange { pair: Some(false), ..LimitsChange::default() });
        assert_eq!(code(limits.take("1", customer(1), later + SECOND)), 0);
    }

    #[test]
    fn full_buckets_are_forgotten() {
        let mut pairs = Pairs::default();
        for n in 0..20_000 {
            assert!(pairs.take(customer(n), i64::try_from(n).unwrap() * SECOND));
        }
        assert!(pairs.full_at.len() <= PAIRS_SWEPT, "{}", pairs.full_at.len());
    }
}
