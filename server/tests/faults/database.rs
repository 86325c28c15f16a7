//! F3–F6: Postgres crashes, loses its sessions, hangs, or has no connection left.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use futures::future::join_all;
use serde_json::json;
use tokio::task::JoinHandle;

use crate::kit::{Browser, Chance, Installation, Poster, Socket, Tenant, one_text, pause, scale, seeds, within};

/// Longest time from a database that is back to a program that is.
const RECOVERY: Duration = Duration::from_secs(5);
/// Longest time that a request may take whatever the database does.
const PATIENCE: Duration = Duration::from_secs(10);

/// A customer who writes all the time, through Meta's retries.
struct Stream {
    stop: Arc<AtomicBool>,
    taken: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Stream {
    fn start(poster: Poster, tenant: Tenant, name: String) -> Self {
        let (stop, taken) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (ends, list) = (Arc::clone(&stop), Arc::clone(&taken));
        let task = tokio::spawn(async move {
            for n in 0.. {
                if ends.load(Ordering::Relaxed) {
                    return;
                }
                let wamid = format!("wamid.{name}.{n}");
                let body = one_text(&tenant, "5511971000000", &wamid, &format!("{name} {n}"));
                if poster.post(&body).await == Some(200) {
                    list.lock().unwrap().push(wamid);
                }
                pause(10).await;
            }
        });
        Self { stop, taken, task }
    }

    /// Ends it; gives what was answered 200.
    async fn ends(self) -> Vec<String> {
        self.stop.store(true, Ordering::Relaxed);
        self.task.await.unwrap();
        self.taken.lock().unwrap().clone()
    }
}

impl Installation {
    /// Webhooks are taken again, ten in a row.
    async fn takes_webhooks(&self, name: &str) {
        let (began, poster) = (Instant::now(), self.poster());
        let (mut row, mut n) = (0, 0);
        while row < 10 {
            let wamid = format!("wamid.again.{name}.{n}");
            let body = one_text(&self.tenant, "5511971000001", &wamid, "again");
            row = if poster.post(&body).await == Some(200) { row + 1 } else { 0 };
            n += 1;
            assert!(began.elapsed() < RECOVERY, "webhooks are not taken {RECOVERY:?} after the database is back");
            pause(20).await;
        }
    }
}

/// F3.
#[tokio::test(flavor = "multi_thread")]
async fn f03_a_database_that_crashes_takes_nothing_with_it() {
    let mut installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    installation.paced(&tenant, 60).await;
    for seed in seeds(20) {
        let mut chance = Chance::of(seed);
        let talks = installation.talks(&tenant, usize::try_from(seed).unwrap() * 1000, 60 * scale()).await;
        let messages = installation.enqueue(&tenant, &talks).await;
        let stream = Stream::start(installation.poster(), tenant.clone(), format!("f03.{seed}"));
        tokio::time::sleep(chance.millis(100, 900)).await;
        match seed % 3 {
            0 => {
                installation.cluster.kill_backend(&mut chance).await;
                installation.cluster.takes_connections().await;
            }
            1 => installation.cluster.restart_immediate().await,
            _ => {
                installation.cluster.crash();
                while_away(&mut installation, seed).await;
                installation.cluster.start_again().await;
            }
        }
        installation.takes_webhooks(&format!("f03.{seed}")).await;
        let taken = stream.ends().await;
        assert!(installation.node().runs(), "the process stays up");
        installation.comes_to_rest(Duration::from_mins(1)).await;
        assert_eq!(installation.stored(&taken).await, taken.len(), "acknowledged and stored");
        installation.judge(&tenant, &messages).await.keeps_the_promise();
        installation.is_consistent_at_rest().await;
    }
}

/// What the program answers while there is no database.
async fn while_away(installation: &mut Installation, seed: u64) {
    let (poster, tenant) = (installation.poster(), installation.tenant.clone());
    let posts = (0..5).map(|n| {
        let body = one_text(&tenant, "5511971000002", &format!("wamid.away.{seed}.{n}"), "away");
        let poster = poster.clone();
        async move { tokio::time::timeout(PATIENCE, poster.post(&body)).await }
    });
    for answer in join_all(posts).await {
        assert_eq!(answer.expect("an answer within ten seconds"), Some(503), "a webhook without a database");
    }
    assert_eq!(installation.node().health("ready").await, Some(503), "health says degraded");
    assert_eq!(installation.node().health("live").await, Some(200), "the process answers");
}

/// F4.
#[tokio::test(flavor = "multi_thread")]
async fn f04_sessions_that_are_ended_again_and_again_cost_nothing_but_time() {
    let mut installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    installation.paced(&tenant, 30).await;
    let rounds = 10 * scale();
    let talks = installation.talks(&tenant, 0, 30 * rounds).await;
    let messages = installation.enqueue(&tenant, &talks).await;
    let stream = Stream::start(installation.poster(), tenant.clone(), "f04".to_owned());
    for _ in 0..rounds {
        pause(1000).await;
        installation.cluster.terminate_all().await;
    }
    installation.takes_webhooks("f04").await;
    let taken = stream.ends().await;
    assert!(installation.node().runs(), "the process stays up");
    installation.comes_to_rest(Duration::from_mins(2)).await;
    assert_eq!(installation.stored(&taken).await, taken.len(), "acknowledged and stored");
    let verdict = installation.judge(&tenant, &messages).await;
    verdict.keeps_the_promise();
    assert!(verdict.failed.is_empty(), "{verdict:?}");
    installation.is_consistent_at_rest().await;
}

/// F5.
#[tokio::test(flavor = "multi_thread")]
async fn f05_while_the_database_hangs_requests_end_and_sockets_stay() {
    let mut installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    let workspace = tenant.workspace.to_string();
    let list = json!({ "workspace": workspace });
    let page = tenant.browser.call("inbox/conversations", &list).await.ok();
    let cursor = page["cursor"].as_str().unwrap();
    let origin = format!("http://{}", installation.balancer.addr);
    let mut socket = Socket::open(&tenant.browser, &workspace, cursor, Some(&origin)).await.expect("a socket");
    let hang = Duration::from_secs(if scale() > 1 { 30 } else { 12 });
    let stopped = installation.cluster.sigstop().await;
    let began = Instant::now();

    let poster = installation.poster();
    let posts = join_all((0..10).map(|n| {
        let body = one_text(&tenant, "5511971000003", &format!("wamid.f05.{n}"), "while it hangs");
        let poster = poster.clone();
        async move { tokio::time::timeout(PATIENCE, poster.post(&body)).await.map_err(|_| "webhook") }
    }));
    let pages = join_all((0..30).map(|_| {
        let (browser, list) = (tenant.browser.clone(), list.clone());
        async move {
            let answer = browser.call("inbox/conversations", &list);
            tokio::time::timeout(PATIENCE, answer).await.map(|answer| Some(answer.status)).map_err(|_| "page")
        }
    }));
    let (posts, pages) = tokio::join!(posts, pages);
    for answer in posts.into_iter().chain(pages) {
        assert_eq!(answer, Ok(Some(503)), "an answer within {PATIENCE:?}");
    }
    tokio::time::sleep(hang.saturating_sub(began.elapsed())).await;
    drop(stopped);

    installation.takes_webhooks("f05").await;
    // Connections did not leak: as many requests as the pool has connections, twice over, find one.
    let pages = join_all((0..32).map(|_| tenant.browser.conversations(&workspace)));
    tokio::time::timeout(PATIENCE, pages).await.expect("the pool is whole");
    installation.meta.writes("+5511971000004", &tenant.number, "are you back?").await;
    assert!(socket.next_within(PATIENCE).await.is_some(), "the socket is open and hears of it");
    assert!(installation.node().runs());
    installation.comes_to_rest(Duration::from_secs(30)).await;
    installation.is_consistent_at_rest().await;
}

/// F6.
#[tokio::test(flavor = "multi_thread")]
async fn f06_slow_queries_leave_room_for_webhooks_health_and_the_log_in() {
    let mut installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    let mut lock = installation.cluster.sql().begin().await.unwrap();
    sqlx::query("LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE").execute(&mut *lock).await.unwrap();
    let slow: Vec<_> = (0..64)
        .map(|_| {
            let (browser, arguments) = (tenant.browser.clone(), json!({ "workspace": tenant.workspace }));
            tokio::spawn(async move { browser.call("inbox/conversations", &arguments).await.status })
        })
        .collect();
    pause(500).await;

    let poster = installation.poster();
    let mut times = Vec::new();
    let mut wamids = Vec::new();
    for n in 0..100 {
        let wamid = format!("wamid.f06.{n}");
        let body = one_text(&tenant, "5511971000005", &wamid, "meanwhile");
        let began = Instant::now();
        assert_eq!(poster.post(&body).await, Some(200), "a webhook while pages are slow");
        times.push(began.elapsed());
        wamids.push(wamid);
    }
    times.sort();
    assert!(times[98] <= Duration::from_secs(1), "webhooks take {:?}", times[98]);
    let began = Instant::now();
    assert_eq!(installation.node().health("ready").await, Some(200));
    assert!(began.elapsed() <= Duration::from_secs(1), "health takes {:?}", began.elapsed());
    let stranger = Browser::new(&tenant.browser.url);
    let page = tokio::time::timeout(Duration::from_secs(2), stranger.open("/login")).await;
    assert_eq!(page.expect("the log-in within two seconds").status, 200);

    lock.rollback().await.unwrap();
    for answer in slow {
        let status = tokio::time::timeout(PATIENCE, answer).await.expect("an end").unwrap();
        assert!([200, 503].contains(&status), "{status}");
    }
    installation.comes_to_rest(Duration::from_secs(30)).await;
    assert_eq!(installation.stored(&wamids).await, wamids.len(), "acknowledged and stored");
    installation.is_consistent_at_rest().await;
    let workspace = tenant.workspace.to_string();
    within(RECOVERY, || async { (!tenant.browser.conversations(&workspace).await.is_empty()).then_some(()) }).await;
}
