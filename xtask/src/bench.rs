//! `cargo xtask bench`: the gates of the release build. What a browser loads is measured by `bench_bytes`, what it does with
//! it by `bench_browser`; the rest by the package `charla-bench`, which is given a durable cluster of its own, the binary and
//! the site.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::{
    bench_apps, bench_browser, bench_bytes, places,
    postgres::{Cluster, Durability},
    processes,
    site::{self, Site},
};

/// The gates of what a browser loads. The first has a second half in the browser.
const BYTES: [&str; 2] = ["W1", "W2"];

/// Measures these gates, or all.
pub fn bench(gates: &[String], full: bool) -> Result<()> {
    let named = |gate: &str| gates.is_empty() || gates.iter().any(|name| name.eq_ignore_ascii_case(gate));
    let in_browser: Vec<&str> = bench_browser::GATES.into_iter().filter(|gate| named(gate)).collect();
    let measured_here =
        |name: &str| bench_browser::GATES.iter().chain(&BYTES).any(|gate| gate.eq_ignore_ascii_case(name));
    let others: Vec<&String> = gates.iter().filter(|name| !measured_here(name)).collect();
    let site = site::build_site(true)?;
    let empty = BYTES.into_iter().any(named).then(bench_apps::empty).transpose()?;
    let list = named("W4").then(bench_apps::list).transpose()?;
    site::build_bench()?;
    let cluster = Cluster::temporary(Durability::Measured)?;
    if let Some(empty) = empty {
        if named("W1") {
            bench_bytes::first_page(&site, &cluster, empty)?;
        }
        if named("W2") {
            bench_bytes::routes(&site, empty)?;
        }
    }
    if !in_browser.is_empty() {
        let beside = bench_browser::Beside { empty, list };
        bench_browser::measure(&site, &cluster, &in_browser, &beside, full)?;
    }
    if gates.is_empty() || !others.is_empty() {
        measure(&site, &cluster, &others, full)?;
    }
    cluster.stop()
}

/// Has the other gates measured.
fn measure(site: &Site, cluster: &Cluster, gates: &[&String], full: bool) -> Result<()> {
    let scratch = tempfile::Builder::new().prefix("charla-bench-").tempdir()?;
    let mut measuring = Command::new(places::bench_binary()?);
    measuring.arg("measure").args(gates);
    if full {
        measuring.arg("--full");
    }
    measuring
        .arg(format!("--database-url={}", cluster.url("postgres")))
        .arg("--postgres-programs")
        .arg(cluster.programs())
        .arg("--charla")
        .arg(places::binary(true)?)
        .arg("--site")
        .arg(&site.folder)
        .arg("--scratch")
        .arg(scratch.path());
    ensure!(processes::status(&mut measuring)?.success(), "not every gate could be measured; the reasons stand above");
    Ok(())
}
