//! `charla demo`: believable data for looking, testing and measuring.

use std::{
    io::{IsTerminal as _, Write as _},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};
use charla_core::{
    Core, Database, Environment,
    demo::{self, Order, Progress},
    events::LocalBus,
};
use charla_meta::graph::ReqwestTransport;
use charla_shared::id::WorkspaceId;
use clap::{Args, ValueEnum};

use crate::settings::{DatabaseAt, DemoConfig};

/// How much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Size {
    /// 1,000 conversations, 10,000 messages, one workspace.
    #[value(name = "S")]
    S,
    /// 100,000 conversations, a million messages, 50 workspaces.
    #[value(name = "M")]
    M,
    /// A million conversations, ten million messages, 50 workspaces.
    #[value(name = "L")]
    L,
}

impl Size {
    const fn conversations(self) -> u64 {
        match self {
            Self::S => 1_000,
            Self::M => 100_000,
            Self::L => 1_000_000,
        }
    }

    const fn workspaces(self) -> u64 {
        match self {
            Self::S => 1,
            Self::M | Self::L => 50,
        }
    }
}

/// What to make, and where.
#[derive(Debug, Clone, Args)]
pub(crate) struct DemoSettings {
    /// How much.
    #[arg(long, value_enum, ignore_case = true, default_value = "S")]
    size: Size,
    /// Spread it over this many workspaces; the first holds 30 %.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1000), conflicts_with = "workspace")]
    workspaces: Option<u64>,
    /// Put it into this workspace, whose only channels are the simulator's, instead of new ones.
    #[arg(long)]
    workspace: Option<WorkspaceId>,
    /// The same seed gives the same people and words.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Add as much again where it is complete already.
    #[arg(long)]
    more: bool,
    /// The database.
    #[command(flatten)]
    database: DatabaseAt,
    /// What the server is started with.
    #[command(flatten)]
    config: DemoConfig,
}

pub(crate) async fn run(settings: DemoSettings) -> anyhow::Result<()> {
    if settings.config.production && settings.workspace.is_none() {
        bail!("this is a production configuration: name the demo workspace with --workspace");
    }
    let database = Database::connect(&settings.database.url()?, 8)?;
    if !database.is_migrated().await? {
        bail!("the schema is not up to date; run `charla migrate` first");
    }
    let transport = ReqwestTransport::new(Duration::from_secs(30)).context("the HTTP client could not be made")?;
    let core = Core::new(
        database.clone(),
        settings.config.resolve()?,
        Environment::default(),
        Arc::new(transport),
        Arc::new(LocalBus::default()),
    );
    let conversations = settings.size.conversations();
    let order = Order {
        conversations,
        messages: conversations * 10,
        workspaces: settings.workspaces.unwrap_or_else(|| settings.size.workspaces()),
        seed: settings.seed,
        into: settings.workspace,
        more: settings.more,
    };
    let began = Instant::now();
    let mut teller = Teller::new();
    let added = tokio::select! {
        added = demo::fill(&core, &order, |progress| teller.tell(progress)) => added?,
        _ = tokio::signal::ctrl_c() => bail!("stopped; what was stored stays, and the next run goes on from there"),
    };
    if added.messages == 0 {
        eprintln!("charla: all of it is there already; --more adds as much again");
        return Ok(());
    }
    eprintln!("\rcharla: tidying the tables …{:40}", "");
    database.settle().await?;
    eprintln!(
        "charla: {} conversations with {} messages in {} s",
        added.conversations,
        added.messages,
        began.elapsed().as_secs()
    );
    Ok(())
}

/// Says how far it is: on a terminal in one line that changes, else every ten seconds.
struct Teller {
    began: Instant,
    said: Option<Instant>,
    terminal: bool,
}

impl Teller {
    fn new() -> Self {
        Self { began: Instant::now(), said: None, terminal: std::io::stderr().is_terminal() }
    }

    fn tell(&mut self, progress: Progress) {
        let pause = Duration::from_millis(if self.terminal { 200 } else { 10_000 });
        if self.said.is_some_and(|said| said.elapsed() < pause) {
            return;
        }
        self.said = Some(Instant::now());
        let left = left(progress, self.began.elapsed());
        let Progress { conversations, messages, of } = progress;
        let line =
            format!("charla: {messages} of {of} messages, {conversations} conversations, {} s left", left.as_secs());
        if self.terminal {
            eprint!("\r{line:<90}");
            // Only a terminal that went away refuses it, and then nobody reads it.
            let _ = std::io::stderr().flush();
        } else {
            eprintln!("{line}");
        }
    }
}

/// How much longer it takes at the pace so far.
fn left(progress: Progress, elapsed: Duration) -> Duration {
    let missing = u128::from(progress.of.saturating_sub(progress.messages));
    let millis = elapsed.as_millis() * missing / u128::from(progress.messages.max(1));
    Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pace_so_far_says_how_much_longer_it_takes() {
        let progress = Progress { conversations: 10, messages: 250, of: 1_000 };
        assert_eq!(left(progress, Duration::from_secs(10)), Duration::from_secs(30));
        assert_eq!(left(Progress { messages: 1_000, ..progress }, Duration::from_secs(10)), Duration::ZERO);
    }
}
