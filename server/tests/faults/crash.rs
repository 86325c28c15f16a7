//! F1, F2: the program is killed.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures::future::join_all;

use crate::kit::{Chance, Installation, groups, one_text, pause, scale, seeds};

/// Requests that may be under way at a kill.
const IN_FLIGHT: usize = 12;

/// F1.
#[tokio::test(flavor = "multi_thread")]
async fn f01_killed_at_any_moment_of_a_campaign_nothing_is_lost_or_sent_twice() {
    let runs = groups(seeds(20), 4).into_iter().map(|seeds| async move {
        let mut installation = Installation::start().await;
        let tenant = installation.tenant.clone();
        installation.paced(&tenant, 40).await;
        for seed in seeds {
            let mut chance = Chance::of(seed);
            let first = usize::try_from(chance.seed()).unwrap() * 1000;
            let talks = installation.talks(&tenant, first, 40 * scale()).await;
            let messages = installation.enqueue(&tenant, &talks).await;
            tokio::time::sleep(chance.millis(0, 1100)).await;
            installation.node().kill9();
            installation.is_consistent().await;
            installation.node().start_again();
            installation.node().ready().await;
            installation.comes_to_rest(Duration::from_mins(1)).await;
            let verdict = installation.judge(&tenant, &messages).await;
            verdict.keeps_the_promise();
            assert!(verdict.unconfirmed.len() <= IN_FLIGHT, "{:?}", verdict.unconfirmed);
            assert_eq!(verdict.arrived + verdict.unconfirmed.len(), messages.len(), "seed {seed}: {verdict:?}");
            installation.is_consistent_at_rest().await;
        }
    });
    join_all(runs).await;
}

/// F1: restart → first send.
#[tokio::test(flavor = "multi_thread")]
async fn f01_a_restarted_program_sends_again_within_five_seconds() {
    let mut installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    installation.paced(&tenant, 20).await;
    let talks = installation.talks(&tenant, 0, 200).await;
    installation.enqueue(&tenant, &talks).await;
    installation.has_arrived(&tenant, 10, Duration::from_secs(15)).await;
    installation.node().kill9();
    let before = installation.arrived(&tenant).await;
    assert!(before < talks.len());
    installation.node().start_again();
    installation.has_arrived(&tenant, before + 1, Duration::from_secs(5)).await;
}

/// F2.
#[tokio::test(flavor = "multi_thread")]
async fn f02_killed_while_webhooks_come_in_what_was_answered_200_is_stored_once() {
    let runs = groups(seeds(20), 2).into_iter().map(|seeds| async move {
        let mut installation = Installation::start().await;
        for seed in seeds {
            killed_at_ingest(&mut installation, &mut Chance::of(seed)).await;
        }
    });
    join_all(runs).await;
}

async fn killed_at_ingest(installation: &mut Installation, chance: &mut Chance) {
    let (tenant, poster) = (installation.tenant.clone(), installation.poster());
    let (taken, open) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let dead = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..8)
        .map(|client| {
            let (poster, tenant, taken, open, dead, seed) = (
                poster.clone(),
                tenant.clone(),
                Arc::clone(&taken),
                Arc::clone(&open),
                Arc::clone(&dead),
                chance.seed(),
            );
            tokio::spawn(async move {
                for n in 0..100_000 {
                    if dead.load(Ordering::Relaxed) {
                        return;
                    }
                    let wamid = format!("wamid.f02.{seed}.{client}.{n}");
                    let body = one_text(&tenant, &format!("551197100{seed:03}{client}"), &wamid, &format!("text {n}"));
                    let list = if poster.post(&body).await == Some(200) { &taken } else { &open };
                    list.lock().unwrap().push((wamid, body));
                }
            })
        })
        .collect();
    tokio::time::sleep(chance.millis(50, 500)).await;
    installation.node().kill9();
    dead.store(true, Ordering::Relaxed);
    join_all(clients).await;
    installation.node().start_again();
    installation.node().ready().await;
    installation.comes_to_rest(Duration::from_mins(1)).await;
    let (taken, open) = (taken.lock().unwrap().clone(), open.lock().unwrap().clone());
    assert!(!taken.is_empty(), "nothing was taken before the kill");
    all_stored(installation, &taken).await;
    installation.is_consistent_at_rest().await;

    // Meta delivers again what was not answered; it may have been stored all the same.
    for (_, body) in &open {
        poster.deliver(body).await;
    }
    installation.comes_to_rest(Duration::from_mins(1)).await;
    all_stored(installation, &open).await;
    installation.is_consistent_at_rest().await;
}

/// Twice it could not be: that is an invariant.
async fn all_stored(installation: &Installation, deliveries: &[(String, Vec<u8>)]) {
    let wamids: Vec<String> = deliveries.iter().map(|(wamid, _)| wamid.clone()).collect();
    assert_eq!(installation.stored(&wamids).await, wamids.len());
}

/// F1: what a member sends by hand is safe the moment the answer says so.
#[tokio::test(flavor = "multi_thread")]
async fn f01_a_message_whose_sender_was_told_yes_survives_the_kill() {
    let mut installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    let talks = installation.talks(&tenant, 0, 10).await;
    let mut messages = Vec::new();
    for (talk, n) in talks.iter().zip(0_u32..) {
        let key = uuid::Uuid::now_v7().to_string();
        let sent = tenant
            .browser
            .send(&tenant.workspace.to_string(), &talk.id.to_string(), &key, &format!("by hand {n}"))
            .await
            .ok();
        messages.push(sent["id"].as_str().unwrap().parse().unwrap());
        if n % 3 == 0 {
            installation.node().kill9();
            pause(50).await;
            installation.node().start_again();
            installation.node().ready().await;
        }
    }
    installation.comes_to_rest(Duration::from_mins(1)).await;
    let verdict = installation.judge(&tenant, &messages).await;
    verdict.keeps_the_promise();
    assert!(verdict.failed.is_empty(), "{verdict:?}");
    installation.is_consistent_at_rest().await;
}
