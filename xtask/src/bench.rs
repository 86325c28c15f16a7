//! `cargo xtask bench`: the gates of the release build. What a browser loads (W1) is measured here, what it does with it by
//! `bench_browser`; the rest by the package `charla-bench`, which is given a durable cluster of its own, the binary and the site.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{
    bench_browser,
    compress::{self, Effort},
    http,
    instance::Settings,
    places,
    postgres::{Cluster, Durability},
    processes, report,
    service::Output,
    site::{self, Site},
};

/// The gate that is measured here.
const BYTES: &str = "W1";
/// The goal of W1, in bytes.
const BYTES_GOAL: u64 = 500_000;

/// Measures these gates, or all.
pub fn bench(gates: &[String], full: bool) -> Result<()> {
    let named = |gate: &str| gates.is_empty() || gates.iter().any(|name| name.eq_ignore_ascii_case(gate));
    let in_browser: Vec<&str> = bench_browser::GATES.into_iter().filter(|gate| named(gate)).collect();
    let others: Vec<&String> =
        gates.iter().filter(|name| !bench_browser::GATES.iter().any(|gate| gate.eq_ignore_ascii_case(name))).collect();
    let site = site::build_site(true)?;
    site::build_bench()?;
    let cluster = Cluster::temporary(Durability::Measured)?;
    if named(BYTES) {
        bytes(&site, &cluster)?;
    }
    if !in_browser.is_empty() {
        bench_browser::measure(&site, &cluster, &in_browser, full)?;
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

/// W1: what a browser loads until it has the first page.
fn bytes(site: &Site, cluster: &Cluster) -> Result<()> {
    cluster.ensure_database("charla_bench")?;
    let data = tempfile::Builder::new().prefix("charla-bench-").tempdir()?;
    let settings = Settings {
        app: http::free_address()?,
        simulator: http::free_address()?,
        database_url: cluster.url("charla_bench"),
        data: data.path().to_owned(),
        site: site.folder.clone(),
        release: true,
        in_order: false,
        output: Output::Kept,
    };
    settings.migrate()?;
    let server = settings.start_server()?;
    let (path, html) = first_page(&settings)?;
    let words = words(&settings, &html)?;
    let html = compressed(&html)?;
    server.stop();

    let loaded = ["js", "wasm", "css"].map(|kind| {
        let of_kind = |file: &&compress::Sizes| {
            let is_kind = file.path.extension().is_some_and(|extension| extension == kind);
            // The other parts of the module are loaded when the inbox has been shown.
            file.path.starts_with("pkg") && is_kind && (kind != "wasm" || file.path.starts_with("pkg/charla."))
        };
        (kind, site.sizes.iter().filter(of_kind).map(|file| file.brotli).sum::<u64>())
    });
    let total = html + words + loaded.iter().map(|(_, bytes)| bytes).sum::<u64>();
    let verdict = if total <= BYTES_GOAL { "goal" } else { "missed" };
    report::note("");
    report::note(format!("{BYTES}  bytes to load, brotli 11 (goal: at most {}): {verdict}", report::size(BYTES_GOAL)));
    report::note(format!("    html {path:<12} {:>10}", report::size(html)));
    report::note(format!("    {:<17} {:>10}", "messages", report::size(words)));
    for (kind, bytes) in loaded {
        report::note(format!("    {kind:<17} {:>10}", report::size(bytes)));
    }
    report::note(format!("    {:<17} {:>10}", "total", report::size(total)));
    Ok(())
}

/// The messages of a page's language, in bytes after brotli.
fn words(settings: &Settings, page: &[u8]) -> Result<u64> {
    let page = String::from_utf8_lossy(page);
    let rest = page.split_once("href=\"/messages/").context("the page names no messages")?.1;
    let name = rest.split('"').next().unwrap_or_default();
    compressed(&http::get(settings.app, &format!("/messages/{name}"))?.body)
}

fn compressed(bytes: &[u8]) -> Result<u64> {
    Ok(compress::brotli(bytes, Effort::Best)?.len() as u64)
}

/// The first page a visitor gets, after redirects: its path and what it holds.
fn first_page(settings: &Settings) -> Result<(String, Vec<u8>)> {
    let mut path = "/".to_owned();
    for _ in 0..4 {
        let answer = http::get(settings.app, &path)?;
        match answer.location {
            Some(next) if (300..400).contains(&answer.status) => path = next,
            _ => {
                ensure!(answer.status == 200, "{path} answered {}", answer.status);
                return Ok((path, answer.body));
            }
        }
    }
    anyhow::bail!("the first page redirects without end")
}
