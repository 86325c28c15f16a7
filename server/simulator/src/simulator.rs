//! The simulator itself: one world behind a lock, one task per number that delivers its webhooks, one that saves.

use std::{
    collections::HashMap,
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
    config::SimulatorConfig, control, events::Change, graph, number::Number, page, persist, webhook, world::World,
};

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
    /// Rung when a webhook waits, by phone number id; a number that has a bell has a task that listens to it.
    bells: Mutex<HashMap<String, Arc<Notify>>>,
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
        let numbers: Vec<String> = world.numbers.values().map(|number| number.phone_number_id.clone()).collect();
        // Readers that fall this far behind are told to reload.
        let (changes, _) = broadcast::channel(1024);
        let simulator = Self {
            inner: Arc::new(Inner {
                config,
                callback,
                http,
                changes,
                stop: CancellationToken::new(),
                tasks: TaskTracker::new(),
                runtime: Handle::current(),
                dirty: Notify::new(),
                world: Mutex::new(world),
                bells: Mutex::default(),
            }),
        };
        for phone_number_id in numbers {
            simulator.ring(&phone_number_id);
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
        let number = {
            let mut world = self.world();
            let latest = world.numbers.values().map(|number| number.registered).max().unwrap_or(0);
            let number = world
                .numbers
                .entry(key.to_owned())
                .or_insert_with(|| Number::of_key(&self.inner.config.app_secret, key, display_name));
            display_name.clone_into(&mut number.verified_name);
            number.registered = latest + 1;
            number.clone()
        };
        self.ring(&number.phone_number_id);
        self.tell(Change::Number { phone_number_id: number.phone_number_id.clone() });
        number
    }

    /// The world, locked. Held for moments only and never across an `await`; a panic elsewhere does not spoil it,
    /// because every change is complete before the next call can fail.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.inner.world.lock().unwrap_or_else(PoisonError::into_inner)
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

    /// Tells the pages, and has the change saved.
    pub(crate) fn tell(&self, change: Change) {
        self.inner.dirty.notify_one();
        // Nobody may be listening, which is not an error.
        let _ = self.inner.changes.send(change);
    }

    /// Wakes the delivery task of a number, which begins its life at the first call.
    pub(crate) fn ring(&self, phone_number_id: &str) {
        let mut bells = self.inner.bells.lock().unwrap_or_else(PoisonError::into_inner);
        let bell = bells.entry(phone_number_id.to_owned()).or_insert_with(|| {
            let bell = Arc::new(Notify::new());
            self.spawn(webhook::deliver(self.clone(), phone_number_id.to_owned(), Arc::clone(&bell)));
            bell
        });
        bell.notify_one();
    }
}
