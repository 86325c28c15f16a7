//! Connections: taking them, ending those that only hold a place, and letting them finish when the host stops.
//!
//! HTTP/1.1 alone: browsers' HTTP/2 ends at the proxy that holds the certificate, and every version one does not speak is
//! one that cannot be abused. A connection counts from its first byte to the end of its last request; a live reader
//! (`/ws`) has left the count, and is counted by [`crate::http::Host::sockets`].

mod patience;

use std::{net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use patience::{Limits, Patience, Patient};

/// Largest head of a request; browsers send two kilobytes, proxies add some. Beyond it: 431.
const HEAD_LIMIT: usize = 32 * 1024;
/// Most header fields of a request. Beyond it: 431.
const FIELDS_LIMIT: usize = 100;
/// A connection on which nothing is asked for this long is closed. Longer than the minute that proxies keep theirs open,
/// or they would send requests into connections that are just being closed.
const IDLE: Duration = Duration::from_secs(75);
/// See [`patience`].
const LIMITS: Limits = Limits { head: Duration::from_secs(10), stalled: Duration::from_secs(30) };
/// How long requests that run may go on after the host was told to stop.
pub(crate) const GRACE: Duration = Duration::from_secs(8);
/// When the system has no more file descriptors, trying again at once would only burn time.
const BREATH: Duration = Duration::from_millis(500);

/// Said without looking at the request, to those for whom there is no place.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// Serves on this listener until `stop`; then takes no more connections, ends idle ones, and gives the others
/// [`GRACE`] to finish. `open` counts the connections; `most` of them are served at a time.
pub(crate) async fn serve(listener: TcpListener, app: Router, most: usize, open: TaskTracker, stop: CancellationToken) {
    let cut = CancellationToken::new();
    loop {
        let accepted = tokio::select! { accepted = listener.accept() => accepted, () = stop.cancelled() => break };
        match accepted {
            Ok((stream, _)) if open.len() >= most => {
                metrics::counter!("charla_connections_refused_total").increment(1);
                // It fits the empty send buffer of a new connection, or is not worth waiting for.
                let _ = stream.try_write(FULL);
            }
            Ok((stream, peer)) => {
                open.spawn(connection(stream, peer, app.clone(), stop.clone(), cut.clone()));
            }
            // The other side's matter.
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "connections cannot be taken");
                sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    open.close();
    if timeout(GRACE, open.wait()).await.is_err() {
        tracing::warn!(connections = open.len(), "connections that did not finish in time are cut");
        cut.cancel();
        open.wait().await;
    }
}

fn is_of_one_connection(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn connection(stream: TcpStream, peer: SocketAddr, app: Router, stop: CancellationToken, cut: CancellationToken) {
    // Answers and events are written whole: waiting for more to fill a packet would only delay them.
    let _ = stream.set_nodelay(true);
    let patience = Patience::default();
    let stream = Patient::new(stream, patience.clone(), LIMITS);
    let service = service_fn(move |request: Request<Incoming>| {
        patience.head_came();
        let (app, patience) = (app.clone(), patience.clone());
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        async move {
            let answer = app.oneshot(request).await;
            if let Ok(answer) = &answer {
                patience.answered(answer.status());
            }
            answer
        }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(IDLE)
        .max_header_size(HEAD_LIMIT)
        .max_headers(FIELDS_LIMIT)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut served = pin!(served);
    let ended: Result<(), hyper::Error> = tokio::select! {
        ended = served.as_mut() => ended,
        () = stop.cancelled() => {
            served.as_mut().graceful_shutdown();
            tokio::select! { ended = served => ended, () = cut.cancelled() => Ok(()) }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended badly");
    }
}
