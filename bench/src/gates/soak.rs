//! L1, L2, L3: what one number sends in a quarter of an hour, what a large one sends in a minute, and the backlog of an
//! hour at once. Nothing may be lost, and nothing may take effect twice.

use std::{cell::Cell, rc::Rc, time::Duration};

use anyhow::{Context, Result, ensure};
use tokio::time::{Instant, sleep};

use crate::{
    Setting,
    figures::{Times, short},
    gates::{ingest::CLIENTS, visible::Watcher},
    installation::Installation,
    load,
    report::{self, Bounds, Row},
    traffic::{self, Update},
    wire::Connection,
};

/// Customers that write and are written to.
pub(crate) const PHONES: u64 = 500;
/// Updates of which one is a message and the others statuses: 24 of 264, 300 of 3,300 (quality gates, L1 and L2).
const PER_MESSAGE: usize = 11;
const DRAIN: Duration = Duration::from_mins(10);

/// One message to ten statuses, the statuses of messages that are there. The conversations must be there before.
pub(crate) async fn updates(installation: &mut Installation<'_>, count: usize) -> Result<Vec<Update>> {
    let tag = installation.next_tag();
    let messages = count / PER_MESSAGE;
    let statuses = count - messages;
    let tenant = &installation.tenant;
    let taken = tenant.taken_messages(&installation.sql, &tag, statuses.div_ceil(3), PHONES).await?;
    let mut about = traffic::statuses(&taken);
    about.truncate(statuses);
    Ok(traffic::mix(traffic::messages(&tag, messages, PHONES), about))
}

/// What was acknowledged and is not there with its effect, once: deliveries, messages, statuses.
async fn lost(installation: &Installation<'_>, sent: &[Update], deliveries_before: i64) -> Result<i64> {
    let count = |number: usize| i64::try_from(number);
    let ids = |is_message: bool| -> Vec<&str> {
        sent.iter().filter(|update| update.is_message() == is_message).map(Update::id).collect()
    };
    let deliveries = installation.count("SELECT count(*) FROM deliveries").await? - deliveries_before;
    let messages: i64 =
        sqlx::query_scalar("SELECT count(*) FROM messages WHERE direction = 'in' AND external_id = ANY($1)")
            .bind(ids(true))
            .fetch_one(&installation.sql)
            .await?;
    let statuses: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM message_events e JOIN messages m ON m.workspace_id = e.workspace_id AND m.id = e.message_id
         WHERE e.source = 'webhook' AND m.direction = 'out' AND m.external_id = ANY($1)",
    )
    .bind(ids(false))
    .fetch_one(&installation.sql)
    .await?;
    let missing =
        [count(sent.len())? - deliveries, count(ids(true).len())? - messages, count(ids(false).len())? - statuses];
    ensure!(missing.iter().all(|missing| *missing >= 0), "something took effect twice: {missing:?} are missing");
    let quarantined = installation.count("SELECT count(*) FROM quarantined_updates").await?;
    ensure!(quarantined == 0, "{quarantined} updates were quarantined");
    Ok(missing.iter().sum())
}

async fn start<'a>(setting: &'a Setting, name: &str) -> Result<Installation<'a>> {
    let mut installation = Installation::start(setting, name).await?;
    let tenant = installation.tenant.clone();
    installation.conversations(&tenant, PHONES).await?;
    Ok(installation)
}

/// A number's events at its pace.
struct Paced {
    /// Acknowledged and not there.
    lost: i64,
    answers: Times,
    visible: Times,
    /// Deliveries that waited a second after the end.
    waiting: i64,
    /// From the end until the last frame.
    shown_after: Duration,
}

async fn paced(installation: &mut Installation<'_>, per_second: u32, seconds: u32) -> Result<Paced> {
    let sent = updates(installation, usize::try_from(per_second * seconds)?).await?;
    let tenant = installation.tenant.clone();
    let requests = Rc::new(traffic::posts(installation.app, &tenant.number, &sent));
    let before = installation.count("SELECT count(*) FROM deliveries").await?;
    let watcher = Watcher::open(installation, &tenant).await?;
    let met = load::pace(installation.app, CLIENTS, &requests, per_second).await?;
    let end = Instant::now();
    met.ensure_all(sent.len())?;
    sleep(Duration::from_secs(1)).await;
    let waiting = installation.waiting().await?;
    installation.drain(DRAIN).await?;
    let visible = watcher.times(installation, &tenant, &sent, &met.due).await?;
    // The frames of the last statuses may still be on their way.
    sleep(Duration::from_millis(200)).await;
    let shown_after = watcher.last().map_or(Duration::ZERO, |last| last.saturating_duration_since(end));
    if met.unavailable > 0 {
        report::note(format!("{} answers were 503; their deliveries were tried again", met.unavailable));
    }
    Ok(Paced { lost: lost(installation, &sent, before).await?, answers: met.times, visible, waiting, shown_after })
}

fn none_lost(gate: &'static str, lost: i64, sent: usize) -> Row {
    let what = format!("lost of {} acknowledged", short(sent as f64));
    Row::of_value(gate, what, "", lost as f64, Bounds::at_most(0.0, 0.0))
}

/// L1: 264 events a second.
pub(crate) async fn one_number(setting: &Setting) -> Result<Vec<Row>> {
    let mut installation = start(setting, "l1").await?;
    let seconds = setting.form(60, 900);
    // Short and at the same pace, to have everything warm.
    paced(&mut installation, 264, 5).await?;
    let paced = paced(&mut installation, 264, seconds).await?;
    let within = |what: &str, times: &Times, limit: f64| {
        let what = format!("{what} at 264 events/s for {seconds} s, p99");
        Row::of_value("L1", what, "ms", times.p99(), Bounds::at_most(limit, limit))
    };
    Ok(vec![
        none_lost("L1", paced.lost, paced.answers.len()),
        within("answer to a webhook", &paced.answers, 250.0),
        within("visible to a member", &paced.visible, 1_000.0),
        Row::of_value(
            "L1",
            "deliveries that wait one second after the end",
            "",
            paced.waiting as f64,
            Bounds::at_most(0.0, 0.0),
        ),
    ])
}

/// L2: 3,300 events a second.
pub(crate) async fn large_number(setting: &Setting) -> Result<Vec<Row>> {
    let mut installation = start(setting, "l2").await?;
    let seconds = setting.form(15, 60);
    let paced = paced(&mut installation, 3_300, seconds).await?;
    let shown = paced.shown_after.as_secs_f64();
    let what = format!("all visible after the end of {seconds} s at 3,300 events/s");
    let answers =
        Row::of_value("L2", "answer to a webhook, p99", "ms", paced.answers.p99(), Bounds::at_most(250.0, 250.0));
    let visible =
        Row::of_value("L2", "visible to a member, p99", "ms", paced.visible.p99(), Bounds::at_most(10_000.0, 1_000.0));
    Ok(vec![
        none_lost("L2", paced.lost, paced.answers.len()),
        Row::of_value("L2", what, "s", shown, Bounds::at_most(10.0, 10.0)),
        answers.reported(),
        visible.reported(),
    ])
}

/// Asks for the first page of the inbox every 50 ms until told to stop.
async fn look_at_list(request: &[u8], installation: &Installation<'_>, go_on: &Cell<bool>) -> Result<Times> {
    let mut times = Times::default();
    let mut connection = Connection::open(installation.app).await?;
    while go_on.get() {
        let from = Instant::now();
        let answer = connection.exchange(request).await?;
        ensure!(
            answer.status == 200,
            "the inbox' list answered {}: {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        times.add(from.elapsed());
        sleep(Duration::from_millis(50)).await;
    }
    Ok(times)
}

/// L3: as many as Meta has kept for us, as fast as they are answered.
pub(crate) async fn backlog(setting: &Setting) -> Result<Vec<Row>> {
    let mut installation = start(setting, "l3").await?;
    let sent = updates(&mut installation, setting.form(20_000, 100_000)).await?;
    let tenant = installation.tenant.clone();
    let requests = Rc::new(traffic::posts(installation.app, &tenant.number, &sent));
    let list = installation.list_request(&tenant);
    let before = installation.count("SELECT count(*) FROM deliveries").await?;

    let go_on = Cell::new(true);
    let (idle, ()) = tokio::join!(look_at_list(&list, &installation, &go_on), async {
        sleep(Duration::from_secs(setting.form(5, 15))).await;
        go_on.set(false);
    });
    go_on.set(true);
    let (busy, flooded) = tokio::join!(look_at_list(&list, &installation, &go_on), async {
        let met = load::flood(installation.app, CLIENTS, &requests, DRAIN).await;
        let end = Instant::now();
        let drained = loop {
            match installation.waiting().await {
                Ok(0) => break Ok(end.elapsed()),
                Ok(waiting) if end.elapsed() > DRAIN => break Err(anyhow::anyhow!("{waiting} deliveries still wait")),
                Ok(_) => sleep(Duration::from_millis(20)).await,
                Err(error) => break Err(error),
            }
        };
        go_on.set(false);
        anyhow::Ok((met?, drained?))
    });
    let (met, drained) = flooded?;
    met.ensure_all(sent.len()).context("only 503 may be answered besides 200")?;
    let lost = lost(&installation, &sent, before).await?;
    let (idle, busy) = (idle?.p99(), busy?.p99());
    report::note(format!(
        "{} deliveries in {} s, {} of the answers 503",
        sent.len(),
        short(met.elapsed.as_secs_f64()),
        met.unavailable
    ));
    let ratio = busy / idle;
    let list = Row {
        ours: format!("{} ms", short(busy)),
        baseline: format!("{} ms", short(idle)),
        ratio: short(ratio),
        ..Row::of_value("L3", "the inbox' list, p99: meanwhile ÷ before", "", ratio, Bounds::at_most(3.0, 3.0))
    };
    let what = format!("drained after a burst of {}", short(sent.len() as f64));
    Ok(vec![
        none_lost("L3", lost, sent.len()),
        Row::of_value("L3", what, "s", drained.as_secs_f64(), Bounds::at_most(60.0, 60.0)),
        list,
    ])
}
