//! Clock and randomness, handed in so that a test can decide both.

use std::{fmt, sync::Arc};

use jiff::Timestamp;
use rand::{RngCore, TryRngCore, rngs::OsRng};
use uuid::{Builder, Uuid};

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
        Self { clock: Arc::new(clock), random: Arc::new(random) }
    }

    /// Now, to the microsecond: what Postgres keeps, so that a stored time equals the one in memory.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// A new id: UUIDv7 of this moment (RFC 9562 §5.7).
    #[must_use]
    pub fn id<T: From<Uuid>>(&self) -> T {
        let mut random = [0; 10];
        self.random.fill(&mut random);
        let millis = u64::try_from(self.clock.now().as_millisecond()).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid().into()
    }

    /// Unguessable bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }
}
