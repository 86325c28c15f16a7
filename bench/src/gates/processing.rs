//! P4: stored deliveries to contact, conversation, message, status and event rows, against hand-written SQL that does the
//! same writes in batches of a hundred on tables of the same shape. Both sides must end with the same rows.

use std::{
    collections::BTreeMap,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::time::sleep;

use crate::{
    Setting, baseline,
    compare::{Contest, compare},
    figures::rate,
    installation::{Installation, Processing},
    load,
    report::{Bounds, Row},
    traffic::{self, Update},
};

/// Customers with a conversation before the run; as many new ones write in it.
const KNOWN: u64 = 250;
const LIMIT: Duration = Duration::from_mins(5);
const COUNTED: [&str; 6] = ["contacts", "identities", "conversations", "messages", "message_events", "events"];

struct Processing4<'a> {
    installation: Installation<'a>,
    /// Messages in, and messages out with three statuses each.
    messages: usize,
    updates: Vec<Update>,
    /// New rows and states on our side, to be met by the baseline.
    expected: BTreeMap<String, i64>,
    run: u64,
}

/// How many rows each table has, and how many outgoing messages each state.
async fn rows(sql: &PgPool, schema: &str) -> Result<BTreeMap<String, i64>> {
    let mut found = BTreeMap::new();
    for table in COUNTED {
        let query = format!("SELECT count(*) FROM {schema}.{table}");
        found.insert(table.to_owned(), sqlx::query_scalar(AssertSqlSafe(query)).fetch_one(sql).await?);
    }
    let query = format!("SELECT state, count(*) FROM {schema}.messages WHERE direction = 'out' GROUP BY state");
    let states: Vec<(String, i64)> = sqlx::query_as(AssertSqlSafe(query)).fetch_all(sql).await?;
    found.extend(states.into_iter().map(|(state, count)| (format!("messages that are {state}"), count)));
    Ok(found)
}

fn added(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let names = before.keys().chain(after.keys());
    let count = |rows: &BTreeMap<String, i64>, name: &String| rows.get(name).copied().unwrap_or(0);
    names.map(|name| (name.clone(), count(after, name) - count(before, name))).collect()
}

impl Processing4<'_> {
    /// Stores the deliveries with processing off, by the way they come in, and makes the baseline's tables as ours are.
    async fn fill(&mut self) -> Result<()> {
        let tag = self.installation.next_tag();
        self.run += 1;
        let tenant = self.installation.tenant.clone();
        let sql = self.installation.sql.clone();
        let taken = tenant.taken_messages(&sql, &tag, self.messages, KNOWN).await?;
        let mut inbound = traffic::messages(&tag, self.messages, 2 * KNOWN);
        for update in &mut inbound {
            if let Update::Message { phone, .. } = update
                && *phone >= KNOWN
            {
                // Customers that no run before had.
                *phone += self.run * 10_000;
            }
        }
        self.updates = traffic::mix(inbound, traffic::statuses(&taken));
        self.installation.restart_server(Processing::Off).await?;
        let requests = Rc::new(traffic::posts(self.installation.app, &tenant.number, &self.updates));
        let met = load::flood(self.installation.app, 16, &requests, LIMIT).await?;
        met.ensure_all(self.updates.len())?;
        let waiting = self.installation.waiting().await?;
        ensure!(
            usize::try_from(waiting).ok() == Some(self.updates.len()),
            "of {} deliveries {waiting} wait: the server does not heed CHARLA_PROCESSING=off",
            self.updates.len()
        );

        let mut transaction = sql.begin().await?;
        let tables = COUNTED.map(|table| format!("baseline.{table}")).join(", ");
        let empty = format!("TRUNCATE {tables}, baseline.updates");
        sqlx::raw_sql(AssertSqlSafe(empty)).execute(&mut *transaction).await?;
        for table in ["contacts", "identities", "conversations", "messages"] {
            sqlx::query("CALL baseline.copy($1)").bind(table).execute(&mut *transaction).await?;
        }
        let (mut kinds, mut phones, mut names, mut ids, mut bodies) = (vec![], vec![], vec![], vec![], vec![]);
        for update in &self.updates {
            let (kind, phone, body) = match update {
                Update::Message { phone, text, .. } => ("message", *phone, text.as_str()),
                Update::Status { phone, status, .. } => (*status, *phone, ""),
            };
            kinds.push(kind);
            phones.push(traffic::digits(phone));
            names.push(traffic::name(phone));
            ids.push(update.id());
            bodies.push(body);
        }
        sqlx::query(
            "INSERT INTO baseline.updates SELECT n, kind, phone, name, id, body, now()
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY u (kind, phone, name, id, body, n)",
        )
        .bind(&kinds)
        .bind(&phones)
        .bind(&names)
        .bind(&ids)
        .bind(&bodies)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        sqlx::raw_sql("VACUUM ANALYZE").execute(&sql).await?;
        Ok(())
    }

    /// From the moment the first of them had its effect to the moment the last one has.
    async fn work_off(&mut self) -> Result<f64> {
        let all = self.installation.waiting().await?;
        self.installation.restart_server(Processing::On).await?;
        let until = Instant::now() + LIMIT;
        // The server may have begun while it was becoming ready: what it did by now is not counted.
        let mut idle = (Instant::now(), self.installation.waiting().await?);
        let mut first = None;
        loop {
            let at = Instant::now();
            let waiting = self.installation.waiting().await?;
            match first {
                None if waiting < idle.1 => first = Some(idle),
                None => idle = (at, waiting),
                Some(_) => {}
            }
            if waiting == 0 {
                let (from, left) = first.unwrap_or(idle);
                ensure!(left * 2 > all, "the server had done more than half before it could be measured");
                return Ok(rate(usize::try_from(left)?, from.elapsed()));
            }
            ensure!(at < until, "{waiting} of {all} deliveries wait after {LIMIT:?}");
            sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Contest for Processing4<'_> {
    async fn ours(&mut self) -> Result<f64> {
        self.fill().await?;
        let sql = self.installation.sql.clone();
        let before = rows(&sql, "public").await?;
        let figure = self.work_off().await?;
        self.expected = added(&before, &rows(&sql, "public").await?);
        let quarantined = self.installation.count("SELECT count(*) FROM quarantined_updates").await?;
        ensure!(quarantined == 0, "{quarantined} updates were quarantined");
        Ok(figure)
    }

    async fn baseline(&mut self) -> Result<f64> {
        let sql = &self.installation.sql;
        let before = rows(sql, "baseline").await?;
        let began = Instant::now();
        // The simple protocol: a procedure that commits may not be called inside a transaction of the driver's.
        let tenant = &self.installation.tenant;
        let call = format!("CALL baseline.process('{}', '{}')", tenant.workspace, tenant.channel);
        sqlx::raw_sql(AssertSqlSafe(call)).execute(sql).await.context("the baseline's SQL")?;
        let elapsed = began.elapsed();
        let found = added(&before, &rows(sql, "baseline").await?);
        ensure!(
            found == self.expected,
            "the sides did not store the same: ours added {:?}, the baseline {found:?}",
            self.expected
        );
        Ok(rate(self.updates.len(), elapsed))
    }
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    let mut installation = Installation::start(setting, "p4").await?;
    baseline::prepare(&installation.sql).await?;
    let tenant = installation.tenant.clone();
    installation.conversations(&tenant, KNOWN).await?;
    let messages = setting.form(4_000, 25_000);
    let mut contest = Processing4 { installation, messages, updates: Vec::new(), expected: BTreeMap::new(), run: 0 };
    let pairs = compare(&mut contest).await?;
    let what = format!("{} deliveries to their rows, 1 message to 3 statuses", messages * 4);
    Ok(vec![Row::of_pairs("P4", what, "/s", &pairs, Bounds::at_least(0.35, 0.6))])
}
