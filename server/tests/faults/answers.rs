//! F9, F10: Meta's answers are odd, or get lost.

use std::time::Duration;

use serde_json::{Value, json};

use crate::kit::{Installation, scale, seeds};

/// F9.
#[tokio::test(flavor = "multi_thread")]
async fn f09_whatever_meta_answers_nothing_is_sent_twice_and_other_numbers_go_on() {
    let installation = Installation::start().await;
    let (tenant, other) = (installation.tenant.clone(), installation.second_tenant().await);
    installation.paced(&tenant, 200).await;
    installation.paced(&other, 200).await;
    for seed in seeds(20) {
        let first = usize::try_from(seed).unwrap() * 1000;
        let talks = installation.talks(&tenant, first, 60 * scale()).await;
        let neighbours = installation.talks(&other, first, 20).await;
        let odd: Vec<Value> = [
            json!({ "fault": "error", "code": 131_000, "status": 500, "accepted": false }),
            json!({ "fault": "error", "code": 131_000, "status": 500, "accepted": true }),
            json!({ "fault": "error", "code": 999_999, "status": 400 }),
            json!({ "fault": "error", "code": 131_026, "status": 400, "details": "an odd word" }),
            json!({ "fault": "html", "status": 502, "accepted": false }),
            json!({ "fault": "html", "status": 502, "accepted": true }),
            json!({ "fault": "html", "status": 504, "accepted": true }),
            json!({ "fault": "empty", "status": 200, "accepted": true }),
            json!({ "fault": "empty", "status": 500, "accepted": false }),
            json!({ "fault": "error_in_200", "code": 131_009 }),
            json!({ "fault": "error_data_string", "code": 131_051 }),
            json!({ "fault": "truncate" }),
            json!({ "fault": "drop_answer" }),
            json!({ "fault": "drop_before" }),
        ]
        .into_iter()
        .map(|mut fault| {
            fault["probability"] = 0.05.into();
            fault["number"] = tenant.number.as_str().into();
            fault
        })
        .collect();
        installation.meta.fails(seed, &odd.into()).await;
        let messages = installation.enqueue(&tenant, &talks).await;
        let unaffected = installation.enqueue(&other, &neighbours).await;
        installation.comes_to_rest(Duration::from_mins(1)).await;
        let verdict = installation.judge(&tenant, &messages).await;
        verdict.keeps_the_promise();
        let told = verdict.arrived + verdict.failed.len() + verdict.unconfirmed.len();
        assert_eq!(told, messages.len(), "seed {seed}: {verdict:?}");
        let verdict = installation.judge(&other, &unaffected).await;
        assert_eq!(verdict.arrived, unaffected.len(), "seed {seed}: the other number: {verdict:?}");
        installation.is_consistent_at_rest().await;
    }
}

/// F9: a failure says why, in words for people.
#[tokio::test(flavor = "multi_thread")]
async fn f09_a_refusal_is_shown_with_its_reason() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    let codes = [131_026, 131_047, 131_009, 100, 999_999];
    for (code, n) in codes.into_iter().zip(0_usize..) {
        let talks = installation.talks(&tenant, n, 1).await;
        let fault = json!([{ "fault": "error", "code": code, "status": 400, "to": talks[0].phone }]);
        installation.meta.fails(1, &fault).await;
        let messages = installation.enqueue(&tenant, &talks).await;
        installation.comes_to_rest(Duration::from_secs(30)).await;
        let (state, failure): (String, Option<String>) =
            sqlx::query_as("SELECT state, failure FROM messages WHERE id = $1")
                .bind(messages[0])
                .fetch_one(installation.cluster.sql())
                .await
                .unwrap();
        assert_eq!(state, "failed", "{code}");
        assert!(failure.as_deref().is_some_and(|words| words.len() > 20), "{code}: {failure:?}");
    }
    installation.is_consistent_at_rest().await;
}

/// F10.
#[tokio::test(flavor = "multi_thread")]
async fn f10_an_answer_lost_after_acceptance_is_made_up_for_by_statuses() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    installation.paced(&tenant, 200).await;
    for seed in seeds(20) {
        let talks = installation.talks(&tenant, usize::try_from(seed).unwrap() * 1000, 60 * scale()).await;
        let lost = json!([{ "fault": "drop_answer", "probability": 0.2 }]);
        installation.meta.fails(seed, &lost).await;
        let messages = installation.enqueue(&tenant, &talks).await;
        installation.comes_to_rest(Duration::from_mins(1)).await;
        let verdict = installation.judge(&tenant, &messages).await;
        verdict.keeps_the_promise();
        assert_eq!(verdict.arrived, messages.len(), "seed {seed}: {verdict:?}");
        let census = installation.census(&tenant, &messages).await;
        assert_eq!(census.get("delivered"), Some(&messages.len()), "seed {seed}: {census:?}");
        installation.is_consistent_at_rest().await;
    }
}

/// F10: without statuses nobody knows, which is what is shown.
#[tokio::test(flavor = "multi_thread")]
async fn f10_without_statuses_what_nobody_knows_is_shown_as_unknown_and_not_sent_again() {
    let mut installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    installation.meta.timing(&json!({ "statuses": false })).await;
    installation.meta.fails(1, &json!([{ "fault": "drop_answer" }])).await;
    let talks = installation.talks(&tenant, 0, 5).await;
    let messages = installation.enqueue(&tenant, &talks).await;
    installation.comes_to_rest(Duration::from_secs(30)).await;
    assert_eq!(installation.census(&tenant, &messages).await.get("unknown"), Some(&5));
    // Neither time nor a restart makes the program bold.
    installation.node().kill9();
    installation.node().start_again();
    installation.node().ready().await;
    tokio::time::sleep(Duration::from_secs(15)).await;
    assert_eq!(installation.census(&tenant, &messages).await.get("unknown"), Some(&5));
    assert_eq!(installation.arrived(&tenant).await, 5, "each once");
    installation.is_consistent_at_rest().await;
}
