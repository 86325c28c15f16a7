//! `cargo xtask test`: everything that must be green, and the counts as the last line.

use std::process::Command;

use anyhow::Result;

use crate::{
    counts::{self, Counts},
    e2e, places,
    postgres::{Cluster, Durability},
    processes, report, space, system,
    toolchain::{self, Toolchain},
};

/// What cargo compiles together shares its features. So the browser half is apart from the server, which must not get its
/// `hydrate`; and this driver is apart, so that the product's dependencies are the same here as in `run`, and compiled once.
const PRODUCT: &[&str] = &["--workspace", "--exclude", "charla-frontend", "--exclude", "xtask"];
const DRIVER: &[&str] = &["--package", "xtask"];

/// Runs all checks and tests, or with a filter only the tests whose name contains one of its words. Whether all passed.
pub fn test(filter: &[String]) -> Result<bool> {
    let mut counts = Counts::default();
    let finished = run_all(filter, &mut counts);
    if let Err(error) = finished {
        if processes::interrupted() {
            return Err(error);
        }
        report::failure(&error);
        counts += Counts::ONE_FAILURE;
    }
    report::last_line(&counts.to_string());
    Ok(counts.all_passed())
}

fn run_all(filter: &[String], counts: &mut Counts) -> Result<()> {
    space::ensure()?;
    if filter.is_empty() {
        *counts += lints()?;
    }
    let cluster = Cluster::temporary(Durability::Disposable)?;
    let built = rust_tests(("the product", PRODUCT), &cluster, filter, counts)?;
    rust_tests(("the build driver", DRIVER), &cluster, filter, counts)?;
    let files = e2e::test_files(filter)?;
    if !built {
        report::note("The browser tests need what does not compile; they were not run.");
    } else if !files.is_empty() {
        *counts += e2e::run(&cluster, &files)?;
    }
    cluster.stop()?;
    if *counts == Counts::default() && !filter.is_empty() {
        anyhow::bail!("no test has a name with {}", filter.join(" or "));
    }
    Ok(())
}

/// Format and clippy; each that fails counts as one failure.
fn lints() -> Result<Counts> {
    let mut counts = Counts::default();
    let mut format = places::cargo();
    format.args(["fmt", "--all", "--check"]);
    counts += check("Format", &mut format, "`cargo fmt --all` repairs it")?;

    for (name, selection) in [("Clippy", PRODUCT), ("Clippy of the build driver", DRIVER)] {
        let mut clippy = places::cargo();
        clippy.arg("clippy").args(selection).args(["--all-targets", "--", "--deny", "warnings"]);
        counts += check(name, &mut clippy, "the warnings above are errors here")?;
    }

    let toolchain = Toolchain::ensure()?;
    if toolchain.has_clippy() {
        let mut clippy = toolchain.cargo();
        clippy.args(["clippy", "--package", "charla-frontend", "--lib", "--profile", "wasm-dev"]);
        // Here only: its feature of the app must not come into the product.
        clippy.args(["--package", "charla-bench-empty", "--package", "charla-bench-list"]);
        clippy.args(["--target", toolchain::TARGET, "--", "--deny", "warnings"]);
        counts += check("Clippy of the browser half", &mut clippy, "the warnings above are errors here")?;
    } else {
        report::note("Debian's compiler for the browser half brings no clippy; its lints are checked elsewhere.");
    }
    Ok(counts)
}

fn check(name: &str, command: &mut Command, advice: &str) -> Result<Counts> {
    let step = report::step(name);
    if processes::status(command)?.success() {
        step.done();
        return Ok(Counts::default());
    }
    step.failed();
    report::note(advice);
    Ok(Counts::ONE_FAILURE)
}

/// Unit and integration tests of a selection of packages, which has a name. Whether the sources compiled.
fn rust_tests(
    (name, selection): (&str, &[&str]),
    cluster: &Cluster,
    filter: &[String],
    counts: &mut Counts,
) -> Result<bool> {
    let runner = Runner::installed();
    let step = report::step(format!("Building the tests of {name}"));
    let mut build = runner.command(selection, cluster);
    if !processes::status(build.arg("--no-run"))?.success() {
        step.failed();
        *counts += Counts::ONE_FAILURE;
        return Ok(false);
    }
    step.done();

    let step = report::step(format!("Unit and integration tests of {name}"));
    let mut found = Counts::default();
    let mut run = runner.with_filter(runner.command(selection, cluster), filter);
    let status = processes::run_reading(&mut run, |line| {
        if let Some(counts) = runner.counts(line) {
            found += counts;
        }
    })?;
    let found = found.with_success(status.success());
    if found.all_passed() {
        step.done();
    } else {
        step.failed();
    }
    *counts += found;
    Ok(true)
}

/// nextest where it is installed (one process a test, all cores), else cargo's own runner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Runner {
    Nextest,
    CargoTest,
}

impl Runner {
    fn installed() -> Self {
        if system::find("cargo-nextest").is_some() { Self::Nextest } else { Self::CargoTest }
    }

    fn command(self, selection: &[&str], cluster: &Cluster) -> Command {
        let mut command = places::cargo();
        match self {
            Self::Nextest => command.args(["nextest", "run"]).args(selection),
            // `--tests` leaves out doc tests, as nextest does.
            Self::CargoTest => command.arg("test").args(selection).arg("--tests"),
        };
        command.env("CHARLA_TEST_DATABASE_URL", cluster.url("postgres"));
        command
    }

    fn with_filter(self, mut command: Command, filter: &[String]) -> Command {
        let colour = if report::coloured() { "always" } else { "never" };
        command.args(["--no-fail-fast", "--color", colour]);
        match self {
            Self::Nextest => command.args(["--no-tests", "pass"]).args(filter),
            Self::CargoTest => command.arg("--").args(filter),
        };
        command
    }

    fn counts(self, line: &str) -> Option<Counts> {
        match self {
            Self::Nextest => counts::nextest(line),
            Self::CargoTest => counts::cargo_test(line),
        }
    }
}
