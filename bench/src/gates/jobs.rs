//! P8: jobs that do nothing, with all that a job has (lease, fencing, retries, dead letters), against pgbench claiming and
//! deleting fifty a transaction. P8b: how soon a job on an idle system is done, against a NOTIFY's round trip.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use sqlx::postgres::PgListener;
use tokio::time::{sleep, timeout};

use crate::{
    Setting, baseline,
    compare::{Contest, compare},
    figures::{Times, median, rate},
    installation::Installation,
    postgres::{Length, Pgbench},
    report::{Bounds, Row},
};

const LIMIT: Duration = Duration::from_mins(2);
/// A single job may take so long before the doorbell counts as unheard.
const ONE_LIMIT: Duration = Duration::from_secs(5);
const CLAIM: u64 = 50;

const TAKE: &str = "DELETE FROM baseline.jobs WHERE id IN (
    SELECT id FROM baseline.jobs WHERE state = 'waiting' AND run_at <= now() ORDER BY run_at, sequence LIMIT 50 FOR UPDATE SKIP LOCKED);
";

/// Says when a job of nothing is gone.
const TRIGGER: &str = "
CREATE FUNCTION baseline.tell_done() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('bench_done', OLD.id::text);
    RETURN NULL;
END
$$;
GRANT USAGE ON SCHEMA baseline TO PUBLIC;
CREATE TRIGGER tell_done AFTER DELETE ON jobs FOR EACH ROW WHEN (OLD.kind = 'nothing') EXECUTE FUNCTION baseline.tell_done();
";

struct Many<'a> {
    installation: Installation<'a>,
    count: u64,
}

impl Contest for Many<'_> {
    async fn ours(&mut self) -> Result<f64> {
        let sql = &self.installation.sql;
        let mut transaction = sql.begin().await?;
        sqlx::query(
            "INSERT INTO jobs (id, kind, payload, run_at, created_at)
             SELECT gen_random_uuid(), 'nothing', '{}', now(), now() FROM generate_series(1, $1)",
        )
        .bind(i64::try_from(self.count)?)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("SELECT pg_notify('charla', 'bench jobs')").execute(&mut *transaction).await?;
        transaction.commit().await?;
        let began = Instant::now();
        loop {
            let left: bool =
                sqlx::query_scalar("SELECT EXISTS (SELECT FROM jobs WHERE kind = 'nothing' AND state <> 'dead')")
                    .fetch_one(sql)
                    .await?;
            if !left {
                break;
            }
            if began.elapsed() > LIMIT {
                let left = self.installation.count("SELECT count(*) FROM jobs WHERE kind = 'nothing'").await?;
                anyhow::bail!("{left} jobs of the kind `nothing` wait after {LIMIT:?}; does this build know the kind?");
            }
            sleep(Duration::from_millis(5)).await;
        }
        let figure = rate(usize::try_from(self.count)?, began.elapsed());
        let dead = self.installation.count("SELECT count(*) FROM jobs WHERE kind = 'nothing'").await?;
        ensure!(dead == 0, "{dead} jobs that do nothing were given up");
        sqlx::query("VACUUM ANALYZE jobs").execute(sql).await?;
        Ok(figure)
    }

    async fn baseline(&mut self) -> Result<f64> {
        let sql = &self.installation.sql;
        sqlx::query(
            "INSERT INTO baseline.jobs (id, kind, payload, run_at, created_at)
             SELECT gen_random_uuid(), 'nothing', '{}', now(), now() FROM generate_series(1, $1)",
        )
        .bind(i64::try_from(self.count)?)
        .execute(sql)
        .await?;
        let pgbench = Pgbench {
            url: &self.installation.database_url,
            script: TAKE,
            clients: 1,
            length: Length::Transactions(self.count / CLAIM),
            rate: None,
            variables: &[],
        };
        let ran = pgbench.run(self.installation.setting).await?;
        let left = self.installation.count("SELECT count(*) FROM baseline.jobs").await?;
        ensure!(left == 0, "pgbench left {left} of {} jobs", self.count);
        sqlx::query("VACUUM ANALYZE baseline.jobs").execute(sql).await?;
        Ok(ran.per_second * CLAIM as f64)
    }
}

struct One<'a> {
    installation: Installation<'a>,
    listener: PgListener,
    samples: u32,
}

impl One<'_> {
    /// The median time from this statement to the word that follows it, in milliseconds.
    async fn word_after(&mut self, statement: &'static str) -> Result<f64> {
        let mut times = Times::default();
        for _ in 0..self.samples {
            sleep(Duration::from_millis(20)).await;
            let from = Instant::now();
            sqlx::query(statement).execute(&self.installation.sql).await?;
            let heard = timeout(ONE_LIMIT, self.listener.recv()).await;
            heard
                .context("no word came within 5 s; is the doorbell still `charla`, with the payload `NODE jobs`?")??;
            times.add(from.elapsed());
        }
        Ok(times.quantile(0.5))
    }
}

impl Contest for One<'_> {
    async fn ours(&mut self) -> Result<f64> {
        self.word_after(
            "WITH added AS (INSERT INTO jobs (id, kind, payload, run_at, created_at)
                            VALUES (gen_random_uuid(), 'nothing', '{}', now(), now()))
             SELECT pg_notify('charla', 'bench jobs')",
        )
        .await
    }

    async fn baseline(&mut self) -> Result<f64> {
        self.word_after("SELECT pg_notify('bench_done', 'echo')").await
    }
}

pub(crate) async fn measure(setting: &Setting) -> Result<Vec<Row>> {
    let installation = Installation::start(setting, "p8").await?;
    baseline::prepare(&installation.sql).await?;
    let mut many = Many { installation, count: setting.form(4_000, 50_000) };
    let pairs = compare(&mut many).await?;
    let mut rows = vec![Row::of_pairs("P8", "jobs that do nothing", "/s", &pairs, Bounds::at_least(0.15, 0.3))];

    let installation = many.installation;
    sqlx::raw_sql(TRIGGER).execute(&installation.sql).await?;
    let mut listener = PgListener::connect(&installation.database_url).await?;
    listener.listen("bench_done").await?;
    if let Some(before) = installation.server_cpu_seconds() {
        let rest = Duration::from_secs(setting.form(3, 30));
        sleep(rest).await;
        let used = installation.server_cpu_seconds().context("the server is gone")? - before;
        let share = 100.0 * used / rest.as_secs_f64();
        rows.push(Row::of_value("P8b", "processor used by an idle server", "%", share, Bounds::at_most(1.0, 1.0)));
    }
    let mut one = One { installation, listener, samples: setting.form(50, 300) };
    let pairs = compare(&mut one).await?;
    let ours = median(&pairs.ours);
    let what = "one job on an idle system, from INSERT until it is done and gone, p50";
    let row = Row::of_pairs("P8b", what, "ms", &pairs, Bounds::at_most(10.0, 3.0));
    rows.push(row.and_at_most("ms", ours, None, 10.0));
    Ok(rows)
}
