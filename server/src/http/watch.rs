//! How the installation is, as health and metrics tell it: looked at seldom, however often somebody asks.

use std::time::Duration;

use charla_core::{
    Core,
    backlog::{Backlog, backlog},
};
use tokio::{
    sync::Mutex,
    time::{Instant, timeout},
};

/// Longest look; together with the wait for somebody else's look still within the two seconds a balancer is given.
const LOOK: Duration = Duration::from_millis(1500);
/// A failure is believed this long. Those who waited for the same look share it.
const FAILURE: Duration = Duration::from_millis(250);

/// Lags in seconds beyond which the installation calls itself degraded.
const DELIVERIES_LATE: f64 = 60.0;
const OUTBOX_LATE: f64 = 60.0;
const JOBS_LATE: f64 = 300.0;

/// How it was, a moment ago.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Whether the database answered.
    pub database: bool,
    /// What waits; none when the database could not tell in time.
    pub backlog: Option<Backlog>,
}

impl Look {
    /// Whether work comes late, or it cannot be told.
    pub(super) fn is_late(&self) -> bool {
        self.backlog.is_none_or(|backlog| {
            backlog.deliveries_lag_seconds > DELIVERIES_LATE
                || backlog.outbox_lag_seconds > OUTBOX_LATE
                || backlog.jobs_lag_seconds > JOBS_LATE
        })
    }
}

/// The last look.
#[derive(Debug, Default)]
pub struct Watch {
    last: Mutex<Option<(Instant, Look)>>,
}

impl Watch {
    /// How it is, or was at most this long ago. One caller looks, others wait for what it sees.
    pub(super) async fn look(&self, core: &Core, at_most: Duration) -> Look {
        let mut last = self.last.lock().await;
        if let Some((at, look)) = *last
            && at.elapsed() < if look.backlog.is_some() { at_most } else { FAILURE }
        {
            return look;
        }
        let mut look = Look { database: false, backlog: None };
        let looked = timeout(LOOK, async {
            core.database.ping().await?;
            look.database = true;
            look.backlog = Some(backlog(core).await?);
            Ok::<_, charla_core::Failure>(())
        });
        match looked.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, database = look.database, "not well"),
            Err(_) => tracing::warn!(database = look.database, "the database does not answer in time"),
        }
        *last = Some((Instant::now(), look));
        look
    }
}
