//! A Postgres cluster per test, that may be broken in every way.
//!
//! A cluster is copied from a template with a migrated database, which is made once per version of the migrations and
//! stays in the folder for temporary files. It writes without `fsync` (the machine does not fail here, only processes
//! do), but commits wait for their log as they do in production.

use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    str::FromStr,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use sqlx::{
    Connection, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{
    process::{bound, charla, signal},
    seed::Chance,
};

/// The user Postgres runs as when the tests are root's.
const SYSTEM_USER: &str = "postgres";
/// What the tests' own sessions are called, so that they are not broken with the others.
const OURS: &str = "fault tests";

pub struct Cluster {
    /// Its folder and what else belongs to the test.
    pub folder: PathBuf,
    postmaster: Option<Child>,
    pool: PgPool,
}

impl Cluster {
    /// Starts a fresh one with a migrated database.
    pub async fn start() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let template = template().await;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("charla-fault-{}-{number}", std::process::id()));
        make_folder(&folder);
        run(Command::new("cp").arg("-a").arg(template.join("data")).arg(folder.join("data")));
        let options = options(&folder, "charla");
        let pool = PgPoolOptions::new().max_connections(3).acquire_timeout(Duration::from_mins(1));
        let mut cluster = Self { folder, postmaster: None, pool: pool.connect_lazy_with(options) };
        cluster.start_again().await;
        cluster
    }

    /// The address of its database, for the program.
    pub fn url(&self) -> String {
        url(&self.folder, "charla")
    }

    /// The socket it listens on.
    pub fn socket(&self) -> PathBuf {
        self.folder.join("data/.s.PGSQL.5432")
    }

    /// The database as its owner, past every rule.
    pub fn sql(&self) -> &PgPool {
        &self.pool
    }

    /// Ends it as a crash does, without writing anything down.
    pub fn crash(&mut self) {
        let mut postmaster = self.postmaster.take().expect("it runs");
        signal("QUIT", &[postmaster.id()]);
        postmaster.wait().unwrap();
    }

    /// Starts it, and waits until it takes connections.
    pub async fn start_again(&mut self) {
        assert!(self.postmaster.is_none(), "it runs");
        self.postmaster = Some(postmaster(&self.folder));
        self.takes_connections().await;
    }

    /// A crash and the recovery from it.
    pub async fn restart_immediate(&mut self) {
        self.crash();
        self.start_again().await;
    }

    /// Waits until it takes connections; after a crash it replays its log first.
    pub async fn takes_connections(&self) {
        let (began, options) = (Instant::now(), options(&self.folder, "charla"));
        loop {
            match PgConnection::connect_with(&options).await {
                Ok(connection) => return connection.close().await.unwrap(),
                Err(error) => assert!(began.elapsed() < Duration::from_mins(2), "Postgres: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Kills one session's process, upon which Postgres ends all of them and recovers.
    pub async fn kill_backend(&self, chance: &mut Chance) {
        let theirs: Vec<i32> = sqlx::query_scalar(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> $1",
        )
        .bind(OURS)
        .fetch_all(&self.pool)
        .await
        .unwrap();
        signal("KILL", &[chance.one_of(&theirs).unsigned_abs()]);
    }

    /// Ends every session of the program.
    pub async fn terminate_all(&self) {
        let sessions = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> $1";
        let _: i64 = sqlx::query_scalar(sessions).bind(OURS).fetch_one(&self.pool).await.unwrap();
    }

    /// Stops all its processes in their tracks. Gives what lets them go on.
    pub async fn sigstop(&self) -> Stopped {
        let mut pids = vec![self.postmaster.as_ref().expect("it runs").id()];
        signal("STOP", &pids);
        let others: Vec<i32> =
            sqlx::query_scalar("SELECT pid FROM pg_stat_activity").fetch_all(&self.pool).await.unwrap();
        pids.extend(others.into_iter().map(i32::unsigned_abs));
        signal("STOP", &pids);
        Stopped(pids)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(mut postmaster) = self.postmaster.take() {
            signal("QUIT", &[postmaster.id()]);
            let _ = postmaster.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Processes that stand still until this is dropped.
pub struct Stopped(Vec<u32>);

impl Drop for Stopped {
    fn drop(&mut self) {
        signal("CONT", &self.0);
    }
}

fn options(folder: &Path, database: &str) -> PgConnectOptions {
    PgConnectOptions::from_str(&url(folder, database)).unwrap().application_name(OURS)
}

fn url(folder: &Path, database: &str) -> String {
    format!("postgres://postgres@localhost:5432/{database}?host={}", folder.join("data").display())
}

fn make_folder(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    // The owner of the cluster, another user when we are root, has to pass through.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o711)).unwrap();
}

fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A program of Postgres: in `CHARLA_POSTGRES_BIN`, else Debian's newest, else in the `PATH`.
fn program(name: &str) -> PathBuf {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = debian
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .max_by_key(|(version, _)| *version);
    let folder = std::env::var_os("CHARLA_POSTGRES_BIN").map(PathBuf::from).or(newest.map(|(_, folder)| folder));
    folder.map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
}

/// Whom Postgres runs as: it refuses root.
fn system_user() -> Option<&'static str> {
    let id = Command::new("id").arg("-u").output().unwrap();
    (id.stdout.trim_ascii() == b"0").then_some(SYSTEM_USER)
}

/// A command of Postgres, without settings that are meant for the person's other databases.
fn command(name: &str) -> Command {
    let mut command = bound(&program(name), system_user());
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"PG")) {
        command.env_remove(name);
    }
    command.current_dir("/").stdin(Stdio::null());
    command
}

fn postmaster(folder: &Path) -> Child {
    let data = folder.join("data");
    let log = File::options().create(true).append(true).open(folder.join("postgres.log")).unwrap();
    let mut postgres = command("postgres");
    postgres.arg("-D").arg(&data).arg("-k").arg(&data).args(["-c", "listen_addresses=", "-p", "5432"]);
    for setting in ["fsync=off", "full_page_writes=off", "max_connections=120", "shared_buffers=64MB"] {
        postgres.args(["-c", setting]);
    }
    postgres.stdout(log.try_clone().unwrap()).stderr(log);
    postgres.spawn().unwrap()
}

/// The folder of the template; the first test of a version of the migrations makes it, the others wait.
async fn template() -> PathBuf {
    let mut hasher = DefaultHasher::new();
    let migrations = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let mut files: Vec<_> = fs::read_dir(migrations).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        fs::read(file).unwrap().hash(&mut hasher);
    }
    let parent = std::env::temp_dir().join("charla-fault-templates");
    make_folder(&parent);
    let lock = File::create(parent.join("lock")).unwrap();
    lock.lock().unwrap();
    let template = parent.join(format!("{:x}", hasher.finish()));
    if !template.exists() {
        make_template(&template).await;
    }
    template
}

async fn make_template(template: &Path) {
    let making = template.with_extension("making");
    let _ = fs::remove_dir_all(&making);
    make_folder(&making);
    let data = making.join("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, fs::Permissions::from_mode(0o700)).unwrap();
    if let Some(user) = system_user() {
        run(Command::new("chown").arg(user).arg(&data));
    }
    let mut initdb = command("initdb");
    initdb.arg("--pgdata").arg(&data).args(["--username=postgres", "--encoding=UTF8", "--no-sync"]);
    run(initdb.args(["--locale=C", "--auth-local=trust", "--auth-host=reject"]));
    let mut postmaster = postmaster(&making);
    let began = Instant::now();
    let mut connection = loop {
        match PgConnection::connect_with(&options(&making, "postgres")).await {
            Ok(connection) => break connection,
            Err(error) => assert!(began.elapsed() < Duration::from_mins(1), "Postgres: {error}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    sqlx::query("CREATE DATABASE charla").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    run(Command::new(charla()).arg("migrate").env("DATABASE_URL", url(&making, "charla")));
    signal("INT", &[postmaster.id()]);
    postmaster.wait().unwrap();
    fs::rename(&making, template).unwrap();
}
