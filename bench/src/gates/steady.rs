//! P3: the time to the answer at the pace of a 1,000-mps number, 3,000 statuses and 300 messages a second, with one
//! CHECKPOINT and one VACUUM on the way; against pgbench's time to commit at the same pace.

use std::{rc::Rc, time::Duration};

use anyhow::Result;
use sqlx::PgPool;
use tokio::time::sleep;

use crate::{
    Setting, baseline,
    compare::{Contest, compare},
    figures::median,
    gates::soak,
    installation::Installation,
    load,
    report::{Bounds, Row},
    traffic,
};

/// Events a second.
const PACE: u32 = 3_300;
const CLIENTS: usize = 64;
const DRAIN: Duration = Duration::from_mins(5);

struct Steady<'a> {
    installation: Installation<'a>,
    body: String,
    seconds: u32,
}

/// What Postgres does now and then, on both sides.
async fn housekeeping(sql: &PgPool, seconds: u32, vacuum: &'static str) -> Result<()> {
    sleep(Duration::from_secs(u64::from(seconds)) / 4).await;
    sqlx::query("CHECKPOINT").execute(sql).await?;
    sqlx::query(vacuum).execute(sql).await?;
    Ok(())
}

impl Contest for Steady<'_> {
    async fn ours(&mut self) -> Result<f64> {
        let count = usize::try_from(PACE * self.seconds)?;
        let updates = soak::updates(&mut self.installation, count).await?;
        let requests = Rc::new(traffic::posts(self.installation.app, &self.installation.tenant.number, &updates));
        let sql = self.installation.sql.clone();
        let (met, kept) = tokio::join!(
            load::pace(self.installation.app, CLIENTS, &requests, PACE),
            housekeeping(&sql, self.seconds, "VACUUM deliveries")
        );
        kept?;
        let met = met?;
        met.ensure_all(count)?;
        self.installation.drain(DRAIN).await?;
        Ok(met.times.p99())
    }

    async fn baseline(&mut self) -> Result<f64> {
        let sql = self.installation.sql.clone();
        let (ran, kept) = tokio::join!(
            baseline::store(&self.installation, &self.body, 64, u64::from(self.seconds), Some(PACE)),
            housekeeping(&sql, self.seconds, "VACUUM baseline.deliveries")
        );
        kept?;
        Ok(ran?.times.p99())
    }
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    let mut installation = Installation::start(setting, "p3").await?;
    baseline::prepare(&installation.sql).await?;
    let tenant = installation.tenant.clone();
    installation.conversations(&tenant, soak::PHONES).await?;
    let body = baseline::sample_body(&installation);
    let mut contest = Steady { installation, body, seconds: setting.form(4, 60) };
    let pairs = compare(&mut contest).await?;
    let ours = median(&pairs.ours);
    let row =
        Row::of_pairs("P3", "answer to a webhook at 3,300 events/s, p99", "ms", &pairs, Bounds::at_most(5.0, 2.0));
    Ok(vec![row.and_at_most("ms", ours, Some(1_000.0), 250.0)])
}
