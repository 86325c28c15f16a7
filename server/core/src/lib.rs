//! The product's rules, cut by feature; each feature folder holds its rules and its SQL.
//!
//! [`Core`] is what the host, the workers and the tests hold. A request becomes an [`Actor`] by proving who asks
//! ([`accounts::authenticate`], [`workspaces::enter`]); only an actor can begin a transaction on tenant data, and that
//! transaction sees one workspace. Work that serves all workspaces (ingest, dispatch) begins as the worker and names
//! the workspace it is busy with.

pub mod accounts;
mod actor;
pub mod audit;
pub mod backlog;
pub mod channels;
mod config;
pub mod contacts;
mod database;
mod environment;
mod error;
pub mod events;
pub mod inbox;
pub mod invites;
pub mod jobs;
pub mod members;
pub mod seal;
pub mod search;
mod sending;
pub mod webhooks;
pub mod work;
pub mod workspaces;

use std::sync::{Arc, atomic::AtomicBool};

use charla_meta::graph::HttpTransport;

pub use accounts::SignedIn;
pub use actor::{Actor, RequestInfo, Who};
pub use config::{Config, SessionLimits, SimulatorAt};
pub use database::{Database, DatabaseError, MIGRATOR, Tx};
pub use environment::{Clock, Environment, Random, SystemClock, SystemRandom};
pub use error::Failure;

/// The product: its database, its settings and its edges to the world. Cheap to clone.
#[derive(Clone)]
pub struct Core {
    /// Where everything is.
    pub database: Database,
    /// The settings of this process.
    pub config: Arc<Config>,
    /// Clock and randomness.
    pub environment: Environment,
    /// Outgoing HTTP.
    pub http: Arc<dyn HttpTransport>,
    /// What is told between processes, and within this one.
    pub bus: Arc<dyn events::Bus>,
    /// The live readers of this process.
    pub hub: events::Hub,
    ingest: webhooks::Ingest,
    sealer: Arc<seal::Sealer>,
    hasher: accounts::Hasher,
    apps: Arc<channels::AppCache>,
    claimed: Arc<AtomicBool>,
}

impl std::fmt::Debug for Core {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Core").finish_non_exhaustive()
    }
}

impl Core {
    /// Puts the product together. Nothing runs yet: [`work::start`] starts the background work.
    #[must_use]
    pub fn new(
        database: Database,
        config: Config,
        environment: Environment,
        http: Arc<dyn HttpTransport>,
        bus: Arc<dyn events::Bus>,
    ) -> Self {
        let sealer = Arc::new(seal::Sealer::new(&config.secret_key));
        Self {
            database,
            config: Arc::new(config),
            environment,
            http,
            bus,
            hub: events::Hub::default(),
            ingest: webhooks::Ingest::default(),
            sealer,
            hasher: accounts::Hasher::default(),
            apps: Arc::default(),
            claimed: Arc::default(),
        }
    }
}
