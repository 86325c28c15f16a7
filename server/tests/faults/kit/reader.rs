//! A live reader as the browser's own: it takes events in batches, answers pings while it reads, knows by the browser's own
//! rule where to come back, and remembers what it was told.

use std::{
    collections::HashMap,
    net::SocketAddr,
    time::{Duration, Instant, SystemTime},
};

use charla_app::realtime::resume::Resume;
use charla_shared::event::{BATCHED, Event, EventCursor, ServerFrame};
use futures::StreamExt;
use serde_json::json;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};
use tokio_util::sync::CancellationToken;

use super::{Installation, Tenant, pause};

/// An event of the log.
#[derive(Debug)]
pub struct Logged {
    pub event: Event,
    /// Seconds since 1970.
    pub at: f64,
}

/// A live reader, and what it has been told over all its sockets.
pub struct Reader {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    resume: Resume,
    /// From where on it was told everything; later than where it began if it had to load anew.
    since: EventCursor,
    /// How often it was told to load anew.
    pub reloads: usize,
    /// The events since then, each with its arrival in seconds since 1970.
    pub told: Vec<(f64, Event)>,
}

impl Reader {
    /// Opens one from this cursor on, at the program's address or that of a wire to it, and waits until it is live.
    pub async fn open(addr: SocketAddr, tenant: &Tenant, after: EventCursor) -> Self {
        let stream = connect(addr, tenant, after).await;
        let mut reader = Self { stream, resume: Resume::from(after), since: after, reloads: 0, told: Vec::new() };
        reader.becomes_live(addr, tenant).await;
        reader
    }

    /// Comes back with the cursor it has reached.
    pub async fn comes_back(&mut self, addr: SocketAddr, tenant: &Tenant) {
        self.stream = connect(addr, tenant, self.resume.cursor()).await;
        self.becomes_live(addr, tenant).await;
    }

    /// A program that has just started asks readers to come again.
    async fn becomes_live(&mut self, addr: SocketAddr, tenant: &Tenant) {
        let began = Instant::now();
        while !self.read().await {
            assert!(began.elapsed() < Duration::from_secs(10), "it does not become live");
            pause(100).await;
            self.stream = connect(addr, tenant, self.resume.cursor()).await;
        }
    }

    /// Takes the next frame. False when the stream has ended, however it did.
    pub async fn read(&mut self) -> bool {
        let text = loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => break text,
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(_) | Err(_)) | None => return false,
            }
        };
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64();
        let frame: ServerFrame = serde_json::from_str(&text).unwrap();
        self.resume.note(&frame);
        match frame {
            ServerFrame::Event(event) => self.told.push((now, event)),
            ServerFrame::Events { events } => self.told.extend(events.into_iter().map(|event| (now, event))),
            ServerFrame::Reload { cursor } => {
                self.reloads += 1;
                self.since = cursor;
                self.told.clear();
            }
            ServerFrame::Ready { .. } | ServerFrame::Heartbeat { .. } | ServerFrame::Rights => {}
            ServerFrame::Closed => panic!("nobody ended the session"),
        }
        true
    }

    /// Reads until it is told to stop or the stream ends; the socket stays open.
    pub async fn reads_until(mut self, stop: CancellationToken) -> Self {
        loop {
            tokio::select! {
                () = stop.cancelled() => return self,
                open = self.read() => if !open { return self },
            }
        }
    }

    /// Reads until nothing has come for so long.
    pub async fn reads_while_something_comes(&mut self, quiet: Duration) {
        while tokio::time::timeout(quiet, self.read()).await == Ok(true) {}
    }

    /// Reads until it has come to this place, or the stream ends.
    pub async fn reads_up_to(&mut self, place: EventCursor) {
        while self.resume.cursor() < place && self.read().await {}
    }

    /// Of all that was logged since it was last told to load anew it was told each event once, in order. Of events that
    /// say the same the last is enough: an earlier one that came with it is left out.
    pub fn was_told_everything(&self, log: &[Logged]) {
        for two in self.told.windows(2) {
            assert!(two[0].1.cursor < two[1].1.cursor, "out of order or twice: {two:?}");
        }
        let mut told = self.told.iter().map(|(_, event)| event).peekable();
        let mut left_out = Vec::new();
        let mut last = HashMap::new();
        for Logged { event, .. } in log.iter().filter(|logged| logged.event.cursor > self.since) {
            last.insert(&event.happening, event.cursor);
            if told.next_if(|next| *next == event).is_none() {
                left_out.push(event);
            }
        }
        let first = told.next();
        assert!(first.is_none(), "told what was not logged then: {first:?}");
        left_out.retain(|event| last[&event.happening] == event.cursor);
        assert!(left_out.is_empty(), "{} of {} were not told: {:?}", left_out.len(), log.len(), left_out.first());
    }
}

async fn connect(addr: SocketAddr, tenant: &Tenant, after: EventCursor) -> WebSocketStream<MaybeTlsStream<TcpStream>> {
    let url = format!("ws://{addr}/ws?workspace={}&after={after}&{BATCHED}", tenant.workspace);
    let mut request = url.into_client_request().unwrap();
    request.headers_mut().insert("cookie", tenant.browser.cookie().parse().unwrap());
    request.headers_mut().insert("origin", format!("http://{addr}").parse().unwrap());
    connect_async(request).await.unwrap().0
}

impl Installation {
    /// Where a page that is loaded now begins to listen.
    pub async fn cursor(&self, tenant: &Tenant) -> EventCursor {
        let page = tenant.browser.call("inbox/conversations", &json!({ "workspace": tenant.workspace })).await.ok();
        page["cursor"].as_str().unwrap().parse().unwrap()
    }

    /// The events of a workspace that are kept, in their order.
    pub async fn log(&self, tenant: &Tenant) -> Vec<Logged> {
        let rows: Vec<(String, i64, String, f64)> = sqlx::query_as(
            "SELECT e.transaction::text, e.sequence, e.happening::text, extract(epoch FROM e.at)::float8 FROM events e
             WHERE e.workspace_id = $1 ORDER BY e.transaction, e.sequence",
        )
        .bind(tenant.workspace)
        .fetch_all(self.cluster.sql())
        .await
        .unwrap();
        let logged = |(transaction, sequence, happening, at): (String, i64, String, f64)| Logged {
            event: Event {
                cursor: EventCursor { transaction: transaction.parse().unwrap(), sequence },
                happening: serde_json::from_str(&happening).unwrap(),
            },
            at,
        };
        rows.into_iter().map(logged).collect()
    }
}
