//! The list of conversations (row C1): queries, pages both ways, counts and saved views.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sqlx::PgPool;

use crate::kit::{Browser, Charla, eventually};

/// A workspace with conversations of two channels in every state, made by hand so that each is what a test says.
struct Desk {
    _charla: Charla,
    raw: PgPool,
    owner: Browser,
    mia: Browser,
    workspace: String,
    channel: uuid::Uuid,
    other_channel: uuid::Uuid,
    label: uuid::Uuid,
}

/// How a conversation stands.
#[derive(Clone, Copy, Default)]
struct Standing<'a> {
    name: &'a str,
    /// Seconds after an instant at which the last message was.
    second: i64,
    status: Option<&'a str>,
    assignee: Option<&'a str>,
    unread: i32,
    elsewhere: bool,
    labelled: bool,
    waiting: bool,
}

impl Desk {
    async fn set_up() -> Self {
        let charla = Charla::start().await;
        let owner = charla.owner().await;
        let workspace = owner.workspace().await;
        let mia = charla.joins(&owner, &workspace, "Mia", "member").await;
        // The customer who greets every new workspace.
        eventually(|| async { owner.conversations(&workspace).await.into_iter().next() }).await;
        let raw = charla.raw().await;
        for statement in [
            "DELETE FROM message_events WHERE workspace_id = $1::uuid",
            "DELETE FROM messages WHERE workspace_id = $1::uuid",
            "DELETE FROM conversations WHERE workspace_id = $1::uuid",
        ] {
            sqlx::query(statement).bind(&workspace).execute(&raw).await.unwrap();
        }
        let channel = sqlx::query_scalar("SELECT id FROM channels WHERE workspace_id = $1::uuid")
            .bind(&workspace)
            .fetch_one(&raw)
            .await
            .unwrap();
        let other_channel = uuid::Uuid::now_v7();
        sqlx::query(
            "INSERT INTO channels (workspace_id, id, kind, label, phone_number_id, business_account_id, display_phone, graph_url, simulated, token_sealed, created_at)
             SELECT workspace_id, $2, kind, 'Second shop', phone_number_id || '9', business_account_id, display_phone, graph_url, simulated, token_sealed, now()
             FROM channels WHERE workspace_id = $1::uuid",
        )
        .bind(&workspace)
        .bind(other_channel)
        .execute(&raw)
        .await
        .unwrap();
        let label = uuid::Uuid::now_v7();
        sqlx::query("INSERT INTO labels VALUES ($1::uuid, $2, 'VIP', 'teal', now())")
            .bind(&workspace)
            .bind(label)
            .execute(&raw)
            .await
            .unwrap();
        Self { _charla: charla, raw, owner, mia, workspace, channel, other_channel, label }
    }

    async fn user(browser: &Browser) -> String {
        browser.call("account/me", &json!({})).await.ok()["id"].as_str().unwrap().to_owned()
    }

    async fn has(&self, standing: Standing<'_>) -> uuid::Uuid {
        let (contact, conversation) = (uuid::Uuid::now_v7(), uuid::Uuid::now_v7());
        sqlx::query("INSERT INTO contacts (workspace_id, id, name, created_at) VALUES ($1::uuid, $2, $3, now())")
            .bind(&self.workspace)
            .bind(contact)
            .bind(standing.name)
            .execute(&self.raw)
            .await
            .unwrap();
        sqlx::query(
            "INSERT INTO conversations (workspace_id, id, channel_id, contact_id, arrived, preview, last_message_id, last_message_at, created_at,
                                        status, snoozed_until, assignee_id, waiting_since)
             VALUES ($1::uuid, $2, $3, $4, $5, '{\"direction\":\"in\",\"content_type\":\"text\",\"text\":\"Hola\",\"state\":null}', $2,
                     'epoch'::timestamptz + make_interval(secs => $6), now(), $7, CASE WHEN $7 = 'snoozed' THEN now() + interval '1 day' END,
                     $8::uuid, CASE WHEN $9 THEN 'epoch'::timestamptz + make_interval(secs => 1000 - $6) END)",
        )
        .bind(&self.workspace)
        .bind(conversation)
        .bind(if standing.elsewhere { self.other_channel } else { self.channel })
        .bind(contact)
        .bind(standing.unread)
        .bind(f64::from(i32::try_from(standing.second).unwrap()))
        .bind(standing.status.unwrap_or("open"))
        .bind(standing.assignee)
        .bind(standing.waiting)
        .execute(&self.raw)
        .await
        .unwrap();
        if standing.labelled {
            sqlx::query("INSERT INTO conversation_labels VALUES ($1::uuid, $2, $3)")
                .bind(&self.workspace)
                .bind(conversation)
                .bind(self.label)
                .execute(&self.raw)
                .await
                .unwrap();
        }
        conversation
    }

    async fn names(&self, query: Value) -> Vec<String> {
        let listed = self.owner.listed(&self.workspace, &query).await;
        listed.iter().map(|row| row["contact"]["name"].as_str().unwrap().to_owned()).collect()
    }

    async fn page(&self, query: &Value, place: &Value) -> Value {
        let arguments = json!({ "workspace": self.workspace, "query": query, "place": place });
        self.owner.call("inbox/conversations", &arguments).await.ok()
    }
}

fn ids(page: &Value) -> Vec<String> {
    page["conversations"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_narrowing_lists_what_fits_and_nothing_else() {
    let desk = Desk::set_up().await;
    let (me, mia) = (Desk::user(&desk.owner).await, Desk::user(&desk.mia).await);
    let plain = Standing::default();
    desk.has(Standing { name: "plain", second: 10, ..plain }).await;
    desk.has(Standing { name: "pending", second: 20, status: Some("pending"), ..plain }).await;
    desk.has(Standing { name: "snoozed", second: 30, status: Some("snoozed"), ..plain }).await;
    desk.has(Standing { name: "resolved", second: 40, status: Some("resolved"), unread: 1, ..plain }).await;
    desk.has(Standing { name: "mine", second: 50, assignee: Some(&me), waiting: true, ..plain }).await;
    desk.has(Standing { name: "hers", second: 60, assignee: Some(&mia), labelled: true, ..plain }).await;
    desk.has(Standing { name: "unread", second: 70, unread: 2, waiting: true, ..plain }).await;
    desk.has(Standing { name: "elsewhere", second: 80, elsewhere: true, labelled: true, ..plain }).await;

    let open = ["elsewhere", "unread", "hers", "mine", "plain"];
    assert_eq!(desk.names(json!({})).await, open);
    assert_eq!(desk.names(json!({ "sort": "oldest" })).await, ["plain", "mine", "hers", "unread", "elsewhere"]);
    assert_eq!(desk.names(json!({ "scope": "mine" })).await, ["mine"]);
    assert_eq!(desk.names(json!({ "scope": "unassigned" })).await, ["elsewhere", "unread", "plain"]);
    for status in ["pending", "snoozed", "resolved"] {
        assert_eq!(desk.names(json!({ "status": status })).await, [status]);
    }
    assert_eq!(desk.names(json!({ "status": null })).await.len(), 8);
    assert_eq!(desk.names(json!({ "unread": true })).await, ["unread"]);
    assert_eq!(desk.names(json!({ "unread": true, "status": null })).await, ["unread", "resolved"]);
    assert_eq!(desk.names(json!({ "channel": desk.other_channel })).await, ["elsewhere"]);
    assert_eq!(desk.names(json!({ "label": desk.label })).await, ["elsewhere", "hers"]);
    assert_eq!(desk.names(json!({ "label": desk.label, "scope": "unassigned" })).await, ["elsewhere"]);
    assert_eq!(desk.names(json!({ "label": desk.label, "sort": "oldest" })).await, ["hers", "elsewhere"]);
    assert_eq!(desk.names(json!({ "label": uuid::Uuid::now_v7() })).await, Vec::<String>::new());
    // Whoever wrote later has waited longer here.
    assert_eq!(desk.names(json!({ "sort": "waiting_longest" })).await, ["unread", "mine"]);
    assert_eq!(desk.names(json!({ "sort": "waiting_longest", "label": desk.label })).await, Vec::<String>::new());

    let saved = json!({ "workspace": desk.workspace, "view": { "name": "Shop two", "query": { "channel": desk.other_channel } } });
    let view = desk.owner.call("inbox/save_view", &saved).await.ok();
    let counts = desk.owner.call("inbox/counts", &json!({ "workspace": desk.workspace })).await.ok();
    assert_eq!(counts, json!({ "mine": 1, "unassigned": 3, "all": 5, "unread": 2, "views": [[view["id"], 1]] }));
    let hers = desk.mia.call("inbox/counts", &json!({ "workspace": desk.workspace })).await.ok();
    assert_eq!((hers["mine"].as_i64(), hers["views"].as_array().map(Vec::len)), (Some(1), Some(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_go_both_ways_without_gap_or_repetition_while_messages_arrive() {
    let desk = Desk::set_up().await;
    let mut there = Vec::new();
    for n in 0..130 {
        // Ten at the same second: ids settle the order.
        let standing =
            Standing { name: "customer", second: 100 + n / 10, labelled: true, waiting: true, ..Standing::default() };
        there.push(desk.has(standing).await.to_string());
    }
    let all: BTreeSet<_> = there.iter().cloned().collect();
    for query in [
        json!({}),
        json!({ "sort": "oldest" }),
        json!({ "sort": "waiting_longest" }),
        json!({ "label": desk.label }),
        json!({ "label": desk.label, "sort": "waiting_longest" }),
    ] {
        let first = desk.page(&query, &json!("beginning")).await;
        let second = desk.page(&query, &json!({ "after": first["next"] })).await;
        let third = desk.page(&query, &json!({ "after": second["next"] })).await;
        let pages = [ids(&first), ids(&second), ids(&third)];
        assert_eq!(pages.each_ref().map(Vec::len), [50, 50, 30], "{query}");
        assert_eq!(third["next"], Value::Null);
        let seen: Vec<_> = pages.concat();
        assert_eq!(seen.iter().cloned().collect::<BTreeSet<_>>(), all, "{query}: every one of them, once");

        // Back again, from the first row of the last page.
        let row = &third["conversations"][0];
        let key = if query["sort"] == "waiting_longest" { "waiting_since" } else { "last_message_at" };
        let back = desk.page(&query, &json!({ "before": { "at": row[key], "id": row["id"] } })).await;
        assert_eq!(ids(&back), pages[1], "{query}: the same page, in the same order");
        let back = desk.page(&query, &json!({ "before": back["next"] })).await;
        assert_eq!((ids(&back), &back["next"]), (pages[0].clone(), &Value::Null), "{query}");
    }

    // While somebody pages through the newest, customers of later pages write: nobody is shown twice, nobody else is lost.
    let mut seen = Vec::new();
    let mut place = json!("beginning");
    let mut moved = BTreeSet::new();
    loop {
        let page = desk.page(&json!({}), &place).await;
        seen.extend(ids(&page));
        if page["next"].is_null() {
            break;
        }
        let waiting = there.iter().find(|id| !seen.contains(*id)).unwrap();
        sqlx::query("UPDATE conversations SET last_message_at = now() WHERE workspace_id = $1::uuid AND id = $2::uuid")
            .bind(&desk.workspace)
            .bind(waiting)
            .execute(&desk.raw)
            .await
            .unwrap();
        moved.insert(waiting.clone());
        place = json!({ "after": page["next"] });
    }
    let once: BTreeSet<_> = seen.iter().cloned().collect();
    assert_eq!(once.len(), seen.len(), "nobody twice");
    assert_eq!(all.difference(&once).cloned().collect::<BTreeSet<_>>(), moved, "those who wrote are at the top now");
}

#[tokio::test(flavor = "multi_thread")]
async fn saved_views_are_ones_own() {
    let desk = Desk::set_up().await;
    let workspace = desk.workspace.as_str();
    let views = |browser: Browser| async move {
        let choices = browser.call("inbox/choices", &json!({ "workspace": workspace })).await.ok();
        choices["views"]
            .as_array()
            .unwrap()
            .iter()
            .map(|view| view["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let save = |browser: Browser, name: String| async move {
        let view = json!({ "name": name, "query": { "scope": "mine", "status": null } });
        browser.call("inbox/save_view", &json!({ "workspace": workspace, "view": view })).await
    };
    let first = save(desk.owner.clone(), " Zebra crossing ".to_owned()).await.ok();
    assert_eq!(first["query"]["status"], Value::Null, "any status stays any");
    save(desk.owner.clone(), "Apple".to_owned()).await.ok();
    assert_eq!(views(desk.owner.clone()).await, ["Zebra crossing", "Apple"], "the oldest first");
    assert!(views(desk.mia.clone()).await.is_empty());

    let change = json!({ "workspace": workspace, "view": first["id"], "new": { "name": "Zoo", "query": {} } });
    let delete = json!({ "workspace": workspace, "view": first["id"] });
    assert_eq!(desk.mia.call("inbox/change_view", &change).await.status, 404);
    assert_eq!(desk.mia.call("inbox/delete_view", &delete).await.status, 404);
    assert_eq!(desk.owner.call("inbox/change_view", &change).await.status, 200);
    assert_eq!(views(desk.owner.clone()).await, ["Zoo", "Apple"]);
    assert_eq!(desk.owner.call("inbox/delete_view", &delete).await.status, 200);
    assert_eq!(desk.owner.call("inbox/delete_view", &delete).await.status, 404);

    assert_eq!(save(desk.owner.clone(), "\u{200b} ".to_owned()).await.status, 400);
    for n in 1..20 {
        save(desk.owner.clone(), format!("View {n}")).await.ok();
    }
    let over = save(desk.owner.clone(), "One too many".to_owned()).await;
    assert_eq!((over.status, over.code().as_str()), (409, "inbox.too_many_views"));
    assert_eq!(views(desk.owner.clone()).await.len(), 20);
}
