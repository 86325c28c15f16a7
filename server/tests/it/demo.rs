//! Demo data: what the app shows of them, that they break no invariant, and that nobody is sent anything.

use charla_core::demo::{DemoError, Order, Progress, fill};
use charla_shared::id::WorkspaceId;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

use crate::kit::{Browser, Charla};

/// Every invariant, as a query that must return no row (see the file).
const INVARIANTS: &str = include_str!("../faults/invariants.sql");

fn order() -> Order {
    Order { conversations: 150, messages: 2_000, workspaces: 2, seed: 1, into: None, more: false }
}

async fn count(charla: &Charla, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&charla.raw().await).await.unwrap()
}

async fn is_consistent(charla: &Charla) {
    let sql = charla.raw().await;
    for invariant in INVARIANTS.split("\n-- always: ").skip(1) {
        let (sentence, query) = invariant.split_once('\n').unwrap();
        let query = query.split("\n-- at rest").next().unwrap().trim().trim_end_matches(';');
        let query = format!("SELECT to_jsonb(t)::text FROM ({query}) t LIMIT 5");
        let broken: Vec<String> = sqlx::query_scalar(AssertSqlSafe(query)).fetch_all(&sql).await.unwrap();
        assert!(broken.is_empty(), "{sentence}: {broken:#?}");
    }
}

/// The workspace that holds the most: of two, the second.
async fn largest(charla: &Charla) -> String {
    let id: uuid::Uuid = sqlx::query_scalar(
        "SELECT workspace_id FROM audit_entries WHERE action = 'demo.fill' AND after ->> 'place' = '1'",
    )
    .fetch_one(&charla.raw().await)
    .await
    .unwrap();
    id.to_string()
}

async fn thread(browser: &Browser, workspace: &str, conversation: &Value) -> Vec<Value> {
    browser.thread(workspace, conversation["id"].as_str().unwrap()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn demo_data_are_shown_break_no_invariant_and_are_made_once() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let mut told = Vec::new();
    let added = fill(charla.core(), &order(), |progress| told.push(progress)).await.unwrap();
    assert_eq!(added, Progress { conversations: 150, messages: 2_000, of: 2_000 });
    assert_eq!(told.last(), Some(&added));
    is_consistent(&charla).await;

    // The app's own functions show them, every thread from the first page of the list.
    let workspace = largest(&charla).await;
    let page = owner.conversations(&workspace).await;
    assert_eq!(page.len(), 50);
    for conversation in &page {
        let messages = thread(&owner, &workspace, conversation).await;
        let last = messages.last().unwrap();
        assert_eq!(last["at"], conversation["last_message_at"]);
        if let Some(message) = messages.iter().rev().find(|message| message["direction"] == "out") {
            let recorder =
                owner.call("inbox/recorder", &json!({ "workspace": workspace, "message": message["id"] })).await.ok();
            assert!(!recorder.as_array().unwrap().is_empty());
        }
    }
    assert!(page.iter().any(|conversation| conversation["assignee"].is_object()));
    assert!(page.iter().any(|conversation| conversation["waiting_since"].is_string()));
    for query in [
        "SELECT count(*) FROM thread_entries",
        "SELECT count(*) FROM conversation_labels",
        "SELECT count(*) FROM contact_tags",
        "SELECT count(*) FROM messages WHERE waited_seconds IS NOT NULL",
        "SELECT count(*) FROM messages WHERE quoted_external_id IS NOT NULL",
        "SELECT count(*) FROM messages WHERE failure_code IS NOT NULL AND failure IS NOT NULL",
        "SELECT count(*) FROM conversations WHERE status = 'snoozed'",
        "SELECT count(*) FROM messages WHERE at > now() - interval '1 day'",
    ] {
        assert!(count(&charla, query).await > 0, "{query}");
    }

    // Nobody is sent anything.
    assert_eq!(count(&charla, "SELECT count(*) FROM outbox").await, 0);
    assert_eq!(count(&charla, "SELECT count(*) FROM attempts").await, 0);

    // Once more adds nothing, unless it is asked for.
    let again = fill(charla.core(), &order(), |_| ()).await.unwrap();
    assert_eq!(again.messages, 0);
    let more = fill(charla.core(), &Order { more: true, ..order() }, |_| ()).await.unwrap();
    assert_eq!(more.messages, 2_000);
    is_consistent(&charla).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn demo_data_do_not_stand_beside_real_customers() {
    let charla = Charla::start().await;
    assert!(matches!(fill(charla.core(), &order(), |_| ()).await, Err(DemoError::Unclaimed)));
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    charla.phone(&workspace, "Bea", "+5511900000002").await;
    let into: WorkspaceId = workspace.parse().unwrap();
    let there = Order { into: Some(into), conversations: 20, messages: 60, ..order() };
    let added = fill(charla.core(), &there, |_| ()).await.unwrap();
    assert_eq!(added.conversations, 20, "the simulator's workspace takes them");

    sqlx::query("UPDATE channels SET simulated = false").execute(&charla.raw().await).await.unwrap();
    for order in [order(), Order { more: true, ..there }] {
        assert!(matches!(fill(charla.core(), &order, |_| ()).await, Err(DemoError::RealChannel)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stopped_goes_on_where_it_was() {
    let charla = Charla::start().await;
    charla.owner().await;
    let small = Order { workspaces: 1, ..order() };
    fill(charla.core(), &small, |_| ()).await.unwrap();
    // As it is when the program is stopped on its way: the later conversations and the last word are missing.
    let sql = charla.raw().await;
    for statement in [
        "CREATE TEMP TABLE gone AS SELECT c.workspace_id, c.id, c.contact_id FROM conversations c
             JOIN identities i ON i.contact_id = c.contact_id WHERE right(i.value, 8)::int >= 100",
        "DELETE FROM message_events WHERE message_id IN (SELECT m.id FROM messages m JOIN gone g ON g.id = m.conversation_id)",
        "DELETE FROM messages WHERE conversation_id IN (SELECT id FROM gone)",
        "DELETE FROM thread_entries WHERE conversation_id IN (SELECT id FROM gone)",
        "DELETE FROM conversations WHERE id IN (SELECT id FROM gone)",
        "DELETE FROM identities WHERE contact_id IN (SELECT contact_id FROM gone)",
        "DELETE FROM contacts WHERE id IN (SELECT contact_id FROM gone)",
        "DELETE FROM audit_entries WHERE action = 'demo.fill'",
    ] {
        sqlx::query(statement).execute(&sql).await.unwrap();
    }
    let added = fill(charla.core(), &small, |_| ()).await.unwrap();
    assert_eq!(added.conversations, 50);
    assert_eq!(
        sqlx::query_scalar::<_, i64>(
            "SELECT count(*) FROM messages m JOIN audit_entries a USING (workspace_id) WHERE a.action = 'demo.fill'"
        )
        .fetch_one(&sql)
        .await
        .unwrap(),
        2_000
    );
}
