//! P5: from a customer's webhook to the frame on a member's socket, at 100 a second; against one INSERT committed and 256
//! bytes written to a bare loopback socket. Also the watcher that other gates use.

use std::{cell::RefCell, collections::HashMap, rc::Rc, time::Duration};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep},
};
use uuid::Uuid;

use crate::{
    Setting, baseline,
    compare::{Contest, compare},
    figures::{Times, median},
    installation::Installation,
    load,
    report::{Bounds, Row},
    socket,
    tenant::Tenant,
    traffic::{self, Update},
};

/// Messages a second.
const PACE: u32 = 100;
const PHONES: u64 = 500;
/// How long a message may take to be shown before it counts as never shown.
const LIMIT: Duration = Duration::from_mins(2);

#[derive(Debug, Default)]
struct Seen {
    /// Messages, and when their frame had come.
    messages: HashMap<Uuid, Instant>,
    last: Option<Instant>,
    /// Why the stream ended, if it did.
    ended: Option<String>,
}

/// A member's browser, as far as it looks at the stream. Dropping it closes the socket.
#[derive(Debug)]
pub(crate) struct Watcher {
    seen: Rc<RefCell<Seen>>,
    task: JoinHandle<()>,
}

impl Watcher {
    pub(crate) async fn open(installation: &Installation<'_>, tenant: &Tenant) -> Result<Self> {
        let cursor = installation.cursor().await?;
        let mut socket = socket::live(installation.app, tenant, &cursor).await?;
        let seen = Rc::new(RefCell::new(Seen::default()));
        let noted = Rc::clone(&seen);
        let task = tokio::task::spawn_local(async move {
            loop {
                let (text, at) = match socket.next().await {
                    Ok(next) => next,
                    Err(error) => return noted.borrow_mut().ended = Some(error.to_string()),
                };
                let Ok(frame) = serde_json::from_str::<Value>(&text) else { continue };
                let mut seen = noted.borrow_mut();
                if frame["frame"] == "reload" {
                    seen.ended = Some("the reader was told to load anew".to_owned());
                }
                for event in frame["events"].as_array().map_or(&[][..], Vec::as_slice) {
                    seen.last = Some(at);
                    if event["kind"] == "message_created"
                        && let Some(id) = event["message"].as_str().and_then(|id| id.parse().ok())
                    {
                        seen.messages.entry(id).or_insert(at);
                    }
                }
            }
        });
        Ok(Self { seen, task })
    }

    /// When the latest frame came.
    pub(crate) fn last(&self) -> Option<Instant> {
        self.seen.borrow().last
    }

    /// How long each message took from when it was due until its frame had come; waits for those that are on their way.
    pub(crate) async fn times(
        &self,
        installation: &Installation<'_>,
        tenant: &Tenant,
        updates: &[Update],
        due: &[Instant],
    ) -> Result<Times> {
        let due: HashMap<&str, Instant> =
            updates.iter().zip(due).filter(|(update, _)| update.is_message()).map(|(u, at)| (u.id(), *at)).collect();
        let ids: Vec<&str> = due.keys().copied().collect();
        let until = Instant::now() + LIMIT;
        loop {
            let stored: Vec<(Uuid, String)> = sqlx::query_as(
                "SELECT id, external_id FROM messages WHERE workspace_id = $1 AND channel_id = $2 AND external_id = ANY($3)",
            )
            .bind(tenant.workspace)
            .bind(tenant.channel)
            .bind(&ids)
            .fetch_all(&installation.sql)
            .await?;
            let (times, ended) = self.known(&stored, &due);
            if times.len() == due.len() {
                return Ok(times);
            }
            let shown = times.len();
            if let Some(reason) = ended {
                anyhow::bail!("the watcher's stream ended after {shown} of {} messages: {reason}", due.len());
            }
            ensure!(Instant::now() < until, "{shown} of {} messages were shown within {LIMIT:?}", due.len());
            sleep(Duration::from_millis(50)).await;
        }
    }
}

impl Watcher {
    /// The times of those that have been shown, and why the stream ended, if it did.
    fn known(&self, stored: &[(Uuid, String)], due: &HashMap<&str, Instant>) -> (Times, Option<String>) {
        let seen = self.seen.borrow();
        let mut times = Times::default();
        for (id, external_id) in stored {
            if let (Some(at), Some(due)) = (seen.messages.get(id), due.get(external_id.as_str())) {
                times.add(at.saturating_duration_since(*due));
            }
        }
        (times, seen.ended.clone())
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Posts messages to a tenant at a pace and gives how long each took until a member saw it.
pub(crate) async fn paced(
    installation: &Installation<'_>,
    tenant: &Tenant,
    tag: &str,
    per_second: u32,
    seconds: u32,
) -> Result<Times> {
    let watcher = Watcher::open(installation, tenant).await?;
    let messages = traffic::messages(tag, usize::try_from(per_second * seconds)?, PHONES);
    let requests = Rc::new(traffic::posts(installation.app, &tenant.number, &messages));
    let met = load::pace(installation.app, 16, &requests, per_second).await?;
    met.ensure_all(messages.len())?;
    watcher.times(installation, tenant, &messages, &met.due).await.context("what a member saw")
}

struct Visible<'a> {
    installation: Installation<'a>,
    body: String,
    seconds: u32,
}

impl Contest for Visible<'_> {
    async fn ours(&mut self) -> Result<f64> {
        let (tag, tenant) = (self.installation.next_tag(), self.installation.tenant.clone());
        Ok(paced(&self.installation, &tenant, &tag, PACE, self.seconds).await?.p99())
    }

    async fn baseline(&mut self) -> Result<f64> {
        let times = baseline::commit_and_write(&self.installation, &self.body, PACE, PACE * self.seconds).await?;
        Ok(times.p99())
    }
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    let installation = Installation::start(setting, "p5").await?;
    baseline::prepare(&installation.sql).await?;
    let body = baseline::sample_body(&installation);
    let mut contest = Visible { installation, body, seconds: setting.form(3, 20) };
    let pairs = compare(&mut contest).await?;
    let ours = median(&pairs.ours);
    let what = "webhook to a frame on a member's socket at 100/s, p99";
    let row = Row::of_pairs("P5", what, "ms", &pairs, Bounds::at_most(20.0, 8.0));
    Ok(vec![row.and_at_most("ms", ours, None, 100.0)])
}
