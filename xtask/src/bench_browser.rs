//! The gates that are measured in a browser (`end2end/bench/*.mjs`): a release build with demo data of a million messages,
//! opened by a real Chromium.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{
    bench_apps::Empty,
    http,
    instance::{Instance, Settings},
    npm, places,
    postgres::Cluster,
    processes, report,
    service::Output,
    site::Site,
};

const DATABASE: &str = "charla_bench_browser";
/// The gates, in the order they are measured.
pub const GATES: [&str; 8] = ["W1", "W3", "W4", "W5", "W6", "W7", "W8", "W10"];
/// Of about fifty messages, and whoever opens it can write: the customer wrote less than a day ago.
const SHORT: &str = "SELECT m.conversation_id FROM messages m JOIN conversations c ON c.id = m.conversation_id \
                     WHERE c.last_inbound_at > now() - interval '20 hours' \
                     GROUP BY 1 ORDER BY abs(count(*) - 50), 1 LIMIT 1";
const HEAD: &str = "| gate | what | ours | baseline | ratio | spread | floor | goal | verdict |\n|---|---|---|---|---|---|---|---|---|";

/// What some gates have beside the product.
#[derive(Debug)]
pub struct Beside {
    /// The sizes of an empty app, for W1.
    pub empty: Option<Empty>,
    /// The folder of the page with the list, for W4.
    pub list: Option<PathBuf>,
}

/// Measures these gates, and prints a line of the table for each figure.
pub fn measure(site: &Site, cluster: &Cluster, gates: &[&str], beside: &Beside, full: bool) -> Result<()> {
    let node = npm::node_for_browsers()?;
    npm::install(&places::root().join("end2end"))?;
    let browser = npm::browser()?;
    cluster.ensure_database(DATABASE)?;
    let data = tempfile::Builder::new().prefix("charla-bench-").tempdir()?;
    let settings = Settings {
        app: http::free_address()?,
        simulator: http::free_address()?,
        database_url: cluster.url(DATABASE),
        data: data.path().to_owned(),
        site: site.folder.clone(),
        release: true,
        in_order: false,
        output: Output::Kept,
    };
    let mut instance = Instance::start(&settings)?;
    let script = |name: &str| -> Result<Command> { script(&node, &browser, &settings, name) };
    processes::run(&mut script("prepare")?)?;
    settings.fill("M")?;
    // What was just written goes to the disk now, not while something is measured.
    cluster.psql(DATABASE, &["-c", "CHECKPOINT"])?;
    let workspace = one(cluster, "SELECT workspace_id FROM audit_entries WHERE action = 'demo.fill'")?;
    let long = one(cluster, "SELECT conversation_id FROM messages GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")?;
    let short = one(cluster, SHORT)?;

    report::note(HEAD);
    let mut failed = Vec::new();
    for gate in gates {
        let mut measuring = script(&gate.to_lowercase())?;
        measuring
            .env("CHARLA_BENCH_WORKSPACE", &workspace)
            .env("CHARLA_BENCH_LONG", &long)
            .env("CHARLA_BENCH_SHORT", &short)
            .env("CHARLA_BENCH_FULL", if full { "1" } else { "0" });
        if let Some(empty) = beside.empty {
            measuring.env("CHARLA_BENCH_EMPTY", empty.total().to_string());
        }
        if let Some(list) = &beside.list {
            measuring.env("CHARLA_BENCH_LIST", list);
        }
        if !processes::status(&mut measuring)?.success() {
            failed.push(*gate);
        }
        instance.check()?;
    }
    ensure!(failed.is_empty(), "could not be measured: {}", failed.join(", "));
    Ok(())
}

fn script(node: &Path, browser: &Path, settings: &Settings, name: &str) -> Result<Command> {
    let folder = places::root().join("end2end");
    let file: PathBuf = folder.join("bench").join(format!("{name}.mjs"));
    ensure!(file.is_file(), "there is no {}", file.display());
    let mut command = Command::new(node);
    command
        .current_dir(folder)
        .arg(file)
        .env("PATH", npm::path_starting_with(node.parent().unwrap_or(Path::new("/")))?)
        .env("CHARLA_URL", settings.app_url())
        .env("CHARLA_SIMULATOR_URL", settings.simulator_url())
        .env("CHARLA_BROWSER", browser);
    Ok(command)
}

/// The one value of a query.
fn one(cluster: &Cluster, query: &str) -> Result<String> {
    let answer = cluster.psql(DATABASE, &["-tA", "-c", query])?;
    let value = answer.lines().next().map(str::trim).filter(|value| !value.is_empty());
    Ok(value.with_context(|| format!("no row: {query}"))?.to_owned())
}
