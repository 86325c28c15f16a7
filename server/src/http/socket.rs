//! `/ws`: the realtime stream (row J3).
//!
//! The browser names a workspace and the cursor it has come to; it is sent what it missed, then what happens. It sends
//! nothing but pongs. A page of another site cannot open one: the Origin must be ours.

use std::time::Duration;

use axum::{
    Extension,
    extract::{
        Query, State,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code},
    },
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use charla_app::context::RequestContext;
use charla_core::{
    Actor,
    events::{Backlog, Delivered, Subscription, since},
    workspaces,
};
use charla_shared::{
    event::{Event, EventCursor, ServerFrame},
    id::{SessionId, WorkspaceId},
    permission::Permission,
    problem::{Problem, ProblemKind},
};
use http::{HeaderMap, header};
use serde::Deserialize;
use tokio::time::{Instant, interval, sleep_until, timeout};

use super::{Host, respond};

const HEARTBEAT: Duration = Duration::from_secs(10);
/// A browser that neither answers nor speaks for this long is gone. What is written to it says little: the machine's
/// buffers take minutes of events for a reader that takes none.
const SILENCE: Duration = Duration::from_secs(20);
/// A frame that cannot be written for this long has a dead reader. One that begins to be written when the silence is
/// almost over makes it 30 s until a dead reader is gone, whichever way it died.
const WRITE_LIMIT: Duration = Duration::from_secs(10);
/// Browsers send nothing; this is for pongs and the odd extension.
const INBOUND_LIMIT: usize = 4 * 1024;
/// What each open stream holds for reading; the library's 128 KiB are for those that are spoken to.
const READ_BUFFER: usize = 4 * 1024;
/// Bytes that are gathered before they are written. Every frame is flushed, so only a frame larger than this is written in
/// parts.
const WRITE_BUFFER: usize = 16 * 1024;

/// What the browser asks for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    workspace: WorkspaceId,
    after: EventCursor,
    /// 2: the page takes several events in one frame.
    #[serde(default)]
    frames: u8,
}

pub(super) async fn open(
    State(host): State<Host>,
    Extension(context): Extension<RequestContext>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Response {
    if !is_ours(&host, &headers) {
        let message = "The stream is for pages of this site.";
        return respond::problem(&Problem::new(ProblemKind::Forbidden, "socket.origin", message));
    }
    let (actor, session) = match enter(&host, &context, asked.workspace).await {
        Ok(entered) => entered,
        Err(problem) => return respond::problem(&problem),
    };
    let place = match host.readers.take(host.options.readers, actor.workspace, session) {
        Ok(place) => place,
        Err(problem) => return respond::problem(&problem),
    };
    match upgrade {
        Ok(upgrade) => {
            // Counted while it is open, and waited for when the host stops.
            let open = host.sockets.token();
            let upgrade = upgrade.max_message_size(INBOUND_LIMIT).max_frame_size(INBOUND_LIMIT);
            let upgrade = upgrade.read_buffer_size(READ_BUFFER).write_buffer_size(WRITE_BUFFER);
            upgrade.on_upgrade(move |socket| async move {
                Stream { host, actor, socket, batched: asked.frames >= 2 }.serve(asked.after).await;
                drop((open, place));
            })
        }
        Err(refused) => refused.into_response(),
    }
}

/// Whether the Origin is the public address, or the very host that was asked. A missing one is refused: browsers always
/// send it with a handshake (RFC 6455 §4.1).
fn is_ours(host: &Host, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &http::HeaderValue| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return false };
    let asked = text(header::HOST).unwrap_or_default();
    let scheme = if host.options.production { "https" } else { "http" };
    origin == host.core.config.public_url || (!asked.is_empty() && origin == format!("{scheme}://{asked}"))
}

/// Who reads, and through which login.
async fn enter(host: &Host, context: &RequestContext, workspace: WorkspaceId) -> Result<(Actor, SessionId), Problem> {
    let signed_in = context.signed_in.as_ref().ok_or_else(Problem::unauthenticated)?;
    let actor = workspaces::enter(&host.core, signed_in, workspace, context.request.clone()).await?;
    host.limits.workspace(workspace)?;
    actor.require(Permission::ConversationsViewAll)?;
    Ok((actor, signed_in.session))
}

struct Stream {
    host: Host,
    actor: Actor,
    socket: WebSocket,
    batched: bool,
}

/// Why a stream ends.
enum End {
    /// The browser is gone or does not take what it is sent.
    Gone,
    /// It may not go on.
    Closed,
    /// It was too slow, or we stop: it is to come back.
    Again,
}

impl Stream {
    async fn serve(mut self, after: EventCursor) {
        let end = match self.host.core.hub.subscribe(&self.actor) {
            Some(subscription) => match self.catch_up(after, &subscription).await {
                Ok(()) => self.live(subscription).await,
                Err(end) => end,
            },
            // Just started: the hub does not know yet where the log stands.
            None => End::Again,
        };
        let (code, reason) = match end {
            End::Gone => return,
            End::Closed => {
                let _ = self.send(&ServerFrame::Closed).await;
                (close_code::POLICY, "session ended")
            }
            End::Again => (close_code::AGAIN, "come back"),
        };
        let frame = CloseFrame { code, reason: reason.into() };
        let _ = timeout(WRITE_LIMIT, self.socket.send(Message::Close(Some(frame)))).await;
    }

    async fn send(&mut self, frame: &ServerFrame) -> Result<(), End> {
        self.write(serde_json::to_string(frame).map_err(|_| End::Again)?.into()).await
    }

    async fn write(&mut self, text: Bytes) -> Result<(), End> {
        let text = Utf8Bytes::try_from(text).map_err(|_| End::Again)?;
        match timeout(WRITE_LIMIT, self.socket.send(Message::Text(text))).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(End::Gone),
        }
    }

    /// Tells events in the form the page takes.
    async fn tell(&mut self, events: Vec<Event>) -> Result<(), End> {
        if self.batched && events.len() > 1 {
            return self.send(&ServerFrame::Events { events }).await;
        }
        for event in events {
            self.send(&ServerFrame::Event(event)).await?;
        }
        Ok(())
    }

    /// What happened after the browser's cursor, up to where the subscription begins.
    async fn catch_up(&mut self, after: EventCursor, subscription: &Subscription) -> Result<(), End> {
        let head = subscription.head;
        let missed = async {
            let mut tx = self.host.core.database.read_as(&self.actor).await.map_err(charla_core::Failure::from)?;
            // A page rendered a moment ago may be ahead of the hub; what lies between comes by the queue.
            since(&mut tx, self.actor.workspace, after, head.max(after)).await
        };
        match missed.await {
            Ok(Backlog::Events(events)) => {
                self.send(&ServerFrame::Ready { cursor: after }).await?;
                self.tell(events).await
            }
            Ok(Backlog::Reload) => self.send(&ServerFrame::Reload { cursor: head }).await,
            Err(error) => {
                tracing::warn!(%error, "a returning reader could not be caught up");
                Err(End::Again)
            }
        }
    }

    async fn live(&mut self, mut subscription: Subscription) -> End {
        let mut heartbeat = interval(HEARTBEAT);
        heartbeat.reset();
        let mut heard = Instant::now();
        loop {
            let sent = tokio::select! {
                () = self.host.stop.cancelled() => return End::Again,
                delivered = subscription.queue.recv() => match delivered {
                    Some(Delivered::Events(batch)) if self.batched => self.write(batch.text.clone()).await,
                    Some(Delivered::Events(batch)) => self.tell(batch.events.clone()).await,
                    Some(Delivered::Reload(cursor)) => self.send(&ServerFrame::Reload { cursor }).await,
                    Some(Delivered::Rights) => self.send(&ServerFrame::Rights).await,
                    Some(Delivered::Closed) => return End::Closed,
                    // The hub let a slow reader go.
                    None => return End::Again,
                },
                () = sleep_until(heard + SILENCE) => return End::Gone,
                _ = heartbeat.tick() => {
                    // The frame says that everything up to its cursor was sent, so it may not overtake what is queued.
                    let told = match self.host.core.hub.told(self.actor.workspace) {
                        Some(cursor) if subscription.queue.is_empty() => self.send(&ServerFrame::Heartbeat { cursor }).await,
                        _ => Ok(()),
                    };
                    match told {
                        Ok(()) => match timeout(WRITE_LIMIT, self.socket.send(Message::Ping(Vec::new().into()))).await {
                            Ok(Ok(())) => Ok(()),
                            _ => Err(End::Gone),
                        },
                        gone => gone,
                    }
                }
                received = self.socket.recv() => match received {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return End::Gone,
                    Some(Ok(_)) => { heard = Instant::now(); Ok(()) }
                },
            };
            if let Err(end) = sent {
                return end;
            }
        }
    }
}
