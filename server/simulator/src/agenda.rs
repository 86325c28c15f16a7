//! What will happen later: statuses, tries of webhooks. One list for all, in steps of a few milliseconds, so that
//! thousands a second cost no task each and what is due together is done together.

use std::{
    collections::BTreeMap,
    sync::Mutex,
    time::{Duration, Instant},
};

use tokio::sync::Notify;

use crate::{
    simulator::{Simulator, lock},
    status::Plan,
    webhook::Later,
};

/// How coarse time is here, in milliseconds.
const STEP: u64 = 4;

/// Something that is due at a time.
#[derive(Debug)]
pub(crate) enum Due {
    /// The next status of a message.
    Status(Plan),
    Webhook(Later),
}

#[derive(Debug)]
pub(crate) struct Agenda {
    began: Instant,
    entries: Mutex<BTreeMap<u64, Vec<Due>>>,
    /// Rung when something is due earlier than everything before.
    earlier: Notify,
}

impl Agenda {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), entries: Mutex::default(), earlier: Notify::new() }
    }

    fn step(&self, at: Instant) -> u64 {
        u64::try_from(at.saturating_duration_since(self.began).as_millis()).unwrap_or(u64::MAX) / STEP
    }

    /// Enters something; never done before its time.
    pub(crate) fn enter(&self, at: Instant, due: Due) {
        let step = self.step(at) + 1;
        let is_first = {
            let mut entries = lock(&self.entries);
            let is_first = entries.first_key_value().is_none_or(|(first, _)| step < *first);
            entries.entry(step).or_default().push(due);
            is_first
        };
        if is_first {
            self.earlier.notify_one();
        }
    }

    /// What is due at this instant, and when the next is.
    fn take(&self, now: Instant) -> (Vec<Due>, Option<Instant>) {
        let now = self.step(now);
        let mut entries = lock(&self.entries);
        let mut due = Vec::new();
        while let Some(first) = entries.first_entry().filter(|first| *first.key() <= now) {
            due.append(&mut first.remove());
        }
        let next = entries.first_key_value().map(|(step, _)| self.began + Duration::from_millis(step * STEP));
        (due, next)
    }
}

/// Does what is due, until the simulator ends.
pub(crate) async fn keep(simulator: Simulator) {
    loop {
        let (due, next) = simulator.inner.agenda.take(Instant::now());
        if !due.is_empty() {
            simulator.fall_due(due);
            continue;
        }
        let wait = async {
            match next {
                Some(next) => tokio::time::sleep_until(next.into()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = simulator.inner.stop.cancelled() => return,
            () = simulator.inner.agenda.earlier.notified() => {}
            () = wait => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn later(lane: &str) -> Due {
        Due::Webhook(Later::Resume { lane: lane.into() })
    }

    #[test]
    fn nothing_is_due_before_its_time_and_the_order_is_by_time() {
        let agenda = Agenda::new();
        let now = Instant::now();
        agenda.enter(now + Duration::from_millis(30), later("second"));
        agenda.enter(now + Duration::from_millis(10), later("first"));
        agenda.enter(now + Duration::from_hours(1), later("much later"));
        assert!(agenda.take(now + Duration::from_millis(9)).0.is_empty());
        let (due, next) = agenda.take(now + Duration::from_millis(40));
        let lanes: Vec<_> = due
            .iter()
            .filter_map(|due| if let Due::Webhook(Later::Resume { lane }) = due { Some(lane.as_ref()) } else { None })
            .collect();
        assert_eq!(lanes, ["first", "second"]);
        assert!(next.unwrap() >= now + Duration::from_hours(1));
    }
}
