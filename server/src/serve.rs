//! `charla serve`: puts the host together, runs it, and stops it without losing what was begun.

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context;
use charla_core::{Config, Core, Database, Environment, events::PostgresBus, work};
use charla_meta::graph::ReqwestTransport;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    http::{self, Host},
    settings::ServeSettings,
};

/// Longest wait for Meta's answer to a request; less than a job's time limit.
const GRAPH_TIMEOUT: Duration = Duration::from_secs(30);
/// How long requests that run may go on after a signal to stop.
const GRACE: Duration = Duration::from_secs(8);

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
}

/// A host that runs: for the command and for tests.
#[derive(Debug)]
pub struct Running {
    /// The product it serves.
    pub core: Core,
    /// Where it listens.
    pub addr: SocketAddr,
    stop: CancellationToken,
    done: tokio::task::JoinHandle<anyhow::Result<()>>,
}

impl Running {
    /// Stops taking requests and work, and waits for what is running.
    ///
    /// # Errors
    /// When serving had failed.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.cancel();
        self.done.await.context("the server task ended")?
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
    let transport = ReqwestTransport::new(GRAPH_TIMEOUT).context("the outgoing HTTP client could not be made")?;
    let bus = PostgresBus::start(&database, &environment, &stop);
    let core = Core::new(database, config, environment, Arc::new(transport), Arc::new(bus));
    let background = work::start(&core);
    let host = Host::new(core.clone(), options, stop.clone());
    let app = http::router(host).app;
    let serving = {
        let (core, stop) = (core.clone(), stop.clone());
        tokio::spawn(async move {
            let service = app.into_make_service_with_connect_info::<SocketAddr>();
            let server = axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
            let served = tokio::select! {
                served = server.into_future() => served.context("serving failed"),
                () = async { stop.cancelled().await; tokio::time::sleep(GRACE).await } => Ok(()),
            };
            background.stop().await;
            core.database.close().await;
            served
        })
    };
    Ok(Running { core, addr, stop, done: serving })
}

pub(crate) async fn run(settings: ServeSettings) -> anyhow::Result<()> {
    let resolved = settings.resolve()?;
    for warning in &resolved.warnings {
        tracing::warn!("{warning}");
    }
    let database = Database::connect(&settings.database.url()?, settings.database_connections)?;
    if !database.is_migrated().await.context("the database cannot be reached")? {
        anyhow::bail!("the database's schema is older than this program: run `charla migrate` first");
    }
    let listener = TcpListener::bind(settings.addr)
        .await
        .with_context(|| format!("cannot listen on {}; is it in use? CHARLA_ADDR changes it", settings.addr))?;
    let options = HostOptions {
        site_root: settings.site_root,
        addr: settings.addr,
        production: settings.production,
        behind_proxy: settings.behind_proxy,
    };
    let public_url = resolved.config.public_url.clone();
    let running = start(database, resolved.config, Environment::default(), options, listener)?;
    tracing::info!(addr = %running.addr, %public_url, "Charla is ready");
    stop_signal().await;
    tracing::info!("stopping: requests and jobs that run are finished first");
    running.stop().await
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
