//! The gates, by their names in docs/PERFORMANCE.md. Each makes an installation of its own, so each runs alone.

mod fanout;
mod growth;
mod ingest;
mod jobs;
mod list;
mod memory;
mod neighbour;
mod pacing;
mod processing;
mod readers;
mod search;
mod soak;
mod steady;
mod visible;

use std::{
    fs::File,
    io::{Seek as _, SeekFrom, Write as _},
    time::{Duration, Instant},
};

use anyhow::Result;
use clap::ValueEnum;

use crate::{
    Setting,
    figures::{Times, short},
    postgres,
    report::{self, Row},
};

/// A gate that can be measured alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Gate {
    /// Webhooks answered 200 after the commit.
    P1,
    /// The same beside a handler that stores nothing.
    P2,
    /// Time to that answer at 3,300 events a second.
    P3,
    /// Deliveries to their effect.
    P4,
    /// Webhook to a frame on a member's socket.
    P5,
    /// Pacing, with P6b: never above the limit.
    P6,
    /// Jobs, with P8b: pick-up of one.
    P8,
    /// The inbox' list, with P9b, P9c and P10: eight readers, row-level security, a page far down.
    P9,
    /// A hundred times as much data.
    P11,
    /// Search, by kinds of questions.
    P12,
    /// Events to a thousand sockets, with P13b: what they cost.
    P13,
    /// P1 beside a thousand live sockets.
    P14,
    /// A tenant beside another one's flood.
    P20,
    /// Start and memory.
    P21,
    /// A number of 80 messages a second.
    L1,
    /// A number of 1,000 messages a second.
    L2,
    /// The backlog of an hour at once.
    L3,
}

impl Gate {
    async fn measure(self, setting: &Setting) -> Result<Vec<Row>> {
        match self {
            Self::P1 => ingest::storing(setting).await,
            Self::P2 => ingest::beside_no_op(setting).await,
            Self::P3 => steady::measure(setting).await,
            Self::P4 => processing::measure(setting).await,
            Self::P5 => visible::measure(setting).await,
            Self::P6 => pacing::measure(setting).await,
            Self::P8 => jobs::measure(setting).await,
            Self::P9 => list::measure(setting).await,
            Self::P11 => growth::measure(setting).await,
            Self::P12 => search::measure(setting).await,
            Self::P13 => readers::measure(setting).await,
            Self::P14 => fanout::measure(setting).await,
            Self::P20 => neighbour::measure(setting).await,
            Self::P21 => memory::measure(setting).await,
            Self::L1 => soak::one_number(setting).await,
            Self::L2 => soak::large_number(setting).await,
            Self::L3 => soak::backlog(setting).await,
        }
    }
}

/// Measures the chosen gates and prints the table. Whether all could be measured.
pub(crate) async fn measure(setting: &Setting) -> Result<bool> {
    postgres::ensure_durable(setting).await?;
    report::heading("The machine");
    conditions(setting)?;
    let gates = if setting.gates.is_empty() { Gate::value_variants() } else { &setting.gates };
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for gate in gates {
        let began = Instant::now();
        report::heading(&format!("{gate:?}"));
        match gate.measure(setting).await {
            Ok(measured) => {
                measured.iter().for_each(report::result);
                rows.extend(measured);
            }
            Err(error) => {
                report::failure(&error);
                failed.push(format!("{gate:?}"));
            }
        }
        report::note(format!("took {:.0} s", began.elapsed().as_secs_f64()));
    }
    report::heading("The machine, afterwards");
    conditions(setting)?;
    report::table(&rows);
    if !failed.is_empty() {
        report::note(format!("could not be measured: {}", failed.join(", ")));
    }
    Ok(failed.is_empty())
}

/// What absolute figures depend on: the disk's fdatasync (8 kB in place, as pg_test_fsync), and who else computes.
fn conditions(setting: &Setting) -> Result<()> {
    let mut file = File::create(setting.scratch.join("fdatasync"))?;
    file.write_all(&[1; 8192])?;
    let (mut times, began) = (Times::default(), Instant::now());
    while began.elapsed() < Duration::from_secs(1) {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&[1; 8192])?;
        let from = Instant::now();
        file.sync_data()?;
        times.add(from.elapsed());
    }
    let (median, p99) = (times.quantile(0.5) * 1e3, times.p99() * 1e3);
    report::note(format!("fdatasync of 8 kB: median {} µs, p99 {} µs", short(median), short(p99)));
    if let Ok(load) = std::fs::read_to_string("/proc/loadavg") {
        report::note(format!("load average: {}", load.trim()));
    }
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    report::note(format!("cores: {cores}; form: {}", setting.form("quick", "full")));
    Ok(())
}
