//! `cargo xtask prepare`: lets the compiler check every query against a database with the current schema, and keeps what it
//! learnt in `.sqlx`, from which everybody else compiles without a database.

use std::{collections::BTreeMap, ffi::OsString, fs, path::Path, time::SystemTime};

use anyhow::{Context, Result, bail};

use crate::{
    compress, places,
    postgres::{Cluster, Durability},
    processes, report,
};

const DATABASE: &str = "charla_prepare";
/// Rooms that may hold SQL.
const ROOMS: &[&str] = &["app", "server"];

pub fn prepare(check: bool) -> Result<()> {
    let cluster = Cluster::temporary(Durability::Disposable)?;
    migrate(&cluster)?;
    let fresh = tempfile::Builder::new().prefix("charla-sqlx-").tempdir()?;
    check_queries(&cluster, fresh.path())?;
    cluster.stop()?;

    let kept = places::root().join(".sqlx");
    let (before, now) = (descriptions(&kept)?, descriptions(fresh.path())?);
    if before == now {
        report::note(format!("`.sqlx` is what the sources need: {} queries.", now.len()));
        return Ok(());
    }
    let missing = now.iter().filter(|(name, text)| before.get(*name) != Some(*text)).count();
    let stale = before.keys().filter(|name| !now.contains_key(*name)).count();
    if check {
        bail!(
            "`.sqlx` is out of date: {missing} queries new or changed, {stale} no longer used. Run `cargo xtask prepare`"
        );
    }
    replace(&kept, &before, &now)?;
    report::note(format!("`.sqlx` rewritten: {} queries, {missing} new or changed, {stale} dropped.", now.len()));
    Ok(())
}

fn migrate(cluster: &Cluster) -> Result<()> {
    let step = report::step("Applying the migrations");
    cluster.ensure_database(DATABASE)?;
    for file in compress::files(&places::root().join("migrations"))? {
        if file.extension().is_some_and(|extension| extension == "sql") {
            let arguments = [OsString::from("--single-transaction"), "--file".into(), file.clone().into()];
            cluster.psql(DATABASE, &arguments).with_context(|| format!("{} does not apply", file.display()))?;
        }
    }
    step.done();
    Ok(())
}

/// Compiles all that has queries with the database at hand; the macros write a description of each query to `folder`.
fn check_queries(cluster: &Cluster, folder: &Path) -> Result<()> {
    touch_sources()?;
    let step = report::step("Checking the queries");
    let mut cargo = places::cargo();
    cargo
        .args(["check", "--workspace", "--exclude", "charla-frontend", "--exclude", "xtask", "--all-targets"])
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", folder)
        .env("DATABASE_URL", cluster.url(DATABASE));
    processes::run(&mut cargo).context("a query does not fit the schema, or the sources do not compile")?;
    step.done();
    Ok(())
}

/// Macros run only when their crate is compiled, and cargo does not know that the schema is one of its sources.
fn touch_sources() -> Result<()> {
    let now = SystemTime::now();
    for room in ROOMS {
        for file in compress::files(&places::root().join(room))? {
            let is_source = file.extension().is_some_and(|extension| extension == "rs");
            if is_source && fs::read_to_string(&file)?.contains("query") {
                fs::File::options().append(true).open(&file)?.set_modified(now)?;
            }
        }
    }
    Ok(())
}

/// The query descriptions in a folder, by file name.
fn descriptions(folder: &Path) -> Result<BTreeMap<OsString, Vec<u8>>> {
    if !folder.is_dir() {
        return Ok(BTreeMap::new());
    }
    compress::files(folder)?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "json"))
        .map(|file| Ok((file.file_name().unwrap_or_default().to_owned(), fs::read(&file)?)))
        .collect()
}

fn replace(folder: &Path, before: &BTreeMap<OsString, Vec<u8>>, now: &BTreeMap<OsString, Vec<u8>>) -> Result<()> {
    fs::create_dir_all(folder)?;
    for name in before.keys().filter(|name| !now.contains_key(*name)) {
        fs::remove_file(folder.join(name))?;
    }
    for (name, text) in now {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replacing_drops_what_no_query_needs() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("query-old.json"), "{}").unwrap();
        fs::write(folder.path().join("README.md"), "kept").unwrap();
        let before = descriptions(folder.path()).unwrap();
        let now = BTreeMap::from([(OsString::from("query-new.json"), b"[]".to_vec())]);
        replace(folder.path(), &before, &now).unwrap();
        assert_eq!(descriptions(folder.path()).unwrap(), now);
        assert!(folder.path().join("README.md").exists());
    }
}
