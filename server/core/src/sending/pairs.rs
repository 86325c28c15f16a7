//! How fast one customer is written to: Meta takes one message in six seconds to the same person, and a burst of 45 that
//! is then to be made up for (meta-api.md §11; code 131056). Keeping to it costs a customer's thread a wait; running into
//! it costs refusals, and longer ones each time.

use std::{collections::HashMap, time::Duration};

use uuid::Uuid;

/// Messages that may follow each other at once; a few less than Meta's 45, whose clock is not ours.
const BURST: f64 = 40.0;
/// One more in this time.
const EVERY: Duration = Duration::from_secs(6);
/// Look for entries that say nothing any more when there are so many.
const PRUNE_AT: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Duration,
    until: Duration,
}

/// The buckets of a number's conversations; who is not in here has a full one.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    buckets: HashMap<Uuid, Bucket>,
    prune_at: usize,
}

impl Pairs {
    fn bucket(&mut self, conversation: Uuid, now: Duration) -> &mut Bucket {
        if self.buckets.len() >= self.prune_at.max(PRUNE_AT) {
            self.buckets.retain(|_, bucket| now < bucket.until || refilled(bucket, now) < BURST);
            self.prune_at = self.buckets.len() * 2;
        }
        let bucket = self.buckets.entry(conversation).or_insert(Bucket { tokens: BURST, at: now, until: now });
        bucket.tokens = refilled(bucket, now);
        bucket.at = now;
        bucket
    }

    /// A message leaves.
    pub(crate) fn take(&mut self, conversation: Uuid, now: Duration) {
        let bucket = self.bucket(conversation, now);
        bucket.tokens -= 1.0;
        if bucket.tokens < 1.0 {
            bucket.until = bucket.until.max(now + EVERY.mul_f64(1.0 - bucket.tokens));
        }
    }

    /// Meta refused one for this person; gives how long they have to wait: 4^n seconds after the n-th refusal.
    pub(crate) fn refused(&mut self, conversation: Uuid, now: Duration, tries: u32) -> Duration {
        let wait = Duration::from_secs(4_u64.pow(tries.clamp(1, 5))).max(EVERY);
        let bucket = self.bucket(conversation, now);
        bucket.tokens = 0.0;
        bucket.until = bucket.until.max(now + wait);
        wait
    }

    /// Conversations that have to wait.
    pub(crate) fn blocked(&self, now: Duration) -> Vec<Uuid> {
        self.buckets.iter().filter(|(_, bucket)| now < bucket.until).map(|(id, _)| *id).collect()
    }

    /// When the next of them may be written to.
    pub(crate) fn next(&self, now: Duration) -> Option<Duration> {
        self.buckets.values().map(|bucket| bucket.until).filter(|until| now < *until).min()
    }
}

fn refilled(bucket: &Bucket, now: Duration) -> f64 {
    let gained = now.saturating_sub(bucket.at).as_secs_f64() / EVERY.as_secs_f64();
    (bucket.tokens + gained).min(BURST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_burst_goes_through_and_then_one_in_six_seconds() {
        let mut pairs = Pairs::default();
        let (ana, ben) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let mut sent = 0;
        for second in 0..600 {
            let now = SECOND * second;
            while !pairs.blocked(now).contains(&ana) {
                pairs.take(ana, now);
                sent += 1;
            }
            assert!(!pairs.blocked(now).contains(&ben), "nobody else waits");
        }
        assert!((138..=141).contains(&sent), "{sent}: a burst of 40 and one in six of 600 seconds");
    }

    #[test]
    fn refusals_make_the_wait_grow_by_four() {
        let mut pairs = Pairs::default();
        let ana = Uuid::from_u128(1);
        let waits: Vec<u64> = (1..=6).map(|n| pairs.refused(ana, Duration::ZERO, n).as_secs()).collect();
        assert_eq!(waits, [6, 16, 64, 256, 1024, 1024]);
        assert_eq!(pairs.next(Duration::ZERO), Some(SECOND * 1024));
    }

    #[test]
    fn who_was_not_written_to_for_long_is_forgotten() {
        let mut pairs = Pairs::default();
        for n in 0..30_000_u128 {
            pairs.take(Uuid::from_u128(n), SECOND * u32::try_from(n / 10).unwrap_or(0));
        }
        assert!(pairs.buckets.len() < 25_000, "{}", pairs.buckets.len());
    }
}
