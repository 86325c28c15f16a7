//! The cluster of this run, and pgbench on it.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail, ensure};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, PgPool, postgres::PgPoolOptions};

use crate::{Setting, figures::Times};

/// The address of another database of the same cluster.
pub(crate) fn address(setting: &Setting, database: &str) -> Result<String> {
    let (start, query) = match setting.database_url.split_once('?') {
        Some((start, query)) => (start, format!("?{query}")),
        None => (setting.database_url.as_str(), String::new()),
    };
    let (server, _) = start.rsplit_once('/').context("--database-url names no database")?;
    Ok(format!("{server}/{database}{query}"))
}

/// Makes an empty database, in place of one of that name.
pub(crate) async fn create(setting: &Setting, database: &str) -> Result<()> {
    let mut admin = PgConnection::connect(&setting.database_url).await.context("the cluster does not answer")?;
    for statement in [format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)"), format!("CREATE DATABASE {database}")]
    {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut admin).await?;
    }
    Ok(admin.close().await?)
}

/// A few connections of a superuser.
pub(crate) async fn connect(url: &str) -> Result<PgPool> {
    Ok(PgPoolOptions::new().max_connections(4).connect(url).await?)
}

/// That the cluster keeps what it acknowledges: no gate means anything otherwise.
pub(crate) async fn ensure_durable(setting: &Setting) -> Result<()> {
    let mut admin = PgConnection::connect(&setting.database_url).await.context("the cluster does not answer")?;
    for name in ["fsync", "synchronous_commit", "full_page_writes"] {
        let value: String = sqlx::query_scalar("SELECT current_setting($1)").bind(name).fetch_one(&mut admin).await?;
        ensure!(value == "on", "the cluster has {name}={value}; gates are measured with {name}=on only");
    }
    Ok(admin.close().await?)
}

/// A run of pgbench.
#[derive(Debug)]
pub(crate) struct Pgbench<'a> {
    pub url: &'a str,
    pub script: &'a str,
    pub clients: u32,
    pub length: Length,
    /// Transactions a second, for latency at a pace; as fast as they go without.
    pub rate: Option<u32>,
    /// Values of the script's variables.
    pub variables: &'a [(&'a str, &'a str)],
}

/// When pgbench ends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Length {
    Seconds(u64),
    /// Of each client.
    Transactions(u64),
}

/// What pgbench did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub per_second: f64,
    pub transactions: u64,
    /// Of each transaction, with a rate from the moment it was due; only of runs with a rate and of timed ones.
    pub times: Times,
}

impl Pgbench<'_> {
    /// Runs it, on one thread as our load does, without blocking this one.
    pub(crate) async fn run(&self, setting: &Setting) -> Result<Ran> {
        self.execute(setting, self.rate.is_some()).await
    }

    /// The same with the time of each transaction.
    pub(crate) async fn run_timed(&self, setting: &Setting) -> Result<Ran> {
        self.execute(setting, true).await
    }

    async fn execute(&self, setting: &Setting, timed: bool) -> Result<Ran> {
        let script = setting.scratch.join("pgbench.sql");
        fs::write(&script, self.script)?;
        let logs = setting.scratch.join("pgbench-log");
        let mut command = Command::new(setting.postgres_programs.join("pgbench"));
        command.args(["--no-vacuum", "--protocol=prepared", "--jobs=1"]).arg("--file").arg(&script);
        command.arg(format!("--client={}", self.clients));
        match self.length {
            Length::Seconds(seconds) => command.arg(format!("--time={seconds}")),
            Length::Transactions(count) => command.arg(format!("--transactions={count}")),
        };
        if let Some(rate) = self.rate {
            command.arg(format!("--rate={rate}"));
        }
        if timed {
            command.arg("--log").arg(format!("--log-prefix={}", logs.display()));
        }
        for (name, value) in self.variables {
            command.arg(format!("--define={name}={value}"));
        }
        command.arg(self.url).stdin(Stdio::null());
        let ran = tokio::task::spawn_blocking(move || command.output()).await?;
        let ran = ran.context("pgbench cannot be started; it comes with the Postgres server's package")?;
        let text = String::from_utf8_lossy(&ran.stdout);
        if !ran.status.success() {
            bail!("pgbench failed ({}):\n{}", ran.status, String::from_utf8_lossy(&ran.stderr));
        }
        let per_second = after(&text, "tps = ").context("pgbench tells no tps")?;
        let transactions =
            after(&text, "number of transactions actually processed: ").context("pgbench tells no count")?;
        let times = if timed { take_logs(&setting.scratch)? } else { Times::default() };
        Ok(Ran { per_second, transactions, times })
    }
}

/// The number after these words, up to what is no part of one.
fn after<T: std::str::FromStr>(text: &str, words: &str) -> Option<T> {
    let rest = &text[text.find(words)? + words.len()..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// Reads and removes the logs of transactions: the third field is the time it took, with a rate since it was due, in
/// microseconds (pgbench's manual, "Per-Transaction Logging" and `--rate`).
fn take_logs(folder: &Path) -> Result<Times> {
    let mut times = Times::default();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pgbench-log")) {
            continue;
        }
        for line in fs::read_to_string(&path)?.lines() {
            if let Some(micros) = line.split(' ').nth(2).and_then(|field| field.parse().ok()) {
                times.add_micros(micros);
            }
        }
        fs::remove_file(path)?;
    }
    Ok(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_pgbench_are_read() {
        let text = "number of transactions actually processed: 912/912\nlatency average = 1.0 ms\ntps = 4489.25 (without initial connection time)\n";
        assert_eq!(after::<u64>(text, "number of transactions actually processed: "), Some(912));
        assert!(after::<f64>(text, "tps = ").is_some_and(|tps| (tps - 4489.25).abs() < f64::EPSILON));
        assert_eq!(after::<u64>(text, "failed: "), None);
    }
}
