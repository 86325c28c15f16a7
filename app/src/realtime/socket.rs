//! One socket that comes back.

use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use charla_shared::{
    event::{BATCHED, EventCursor, ServerFrame},
    id::WorkspaceId,
    problem::ProblemKind,
};
use futures::{
    StreamExt,
    channel::mpsc,
    future::{AbortHandle, Abortable, Either, select},
};
use gloo_net::websocket::{Message, futures::WebSocket};
use gloo_timers::future::sleep;
use leptos::{ev, prelude::*, task::spawn_local};

use super::{backoff, resume::Resume};
use crate::workspaces;

/// The host speaks every 10 seconds; after this much silence the line is dead, whatever the browser says.
const SILENCE: Duration = Duration::from_secs(45);

/// How the connection stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Connection {
    /// Not yet, or not any more: it is being tried.
    #[default]
    Connecting,
    /// Live.
    Live,
    /// The session or the membership has ended: it is not tried again.
    Closed,
}

/// Keeps a socket open until the present owner is cleaned up. `after` is where the page was read; `state` is told how the
/// connection stands; `on_frame` gets every frame in order. For the browser: call it in an effect.
pub fn open(
    workspace: WorkspaceId,
    after: EventCursor,
    state: RwSignal<Connection>,
    on_frame: impl Fn(ServerFrame) + 'static,
) {
    // Told when waiting any longer makes no sense: the network is back, or the page is looked at again.
    let (wake, woken) = mpsc::unbounded();
    let online = window_event_listener(ev::online, {
        let wake = wake.clone();
        move |_| {
            let _ = wake.unbounded_send(());
        }
    });
    let shown = window_event_listener_untyped("visibilitychange", move |_| {
        if !document().hidden() {
            let _ = wake.unbounded_send(());
        }
    });
    let (stop, stopped) = AbortHandle::new_pair();
    on_cleanup(move || {
        stop.abort();
        online.remove();
        shown.remove();
    });
    let line = Line { workspace, resume: Resume::from(after), failures: 0, woken, state };
    spawn_local(async move {
        // Aborted by the clean-up, which drops the socket and so closes it.
        let _ = Abortable::new(line.keep(on_frame), stopped).await;
    });
}

struct Line {
    workspace: WorkspaceId,
    resume: Resume,
    failures: u32,
    woken: mpsc::UnboundedReceiver<()>,
    state: RwSignal<Connection>,
}

/// Why a socket ended.
enum Ended {
    /// The line is gone: come back.
    Lost,
    /// We are not wanted any more.
    Closed,
}

impl Line {
    async fn keep(mut self, on_frame: impl Fn(ServerFrame)) {
        loop {
            let ended = self.once(&on_frame).await;
            if matches!(ended, Ended::Closed) {
                // Of the session that ended; the browser may have another one in a moment.
                self.pause().await;
                if self.is_turned_away().await {
                    self.tell(Connection::Closed);
                    return;
                }
            }
            self.tell(Connection::Connecting);
            self.failures = self.failures.saturating_add(1);
            self.pause().await;
            if self.failures > 1 && self.is_turned_away().await {
                self.tell(Connection::Closed);
                on_frame(ServerFrame::Closed);
                return;
            }
        }
    }

    /// One socket from its opening to its end.
    async fn once(&mut self, on_frame: &impl Fn(ServerFrame)) -> Ended {
        let Some(address) = address(self.workspace, self.resume.cursor()) else { return Ended::Lost };
        let Ok(mut socket) = WebSocket::open(&address) else { return Ended::Lost };
        loop {
            let message = match select(pin!(socket.next()), pin!(sleep(SILENCE))).await {
                Either::Left((Some(Ok(message)), _)) => message,
                Either::Left(_) | Either::Right(_) => return Ended::Lost,
            };
            // A frame of a newer host that this page does not know is passed over.
            let Message::Text(text) = message else { continue };
            let Ok(frame) = serde_json::from_str::<ServerFrame>(&text) else { continue };
            self.failures = 0;
            self.tell(Connection::Live);
            self.resume.note(&frame);
            let closed = frame == ServerFrame::Closed;
            on_frame(frame);
            if closed {
                return Ended::Closed;
            }
        }
    }

    /// Whether we may not come back: a script cannot see why a handshake was refused, so it asks.
    async fn is_turned_away(&self) -> bool {
        let answer = workspaces::api::view(self.workspace).await;
        answer.is_err_and(|failure| {
            matches!(failure.0.kind, ProblemKind::Unauthenticated | ProblemKind::NotFound | ProblemKind::Forbidden)
        })
    }

    /// Waits before the next attempt, or until there is a reason to try at once.
    async fn pause(&mut self) {
        self.forget_wakes().await;
        let wait = backoff::wait(self.failures, js_sys::Math::random());
        let _ = select(self.woken.next(), pin!(sleep(wait))).await;
    }

    /// Wakes that came while the line was up are of no meaning now.
    async fn forget_wakes(&mut self) {
        poll_fn(|context| {
            while let Poll::Ready(Some(())) = self.woken.poll_next_unpin(context) {}
            Poll::Ready(())
        })
        .await;
    }

    fn tell(&self, connection: Connection) {
        if self.state.try_get_untracked().is_some_and(|before| before != connection) {
            let _ = self.state.try_set(connection);
        }
    }
}

/// The socket's address on the host this page came from.
fn address(workspace: WorkspaceId, after: EventCursor) -> Option<String> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    let host = location.host().ok()?;
    Some(format!("{scheme}://{host}/ws?workspace={workspace}&after={after}&{BATCHED}"))
}
