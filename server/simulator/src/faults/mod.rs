//! What goes wrong on purpose, as a script says and a seed decides.
//!
//! Two generators are drawn from one seed, for requests and for deliveries, so that the fate of the requests does not
//! depend on when webhooks go out.

mod script;

pub use script::{FaultScript, FaultScriptError, GraphFault, GraphRule, WebhookFault, WebhookRule, When};

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::SliceRandom as _};
use serde_json::{Value, json};

use crate::{
    phone::Digits,
    simulator::{Simulator, lock},
    webhook::Event,
};

/// A request to the Graph API, as far as rules look at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) number: Option<&'a str>,
    pub(crate) to: Option<Digits>,
    pub(crate) is_message: bool,
}

/// What happens to a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WebhookFate {
    Ordinary,
    Duplicate { copies: u8, parallel: bool },
    Reorder { window: usize },
    Delay(Duration),
}

/// A script that runs.
#[derive(Debug)]
struct Running {
    script: FaultScript,
    began: Instant,
    requests: StdRng,
    deliveries: StdRng,
    /// How often each rule fired, in their order.
    graph_fired: Vec<u64>,
    webhooks_fired: Vec<u64>,
}

#[derive(Debug, Default)]
pub(crate) struct Faults {
    /// Looked at first, because there is usually no script.
    is_armed: AtomicBool,
    running: Mutex<Option<Running>>,
}

impl Running {
    fn new(script: FaultScript) -> Self {
        Self {
            began: Instant::now(),
            requests: StdRng::seed_from_u64(script.seed),
            deliveries: StdRng::seed_from_u64(script.seed ^ 0x7765_6268_6f6f_6b73),
            graph_fired: vec![0; script.graph.len()],
            webhooks_fired: vec![0; script.webhooks.len()],
            script,
        }
    }
}

impl When {
    /// Whether the rule holds at a time, leaving chance aside.
    fn holds(&self, age: Duration, fired: u64) -> bool {
        let age = age.as_millis();
        age >= u128::from(self.from_ms)
            && self.until_ms.is_none_or(|until| age < u128::from(until))
            && self.limit.is_none_or(|limit| fired < limit)
    }

    fn is_about(&self, number: Option<&str>, customer: impl Fn(&str) -> bool) -> bool {
        self.number.as_deref().is_none_or(|wanted| number == Some(wanted)) && self.to.as_deref().is_none_or(customer)
    }
}

impl Faults {
    pub(crate) fn put(&self, script: FaultScript) {
        *lock(&self.running) = Some(Running::new(script));
        self.is_armed.store(true, Ordering::Release);
    }

    pub(crate) fn end(&self) {
        self.is_armed.store(false, Ordering::Release);
        *lock(&self.running) = None;
    }

    fn is_armed(&self) -> bool {
        self.is_armed.load(Ordering::Acquire)
    }

    /// The fault that a request meets, if any.
    pub(crate) fn graph(&self, asked: &Asked<'_>) -> Option<GraphFault> {
        if !self.is_armed() {
            return None;
        }
        let mut running = lock(&self.running);
        let running = running.as_mut()?;
        let age = running.began.elapsed();
        for (rule, fired) in running.script.graph.iter().zip(&mut running.graph_fired) {
            let customer = |to: &str| asked.to.is_some_and(|asked| Digits::parse(to) == Ok(asked));
            if (rule.any || asked.is_message)
                && rule.when.holds(age, *fired)
                && rule.when.is_about(asked.number, customer)
                && running.requests.random::<f64>() < rule.when.probability
            {
                *fired += 1;
                return Some(rule.fault.clone());
            }
        }
        None
    }

    /// The fate of a delivery of some events of a number.
    pub(crate) fn webhook(&self, number: &str, events: &[Event]) -> WebhookFate {
        if !self.is_armed() {
            return WebhookFate::Ordinary;
        }
        let mut running = lock(&self.running);
        let Some(running) = running.as_mut() else { return WebhookFate::Ordinary };
        let age = running.began.elapsed();
        for (rule, fired) in running.script.webhooks.iter().zip(&mut running.webhooks_fired) {
            let customer = |to: &str| Digits::parse(to).is_ok_and(|to| events.iter().any(|event| event.id.phone == to));
            if rule.when.holds(age, *fired)
                && rule.when.is_about(Some(number), customer)
                && running.deliveries.random::<f64>() < rule.when.probability
            {
                *fired += 1;
                return match rule.fault {
                    WebhookFault::Duplicate { copies, parallel } => WebhookFate::Duplicate { copies, parallel },
                    WebhookFault::Reorder { window } => WebhookFate::Reorder { window },
                    WebhookFault::Delay { ms: Some(ms), .. } => WebhookFate::Delay(Duration::from_millis(ms)),
                    WebhookFault::Delay { ms: None, max_ms } => {
                        let ms = running.deliveries.random_range(0..=max_ms.unwrap_or(0));
                        WebhookFate::Delay(Duration::from_millis(ms))
                    }
                };
            }
        }
        WebhookFate::Ordinary
    }

    /// Puts deliveries into another order.
    pub(crate) fn shuffle(&self, deliveries: &mut [u64]) {
        match lock(&self.running).as_mut() {
            Some(running) => deliveries.shuffle(&mut running.deliveries),
            // The script has ended meanwhile.
            None => deliveries.shuffle(&mut rand::rng()),
        }
    }

    fn report(&self) -> Value {
        let running = lock(&self.running);
        let Some(running) = running.as_ref() else {
            return json!({ "running": false, "seed": 0, "graph": [], "webhooks": [] });
        };
        let with_counts = |rules: Value, fired: &[u64]| -> Vec<Value> {
            let rules = rules.as_array().cloned().unwrap_or_default();
            rules
                .into_iter()
                .zip(fired)
                .map(|(mut rule, fired)| {
                    rule["fired"] = (*fired).into();
                    rule
                })
                .collect()
        };
        json!({
            "running": true,
            "seed": running.script.seed,
            "age_ms": u64::try_from(running.began.elapsed().as_millis()).unwrap_or(u64::MAX),
            "graph": with_counts(json!(running.script.graph), &running.graph_fired),
            "webhooks": with_counts(json!(running.script.webhooks), &running.webhooks_fired),
        })
    }
}

impl Simulator {
    /// Lets things go wrong from now on as the script says; one that ran before ends.
    pub fn set_faults(&self, script: FaultScript) -> Result<(), FaultScriptError> {
        script.check()?;
        self.inner.faults.put(script);
        Ok(())
    }

    /// Ends the fault script.
    pub fn clear_faults(&self) {
        self.inner.faults.end();
    }

    /// The script as JSON, each rule with `fired`: how often it has.
    pub fn faults(&self) -> Value {
        self.inner.faults.report()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::Wamid, message::Author, webhook::EventKind};

    fn script(value: Value) -> Faults {
        let faults = Faults::default();
        let script: FaultScript = serde_json::from_value(value).unwrap();
        script.check().unwrap();
        faults.put(script);
        faults
    }

    fn message(number: &str, to: &str) -> Asked<'static> {
        let number = Some(if number == "1" { "1" } else { "2" });
        Asked { number, to: Digits::parse(to).ok(), is_message: true }
    }

    fn fates(faults: &Faults, count: usize) -> Vec<Option<GraphFault>> {
        (0..count).map(|_| faults.graph(&message("1", "5511987654321"))).collect()
    }

    #[test]
    fn the_same_seed_has_the_same_fates() {
        let with_seed = |seed: u64| {
            script(json!({ "seed": seed, "graph": [
                { "fault": "drop_answer", "probability": 0.05 }, { "fault": "rate_limited", "probability": 0.1 },
            ], "webhooks": [{ "fault": "delay", "max_ms": 100 }] }))
        };
        let (one, other) = (with_seed(7), with_seed(7));
        // Deliveries in between change nothing.
        other.webhook("1", &[]);
        let (first, second) = (fates(&one, 2000), fates(&other, 2000));
        assert_eq!(first, second);
        assert_ne!(first, fates(&with_seed(8), 2000));
        let dropped = first.iter().flatten().filter(|fault| **fault == GraphFault::DropAnswer).count();
        assert!((60..=140).contains(&dropped), "{dropped}");
    }

    #[test]
    fn the_first_rule_that_fires_wins_and_limits_hold() {
        let faults = script(json!({ "graph": [
            { "fault": "error", "code": 131_026, "to": "5511900000001" },
            { "fault": "html", "number": "2" },
            { "fault": "drop_before", "limit": 2 },
            { "fault": "hang", "from_ms": 3_600_000 },
            { "fault": "empty", "until_ms": 3_600_000, "probability": 0.0 },
        ] }));
        assert!(matches!(faults.graph(&message("1", "5511900000001")), Some(GraphFault::Error { code: 131_026, .. })));
        assert_eq!(
            faults.graph(&message("2", "5511900000002")),
            Some(GraphFault::Html { status: 502, accepted: false })
        );
        assert_eq!(fates(&faults, 3), [Some(GraphFault::DropBefore), Some(GraphFault::DropBefore), None]);
        let report = faults.report();
        let fired: Vec<_> = report["graph"].as_array().unwrap().iter().map(|rule| rule["fired"].clone()).collect();
        assert_eq!(fired, [1, 1, 2, 0, 0]);
        faults.end();
        assert_eq!(faults.graph(&message("1", "5511900000001")), None);
        assert_eq!(faults.report()["running"], false);
    }

    #[test]
    fn only_rules_for_any_request_hold_for_reads() {
        let faults = script(json!({ "graph": [{ "fault": "hang" }, { "fault": "expired_token", "any": true }] }));
        let read = Asked { number: Some("1"), to: None, is_message: false };
        assert_eq!(faults.graph(&read), Some(GraphFault::ExpiredToken));
    }

    #[test]
    fn deliveries_are_duplicated_delayed_and_reordered() {
        let ana = Digits::parse("5511987654321").unwrap();
        let events = [Event::new(EventKind::Message, Wamid::new(Author::Customer, ana))];
        let faults = script(json!({ "webhooks": [
            { "fault": "duplicate", "copies": 3, "parallel": true, "limit": 1 },
            { "fault": "delay", "ms": 20, "to": "5511987654321", "limit": 1 },
            { "fault": "reorder", "window": 5, "number": "1" },
        ] }));
        let fates: Vec<_> = ["1", "1", "1", "2"].map(|number| faults.webhook(number, &events)).to_vec();
        let delay = WebhookFate::Delay(Duration::from_millis(20));
        let duplicate = WebhookFate::Duplicate { copies: 3, parallel: true };
        assert_eq!(fates, [duplicate, delay, WebhookFate::Reorder { window: 5 }, WebhookFate::Ordinary]);
        let mut order: Vec<u64> = (0..50).collect();
        faults.shuffle(&mut order);
        assert!(!order.is_sorted());
    }

    #[test]
    fn nonsense_is_refused() {
        for wrong in [
            json!({ "graph": [{ "fault": "hang", "probability": 1.5 }] }),
            json!({ "graph": [{ "fault": "html", "status": 99 }] }),
            json!({ "graph": [{ "fault": "hang", "to": "Ana" }] }),
            json!({ "webhooks": [{ "fault": "duplicate", "copies": 9 }] }),
            json!({ "webhooks": [{ "fault": "delay" }] }),
            json!({ "webhooks": [{ "fault": "reorder", "window": 1 }] }),
        ] {
            let script: FaultScript = serde_json::from_value(wrong.clone()).unwrap();
            assert!(script.check().is_err(), "{wrong}");
        }
        assert!(serde_json::from_value::<FaultScript>(json!({ "graph": [{ "fault": "earthquake" }] })).is_err());
    }
}
