//! Load: requests that are posted as fast as they are answered, or at a pace whatever the answers do.

use std::{
    cell::{Cell, RefCell},
    net::SocketAddr,
    rc::Rc,
    time::Duration,
};

use anyhow::Result;
use futures::future::try_join_all;
use tokio::time::{Instant, sleep, sleep_until};

use crate::{figures::Times, wire::Connection};

/// A request that waits for its turn no longer than the timer's own grain counts from when it was sent; one that waits
/// longer counts from when it was due.
const GRAIN: Duration = Duration::from_micros(1_500);
/// How long a refused request waits before it is tried again.
const RETRY: Duration = Duration::from_millis(100);

/// What the load met.
#[derive(Debug, Default)]
pub(crate) struct Met {
    /// Requests answered 200.
    pub acknowledged: usize,
    /// Answers 503; each request was tried again.
    pub unavailable: usize,
    /// Answers that are neither.
    pub refused: usize,
    /// Times of the requests answered 200, from when they were due (paced) or sent.
    pub times: Times,
    pub elapsed: Duration,
    /// When the requests were due, by their index; only of paced load.
    pub due: Vec<Instant>,
}

impl Met {
    /// An error unless everything was acknowledged.
    pub(crate) fn ensure_all(&self, sent: usize) -> Result<()> {
        anyhow::ensure!(
            self.refused == 0 && self.acknowledged == sent,
            "of {sent} deliveries {} were answered 200, {} otherwise",
            self.acknowledged,
            self.refused
        );
        Ok(())
    }
}

/// Posts them all, or what can be posted in `limit`, from this many connections at once, as fast as they are answered.
pub(crate) async fn flood(
    server: SocketAddr,
    clients: usize,
    requests: &Rc<Vec<Vec<u8>>>,
    limit: Duration,
) -> Result<Met> {
    let mut connections = Vec::new();
    for _ in 0..clients {
        connections.push(Connection::open(server).await?);
    }
    let (met, next) = (Rc::new(RefCell::new(Met::default())), Rc::new(Cell::new(0)));
    let began = Instant::now();
    let workers = connections.into_iter().map(|mut connection| {
        let (met, next) = (Rc::clone(&met), Rc::clone(&next));
        async move {
            while began.elapsed() < limit {
                let index = next.replace(next.get() + 1);
                let Some(request) = requests.get(index) else { break };
                one(&mut connection, request, Instant::now(), &met).await?;
            }
            anyhow::Ok(())
        }
    });
    try_join_all(workers).await?;
    let mut met = met.take();
    met.elapsed = began.elapsed();
    Ok(met)
}

/// Posts request n at n/rate seconds from this many connections; a request that finds none free is late, and its
/// lateness counts.
pub(crate) async fn pace(
    server: SocketAddr,
    clients: usize,
    requests: &Rc<Vec<Vec<u8>>>,
    per_second: u32,
) -> Result<Met> {
    let mut connections = Vec::new();
    for _ in 0..clients.min(requests.len()) {
        connections.push(Connection::open(server).await?);
    }
    let step = Duration::from_secs(1) / per_second.max(1);
    // A moment for everybody to be in place.
    let began = Instant::now() + Duration::from_millis(20);
    let due: Vec<Instant> = (0_u32..).zip(requests.iter()).map(|(index, _)| began + step * index).collect();
    let (met, next, due) = (Rc::new(RefCell::new(Met::default())), Rc::new(Cell::new(0)), Rc::new(due));
    let workers = connections.into_iter().map(|mut connection| {
        let (met, next, due) = (Rc::clone(&met), Rc::clone(&next), Rc::clone(&due));
        async move {
            loop {
                let index = next.replace(next.get() + 1);
                let Some(request) = requests.get(index) else { break };
                let mut from = due[index];
                sleep_until(from).await;
                if from.elapsed() <= GRAIN {
                    from = Instant::now();
                }
                one(&mut connection, request, from, &met).await?;
            }
            anyhow::Ok(())
        }
    });
    try_join_all(workers).await?;
    let mut met = met.take();
    met.elapsed = began.elapsed();
    met.due = Rc::unwrap_or_clone(due);
    Ok(met)
}

/// One request, again and again while the server is unavailable, as Meta does.
async fn one(connection: &mut Connection, request: &[u8], from: Instant, met: &RefCell<Met>) -> Result<()> {
    loop {
        let status = connection.status_of(request).await?;
        if status == 503 {
            met.borrow_mut().unavailable += 1;
            sleep(RETRY).await;
            continue;
        }
        let mut met = met.borrow_mut();
        if status == 200 {
            met.acknowledged += 1;
            met.times.add(from.elapsed());
        } else {
            met.refused += 1;
        }
        return Ok(());
    }
}
