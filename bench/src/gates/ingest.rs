//! P1 and P2: how many webhooks a second are answered 200 after the commit, from 64 connections.
//!
//! Three sides. *As it is*: what is stored is processed meanwhile, which shares the cores. *Storing alone*: the same with
//! processing off, which is what the baseline does. Between runs everything stored has its effect first, so that neither
//! side is measured while the other's leftovers are worked off.

use std::{process::Command, rc::Rc, time::Duration};

use anyhow::{Result, ensure};

use crate::{
    Setting, baseline,
    compare::{Contest, compare},
    figures::rate,
    installation::{Installation, Processing},
    load::{self, Met},
    process::Process,
    report::{Bounds, Row},
    traffic, wire,
};

/// Connections that post.
pub(crate) const CLIENTS: usize = 64;
/// Numbers of clients among which pgbench's best is looked for.
const BASELINE_CLIENTS: [u32; 4] = [8, 16, 32, 64];
const DRAIN: Duration = Duration::from_mins(3);
const PHONES: u64 = 500;

/// Floods the first tenant with messages and counts what was stored against what was acknowledged.
pub(crate) async fn flood(installation: &mut Installation<'_>) -> Result<Met> {
    let tag = installation.next_tag();
    let (count, seconds) = installation.setting.form((12_000, 2), (120_000, 10));
    let messages = traffic::messages(&tag, count, PHONES);
    let requests = Rc::new(traffic::posts(installation.app, &installation.tenant.number, &messages));
    let before = installation.count("SELECT count(*) FROM deliveries").await?;
    let met = load::flood(installation.app, CLIENTS, &requests, Duration::from_secs(seconds)).await?;
    let stored = installation.count("SELECT count(*) FROM deliveries").await? - before;
    ensure!(met.refused == 0, "{} deliveries were refused", met.refused);
    ensure!(
        usize::try_from(stored).ok() == Some(met.acknowledged),
        "{} deliveries were acknowledged, {stored} are stored",
        met.acknowledged
    );
    Ok(met)
}

struct Storing<'a> {
    installation: Installation<'a>,
    processing: Processing,
    body: String,
    /// Numbers of clients that pgbench is measured at; its best counts.
    clients: Vec<u32>,
    seconds: u64,
}

impl Storing<'_> {
    /// Which numbers of clients are worth measuring in every pair: all in the full form, else the best two of a trial.
    async fn choose_clients(&mut self) -> Result<()> {
        let mut tried = Vec::new();
        for clients in BASELINE_CLIENTS {
            let ran = baseline::store(&self.installation, &self.body, clients, self.seconds, None).await?;
            tried.push((ran.per_second, clients));
        }
        tried.sort_by(|a, b| b.0.total_cmp(&a.0));
        let kept = self.installation.setting.form(2, BASELINE_CLIENTS.len());
        self.clients = tried.into_iter().take(kept).map(|(_, clients)| clients).collect();
        crate::report::note(format!("pgbench is best at {:?} clients", self.clients));
        Ok(())
    }
}

impl Contest for Storing<'_> {
    async fn ours(&mut self) -> Result<f64> {
        let met = flood(&mut self.installation).await?;
        match self.processing {
            Processing::On => _ = self.installation.drain(DRAIN).await?,
            Processing::Off => self.installation.forget_waiting().await?,
        }
        Ok(rate(met.acknowledged, met.elapsed))
    }

    async fn baseline(&mut self) -> Result<f64> {
        let mut best: f64 = 0.0;
        for clients in self.clients.clone() {
            let ran = baseline::store(&self.installation, &self.body, clients, self.seconds, None).await?;
            best = best.max(ran.per_second);
        }
        Ok(best)
    }
}

/// P1.
pub(crate) async fn storing(setting: &Setting) -> Result<Vec<Row>> {
    let installation = Installation::start(setting, "p1").await?;
    baseline::prepare(&installation.sql).await?;
    let body = baseline::sample_body(&installation);
    let mut contest =
        Storing { installation, processing: Processing::On, body, clients: Vec::new(), seconds: setting.form(1, 5) };
    contest.choose_clients().await?;
    let bounds = Bounds::at_least(1.0, 1.4);
    let as_it_is = compare(&mut contest).await?;
    let what = "webhooks stored and answered, while they are processed";
    let mut rows = vec![Row::of_pairs("P1", what, "/s", &as_it_is, bounds)];
    contest.installation.restart_server(Processing::Off).await?;
    contest.processing = Processing::Off;
    let alone = compare(&mut contest).await?;
    rows.push(Row::of_pairs("P1", "the same, storing alone", "/s", &alone, bounds).reported());
    Ok(rows)
}

struct BesideNoOp<'a> {
    installation: Installation<'a>,
    no_op: std::net::SocketAddr,
}

impl Contest for BesideNoOp<'_> {
    async fn ours(&mut self) -> Result<f64> {
        let met = flood(&mut self.installation).await?;
        self.installation.forget_waiting().await?;
        Ok(rate(met.acknowledged, met.elapsed))
    }

    async fn baseline(&mut self) -> Result<f64> {
        let (count, seconds) = self.installation.setting.form((24_000, 2), (240_000, 10));
        let messages = traffic::messages("noop", count, PHONES);
        let requests = Rc::new(traffic::posts(self.no_op, &self.installation.tenant.number, &messages));
        let met = load::flood(self.no_op, CLIENTS, &requests, Duration::from_secs(seconds)).await?;
        ensure!(met.refused == 0, "the handler without a database refused {} deliveries", met.refused);
        Ok(rate(met.acknowledged, met.elapsed))
    }
}

/// P2: storing alone, since the handler without a database has no effects either.
pub(crate) async fn beside_no_op(setting: &Setting) -> Result<Vec<Row>> {
    let mut installation = Installation::start(setting, "p2").await?;
    installation.restart_server(Processing::Off).await?;
    let no_op = wire::free_address()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["no-op", &no_op.to_string()]);
    let _handler = Process::start("no-op", &mut command, &setting.scratch)?;
    let mut contest = BesideNoOp { installation, no_op };
    tokio::time::sleep(Duration::from_millis(300)).await;
    let pairs = compare(&mut contest).await?;
    let what = "storing alone ÷ signature and parser without a database";
    Ok(vec![Row::of_pairs("P2", what, "/s", &pairs, Bounds::at_least(0.30, 0.45))])
}
