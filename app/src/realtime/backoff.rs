//! How long to wait before the next attempt to connect.
//!
//! The wait doubles up to a ceiling and is spread at random, so that a thousand browsers that lost the same host do not
//! come back in the same instant.

use std::time::Duration;

/// The shortest wait.
pub const SHORTEST: Duration = Duration::from_millis(500);
/// The longest wait.
pub const LONGEST: Duration = Duration::from_secs(15);

/// The wait after `failures` attempts in a row that failed; `spread` is a random number from 0 up to 1.
#[must_use]
pub fn wait(failures: u32, spread: f64) -> Duration {
    let ceiling = SHORTEST.saturating_mul(2_u32.saturating_pow(failures.clamp(1, 16))).min(LONGEST);
    SHORTEST + ceiling.saturating_sub(SHORTEST).mul_f64(spread.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_wait_is_short_and_later_ones_are_spread_up_to_the_longest() {
        assert_eq!(wait(1, 0.0), SHORTEST);
        assert_eq!(wait(1, 1.0), Duration::from_secs(1));
        assert_eq!(wait(3, 1.0), Duration::from_secs(4));
        assert_eq!(wait(40, 1.0), LONGEST);
        assert_eq!(wait(40, 0.0), SHORTEST);
    }

    #[test]
    fn no_random_number_and_no_count_leaves_the_limits() {
        for failures in [0, 1, 5, u32::MAX] {
            for spread in [-1.0, 0.3, 0.999, 7.0] {
                let waited = wait(failures, spread);
                assert!((SHORTEST..=LONGEST).contains(&waited), "{failures} {spread} {waited:?}");
            }
        }
    }
}
