//! Making, starting and stopping a cluster.

use std::{
    ffi::OsStr,
    fs,
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use rustix::process::Signal;

use super::binaries::Binaries;
use crate::{
    processes, report,
    service::{Output, Service},
    system,
};

/// The user Postgres runs as when this program is root.
const SYSTEM_USER: &str = "postgres";
/// The operating system's limit for a socket's path is 108 bytes on Linux and 104 on macOS.
const LONGEST_SOCKET_PATH: usize = 103;

/// What a cluster is for decides how carefully it writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Survives a crash.
    Kept,
    /// The same, with memory and log enough that a minute of load is not about their defaults.
    Measured,
    /// Gone after the run anyway: no waiting for the disk.
    Disposable,
}

/// A running cluster. Dropping it stops it; a temporary one is removed too.
#[derive(Debug)]
pub struct Cluster {
    // Fields are dropped in this order: Postgres ends before its files go.
    service: Service,
    binaries: Binaries,
    folder: PathBuf,
    temporary: Option<tempfile::TempDir>,
}

impl Cluster {
    /// Starts the cluster in `parent/postgres`, making it first if it is not there.
    pub fn kept(parent: &Path) -> Result<Self> {
        let folder = parent.join("postgres");
        let made_by = fs::read_to_string(folder.join("PG_VERSION")).ok().and_then(|text| text.trim().parse().ok());
        let binaries = Binaries::ensure(made_by)?;
        if made_by.is_none() {
            // Made beside its place and moved there whole, so that an interrupted start leaves nothing half made.
            let fresh = parent.join("postgres.new");
            if fresh.exists() {
                fs::remove_dir_all(&fresh)?;
            }
            create(&binaries, &fresh, Durability::Kept)?;
            fs::rename(&fresh, &folder)
                .with_context(|| format!("{} is in the way of the new database; move it aside", folder.display()))?;
        }
        Self::start(binaries, folder, None, Durability::Kept)
    }

    /// Makes and starts a cluster that is removed when it is dropped.
    pub fn temporary(durability: Durability) -> Result<Self> {
        let binaries = Binaries::ensure(None)?;
        let step = report::step("Postgres for this run");
        let temporary = tempfile::Builder::new().prefix("charla-").tempdir()?;
        // The owner of the cluster, another user when we are root, has to pass through.
        fs::set_permissions(temporary.path(), fs::Permissions::from_mode(0o711))?;
        let folder = temporary.path().join("postgres");
        create(&binaries, &folder, durability)?;
        let cluster = Self::start(binaries, folder, Some(temporary), durability)?;
        step.done();
        Ok(cluster)
    }

    fn start(
        binaries: Binaries,
        folder: PathBuf,
        temporary: Option<tempfile::TempDir>,
        durability: Durability,
    ) -> Result<Self> {
        check_socket_path(&folder)?;
        let mut command = Command::new(binaries.program("postgres"));
        command.current_dir("/").arg("-D").arg(&folder).arg("-k").arg(&folder);
        command.args(["-c", "listen_addresses=", "-p", "5432", "-c", "max_connections=200"]);
        let settings: &[&str] = match durability {
            Durability::Kept => &[],
            Durability::Measured => &["fsync=on", "synchronous_commit=on", "shared_buffers=1GB", "max_wal_size=4GB"],
            Durability::Disposable => &["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
        };
        for setting in settings {
            command.args(["-c", setting]);
        }
        without_inherited_settings(&mut command);
        let service = Service::start_as(owner(), "postgres", &command, Output::Kept)?
            // SIGINT is Postgres' fast shutdown: sessions are ended, data are written. SIGTERM would wait for sessions.
            .stopped_by(Signal::INT, Duration::from_secs(30));
        let mut cluster = Self { service, binaries, folder, temporary };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        // After a crash Postgres replays its log first, which may take a while.
        let until = Instant::now() + Duration::from_mins(2);
        loop {
            self.service.check()?;
            let mut ready = self.client("pg_isready");
            if processes::capture(ready.arg("--quiet")).is_ok() {
                return Ok(());
            }
            ensure!(
                Instant::now() < until,
                "Postgres in {} did not become ready in two minutes",
                self.folder.display()
            );
            processes::pause(Duration::from_millis(100))?;
        }
    }

    /// A superuser's URL to one of its databases, as sqlx and psql read it.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost:5432/{database}?host={}", percent_encoded(&self.folder))
    }

    /// The folder of the programs it runs with.
    pub fn programs(&self) -> &Path {
        self.binaries.folder()
    }

    /// Makes an empty database unless it is there.
    pub fn ensure_database(&self, name: &str) -> Result<()> {
        let query = format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'");
        let exists = self.psql("postgres", &["--tuples-only", "--no-align", "--command", &query])?;
        if exists.trim() == "0" {
            self.psql("postgres", &["--command", &format!("CREATE DATABASE \"{name}\"")])?;
        }
        Ok(())
    }

    /// Runs psql on a database; the first SQL error is an error.
    pub fn psql(&self, database: &str, arguments: &[impl AsRef<OsStr>]) -> Result<String> {
        let mut psql = self.client("psql");
        psql.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", database]).args(arguments);
        processes::capture(&mut psql)
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(self.binaries.program(program));
        without_inherited_settings(&mut command);
        command.arg("--host").arg(&self.folder).args(["--port", "5432", "--username", "postgres"]);
        command
    }

    /// An error that explains it, if Postgres has died.
    pub fn check(&mut self) -> Result<()> {
        self.service.check()
    }

    /// Stops it, and removes it if it is a temporary one.
    pub fn stop(self) -> Result<()> {
        self.service.stop();
        self.temporary.map_or(Ok(()), |folder| folder.close().context("cannot remove the database of this run"))
    }
}

/// Runs initdb in a new folder that only the cluster's owner can enter.
fn create(binaries: &Binaries, folder: &Path, durability: Durability) -> Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make {}; choose another place with CHARLA_DATA_DIR", folder.display()))?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    let mut initdb = match owner() {
        Some(user) => {
            let (uid, gid) =
                system::ids_of(user).context("Postgres refuses to run as root and there is no user `postgres`")?;
            chown(folder, Some(uid), Some(gid))?;
            let mut command =
                Command::new(system::find("setpriv").context("`setpriv` (package util-linux) is needed as root")?);
            command.args(system::become_user(user)).arg("--").arg(binaries.program("initdb"));
            command
        }
        None => Command::new(binaries.program("initdb")),
    };
    without_inherited_settings(&mut initdb);
    // C.UTF-8 sorts the same on every machine; macOS does not have it under that name.
    let locale = if cfg!(target_os = "linux") { "C.UTF-8" } else { "C" };
    initdb.current_dir("/").arg("--pgdata").arg(folder).args(["--username=postgres", "--encoding=UTF8"]);
    initdb.arg(format!("--locale={locale}")).args(["--auth-local=trust", "--auth-host=reject"]);
    if durability == Durability::Disposable {
        initdb.arg("--no-sync");
    }
    processes::capture(&mut initdb).map(drop).with_context(|| match owner() {
        Some(user) => {
            format!("cannot make a database in {}; can the user `{user}` reach that folder?", folder.display())
        }
        None => format!("cannot make a database in {}", folder.display()),
    })
}

fn owner() -> Option<&'static str> {
    rustix::process::geteuid().is_root().then_some(SYSTEM_USER)
}

/// Settings for the person's other databases (PGHOST, PGDATA and so on) must not reach ours.
fn without_inherited_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("PG")) {
            command.env_remove(name);
        }
    }
}

fn check_socket_path(folder: &Path) -> Result<()> {
    let length = folder.as_os_str().len() + "/.s.PGSQL.5432".len();
    ensure!(
        length <= LONGEST_SOCKET_PATH,
        "{} is too long a path for a socket; choose a shorter one with CHARLA_DATA_DIR",
        folder.display()
    );
    Ok(())
}

fn percent_encoded(path: &Path) -> String {
    use std::{fmt::Write as _, os::unix::ffi::OsStrExt as _};
    path.as_os_str().as_bytes().iter().fold(String::new(), |mut text, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => text.push(char::from(*byte)),
            // Writing to a string cannot fail.
            _ => _ = write!(text, "%{byte:02X}"),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_cluster_survives_a_crash_and_a_temporary_one_leaves_nothing() {
        // Not below TMPDIR's private folders: as root, the user `postgres` has to reach it.
        let parent = tempfile::Builder::new().prefix("charla-").tempdir().unwrap();
        fs::set_permissions(parent.path(), fs::Permissions::from_mode(0o711)).unwrap();
        let cluster = Cluster::kept(parent.path()).unwrap();
        cluster.ensure_database("inbox").unwrap();
        cluster
            .psql("inbox", &["--command", "CREATE TABLE note (text text); INSERT INTO note VALUES ('kept')"])
            .unwrap();
        let pid = rustix::process::Pid::from_raw(cluster.service.pid().cast_signed()).unwrap();
        rustix::process::kill_process(pid, Signal::KILL).unwrap();
        drop(cluster);

        let again = Cluster::kept(parent.path()).unwrap();
        again.ensure_database("inbox").unwrap();
        assert_eq!(
            again.psql("inbox", &["--tuples-only", "--command", "SELECT text FROM note"]).unwrap().trim(),
            "kept"
        );
        again.stop().unwrap();

        let temporary = Cluster::temporary(Durability::Disposable).unwrap();
        let folder = temporary.folder.clone();
        assert!(temporary.psql("postgres", &["--command", "SELECT nonsense"]).is_err());
        assert_eq!(temporary.psql("postgres", &["--tuples-only", "--command", "SHOW fsync"]).unwrap().trim(), "off");
        drop(temporary);
        assert!(!folder.parent().unwrap().exists());
    }

    #[test]
    fn paths_survive_in_a_url() {
        assert_eq!(percent_encoded(Path::new("/tmp/charla-x1/postgres")), "/tmp/charla-x1/postgres");
        assert_eq!(percent_encoded(Path::new("/Users/Ana Ruiz/&?")), "/Users/Ana%20Ruiz/%26%3F");
    }

    #[test]
    fn a_path_too_long_for_a_socket_is_refused_with_advice() {
        assert!(check_socket_path(Path::new("/var/lib/charla/postgres")).is_ok());
        let error = check_socket_path(Path::new(&"/deep".repeat(30))).map_err(|error| error.to_string());
        assert!(error.is_err_and(|text| text.contains("CHARLA_DATA_DIR")));
    }
}
