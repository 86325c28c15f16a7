//! The live readers of one process.
//!
//! One task ([`pump`]) reads new events for all of them and hands each to the readers of its workspace. Before it does,
//! it makes sure, at most a second old, that the reader's session and membership still stand and what the role may see.
//! A reader that does not keep up is let go: it comes back with its cursor and misses nothing.
//!
//! What is handed out is one frame per workspace and round, written once for all its readers; rounds come further apart
//! the more readers they reach, so that a thousand open browsers cost ingest little (gate P14).

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;
use charla_shared::{
    event::{Event, EventCursor, ServerFrame},
    id::{SessionId, WorkspaceId},
    permission::{Permission, Role},
};
use jiff_sqlx::ToSqlx;
use tokio::sync::{broadcast::error::RecvError, mpsc};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Topic, log};
use crate::{Actor, Core, Failure, Who};

/// Frames a reader may be behind before it is let go.
const QUEUE: usize = 64;
/// Least time between two rounds, and how much longer for each frame of the last one.
const ROUND: Duration = Duration::from_millis(15);
const ROUND_PER_FRAME: Duration = Duration::from_micros(100);
const ROUND_MAX: Duration = Duration::from_millis(250);
/// When the readers of a workspace would be told more than this at once (events times readers), they are asked to load
/// anew, at most once in [`RELOAD_EVERY`].
const FLOOD: usize = 20_000;
const RELOAD_EVERY: Duration = Duration::from_secs(1);
/// How old the knowledge of a reader's rights may be when something is handed to it.
const RIGHTS_AGE: Duration = Duration::from_secs(1);
/// How often readers without news are checked.
const IDLE_CHECK: Duration = Duration::from_secs(15);
const POLL: Duration = Duration::from_secs(1);
const UNSETTLED_POLL: Duration = Duration::from_millis(5);
const BATCH: i64 = 1_000;

/// What a reader gets.
#[derive(Debug, Clone)]
pub enum Delivered {
    /// Events it may see, in order.
    Events(Arc<Batch>),
    /// More has happened than can be told: it is to load anew, from here on.
    Reload(EventCursor),
    /// Its role is another one.
    Rights,
    /// Its session or membership has ended.
    Closed,
}

/// Events of one workspace that are handed out together.
#[derive(Debug)]
pub struct Batch {
    /// Them.
    pub events: Vec<Event>,
    /// The frame that tells them, as JSON text.
    pub text: Bytes,
}

impl Batch {
    fn new(events: Vec<Event>) -> Option<Self> {
        if events.is_empty() {
            return None;
        }
        let frame = ServerFrame::Events { events };
        let text = serde_json::to_string(&frame).ok()?.into();
        let ServerFrame::Events { events } = frame else { return None };
        Some(Self { events, text })
    }
}

#[derive(Debug)]
struct Reader {
    session: SessionId,
    role: Role,
    queue: mpsc::Sender<Delivered>,
}

#[derive(Debug)]
struct Room {
    readers: Vec<Reader>,
    checked: Instant,
    /// Until then nothing is told: a flood ends with one more word to load anew.
    flooded: Option<Instant>,
}

#[derive(Debug, Default)]
struct State {
    rooms: HashMap<WorkspaceId, Room>,
    /// None until it is known where the log stands.
    head: Option<EventCursor>,
}

impl Room {
    /// Gives each reader what is for it.
    fn hand(&mut self, what: impl Fn(&Reader) -> Option<Delivered>) {
        self.readers.retain(|reader| match what(reader) {
            // Full or gone: either way it is no reader any more; the socket closes when its queue ends.
            Some(delivered) => reader.queue.try_send(delivered).is_ok(),
            None => true,
        });
    }

    fn tell(&mut self, events: Vec<Event>) {
        let Some(last) = events.last().map(|event| event.cursor) else { return };
        if self.flooded.is_some() {
            return;
        }
        if events.len() * self.readers.len() > FLOOD {
            self.flooded = Some(Instant::now() + RELOAD_EVERY);
            return self.hand(|_| Some(Delivered::Reload(last)));
        }
        let all = Batch::new(news_only(events)).map(Arc::new);
        let Some(all) = all else { return };
        let others = || all.events.iter().filter(|event| event.happening.conversation().is_none()).cloned().collect();
        let restricted = std::cell::OnceCell::new();
        self.hand(|reader| {
            let batch = if reader.role.permissions().allows(Permission::ConversationsViewAll) {
                Some(&all)
            } else {
                restricted.get_or_init(|| Batch::new(others()).map(Arc::new)).as_ref()
            };
            batch.map(|batch| Delivered::Events(Arc::clone(batch)))
        });
    }
}

/// Events without those that a later one repeats.
fn news_only(events: Vec<Event>) -> Vec<Event> {
    let mut seen = HashSet::new();
    let mut kept: Vec<Event> = events.into_iter().rev().filter(|event| seen.insert(event.happening.clone())).collect();
    kept.reverse();
    kept
}

/// The live readers. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Hub(Arc<Mutex<State>>);

/// A live reader's end. Dropping it leaves the hub.
#[derive(Debug)]
pub struct Subscription {
    /// What comes after [`Subscription::head`]. Ends when the reader was too slow.
    pub queue: mpsc::Receiver<Delivered>,
    /// Where the hub stood when the reader came: everything up to here is in the log, everything later in the queue.
    pub head: EventCursor,
}

impl Hub {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while holding it; were it so, the map would still be whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a live reader for a member. Gives nothing for other actors, nor before the hub knows where the log stands: a
    /// reader that came then would miss what lies between its cursor and there.
    #[must_use]
    pub fn subscribe(&self, actor: &Actor) -> Option<Subscription> {
        let Who::Member { session, role, .. } = actor.who else { return None };
        let (sender, queue) = mpsc::channel(QUEUE);
        let mut state = self.state();
        let head = state.head?;
        let room = state.rooms.entry(actor.workspace).or_insert_with(|| Room {
            readers: Vec::new(),
            checked: Instant::now(),
            flooded: None,
        });
        room.readers.push(Reader { session, role, queue: sender });
        Some(Subscription { queue, head })
    }

    /// Where the hub stands.
    fn head(&self) -> EventCursor {
        self.state().head.unwrap_or_default()
    }

    /// Where the readers of a workspace stand; none while they are flooded and have not been told everything.
    #[must_use]
    pub fn told(&self, workspace: WorkspaceId) -> Option<EventCursor> {
        let state = self.state();
        let flooded = state.rooms.get(&workspace).is_some_and(|room| room.flooded.is_some());
        state.head.filter(|_| !flooded)
    }

    /// How many live readers there are.
    #[must_use]
    pub fn readers(&self) -> usize {
        self.state().rooms.values().map(|room| room.readers.iter().filter(|r| !r.queue.is_closed()).count()).sum()
    }

    /// Hands events out; gives how many frames that made.
    fn deliver(&self, events: Vec<log::Logged>) -> usize {
        let mut state = self.state();
        let mut rooms: HashMap<WorkspaceId, Vec<Event>> = HashMap::new();
        for logged in events {
            state.head = Some(logged.cursor);
            if let Some(happening) = logged.happening
                && state.rooms.contains_key(&logged.workspace)
            {
                rooms.entry(logged.workspace).or_default().push(Event { cursor: logged.cursor, happening });
            }
        }
        let mut frames = 0;
        for (workspace, events) in rooms {
            let Some(room) = state.rooms.get_mut(&workspace) else { continue };
            frames += room.readers.len();
            room.tell(events);
        }
        frames
    }

    /// Goes back to where the log stands, should that be before: a database that was restored, or lost its last transactions
    /// when another took over, has begun to count from there again. Readers load anew.
    async fn go_back(&self, core: &Core) -> Result<(), Failure> {
        let mut tx = core.database.worker().await?;
        let now = log::now_cursor(&mut tx).await?;
        drop(tx);
        let mut state = self.state();
        if state.head.is_some_and(|head| head > now) {
            tracing::warn!("the log of events stands before where it was read to: the database is another one");
            state.head = Some(now);
            for room in state.rooms.values_mut() {
                room.hand(|_| Some(Delivered::Reload(now)));
            }
        }
        Ok(())
    }

    /// Ends floods whose time is over: what was not told meanwhile is loaded.
    fn ebb(&self) {
        let mut state = self.state();
        let Some(head) = state.head else { return };
        for room in state.rooms.values_mut() {
            if room.flooded.is_some_and(|until| until <= Instant::now()) {
                room.flooded = None;
                room.hand(|_| Some(Delivered::Reload(head)));
            }
        }
    }

    /// Workspaces among `of` (or all) whose rights are older than `age`, with their readers' sessions.
    fn stale(&self, of: Option<&[WorkspaceId]>, age: Duration) -> Vec<(WorkspaceId, Vec<Uuid>)> {
        let mut state = self.state();
        state.rooms.retain(|_, room| {
            room.readers.retain(|reader| !reader.queue.is_closed());
            !room.readers.is_empty()
        });
        state
            .rooms
            .iter()
            .filter(|(workspace, room)| of.is_none_or(|of| of.contains(workspace)) && room.checked.elapsed() >= age)
            .map(|(workspace, room)| (*workspace, room.readers.iter().map(|r| r.session.into()).collect()))
            .collect()
    }

    /// Takes the present rights: readers missing in them are closed, those whose role is another one are told.
    fn confirm(&self, workspace: WorkspaceId, asked: &[Uuid], valid: &HashMap<Uuid, Role>) {
        let mut state = self.state();
        let Some(room) = state.rooms.get_mut(&workspace) else { return };
        room.checked = Instant::now();
        room.readers.retain_mut(|reader| {
            let session = Uuid::from(reader.session);
            match valid.get(&session) {
                Some(role) if *role == reader.role => true,
                Some(role) => {
                    reader.role = *role;
                    // Full: it is let go as any reader that is too slow, and asks when it comes back.
                    reader.queue.try_send(Delivered::Rights).is_ok()
                }
                // Came after the question was asked; the next round knows it.
                None if !asked.contains(&session) => true,
                None => {
                    let _ = reader.queue.try_send(Delivered::Closed);
                    false
                }
            }
        });
    }

    async fn recheck(&self, core: &Core, of: Option<&[WorkspaceId]>, age: Duration) -> Result<(), Failure> {
        let stale = self.stale(of, age);
        if stale.is_empty() {
            return Ok(());
        }
        let pairs =
            stale.iter().flat_map(|(workspace, sessions)| sessions.iter().map(|s| (Uuid::from(*workspace), *s)));
        let (workspaces, sessions): (Vec<Uuid>, Vec<Uuid>) = pairs.unzip();
        let now = core.environment.now();
        let idle_since = now.checked_sub(core.config.sessions.idle).unwrap_or(now);
        let mut tx = core.database.worker().await?;
        let rows = sqlx::query!(
            "SELECT s.id, m.workspace_id, m.role
             FROM unnest($1::uuid[], $2::uuid[]) AS asked (workspace_id, session_id)
             JOIN sessions s ON s.id = asked.session_id
             JOIN members m ON m.workspace_id = asked.workspace_id AND m.user_id = s.user_id
             WHERE s.expires_at > $3 AND s.last_seen_at > $4",
            &workspaces,
            &sessions,
            now.to_sqlx() as _,
            idle_since.to_sqlx() as _
        )
        .fetch_all(&mut *tx)
        .await?;
        drop(tx);
        let mut valid: HashMap<WorkspaceId, HashMap<Uuid, Role>> = HashMap::new();
        for row in rows {
            if let Ok(role) = row.role.parse() {
                valid.entry(row.workspace_id.into()).or_default().insert(row.id, role);
            }
        }
        for (workspace, sessions) in stale {
            self.confirm(workspace, &sessions, valid.get(&workspace).unwrap_or(&HashMap::new()));
        }
        Ok(())
    }

    /// Reads and hands out what is new. Gives whether something is committed that cannot be shown yet, and how many
    /// frames were made.
    async fn advance(&self, core: &Core) -> Result<(bool, usize), Failure> {
        let mut frames = 0;
        loop {
            let mut tx = core.database.worker().await?;
            let mut events = log::next(&mut tx, self.head(), BATCH).await?;
            drop(tx);
            let full = i64::try_from(events.len()).is_ok_and(|n| n == BATCH);
            let settled = events.iter().take_while(|event| event.settled).count();
            let waiting = settled < events.len();
            events.truncate(settled);
            if !events.is_empty() {
                let mut touched: Vec<_> = events.iter().map(|event| event.workspace).collect();
                touched.sort_unstable();
                touched.dedup();
                self.recheck(core, Some(&touched), RIGHTS_AGE).await?;
                frames += self.deliver(events);
            }
            if !full || waiting {
                return Ok((waiting, frames));
            }
        }
    }

    async fn begin(&self, core: &Core) -> Result<(), Failure> {
        let mut tx = core.database.worker().await?;
        let head = log::now_cursor(&mut tx).await?;
        self.state().head = Some(head);
        Ok(())
    }
}

/// Serves the hub until the token ends it: at each ring, and once a second in case one was missed.
pub(crate) async fn pump(core: Core, stop: CancellationToken) {
    let hub = core.hub.clone();
    let mut bell = core.bus.listen();
    while let Err(error) = hub.begin(&core).await {
        tracing::warn!(%error, "the realtime hub waits for the database");
        tokio::select! { () = stop.cancelled() => return, () = tokio::time::sleep(POLL) => {} }
    }
    let mut idle_check = tokio::time::interval(IDLE_CHECK);
    let mut wait = POLL;
    let (mut last, mut pause, mut failed) = (Instant::now(), ROUND, false);
    loop {
        // After a failure the database may be another one.
        let (mut everyone, mut idle) = (None, std::mem::take(&mut failed));
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(wait) => {}
            _ = idle_check.tick() => (everyone, idle) = (Some(IDLE_CHECK / 2), true),
            rung = bell.recv() => match rung {
                Ok(Topic::Rights) => everyone = Some(Duration::ZERO),
                // Among the rings that were missed may be one about rights.
                Err(RecvError::Lagged(_)) => everyone = Some(RIGHTS_AGE),
                Ok(Topic::Events) => {}
                Ok(Topic::Jobs | Topic::Deliveries | Topic::Outbox) => continue,
                Err(RecvError::Closed) => return,
            },
        }
        // Rings that come while the last round is young are answered together.
        tokio::time::sleep(pause.saturating_sub(last.elapsed())).await;
        last = Instant::now();
        let outcome = async {
            if let Some(age) = everyone {
                hub.recheck(&core, None, age).await?;
            }
            if idle {
                hub.go_back(&core).await?;
            }
            hub.ebb();
            hub.advance(&core).await
        }
        .await;
        wait = match outcome {
            Ok((waiting, frames)) => {
                pause = (ROUND + ROUND_PER_FRAME * u32::try_from(frames).unwrap_or(u32::MAX)).min(ROUND_MAX);
                if waiting { UNSETTLED_POLL } else { POLL }
            }
            Err(error) => {
                tracing::warn!(%error, "the realtime hub could not read");
                failed = true;
                POLL
            }
        };
    }
}
