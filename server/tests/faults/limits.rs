//! F7, F8, F11: Meta says "slower", or is slow.

use std::{collections::HashSet, time::Duration};

use serde_json::json;
use uuid::Uuid;

use crate::kit::{Installation, Tenant, pause, scale, seeds};

const A_SECOND: usize = 40;

impl Installation {
    /// When messages of a number were taken, in seconds from the first of them.
    async fn times(&self, tenant: &Tenant) -> Vec<f64> {
        let arrived = self.meta.arrived(&tenant.number).await;
        let first = arrived.first().map_or(0, |first| first.at_us);
        arrived.iter().map(|message| (message.at_us - first) as f64 / 1e6).collect()
    }
}

/// F7.
#[tokio::test(flavor = "multi_thread")]
async fn f07_a_throttled_number_slows_down_probes_and_recovers() {
    let installation = Installation::start().await;
    let (tenant, other) = (installation.tenant.clone(), installation.second_tenant().await);
    let pace = i32::try_from(A_SECOND).unwrap();
    installation.paced(&tenant, pace).await;
    installation.paced(&other, pace).await;
    let talks = installation.talks(&tenant, 0, 25 * A_SECOND).await;
    let neighbours = installation.talks(&other, 0, 15 * A_SECOND).await;

    let seed = seeds(1)[0];
    let some = json!([{ "fault": "rate_limited", "number": tenant.number, "probability": 0.1 }]);
    installation.meta.fails(seed, &some).await;
    let messages = installation.enqueue(&tenant, &talks).await;
    let unaffected = installation.enqueue(&other, &neighbours).await;
    pause(3000).await;
    let all = json!([{ "fault": "rate_limited", "number": tenant.number }]);
    installation.meta.fails(seed, &all).await;
    // What was on its way is refused at once; from then on a probe a second.
    pause(2000).await;
    let (refused, blocked) = (installation.meta.refused(&tenant.number).await, 6);
    pause(blocked * 1000).await;
    let probes = installation.meta.refused(&tenant.number).await - refused;
    assert!((1..=blocked + 1).contains(&probes), "{probes} probes in {blocked} s of a blocked number");
    let stood = installation.arrived(&tenant).await;
    installation.meta.recovers().await;

    installation.comes_to_rest(Duration::from_mins(2)).await;
    let verdict = installation.judge(&tenant, &messages).await;
    verdict.keeps_the_promise();
    assert_eq!(verdict.arrived, messages.len(), "{verdict:?}");
    let times = installation.times(&tenant).await;
    // Full speed again: three seconds at nine tenths of it, not later than half a minute after the first that passed.
    let full = 3 * A_SECOND * 9 / 10;
    let passed = times[stood];
    let fast = times[stood..].windows(full).find(|some| some[full - 1] - some[0] <= 3.0).map(|some| some[0] - passed);
    assert!(fast.is_some_and(|after| after <= 30.0), "full speed {fast:?} s after the block");

    let verdict = installation.judge(&other, &unaffected).await;
    verdict.keeps_the_promise();
    assert_eq!(verdict.arrived, unaffected.len());
    let took = installation.times(&other).await.pop().unwrap();
    let share = (unaffected.len() - 1) as f64 / A_SECOND as f64 / took;
    assert!(share >= 0.95, "the other number reached {share:.3} of its speed");
    installation.is_consistent_at_rest().await;
}

/// P6b beside F7: the pace is kept, so that Meta has nothing to refuse.
#[tokio::test(flavor = "multi_thread")]
async fn f07_a_number_that_keeps_its_pace_is_never_refused() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    installation.paced(&tenant, 40).await;
    // A tenth of slack: what leaves evenly may arrive together on a busy machine. The exact figure is for a benchmark.
    installation.meta.limits(&tenant.number, &json!({ "per_second": 44, "pair": true })).await;
    let talks = installation.talks(&tenant, 0, 320 * scale()).await;
    let messages = installation.enqueue(&tenant, &talks).await;
    installation.comes_to_rest(Duration::from_mins(1)).await;
    assert_eq!(installation.meta.refused(&tenant.number).await, 0);
    let most = installation.meta.most_in_a_second(&tenant.number).await;
    assert!(most <= 44, "{most} in a second");
    let took = installation.times(&tenant).await.pop().unwrap();
    let share = (messages.len() - 1) as f64 / 40.0 / took;
    assert!(share >= 0.85, "{share:.3} of the pace; the exact figure is for a benchmark too");
    installation.judge(&tenant, &messages).await.keeps_the_promise();
}

/// F8.
#[tokio::test(flavor = "multi_thread")]
async fn f08_a_limited_customer_waits_and_nobody_else_does() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    installation.paced(&tenant, 50).await;
    let talks = installation.talks(&tenant, 0, 100).await;
    let limited = &talks[3];
    let twice = json!([{ "fault": "pair_limited", "to": limited.phone, "limit": 2 }]);
    installation.meta.fails(1, &twice).await;
    // The limited customer gets three, in order.
    let all: Vec<_> = talks.iter().chain([limited, limited]).cloned().collect();
    let messages = installation.enqueue(&tenant, &all).await;
    installation.comes_to_rest(Duration::from_mins(2)).await;
    assert_eq!(installation.meta.refusals(&tenant.number).await.get("131056"), Some(&2));
    let verdict = installation.judge(&tenant, &messages).await;
    verdict.keeps_the_promise();
    assert_eq!(verdict.arrived, messages.len(), "{verdict:?}");

    let arrived = installation.meta.arrived(&tenant.number).await;
    let first = arrived[0].at_us;
    let seconds = |at: i64| (at - first) as f64 / 1e6;
    let (theirs, others): (Vec<_>, Vec<_>) = arrived.iter().partition(|message| message.to == limited.phone);
    let last = seconds(others.last().unwrap().at_us);
    assert!(last <= 100.0 / 50.0 / 0.9 + 0.5, "the others took {last} s");
    let order: Vec<Uuid> = theirs.iter().map(|message| message.message).collect();
    assert_eq!(order, [messages[3], messages[100], messages[101]], "in order");
    // 4^X: one second and four, or four and sixteen, by where one begins to count.
    let waited = seconds(theirs[0].at_us);
    assert!((5.0..40.0).contains(&waited), "the limited customer waited {waited} s");
    installation.is_consistent_at_rest().await;
}

/// F11.
#[tokio::test(flavor = "multi_thread")]
async fn f11_slow_answers_do_not_slow_the_number_down() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    installation.paced(&tenant, 40).await;
    let delay = 5 * scale().min(6);
    let slow = json!([{ "fault": "delay", "ms": delay * 1000, "probability": 0.2 }]);
    installation.meta.fails(seeds(1)[0], &slow).await;
    let talks = installation.talks(&tenant, 0, 400).await;
    let messages = installation.enqueue(&tenant, &talks).await;
    let mut most = 0_i64;
    while !installation.is_at_rest().await {
        let running: i64 = sqlx::query_scalar("SELECT count(*) FROM outbox WHERE fence IS NOT NULL")
            .fetch_one(installation.cluster.sql())
            .await
            .unwrap();
        most = most.max(running);
        pause(100).await;
    }
    let expected = i64::try_from(40 * delay / 5).unwrap();
    assert!(most <= 4 * expected + 40, "{most} requests at once");
    let took = installation.times(&tenant).await.pop().unwrap();
    let ideal = messages.len() as f64 / 40.0;
    assert!(took <= ideal / 0.9 + delay as f64 + 0.5, "it took {took} s, ideally {ideal}");
    let verdict = installation.judge(&tenant, &messages).await;
    verdict.keeps_the_promise();
    assert_eq!(verdict.arrived, messages.len());
    let different: HashSet<_> = messages.iter().collect();
    assert_eq!(different.len(), messages.len());
    installation.is_consistent_at_rest().await;
}
