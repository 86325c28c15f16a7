//! The other sides: what hand-written SQL, pgbench or bare sockets make of the same work. They may only be made faster.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, Result};
use axum::{
    Router,
    body::{Body, to_bytes},
    routing::post,
};
use charla_meta::webhook;
use http::{HeaderMap, StatusCode};
use sqlx::PgPool;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep_until},
};

use crate::{
    figures::Times,
    installation::Installation,
    postgres::{Length, Pgbench, Ran},
    traffic::{self, APP_SECRET},
};

/// Tables of the shape of ours, and the hand-written SQL that does the same writes.
const TABLES: &str = include_str!("../sql/baseline.sql");

/// Stores a delivery of the same size under a unique hash, one a transaction. The hash is of random bytes instead of the
/// body, which is cheaper.
const STORE: &str = "\\set number random(1, 9000000000000000000)
INSERT INTO baseline.deliveries (id, body_hash, body, received_at)
VALUES (gen_random_uuid(), sha256(int8send(:number)), convert_to(:body, 'UTF8'), now());
";

/// Makes the tables of the baselines in the installation's database.
pub(crate) async fn prepare(sql: &PgPool) -> Result<()> {
    sqlx::raw_sql(TABLES).execute(sql).await.context("the tables of the baselines; do they still fit ours?")?;
    Ok(())
}

/// A body as long as the ones we are sent.
pub(crate) fn sample_body(installation: &Installation<'_>) -> String {
    let update = traffic::messages("sample0", 1, 1).remove(0);
    traffic::body(&installation.tenant.number, &update, traffic::now())
}

/// pgbench storing deliveries from this many clients. What it says it stored is counted.
pub(crate) async fn store(
    installation: &Installation<'_>,
    body: &str,
    clients: u32,
    seconds: u64,
    rate: Option<u32>,
) -> Result<Ran> {
    let before = installation.count("SELECT count(*) FROM baseline.deliveries").await?;
    let pgbench = Pgbench {
        url: &installation.database_url,
        script: STORE,
        clients,
        length: Length::Seconds(seconds),
        rate,
        variables: &[("body", body)],
    };
    let ran = pgbench.run(installation.setting).await?;
    let stored = installation.count("SELECT count(*) FROM baseline.deliveries").await? - before;
    anyhow::ensure!(
        u64::try_from(stored).ok() == Some(ran.transactions),
        "pgbench counted {} deliveries, the table {stored}",
        ran.transactions
    );
    Ok(ran)
}

/// The way of a webhook without a database: size, signature, parser, 200.
pub(crate) async fn no_op(address: SocketAddr) -> Result<()> {
    async fn take(headers: HeaderMap, body: Body) -> StatusCode {
        let header = headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
        let Ok(body) = to_bytes(body, 3 * 1024 * 1024).await else { return StatusCode::PAYLOAD_TOO_LARGE };
        if webhook::signature::verify(APP_SECRET.as_bytes(), header, &body).is_err() {
            return StatusCode::UNAUTHORIZED;
        }
        match webhook::parse(&body) {
            Ok(parsed) if !parsed.updates.is_empty() => StatusCode::OK,
            _ => StatusCode::BAD_REQUEST,
        }
    }
    let listener = TcpListener::bind(address).await?;
    Ok(axum::serve(listener, Router::new().route("/webhooks/meta", post(take))).await?)
}

/// At a pace: one INSERT committed, then 256 bytes to a loopback socket, until they are read at its other end.
pub(crate) async fn commit_and_write(
    installation: &Installation<'_>,
    body: &str,
    per_second: u32,
    count: u32,
) -> Result<Times> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut near = TcpStream::connect(listener.local_addr()?).await?;
    let (mut far, _) = listener.accept().await?;
    near.set_nodelay(true)?;
    let mut connection = installation.sql.acquire().await?;
    let (mut times, mut frame) = (Times::default(), [0; 256]);
    let (began, step) = (Instant::now(), Duration::from_secs(1) / per_second.max(1));
    for number in 0..count {
        sleep_until(began + step * number).await;
        let from = Instant::now();
        sqlx::query(
            "INSERT INTO baseline.deliveries (id, body_hash, body, received_at)
             VALUES (gen_random_uuid(), sha256(uuid_send(gen_random_uuid())), $1, now())",
        )
        .bind(body.as_bytes())
        .execute(&mut *connection)
        .await?;
        near.write_all(&frame).await?;
        far.read_exact(&mut frame).await?;
        times.add(from.elapsed());
    }
    Ok(times)
}
