//! `charla quarantine`: what operators do on their page, for terminals and scripts.

use std::{
    io::{BufWriter, ErrorKind, Write},
    sync::Arc,
    time::Duration,
};

use anyhow::Context;
use charla_core::{
    Config, Core, Database, Environment, SessionLimits, accounts::Operator, events::LocalBus, webhooks::quarantine,
};
use charla_meta::graph::ReqwestTransport;
use charla_shared::{id::DeliveryId, quarantine::Reason};
use clap::{Args, Subcommand};
use secrecy::SecretString;

use crate::settings::DatabaseAt;

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Print one JSON line per quarantined update, newest first. What the customer wrote is not in it.
    List {
        /// Only those of this reason, such as unknown_number.
        #[arg(long)]
        reason: Option<Reason>,
        /// Print at most this many.
        #[arg(long, default_value_t = 1000)]
        limit: usize,
    },
    /// Have deliveries processed once more by the running server. What fails again is quarantined again.
    Replay(Which),
}

/// Which deliveries.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Which {
    /// Every delivery with an update of this reason.
    #[arg(long)]
    reason: Option<Reason>,
    /// This delivery.
    #[arg(long)]
    delivery: Option<DeliveryId>,
}

pub(crate) async fn run(database: DatabaseAt, task: Task) -> anyhow::Result<()> {
    let core = core(&database)?;
    let operator = Operator::at_the_console();
    match task {
        Task::List { reason, limit } => list(&core, &operator, reason.as_ref(), limit).await,
        Task::Replay(which) => replay(&core, &operator, which).await,
    }
}

/// The product, as far as this needs it: a database. Nothing sealed is opened, so the keys are empty; nobody is rung,
/// because the server looks by itself for what waits.
fn core(at: &DatabaseAt) -> anyhow::Result<Core> {
    let config = Config {
        secret_key: SecretString::default(),
        app_secret: SecretString::default(),
        verify_token: SecretString::default(),
        public_url: String::new(),
        graph_url: String::new(),
        processing: false,
        graph_version: String::new(),
        sessions: SessionLimits::default(),
        simulator: None,
    };
    let transport = ReqwestTransport::new(Duration::from_secs(30)).context("the HTTP client could not be made")?;
    let database = Database::connect(&at.url()?, 4)?;
    Ok(Core::new(database, config, Environment::default(), Arc::new(transport), Arc::new(LocalBus::default())))
}

async fn list(core: &Core, operator: &Operator, reason: Option<&Reason>, limit: usize) -> anyhow::Result<()> {
    let (mut left, mut after) = (limit, None);
    while left > 0 {
        let page = quarantine::list(core, operator, reason, after).await?;
        let mut lines = Vec::new();
        for update in page.updates.iter().take(left) {
            serde_json::to_writer(&mut lines, update)?;
            lines.push(b'\n');
        }
        left = left.saturating_sub(page.updates.len());
        if !print(&lines)? {
            return Ok(());
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(())
}

/// Prints; false when the reader went away (`| head`) and wants no more.
fn print(lines: &[u8]) -> anyhow::Result<bool> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match out.write_all(lines).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error.into()),
    }
}

async fn replay(core: &Core, operator: &Operator, which: Which) -> anyhow::Result<()> {
    let mut deliveries = 0;
    if let Some(delivery) = which.delivery {
        quarantine::replay(core, operator, delivery).await.context("this delivery could not be replayed")?;
        deliveries = 1;
    }
    if let Some(reason) = which.reason {
        let mut until = None;
        loop {
            let step = quarantine::replay_all(core, operator, &reason, until).await?;
            deliveries += step.deliveries;
            if !step.more {
                break;
            }
            eprintln!("charla: {deliveries} deliveries so far");
            until = Some(step.until);
        }
    }
    eprintln!("charla: deliveries to be processed once more: {deliveries}");
    Ok(())
}
