//! The gates of performance and load (docs/PERFORMANCE.md): our side and the best known baseline, interleaved, on the
//! same Postgres, in the same minutes. `cargo xtask bench` builds everything, starts a cluster and calls this program.
//!
//! It starts `charla serve` and `charla simulate` as they are deployed and knows them from outside only: by HTTP, by the
//! socket and by SQL. It works on one thread, as `pgbench -j1` does, because the load shares the cores with what it loads.
//! A figure without its check is not printed: every gate counts rows against what was acknowledged.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]
#![expect(clippy::cast_precision_loss, reason = "counts become rates and quotients, of which three digits are shown")]

mod baseline;
mod compare;
mod figures;
mod gates;
mod installation;
mod load;
mod postgres;
mod process;
mod reading;
mod report;
mod socket;
mod tenant;
mod traffic;
mod wire;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Args, Parser, Subcommand};
use tokio::task::LocalSet;

use crate::gates::Gate;

#[derive(Debug, Parser)]
#[command(name = "charla-bench", about = "Measures Charla's gates. Called by `cargo xtask bench`.")]
struct Line {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Measure gates.
    Measure(Setting),
    /// P2's baseline: takes webhooks, checks and parses them, stores nothing.
    NoOp { address: SocketAddr },
}

/// Where everything is.
#[derive(Debug, Args)]
pub(crate) struct Setting {
    /// The gates; all of them when none is named.
    #[arg(value_enum, ignore_case = true)]
    gates: Vec<Gate>,
    /// The full form: longer runs and more data.
    #[arg(long)]
    full: bool,
    /// The address of a database on a durable cluster in which others can be made.
    #[arg(long)]
    database_url: String,
    /// The folder of psql and pgbench.
    #[arg(long)]
    postgres_programs: PathBuf,
    /// The binary `charla`.
    #[arg(long)]
    charla: PathBuf,
    /// The folder of the built site.
    #[arg(long)]
    site: PathBuf,
    /// An empty folder on the disk of the database.
    #[arg(long)]
    scratch: PathBuf,
}

impl Setting {
    /// One of two values, by the form.
    fn form<T>(&self, quick: T, full: T) -> T {
        if self.full { full } else { quick }
    }
}

/// One thread: `pgbench -j1` has one, too.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let done: Result<bool> = match Line::parse().task {
        Task::Measure(setting) => LocalSet::new().run_until(gates::measure(&setting)).await,
        Task::NoOp { address } => baseline::no_op(address).await.map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        // What could not be measured has been said where it happened.
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            report::failure(&error);
            ExitCode::FAILURE
        }
    }
}
