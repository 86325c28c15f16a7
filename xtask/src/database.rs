//! The database of `run`, `watch`: the one in `DATABASE_URL`, or a cluster of our own that is kept between runs.

use std::{
    env,
    fs::{self, File, TryLockError},
    path::Path,
};

use anyhow::{Context, Result, bail};

use crate::{postgres::Cluster, report};

/// The database of our own cluster.
const NAME: &str = "charla";

#[derive(Debug)]
pub enum Database {
    Given(String),
    Own(Box<Cluster>),
}

impl Database {
    /// Opens the database that `run` works on.
    pub fn open(data: &Path) -> Result<Self> {
        if let Some(url) = env::var("DATABASE_URL").ok().filter(|url| !url.is_empty()) {
            report::note("Using the database in DATABASE_URL.");
            return Ok(Self::Given(url));
        }
        let step = report::step("Starting Postgres");
        let cluster = Cluster::kept(data)?;
        cluster.ensure_database(NAME)?;
        step.done();
        Ok(Self::Own(Box::new(cluster)))
    }

    pub fn url(&self) -> String {
        match self {
            Self::Given(url) => url.clone(),
            Self::Own(cluster) => cluster.url(NAME),
        }
    }

    /// An error that explains it, if our own Postgres has died.
    pub fn check(&mut self) -> Result<()> {
        match self {
            Self::Given(_) => Ok(()),
            Self::Own(cluster) => cluster.check(),
        }
    }
}

/// Keeps the data directory for this run alone until it is dropped.
#[derive(Debug)]
pub struct DataLock(#[expect(dead_code, reason = "the lock lasts as long as its file is open")] File);

impl DataLock {
    pub fn take(data: &Path) -> Result<Self> {
        let advice = || format!("cannot use {}; choose another data directory with CHARLA_DATA_DIR", data.display());
        fs::create_dir_all(data).with_context(advice)?;
        let file = File::create(data.join("run.lock")).with_context(advice)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => bail!(
                "another `cargo xtask run` works on {}. Stop that one, or give this one CHARLA_DATA_DIR, CHARLA_ADDR and \
                 CHARLA_SIMULATOR_ADDR of its own",
                data.display()
            ),
            Err(TryLockError::Error(error)) => Err(error).with_context(advice),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_directory_serves_one_run_at_a_time() {
        let data = tempfile::tempdir().unwrap();
        let first = DataLock::take(data.path()).unwrap();
        let refused = DataLock::take(data.path()).unwrap_err().to_string();
        assert!(refused.contains("another `cargo xtask run`"), "{refused}");
        drop(first);
        DataLock::take(data.path()).unwrap();
    }
}
