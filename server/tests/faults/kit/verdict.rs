//! The judge: compares what reached phones with what is stored, and asks the database whether its invariants hold.

use std::collections::{BTreeMap, HashMap};

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::{Installation, Tenant};

/// Every invariant, as a query that must return no row (see the file).
const INVARIANTS: &str = include_str!("../invariants.sql");

/// What became of some messages.
#[derive(Debug, Default)]
pub struct Verdict {
    /// Neither sent nor refused nor shown as unconfirmed; or said to be sent and not; or the other way round.
    pub lost: Vec<(Uuid, String)>,
    /// More than once on a phone.
    pub twice: Vec<Uuid>,
    /// Shown as `unknown`, and on no phone.
    pub unconfirmed: Vec<Uuid>,
    /// Shown as `unknown` although it is on a phone, of which statuses have told.
    pub unresolved: Vec<Uuid>,
    /// Refused for good.
    pub failed: Vec<Uuid>,
    /// How many reached a phone.
    pub arrived: usize,
}

impl Verdict {
    /// Nothing acknowledged is lost, nothing is sent twice, and what reached a phone is known to have.
    pub fn keeps_the_promise(&self) {
        assert!(self.twice.is_empty(), "on a phone twice: {:?}", self.twice);
        assert!(self.lost.is_empty(), "lost: {:?}", self.lost);
        assert!(self.unresolved.is_empty(), "statuses did not resolve: {:?}", self.unresolved);
    }
}

impl Installation {
    /// What became of messages that are at rest.
    pub async fn judge(&self, tenant: &Tenant, messages: &[Uuid]) -> Verdict {
        let mut times: HashMap<Uuid, usize> = HashMap::new();
        for arrived in self.meta.arrived(&tenant.number).await {
            *times.entry(arrived.message).or_default() += 1;
        }
        let states = self.states(tenant, messages).await;
        let mut verdict = Verdict::default();
        for message in messages {
            let times = times.get(message).copied().unwrap_or(0);
            verdict.arrived += usize::from(times > 0);
            if times > 1 {
                verdict.twice.push(*message);
            }
            match (states.get(message).map(String::as_str), times) {
                (Some("unknown"), 0) => verdict.unconfirmed.push(*message),
                (Some("unknown"), _) => verdict.unresolved.push(*message),
                (Some("failed"), 0) => verdict.failed.push(*message),
                (Some("accepted" | "sent" | "delivered" | "read"), 1..) => {}
                (state, times) => {
                    verdict
                        .lost
                        .push((*message, format!("{} and {times} times on a phone", state.unwrap_or("no row"))));
                }
            }
        }
        verdict
    }

    /// The states of messages.
    pub async fn states(&self, tenant: &Tenant, messages: &[Uuid]) -> HashMap<Uuid, String> {
        let rows: Vec<(Uuid, String)> =
            sqlx::query_as("SELECT id, state FROM messages WHERE workspace_id = $1 AND id = ANY ($2)")
                .bind(tenant.workspace)
                .bind(messages)
                .fetch_all(self.cluster.sql())
                .await
                .unwrap();
        rows.into_iter().collect()
    }

    /// How many messages are in each state.
    pub async fn census(&self, tenant: &Tenant, messages: &[Uuid]) -> BTreeMap<String, usize> {
        let mut census = BTreeMap::new();
        for state in self.states(tenant, messages).await.into_values() {
            *census.entry(state).or_default() += 1;
        }
        census
    }

    /// What holds at every moment.
    pub async fn is_consistent(&self) {
        self.check(&["always"]).await;
    }

    /// What holds when nothing is under way any more, too.
    pub async fn is_consistent_at_rest(&self) {
        self.check(&["always", "at rest"]).await;
        for node in &self.nodes {
            let said = node.said();
            let panic = said.lines().find(|line| line.contains("panicked at"));
            assert!(panic.is_none(), "a panic: {panic:?}");
        }
    }

    async fn check(&self, when: &[&str]) {
        let mut broken = Vec::new();
        for invariant in INVARIANTS.split("\n-- ").skip(1) {
            let (title, query) = invariant.split_once('\n').unwrap();
            let (holds, sentence) = title.split_once(": ").expect("`-- always: …` or `-- at rest: …`");
            if !when.contains(&holds) {
                continue;
            }
            let query = query.trim().trim_end_matches(';');
            let query = format!("SELECT to_jsonb(t)::text FROM ({query}) t LIMIT 5");
            let rows: Vec<String> =
                sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(self.cluster.sql()).await.unwrap();
            if !rows.is_empty() {
                broken.push(format!("{sentence}: {rows:#?}"));
            }
        }
        assert!(broken.is_empty(), "invariants that do not hold:\n{}", broken.join("\n"));
    }
}
