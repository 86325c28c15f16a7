//! P9, P9b, P9c and P10: the inbox' list over HTTP, of 100,000 conversations with a million messages.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{
    Setting,
    compare::{Contest, compare},
    figures::Times,
    installation::Installation,
    postgres::{Length, Pgbench, Ran},
    report::{Bounds, Row},
    tenant::Tenant,
};

/// The best SQL for the same rows, in the same kind of transaction.
const LIST: &str = include_str!("../../sql/list.sql");
/// Conversations in a page.
const PAGE: usize = 50;
/// The page that is far down.
const DEEP: usize = 1_000;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// One reader: the middle time.
    Latency,
    /// Eight readers: requests a second.
    Throughput,
    /// The same SQL as the role under row-level security, and as the owner of the tables.
    Guard,
    /// The first page and one far down.
    Depth,
}

struct List<'a> {
    installation: &'a Installation<'a>,
    tenant: Tenant,
    first: Vec<u8>,
    deep: Vec<u8>,
    side: Side,
    count: usize,
    seconds: u64,
}

impl List<'_> {
    /// The SQL by pgbench, as the role that requests have or as the owner.
    async fn sql(&self, clients: u32, guarded: bool) -> Result<Ran> {
        let url = if guarded { self.installation.url_of_requests() } else { self.installation.database_url.clone() };
        let workspace = self.tenant.workspace.to_string();
        let pgbench = Pgbench {
            url: &url,
            script: LIST,
            clients,
            length: Length::Seconds(self.seconds),
            rate: None,
            variables: &[("workspace", &workspace)],
        };
        pgbench.run(self.installation.setting).await
    }
}

impl Contest for List<'_> {
    async fn ours(&mut self) -> Result<f64> {
        match self.side {
            Side::Latency => self.installation.median_of(&self.first, self.count).await,
            Side::Throughput => self.installation.throughput(&self.first, 8, Duration::from_secs(self.seconds)).await,
            Side::Guard => Ok(self.sql(1, true).await?.per_second),
            Side::Depth => self.installation.median_of(&self.deep, self.count).await,
        }
    }

    async fn baseline(&mut self) -> Result<f64> {
        match self.side {
            // One client without pauses: its mean is the time of a transaction. The median is hardly lower.
            Side::Latency => Ok(1e3 / self.sql(1, true).await?.per_second),
            Side::Throughput => Ok(self.sql(8, true).await?.per_second),
            Side::Guard => Ok(self.sql(1, false).await?.per_second),
            Side::Depth => self.installation.median_of(&self.first, self.count).await,
        }
    }
}

/// The request for a page far down, found by turning pages; every page must be full and new.
async fn deep(installation: &Installation<'_>, tenant: &Tenant) -> Result<Vec<u8>> {
    let (mut after, mut last) = (Value::Null, Vec::new());
    let mut seen = std::collections::HashSet::new();
    for page in 1..=DEEP {
        last = installation.list_page_request(tenant, &after);
        let answer = installation.answer(&last).await?;
        let rows = answer["conversations"].as_array().context("a page without conversations")?;
        ensure!(rows.len() == PAGE, "page {page} has {} rows", rows.len());
        ensure!(rows.iter().all(|row| seen.insert(row["id"].to_string())), "page {page} repeats a row");
        after = answer["next"].clone();
    }
    Ok(last)
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    let installation = Installation::start(setting, "p9").await?;
    let tenant = installation.demo("M").await?;
    let first = installation.list_page_request(&tenant, &json!(null));
    let deep = deep(&installation, &tenant).await?;
    let mut list = List {
        installation: &installation,
        tenant,
        first,
        deep,
        side: Side::Latency,
        count: setting.form(300, 3_000),
        seconds: setting.form(2, 10),
    };
    let mut rows = Vec::new();
    let gates = [
        (Side::Latency, "P9", "the inbox' list over HTTP, one reader, p50", "ms", Bounds::at_most(4.0, 2.5)),
        (Side::Throughput, "P9b", "the same, eight readers", "/s", Bounds::at_least(0.25, 0.4)),
        (Side::Guard, "P9c", "the list's SQL under row-level security ÷ without", "/s", Bounds::at_least(0.6, 0.7)),
        (Side::Depth, "P10", "the 1,000th page of the list ÷ the first, p50", "ms", Bounds::at_most(3.0, 1.3)),
    ];
    for (side, gate, what, unit, bounds) in gates {
        list.side = side;
        let pairs = compare(&mut list).await?;
        rows.push(Row::of_pairs(gate, what, unit, &pairs, bounds));
    }
    Ok(rows)
}

/// Times of one reader's requests for the first page, for gates that compare sizes.
pub(crate) async fn first_page(installation: &Installation<'_>, tenant: &Tenant, count: usize) -> Result<Times> {
    let request = installation.list_page_request(tenant, &Value::Null);
    installation.times(std::iter::repeat_n(request.as_slice(), count)).await
}
