//! When statuses come and webhooks are tried again, as it can be changed while the simulator runs.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    config::Timing,
    simulator::{Simulator, lock},
};

/// A change of the timing; what is not named stays as it is. Times are milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimingChange {
    pub sent_ms: Option<u64>,
    pub delivered_ms: Option<u64>,
    /// `Some(None)`: messages are read only where somebody looks.
    #[serde(default, deserialize_with = "crate::given")]
    pub read_ms: Option<Option<u64>>,
    pub statuses: Option<bool>,
    pub retry_first_ms: Option<u64>,
    pub retry_max_ms: Option<u64>,
}

/// The timing in milliseconds, as it is shown.
#[derive(Serialize)]
pub(crate) struct Shown {
    sent_ms: u128,
    delivered_ms: u128,
    read_ms: Option<u128>,
    statuses: bool,
    retry_first_ms: u128,
    retry_max_ms: u128,
}

impl From<Timing> for Shown {
    fn from(timing: Timing) -> Self {
        Self {
            sent_ms: timing.sent.as_millis(),
            delivered_ms: timing.delivered.as_millis(),
            read_ms: timing.read.map(|read| read.as_millis()),
            statuses: timing.statuses,
            retry_first_ms: timing.retry.first.as_millis(),
            retry_max_ms: timing.retry.max.as_millis(),
        }
    }
}

impl Simulator {
    /// The timing that holds now.
    pub fn timing(&self) -> Timing {
        *lock(&self.inner.timing)
    }

    /// Changes the timing for messages and tries to come, and gives what holds now.
    pub fn set_timing(&self, change: &TimingChange) -> Timing {
        let mut timing = lock(&self.inner.timing);
        let set = |time: &mut Duration, ms: Option<u64>| *time = ms.map_or(*time, Duration::from_millis);
        set(&mut timing.sent, change.sent_ms);
        set(&mut timing.delivered, change.delivered_ms);
        set(&mut timing.retry.first, change.retry_first_ms);
        set(&mut timing.retry.max, change.retry_max_ms);
        if let Some(read) = change.read_ms {
            timing.read = read.map(Duration::from_millis);
        }
        timing.statuses = change.statuses.unwrap_or(timing.statuses);
        *timing
    }
}
