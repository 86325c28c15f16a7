//! Times, counted in buckets that are two per cent wide: the same memory for a thousand and for a million.

/// Buckets of one microsecond up to this, then 64 for each doubling.
const EXACT: u64 = 128;
const PER_DOUBLING: u64 = 64;
const BUCKETS: usize = 128 + 64 * 32;

#[derive(Debug)]
pub(super) struct Latencies {
    counts: Vec<u64>,
    count: u64,
    most: u64,
}

impl Default for Latencies {
    fn default() -> Self {
        Self { counts: vec![0; BUCKETS], count: 0, most: 0 }
    }
}

fn bucket(micros: u64) -> usize {
    if micros < EXACT {
        return usize::try_from(micros).unwrap_or(0);
    }
    let doubling = u64::from(micros.ilog2()) - 6;
    let within = (micros >> doubling) - PER_DOUBLING;
    usize::try_from(EXACT + (doubling - 1) * PER_DOUBLING + within).map_or(BUCKETS - 1, |at| at.min(BUCKETS - 1))
}

/// The upper end of a bucket.
fn end(bucket: u64) -> u64 {
    if bucket < EXACT {
        return bucket;
    }
    let (doubling, within) = ((bucket - EXACT) / PER_DOUBLING + 1, (bucket - EXACT) % PER_DOUBLING);
    ((PER_DOUBLING + within + 1) << doubling) - 1
}

impl Latencies {
    pub(super) fn add(&mut self, micros: u64) {
        if let Some(count) = self.counts.get_mut(bucket(micros)) {
            *count += 1;
        }
        self.count += 1;
        self.most = self.most.max(micros);
    }

    /// The time within which so many of a hundred came, in microseconds.
    pub(super) fn percentile(&self, percent: u64) -> u64 {
        let wanted = (self.count * percent).div_ceil(100).max(1);
        let mut seen = 0;
        for (place, count) in (0..).zip(&self.counts) {
            seen += count;
            if seen >= wanted {
                return end(place).min(self.most);
            }
        }
        self.most
    }

    pub(super) fn most(&self) -> u64 {
        self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_close() {
        let mut latencies = Latencies::default();
        for micros in 1..=100_000 {
            latencies.add(micros);
        }
        for (percent, exact) in [(50, 50_000), (99, 99_000), (100, 100_000)] {
            let found = latencies.percentile(percent);
            assert!(found >= exact && found <= exact + exact / 50, "{percent}: {found}");
        }
        assert_eq!(latencies.most(), 100_000);
        assert_eq!(Latencies::default().percentile(99), 0);
    }

    #[test]
    fn buckets_follow_each_other() {
        for micros in (0..5_000).chain([60_000_000, 3_600_000_000]) {
            let at = bucket(micros) as u64;
            assert!(end(at) >= micros, "{micros}");
            assert!(at == 0 || end(at - 1) < micros, "{micros}");
        }
    }
}
