//! P14: P1's load on a workspace with a thousand live readers, against the same with none.

use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::{
    Setting,
    compare::{Contest, compare},
    figures::rate,
    gates::ingest,
    installation::Installation,
    report::{self, Bounds, Row},
    socket::Crowd,
};

const READERS: usize = 1_000;
/// Files the server and we need open, with room.
const FILES: u64 = 8_192;
const DRAIN: Duration = Duration::from_mins(3);

struct Fanout<'a> {
    installation: Installation<'a>,
    frames: u64,
    let_go: u64,
}

impl Contest for Fanout<'_> {
    async fn ours(&mut self) -> Result<f64> {
        let (cursor, tenant) = (self.installation.cursor().await?, self.installation.tenant.clone());
        let crowd = Crowd::open(self.installation.app, &tenant, &cursor, READERS).await?;
        let met = ingest::flood(&mut self.installation).await?;
        let (frames, let_go) = crowd.met();
        self.frames += frames;
        self.let_go += let_go;
        drop(crowd);
        self.installation.drain(DRAIN).await?;
        Ok(rate(met.acknowledged, met.elapsed))
    }

    async fn baseline(&mut self) -> Result<f64> {
        let met = ingest::flood(&mut self.installation).await?;
        self.installation.drain(DRAIN).await?;
        Ok(rate(met.acknowledged, met.elapsed))
    }
}

/// The server inherits the limit from us.
pub(crate) fn allow_open_files() -> Result<()> {
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_some_and(|current| current < FILES) {
        let raised = Rlimit { current: Some(limit.maximum.map_or(FILES, |maximum| maximum.min(FILES))), ..limit };
        setrlimit(Resource::Nofile, raised).context("the limit of open files (`ulimit -n`) is too low")?;
    }
    Ok(())
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    allow_open_files()?;
    let installation = Installation::start(setting, "p14").await?;
    let mut contest = Fanout { installation, frames: 0, let_go: 0 };
    let pairs = compare(&mut contest).await?;
    report::note(format!(
        "{} frames were read while deliveries came in; readers were let go {} times",
        contest.frames, contest.let_go
    ));
    let what = "webhooks stored and answered beside 1,000 live sockets ÷ beside none";
    Ok(vec![Row::of_pairs("P14", what, "/s", &pairs, Bounds::at_least(0.6, 0.85))])
}
