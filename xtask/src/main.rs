//! The build driver: `cargo xtask run | test | build | e2e | bench | watch | prepare`.
//!
//! It promises three things. What is missing on the machine is installed, or the message says what to install. Nothing it
//! started is left running, whichever way it ends. And what it prints last is true: counts come from the runners' own
//! reports, figures from measurements of this run.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod bench;
mod bench_apps;
mod bench_browser;
mod bench_bytes;
mod compress;
mod counts;
mod database;
mod e2e;
mod http;
mod imports;
mod instance;
mod npm;
mod places;
mod postgres;
mod prepare;
mod processes;
mod report;
mod run;
mod service;
mod site;
mod space;
mod split;
mod style;
mod system;
mod test;
mod toolchain;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Builds, runs and tests Charla.")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build and start everything: Postgres, the server and a simulated Meta. Ctrl-C stops it all.
    Run,
    /// Like `run`, and rebuild and restart when a source file changes.
    Watch,
    /// Format, clippy, unit, integration and browser tests. A filter runs only the tests whose name contains it.
    Test { filter: Vec<String> },
    /// Browser tests only, against a fresh database. A filter chooses test files by name.
    E2e { filter: Vec<String> },
    /// Build the site and the binary.
    Build {
        /// Optimised and compressed, as it is deployed.
        #[arg(long)]
        release: bool,
    },
    /// Measure the release build's gates (docs/PERFORMANCE.md) against their baselines: W1 to W10, P1 to P21, L1 to L3.
    Bench {
        /// Only these.
        gates: Vec<String>,
        /// Longer runs and more data.
        #[arg(long)]
        full: bool,
    },
    /// Rewrite `.sqlx` after a change to SQL, so that the checked queries compile without a database.
    Prepare {
        /// Change nothing; fail when `.sqlx` is not what the sources need.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let result = processes::watch_signals().and_then(|()| match Cli::parse().task {
        Task::Run => run::run().map(|()| true),
        Task::Watch => watch::watch().map(|()| true),
        Task::Test { filter } => test::test(&filter),
        Task::E2e { filter } => e2e::e2e(&filter),
        Task::Build { release } => site::build(release).map(|()| true),
        Task::Bench { gates, full } => bench::bench(&gates, full).map(|()| true),
        Task::Prepare { check } => prepare::prepare(check).map(|()| true),
    });
    match result {
        Ok(true) => ExitCode::SUCCESS,
        // Failed tests have been reported where they failed; the counts are the last word.
        Ok(false) => ExitCode::FAILURE,
        Err(_) if processes::interrupted() => {
            report::note("Stopped.");
            ExitCode::from(130)
        }
        Err(error) => {
            report::failure(&error);
            ExitCode::FAILURE
        }
    }
}
