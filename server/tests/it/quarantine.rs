//! Quarantined deliveries (row B1) and the ways out, which are the operator's.

use charla_core::{accounts::Operator, webhooks::quarantine};
use charla_shared::quarantine::QUARANTINE_PAGE;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::kit::{APP_SECRET, Browser, Charla, eventually};

/// A number that no workspace has connected yet.
const NUMBER: &str = "999999";

/// Has Meta deliver a customer's text.
async fn deliver(charla: &Charla, channel: &str, id: &str, text: &str) {
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": {
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "15550000001", "phone_number_id": channel },
        "contacts": [{ "profile": { "name": "Lola" }, "wa_id": "5511900000042" }],
        "messages": [{ "from": "5511900000042", "id": id, "timestamp": jiff::Timestamp::now().as_second().to_string(), "type": "text", "text": { "body": text } }],
    } }] }] })
    .to_string()
    .into_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).unwrap();
    mac.update(&body);
    let signature = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
    let answer = charla.browser().post("/webhooks/meta", &[("x-hub-signature-256", &signature)], body).await;
    assert_eq!(answer.status, 200);
}

/// What the operator's page lists.
async fn listed(operator: &Browser) -> Vec<Value> {
    let page = operator.call("quarantine/list", &json!({ "reason": null, "after": null })).await.ok();
    page["updates"].as_array().unwrap().clone()
}

/// The only quarantined update, as soon as there is one.
async fn quarantined(operator: &Browser) -> Value {
    eventually(|| async { listed(operator).await.into_iter().next() }).await
}

/// Connects the number to the workspace, beside the simulator's.
async fn connect(charla: &Charla, workspace: &str) {
    eventually(|| async {
        sqlx::query("SELECT FROM channels WHERE workspace_id = $1::uuid")
            .bind(workspace)
            .fetch_optional(&charla.raw().await)
            .await
            .unwrap()
    })
    .await;
    let raw = charla.raw().await;
    sqlx::query(
        "WITH added AS (
             INSERT INTO channels (workspace_id, id, kind, label, phone_number_id, business_account_id, display_phone,
                                   graph_url, simulated, token_sealed, created_at)
             SELECT workspace_id, gen_random_uuid(), kind, 'Second', $2, '1', '+1 555 000 0001',
                    graph_url, simulated, token_sealed, created_at
             FROM channels WHERE workspace_id = $1::uuid LIMIT 1
             RETURNING workspace_id, id, phone_number_id
         )
         INSERT INTO channel_routes (phone_number_id, workspace_id, channel_id)
         SELECT phone_number_id, workspace_id, id FROM added",
    )
    .bind(workspace)
    .bind(NUMBER)
    .execute(&raw)
    .await
    .unwrap();
}

/// How often the text is stored as a message.
async fn messages(charla: &Charla, text: &str) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM messages WHERE content::text LIKE '%' || $1 || '%'")
        .bind(text)
        .fetch_one(&charla.raw().await)
        .await
        .unwrap()
}

/// Waits until the processor has nothing in front of it.
async fn processed(charla: &Charla) {
    eventually(|| async {
        let waiting: i64 =
            sqlx::query_scalar("SELECT count(*) FROM waiting_deliveries").fetch_one(&charla.raw().await).await.unwrap();
        (waiting == 0).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_is_replayed_once_its_number_is_connected() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    deliver(&charla, NUMBER, "wamid.early", "too early").await;
    let update = quarantined(&owner).await;
    assert_eq!(update["reason"], "unknown_number");
    let delivery = json!({ "delivery": update["delivery"] });

    // Before the fix it comes back, with its reason.
    assert_eq!(owner.call("quarantine/replay", &delivery).await.status, 200);
    let again = eventually(|| async {
        listed(&owner).await.into_iter().find(|again| again["at"].as_str() > update["at"].as_str())
    })
    .await;
    assert_eq!((&again["delivery"], &again["reason"]), (&update["delivery"], &update["reason"]));
    assert_eq!(messages(&charla, "too early").await, 0);

    connect(&charla, &workspace).await;
    assert_eq!(owner.call("quarantine/replay", &delivery).await.status, 200);
    let arrived = eventually(|| async {
        owner.conversations(&workspace).await.into_iter().find(|c| c["preview"]["text"] == "too early")
    })
    .await;
    assert_eq!(arrived["unread"], 1);
    assert_eq!(listed(&owner).await, Vec::<Value>::new());

    // It is not waiting any more, so there is nothing to replay or to discard.
    assert_eq!(owner.call("quarantine/replay", &delivery).await.status, 404);
    assert_eq!(owner.call("quarantine/discard", &delivery).await.status, 404);
    assert_eq!(messages(&charla, "too early").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_that_is_replayed_twice_has_one_effect() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    deliver(&charla, NUMBER, "wamid.once", "only once").await;
    let update = quarantined(&owner).await;
    connect(&charla, &workspace).await;
    for _ in 0..2 {
        assert_eq!(owner.call("quarantine/replay", &json!({ "delivery": update["delivery"] })).await.status, 200);
        eventually(|| async { (messages(&charla, "only once").await > 0).then_some(()) }).await;
        processed(&charla).await;
        // As if another part of it had been left behind.
        sqlx::query(
            "INSERT INTO quarantined_updates (delivery_id, number, reason, detail, raw, at)
             VALUES ($1::uuid, 7, 'failed', 'a part', '', now())",
        )
        .bind(update["delivery"].as_str().unwrap())
        .execute(&charla.raw().await)
        .await
        .unwrap();
    }
    assert_eq!(messages(&charla, "only once").await, 1);
    let conversations = owner.conversations(&workspace).await;
    assert_eq!(conversations.iter().find(|c| c["preview"]["text"] == "only once").unwrap()["unread"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_a_reason_are_replayed_in_the_order_they_came() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    for n in 1..=5 {
        deliver(&charla, NUMBER, &format!("wamid.{n}"), &format!("number {n}")).await;
    }
    eventually(|| async { (listed(&owner).await.len() == 5).then_some(()) }).await;
    let reasons = owner.call("quarantine/reasons", &json!({})).await.ok();
    assert_eq!(reasons, json!([{ "reason": "unknown_number", "count": 5 }]));

    connect(&charla, &workspace).await;
    let other = owner.call("quarantine/replay_all", &json!({ "reason": "unreadable", "until": null })).await.ok();
    assert_eq!((&other["deliveries"], &other["more"]), (&json!(0), &json!(false)));
    let step = owner.call("quarantine/replay_all", &json!({ "reason": "unknown_number", "until": null })).await.ok();
    assert_eq!((&step["deliveries"], &step["more"]), (&json!(5), &json!(false)));
    let arrived = eventually(|| async {
        owner.conversations(&workspace).await.into_iter().find(|c| c["contact"]["name"] == "Lola" && c["unread"] == 5)
    })
    .await;
    let thread = owner.thread(&workspace, arrived["id"].as_str().unwrap()).await;
    let texts: Vec<_> = thread.iter().map(|message| message["content"]["body"].as_str().unwrap()).collect();
    assert_eq!(texts, ["number 1", "number 2", "number 3", "number 4", "number 5"]);
    assert_eq!(owner.call("quarantine/reasons", &json!({})).await.ok(), json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_again_is_not_replayed_round_and_round() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    deliver(&charla, NUMBER, "wamid.lost", "lost").await;
    let update = quarantined(&owner).await;
    let first = json!({ "reason": "unknown_number", "until": null });
    let step = owner.call("quarantine/replay_all", &first).await.ok();
    assert_eq!(step["deliveries"], 1);
    eventually(|| async {
        listed(&owner).await.into_iter().find(|again| again["at"].as_str() > update["at"].as_str())
    })
    .await;
    let next = json!({ "reason": "unknown_number", "until": step["until"] });
    assert_eq!(owner.call("quarantine/replay_all", &next).await.ok()["deliveries"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discarded_delivery_is_given_up_for_good() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    deliver(&charla, NUMBER, "wamid.unwanted", "unwanted").await;
    let update = quarantined(&owner).await;
    let delivery = json!({ "delivery": update["delivery"] });
    assert_eq!(owner.call("quarantine/discard", &delivery).await.status, 200);
    assert_eq!(listed(&owner).await, Vec::<Value>::new());
    connect(&charla, &workspace).await;
    assert_eq!(owner.call("quarantine/replay", &delivery).await.status, 404);
    assert_eq!(owner.call("quarantine/discard", &delivery).await.status, 404);
    processed(&charla).await;
    assert_eq!(messages(&charla, "unwanted").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_shown_as_it_came() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    deliver(&charla, NUMBER, "wamid.seen", "look at \u{0} this").await;
    let update = quarantined(&owner).await;
    let which = json!({ "delivery": update["delivery"], "number": update["number"] });
    let raw = owner.call("quarantine/show", &which).await.ok();
    let text = raw["text"].as_str().unwrap();
    assert!(text.contains("wamid.seen") && text.contains("\n  "), "{text}");
    assert_eq!(raw["cut"], false);
    assert!(!update["detail"].as_str().unwrap().contains("look at"), "the list holds no message text");

    let absent = json!({ "delivery": update["delivery"], "number": 4711 });
    assert_eq!(owner.call("quarantine/show", &absent).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_read_a_page_at_a_time() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    deliver(&charla, NUMBER, "wamid.many", "many").await;
    let delivery = quarantined(&owner).await["delivery"].as_str().unwrap().to_owned();
    // Many parts of one delivery at one instant, and one that is older.
    sqlx::query(
        "INSERT INTO quarantined_updates (delivery_id, number, reason, detail, raw, at)
         SELECT $1::uuid, n, CASE WHEN n % 2 = 0 THEN 'failed' ELSE 'unreadable' END, 'a part', ''::bytea, '2026-01-01T00:00:00Z'::timestamptz
         FROM generate_series(1, $2) AS n
         UNION ALL SELECT $1::uuid, 0, 'failed', 'a part', '', '2025-01-01T00:00:00Z'
         ON CONFLICT (delivery_id, number) DO UPDATE SET at = excluded.at, reason = excluded.reason",
    )
    .bind(&delivery)
    .bind(i32::try_from(QUARANTINE_PAGE).unwrap() * 2)
    .execute(&charla.raw().await)
    .await
    .unwrap();
    for reason in [None, Some("failed"), Some("unreadable"), Some("nothing_of_this")] {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = owner.call("quarantine/list", &json!({ "reason": reason, "after": after })).await.ok();
            seen.extend(page["updates"].as_array().unwrap().iter().map(|update| update["number"].as_i64().unwrap()));
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        let fits = |n: &i64| match reason {
            None => true,
            Some("failed") => n % 2 == 0,
            Some("unreadable") => n % 2 == 1,
            Some(_) => false,
        };
        // The newest first; of one instant, in the order of their delivery.
        let expected: Vec<i64> = (1..=QUARANTINE_PAGE * 2).chain([0]).filter(fits).collect();
        assert_eq!(seen, expected, "{reason:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_operators_are_let_in() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    // The highest role in a workspace makes nobody an operator.
    let second = charla.joins(&owner, &workspace, "Ofelia Owner", "owner").await;
    deliver(&charla, NUMBER, "wamid.closed", "closed").await;
    let update = quarantined(&owner).await;
    let nobody = charla.browser();
    for (function, arguments) in [
        ("quarantine/reasons", json!({})),
        ("quarantine/list", json!({ "reason": null, "after": null })),
        ("quarantine/show", json!({ "delivery": update["delivery"], "number": update["number"] })),
        ("quarantine/replay_all", json!({ "reason": "unknown_number", "until": null })),
        ("quarantine/replay", json!({ "delivery": update["delivery"] })),
        ("quarantine/discard", json!({ "delivery": update["delivery"] })),
    ] {
        assert_eq!(nobody.call(function, &arguments).await.status, 401, "{function} by nobody");
        let answer = second.call(function, &arguments).await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "operator.required"), "{function} by an owner");
    }
    assert_eq!(listed(&owner).await, vec![update], "nothing was changed");

    let page = "/operations/quarantine";
    assert_eq!(nobody.open(page).await.location.as_deref(), Some("/login?next=/operations/quarantine"));
    assert_eq!(second.open(page).await.status, 403);
    assert_eq!(owner.open(page).await.status, 200);
    assert_eq!(owner.call("account/me", &json!({})).await.ok()["operator"], true);
    assert_eq!(second.call("account/me", &json!({})).await.ok()["operator"], false);
    // Who is no operator any more is let in no more.
    sqlx::query("UPDATE users SET operator = false").execute(&charla.raw().await).await.unwrap();
    assert_eq!(owner.call("quarantine/reasons", &json!({})).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_operators_at_once_replay_a_delivery_once() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    for n in 0..20 {
        deliver(&charla, NUMBER, &format!("wamid.{n}"), &format!("shared {n}")).await;
    }
    eventually(|| async { (listed(&owner).await.len() == 20).then_some(()) }).await;
    connect(&charla, &workspace).await;
    let (core, console, reason) = (charla.core(), Operator::at_the_console(), "unknown_number".parse().unwrap());
    let (one, other) = tokio::join!(
        quarantine::replay_all(core, &console, &reason, None),
        quarantine::replay_all(core, &console, &reason, None)
    );
    assert_eq!(one.unwrap().deliveries + other.unwrap().deliveries, 20);
    eventually(|| async { (messages(&charla, "shared ").await == 20).then_some(()) }).await;
}
