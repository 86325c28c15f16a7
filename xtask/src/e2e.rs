//! Browser tests: `end2end/tests/*.test.mjs` against a fresh database, server and simulator.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use crate::{
    counts::{self, Counts},
    http,
    instance::{Instance, Settings},
    npm, places,
    postgres::{Cluster, Durability},
    processes, report,
    service::Output,
    site,
};

/// After this a test file counts as hanging.
const LONGEST_FILE: Duration = Duration::from_mins(15);

/// `cargo xtask e2e`: whether all passed.
pub fn e2e(filter: &[String]) -> Result<bool> {
    let files = test_files(filter)?;
    ensure!(!files.is_empty(), "no file in end2end/tests matches {}", filter.join(" "));
    let cluster = Cluster::temporary(Durability::Disposable)?;
    let counts = run(&cluster, &files)?;
    cluster.stop()?;
    report::last_line(&counts.to_string());
    Ok(counts.all_passed())
}

/// The test files whose name contains one of the words; all of them when there are no words.
pub fn test_files(filter: &[String]) -> Result<Vec<PathBuf>> {
    let folder = places::root().join("end2end/tests");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let chosen = filter.is_empty() || filter.iter().any(|word| name.contains(word.as_str()));
        if name.ends_with(".test.mjs") && chosen {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Builds, starts all of it on free ports with a database of its own in `cluster`, and runs the files one after another.
pub fn run(cluster: &Cluster, files: &[PathBuf]) -> Result<Counts> {
    let site = site::build_site(false)?;
    site::build_server(false)?;
    let node = npm::node_for_browsers()?;
    npm::install(&places::root().join("end2end"))?;
    let browser = npm::browser()?;

    let data = tempfile::Builder::new().prefix("charla-e2e-").tempdir()?;
    cluster.ensure_database("charla_e2e")?;
    let settings = Settings {
        app: http::free_address()?,
        simulator: http::free_address()?,
        database_url: cluster.url("charla_e2e"),
        data: data.path().to_owned(),
        site: site.folder,
        release: false,
        in_order: true,
        output: Output::Kept,
    };
    let mut instance = Instance::start(&settings)?;

    let step = report::step("Browser tests");
    let mut counts = Counts::default();
    let status = processes::run_reading(&mut runner(&node, &browser, &settings, files)?, |line| {
        if let Some(found) = counts::node(line) {
            counts += found;
        }
    })?;
    // A test that failed because the server died is explained by the server.
    instance.check()?;
    let counts = counts.with_success(status.success());
    if counts.all_passed() {
        step.done();
    } else {
        step.failed();
        // What it answered without trouble would hide what the tests say of themselves.
        match instance.last_troubles() {
            troubles if troubles.is_empty() => {}
            troubles => report::note(format!("What troubled the server last:\n{troubles}")),
        }
    }
    Ok(counts)
}

fn runner(node: &Path, browser: &Path, settings: &Settings, files: &[PathBuf]) -> Result<Command> {
    let folder = places::root().join("end2end");
    let output = env::var_os("CHARLA_OUTPUT").map_or_else(|| folder.join("output"), PathBuf::from);
    let output = std::path::absolute(output)?;
    fs::create_dir_all(&output)?;
    let mut command = Command::new(node);
    command
        .current_dir(folder)
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        // A failed test may leave a browser open, which would keep node waiting for ever.
        .args(["--test-force-exit", &format!("--test-timeout={}", LONGEST_FILE.as_millis())])
        .args(files)
        .env("PATH", npm::path_starting_with(node.parent().unwrap_or(Path::new("/")))?)
        .env("CHARLA_URL", settings.app_url())
        .env("CHARLA_SIMULATOR_URL", settings.simulator_url())
        .env("CHARLA_BROWSER", browser)
        .env("CHARLA_OUTPUT", output);
    Ok(command)
}
