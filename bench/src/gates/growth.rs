//! P11: what a hundred times as much data costs: list, thread and dashboard at M (a million messages) ÷ at S (10,000), each
//! size in a database of its own, in one workspace.

use anyhow::{Context, Result};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Setting,
    compare::{Contest, compare},
    gates::list,
    installation::Installation,
    report::{Bounds, Row, Verdict},
    tenant::Tenant,
};

/// Time zones that nobody else asks with: figures of a zone that was not asked for lately are counted anew.
const ZONES: u32 = 12;

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    List,
    /// The longest conversation.
    Thread,
    Dashboard,
    /// The dashboard, counted anew each time.
    Count,
}

struct Filled<'a> {
    installation: Installation<'a>,
    tenant: Tenant,
    longest: Uuid,
}

impl<'a> Filled<'a> {
    async fn start(setting: &'a Setting, name: &str, size: &str) -> Result<Self> {
        let installation = Installation::start(setting, name).await?;
        let tenant = installation.demo(size).await?;
        let longest = sqlx::query_scalar(
            "SELECT conversation_id FROM messages WHERE workspace_id = $1 GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
        )
        .bind(tenant.workspace)
        .fetch_one(&installation.sql)
        .await
        .context("the longest conversation")?;
        Ok(Self { installation, tenant, longest })
    }

    async fn read(&self, page: Page, count: usize) -> Result<f64> {
        let (installation, tenant) = (&self.installation, &self.tenant);
        match page {
            Page::List => Ok(list::first_page(installation, tenant, count).await?.quantile(0.5)),
            Page::Thread => installation.median_of(&installation.thread_request(tenant, self.longest), count).await,
            Page::Dashboard => {
                let request = installation.call(tenant, "analytics/dashboard", json!({ "zone": "Europe/Madrid" }));
                installation.median_of(&request, count).await
            }
            Page::Count => {
                // Every zone once; what is kept of them is good for five seconds.
                tokio::time::sleep(std::time::Duration::from_secs(6)).await;
                let zone = |n: u32| json!({ "zone": format!("Etc/GMT+{}", n + 1) });
                let requests: Vec<_> =
                    (0..ZONES).map(|n| installation.call(tenant, "analytics/dashboard", zone(n))).collect();
                Ok(installation.times(requests.iter().map(Vec::as_slice)).await?.quantile(0.5))
            }
        }
    }
}

struct Growth<'a> {
    large: Filled<'a>,
    small: Filled<'a>,
    page: Page,
    count: usize,
}

impl Contest for Growth<'_> {
    async fn ours(&mut self) -> Result<f64> {
        self.large.read(self.page, self.count).await
    }

    async fn baseline(&mut self) -> Result<f64> {
        self.small.read(self.page, self.count).await
    }
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    let small = Filled::start(setting, "p11s", "S").await?;
    let large = Filled::start(setting, "p11m", "M").await?;
    let mut growth = Growth { large, small, page: Page::List, count: setting.form(200, 2_000) };
    let mut rows = Vec::new();
    for (page, what) in [
        (Page::List, "the list, p50: a million messages ÷ 10,000"),
        (Page::Thread, "the longest thread (10,000 ÷ 100 messages), p50: the same"),
        (Page::Dashboard, "the dashboard, p50: the same"),
        (Page::Count, "the dashboard counted anew, p50: the same"),
    ] {
        growth.page = page;
        let pairs = compare(&mut growth).await?;
        let row = Row::of_pairs("P11", what, "ms", &pairs, Bounds::at_most(5.0, 2.0));
        // What a viewer meets is the line above: counts are kept for some seconds.
        rows.push(if page == Page::Count { Row { verdict: Verdict::Reported, ..row } } else { row });
    }
    Ok(rows)
}
