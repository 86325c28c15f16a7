//! P12: search over HTTP among a million messages, each kind of question beside the plan that is best for it.

use std::iter::repeat_n;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Setting,
    compare::{Contest, PAIRS, Pairs, compare},
    figures::{median, short},
    installation::Installation,
    load,
    postgres::{Length, Pgbench, Ran},
    report::{Bounds, Row},
    tenant::Tenant,
    traffic::{self, Update},
};

/// The plans, as functions of the schema `baseline`.
const PLANS: &str = include_str!("../../sql/search.sql");
/// The best SQL for the same rows, in the same kind of transaction; `FUNCTION` stands for a plan.
const MESSAGES: &str = include_str!("../../sql/search_messages.sql");
const PEOPLE: &str = include_str!("../../sql/search_people.sql");
/// A word that only the neighbour's messages have.
const FOREIGN: &str = "xylograph";
/// The neighbour's messages with it.
const FOREIGN_MESSAGES: usize = 200;

/// What is looked for, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Among {
    Messages,
    People,
}

impl Among {
    const fn function(self) -> &'static str {
        match self {
            Self::Messages => "search/messages",
            Self::People => "search/people",
        }
    }

    /// The plans that may be best.
    const fn plans(self) -> &'static [&'static str] {
        match self {
            Self::Messages => &["messages_by_index", "messages_by_time"],
            Self::People => &["people"],
        }
    }

    const fn script(self) -> &'static str {
        match self {
            Self::Messages => MESSAGES,
            Self::People => PEOPLE,
        }
    }
}

/// A question, as somebody types it.
#[derive(Debug)]
struct Question {
    kind: &'static str,
    words: String,
    among: Among,
    finds: bool,
}

impl Question {
    fn request(&self, installation: &Installation<'_>, tenant: &Tenant) -> Vec<u8> {
        let arguments = match self.among {
            Among::Messages => json!({ "search": { "query": self.words }, "after": null }),
            Among::People => json!({ "query": self.words }),
        };
        installation.call(tenant, self.among.function(), arguments)
    }

    /// The same for the index: a part of a number is looked for among names, too.
    async fn asked(&self, installation: &Installation<'_>, tenant: &Tenant) -> Result<String> {
        let terms: Vec<&str> = self.words.split_whitespace().collect();
        let number = (self.among == Among::People).then_some(self.words.as_str());
        sqlx::query_scalar(
            "SELECT (search_query($1, $2, true)
                     || coalesce(('''' || search_workspace($1) || '+' || $3::text || ''':*')::tsquery, ''))::text",
        )
        .bind(tenant.workspace)
        .bind(terms)
        .bind(number)
        .fetch_one(&installation.sql)
        .await
        .context("the question for the index")
    }
}

struct Search<'a> {
    installation: &'a Installation<'a>,
    workspace: String,
    /// The database as requests reach it.
    url: String,
    request: Vec<u8>,
    asked: String,
    script: String,
    count: usize,
    /// The middles of the runs whose 99th percentiles are compared.
    middles: Pairs,
}

impl Search<'_> {
    async fn sql(&self, script: &str, length: Length) -> Result<Ran> {
        let pgbench = Pgbench {
            url: &self.url,
            script,
            clients: 1,
            length,
            rate: None,
            variables: &[("workspace", &self.workspace), ("asked", &self.asked)],
        };
        pgbench.run_timed(self.installation.setting).await
    }

    /// Takes the plan that is best for this question.
    async fn choose(&mut self, among: Among) -> Result<&'static str> {
        let mut best = ("", 0.0);
        for plan in among.plans() {
            let script = among.script().replace("FUNCTION", plan);
            let per_second = self.sql(&script, Length::Seconds(1)).await?.per_second;
            if per_second > best.1 {
                best = (plan, per_second);
                self.script = script;
            }
        }
        ensure!(!best.0.is_empty(), "no plan came to an end");
        Ok(best.0)
    }

    /// The middle of the last runs of one side.
    fn middle(of: &[f64]) -> f64 {
        median(&of[of.len().saturating_sub(PAIRS)..])
    }
}

impl Contest for Search<'_> {
    async fn ours(&mut self) -> Result<f64> {
        let times = self.installation.times(repeat_n(self.request.as_slice(), self.count)).await?;
        self.middles.ours.push(times.quantile(0.5));
        Ok(times.p99())
    }

    async fn baseline(&mut self) -> Result<f64> {
        let times = self.sql(&self.script, Length::Transactions(u64::try_from(self.count)?)).await?.times;
        self.middles.baseline.push(times.quantile(0.5));
        Ok(times.p99())
    }
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    let mut installation = Installation::start(setting, "p12").await?;
    let tenant = installation.demo("M").await?;
    neighbour_writes(&mut installation).await?;
    sqlx::raw_sql(PLANS).execute(&installation.sql).await.context("the baseline's functions")?;
    // What was just written is sorted into the indexes now, not by somebody's search.
    sqlx::raw_sql("VACUUM ANALYZE").execute(&installation.sql).await?;

    let mut rows = Vec::new();
    for question in questions(&installation, &tenant).await? {
        let mut search = Search {
            installation: &installation,
            workspace: tenant.workspace.to_string(),
            url: installation.url_of_requests(),
            request: question.request(&installation, &tenant),
            asked: question.asked(&installation, &tenant).await?,
            script: String::new(),
            count: setting.form(200, 2_000),
            middles: Pairs::default(),
        };
        let plan = search.choose(question.among).await?;
        ensure_same(&search, &question, &tenant, plan).await?;
        let pairs = compare(&mut search).await?;
        let (ours, baseline) = (Search::middle(&search.middles.ours), Search::middle(&search.middles.baseline));
        let middles = format!("p50: {} ms, {} ms", short(ours), short(baseline));
        let what = format!("search, {}, p99 ({middles}; baseline: {plan})", question.kind);
        rows.push(Row::of_pairs("P12", what, "ms", &pairs, Bounds::at_most(10.0, 2.5)));
    }
    Ok(rows)
}

/// Customers of the small workspace beside write the word that nobody else uses.
async fn neighbour_writes(installation: &mut Installation<'_>) -> Result<()> {
    let neighbour = installation.tenant.clone();
    let message = |number: usize| Update::Message {
        phone: (number % 20) as u64,
        id: format!("wamid.foreign.{number}"),
        text: format!("Is the {FOREIGN} number {number} still there?"),
    };
    let updates: Vec<_> = (0..FOREIGN_MESSAGES).map(message).collect();
    let requests = traffic::posts(installation.app, &neighbour.number, &updates).into();
    let limit = std::time::Duration::from_mins(1);
    load::flood(installation.app, 16, &requests, limit).await?.ensure_all(FOREIGN_MESSAGES)?;
    installation.drain(limit).await?;
    let there =
        installation.call(&neighbour, "search/messages", json!({ "search": { "query": FOREIGN }, "after": null }));
    ensure!(!ids(&installation.answer(&there).await?)?.is_empty(), "the neighbour does not find their own word");
    Ok(())
}

/// One question of each kind. Those that depend on the data are read from it.
async fn questions(installation: &Installation<'_>, tenant: &Tenant) -> Result<Vec<Question>> {
    // The number of an order in an old message: nobody else has it, or hardly anybody.
    let rare: String = sqlx::query_scalar(
        "SELECT substring(content ->> 'body' FROM '#([0-9]{5})$') FROM messages
         WHERE workspace_id = $1 AND content ->> 'body' ~ '#[0-9]{5}$' ORDER BY at, id LIMIT 1",
    )
    .bind(tenant.workspace)
    .fetch_one(&installation.sql)
    .await
    .context("a rare word")?;
    // Not one that begins with zero: that is looked for without it, too.
    let fragment: String = sqlx::query_scalar(
        "SELECT right(value, 5) FROM identities WHERE workspace_id = $1 AND kind = 'phone' AND right(value, 5) > '1'
         ORDER BY right(value, 5) LIMIT 1 OFFSET 5000",
    )
    .bind(tenant.workspace)
    .fetch_one(&installation.sql)
    .await
    .context("a part of a number")?;
    let messages = |kind, words: &str| Question { kind, words: words.to_owned(), among: Among::Messages, finds: true };
    Ok(vec![
        messages("a rare word", &rare),
        messages("a common word", "order"),
        messages("two words", "order lighthouse"),
        messages("an emoji", "🎉"),
        messages("the beginning of a word", "lig"),
        Question { finds: false, ..messages("another tenant's word", FOREIGN) },
        Question { among: Among::People, ..messages("a part of a phone number", &fragment) },
    ])
}

/// Both sides find the same, in the same order.
async fn ensure_same(search: &Search<'_>, question: &Question, tenant: &Tenant, plan: &str) -> Result<()> {
    let answer = search.installation.answer(&search.request).await?;
    let ours = ids(&answer)?;
    let statement = format!("SELECT id FROM baseline.{plan}($1, $2::tsquery) AS f (id)");
    let theirs: Vec<Uuid> = sqlx::query_scalar(sqlx::AssertSqlSafe(statement))
        .bind(tenant.workspace)
        .bind(&search.asked)
        .fetch_all(&search.installation.sql)
        .await?;
    // Both look for one more than a page of messages, to know whether there is another.
    let page = &theirs[..theirs.len().min(if question.among == Among::Messages { 20 } else { 8 })];
    ensure!(ours == page, "{}: `{}` finds {ours:?}, the baseline {page:?}", question.kind, question.words);
    ensure!(ours.is_empty() != question.finds, "{}: `{}` finds {}", question.kind, question.words, ours.len());
    Ok(())
}

/// The messages or the people of an answer, in its order.
fn ids(answer: &Value) -> Result<Vec<Uuid>> {
    let id = |row: &Value| row.pointer("/contact/id").filter(|_| row["id"].is_null()).or(row.get("id")).cloned();
    let rows = answer.get("hits").unwrap_or(answer).as_array().context("an answer without rows")?;
    rows.iter()
        .map(|row| Ok(id(row).as_ref().and_then(Value::as_str).context("a row without an id")?.parse()?))
        .collect()
}
