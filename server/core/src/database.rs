//! The database and the only ways into it.
//!
//! Two roles (migration 0001). [`Database::tenant`] begins a transaction that sees one workspace (row-level security);
//! [`Database::worker`] one that serves all of them; [`Database::global`] is for accounts and sessions, which belong to no
//! workspace; [`Database::watch`] is for health and metrics. Each has a pool of its own, so that slow statements of one
//! keep nobody else waiting: people log in, webhooks are stored and monitoring is answered while a tenant's reports hold
//! every connection for requests.

use std::{str::FromStr, sync::Arc, time::Duration};

use charla_shared::{
    event::Happening,
    id::{UserId, WorkspaceId},
    problem::{Problem, ProblemKind},
};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Executor, PgConnection, PgPool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use uuid::Uuid;

use crate::{Actor, Failure, audit, events::Topic};

/// Every migration, in order. They only add: the release before this one can run beside it.
pub static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../../migrations");

/// The database failed.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// It cannot be reached, is starting, stopping or out of connections: nothing was changed.
    #[error("the database is away: {0}")]
    Away(#[source] sqlx::Error),
    /// Anything else: a defect of ours.
    #[error("the database refused: {0}")]
    Refused(#[source] sqlx::Error),
}

impl DatabaseError {
    /// Whether there is no server to talk to, rather than one that refused something.
    pub(crate) fn is_about_the_connection(&self) -> bool {
        // Class 57P: the server stops, crashes or starts.
        let gone = |error: &sqlx::Error| match error {
            sqlx::Error::Database(error) => error.code().is_some_and(|code| code.starts_with("57P")),
            _ => true,
        };
        matches!(self, Self::Away(error) if gone(error))
    }

    /// Whether the values were what it refused: the same statement with them would be refused again.
    pub(crate) fn is_about_values(&self) -> bool {
        // Class 22 data, 23 integrity constraints.
        let values = |code: &str| ["22", "23"].iter().any(|class| code.starts_with(class));
        matches!(self, Self::Refused(sqlx::Error::Database(e)) if e.code().is_some_and(|code| values(&code)))
    }
}

impl From<sqlx::Error> for DatabaseError {
    fn from(error: sqlx::Error) -> Self {
        // Class 08 connection, 53 resources, 57 operator intervention, 58 system, 40 rollback; a lock that was waited for too
        // long and a transaction that slept too long (PostgreSQL, appendix A).
        let passing =
            |code: &str| ["08", "53", "57", "58", "40", "55P03", "25P03"].iter().any(|class| code.starts_with(class));
        match &error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_) => {
                Self::Away(error)
            }
            sqlx::Error::Database(e) if e.code().is_some_and(|code| passing(&code)) => Self::Away(error),
            _ => Self::Refused(error),
        }
    }
}

impl From<DatabaseError> for Problem {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::Away(cause) => {
                tracing::warn!(%cause, "the database is away");
                Self {
                    retry_after: Some(5),
                    ..Self::new(
                        ProblemKind::Unavailable,
                        "unavailable",
                        "We cannot reach our database right now. Try again in a moment.",
                    )
                }
            }
            DatabaseError::Refused(cause) => {
                tracing::error!(%cause, "the database refused a statement");
                crate::error::internal()
            }
        }
    }
}

/// Longest wait for a connection.
const WAIT: Duration = Duration::from_secs(8);
/// Longest statement.
const STATEMENT: Duration = Duration::from_secs(30);
/// Both, where somebody asks whether the database is there: an answer that comes late is no answer.
const WATCH: Duration = Duration::from_secs(1);

/// A time that Postgres and jiff both know: from the epoch to the year 9000. For times that somebody else wrote.
#[must_use]
pub fn storable(at: Timestamp) -> Timestamp {
    let year_9000 = Timestamp::from_second(221_845_392_000).unwrap_or(Timestamp::MAX);
    at.clamp(Timestamp::UNIX_EPOCH, year_9000)
}

/// The pools. Cheap to clone: every transaction and every request does.
#[derive(Debug, Clone)]
pub struct Database(Arc<Pools>);

#[derive(Debug)]
struct Pools {
    app: PgPool,
    global: PgPool,
    worker: PgPool,
    watch: PgPool,
    options: PgConnectOptions,
}

impl Database {
    /// Connects lazily: the first statement finds out whether the server is there, and a server that is away now may be
    /// back then.
    ///
    /// # Errors
    /// When the address does not parse.
    pub fn connect(url: &str, connections: u32) -> Result<Self, DatabaseError> {
        // Statements of a request are many and small; the driver's own per-statement log would drown ours.
        let options = PgConnectOptions::from_str(url)?.application_name("charla").disable_statement_logging();
        let pool = |role: &'static str, size: u32, wait: Duration, statement: Duration| {
            let statement = statement.as_millis();
            PgPoolOptions::new()
                .max_connections(size)
                .acquire_timeout(wait)
                .after_connect(move |connection, _| {
                    Box::pin(async move {
                        // A statement that hangs must not hold a connection for ever, nor a forgotten transaction
                        // the log of events (its readers wait for every open writer).
                        let settings = format!(
                            "SET ROLE {role}; SET statement_timeout = {statement}; SET lock_timeout = '10s'; \
                             SET idle_in_transaction_session_timeout = '8s'"
                        );
                        connection.execute(AssertSqlSafe(settings)).await?;
                        Ok(())
                    })
                })
                .connect_lazy_with(options.clone())
        };
        let half = (connections / 2).max(4);
        Ok(Self(Arc::new(Pools {
            app: pool("charla_app", connections, WAIT, STATEMENT),
            global: pool("charla_app", half, WAIT, STATEMENT),
            worker: pool("charla_worker", half, WAIT, STATEMENT),
            watch: pool("charla_worker", 2, WATCH, WATCH),
            options: options.clone(),
        })))
    }

    /// Brings the schema up to date, as the role of the address itself (which owns the tables).
    pub async fn migrate(&self) -> Result<(), sqlx::migrate::MigrateError> {
        let mut connection = self.0.options.connect().await?;
        // A migration that waits for a lock makes everybody behind it wait, too: better it fails and is run again.
        connection.execute("SET lock_timeout = '3s'").await?;
        MIGRATOR.run(&mut connection).await
    }

    /// Tells the planner what is in the tables of conversations, and which of their pages all may see: after much was stored
    /// at once, instead of whenever autovacuum comes by. As the role of the address itself.
    pub async fn settle(&self) -> Result<(), DatabaseError> {
        let mut connection = self.0.options.connect().await?;
        connection
            .execute(
                "VACUUM (ANALYZE) contacts, identities, conversations, messages, message_words, message_events,
                                  thread_entries, conversation_labels, contact_tags",
            )
            .await?;
        Ok(())
    }

    /// Whether every migration of this program was made; those of one that is newer are no hindrance.
    pub async fn is_migrated(&self) -> Result<bool, DatabaseError> {
        let mut connection = self.0.options.connect().await?;
        let exists: bool =
            sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(&mut connection).await?;
        if !exists {
            return Ok(false);
        }
        let applied: Vec<i64> =
            sqlx::query_scalar("SELECT version FROM _sqlx_migrations WHERE success").fetch_all(&mut connection).await?;
        // The newest one alone would not do: numbers are given out before what has them is merged.
        Ok(MIGRATOR.iter().all(|migration| applied.contains(&migration.version)))
    }

    /// The address and settings connections are made with, for listeners.
    pub(crate) fn worker_pool(&self) -> &PgPool {
        &self.0.worker
    }

    /// Accounts, sessions and throttles: tables of no workspace. Tenant tables show nothing through it.
    pub async fn global(&self) -> Result<Transaction<'static, Postgres>, DatabaseError> {
        Ok(self.0.global.begin().await?)
    }

    /// The same tables, for a statement that stands alone.
    pub(crate) fn accounts(&self) -> &PgPool {
        &self.0.global
    }

    /// As a logged-in user who has not entered a workspace: sees their own memberships.
    pub(crate) async fn as_user(&self, user: UserId) -> Result<Transaction<'static, Postgres>, DatabaseError> {
        let begin = format!("BEGIN; SET LOCAL charla.user_id = '{user}'");
        Ok(self.0.app.begin_with(AssertSqlSafe(begin)).await?)
    }

    /// One workspace, under row-level security. The setting rides in the same round trip as BEGIN and ends with the
    /// transaction.
    async fn tenant(&self, workspace: WorkspaceId) -> Result<Transaction<'static, Postgres>, DatabaseError> {
        let begin = format!("BEGIN; SET LOCAL charla.workspace = '{workspace}'");
        Ok(self.0.app.begin_with(AssertSqlSafe(begin)).await?)
    }

    /// For reading as an actor outside core's own functions (the socket's backlog).
    pub async fn read_as(&self, actor: &Actor) -> Result<Transaction<'static, Postgres>, DatabaseError> {
        self.tenant(actor.workspace).await
    }

    /// All workspaces, for ingest, dispatch and sweeping.
    pub(crate) async fn worker(&self) -> Result<Transaction<'static, Postgres>, DatabaseError> {
        Ok(self.0.worker.begin().await?)
    }

    /// Whether the server answers, within two seconds.
    pub async fn ping(&self) -> Result<(), DatabaseError> {
        sqlx::query("SELECT 1").execute(&self.0.watch).await?;
        Ok(())
    }

    /// For looking at all workspaces with connections that nothing else uses; a statement may take a second.
    pub(crate) async fn watch(&self) -> Result<Transaction<'static, Postgres>, DatabaseError> {
        Ok(self.0.watch.begin().await?)
    }

    /// The name of each pool, its open connections, and how many of them are idle: for metrics.
    #[must_use]
    pub fn pool_sizes(&self) -> [(&'static str, u32, usize); 4] {
        let sizes = |name, pool: &PgPool| (name, pool.size(), pool.num_idle());
        [
            sizes("requests", &self.0.app),
            sizes("accounts", &self.0.global),
            sizes("worker", &self.0.worker),
            sizes("watch", &self.0.watch),
        ]
    }

    /// Closes the pools, waiting for what is running.
    pub async fn close(&self) {
        tokio::join!(self.0.app.close(), self.0.global.close(), self.0.worker.close(), self.0.watch.close());
    }
}

/// A transaction of an actor in one workspace. What it changes, the audit entries and the events become true together
/// at [`Tx::commit`], or not at all; readers are told after the commit.
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    core: crate::Core,
    actor: Arc<Actor>,
    now: Timestamp,
    audit: Vec<audit::NewEntry>,
    rings: Vec<Topic>,
}

impl std::fmt::Debug for Tx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tx").field("actor", &self.actor).finish_non_exhaustive()
    }
}

impl Tx {
    /// Begins as this actor: people and programs under row-level security, background work as the worker.
    pub(crate) async fn begin(core: &crate::Core, actor: &Actor) -> Result<Self, DatabaseError> {
        let inner = match actor.who {
            crate::Who::Member { .. } => core.database.tenant(actor.workspace).await?,
            crate::Who::System { .. } => core.database.worker().await?,
        };
        Ok(Self {
            inner,
            core: core.clone(),
            actor: Arc::new(actor.clone()),
            now: core.environment.now(),
            audit: Vec::new(),
            rings: Vec::new(),
        })
    }

    /// The time this transaction's changes happen at.
    pub(crate) const fn now(&self) -> Timestamp {
        self.now
    }

    /// A new id.
    pub(crate) fn id<T: From<Uuid>>(&self) -> T {
        self.core.environment.id()
    }

    /// The workspace everything here belongs to.
    pub(crate) fn workspace(&self) -> Uuid {
        self.actor.workspace.into()
    }

    /// The product's settings and edges.
    pub(crate) const fn core(&self) -> &crate::Core {
        &self.core
    }

    /// The connection, for statements.
    pub(crate) fn sql(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// Adds an event for the readers of this workspace.
    pub(crate) async fn tell(&mut self, happening: &Happening) -> Result<(), Failure> {
        let json = serde_json::to_value(happening)?;
        sqlx::query!(
            "INSERT INTO events (workspace_id, at, happening) VALUES ($1, $2, $3)",
            self.workspace(),
            self.now.to_sqlx() as _,
            json
        )
        .execute(&mut *self.inner)
        .await?;
        self.ring(Topic::Events);
        Ok(())
    }

    /// Rings the doorbell of a topic after the commit.
    pub(crate) fn ring(&mut self, topic: Topic) {
        if !self.rings.contains(&topic) {
            self.rings.push(topic);
        }
    }

    /// Adds an audit entry; it is chained at the commit, so that the chain's lock is held as briefly as can be.
    pub(crate) fn record(&mut self, entry: audit::NewEntry) {
        self.audit.push(entry);
    }

    /// Makes everything true, then tells the readers.
    pub(crate) async fn commit(mut self) -> Result<(), Failure> {
        if !self.audit.is_empty() {
            let entries = std::mem::take(&mut self.audit);
            audit::append(&mut self.inner, &self.actor, self.now, &entries).await?;
        }
        self.inner.commit().await?;
        for topic in self.rings {
            self.core.bus.ring(topic);
        }
        Ok(())
    }
}
