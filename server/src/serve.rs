//! `charla serve`: puts the host together, runs it, and stops it without losing what was begun.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use ::http::HeaderValue;
use anyhow::Context;
use charla_core::{Config, Core, Database, Environment, events::PostgresBus, work};
use charla_meta::graph::ReqwestTransport;
use secrecy::SecretString;
use tokio::{net::TcpListener, time::timeout};
use tokio_util::sync::CancellationToken;

use crate::{
    connections,
    http::{self, Host, MostReaders, Rates},
    settings::{Resolved, ServeSettings},
};

/// Longest wait for Meta's answer to a request; less than a job's time limit.
const GRAPH_TIMEOUT: Duration = Duration::from_secs(40);
/// Longest wait for live readers to take their leave.
const FAREWELL: Duration = Duration::from_secs(3);
/// Longest wait for the database when its connections are closed: it may be what fails.
const CLOSING: Duration = Duration::from_secs(5);
/// How often what was measured is added up, so that it takes no more memory while nobody asks.
const ADD_UP_EVERY: Duration = Duration::from_secs(5);

/// How the host presents itself, beside core's settings.
#[derive(Debug, Clone)]
pub struct HostOptions {
    /// The folder with the built site.
    pub site_root: PathBuf,
    /// Where it listens; pages name it nowhere.
    pub addr: SocketAddr,
    /// Secure cookies, HSTS, no development pages.
    pub production: bool,
    /// Believe X-Forwarded-For.
    pub behind_proxy: bool,
    /// What `/metrics` is read with; without one it is closed in production, and otherwise for the machine itself.
    pub metrics_token: Option<SecretString>,
    /// How much one caller may ask for.
    pub rates: Rates,
    /// Whose pages may call `/api/*`.
    pub cors_origins: Vec<HeaderValue>,
    /// Most HTTP connections at a time.
    pub connections: usize,
    /// Most live readers at a time.
    pub readers: MostReaders,
    /// How long it goes on taking connections after it was told to stop, saying at `/health/ready` that it will.
    pub drain: Duration,
}

impl HostOptions {
    /// For one's own machine: nothing is limited, nothing is closed, it stops at once.
    #[must_use]
    pub fn development(site_root: PathBuf, addr: SocketAddr) -> Self {
        Self {
            site_root,
            addr,
            production: false,
            behind_proxy: false,
            metrics_token: None,
            rates: Rates::OFF,
            cors_origins: Vec::new(),
            connections: 10_000,
            readers: MostReaders::OFF,
            drain: Duration::ZERO,
        }
    }
}

/// A host that runs: for the command and for tests.
#[derive(Debug)]
pub struct Running {
    /// The product it serves.
    pub core: Core,
    /// Where it listens.
    pub addr: SocketAddr,
    draining: CancellationToken,
    drain: Duration,
    stop: CancellationToken,
    done: tokio::task::JoinHandle<()>,
}

impl Running {
    /// Says that it is about to stop and waits for the balancer to notice; then takes no more requests and work, and waits
    /// for what is running.
    ///
    /// # Errors
    /// When serving had failed.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.draining.cancel();
        tokio::time::sleep(self.drain).await;
        self.stop.cancel();
        self.done.await.context("the server task ended")
    }
}

/// Starts a host on this listener.
///
/// # Errors
/// When the outgoing HTTP client cannot be made or the site cannot be read.
pub fn start(
    database: Database,
    config: Config,
    environment: Environment,
    options: HostOptions,
    listener: TcpListener,
) -> anyhow::Result<Running> {
    let addr = listener.local_addr()?;
    let stop = CancellationToken::new();
    // Before anything is counted.
    let metrics = crate::metrics::start();
    let transport = ReqwestTransport::new(GRAPH_TIMEOUT).context("the outgoing HTTP client could not be made")?;
    let bus = PostgresBus::start(&database, &environment, &stop);
    let core = Core::new(database, config, environment, Arc::new(transport), Arc::new(bus));
    let background = work::start(&core);
    let (drain, most) = (options.drain, options.connections);
    let host = Host::new(core.clone(), options, stop.clone());
    let (draining, open, sockets) = (host.draining.clone(), host.connections.clone(), host.sockets.clone());
    let app = http::router(host).app;
    if let Some(metrics) = metrics {
        let stop = stop.clone();
        tokio::spawn(async move {
            while timeout(ADD_UP_EVERY, stop.cancelled()).await.is_err() {
                metrics.run_upkeep();
            }
        });
    }
    let serving = {
        let (core, stop) = (core.clone(), stop.clone());
        tokio::spawn(async move {
            connections::serve(listener, app, most, open, stop).await;
            sockets.close();
            if timeout(FAREWELL, sockets.wait()).await.is_err() {
                tracing::warn!(sockets = sockets.len(), "live readers that did not take their leave are cut");
            }
            background.stop().await;
            if timeout(CLOSING, core.database.close()).await.is_err() {
                tracing::warn!("the database does not answer; its connections are dropped");
            }
        })
    };
    Ok(Running { core, addr, draining, drain, stop, done: serving })
}

pub(crate) async fn run(settings: ServeSettings) -> anyhow::Result<()> {
    let Resolved { config, options, warnings } = settings.resolve()?;
    for warning in &warnings {
        tracing::warn!("{warning}");
    }
    let database = Database::connect(&settings.database.url()?, settings.database_connections)?;
    if !database.is_migrated().await.context("the database cannot be reached")? {
        anyhow::bail!("the database's schema is older than this program: run `charla migrate` first");
    }
    let listener = TcpListener::bind(settings.addr)
        .await
        .with_context(|| format!("cannot listen on {}; is it in use? CHARLA_ADDR changes it", settings.addr))?;
    let public_url = config.public_url.clone();
    let running = start(database, config, Environment::default(), options, listener)?;
    tracing::info!(addr = %running.addr, %public_url, "Charla is ready");
    stop_signal().await;
    tracing::info!("stopping: requests and jobs that run are finished first; a second signal ends them");
    tokio::select! {
        stopped = running.stop() => stopped,
        () = stop_signal() => {
            tracing::warn!("a second signal: ending at once");
            // Returning would wait for threads that are busy.
            std::process::exit(1)
        }
    }
}

/// Ends with the first SIGTERM or SIGINT.
pub(crate) async fn stop_signal() {
    let interrupt = async {
        // Without a handler the default action ends the process, which is what was asked for.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}
