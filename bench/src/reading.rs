//! Reading: demo data in an installation, and how long requests take that read them.

use std::{cell::Cell, rc::Rc, time::Duration};

use anyhow::{Context, Result, ensure};
use futures::future::try_join_all;
use serde_json::{Value, json};
use tokio::time::Instant;
use uuid::Uuid;

use crate::{figures::Times, installation::Installation, tenant::Tenant, wire};

impl Installation<'_> {
    /// Fills one workspace of its own by `charla demo`, and gives it.
    pub(crate) async fn demo(&self, size: &str) -> Result<Tenant> {
        let mut command = self.command("demo");
        command.args(["--size", size, "--workspaces", "1"]);
        let made = tokio::task::spawn_blocking(move || command.output()).await??;
        ensure!(made.status.success(), "charla demo failed:\n{}", String::from_utf8_lossy(&made.stderr));
        let workspace: Uuid = sqlx::query_scalar("SELECT workspace_id FROM audit_entries WHERE action = 'demo.fill'")
            .fetch_one(&self.sql)
            .await
            .context("the demo's workspace")?;
        self.tenant_of(workspace, self.tenant.cookie.clone()).await
    }

    /// The bytes of a request to a server function of a tenant's workspace.
    pub(crate) fn call(&self, tenant: &Tenant, function: &str, mut arguments: Value) -> Vec<u8> {
        arguments["workspace"] = json!(tenant.workspace);
        let headers = [("Content-Type", "application/json"), ("Cookie", tenant.cookie.as_str())];
        wire::request(self.app, "POST", &format!("/fn/{function}"), &headers, arguments.to_string().as_bytes())
    }

    /// The same answered, as JSON.
    pub(crate) async fn answer(&self, request: &[u8]) -> Result<Value> {
        let answer = wire::Connection::open(self.app).await?.exchange(request).await?;
        let shown = String::from_utf8_lossy(&answer.body).chars().take(300).collect::<String>();
        ensure!(answer.status == 200, "answered {}: {shown}", answer.status);
        serde_json::from_slice(&answer.body).with_context(|| format!("no JSON: {shown}"))
    }

    /// Times of these requests, asked one after another over one connection; each must be answered 200.
    pub(crate) async fn times(&self, requests: impl Iterator<Item = &[u8]>) -> Result<Times> {
        let mut connection = wire::Connection::open(self.app).await?;
        let mut times = Times::default();
        for request in requests {
            let from = Instant::now();
            let status = connection.status_of(request).await?;
            times.add(from.elapsed());
            ensure!(status == 200, "a reader was answered {status}");
        }
        Ok(times)
    }

    /// The same request over and over; the middle of its times in milliseconds.
    pub(crate) async fn median_of(&self, request: &[u8], count: usize) -> Result<f64> {
        Ok(self.times(std::iter::repeat_n(request, count)).await?.quantile(0.5))
    }

    /// The same request from many connections at once for this long: how many a second.
    pub(crate) async fn throughput(&self, request: &[u8], clients: usize, time: Duration) -> Result<f64> {
        let count = Rc::new(Cell::new(0_usize));
        let began = Instant::now();
        let readers = (0..clients).map(|_| {
            let count = Rc::clone(&count);
            async move {
                let mut connection = wire::Connection::open(self.app).await?;
                while began.elapsed() < time {
                    let status = connection.status_of(request).await?;
                    ensure!(status == 200, "a reader was answered {status}");
                    count.set(count.get() + 1);
                }
                Ok(())
            }
        });
        try_join_all(readers).await?;
        Ok(crate::figures::rate(count.get(), began.elapsed()))
    }
}
