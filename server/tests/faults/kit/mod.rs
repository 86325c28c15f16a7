//! The kit of the fault tests: an installation of processes that may be broken, its people, and the judge.

mod campaign;
mod graph;
mod postgres;
mod process;
mod reader;
mod seed;
mod simulator;
mod verdict;
mod webhooks;
mod wire;

#[expect(dead_code, reason = "the other tests use all of it")]
#[path = "../../it/kit/browser.rs"]
mod browser;
#[expect(dead_code, reason = "the other tests use all of it")]
#[path = "../../it/kit/socket.rs"]
mod socket;

use std::time::{Duration, Instant};

use serde_json::json;
use uuid::Uuid;

pub use browser::Browser;
pub use campaign::{Talk, ring};
pub use graph::HeldGraph;
pub use postgres::Cluster;
pub use process::Node;
pub use reader::{Logged, Reader};
pub use seed::{Chance, scale, seeds};
pub use simulator::Meta;
pub use socket::Socket;
pub use webhooks::{Poster, contact, delivery, one_text, status, text, text_at};
pub use wire::{Balancer, Cut, DeadEnd, Wire};

pub const APP_SECRET: &str = "the app secret of the tests";
pub const VERIFY_TOKEN: &str = "the verify token of the tests";
const PASSWORD: &str = "correct horse battery";

/// A workspace and its number.
#[derive(Clone)]
pub struct Tenant {
    pub browser: Browser,
    pub workspace: Uuid,
    /// Its owner.
    pub user: Uuid,
    pub channel: Uuid,
    /// Meta's id of its number.
    pub number: String,
    /// Meta's id of the account the number belongs to.
    pub account: String,
}

/// How an installation is built.
#[derive(Default)]
pub struct Plan {
    /// How many processes serve it; one unless set.
    pub nodes: usize,
    /// Whether the way to Postgres leads over a wire that can be cut.
    pub wired: bool,
    /// More settings of the processes.
    pub settings: Vec<(&'static str, String)>,
}

/// A running installation.
pub struct Installation {
    // Dropped in this order: the nodes end before their database.
    pub nodes: Vec<Node>,
    pub meta: Meta,
    pub balancer: Balancer,
    pub wire: Option<Wire>,
    pub cluster: Cluster,
    pub tenant: Tenant,
    settings: Vec<(&'static str, String)>,
}

impl Installation {
    /// One process, one workspace, one number.
    pub async fn start() -> Self {
        Self::planned(Plan::default()).await
    }

    pub async fn planned(plan: Plan) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let cluster = Cluster::start().await;
        let wire = if plan.wired { Some(Wire::start(cluster.socket()).await) } else { None };
        let database = wire
            .as_ref()
            .map_or_else(|| cluster.url(), |wire| format!("postgres://postgres@{}/charla?sslmode=disable", wire.addr));
        // The simulator knows the balancer and the nodes know the simulator, so the nodes come last.
        let balancer = Balancer::start(([127, 0, 0, 1], 9).into()).await;
        let meta = Meta::start(&format!("http://{}/webhooks/meta", balancer.addr)).await;
        let mut settings = vec![
            ("DATABASE_URL", database),
            ("CHARLA_PUBLIC_URL", format!("http://{}", balancer.addr)),
            ("CHARLA_SITE_ROOT", cluster.folder.display().to_string()),
            ("CHARLA_SECRET_KEY", "a secret key for tests of 32 characters".to_owned()),
            ("CHARLA_META_APP_SECRET", APP_SECRET.to_owned()),
            ("CHARLA_META_VERIFY_TOKEN", VERIFY_TOKEN.to_owned()),
            ("CHARLA_SIMULATOR_URL", meta.url.clone()),
            ("CHARLA_LOG", std::env::var("CHARLA_LOG").unwrap_or_else(|_| "info".to_owned())),
        ];
        settings.extend(plan.settings);
        let nodes = vec![node(&cluster, 0, &settings).await];
        balancer.leads_to(nodes[0].addr);
        let browser = Browser::new(&nodes[0].url());
        let answer = browser
            .submit("/account", &[("name", "Olga Owner"), ("email", "olga@example.com"), ("password", PASSWORD)])
            .await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let workspace = browser.workspace().await.parse().unwrap();
        let tenant = tenant(&cluster, &meta, browser, workspace).await;
        let mut installation = Self { nodes, meta, balancer, wire, cluster, tenant, settings };
        while installation.nodes.len() < plan.nodes {
            installation.another_node().await;
        }
        installation
    }

    /// Starts one more process beside the others.
    pub async fn another_node(&mut self) {
        let number = self.nodes.len();
        self.nodes.push(node(&self.cluster, number, &self.settings).await);
    }

    /// The only process, or the first.
    pub fn node(&mut self) -> &mut Node {
        &mut self.nodes[0]
    }

    /// A second workspace with a number of its own.
    pub async fn second_tenant(&self) -> Tenant {
        let browser = &self.tenant.browser;
        let answer = browser.submit("/workspaces", &[("name", "Other GmbH")]).await;
        let location = answer.location.expect("a new workspace");
        let workspace = location.split('/').nth(2).unwrap().parse().unwrap();
        tenant(&self.cluster, &self.meta, browser.clone(), workspace).await
    }

    /// Posts webhooks to the node that the balancer leads to.
    pub fn poster(&self) -> Poster {
        Poster::new(&format!("http://{}", self.balancer.addr))
    }

    /// Customers with an open window, numbered from `first`.
    pub async fn talks(&self, tenant: &Tenant, first: usize, count: usize) -> Vec<Talk> {
        campaign::talks(self.cluster.sql(), tenant, first, count).await
    }

    /// Stores a text for each of these conversations.
    pub async fn enqueue(&self, tenant: &Tenant, talks: &[Talk]) -> Vec<Uuid> {
        campaign::enqueue(self.cluster.sql(), tenant, talks).await
    }

    /// Most messages a second that a number sends. It is what the program was told; the simulator has its own limit.
    pub async fn paced(&self, tenant: &Tenant, a_second: i32) {
        sqlx::query("UPDATE channels SET rate = $3 WHERE workspace_id = $1 AND id = $2")
            .bind(tenant.workspace)
            .bind(tenant.channel)
            .bind(a_second)
            .execute(self.cluster.sql())
            .await
            .unwrap();
    }

    /// How many messages are stored under these ids of Meta's.
    pub async fn stored(&self, wamids: &[String]) -> usize {
        let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM messages WHERE external_id = ANY ($1)")
            .bind(wamids)
            .fetch_one(self.cluster.sql())
            .await
            .unwrap();
        usize::try_from(stored).unwrap()
    }

    /// Whether nothing is under way: no message waits or is being sent, no webhook waits anywhere.
    pub async fn is_at_rest(&self) -> bool {
        let under_way: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT FROM outbox) OR EXISTS (SELECT FROM waiting_deliveries)
                 OR EXISTS (SELECT FROM jobs WHERE state <> 'dead' AND run_at < now() + interval '1 minute')",
        )
        .fetch_one(self.cluster.sql())
        .await
        .unwrap();
        !under_way && self.meta.waiting().await == 0
    }

    /// Waits until nothing is under way.
    pub async fn comes_to_rest(&self, within: Duration) {
        let began = Instant::now();
        // A status may still be on its way when everything else is done: twice in a row.
        let mut calm = 0;
        while calm < 2 {
            calm = if self.is_at_rest().await { calm + 1 } else { 0 };
            if began.elapsed() > within {
                let left: Vec<(String, i64)> = sqlx::query_as(
                    "SELECT 'outbox', count(*) FROM outbox UNION ALL SELECT 'waiting deliveries', count(*) FROM waiting_deliveries
                     UNION ALL SELECT 'jobs', count(*) FROM jobs WHERE state <> 'dead'",
                )
                .fetch_all(self.cluster.sql())
                .await
                .unwrap();
                panic!("not at rest within {within:?}: {left:?}, {} webhooks wait at Meta", self.meta.waiting().await);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// How many of a number's messages reached a phone.
    pub async fn arrived(&self, tenant: &Tenant) -> usize {
        self.meta.arrived(&tenant.number).await.len()
    }

    /// Waits until so many of a number's messages reached a phone.
    pub async fn has_arrived(&self, tenant: &Tenant, count: usize, within: Duration) {
        let began = Instant::now();
        while self.arrived(tenant).await < count {
            assert!(began.elapsed() < within, "{} of {count} within {within:?}", self.arrived(tenant).await);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn node(cluster: &Cluster, number: usize, settings: &[(&'static str, String)]) -> Node {
    let mut node = Node::start(cluster.folder.join(format!("charla-{number}.log")), settings.to_vec());
    node.ready().await;
    node
}

/// What belongs to a workspace, once its number is connected and the first customer has written.
async fn tenant(cluster: &Cluster, meta: &Meta, browser: Browser, workspace: Uuid) -> Tenant {
    let (channel, number, account): (Uuid, String, String) = eventually(|| async {
        sqlx::query_as(
            "SELECT channel_id, phone_number_id, business_account_id FROM conversations c JOIN channels h USING (workspace_id) WHERE workspace_id = $1 AND h.id = c.channel_id",
        )
        .bind(workspace)
        .fetch_optional(cluster.sql())
        .await
        .unwrap()
    })
    .await;
    let user = sqlx::query_scalar("SELECT user_id FROM members WHERE workspace_id = $1 AND role = 'owner'")
        .bind(workspace)
        .fetch_one(cluster.sql())
        .await
        .unwrap();
    // The customers of the tests have not written to the simulator, so its own window would be closed.
    meta.limits(&number, &json!({ "per_second": null, "pair": false, "window": false })).await;
    Tenant { browser, workspace, user, channel, number, account }
}

/// Looks again and again until there is something, for at most thirty seconds.
pub async fn eventually<T, F: Future<Output = Option<T>>>(look: impl Fn() -> F) -> T {
    within(Duration::from_secs(30), look).await
}

/// Looks again and again until there is something, for at most so long.
pub async fn within<T, F: Future<Output = Option<T>>>(time: Duration, look: impl Fn() -> F) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(began.elapsed() < time, "it did not happen within {time:?}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}

/// Shares seeds between so many groups, each of which has an installation of its own side by side with the others.
pub fn groups(seeds: Vec<u64>, count: usize) -> Vec<Vec<u64>> {
    let mut groups = vec![Vec::new(); count];
    for (seed, group) in seeds.into_iter().zip((0..count).cycle()) {
        groups[group].push(seed);
    }
    groups.retain(|seeds| !seeds.is_empty());
    groups
}

pub async fn pause(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}
