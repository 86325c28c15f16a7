//! Gate T1: every route and server function × another tenant's ids, a lower role, nobody, each with its positive twin.
//! The inventory of the host decides what must be here: a route without a row fails the test.

use std::collections::BTreeSet;

use charla_server::http::{Access, Host, router};
use serde_json::{Value, json};

use crate::kit::{Browser, Charla, eventually};

/// Ids of one tenant's things, for use in its own and in somebody else's requests.
struct Things {
    workspace: String,
    conversation: String,
    message: String,
    invite: String,
}

async fn things(browser: &Browser, workspace: &str) -> Things {
    let conversation = eventually(|| async { browser.conversations(workspace).await.into_iter().next() }).await;
    let conversation = conversation["id"].as_str().unwrap().to_owned();
    let message = browser.thread(workspace, &conversation).await[0]["id"].as_str().unwrap().to_owned();
    let made =
        browser.call("invites/create", &json!({ "workspace": workspace, "invite": { "role": "viewer" } })).await.ok();
    let invite = made["invite"]["id"].as_str().unwrap().to_owned();
    Things { workspace: workspace.to_owned(), conversation, message, invite }
}

/// A server function of a workspace with its arguments.
type Row = (&'static str, fn(&Things) -> Value);

/// Every server function that is a member's, with arguments made of these things. The last ones change something.
const ROWS: &[Row] = &[
    ("workspace/view", |t| json!({ "workspace": t.workspace })),
    ("members/list", |t| json!({ "workspace": t.workspace })),
    ("channels/list", |t| json!({ "workspace": t.workspace })),
    ("invites/list", |t| json!({ "workspace": t.workspace })),
    ("invites/create", |t| json!({ "workspace": t.workspace, "invite": { "role": "viewer" } })),
    ("inbox/conversations", |t| json!({ "workspace": t.workspace, "filter": "all", "after": null })),
    ("inbox/conversation", |t| json!({ "workspace": t.workspace, "conversation": t.conversation })),
    ("inbox/thread", |t| json!({ "workspace": t.workspace, "conversation": t.conversation, "before": null })),
    ("inbox/message", |t| json!({ "workspace": t.workspace, "message": t.message })),
    ("inbox/mark_read", |t| json!({ "workspace": t.workspace, "conversation": t.conversation, "through": t.message })),
    ("inbox/send", |t| {
        json!({ "workspace": t.workspace, "conversation": t.conversation,
                "message": { "client_key": uuid::Uuid::now_v7(), "body": "from the matrix" } })
    }),
    ("invites/revoke", |t| json!({ "workspace": t.workspace, "invite": t.invite })),
];

/// Functions whose arguments name a thing inside the workspace.
const NAMES_A_THING: &[&str] =
    &["inbox/conversation", "inbox/thread", "inbox/message", "inbox/mark_read", "inbox/send", "invites/revoke"];

/// A checksum over everything a workspace has.
async fn checksum(charla: &Charla, workspace: &str) -> String {
    let raw = charla.raw().await;
    let mut sum = String::new();
    for table in [
        "workspaces",
        "members",
        "invites",
        "channels",
        "contacts",
        "identities",
        "conversations",
        "messages",
        "audit_entries",
    ] {
        let key = if table == "workspaces" { "id" } else { "workspace_id" };
        let statement = format!(
            "SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '-') FROM {table} t WHERE {key} = '{workspace}'"
        );
        let part: String = sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&raw).await.unwrap();
        sum.push_str(&part);
    }
    sum
}

#[tokio::test(flavor = "multi_thread")]
async fn no_request_reaches_another_tenant() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (otto, others) = charla.other_tenant(&owner, &workspace).await;
    // From here on Otto is no member of the owner's workspace any more: another tenant, and a removed member.
    sqlx::query("DELETE FROM members WHERE workspace_id = $1::uuid AND role = 'viewer'")
        .bind(&workspace)
        .execute(&charla.raw().await)
        .await
        .unwrap();
    let mine = things(&owner, &workspace).await;
    let theirs = things(&otto, &others).await;
    // Mixed: one's own workspace, another's things in it.
    let mixed = Things { workspace: theirs.workspace.clone(), ..things(&owner, &workspace).await };
    let unknown = Things {
        workspace: uuid::Uuid::now_v7().to_string(),
        conversation: uuid::Uuid::now_v7().to_string(),
        message: uuid::Uuid::now_v7().to_string(),
        invite: uuid::Uuid::now_v7().to_string(),
    };
    let nobody = charla.browser();
    let strip = |mut body: Value| {
        body.as_object_mut().map(|o| o.remove("timestamp"));
        body
    };
    for (function, arguments) in ROWS {
        let before = checksum(&charla, &workspace).await;
        let foreign = otto.call(function, &arguments(&mine)).await;
        let absent = otto.call(function, &arguments(&unknown)).await;
        assert_eq!(foreign.status, 404, "{function} with another tenant's workspace: {}", foreign.body);
        assert_eq!(strip(foreign.json()), strip(absent.json()), "{function}: foreign and unknown look the same");
        if NAMES_A_THING.contains(function) {
            let answer = otto.call(function, &arguments(&mixed)).await;
            assert_eq!(
                answer.status, 404,
                "{function} with another tenant's thing in one's own workspace: {}",
                answer.body
            );
        }
        assert_eq!(nobody.call(function, &arguments(&mine)).await.status, 401, "{function} by nobody");
        assert_eq!(checksum(&charla, &workspace).await, before, "{function} changed another tenant's rows");
    }
    // The positive twins: each can do it on their own. Last, because what they do goes on in the background.
    for (function, arguments) in ROWS {
        assert_eq!(owner.call(function, &arguments(&mine)).await.status, 200, "{function} by the owner");
        assert_eq!(otto.call(function, &arguments(&theirs)).await.status, 200, "{function} by Otto on his own");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_is_not_asked_for_changes_nothing() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let mine = things(&owner, &workspace).await;
    let key = uuid::Uuid::now_v7();
    let answer = owner
        .call(
            "inbox/send",
            &json!({ "workspace": mine.workspace, "conversation": mine.conversation, "workspace_id": uuid::Uuid::now_v7(),
                     "message": { "client_key": key, "body": "hi", "id": mine.message, "state": "read", "direction": "in",
                                  "author": { "by": "contact" }, "at": "2001-01-01T00:00:00Z" } }),
        )
        .await;
    if answer.status == 200 {
        let sent = answer.json();
        assert_eq!((sent["state"].as_str(), sent["direction"].as_str()), (Some("queued"), Some("out")));
        assert_ne!(sent["id"], mine.message.as_str());
        assert!(sent["at"].as_str().unwrap() > "2020");
    } else {
        assert_eq!(answer.status, 400, "{}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_has_a_row() {
    let charla = Charla::start().await;
    let options = charla_server::serve::HostOptions::development(std::env::temp_dir(), "127.0.0.1:1".parse().unwrap());
    let host = Host::new(charla.core().clone(), options, tokio_util::sync::CancellationToken::new());
    let inventory = router(host).inventory;

    // Where each kind of route is tested: server functions above, the rest by name.
    let elsewhere: BTreeSet<&str> = [
        "/health/live",
        "/health/ready",
        "/metrics", // tests::operating
        "/webhooks/meta",
        "/api/whatsapp/webhook", // tests::webhooks, below
        "/account",
        "/account/password",
        "/account/sessions/{session}/end",
        "/session",
        "/session/end", // tests::accounts
        "/workspaces",
        "/invites/{token}",
        "/preferences", // tests::workspaces, below
        "/ws",          // tests::realtime
        "/pkg/{file}",  // static
        "/",
        "/welcome",
        "/login",
        "/register",
        "/design", // pages that show nobody's data
        "/w/{workspace}/inbox",
        "/w/{workspace}/inbox/{conversation}",
        "/w/{workspace}/settings/members", // below
        "/fn/account/me",
        "/fn/account/sessions",
        "/fn/invites/offer", // tests::accounts, tests::workspaces
    ]
    .into();
    let functions: BTreeSet<String> = ROWS.iter().map(|(name, _)| format!("/fn/{name}")).collect();
    for route in &inventory {
        let known = functions.contains(&route.path) || elsewhere.contains(route.path.as_str());
        assert!(known, "{} {} ({:?}) has no row in this test", route.method, route.path, route.access);
        if route.path.starts_with("/fn/") && route.access == Access::Member {
            assert!(functions.contains(&route.path), "{} is a member's and not in the matrix", route.path);
        }
    }
    for function in &functions {
        assert!(inventory.iter().any(|r| r.path == *function && r.access == Access::Member), "{function} is no route");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_another_tenant_are_not_found_and_strangers_are_led_to_the_login() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (otto, others) = charla.other_tenant(&owner, &workspace).await;
    sqlx::query("DELETE FROM members WHERE workspace_id = $1::uuid AND role = 'viewer'")
        .bind(&workspace)
        .execute(&charla.raw().await)
        .await
        .unwrap();
    let mine = things(&owner, &workspace).await;
    let nobody = charla.browser();
    for path in [
        format!("/w/{workspace}/inbox"),
        format!("/w/{workspace}/inbox/{}", mine.conversation),
        format!("/w/{workspace}/settings/members"),
    ] {
        assert_eq!(owner.open(&path).await.status, 200, "{path} by its owner");
        let answer = otto.open(&path).await;
        assert_eq!(answer.status, 404, "{path} by another tenant");
        assert!(!answer.body.contains("Ana Souza"), "{path} shows another tenant's customer");
        let answer = nobody.open(&path).await;
        assert_eq!(answer.status, 303, "{path} by nobody");
        assert!(answer.location.unwrap().starts_with("/login?next=/w/"));
    }
    let answer = otto.open(&format!("/w/{others}/inbox/{}", mine.conversation)).await;
    assert!(
        !answer.body.contains("Ana Souza") || !answer.body.contains(&mine.message),
        "another tenant's conversation"
    );
    for path in ["/account", "/workspaces"] {
        assert_eq!(nobody.open(path).await.status, 303, "{path}");
        assert_eq!(owner.open(path).await.status, 200, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_are_answered_without_cookies() {
    let charla = Charla::start().await;
    let anybody = charla.browser();
    assert_eq!(anybody.get("/health/live").await.status, 200);
    assert_eq!(anybody.get("/health/ready").await.status, 200);
    assert_eq!(anybody.get("/no/such/page").await.status, 404);
    let answer =
        anybody.submit("/preferences", &[("theme", "dark"), ("locale", "es"), ("back", "//evil.example")]).await;
    assert_eq!(answer.location.as_deref(), Some("/"));
    assert!(anybody.cookie().contains("charla_theme=dark"));
}
