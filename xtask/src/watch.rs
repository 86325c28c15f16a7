//! `cargo xtask watch`: like `run`, and after each change of a source it rebuilds what the change concerns and restarts.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use anyhow::Result;

use crate::{
    compress,
    database::Database,
    instance::{Instance, Settings},
    places, processes, report,
    run::{self, Prepared},
    site,
};

const GLANCE: Duration = Duration::from_millis(500);
const WATCHED: &[&str] = &["app", "frontend", "shared", "server", "migrations", "style", "public", "Cargo.toml"];

pub fn watch() -> Result<()> {
    let prepared = Prepared::new()?;
    let mut seen = snapshot()?;
    let mut stale = Rebuild { site: true, server: true };
    let mut database = Database::open(&prepared.settings.data)?;
    let settings = Settings { database_url: database.url(), ..prepared.settings };
    let mut instance: Option<Instance> = None;
    loop {
        if stale.is_needed() {
            match rebuild(stale) {
                Ok(()) => {
                    stale = Rebuild::default();
                    // The old one ends before the new one takes its ports.
                    drop(instance.take());
                    instance = started(&settings)?;
                }
                Err(error) => complain(&error)?,
            }
        }
        let changed = wait_for_change(&mut seen, &mut instance, &mut database)?;
        stale.join(Rebuild::after(&changed));
    }
}

fn rebuild(stale: Rebuild) -> Result<()> {
    if stale.site {
        site::build_site(false)?;
    }
    if stale.server {
        site::build_server(false)?;
    }
    Ok(())
}

fn started(settings: &Settings) -> Result<Option<Instance>> {
    match Instance::start(settings) {
        Ok(instance) => {
            run::welcome(settings);
            Ok(Some(instance))
        }
        Err(error) => complain(&error).map(|()| None),
    }
}

/// Shows an error and goes on, unless the error is that somebody pressed Ctrl-C.
fn complain(error: &anyhow::Error) -> Result<()> {
    anyhow::ensure!(!processes::interrupted(), "interrupted");
    report::failure(error);
    report::note("Waiting for the next change …");
    Ok(())
}

fn wait_for_change(
    seen: &mut BTreeMap<PathBuf, SystemTime>,
    instance: &mut Option<Instance>,
    database: &mut Database,
) -> Result<Vec<PathBuf>> {
    loop {
        processes::pause(GLANCE)?;
        database.check()?;
        if let Some(Err(error)) = instance.as_mut().map(Instance::check) {
            *instance = None;
            complain(&error)?;
        }
        let now = snapshot()?;
        let changed = difference(seen, &now);
        if !changed.is_empty() {
            *seen = now;
            for path in changed.iter().take(3) {
                report::note(format!("Changed: {}", path.display()));
            }
            return Ok(changed);
        }
    }
}

/// When each watched file was last written, by its path below the root.
fn snapshot() -> Result<BTreeMap<PathBuf, SystemTime>> {
    let mut times = BTreeMap::new();
    for name in WATCHED {
        let path = places::root().join(name);
        let files = if path.is_dir() { compress::files(&path)? } else { vec![path] };
        for file in files {
            // A file that an editor has just replaced counts when it is back.
            if let Ok(time) = fs::metadata(&file).and_then(|metadata| metadata.modified()) {
                times.insert(file.strip_prefix(places::root())?.to_owned(), time);
            }
        }
    }
    Ok(times)
}

fn difference(before: &BTreeMap<PathBuf, SystemTime>, now: &BTreeMap<PathBuf, SystemTime>) -> Vec<PathBuf> {
    let newer = now.iter().filter(|(path, time)| before.get(*path) != Some(*time)).map(|(path, _)| path);
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    newer.chain(gone).cloned().collect()
}

/// Which halves are older than their sources.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Rebuild {
    site: bool,
    server: bool,
}

impl Rebuild {
    fn after(changed: &[PathBuf]) -> Self {
        let begins_with =
            |names: &[&str]| changed.iter().any(|path| names.iter().any(|name| path.starts_with(Path::new(name))));
        Self {
            site: begins_with(&["app", "frontend", "shared", "style", "public", "Cargo.toml"]),
            server: begins_with(&["app", "shared", "server", "migrations", "Cargo.toml"]),
        }
    }

    fn join(&mut self, other: Self) {
        self.site |= other.site;
        self.server |= other.server;
    }

    fn is_needed(self) -> bool {
        self.site || self.server
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(path: &str) -> (bool, bool) {
        let Rebuild { site, server } = Rebuild::after(&[path.into()]);
        (site, server)
    }

    #[test]
    fn a_change_rebuilds_the_halves_it_concerns() {
        assert_eq!(after("style/components/button.css"), (true, false));
        assert_eq!(after("server/core/src/lib.rs"), (false, true));
        assert_eq!(after("migrations/0001_roles.sql"), (false, true));
        assert_eq!(after("app/src/inbox/mod.rs"), (true, true));
        assert_eq!(after("frontend/src/lib.rs"), (true, false));
    }

    #[test]
    fn new_changed_and_deleted_files_differ() {
        let time = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let before = BTreeMap::from([("a".into(), time(1)), ("b".into(), time(1)), ("c".into(), time(1))]);
        let now = BTreeMap::from([("a".into(), time(1)), ("b".into(), time(2)), ("d".into(), time(1))]);
        assert_eq!(difference(&before, &now), [PathBuf::from("b"), "d".into(), "c".into()]);
    }
}
