//! The simulator itself: one world behind a lock, one task for what is due later, one that saves, and one for each
//! connection that carries webhooks.

use std::{
    fmt, io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use tokio::{
    runtime::Handle,
    sync::{Notify, broadcast},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    agenda::{self, Agenda},
    bulk::Bulks,
    config::{SimulatorConfig, Timing},
    control,
    customer::SandboxError,
    events::Change,
    faults::Faults,
    graph,
    ledger::Ledgers,
    limits::AllLimits,
    media::Files,
    number::{Number, TokenState},
    page, persist, webhook,
    world::World,
};

/// The largest request: a document of 100 MB in base64.
const LARGEST_BODY: usize = 140 * 1024 * 1024;

/// Why a simulator cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the webhook address {0:?} is not an http or https URL")]
    WebhookUrl(String),
    #[error("the app secret is empty: webhooks could not be signed")]
    NoSecret,
    #[error("the state file cannot be read")]
    State(#[source] io::Error),
    #[error("the HTTP client cannot be made")]
    Client(#[source] reqwest::Error),
}

/// A running simulator. Clones are the same one.
#[derive(Clone)]
pub struct Simulator {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) config: SimulatorConfig,
    /// Where webhooks go.
    pub(crate) callback: reqwest::Url,
    pub(crate) http: reqwest::Client,
    pub(crate) changes: broadcast::Sender<Change>,
    pub(crate) stop: CancellationToken,
    tasks: TaskTracker,
    /// Where tasks run, whoever calls.
    runtime: Handle,
    /// Rung when there is something to save.
    pub(crate) dirty: Notify,
    world: Mutex<World>,
    // Locks of their own, taken inside that of the world or alone, and never the other way round.
    pub(crate) limits: Mutex<AllLimits>,
    pub(crate) ledgers: Mutex<Ledgers>,
    pub(crate) timing: Mutex<Timing>,
    pub(crate) faults: Faults,
    pub(crate) agenda: Agenda,
    pub(crate) bulks: Bulks,
    pub(crate) files: Mutex<Files>,
}

/// A lock, held for moments only and never across an `await`; a panic elsewhere does not spoil what is behind it,
/// because every change is complete before the next call can fail.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator").field("config", &self.inner.config).finish_non_exhaustive()
    }
}

impl Simulator {
    /// Reads the state, and begins to deliver what waits in it.
    ///
    /// A state file that makes no sense is moved aside with a warning; one that cannot be read is an error, because
    /// going on would overwrite it.
    pub async fn start(config: SimulatorConfig) -> Result<Self, StartError> {
        if config.app_secret.is_empty() {
            return Err(StartError::NoSecret);
        }
        let (callback, http) = webhook::client(&config.webhook_url)?;
        let world = match &config.state_file {
            Some(file) => persist::read(file).await.map_err(StartError::State)?,
            None => World::default(),
        };
        let waiting = world.outbox.lanes();
        // Readers that fall this far behind are told to reload.
        let (changes, _) = broadcast::channel(1024);
        let simulator = Self {
            inner: Arc::new(Inner {
                timing: Mutex::new(config.timing),
                config,
                callback,
                http,
                changes,
                stop: CancellationToken::new(),
                tasks: TaskTracker::new(),
                runtime: Handle::current(),
                dirty: Notify::new(),
                world: Mutex::new(world),
                limits: Mutex::default(),
                ledgers: Mutex::default(),
                faults: Faults::default(),
                agenda: Agenda::new(),
                bulks: Bulks::default(),
                files: Mutex::default(),
            }),
        };
        simulator.spawn(agenda::keep(simulator.clone()));
        for phone_number_id in waiting {
            simulator.deliver(&phone_number_id);
        }
        simulator.resume_statuses();
        if simulator.inner.config.state_file.is_some() {
            simulator.spawn(persist::keep_saving(simulator.clone()));
        }
        Ok(simulator)
    }

    /// The Graph API, the sandbox controls and the page, for `axum::serve`.
    pub fn router(&self) -> axum::Router {
        axum::Router::new()
            .merge(page::routes())
            .merge(control::routes())
            .fallback(graph::answer)
            .layer(axum::extract::DefaultBodyLimit::max(LARGEST_BODY))
            .with_state(self.clone())
    }

    /// Ends deliveries and event streams, and saves. Webhooks that have not arrived are in the state file.
    pub async fn shutdown(&self) {
        self.inner.stop.cancel();
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
        persist::save(self).await;
    }

    /// Registers a business number, or renames the one the key has. The same key (and app secret) always gives the same
    /// ids and token.
    pub fn register_number(&self, key: &str, display_name: &str) -> Number {
        let number = self.world().register(&self.inner.config.app_secret, key, display_name);
        self.tell(Change::Number { phone_number_id: number.phone_number_id.clone() });
        Arc::unwrap_or_clone(number)
    }

    /// Makes the token of a number good or bad.
    pub fn set_token(&self, number: &str, state: TokenState) -> Result<(), SandboxError> {
        {
            let mut world = self.world();
            let unknown = || SandboxError::UnknownNumber(number.to_owned());
            let key = world.number_named(Some(number)).ok_or_else(unknown)?.key.clone();
            if let Some(number) = world.number_mut(&key) {
                number.token = state;
            }
        }
        self.inner.dirty.notify_one();
        Ok(())
    }

    /// The phone number id of a number by id, key or telephone number.
    pub(crate) fn number_id(&self, name: &str) -> Result<String, SandboxError> {
        let world = self.world();
        let number = world.number_named(Some(name)).ok_or_else(|| SandboxError::UnknownNumber(name.to_owned()))?;
        Ok(number.phone_number_id.clone())
    }

    /// The world, locked.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.inner.world)
    }

    /// The one clock.
    #[expect(clippy::unused_self, reason = "the clock belongs to the simulator, whose time may be moved one day")]
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Starts a task that `shutdown` waits for.
    pub(crate) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.inner.tasks.spawn_on(task, &self.inner.runtime);
    }

    /// Whether a page is open, so that it is worth the while to say what changes.
    pub(crate) fn is_watched(&self) -> bool {
        self.inner.changes.receiver_count() > 0
    }

    /// Tells the pages, and has the change saved.
    pub(crate) fn tell(&self, change: Change) {
        self.inner.dirty.notify_one();
        // Nobody may be listening, which is not an error.
        let _ = self.inner.changes.send(change);
    }
}
