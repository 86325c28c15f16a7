//! The doorbell between processes. It carries no data: it only says that there is something new to read of a topic, so
//! it may be coalesced, doubled or lost without harm (every listener also looks by itself from time to time).

use tokio::sync::broadcast::{self, error::RecvError};

/// What there is news of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// New rows in the log of events.
    Events,
    /// New or due jobs.
    Jobs,
    /// Deliveries that wait to be processed.
    Deliveries,
    /// Messages that wait to be sent, or a channel that may send again.
    Outbox,
    /// A session ended or a role changed: live readers must be checked at once.
    Rights,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 5] = [Self::Events, Self::Jobs, Self::Deliveries, Self::Outbox, Self::Rights];

    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Jobs => "jobs",
            Self::Deliveries => "deliveries",
            Self::Outbox => "outbox",
            Self::Rights => "rights",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }
}

/// Rings and hears doorbells, in this process and in the others of the installation.
pub trait Bus: Send + Sync {
    /// There is news of the topic. Never blocks, never fails: a bell that cannot be rung elsewhere is made up for by
    /// the others looking by themselves.
    fn ring(&self, topic: Topic);

    /// Hears every ring from now on. A receiver that lags has been rung.
    fn listen(&self) -> broadcast::Receiver<Topic>;
}

/// Waits for a ring about this topic; other rings are passed over. Cancelling it loses nothing that whoever looks by
/// themselves from time to time would not find.
pub(crate) async fn rung(bell: &mut broadcast::Receiver<Topic>, about: Topic) {
    loop {
        match bell.recv().await {
            Ok(topic) if topic == about => return,
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => return,
            // The bus is gone, and with it whoever could ring.
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// A bus of one process: for tests, and the local half of the others.
#[derive(Debug, Clone)]
pub struct LocalBus(broadcast::Sender<Topic>);

impl Default for LocalBus {
    fn default() -> Self {
        Self(broadcast::channel(1024).0)
    }
}

impl Bus for LocalBus {
    fn ring(&self, topic: Topic) {
        // No listener is no error: the process may have none.
        let _ = self.0.send(topic);
    }

    fn listen(&self) -> broadcast::Receiver<Topic> {
        self.0.subscribe()
    }
}
