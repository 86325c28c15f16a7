//! Readers of `/ws`, bare: a thousand of them must not cost what they measure.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use futures::{StreamExt as _, future::join_all, stream};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::oneshot,
    time::{Instant, sleep},
};

use crate::{
    tenant::Tenant,
    wire::{Connection, request},
};

/// Sockets that are opened at once.
const OPENING: usize = 32;
/// How soon a reader that was let go comes back, as the browser's.
const COME_BACK: Duration = Duration::from_secs(1);

/// One live reader.
#[derive(Debug)]
pub(crate) struct Socket {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// The start of a frame (RFC 6455 §5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    opcode: u8,
    /// Bytes of the head itself.
    size: usize,
    payload: usize,
}

impl Head {
    /// None while not all of it has come. Servers do not mask.
    fn of(bytes: &[u8]) -> Option<Self> {
        let (first, second) = (*bytes.first()?, *bytes.get(1)?);
        let opcode = first & 0x0f;
        match second & 0x7f {
            126 => {
                let length = u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?);
                Some(Self { opcode, size: 4, payload: usize::from(length) })
            }
            127 => {
                let length = u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?);
                Some(Self { opcode, size: 10, payload: usize::try_from(length).ok()? })
            }
            short => Some(Self { opcode, size: 2, payload: usize::from(short) }),
        }
    }
}

impl Socket {
    /// Opens a reader of the tenant's stream from now on.
    pub(crate) async fn open(server: SocketAddr, tenant: &Tenant, cursor: &str) -> Result<Self> {
        let path = format!("/ws?workspace={}&after={cursor}&frames=2", tenant.workspace);
        let origin = format!("http://{server}");
        let headers = [
            ("Origin", origin.as_str()),
            ("Cookie", tenant.cookie.as_str()),
            ("Connection", "Upgrade"),
            ("Upgrade", "websocket"),
            ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ];
        let mut connection = Connection::open(server).await?;
        let answer = connection.exchange(&request(server, "GET", &path, &headers, b"")).await?;
        ensure!(
            answer.status == 101,
            "the stream was refused ({}): {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
        let (stream, buffer) = connection.into_parts();
        Ok(Self { stream, buffer })
    }

    /// The next text and when it had come whole; pings are answered on the way.
    pub(crate) async fn next(&mut self) -> Result<(String, Instant)> {
        loop {
            let head = loop {
                match Head::of(&self.buffer) {
                    Some(head) if self.buffer.len() >= head.size + head.payload => break head,
                    _ => ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the stream ended"),
                }
            };
            let at = Instant::now();
            let payload = self.buffer[head.size..head.size + head.payload].to_vec();
            self.buffer.drain(..head.size + head.payload);
            match head.opcode {
                1 => return Ok((String::from_utf8(payload).context("a frame that is no text")?, at)),
                8 => bail!("the server closed the stream"),
                9 => self.pong(&payload).await?,
                _ => {}
            }
        }
    }

    /// Clients mask what they send; zeros are a mask.
    async fn pong(&mut self, payload: &[u8]) -> Result<()> {
        let length = u8::try_from(payload.len()).ok().filter(|length| *length < 126).context("a ping too long")?;
        Ok(self.stream.write_all(&[&[0x8a, 0x80 | length, 0, 0, 0, 0], payload].concat()).await?)
    }

    /// Waits for the first frame: from then on the reader is live.
    async fn live(mut self) -> Result<Self> {
        let (text, _) = self.next().await?;
        ensure!(text.contains("ready") || text.contains("reload"), "the stream began with {text}");
        Ok(self)
    }
}

/// Opens one reader and waits until it is live. A server that has just started asks readers to come back.
pub(crate) async fn live(server: SocketAddr, tenant: &Tenant, cursor: &str) -> Result<Socket> {
    let mut tries = 0;
    loop {
        let opened = async { Socket::open(server, tenant, cursor).await?.live().await }.await;
        match opened {
            Ok(socket) => return Ok(socket),
            Err(_) if tries < 10 => {
                tries += 1;
                sleep(Duration::from_millis(200)).await;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Many readers that take what comes and do nothing with it, on a thread of their own, so that they do not slow down the
/// load. Dropping them closes them.
#[derive(Debug)]
pub(crate) struct Crowd {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    counts: Arc<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    frames: AtomicU64,
    messages: AtomicU64,
    events: AtomicU64,
    let_go: AtomicU64,
}

impl Crowd {
    pub(crate) async fn open(server: SocketAddr, tenant: &Tenant, cursor: &str, count: usize) -> Result<Self> {
        let (stop, stopped) = oneshot::channel();
        let (ready, all_live) = oneshot::channel();
        let counts = Arc::new(Counts::default());
        let (tenant, cursor, counted) = (tenant.clone(), cursor.to_owned(), Arc::clone(&counts));
        let thread = std::thread::spawn(move || {
            let crowd = async {
                let opening = stream::iter((0..count).map(|_| live(server, &tenant, &cursor)));
                let sockets: Vec<Result<Socket>> = opening.buffer_unordered(OPENING).collect().await;
                let sockets = match sockets.into_iter().collect::<Result<Vec<_>>>() {
                    Ok(sockets) => sockets,
                    Err(error) => {
                        let _ = ready.send(Err(error));
                        return;
                    }
                };
                let readers = sockets.into_iter().map(|socket| read(socket, server, &tenant, &cursor, &counted));
                // Nobody listens when the gate has been given up.
                let _ = ready.send(Ok(()));
                tokio::select! { _ = stopped => {} _ = join_all(readers) => {} }
            };
            if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() {
                runtime.block_on(crowd);
            }
        });
        let crowd = Self { stop: Some(stop), thread: Some(thread), counts };
        all_live.await.context("the readers' thread ended")?.context("not all readers could be opened")?;
        Ok(crowd)
    }

    /// New messages that all readers together were told of.
    pub(crate) fn messages(&self) -> u64 {
        self.counts.messages.load(Ordering::Relaxed)
    }

    /// Events of any kind that all readers together were told.
    pub(crate) fn events(&self) -> u64 {
        self.counts.events.load(Ordering::Relaxed)
    }

    /// Frames that came, and how often readers were let go for being slow.
    pub(crate) fn met(&self) -> (u64, u64) {
        (self.counts.frames.load(Ordering::Relaxed), self.counts.let_go.load(Ordering::Relaxed))
    }
}

/// Reads until the end of days; comes back as the browser's reader does when it is let go.
async fn read(mut socket: Socket, server: SocketAddr, tenant: &Tenant, cursor: &str, counts: &Counts) {
    loop {
        while let Ok((text, _)) = socket.next().await {
            counts.frames.fetch_add(1, Ordering::Relaxed);
            let messages = text.matches("\"message_created\"").count() as u64;
            counts.messages.fetch_add(messages, Ordering::Relaxed);
            if text.contains("\"events\"") {
                counts.events.fetch_add(text.matches("\"cursor\"").count() as u64, Ordering::Relaxed);
            }
        }
        counts.let_go.fetch_add(1, Ordering::Relaxed);
        sleep(COME_BACK).await;
        match live(server, tenant, cursor).await {
            Ok(again) => socket = again,
            Err(_) => return,
        }
    }
}

impl Drop for Crowd {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A reader's panic is not the load's.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_all_three_lengths_are_read() {
        assert_eq!(Head::of(&[0x81, 5]), Some(Head { opcode: 1, size: 2, payload: 5 }));
        assert_eq!(Head::of(&[0x81, 126, 1, 0]), Some(Head { opcode: 1, size: 4, payload: 256 }));
        assert_eq!(Head::of(&[0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]), Some(Head { opcode: 2, size: 10, payload: 65_536 }));
        assert_eq!(Head::of(&[0x81, 126, 1]), None);
    }
}
