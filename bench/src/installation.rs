//! Charla as it is deployed: a database of its own, the simulated Meta, the server, and people with workspaces.

use std::{
    net::SocketAddr,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::time::sleep;
use uuid::Uuid;

use crate::{
    Setting, load, postgres,
    process::Process,
    tenant::Tenant,
    traffic::{self, APP_SECRET, Number},
    wire,
};

const PASSWORD: &str = "correct horse battery";
const VERIFY_TOKEN: &str = "the verify token of the benchmarks";
const SECRET_KEY: &str = "the secret key of the benchmarks, 32 and more";
/// How long a server may take to start.
const START: Duration = Duration::from_mins(1);

/// Whether the server gives deliveries their effect, or only stores them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Processing {
    On,
    Off,
}

/// A running installation. Dropping it stops server and simulator.
#[derive(Debug)]
pub(crate) struct Installation<'a> {
    pub setting: &'a Setting,
    pub database_url: String,
    pub sql: PgPool,
    pub app: SocketAddr,
    pub simulator: SocketAddr,
    server: Option<Process>,
    /// Stopped last.
    _simulator: Process,
    /// The first workspace.
    pub tenant: Tenant,
    /// Runs so far: makes the ids of each unique.
    runs: usize,
}

impl<'a> Installation<'a> {
    /// Starts one with an empty database and one workspace.
    pub(crate) async fn start(setting: &'a Setting, name: &str) -> Result<Self> {
        let database = format!("charla_bench_{name}");
        postgres::create(setting, &database).await?;
        let database_url = postgres::address(setting, &database)?;
        let (app, simulator) = (wire::free_address()?, wire::free_address()?);
        let command = |task: &str| charla(setting, &database_url, app, simulator, task);
        let migrated = command("migrate").output().context("charla cannot be started")?;
        ensure!(migrated.status.success(), "charla migrate failed:\n{}", String::from_utf8_lossy(&migrated.stderr));
        let mut simulating = Process::start("simulator", &mut command("simulate"), &setting.scratch)?;
        ready(&mut simulating, simulator, "/health").await?;
        let sql = postgres::connect(&database_url).await?;
        let mut installation = Self {
            setting,
            database_url,
            sql,
            app,
            simulator,
            server: None,
            _simulator: simulating,
            // Replaced below: registering needs the server.
            tenant: Tenant {
                workspace: Uuid::nil(),
                channel: Uuid::nil(),
                number: Number {
                    phone_number_id: String::new(),
                    business_account_id: String::new(),
                    display_phone: String::new(),
                },
                cookie: String::new(),
            },
            runs: 0,
        };
        installation.start_server(Processing::On).await?;
        let form = format!("name=Olga&email=olga%40example.com&password={}", PASSWORD.replace(' ', "+"));
        let answer = wire::ask(app, "POST", "/account", &[FORM], form.as_bytes()).await?;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        let cookie = cookie.with_context(|| format!("registering answered {}", answer.status))?;
        let workspace = sqlx::query_scalar("SELECT workspace_id FROM members").fetch_one(&installation.sql).await?;
        installation.tenant = installation.tenant_of(workspace, cookie).await?;
        Ok(installation)
    }

    /// Makes another workspace of the same person.
    pub(crate) async fn another_tenant(&self, name: &str) -> Result<Tenant> {
        let headers = [FORM, ("Cookie", self.tenant.cookie.as_str())];
        let answer = wire::ask(self.app, "POST", "/workspaces", &headers, format!("name={name}").as_bytes()).await?;
        let place = answer.header("location").and_then(|place| place.split('/').nth(2)?.parse().ok());
        let workspace = place.with_context(|| format!("making a workspace answered {}", answer.status))?;
        self.tenant_of(workspace, self.tenant.cookie.clone()).await
    }

    /// Waits until the workspace has its number, and its first message has had its effect.
    pub(crate) async fn tenant_of(&self, workspace: Uuid, cookie: String) -> Result<Tenant> {
        let until = Instant::now() + START;
        loop {
            let found: Option<(Uuid, String, String, String)> = sqlx::query_as(
                "SELECT id, phone_number_id, business_account_id, display_phone FROM channels c
                 WHERE workspace_id = $1 AND EXISTS (SELECT FROM conversations WHERE workspace_id = $1)",
            )
            .bind(workspace)
            .fetch_optional(&self.sql)
            .await?;
            if let Some((channel, phone_number_id, business_account_id, display_phone)) = found {
                let number = Number { phone_number_id, business_account_id, display_phone };
                return Ok(Tenant { workspace, channel, number, cookie });
            }
            ensure!(Instant::now() < until, "a new workspace got no number and no first message within a minute");
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Starts the server and waits until it is ready. Gives how long that took.
    pub(crate) async fn start_server(&mut self, processing: Processing) -> Result<Duration> {
        ensure!(self.server.is_none(), "the server runs already");
        let mut command = charla(self.setting, &self.database_url, self.app, self.simulator, "serve");
        if processing == Processing::Off {
            command.env("CHARLA_PROCESSING", "off");
        }
        let began = Instant::now();
        let mut server = Process::start("server", &mut command, &self.setting.scratch)?;
        ready(&mut server, self.app, "/health/ready").await?;
        self.server = Some(server);
        Ok(began.elapsed())
    }

    /// Stops the server as a deployment does.
    pub(crate) fn stop_server(&mut self) {
        self.server = None;
    }

    pub(crate) async fn restart_server(&mut self, processing: Processing) -> Result<()> {
        self.stop_server();
        self.start_server(processing).await.map(drop)
    }

    pub(crate) fn server_megabytes(&self) -> Result<f64> {
        self.server.as_ref().context("the server does not run")?.resident_megabytes()
    }

    /// Processor time of the server so far, in seconds; none where the system does not tell.
    pub(crate) fn server_cpu_seconds(&self) -> Option<f64> {
        self.server.as_ref()?.cpu_seconds()
    }

    /// A word that no run had before.
    pub(crate) fn next_tag(&mut self) -> String {
        self.runs += 1;
        format!("run{}", self.runs)
    }

    /// Deliveries that are stored and have not had their effect.
    pub(crate) async fn waiting(&self) -> Result<i64> {
        Ok(sqlx::query_scalar("SELECT count(*) FROM waiting_deliveries").fetch_one(&self.sql).await?)
    }

    /// Waits until every stored delivery has had its effect. Gives how long that took.
    pub(crate) async fn drain(&mut self, limit: Duration) -> Result<Duration> {
        let began = Instant::now();
        loop {
            let waiting = self.waiting().await?;
            if waiting == 0 {
                return Ok(began.elapsed());
            }
            if let Some(server) = &mut self.server {
                server.check()?;
            }
            if began.elapsed() > limit {
                let words = self.server.as_ref().map(Process::last_words).unwrap_or_default();
                bail!("{waiting} deliveries still wait after {limit:?}; the server wrote last:\n{words}");
            }
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// Forgets deliveries that wait, where storing alone was measured.
    pub(crate) async fn forget_waiting(&self) -> Result<()> {
        sqlx::query("TRUNCATE waiting_deliveries").execute(&self.sql).await?;
        Ok(())
    }

    pub(crate) async fn count(&self, sql: &'static str) -> Result<i64> {
        sqlx::query_scalar(sql).fetch_one(&self.sql).await.context(sql)
    }

    /// Where the log of events stands, as a reader's cursor.
    pub(crate) async fn cursor(&self) -> Result<String> {
        let next: String =
            sqlx::query_scalar("SELECT pg_snapshot_xmin(pg_current_snapshot())::text").fetch_one(&self.sql).await?;
        Ok(format!("{}-{}", next.parse::<u64>()?.saturating_sub(1), i64::MAX))
    }

    /// Lets `phones` customers write to a tenant once, so that their conversations are there and their windows open.
    pub(crate) async fn conversations(&mut self, tenant: &Tenant, phones: u64) -> Result<()> {
        let tag = self.next_tag();
        let count = usize::try_from(phones)?;
        let requests = traffic::posts(self.app, &tenant.number, &traffic::messages(&tag, count, phones)).into();
        let met = load::flood(self.app, 16, &requests, START).await?;
        met.ensure_all(count)?;
        self.drain(START).await?;
        Ok(())
    }

    /// The database's address for pgbench, as the role that requests have.
    pub(crate) fn url_of_requests(&self) -> String {
        let mark = if self.database_url.contains('?') { '&' } else { '?' };
        format!("{}{mark}options=-c%20role%3Dcharla_app", self.database_url)
    }

    /// Asks the simulator's control API.
    pub(crate) async fn simulated(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        wire::ask_json(self.simulator, method, path, body).await.context("the simulator's control API")
    }

    /// The bytes of a request for the first page of a tenant's inbox.
    pub(crate) fn list_request(&self, tenant: &Tenant) -> Vec<u8> {
        self.list_page_request(tenant, &Value::Null)
    }

    /// The bytes of a request for the page of a tenant's inbox after a place.
    pub(crate) fn list_page_request(&self, tenant: &Tenant, after: &Value) -> Vec<u8> {
        let place = if after.is_null() { json!("beginning") } else { json!({ "after": after }) };
        // Of any status, as the baseline's.
        self.call(tenant, "inbox/conversations", json!({ "place": place, "query": { "status": null } }))
    }

    /// The bytes of a request for the newest page of a thread.
    pub(crate) fn thread_request(&self, tenant: &Tenant, conversation: Uuid) -> Vec<u8> {
        self.call(tenant, "inbox/thread", json!({ "conversation": conversation, "before": null }))
    }

    /// The program with a task and the settings of this installation.
    pub(crate) fn command(&self, task: &str) -> Command {
        charla(self.setting, &self.database_url, self.app, self.simulator, task)
    }
}

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// The program with the settings of this run and none of the person's own.
fn charla(setting: &Setting, database_url: &str, app: SocketAddr, simulator: SocketAddr, task: &str) -> Command {
    let mut command = Command::new(&setting.charla);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CHARLA_") || text.starts_with("PG") || text.starts_with("DATABASE_URL") {
            command.env_remove(&name);
        }
    }
    command
        .arg(task)
        .env("DATABASE_URL", database_url)
        .env("CHARLA_ADDR", app.to_string())
        .env("CHARLA_SITE_ROOT", &setting.site)
        .env("CHARLA_SIMULATOR_ADDR", simulator.to_string())
        .env("CHARLA_SIMULATOR_URL", format!("http://{simulator}"))
        .env("CHARLA_WEBHOOK_URL", format!("http://{app}/webhooks/meta"))
        .env("CHARLA_META_APP_SECRET", APP_SECRET)
        .env("CHARLA_META_VERIFY_TOKEN", VERIFY_TOKEN)
        .env("CHARLA_SECRET_KEY", SECRET_KEY)
        .env("CHARLA_RATE_ANONYMOUS", "0")
        .env("CHARLA_RATE_SESSION", "0")
        .env("CHARLA_RATE_WORKSPACE", "0")
        .env("CHARLA_RATE_PROOFS", "0")
        // A thousand readers are one login here.
        .env("CHARLA_READERS_SESSION", "0")
        .env("CHARLA_LOG", "warn");
    command
}

async fn ready(process: &mut Process, address: SocketAddr, path: &str) -> Result<()> {
    let until = Instant::now() + START;
    loop {
        process.check()?;
        if wire::ask(address, "GET", path, &[], b"").await.is_ok_and(|answer| answer.status == 200) {
            return Ok(());
        }
        if Instant::now() > until {
            bail!("http://{address}{path} did not answer 200 within a minute; last lines:\n{}", process.last_words());
        }
        sleep(Duration::from_millis(2)).await;
    }
}
