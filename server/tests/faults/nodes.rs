//! F21, F22, F24: more than one process, a change of hands, and numbers that are switched off and on.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use futures::future::join_all;
use serde_json::json;

use crate::kit::{Chance, Installation, Plan, Tenant, groups, one_text, pause, ring, scale, seeds, within};

/// Longer than the lease of a sender.
const OVERSLEPT: Duration = Duration::from_secs(6);
/// Longest time until another takes over. The lease, and what Postgres gives a transaction that its owner sleeps through:
/// a process may be stopped while it holds the locks of one.
const TAKEN_OVER: Duration = Duration::from_secs(20);

impl Installation {
    /// Stops the process that sends for a number, and gives its place. The balancer leads past it.
    async fn stop_the_sender(&self, tenant: &Tenant) -> usize {
        for (place, node) in self.nodes.iter().enumerate() {
            node.sigstop();
            self.balancer.leads_to(self.nodes[1 - place].addr);
            // What was on its way has arrived.
            pause(600).await;
            let before = self.arrived(tenant).await;
            pause(600).await;
            if self.arrived(tenant).await == before {
                return place;
            }
            node.sigcont();
        }
        panic!("nobody sends");
    }
}

/// F21.
#[tokio::test(flavor = "multi_thread")]
async fn f21_a_sender_that_slept_through_its_lease_sends_nothing_twice() {
    let runs = groups(seeds(20), 5).into_iter().map(|seeds| async move {
        let installation = Installation::planned(Plan { nodes: 2, ..Plan::default() }).await;
        let tenant = installation.tenant.clone();
        installation.paced(&tenant, 15).await;
        // So that requests are on their way whenever it is stopped.
        installation.meta.fails(1, &json!([{ "fault": "delay", "ms": 250 }])).await;
        for seed in seeds {
            let mut chance = Chance::of(seed);
            let talks = installation.talks(&tenant, usize::try_from(seed).unwrap() * 1000, 120).await;
            let messages = installation.enqueue(&tenant, &talks).await;
            let so_far = installation.arrived(&tenant).await;
            installation.has_arrived(&tenant, so_far + 5, Duration::from_secs(20)).await;
            tokio::time::sleep(chance.millis(0, 800)).await;
            let place = installation.stop_the_sender(&tenant).await;
            let stood = installation.arrived(&tenant).await;
            tokio::time::sleep(OVERSLEPT).await;
            installation.has_arrived(&tenant, stood + 1, TAKEN_OVER).await;
            installation.is_consistent().await;
            installation.nodes[place].sigcont();
            installation.comes_to_rest(Duration::from_mins(1)).await;
            let verdict = installation.judge(&tenant, &messages).await;
            verdict.keeps_the_promise();
            assert_eq!(verdict.arrived + verdict.unconfirmed.len(), messages.len(), "seed {seed}: {verdict:?}");
            installation.is_consistent_at_rest().await;
        }
    });
    join_all(runs).await;
}

/// F22.
#[tokio::test(flavor = "multi_thread")]
async fn f22_a_new_version_takes_over_without_a_gap() {
    let mut installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    installation.paced(&tenant, 40).await;
    let talks = installation.talks(&tenant, 0, 480 * scale()).await;
    let messages = installation.enqueue(&tenant, &talks).await;
    installation.has_arrived(&tenant, 40, Duration::from_secs(15)).await;

    // Customers write all the while, Meta tries again what is not taken.
    let (poster, writing_to) = (installation.poster(), tenant.clone());
    let stop = Arc::new(AtomicBool::new(false));
    let (ends, wamids) = (Arc::clone(&stop), Arc::new(Mutex::new(Vec::new())));
    let list = Arc::clone(&wamids);
    let customers = tokio::spawn(async move {
        for n in 0.. {
            if ends.load(Ordering::Relaxed) {
                return;
            }
            let wamid = format!("wamid.f22.{n}");
            poster.deliver(&one_text(&writing_to, "5511979000000", &wamid, "meanwhile")).await;
            list.lock().unwrap().push(wamid);
            pause(10).await;
        }
    });
    // Twice: a deployment, and its rollback.
    let mut longest = Duration::ZERO;
    for round in 0..2 {
        installation.another_node().await;
        let (old, new) = (round, round + 1);
        installation.balancer.leads_to(installation.nodes[new].addr);
        installation.nodes[old].sigterm();
        let mut ready = Instant::now();
        while installation.nodes[old].runs() {
            assert!(ready.elapsed() < Duration::from_secs(40), "the old one ends");
            if installation.nodes[new].health("ready").await == Some(200) {
                ready = Instant::now();
            }
            longest = longest.max(ready.elapsed());
            pause(25).await;
        }
        pause(1500).await;
    }
    stop.store(true, Ordering::Relaxed);
    customers.await.unwrap();
    assert!(longest <= Duration::from_secs(1), "nobody was ready for {longest:?}");
    installation.comes_to_rest(Duration::from_mins(1)).await;
    let verdict = installation.judge(&tenant, &messages).await;
    verdict.keeps_the_promise();
    assert_eq!(verdict.arrived, messages.len(), "a stop that was asked for loses no answer: {verdict:?}");
    let wamids = wamids.lock().unwrap().clone();
    assert_eq!(installation.stored(&wamids).await, wamids.len());
    let arrived = installation.meta.arrived(&tenant.number).await;
    let pause = arrived.windows(2).map(|two| two[1].at_us - two[0].at_us).max().unwrap();
    assert!(pause <= 5_000_000, "nothing was sent for {} ms", pause / 1000);
    installation.is_consistent_at_rest().await;
}

/// F24, for sends: a number is switched off and on, with kills in between; what is stored always adds up.
#[tokio::test(flavor = "multi_thread")]
async fn f24_a_number_that_is_switched_off_sends_nothing_more_and_loses_nothing() {
    let runs = groups(seeds(20), 5).into_iter().map(|seeds| async move {
        let mut installation = Installation::start().await;
        let tenant = installation.tenant.clone();
        installation.paced(&tenant, 20).await;
        for seed in seeds {
            let mut chance = Chance::of(seed);
            let talks = installation.talks(&tenant, usize::try_from(seed).unwrap() * 1000, 60 * scale()).await;
            let messages = installation.enqueue(&tenant, &talks).await;
            tokio::time::sleep(chance.millis(100, 2000)).await;
            switched(&installation, &tenant, false).await;
            if seed % 2 == 0 {
                installation.node().kill9();
                installation.node().start_again();
                installation.node().ready().await;
            }
            pause(1500).await;
            let stood = installation.arrived(&tenant).await;
            pause(chance.between(1000, 2500)).await;
            assert_eq!(installation.arrived(&tenant).await, stood, "seed {seed}: sent while switched off");
            let census = installation.census(&tenant, &messages).await;
            assert_eq!(census.values().sum::<usize>(), messages.len(), "seed {seed}: {census:?}");
            installation.is_consistent().await;
            switched(&installation, &tenant, true).await;
            installation.comes_to_rest(Duration::from_mins(1)).await;
            let verdict = installation.judge(&tenant, &messages).await;
            verdict.keeps_the_promise();
            assert_eq!(verdict.arrived + verdict.unconfirmed.len(), messages.len(), "seed {seed}: {verdict:?}");
            installation.is_consistent_at_rest().await;
        }
    });
    join_all(runs).await;
}

async fn switched(installation: &Installation, tenant: &Tenant, on: bool) {
    sqlx::query("UPDATE channels SET active = $3 WHERE workspace_id = $1 AND id = $2")
        .bind(tenant.workspace)
        .bind(tenant.channel)
        .bind(on)
        .execute(installation.cluster.sql())
        .await
        .unwrap();
    ring(installation.cluster.sql()).await;
}

/// F21: two nodes share the work without sending anything twice, whatever is killed.
#[tokio::test(flavor = "multi_thread")]
async fn f21_of_two_nodes_either_may_die() {
    let mut installation = Installation::planned(Plan { nodes: 2, ..Plan::default() }).await;
    let tenant = installation.tenant.clone();
    installation.paced(&tenant, 30).await;
    for seed in seeds(4) {
        let mut chance = Chance::of(seed);
        let talks = installation.talks(&tenant, usize::try_from(seed).unwrap() * 1000, 60).await;
        let messages = installation.enqueue(&tenant, &talks).await;
        tokio::time::sleep(chance.millis(100, 1500)).await;
        let place = usize::try_from(chance.between(0, 1)).unwrap();
        installation.balancer.leads_to(installation.nodes[1 - place].addr);
        installation.nodes[place].kill9();
        // The other one alone brings it to an end.
        let sent = within(Duration::from_secs(30), || async {
            let census = installation.census(&tenant, &messages).await;
            (!census.contains_key("queued") && !census.contains_key("sending")).then_some(())
        });
        sent.await;
        installation.nodes[place].start_again();
        installation.nodes[place].ready().await;
        installation.comes_to_rest(Duration::from_mins(1)).await;
        let verdict = installation.judge(&tenant, &messages).await;
        verdict.keeps_the_promise();
        assert_eq!(verdict.arrived + verdict.unconfirmed.len(), messages.len(), "seed {seed}: {verdict:?}");
        installation.is_consistent_at_rest().await;
    }
}
