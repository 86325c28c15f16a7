//! The command line: one program for every role.

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    demo, migrate, openapi, quarantine, replay, serve,
    settings::{DatabaseAt, ServeSettings, SimulateSettings},
    simulate, telemetry,
};

/// A WhatsApp Business platform: shared inbox, campaigns, AI agents and automation in one program.
#[derive(Debug, Parser)]
#[command(name = "charla", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the app, the webhooks and the background work.
    Serve(Box<ServeSettings>),
    /// Serve a simulated Meta: Graph API, signed webhooks, and phones to type on.
    Simulate(SimulateSettings),
    /// Bring the database's schema up to date.
    Migrate(DatabaseAt),
    /// Read webhook deliveries from files and print one JSON line per event; needs no database.
    Replay {
        /// Files that each hold the body of one delivery.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Look at what of the webhooks could take no effect, and replay it after a fix.
    Quarantine {
        /// The database.
        #[command(flatten)]
        database: DatabaseAt,
        /// What to do.
        #[command(subcommand)]
        task: quarantine::Task,
    },
    /// Make believable data to look at, test and measure with. Nobody is ever sent anything of it.
    Demo(demo::DemoSettings),
    /// Print the OpenAPI description of the HTTP interface.
    Openapi,
}

/// Runs the command; the exit code says how it went.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Replay { files } => return replay::run(&files),
        Command::Openapi => openapi::print(),
        Command::Serve(settings) => {
            telemetry::init(settings.log_format, &settings.log, settings.otlp_endpoint.as_deref()).and_then(
                |telemetry| {
                    let served = within_runtime(serve::run(*settings));
                    telemetry.end();
                    served
                },
            )
        }
        Command::Simulate(settings) => telemetry::init(settings.log_format, &settings.log, None)
            .and_then(|_| within_runtime(simulate::run(settings))),
        Command::Migrate(at) => within_runtime(migrate::run(at)),
        Command::Demo(settings) => within_runtime(demo::run(settings)),
        Command::Quarantine { database, task } => within_runtime(quarantine::run(database, task)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("charla: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn within_runtime(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
