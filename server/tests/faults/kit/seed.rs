//! Chance that can be repeated: every random test works through seeds, and says which one it failed with.

use std::time::Duration;

/// How much larger than usual a run is: `CHARLA_FAULT_SCALE`, 1 unless set.
pub fn scale() -> usize {
    std::env::var("CHARLA_FAULT_SCALE").ok().and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

/// The seeds of a run: `CHARLA_SEED` alone if it is set, else the first `count` times the scale.
pub fn seeds(count: usize) -> Vec<u64> {
    match std::env::var("CHARLA_SEED").ok().and_then(|text| text.parse().ok()) {
        Some(seed) => vec![seed],
        None => (1..=u64::try_from(count * scale()).unwrap()).collect(),
    }
}

/// Random numbers of one seed (SplitMix64). Dropped while the test fails, it tells the seed.
pub struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    pub fn of(seed: u64) -> Self {
        Self { seed, state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) }
    }

    /// The seed itself.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// A pause of so many milliseconds.
    pub fn millis(&mut self, low: u64, high: u64) -> Duration {
        Duration::from_millis(self.between(low, high))
    }

    /// One of them.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let last = u64::try_from(all.len() - 1).unwrap();
        &all[usize::try_from(self.between(0, last)).unwrap()]
    }

    /// Mixes them.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, usize::try_from(self.between(0, u64::try_from(last).unwrap())).unwrap());
        }
    }
}

impl Drop for Chance {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("it failed with CHARLA_SEED={}", self.seed);
        }
    }
}
