//! Clock and randomness, handed in so that a test can decide both.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::Timestamp;
use rand::{RngCore, TryRngCore, rngs::OsRng};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// Draws unpredictable bytes.
pub trait Random: Send + Sync + 'static {
    /// Fills the bytes. Tokens, keys and ids are made of them, so they must not be guessable.
    fn fill(&self, bytes: &mut [u8]);
}

/// The computer's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The operating system's random bytes.
#[derive(Debug, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // Fails only where the kernel has no randomness at all; going on without would make guessable tokens.
        OsRng.unwrap_err().fill_bytes(bytes);
    }
}

/// Clock and randomness together. Cheap to clone.
#[derive(Clone)]
pub struct Environment {
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    /// The time and the random part of the newest id.
    newest: Arc<Mutex<(u64, u128)>>,
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").finish_non_exhaustive()
    }
}

impl Default for Environment {
    fn default() -> Self {
        Self::new(SystemClock, SystemRandom)
    }
}

impl Environment {
    /// With this clock and this randomness.
    pub fn new(clock: impl Clock, random: impl Random) -> Self {
        Self { clock: Arc::new(clock), random: Arc::new(random), newest: Arc::default() }
    }

    /// Now, to the microsecond: what Postgres keeps, so that a stored time equals the one in memory.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// A new id: UUIDv7 of this moment (RFC 9562 §5.7), greater than every one before it from this process. Within a
    /// millisecond, or when the clock jumps back, the random part grows by a random step (§6.2, method 2): messages of one
    /// second stand in the order they were stored in.
    #[must_use]
    pub fn id<T: From<Uuid>>(&self) -> T {
        /// The random bits of an id: 12 of rand_a and 62 of rand_b.
        const PART: u32 = 74;
        let mut random = [0; 16];
        self.random.fill(&mut random);
        let random = u128::from_le_bytes(random);
        let now = u64::try_from(self.clock.now().as_millisecond()).unwrap_or_default();
        let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        *newest = match *newest {
            // Begins in the lower half, so that steps have room.
            (millis, _) if now > millis => (now, random >> (128 - PART + 1)),
            (millis, part) => {
                let next = part + 1 + (random >> 96);
                // Room for some ten million million steps; were it used up, the next millisecond has come long since.
                if next >> PART == 0 { (millis, next) } else { (millis + 1, random >> (128 - PART + 1)) }
            }
        };
        let (millis, part) = *newest;
        drop(newest);
        // rand_a, the upper 12 bits; the variant takes 2 bits; rand_b, the lower 62.
        let bits = (u128::from(millis) << 80) | ((part >> 62) << 64) | (part & ((1 << 62) - 1));
        let mut bytes = bits.to_be_bytes();
        bytes[6] = (bytes[6] & 0x0f) | 0x70;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Uuid::from_bytes(bytes).into()
    }

    /// Unguessable bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Still(i64);

    impl Clock for Still {
        fn now(&self) -> Timestamp {
            Timestamp::from_millisecond(self.0).unwrap_or_default()
        }
    }

    #[test]
    fn ids_of_one_millisecond_stand_in_their_order() {
        let environment = Environment::new(Still(1_800_000_000_123), SystemRandom);
        let ids: Vec<Uuid> = (0..10_000).map(|_| environment.id()).collect();
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
        for id in &ids {
            assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
            assert_eq!(id.get_timestamp().map(|t| t.to_unix().0), Some(1_800_000_000));
        }
    }
}
