//! P21: how long the server takes to be ready, what it needs at rest, and whether it grows under load.

use std::{rc::Rc, time::Duration};

use anyhow::Result;
use tokio::time::sleep;

use crate::{
    Setting,
    compare::PAIRS,
    figures::{ends, median, short},
    gates::soak,
    installation::{Installation, Processing},
    load,
    report::{Bounds, Row},
    traffic,
};

/// Events a second while it is watched.
const PACE: u32 = 500;

fn row(what: &str, unit: &str, values: &[f64], bounds: Bounds) -> Row {
    let (low, high) = ends(values);
    let row = Row::of_value("P21", what, unit, median(values), bounds);
    Row { spread: format!("{}–{}", short(low), short(high)), ..row }
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    let mut installation = Installation::start(setting, "p21").await?;
    let (mut starts, mut at_rest) = (Vec::new(), Vec::new());
    for _ in 0..PAIRS {
        installation.stop_server();
        starts.push(installation.start_server(Processing::On).await?.as_secs_f64() * 1e3);
        sleep(Duration::from_secs(setting.form(2, 10))).await;
        at_rest.push(installation.server_megabytes()?);
    }

    let tenant = installation.tenant.clone();
    installation.conversations(&tenant, soak::PHONES).await?;
    // Six parts: the first one (of the full form the first five minutes) is the measure of the rest.
    let (seconds, parts) = setting.form((4, 6), (60, 30));
    let first = parts / 6;
    let (mut early, mut late) = (0.0, 0.0);
    for part in 1..=parts {
        let count = usize::try_from(PACE * seconds)?;
        let updates = soak::updates(&mut installation, count).await?;
        let requests = Rc::new(traffic::posts(installation.app, &tenant.number, &updates));
        load::pace(installation.app, 16, &requests, PACE).await?.ensure_all(count)?;
        late = installation.server_megabytes()?;
        if part == first {
            early = late;
        }
    }
    let minutes = |parts: u32| f64::from(parts * seconds) / 60.0;
    let growth = late / early;
    let what =
        format!("memory after {} min of 500 events/s ÷ after {} min", short(minutes(parts)), short(minutes(first)));
    let growth = Row {
        ours: format!("{} MB", short(late)),
        baseline: format!("{} MB", short(early)),
        ratio: short(growth),
        ..Row::of_value("P21", what, "", growth, Bounds::at_most(1.3, 1.05))
    };
    Ok(vec![
        row("start to ready", "ms", &starts, Bounds::at_most(5_000.0, 1_000.0)),
        row("memory at rest", "MB", &at_rest, Bounds::at_most(200.0, 80.0)),
        growth,
    ])
}
