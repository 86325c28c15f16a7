//! `cargo xtask bench`: what the release build weighs and needs. Every figure is measured in this run.

use std::{
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use crate::{
    compress::{self, Effort},
    http,
    instance::Settings,
    postgres::{Cluster, Durability},
    processes, report,
    service::Output,
    site::{self, Site},
};

const RUNS: usize = 5;
/// How long a started server is left alone before its memory counts as that of a server at rest.
const REST: Duration = Duration::from_secs(5);

pub fn bench() -> Result<()> {
    let site = site::build_site(true)?;
    site::build_server(true)?;
    let cluster = Cluster::temporary(Durability::Kept)?;
    cluster.ensure_database("charla_bench")?;
    let data = tempfile::Builder::new().prefix("charla-bench-").tempdir()?;
    let settings = Settings {
        app: http::free_address()?,
        simulator: http::free_address()?,
        database_url: cluster.url("charla_bench"),
        data: data.path().to_owned(),
        site: site.folder.clone(),
        release: true,
        output: Output::Kept,
    };
    settings.migrate()?;

    let step = report::step(format!("Starting the server {RUNS} times"));
    let mut starts = Vec::new();
    let mut memory = Vec::new();
    let mut page = None;
    for _ in 0..RUNS {
        let began = Instant::now();
        let server = settings.start_server()?;
        starts.push(began.elapsed().as_secs_f64() * 1e3);
        thread::sleep(REST);
        memory.push(resident_megabytes(server.pid())?);
        page = Some(first_page(&settings)?);
        server.stop();
        processes::pause(Duration::ZERO)?;
    }
    step.done();
    cluster.stop()?;
    print(&site, &starts, &memory, &page.context("the first page was not read")?)
}

/// The first page a visitor gets, after redirects: its path and its size in bytes after brotli.
fn first_page(settings: &Settings) -> Result<(String, u64)> {
    let mut path = "/".to_owned();
    for _ in 0..4 {
        let answer = http::get(settings.app, &path)?;
        match answer.location {
            Some(next) if (300..400).contains(&answer.status) => path = next,
            _ => {
                ensure!(answer.status == 200, "{path} answered {}", answer.status);
                return Ok((path, compress::brotli(&answer.body, Effort::Best)?.len() as u64));
            }
        }
    }
    anyhow::bail!("the first page redirects without end")
}

fn resident_megabytes(pid: u32) -> Result<f64> {
    let text = processes::capture(Command::new("ps").args(["-o", "rss=", "-p", &pid.to_string()]))?;
    let kibibytes: f64 = text.trim().parse().context("ps does not tell the memory of the server")?;
    Ok(kibibytes * 1024.0 / 1e6)
}

fn print(site: &Site, starts: &[f64], memory: &[f64], page: &(String, u64)) -> Result<()> {
    let (path, html) = page;
    let loaded = ["js", "wasm", "css"].map(|kind| {
        let of_kind = |file: &&compress::Sizes| {
            file.path.starts_with("pkg") && file.path.extension().is_some_and(|extension| extension == kind)
        };
        (kind, site.sizes.iter().filter(of_kind).map(|file| file.brotli).sum::<u64>())
    });
    let total = html + loaded.iter().map(|(_, bytes)| bytes).sum::<u64>();
    report::note("");
    report::note("W1  bytes to load, brotli 11 (goal: at most 500 kB)");
    report::note(format!("    html {path:<12} {:>10}", report::size(*html)));
    for (kind, bytes) in loaded {
        report::note(format!("    {kind:<17} {:>10}", report::size(bytes)));
    }
    report::note(format!("    {:<17} {:>10}", "total", report::size(total)));
    report::note("");
    report::note(format!("P21 start to ready, {} runs (goal: at most 1000 ms)", starts.len()));
    report::note(format!("    {}", spread(starts, "ms")?));
    report::note(format!("P21 resident memory at rest, {} runs (goal: at most 80 MB)", memory.len()));
    report::note(format!("    {}", spread(memory, "MB")?));
    Ok(())
}

/// Lowest, median and highest of some measurements.
fn spread(values: &[f64], unit: &str) -> Result<String> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (lowest, highest) = (sorted.first().context("nothing measured")?, sorted.last().context("nothing measured")?);
    let median = sorted[sorted.len() / 2];
    Ok(format!("median {median:.1} {unit}   lowest {lowest:.1}   highest {highest:.1}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_names_the_middle_and_both_ends() {
        assert_eq!(spread(&[5.0, 1.0, 3.0], "ms").unwrap(), "median 3.0 ms   lowest 1.0   highest 5.0");
        assert!(spread(&[], "ms").is_err());
    }
}
