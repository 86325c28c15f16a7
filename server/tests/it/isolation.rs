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
    failed: String,
    entry: String,
    invite: String,
    label: String,
    /// A view that its owner saved.
    view: String,
    reply: String,
    /// A number that was connected by hand, and what reaches it.
    channel: String,
    credentials: Value,
    /// A number of the simulator's that nobody has connected.
    spare: Value,
    /// Who wrote the conversation, and what is known of them.
    contact: String,
    tag: String,
    field: String,
    note: String,
}

fn connecting(workspace: &str, credentials: &Value) -> Value {
    json!({ "workspace": workspace, "channel": {
        "label": "From the matrix", "credentials": credentials,
        "app_secret": format!("the app secret of {workspace}").replace(' ', "-"), "verify_token": "a-verify-token-of-somebody",
    } })
}

async fn things(charla: &Charla, browser: &Browser, workspace: &str) -> Things {
    let conversation = eventually(|| async { browser.conversations(workspace).await.into_iter().next() }).await;
    let conversation = conversation["id"].as_str().unwrap().to_owned();
    let message = browser.thread(workspace, &conversation).await[0]["id"].as_str().unwrap().to_owned();
    let made =
        browser.call("invites/create", &json!({ "workspace": workspace, "invite": { "role": "viewer" } })).await.ok();
    let invite = made["invite"]["id"].as_str().unwrap().to_owned();
    let failed = failed(charla, &conversation).await;
    let label = browser.call("labels/create", &new_label(workspace)).await.ok();
    let label = label["id"].as_str().unwrap().to_owned();
    let (credentials, spare) = (charla.number("Matrix").await, charla.number("Spare").await);
    let connected = browser.call("channels/connect", &connecting(workspace, &credentials)).await.ok();
    let channel = connected["channel"].as_str().unwrap().to_owned();
    let view = json!({ "workspace": workspace, "view": { "name": "Mine alone", "query": { "scope": "mine" } } });
    let view = browser.call("inbox/save_view", &view).await.ok()["id"].as_str().unwrap().to_owned();
    let workspace = workspace.to_owned();
    let [contact, tag, field, note] = known(browser, &workspace, &conversation).await;
    let reply = json!({ "shortcut": uuid::Uuid::now_v7(), "body": "from the matrix" });
    let reply =
        browser.call("canned_replies/create", &json!({ "workspace": workspace, "reply": reply })).await.ok()["id"]
            .clone();
    let reply = reply.as_str().unwrap().to_owned();
    let written = json!({ "client_key": uuid::Uuid::now_v7(), "body": "for the team" });
    let written = json!({ "workspace": workspace, "conversation": conversation, "note": written });
    let entry = browser.call("inbox/note", &written).await.ok()["id"].as_str().unwrap().to_owned();
    Things {
        workspace,
        conversation,
        message,
        failed,
        entry,
        invite,
        label,
        view,
        reply,
        channel,
        credentials,
        spare,
        contact,
        tag,
        field,
        note,
    }
}

/// The contact of a conversation, with a tag, a field and a note that were made for the matrix.
async fn known(browser: &Browser, workspace: &str, conversation: &str) -> [String; 4] {
    let of = json!({ "workspace": workspace, "conversation": conversation });
    let contact = browser.call("inbox/conversation", &of).await.ok()["contact"]["id"].clone();
    let name = uuid::Uuid::now_v7().to_string();
    let tag = json!({ "workspace": workspace, "tag": { "name": name, "colour": "red" } });
    let tag = browser.call("contacts/create_tag", &tag).await.ok()["id"].clone();
    let field = json!({ "workspace": workspace, "field": { "name": name, "kind": { "kind": "text" } } });
    let field = browser.call("contacts/create_field", &field).await.ok()["id"].clone();
    let note = json!({ "workspace": workspace, "contact": contact, "note": { "body": "for the matrix" } });
    let note = browser.call("contacts/write_note", &note).await.ok();
    [contact, tag, field, note].map(|id| id.as_str().unwrap().to_owned())
}

/// A label with a name of its own.
fn new_label(workspace: &str) -> Value {
    json!({ "workspace": workspace, "label": { "name": uuid::Uuid::now_v7(), "colour": "teal" } })
}

/// A message that did not arrive.
async fn failed(charla: &Charla, conversation: &str) -> String {
    let id: uuid::Uuid = sqlx::query_scalar(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content, state, at, created_at, arrival)
         SELECT workspace_id, $2, id, channel_id, 'out', 'phone', '{\"type\":\"text\",\"body\":\"lost\"}', 'failed', now(), now(), arrived
         FROM conversations WHERE id = $1::uuid RETURNING id",
    )
    .bind(conversation)
    .bind(uuid::Uuid::now_v7())
    .fetch_one(&charla.raw().await)
    .await
    .unwrap();
    id.to_string()
}

/// A server function of a workspace with its arguments.
type Row = (&'static str, fn(&Things) -> Value);

/// Every server function that is a member's, with arguments made of these things. The last ones change something.
const ROWS: &[Row] = &[
    ("workspace/view", |t| json!({ "workspace": t.workspace })),
    ("members/list", |t| json!({ "workspace": t.workspace })),
    ("channels/list", |t| json!({ "workspace": t.workspace })),
    ("analytics/dashboard", |t| json!({ "workspace": t.workspace, "zone": "Europe/Madrid" })),
    ("analytics/volume", |t| json!({ "workspace": t.workspace, "zone": "Europe/Madrid", "range": "week" })),
    (
        "analytics/export",
        |t| json!({ "workspace": t.workspace, "zone": "UTC", "range": "today", "heads": ["Hour", "In", "Out"] }),
    ),
    ("channels/test", |t| json!({ "workspace": t.workspace, "credentials": t.spare })),
    ("invites/list", |t| json!({ "workspace": t.workspace })),
    ("invites/create", |t| json!({ "workspace": t.workspace, "invite": { "role": "viewer" } })),
    ("contacts/list", |t| json!({ "workspace": t.workspace, "after": null })),
    ("contacts/tags", |t| json!({ "workspace": t.workspace })),
    ("contacts/fields", |t| json!({ "workspace": t.workspace })),
    ("contacts/card", |t| json!({ "workspace": t.workspace, "contact": t.contact })),
    ("contacts/timeline", |t| json!({ "workspace": t.workspace, "contact": t.contact, "after": null })),
    ("contacts/notes", |t| json!({ "workspace": t.workspace, "contact": t.contact, "after": null })),
    ("contacts/tag_use", |t| json!({ "workspace": t.workspace, "tag": t.tag })),
    ("contacts/field_use", |t| json!({ "workspace": t.workspace, "field": t.field })),
    (
        "contacts/rename",
        |t| json!({ "workspace": t.workspace, "contact": t.contact, "name": { "name": "By the matrix" } }),
    ),
    (
        "contacts/write_note",
        |t| json!({ "workspace": t.workspace, "contact": t.contact, "note": { "body": "by the matrix" } }),
    ),
    (
        "contacts/edit_note",
        |t| json!({ "workspace": t.workspace, "note": t.note, "text": { "body": "by the matrix" } }),
    ),
    ("contacts/delete_note", |t| json!({ "workspace": t.workspace, "note": t.note })),
    ("contacts/restore_note", |t| json!({ "workspace": t.workspace, "note": t.note })),
    ("contacts/set_value", |t| {
        json!({ "workspace": t.workspace, "contact": t.contact, "field": t.field,
                "value": { "type": "text", "value": "by the matrix" } })
    }),
    ("contacts/set_tag", |t| json!({ "workspace": t.workspace, "contact": t.contact, "tag": t.tag, "on": true })),
    (
        "contacts/create_tag",
        |t| json!({ "workspace": t.workspace, "tag": { "name": "By the matrix", "colour": "blue" } }),
    ),
    (
        "contacts/change_tag",
        |t| json!({ "workspace": t.workspace, "tag": t.tag, "change": { "name": "Changed by the matrix", "colour": "teal" } }),
    ),
    ("contacts/delete_tag", |t| json!({ "workspace": t.workspace, "tag": t.tag })),
    (
        "contacts/create_field",
        |t| json!({ "workspace": t.workspace, "field": { "name": "By the matrix", "kind": { "kind": "number" } } }),
    ),
    ("contacts/change_field", |t| {
        json!({ "workspace": t.workspace, "field": t.field,
                "change": { "name": "Changed by the matrix", "kind": { "kind": "text" } } })
    }),
    ("contacts/move_field", |t| json!({ "workspace": t.workspace, "field": t.field, "up": false })),
    ("contacts/delete_field", |t| json!({ "workspace": t.workspace, "field": t.field })),
    ("inbox/conversations", |t| json!({ "workspace": t.workspace })),
    ("inbox/counts", |t| json!({ "workspace": t.workspace })),
    ("inbox/standing", |t| json!({ "workspace": t.workspace })),
    ("inbox/choices", |t| json!({ "workspace": t.workspace })),
    ("inbox/save_view", |t| json!({ "workspace": t.workspace, "view": { "name": "By the matrix", "query": {} } })),
    (
        "inbox/change_view",
        |t| json!({ "workspace": t.workspace, "view": t.view, "new": { "name": "Changed by the matrix", "query": {} } }),
    ),
    ("inbox/delete_view", |t| json!({ "workspace": t.workspace, "view": t.view })),
    ("inbox/conversation", |t| json!({ "workspace": t.workspace, "conversation": t.conversation })),
    (
        "inbox/thread",
        |t| json!({ "workspace": t.workspace, "conversation": t.conversation, "place": { "around": t.message } }),
    ),
    ("inbox/entry", |t| json!({ "workspace": t.workspace, "entry": t.entry })),
    ("inbox/note", |t| {
        json!({ "workspace": t.workspace, "conversation": t.conversation,
                "note": { "client_key": uuid::Uuid::now_v7(), "body": "a note of the matrix" } })
    }),
    ("inbox/message", |t| json!({ "workspace": t.workspace, "message": t.message })),
    ("inbox/recorder", |t| json!({ "workspace": t.workspace, "message": t.message })),
    ("search/messages", |t| json!({ "workspace": t.workspace, "search": { "query": "lost" }, "after": null })),
    (
        "search/conversation",
        |t| json!({ "workspace": t.workspace, "conversation": t.conversation, "query": "lost", "after": null }),
    ),
    ("search/people", |t| json!({ "workspace": t.workspace, "query": "ana" })),
    ("search/everything", |t| json!({ "workspace": t.workspace, "query": "ana" })),
    ("inbox/typing", |t| json!({ "workspace": t.workspace, "conversation": t.conversation })),
    ("inbox/mark_read", |t| json!({ "workspace": t.workspace, "conversation": t.conversation, "through": t.message })),
    ("inbox/note", |t| {
        json!({ "workspace": t.workspace, "conversation": t.conversation,
                "note": { "client_key": uuid::Uuid::now_v7(), "body": "from the matrix" } })
    }),
    ("inbox/send", |t| {
        json!({ "workspace": t.workspace, "conversation": t.conversation,
                "message": { "client_key": uuid::Uuid::now_v7(), "body": "from the matrix" } })
    }),
    ("inbox/draft", |t| json!({ "workspace": t.workspace, "conversation": t.conversation })),
    ("inbox/drafts", |t| json!({ "workspace": t.workspace })),
    ("inbox/keep_draft", |t| {
        json!({ "workspace": t.workspace, "conversation": t.conversation,
                "draft": { "body": "from the matrix", "typed_at": "2026-01-01T00:00:00Z" } })
    }),
    ("canned_replies/list", |t| json!({ "workspace": t.workspace })),
    (
        "canned_replies/create",
        |t| json!({ "workspace": t.workspace, "reply": { "shortcut": uuid::Uuid::now_v7(), "body": "from the matrix" } }),
    ),
    ("canned_replies/change", |t| {
        json!({ "workspace": t.workspace, "id": t.reply,
                "reply": { "shortcut": uuid::Uuid::now_v7(), "body": "changed by the matrix" } })
    }),
    ("canned_replies/delete", |t| json!({ "workspace": t.workspace, "id": t.reply })),
    ("inbox/resend", |t| json!({ "workspace": t.workspace, "message": t.failed })),
    ("inbox/staff", |t| json!({ "workspace": t.workspace })),
    ("inbox/change", |t| {
        json!({ "workspace": t.workspace, "conversations": [t.conversation],
                "change": { "change": "label", "label": t.label, "on": true } })
    }),
    ("labels/list", |t| json!({ "workspace": t.workspace })),
    ("labels/create", |t| new_label(&t.workspace)),
    ("labels/change", |t| {
        json!({ "workspace": t.workspace, "label": t.label,
                "change": { "name": format!("renamed {}", t.label), "colour": "red" } })
    }),
    ("labels/delete", |t| json!({ "workspace": t.workspace, "label": t.label })),
    ("invites/revoke", |t| json!({ "workspace": t.workspace, "invite": t.invite })),
    ("channels/connect", |t| connecting(&t.workspace, &t.spare)),
    ("channels/verify", |t| json!({ "workspace": t.workspace, "channel": t.channel })),
    (
        "channels/change",
        |t| json!({ "workspace": t.workspace, "channel": t.channel, "change": { "label": "Changed by the matrix", "rate": 7 } }),
    ),
    ("channels/set_active", |t| json!({ "workspace": t.workspace, "channel": t.channel, "active": false })),
    ("channels/set_token", |t| {
        json!({ "workspace": t.workspace, "channel": t.channel,
                "token": { "access_token": t.credentials["access_token"] } })
    }),
    ("channels/set_app_secret", |t| {
        json!({ "workspace": t.workspace, "channel": t.channel,
                "secret": { "app_secret": "another-secret-by-the-matrix" } })
    }),
    ("channels/set_verify_token", |t| {
        json!({ "workspace": t.workspace, "channel": t.channel,
                "token": { "verify_token": "another-token-by-the-matrix" } })
    }),
];

/// Functions whose arguments name a thing inside the workspace.
const NAMES_A_THING: &[&str] = &[
    "contacts/card",
    "contacts/timeline",
    "contacts/notes",
    "contacts/tag_use",
    "contacts/field_use",
    "contacts/rename",
    "contacts/write_note",
    "contacts/edit_note",
    "contacts/delete_note",
    "contacts/restore_note",
    "contacts/set_value",
    "contacts/set_tag",
    "contacts/change_tag",
    "contacts/delete_tag",
    "contacts/change_field",
    "contacts/move_field",
    "contacts/delete_field",
    "inbox/change_view",
    "inbox/delete_view",
    "inbox/conversation",
    "inbox/thread",
    "inbox/entry",
    "inbox/note",
    "inbox/message",
    "inbox/recorder",
    "inbox/typing",
    "inbox/mark_read",
    "inbox/note",
    "inbox/send",
    "inbox/draft",
    "inbox/keep_draft",
    "canned_replies/change",
    "canned_replies/delete",
    "search/conversation",
    "inbox/resend",
    "inbox/change",
    "labels/change",
    "labels/delete",
    "invites/revoke",
    "channels/verify",
    "channels/change",
    "channels/set_active",
    "channels/set_token",
    "channels/set_app_secret",
    "channels/set_verify_token",
];

/// A server function of operators with arguments, and what an operator is answered.
type OperatorRow = (&'static str, fn() -> Value, u16);

/// Every server function that is an operator's, with arguments that break no rule. Nothing is quarantined here, so those
/// about a delivery find none.
const OPERATOR_ROWS: &[OperatorRow] = &[
    ("quarantine/reasons", || json!({}), 200),
    ("quarantine/list", || json!({ "reason": null, "after": null }), 200),
    ("quarantine/show", || json!({ "delivery": uuid::Uuid::now_v7(), "number": 0 }), 404),
    ("quarantine/replay", || json!({ "delivery": uuid::Uuid::now_v7() }), 404),
    ("quarantine/replay_all", || json!({ "reason": "unknown_number", "until": null }), 200),
    ("quarantine/discard", || json!({ "delivery": uuid::Uuid::now_v7() }), 404),
];

/// A checksum over everything a workspace has.
async fn checksum(charla: &Charla, workspace: &str) -> String {
    let raw = charla.raw().await;
    let mut sum = String::new();
    for table in [
        "workspaces",
        "members",
        "invites",
        "channels",
        "channel_routes",
        "meta_apps",
        "contacts",
        "identities",
        "conversations",
        "messages",
        "thread_entries",
        "labels",
        "conversation_labels",
        "saved_views",
        "drafts",
        "canned_replies",
        "audit_entries",
        "tags",
        "contact_tags",
        "contact_fields",
        "contact_values",
        "contact_notes",
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
    let mine = things(&charla, &owner, &workspace).await;
    let theirs = things(&charla, &otto, &others).await;
    // Mixed: one's own workspace, another's things in it.
    let mixed = Things { workspace: theirs.workspace.clone(), ..things(&charla, &owner, &workspace).await };
    let unknown = Things {
        workspace: uuid::Uuid::now_v7().to_string(),
        conversation: uuid::Uuid::now_v7().to_string(),
        message: uuid::Uuid::now_v7().to_string(),
        failed: uuid::Uuid::now_v7().to_string(),
        entry: uuid::Uuid::now_v7().to_string(),
        invite: uuid::Uuid::now_v7().to_string(),
        label: uuid::Uuid::now_v7().to_string(),
        view: uuid::Uuid::now_v7().to_string(),
        reply: uuid::Uuid::now_v7().to_string(),
        channel: uuid::Uuid::now_v7().to_string(),
        credentials: mine.credentials.clone(),
        spare: mine.spare.clone(),
        contact: uuid::Uuid::now_v7().to_string(),
        tag: uuid::Uuid::now_v7().to_string(),
        field: uuid::Uuid::now_v7().to_string(),
        note: uuid::Uuid::now_v7().to_string(),
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
async fn what_is_an_operators_is_nobody_elses() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    // The owner of a workspace of their own, and still no operator.
    let (otto, _) = charla.other_tenant(&owner, &workspace).await;
    let nobody = charla.browser();
    for (function, arguments, status) in OPERATOR_ROWS {
        assert_eq!(nobody.call(function, &arguments()).await.status, 401, "{function} by nobody");
        assert_eq!(otto.call(function, &arguments()).await.status, 403, "{function} by another tenant");
        assert_eq!(owner.call(function, &arguments()).await.status, *status, "{function} by the operator");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_is_not_asked_for_changes_nothing() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let mine = things(&charla, &owner, &workspace).await;
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
        "/webhooks/meta/{app}",  // tests::channels
        "/account",
        "/account/password",
        "/account/sessions/{session}/end",
        "/session",
        "/session/end", // tests::accounts
        "/workspaces",
        "/invites/{token}",
        "/preferences",     // tests::workspaces, below
        "/ws",              // tests::realtime
        "/pkg/{file}",      // static
        "/messages/{file}", // static
        "/",
        "/welcome",
        "/login",
        "/register",
        "/design", // pages that show nobody's data
        "/w/{workspace}/inbox",
        "/w/{workspace}/inbox/{conversation}",
        "/w/{workspace}/settings/members",
        "/w/{workspace}/contacts",
        "/w/{workspace}/contacts/{contact}",
        "/w/{workspace}/settings/contacts", // below
        "/w/{workspace}/settings/labels",   // below
        "/w/{workspace}/home",
        "/w/{workspace}/settings/replies",
        "/w/{workspace}/settings/channels", // below
        "/fn/account/me",
        "/fn/account/sessions",
        "/fn/invites/offer",      // tests::accounts, tests::workspaces
        "/operations/quarantine", // tests::quarantine
    ]
    .into();
    let functions: BTreeSet<String> = ROWS.iter().map(|(name, _)| format!("/fn/{name}")).collect();
    let operators: BTreeSet<String> = OPERATOR_ROWS.iter().map(|(name, ..)| format!("/fn/{name}")).collect();
    for route in &inventory {
        let known = operators.contains(&route.path)
            || functions.contains(&route.path)
            || elsewhere.contains(route.path.as_str());
        assert!(known, "{} {} ({:?}) has no row in this test", route.method, route.path, route.access);
        if route.path.starts_with("/fn/") && route.access == Access::Member {
            assert!(functions.contains(&route.path), "{} is a member's and not in the matrix", route.path);
        }
    }
    for function in &operators {
        assert!(
            inventory.iter().any(|r| r.path == *function && r.access == Access::Operator),
            "{function} is no route"
        );
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
    let mine = things(&charla, &owner, &workspace).await;
    let nobody = charla.browser();
    for path in [
        format!("/w/{workspace}/inbox"),
        format!("/w/{workspace}/inbox/{}", mine.conversation),
        format!("/w/{workspace}/settings/members"),
        format!("/w/{workspace}/home"),
        format!("/w/{workspace}/settings/channels"),
        format!("/w/{workspace}/contacts"),
        format!("/w/{workspace}/contacts/{}", mine.contact),
        format!("/w/{workspace}/settings/contacts"),
        format!("/w/{workspace}/settings/labels"),
        format!("/w/{workspace}/settings/replies"),
    ] {
        assert_eq!(owner.open(&path).await.status, 200, "{path} by its owner");
        let answer = otto.open(&path).await;
        assert_eq!(answer.status, 404, "{path} by another tenant");
        assert!(!answer.body.contains("Ana Souza"), "{path} shows another tenant's customer");
        let answer = nobody.open(&path).await;
        assert_eq!(answer.status, 303, "{path} by nobody");
        assert!(answer.location.unwrap().starts_with("/login?next=/w/"));
    }
    let answer = otto.open(&format!("/w/{others}/contacts/{}", mine.contact)).await;
    assert_eq!(answer.status, 404, "another tenant's contact in one's own workspace");
    assert!(!answer.body.contains("Ana Souza"), "another tenant's contact");
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
    let answer = anybody
        .submit(
            "/preferences",
            &[("theme", "dark"), ("density", "compact"), ("locale", "es"), ("back", "//evil.example")],
        )
        .await;
    assert_eq!(answer.location.as_deref(), Some("/"));
    assert!(anybody.cookie().contains("charla_theme=dark"));
    assert!(anybody.cookie().contains("charla_density=compact"));
}
