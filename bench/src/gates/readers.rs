//! P13 and P13b: what a thousand live readers cost: events to their sockets, memory, and readers that stopped reading.

use std::{rc::Rc, time::Duration};

use anyhow::{Result, ensure};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep},
};

use crate::{
    Setting,
    compare::{Contest, compare},
    figures::{rate, short},
    gates::{fanout, visible},
    installation::Installation,
    load,
    report::{Bounds, Row},
    socket::{self, Crowd},
    traffic,
};

const READERS: usize = 1_000;
/// Readers of whom a tenth stops.
const WATCHED: usize = 100;
/// A frame of the baseline, in bytes: an event is about as long.
const FRAME: usize = 256;
/// Messages a second that all readers are told of. Much more, and the hub asks them to load anew instead.
const PACE: u32 = 60;
const LIMIT: Duration = Duration::from_mins(1);

struct Delivery<'a> {
    installation: Installation<'a>,
    seconds: u32,
}

impl Contest for Delivery<'_> {
    /// Events that reach the readers, a second: from the first webhook until the last reader has the last one.
    async fn ours(&mut self) -> Result<f64> {
        let tag = self.installation.next_tag();
        let (cursor, tenant) = (self.installation.cursor().await?, self.installation.tenant.clone());
        let crowd = Crowd::open(self.installation.app, &tenant, &cursor, READERS).await?;
        let count = usize::try_from(PACE * self.seconds)?;
        let requests =
            Rc::new(traffic::posts(self.installation.app, &tenant.number, &traffic::messages(&tag, count, 100)));
        let (before, began) = (crowd.messages(), Instant::now());
        load::pace(self.installation.app, 16, &requests, PACE).await?.ensure_all(count)?;
        let expected = u64::try_from(count * READERS)?;
        while crowd.messages() - before < expected {
            ensure!(began.elapsed() < LIMIT, "{} of {expected} messages were told", crowd.messages() - before);
            ensure!(crowd.met().1 == 0, "readers were let go");
            sleep(Duration::from_millis(2)).await;
        }
        let reached = rate(usize::try_from(crowd.events())?, began.elapsed());
        drop(crowd);
        self.installation.drain(LIMIT).await?;
        Ok(reached)
    }

    /// Bare writes of a frame to as many loopback sockets, each read at its other end.
    async fn baseline(&mut self) -> Result<f64> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let reading = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let Ok(runtime) = runtime else { return };
            runtime.block_on(async {
                for _ in 0..READERS {
                    if let Ok(mut stream) = TcpStream::connect(address).await {
                        tokio::spawn(async move {
                            let mut buffer = [0; 16 * 1024];
                            while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
                        });
                    }
                }
                // Ends when the writer is done, and with it the runtime and the readers.
                let _ = stopped.await;
            });
        });
        let mut streams = Vec::new();
        for _ in 0..READERS {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            streams.push(stream);
        }
        let (began, frame, mut written) = (Instant::now(), [b'x'; FRAME], 0);
        while began.elapsed() < Duration::from_secs(u64::from(self.seconds)) {
            for stream in &mut streams {
                stream.write_all(&frame).await?;
                written += 1;
            }
        }
        let reached = rate(written, began.elapsed());
        drop((streams, stop));
        // The readers' thread has nothing left to do.
        let _ = reading.join();
        Ok(reached)
    }
}

/// A tenth of the readers has stopped reading; how late is the rest?
struct Stalled<'a> {
    installation: Installation<'a>,
    seconds: u32,
}

impl Contest for Stalled<'_> {
    async fn ours(&mut self) -> Result<f64> {
        let tenant = self.installation.tenant.clone();
        let cursor = self.installation.cursor().await?;
        let mut asleep = Vec::new();
        for _ in 0..WATCHED / 10 {
            asleep.push(socket::live(self.installation.app, &tenant, &cursor).await?);
        }
        let awake = Crowd::open(self.installation.app, &tenant, &cursor, WATCHED - asleep.len()).await?;
        let tag = self.installation.next_tag();
        let times = visible::paced(&self.installation, &tenant, &tag, 100, self.seconds).await?;
        drop((asleep, awake));
        Ok(times.p99())
    }

    async fn baseline(&mut self) -> Result<f64> {
        let tenant = self.installation.tenant.clone();
        let cursor = self.installation.cursor().await?;
        let awake = Crowd::open(self.installation.app, &tenant, &cursor, WATCHED).await?;
        let tag = self.installation.next_tag();
        let times = visible::paced(&self.installation, &tenant, &tag, 100, self.seconds).await?;
        drop(awake);
        Ok(times.p99())
    }
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    fanout::allow_open_files()?;
    let mut delivery =
        Delivery { installation: Installation::start(setting, "p13").await?, seconds: setting.form(3, 15) };
    let pairs = compare(&mut delivery).await?;
    let what = format!("events to 1,000 sockets, {PACE} messages/s to each ÷ bare writes of {FRAME} bytes to as many");
    let mut rows = vec![Row::of_pairs("P13", what, "/s", &pairs, Bounds::at_least(0.25, 0.5))];

    let mut installation = delivery.installation;
    installation.restart_server(crate::installation::Processing::On).await?;
    let alone = installation.server_megabytes()?;
    let cursor = installation.cursor().await?;
    let crowd = Crowd::open(installation.app, &installation.tenant, &cursor, READERS).await?;
    sleep(Duration::from_secs(1)).await;
    let added = installation.server_megabytes()? - alone;
    drop(crowd);
    let row = Row::of_value("P13b", "memory of 1,000 idle sockets", "MB", added, Bounds::at_most(100.0, 40.0));
    rows.push(Row { baseline: format!("{} MB without", short(alone)), ..row });

    let mut stalled = Stalled { installation, seconds: setting.form(3, 15) };
    let pairs = compare(&mut stalled).await?;
    let what = "webhook to a frame, p99: a tenth of 100 readers stopped reading ÷ all read";
    rows.push(Row::of_pairs("P13b", what, "ms", &pairs, Bounds::at_most(3.0, 1.2)));
    Ok(rows)
}
