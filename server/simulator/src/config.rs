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
    /// When the statuses of a message arrive.
    pub timing: Timing,
    /// How long to wait before a refused webhook is sent again.
    pub backoff: Backoff,
}

impl Default for SimulatorConfig {
    fn default() -> Self {
        Self {
            webhook_url: "http://127.0.0.1:8080/webhooks/meta".to_owned(),
            app_secret: String::new(),
            verify_token: String::new(),
            state_file: None,
            timing: Timing::default(),
            backoff: Backoff::default(),
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
            .field("backoff", &self.backoff)
            .finish_non_exhaustive()
    }
}

/// When the statuses of a message are sent, counted from its acceptance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// `sent`, or `failed` for a message that never leaves.
    pub sent: Duration,
    /// `delivered`.
    pub delivered: Duration,
    /// `read` without anybody looking; `None` (the usual) leaves reading to the phone's page.
    pub read: Option<Duration>,
}

impl Default for Timing {
    fn default() -> Self {
        Self { sent: Duration::from_millis(150), delivered: Duration::from_millis(500), read: None }
    }
}

/// The waits between tries of one webhook; the last one is repeated for as long as the simulator lives.
///
/// Meta retries for seven days at a falling rate; these steps are shorter, because a developer waits for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backoff(pub Vec<Duration>);

impl Backoff {
    /// The wait after the `failures`-th failed try, counted from one.
    pub(crate) fn after(&self, failures: usize) -> Duration {
        let last = self.0.len().saturating_sub(1);
        self.0.get(failures.saturating_sub(1).min(last)).copied().unwrap_or(Duration::from_mins(1))
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self([1, 2, 5, 10, 30, 60].map(Duration::from_secs).to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_wait_is_repeated() {
        let backoff = Backoff::default();
        let waits: Vec<_> = [1, 2, 3, 4, 5, 6, 7, 1000].map(|n| backoff.after(n).as_secs()).to_vec();
        assert_eq!(waits, [1, 2, 5, 10, 30, 60, 60, 60]);
        assert_eq!(Backoff(Vec::new()).after(1), Duration::from_mins(1));
    }
}
