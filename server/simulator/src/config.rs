//! How a simulator is set up.

use std::{fmt, path::PathBuf, time::Duration};

/// What [`Simulator::start`](crate::Simulator::start) is told.
#[derive(Clone)]
pub struct SimulatorConfig {
    /// Where signed webhooks go, for example `http://127.0.0.1:8080/webhooks/meta`.
    pub webhook_url: String,
    /// Signs webhooks. The ids and tokens of numbers are derived from it as well, so it must not change between runs.
    pub app_secret: String,
    /// Shown to the server in the verification handshake (Meta, "Webhooks: verification requests").
    pub verify_token: String,
    /// Where numbers, phones and undelivered webhooks survive a restart; without it they are forgotten.
    pub state_file: Option<PathBuf>,
    /// When statuses arrive and refused webhooks are sent again; can be changed while the simulator runs.
    pub timing: Timing,
    /// How many deliveries of one number are under way at once; zero counts as one. With one they keep their order, as
    /// long as none fails.
    pub webhook_parallel: usize,
    /// The most updates in one delivery; more than one only when more wait than connections are free.
    pub webhook_batch: usize,
}

impl Default for SimulatorConfig {
    fn default() -> Self {
        Self {
            webhook_url: "http://127.0.0.1:8080/webhooks/meta".to_owned(),
            app_secret: String::new(),
            verify_token: String::new(),
            state_file: None,
            timing: Timing::default(),
            webhook_parallel: 8,
            webhook_batch: 100,
        }
    }
}

/// Secrets stay out of logs.
impl fmt::Debug for SimulatorConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulatorConfig")
            .field("webhook_url", &self.webhook_url)
            .field("state_file", &self.state_file)
            .field("timing", &self.timing)
            .field("webhook_parallel", &self.webhook_parallel)
            .field("webhook_batch", &self.webhook_batch)
            .finish_non_exhaustive()
    }
}

/// When the statuses of a message are sent, counted from its acceptance, and how webhooks are tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// `sent`, or `failed` for a message that never leaves.
    pub sent: Duration,
    /// `delivered`.
    pub delivered: Duration,
    /// `read` without anybody looking; `None` (the usual) leaves reading to the phone's page.
    pub read: Option<Duration>,
    /// Whether statuses come at all.
    pub statuses: bool,
    pub retry: Retry,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            sent: Duration::from_millis(150),
            delivered: Duration::from_millis(500),
            read: None,
            statuses: true,
            retry: Retry::default(),
        }
    }
}

/// The waits between tries of one webhook: each is twice the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    pub first: Duration,
    /// No wait is longer.
    pub max: Duration,
    /// After this long the webhook is dropped, as at Meta after seven days.
    pub give_up: Duration,
}

impl Retry {
    /// The wait after the `failures`-th failed try, counted from one.
    pub(crate) fn after(&self, failures: u32) -> Duration {
        let doublings = failures.saturating_sub(1).min(31);
        self.first.saturating_mul(1 << doublings).min(self.max)
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self { first: Duration::from_secs(1), max: Duration::from_mins(5), give_up: Duration::from_hours(7 * 24) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let retry = Retry::default();
        let waits: Vec<_> = [1, 2, 3, 9, 10, 1000].map(|n| retry.after(n).as_secs()).to_vec();
        assert_eq!(waits, [1, 2, 4, 256, 300, 300]);
    }
}
