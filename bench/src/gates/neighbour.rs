//! P20, of ingest: how long tenant B's customers' messages take to be seen while tenant A is flooded, against B alone.

use std::{rc::Rc, time::Duration};

use anyhow::{Result, ensure};

use crate::{
    Setting,
    compare::{Contest, compare},
    gates::{ingest::CLIENTS, visible},
    installation::Installation,
    load,
    report::{Bounds, Row},
    tenant::Tenant,
    traffic,
};

/// B's messages a second.
const PACE: u32 = 50;
const DRAIN: Duration = Duration::from_mins(5);

struct Neighbour<'a> {
    installation: Installation<'a>,
    other: Tenant,
    seconds: u32,
    /// A's deliveries in one run, at most.
    burst: usize,
}

impl Contest for Neighbour<'_> {
    async fn ours(&mut self) -> Result<f64> {
        let (own, flooded) = (self.installation.next_tag(), self.installation.next_tag());
        let messages = traffic::messages(&flooded, self.burst, 2_000);
        let requests = Rc::new(traffic::posts(self.installation.app, &self.installation.tenant.number, &messages));
        let limit = Duration::from_secs(u64::from(self.seconds));
        let (times, met) = tokio::join!(
            visible::paced(&self.installation, &self.other, &own, PACE, self.seconds),
            load::flood(self.installation.app, CLIENTS, &requests, limit)
        );
        let met = met?;
        ensure!(met.refused == 0, "{} of A's deliveries were refused", met.refused);
        self.installation.drain(DRAIN).await?;
        Ok(times?.p99())
    }

    async fn baseline(&mut self) -> Result<f64> {
        let tag = self.installation.next_tag();
        Ok(visible::paced(&self.installation, &self.other, &tag, PACE, self.seconds).await?.p99())
    }
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    let installation = Installation::start(setting, "p20").await?;
    let other = installation.another_tenant("Neighbour").await?;
    let mut contest =
        Neighbour { installation, other, seconds: setting.form(3, 20), burst: setting.form(40_000, 100_000) };
    let pairs = compare(&mut contest).await?;
    let what = "B's webhook to a frame, p99: while A is flooded ÷ alone (ingest only)";
    Ok(vec![Row::of_pairs("P20", what, "ms", &pairs, Bounds::at_most(4.0, 1.5))])
}
