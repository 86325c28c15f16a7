//! The test kit: a host with a database and a simulator of its own, and people who use it over HTTP.

mod browser;
mod database;
mod detour;
mod phone;
mod socket;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use charla_core::{Clock, Config, Core, Database, Environment, SessionLimits, SimulatorAt, SystemRandom};
use charla_server::serve::{HostOptions, Running, start};
use charla_simulator::{Simulator, SimulatorConfig, Timing};
use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;

pub use browser::{Answer, Browser};
pub use database::fresh_database;
pub use detour::Detour;
pub use phone::Phone;
pub use socket::Socket;

pub const APP_SECRET: &str = "the app secret of the tests";
pub const VERIFY_TOKEN: &str = "the verify token of the tests";
pub const PASSWORD: &str = "correct horse battery";

/// A clock that can be put forward.
#[derive(Debug, Clone, Default)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    /// Puts the host's clock forward.
    pub fn forward(&self, by: SignedDuration) {
        self.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::now() + SignedDuration::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A running installation.
pub struct Charla {
    pub url: String,
    pub database_url: String,
    pub clock: TestClock,
    _simulator: Simulator,
    pub simulator_url: String,
    running: Option<Running>,
    config: Config,
    adjust: fn(HostOptions) -> HostOptions,
}

impl Charla {
    /// Starts one with an empty database, and a simulator that it is connected to. Nothing is limited.
    pub async fn start() -> Self {
        Self::start_with(|options| options).await
    }

    /// Starts one whose host presents itself differently.
    pub async fn start_with(adjust: fn(HostOptions) -> HostOptions) -> Self {
        Self::start_on(fresh_database().await, adjust).await
    }

    /// Starts one on this database.
    pub async fn start_on(database_url: String, adjust: fn(HostOptions) -> HostOptions) -> Self {
        log_failures();
        let listener = listen().await;
        let addr = listener.local_addr().unwrap();
        let url = format!("http://{addr}");
        let (simulator, simulator_url) = simulate(&url).await;
        let config = Config {
            secret_key: "a secret key for tests of 32 characters".into(),
            app_secret: APP_SECRET.into(),
            verify_token: VERIFY_TOKEN.into(),
            public_url: url.clone(),
            graph_url: simulator_url.clone(),
            graph_version: "v24.0".to_owned(),
            sessions: SessionLimits::default(),
            processing: true,
            simulator: Some(SimulatorAt { url: simulator_url.clone(), public_url: simulator_url.clone() }),
        };
        let clock = TestClock::default();
        let running = run(&database_url, &config, &clock, adjust, listener);
        Self { url, database_url, clock, _simulator: simulator, simulator_url, running: Some(running), config, adjust }
    }

    /// The product inside, for what has no page yet.
    pub fn core(&self) -> &Core {
        &self.running.as_ref().unwrap().core
    }

    /// Stops the host; the simulator goes on.
    pub async fn stop(&mut self) -> SocketAddr {
        let running = self.running.take().unwrap();
        let addr = running.addr;
        running.stop().await.unwrap();
        addr
    }

    /// Gives the signal to stop, without waiting for the end.
    pub fn begin_stopping(&mut self) -> tokio::task::JoinHandle<()> {
        let running = self.running.take().unwrap();
        tokio::spawn(async move { running.stop().await.unwrap() })
    }

    /// Starts the host again where it was.
    pub async fn start_again(&mut self, addr: SocketAddr) {
        let listener = TcpListener::bind(addr).await.unwrap();
        self.running = Some(run(&self.database_url, &self.config, &self.clock, self.adjust, listener));
    }

    /// A browser that nobody is logged in with.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// Registers the first account, which claims the installation.
    pub async fn owner(&self) -> Browser {
        let browser = self.browser();
        let answer = browser
            .submit("/account", &[("name", "Olga Owner"), ("email", "olga@example.com"), ("password", PASSWORD)])
            .await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }

    /// Somebody who joins the owner's workspace with this role, by an invite link.
    pub async fn joins(&self, owner: &Browser, workspace: &str, name: &str, role: &str) -> Browser {
        let link = owner
            .call("invites/create", &serde_json::json!({ "workspace": workspace, "invite": { "role": role } }))
            .await
            .ok();
        let token = link["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let browser = self.browser();
        let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
        let answer = browser
            .submit("/account", &[("name", name), ("email", &email), ("password", PASSWORD), ("invite", &token)])
            .await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/")), "{}", answer.body);
        browser
    }

    /// A person with a workspace of their own: another tenant.
    pub async fn other_tenant(&self, owner: &Browser, workspace: &str) -> (Browser, String) {
        let browser = self.joins(owner, workspace, "Otto Other", "viewer").await;
        let answer = browser.submit("/workspaces", &[("name", "Other GmbH")]).await;
        let location = answer.location.unwrap();
        let other = location.split('/').nth(2).unwrap().to_owned();
        (browser, other)
    }

    /// A phone of a customer, writing to the workspace's number.
    pub async fn phone(&self, workspace: &str, name: &str, number: &str) -> Phone {
        let channel = eventually(|| async {
            sqlx::query_as::<_, (String, String)>("SELECT phone_number_id, business_account_id FROM channels WHERE workspace_id = $1::uuid ORDER BY id LIMIT 1")
                .bind(workspace)
                .fetch_optional(&self.raw().await)
                .await
                .unwrap()
        })
        .await;
        Phone::new(&self.simulator_url, name, number, channel)
    }

    /// A number at the simulator that nobody has connected, with its ids and its token as a channel's form wants them.
    pub async fn number(&self, name: &str) -> serde_json::Value {
        let url = format!("{}/__sim/numbers/{}", self.simulator_url, uuid::Uuid::now_v7());
        let body = serde_json::json!({ "display_name": name });
        let answer = reqwest::Client::new().put(url).json(&body).send().await.unwrap();
        let number: serde_json::Value = answer.json().await.unwrap();
        serde_json::json!({
            "phone_number_id": number["phone_number_id"],
            "business_account_id": number["waba_id"],
            "access_token": number["access_token"],
        })
    }

    /// The database as its owner, past every rule: for looking at what is stored.
    pub async fn raw(&self) -> sqlx::PgPool {
        sqlx::postgres::PgPoolOptions::new().max_connections(1).connect(&self.database_url).await.unwrap()
    }
}

/// Why something failed inside stands beside the test that met it.
fn log_failures() {
    // Set already by another test of this process.
    let _ = tracing_subscriber::fmt().with_test_writer().with_max_level(tracing::Level::ERROR).try_init();
}

async fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

fn run(
    database_url: &str,
    config: &Config,
    clock: &TestClock,
    adjust: fn(HostOptions) -> HostOptions,
    listener: TcpListener,
) -> Running {
    let database = Database::connect(database_url, 8).unwrap();
    let environment = Environment::new(clock.clone(), SystemRandom);
    let options = adjust(HostOptions::development(std::env::temp_dir(), listener.local_addr().unwrap()));
    start(database, config.clone(), environment, options, listener).unwrap()
}

async fn simulate(charla: &str) -> (Simulator, String) {
    let simulator = Simulator::start(SimulatorConfig {
        webhook_url: format!("{charla}/webhooks/meta"),
        app_secret: APP_SECRET.to_owned(),
        verify_token: VERIFY_TOKEN.to_owned(),
        state_file: None,
        timing: Timing { sent: Duration::from_millis(5), delivered: Duration::from_millis(15), ..Timing::default() },
        ..SimulatorConfig::default()
    })
    .await
    .unwrap();
    let listener = listen().await;
    let url = format!("http://{}", listener.local_addr().unwrap());
    let app = simulator.router();
    tokio::spawn(async move { axum::serve(listener, app).await });
    (simulator, url)
}

/// Looks again and again until there is something, for at most twenty seconds.
pub async fn eventually<T, F: Future<Output = Option<T>>>(look: impl Fn() -> F) -> T {
    let began = std::time::Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "it did not happen within twenty seconds");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}
