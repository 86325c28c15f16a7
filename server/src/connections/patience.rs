//! How long a peer may take: a stream that fails when the head of a request or the reading of an answer takes too long.
//!
//! Hyper has one limit for an idle connection and for a head that comes byte by byte. They need different ones: a minute
//! and more for a proxy that keeps its connections, seconds for who has begun to ask.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use http::StatusCode;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep_until},
};

/// How long is too long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The head of a request must have come whole this long after its first byte, the first one of a connection this
    /// long after it was opened.
    pub head: Duration,
    /// Somebody who takes nothing of an answer for this long is gone.
    pub stalled: Duration,
}

/// A connection was opened: its first head is awaited.
const NEW: u8 = 0;
/// A request runs: its body has limits of its own.
const BUSY: u8 = 1;
/// It was answered; nothing has been read since.
const ANSWERED: u8 = 2;
/// The next head is awaited, which may begin when it likes.
const IDLE: u8 = 3;
/// No more HTTP: whoever took the connection over looks after it.
const UPGRADED: u8 = 4;

/// What the connection is at, told by the side that handles requests.
#[derive(Debug, Clone, Default)]
pub(super) struct Patience(Arc<AtomicU8>);

impl Patience {
    /// The head of a request has come.
    pub(super) fn head_came(&self) {
        self.0.store(BUSY, Ordering::Relaxed);
    }

    /// The answer is made; what comes next is another head.
    pub(super) fn answered(&self, status: StatusCode) {
        let next = if status == StatusCode::SWITCHING_PROTOCOLS { UPGRADED } else { ANSWERED };
        self.0.store(next, Ordering::Relaxed);
    }
}

/// A stream with a peer that may not take for ever.
#[derive(Debug)]
pub(super) struct Patient<S> {
    inner: S,
    patience: Patience,
    limits: Limits,
    head: Deadline,
    write: Deadline,
}

impl<S> Patient<S> {
    pub(super) fn new(inner: S, patience: Patience, limits: Limits) -> Self {
        Self { inner, patience, limits, head: Deadline::default(), write: Deadline::default() }
    }
}

/// An instant after which waiting ends; none while nothing is waited for.
#[derive(Debug, Default)]
struct Deadline(Option<Pin<Box<Sleep>>>);

impl Deadline {
    /// Begins to wait, unless it has begun.
    fn begin(&mut self, wait: Duration) {
        self.0.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + wait)));
    }

    fn end(&mut self) {
        self.0 = None;
    }

    /// An error when the instant has passed; otherwise the task is woken when it does.
    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        let passed = self.0.as_mut().is_some_and(|sleep| sleep.as_mut().poll(cx).is_ready());
        if passed { Err(io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let state = &this.patience.0;
        match state.load(Ordering::Relaxed) {
            NEW => this.head.begin(this.limits.head),
            IDLE => {}
            now => {
                this.head.end();
                if now == ANSWERED {
                    state.store(IDLE, Ordering::Relaxed);
                }
            }
        }
        this.head.check(cx)?;
        let before = buf.filled().len();
        ready!(Pin::new(&mut this.inner).poll_read(cx, buf))?;
        if this.patience.0.load(Ordering::Relaxed) == IDLE && buf.filled().len() > before {
            this.head.begin(this.limits.head);
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> Patient<S> {
    /// Watches how long writing makes no progress.
    fn wrote<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.write.end();
        } else {
            self.write.begin(self.limits.stalled);
            self.write.check(cx)?;
        }
        written
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(cx, buf);
        self.wrote(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(cx, bufs);
        self.wrote(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
        time::timeout,
    };

    use super::*;

    const LIMITS: Limits = Limits { head: Duration::from_millis(100), stalled: Duration::from_millis(100) };

    /// The peer's end, and ours.
    fn connection(patience: &Patience) -> (DuplexStream, Patient<DuplexStream>) {
        let (peer, ours) = duplex(64);
        (peer, Patient::new(ours, patience.clone(), LIMITS))
    }

    #[tokio::test]
    async fn a_head_that_comes_byte_by_byte_ends_the_connection() {
        let (mut peer, mut stream) = connection(&Patience::default());
        let dripping = tokio::spawn(async move {
            while peer.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        });
        let mut byte = [0];
        let error = loop {
            if let Err(error) = stream.read_exact(&mut byte).await {
                break error;
            }
        };
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        dripping.abort();
    }

    #[tokio::test]
    async fn a_running_request_and_an_idle_connection_are_not_hurried() {
        let patience = Patience::default();
        let (mut peer, mut stream) = connection(&patience);
        let mut byte = [0];
        for _ in 0..2 {
            peer.write_all(b"G").await.unwrap();
            stream.read_exact(&mut byte).await.unwrap();
            patience.head_came();
            assert!(timeout(LIMITS.head * 3, stream.read(&mut byte)).await.is_err(), "the request runs");
            patience.answered(StatusCode::OK);
            assert!(timeout(LIMITS.head * 3, stream.read(&mut byte)).await.is_err(), "nothing is asked");
        }
        peer.write_all(b"G").await.unwrap();
        stream.read_exact(&mut byte).await.unwrap();
        assert_eq!(
            stream.read(&mut byte).await.unwrap_err().kind(),
            io::ErrorKind::TimedOut,
            "the next head has begun"
        );
    }

    #[tokio::test]
    async fn somebody_who_takes_nothing_of_the_answer_is_let_go() {
        let (_peer, mut stream) = connection(&Patience::default());
        let error = stream.write_all(&[0; 1000]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
