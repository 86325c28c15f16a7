//! Gate T3: the schema keeps tenants apart by itself; and T2: without a workspace nothing is seen.

use crate::kit::Charla;

/// Tables of the whole installation, each with the reason why it belongs to no workspace.
const GLOBAL: &[(&str, &str)] = &[
    ("_sqlx_migrations", "the schema's own history"),
    ("users", "one person may be in several workspaces"),
    ("sessions", "of users"),
    ("throttles", "of attempts before anybody is known"),
    ("invite_tokens", "finds the workspace of a link; holds its id"),
    ("channel_routes", "finds the workspace of a webhook; holds its id"),
    ("deliveries", "stored before its workspaces are known"),
    ("quarantined_updates", "of deliveries"),
    ("waiting_deliveries", "of deliveries"),
    ("event_horizon", "one row about the log of events"),
    ("jobs", "work of the whole installation; requests may only add to their own workspace"),
    ("words_backlog", "one row about messages from before the search"),
    ("workspaces", "its id is the workspace's"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_table_leads_its_keys_with_the_workspace() {
    let charla = Charla::start().await;
    let raw = charla.raw().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    )
    .fetch_all(&raw)
    .await
    .unwrap();
    assert!(tables.len() > 15, "the schema is there");
    for (name, _) in GLOBAL {
        assert!(tables.iter().any(|table| table == name), "{name} is on the list but not in the schema");
    }
    for table in tables.iter().filter(|table| !GLOBAL.iter().any(|(name, _)| name == table)) {
        let nullable: String = sqlx::query_scalar(
            "SELECT is_nullable::text FROM information_schema.columns WHERE table_name = $1 AND column_name = 'workspace_id'",
        )
        .bind(table)
        .fetch_one(&raw)
        .await
        .unwrap_or_else(|_| panic!("{table} has no workspace_id"));
        assert_eq!(nullable, "NO", "{table}.workspace_id");

        // Primary, unique and foreign keys (but those to tables that belong to no tenant) as Postgres holds them, with their
        // first column.
        let keys: Vec<(String, String)> = sqlx::query_as(
            "SELECT c.conname::text, a.attname::text FROM pg_constraint c
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.conrelid = $1::regclass AND (c.contype IN ('p', 'u') OR c.contype = 'f' AND c.confrelid::regclass::text <> ALL ($2))
             UNION ALL
             SELECT i.indexrelid::regclass::text, a.attname::text FROM pg_index i
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
             WHERE i.indrelid = $1::regclass AND i.indisunique",
        )
        .bind(table)
        .bind(GLOBAL.iter().map(|(name, _)| *name).collect::<Vec<_>>())
        .fetch_all(&raw)
        .await
        .unwrap();
        assert!(!keys.is_empty(), "{table} has no key");
        for (key, first) in keys {
            assert_eq!(first, "workspace_id", "{table}: {key} does not begin with the workspace");
        }
        let (enabled, forced): (bool, bool) =
            sqlx::query_as("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = $1::regclass")
                .bind(table)
                .fetch_one(&raw)
                .await
                .unwrap();
        assert!(enabled && forced, "{table} is not under row-level security");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_without_a_workspace_sees_no_row_of_any() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let phone = charla.phone(&workspace, "Ana", "+5511900000001").await;
    phone.writes("hello").await;
    crate::kit::eventually(|| async { owner.conversations(&workspace).await.len().ge(&1).then_some(()) }).await;

    let raw = charla.raw().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT c.relname::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND c.relkind = 'r' AND c.relname <> 'jobs'",
    )
    .fetch_all(&raw)
    .await
    .unwrap();
    for table in &tables {
        let count = |ws: Option<&str>| {
            let (raw, table) = (raw.clone(), table.clone());
            let set = ws.map(|w| format!("SET LOCAL charla.workspace = '{w}'"));
            async move {
                let mut tx = raw.begin().await.unwrap();
                sqlx::query("SET LOCAL ROLE charla_app").execute(&mut *tx).await.unwrap();
                if let Some(set) = set {
                    sqlx::query(sqlx::AssertSqlSafe(set)).execute(&mut *tx).await.unwrap();
                }
                let statement = format!("SELECT count(*) FROM {table}");
                sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(statement)).fetch_one(&mut *tx).await.unwrap()
            }
        };
        assert_eq!(count(None).await, 0, "{table} shows rows without a workspace");
        let other = uuid::Uuid::now_v7().to_string();
        assert_eq!(count(Some(&other)).await, 0, "{table} shows rows to another workspace");
        if ["messages", "conversations", "contacts", "channels", "members", "events"].contains(&table.as_str()) {
            assert!(count(Some(&workspace)).await > 0, "{table} shows nothing to its own workspace");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_rewrites_the_audit_trail() {
    let charla = Charla::start().await;
    let raw = charla.raw().await;
    for role in ["charla_app", "charla_worker"] {
        for right in ["UPDATE", "DELETE", "TRUNCATE"] {
            let has: bool = sqlx::query_scalar("SELECT has_table_privilege($1, 'audit_entries', $2)")
                .bind(role)
                .bind(right)
                .fetch_one(&raw)
                .await
                .unwrap();
            assert!(!has, "{role} may {right} audit entries");
        }
    }
}
