//! F26: Meta refuses everything of a number, because of its token or its account.

use std::time::Duration;

use crate::kit::{Installation, Tenant, pause, within};

/// Since when a number is stopped, by which code and why.
async fn stopped(installation: &Installation, tenant: &Tenant) -> Option<(i64, String)> {
    sqlx::query_as(
        "SELECT stopped_code, stopped_reason FROM senders WHERE workspace_id = $1 AND channel_id = $2 AND stopped_at IS NOT NULL",
    )
    .bind(tenant.workspace)
    .bind(tenant.channel)
    .fetch_optional(installation.cluster.sql())
    .await
    .unwrap()
}

/// How many requests of a number Meta has refused.
async fn refusals(installation: &Installation, tenant: &Tenant) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM attempts WHERE workspace_id = $1 AND outcome = 'refused'")
        .bind(tenant.workspace)
        .fetch_one(installation.cluster.sql())
        .await
        .unwrap()
}

/// F26.
#[tokio::test(flavor = "multi_thread")]
async fn f26_a_number_whose_token_has_expired_stops_says_why_and_goes_on_when_it_is_good_again() {
    let mut installation = Installation::start().await;
    let (tenant, forbidden) = (installation.tenant.clone(), installation.second_tenant().await);
    let mut messages = Vec::new();
    for each in [&tenant, &forbidden] {
        installation.paced(each, 40).await;
        let talks = installation.talks(each, 0, 120).await;
        messages.push(installation.enqueue(each, &talks).await);
    }
    installation.has_arrived(&tenant, 20, Duration::from_secs(15)).await;
    installation.meta.token(&tenant.number, "expired").await;
    installation.meta.token(&forbidden.number, "no_permission").await;
    for (each, messages) in [&tenant, &forbidden].into_iter().zip(&messages) {
        let (code, reason) = within(Duration::from_secs(10), || stopped(&installation, each)).await;
        assert!(reason.len() > 20, "{code}: {reason}");
        pause(500).await;
        let refusals = refusals(&installation, each).await;
        assert!((1..=10).contains(&refusals), "{code}: {refusals} refusals");
        let census = installation.census(each, messages).await;
        assert_eq!(census.get("failed"), None, "{code}: nothing is given up: {census:?}");
        assert!(census.get("queued").is_some_and(|queued| *queued > 0), "{code}: {census:?}");
    }
    // It is not a matter of the process.
    installation.node().kill9();
    installation.node().start_again();
    installation.node().ready().await;
    pause(5000).await;
    for each in [&tenant, &forbidden] {
        assert!(stopped(&installation, each).await.is_some(), "still stopped after a restart");
        let refusals = refusals(&installation, each).await;
        assert!(refusals <= 12, "{refusals} refusals");
    }
    installation.is_consistent().await;

    for each in [&tenant, &forbidden] {
        installation.meta.token(&each.number, "valid").await;
    }
    // Nobody says so; the next probe finds out.
    installation.comes_to_rest(Duration::from_mins(2)).await;
    for (each, messages) in [&tenant, &forbidden].into_iter().zip(&messages) {
        assert_eq!(stopped(&installation, each).await, None, "it goes on");
        let verdict = installation.judge(each, messages).await;
        verdict.keeps_the_promise();
        assert!(verdict.failed.is_empty(), "{verdict:?}");
        assert!(verdict.unconfirmed.len() <= 12, "{verdict:?}");
    }
    installation.is_consistent_at_rest().await;
}
