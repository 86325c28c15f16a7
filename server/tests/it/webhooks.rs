//! Webhooks in (row B1 begun); gate C2's first row: the signature.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;

use crate::kit::{APP_SECRET, Charla, VERIFY_TOKEN, eventually};

pub fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    format!("sha256={}", hex::encode(mac.finalize().into_bytes()))
}

pub fn text_from(phone: &str, (channel, account): (&str, &str), id: &str, text: &str) -> Vec<u8> {
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": account, "changes": [{ "field": "messages", "value": {
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "15550000001", "phone_number_id": channel },
        "contacts": [{ "profile": { "name": "Ana" }, "wa_id": phone }],
        "messages": [{ "from": phone, "id": id, "timestamp": jiff::Timestamp::now().as_second().to_string(), "type": "text", "text": { "body": text } }],
    } }] }] })
    .to_string()
    .into_bytes()
}

async fn deliveries(charla: &Charla) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM deliveries").fetch_one(&charla.raw().await).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_without_the_right_signature_is_refused_and_leaves_nothing() {
    let charla = Charla::start().await;
    let meta = charla.browser();
    let body = text_from("5511900000001", ("1", "1"), "wamid.x", "hello");
    let right = signature(APP_SECRET, &body);
    let hex = right.trim_start_matches("sha256=").to_owned();
    let wrong = [
        None,
        Some(String::new()),
        Some("sha256=".to_owned()),
        Some(hex.clone()),
        Some(format!("sha1={hex}")),
        Some(format!("sha256={}", &hex[..40])),
        Some(format!("sha256={}", hex.to_uppercase())),
        Some(format!("sha256={}", "zz".repeat(32))),
        Some(format!(" {right}x")),
        Some(signature(APP_SECRET, b"another body")),
        Some(signature("another workspace's secret", &body)),
        Some(signature("", &body)),
    ];
    for path in ["/webhooks/meta", "/api/whatsapp/webhook"] {
        for header in &wrong {
            let headers: Vec<_> = header.iter().map(|h| ("x-hub-signature-256", h.as_str())).collect();
            let answer = meta.post(path, &headers, body.clone()).await;
            assert_eq!(answer.status, 401, "{path} {header:?}");
        }
        let sha1_only = [("x-hub-signature", right.as_str())];
        assert_eq!(meta.post(path, &sha1_only, body.clone()).await.status, 401);
        let two = [("x-hub-signature-256", right.as_str()), ("x-hub-signature-256", right.as_str())];
        assert_eq!(meta.post(path, &two, body.clone()).await.status, 401, "two headers");
    }
    assert_eq!(deliveries(&charla).await, 0);
    // The positive twin.
    let answer = meta.post("/api/whatsapp/webhook", &[("x-hub-signature-256", &right)], body.clone()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(deliveries(&charla).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_subscription_handshake_needs_our_token() {
    let charla = Charla::start().await;
    let meta = charla.browser();
    let token = VERIFY_TOKEN.replace(' ', "%20");
    for path in ["/webhooks/meta", "/api/whatsapp/webhook"] {
        let right = format!("{path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}");
        let answer = meta.get(&right).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, "1158201444"));
        for wrong in [
            format!("{path}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x"),
            format!("{path}?hub.mode=subscribe&hub.challenge=1"),
            format!("{path}?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token={token}"),
            path.to_owned(),
        ] {
            assert!([400, 403].contains(&meta.get(&wrong).await.status), "{wrong}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_that_comes_twice_has_one_effect() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let phone = charla.phone(&workspace, "Ana", "+5511900000001").await;
    let meta = charla.browser();
    let body = text_from("5511900000001", (phone.channel(), phone.account()), "wamid.twice", "only once");
    // The same bytes, and the same message in other bytes.
    let spaced = [body.as_slice(), b" "].concat();
    for body in [&body, &body, &spaced, &body] {
        let signed = signature(APP_SECRET, body);
        assert_eq!(meta.post("/webhooks/meta", &[("x-hub-signature-256", &signed)], body.clone()).await.status, 200);
    }
    let found = eventually(|| async {
        let all = owner.conversations(&workspace).await;
        all.into_iter().find(|c| c["preview"]["text"] == "only once")
    })
    .await;
    eventually(|| async {
        let left: i64 =
            sqlx::query_scalar("SELECT count(*) FROM waiting_deliveries").fetch_one(&charla.raw().await).await.unwrap();
        (left == 0).then_some(())
    })
    .await;
    let id = found["id"].as_str().unwrap();
    assert_eq!(owner.thread(&workspace, id).await.len(), 1);
    assert_eq!(owner.conversations(&workspace).await.iter().find(|c| c["id"] == id).unwrap()["unread"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_for_an_unknown_number_is_quarantined() {
    let charla = Charla::start().await;
    let meta = charla.browser();
    let body = text_from("5511900000001", ("999999", "1"), "wamid.lost", "hello?");
    let signed = signature(APP_SECRET, &body);
    assert_eq!(meta.post("/webhooks/meta", &[("x-hub-signature-256", &signed)], body).await.status, 200);
    let reason = eventually(|| async {
        sqlx::query_scalar::<_, String>("SELECT reason FROM quarantined_updates")
            .fetch_optional(&charla.raw().await)
            .await
            .unwrap()
    })
    .await;
    assert_eq!(reason, "unknown_number");
    let messages: i64 =
        sqlx::query_scalar("SELECT count(*) FROM messages").fetch_one(&charla.raw().await).await.unwrap();
    assert_eq!(messages, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_kept_and_its_neighbours_go_on() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let phone = charla.phone(&workspace, "Ana", "+5511900000001").await;
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": phone.account(), "changes": [{ "field": "messages", "value": {
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "15550000001", "phone_number_id": phone.channel() },
        "messages": [
            { "id": 7, "type": ["not", "a", "type"], "from": { "odd": true } },
            { "from": "5511900000001", "id": "wamid.nul", "timestamp": "1", "type": "text", "text": { "body": "with \u{0} nul" } },
            { "from": "5511900000001", "id": "wamid.new", "timestamp": "2", "type": "telepathy", "telepathy": {} },
        ],
    } }, { "field": "a_field_of_the_future", "value": { "x": 1 } }] }] })
    .to_string()
    .into_bytes();
    let signed = signature(APP_SECRET, &body);
    let meta = charla.browser();
    assert_eq!(meta.post("/webhooks/meta", &[("x-hub-signature-256", &signed)], body).await.status, 200);
    let thread = eventually(|| async {
        let all = owner.conversations(&workspace).await;
        let ours = all.iter().find(|c| c["contact"]["phone"] == "+5511900000001")?;
        let thread = owner.thread(&workspace, ours["id"].as_str()?).await;
        (thread.len() == 2).then_some(thread)
    })
    .await;
    assert_eq!(thread[0]["content"]["body"], "with  nul");
    assert_eq!(thread[1]["content"], json!({ "type": "unsupported", "kind": "telepathy" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_over_three_megabytes_is_refused() {
    let charla = Charla::start().await;
    let body = vec![b' '; 3 * 1024 * 1024 + 1];
    let signed = signature(APP_SECRET, &body);
    let answer = charla.browser().post("/webhooks/meta", &[("x-hub-signature-256", &signed)], body).await;
    assert_eq!(answer.status, 413);
    assert_eq!(deliveries(&charla).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_with_a_new_owner_opens_a_new_conversation() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let phone = charla.phone(&workspace, "Ana", "+5511900000001").await;
    let meta = charla.browser();
    for (name, user_id, text) in
        [("Old", "BR.1111", "mine"), ("Old", "BR.1111", "still mine"), ("New", "BR.2222", "mine now")]
    {
        let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": phone.account(), "changes": [{ "field": "messages", "value": {
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "15550000001", "phone_number_id": phone.channel() },
            "contacts": [{ "profile": { "name": name }, "wa_id": "5511977700000", "user_id": user_id }],
            "messages": [{ "from": "5511977700000", "from_user_id": user_id, "id": format!("wamid.{text}"), "timestamp": jiff::Timestamp::now().as_second().to_string(), "type": "text", "text": { "body": text } }],
        } }] }] })
        .to_string()
        .into_bytes();
        let signed = signature(APP_SECRET, &body);
        assert_eq!(meta.post("/webhooks/meta", &[("x-hub-signature-256", &signed)], body).await.status, 200);
    }
    let named = |list: Vec<serde_json::Value>, name: &str| list.into_iter().find(|c| c["contact"]["name"] == name);
    let new = eventually(|| async { named(owner.conversations(&workspace).await, "New") }).await;
    let old = named(owner.conversations(&workspace).await, "Old").unwrap();
    assert_eq!(owner.thread(&workspace, old["id"].as_str().unwrap()).await.len(), 2);
    assert_eq!(
        owner.thread(&workspace, new["id"].as_str().unwrap()).await.len(),
        1,
        "nothing of the old owner is shown"
    );
    assert!(old["contact"]["phone"].is_null(), "the number went with its new owner");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_without_a_phone_number_are_answered_too() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    // The simulator's numbers that end so are kept from businesses: webhooks carry the user id and a username only.
    let nadie = charla.phone(&workspace, "Nadie", "+5511900009004").await;
    nadie.writes("no number").await;
    let found = eventually(|| async {
        owner.conversations(&workspace).await.into_iter().find(|c| c["contact"]["name"] == "Nadie")
    })
    .await;
    assert!(found["contact"]["phone"].is_null(), "{found}");
    assert!(found["contact"]["username"].as_str().unwrap().starts_with("user."), "{found}");
    let conversation = found["id"].as_str().unwrap();
    owner.send(&workspace, conversation, &uuid::Uuid::now_v7().to_string(), "an answer").await.ok();
    eventually(|| async { (nadie.shows("an answer").await == 1).then_some(()) }).await;
    eventually(|| async {
        let thread = owner.thread(&workspace, conversation).await;
        thread.into_iter().find(|m| m["content"]["body"] == "an answer" && m["state"] == "delivered")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn statuses_that_come_twice_or_in_the_wrong_order_end_at_the_same() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    // The simulator's numbers that end so have every webhook twice, and `delivered` before `sent`.
    for (name, number) in [("Twice", "+5511900009001"), ("Order", "+5511900009002")] {
        let phone = charla.phone(&workspace, name, number).await;
        phone.writes("hello").await;
        let found = eventually(|| async {
            owner.conversations(&workspace).await.into_iter().find(|c| c["contact"]["name"] == name)
        })
        .await;
        assert_eq!(found["unread"], 1, "{name}: one message, however often it came");
        let conversation = found["id"].as_str().unwrap();
        owner.send(&workspace, conversation, &uuid::Uuid::now_v7().to_string(), "an answer").await.ok();
        eventually(|| async { (phone.shows("an answer").await == 1).then_some(()) }).await;
        let states = || async {
            let thread = owner.thread(&workspace, conversation).await;
            thread
                .iter()
                .filter(|m| m["direction"] == "out")
                .map(|m| m["state"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        // What has not been delivered cannot be looked at.
        eventually(|| async { (states().await == ["delivered"]).then_some(()) }).await;
        phone.looks().await;
        eventually(|| async { (states().await == ["read"]).then_some(()) }).await;
    }
    let told: Vec<String> = sqlx::query_scalar(
        "SELECT e.state FROM message_events e JOIN messages m USING (workspace_id) WHERE m.id = e.message_id AND source = 'webhook' AND workspace_id = $1::uuid",
    )
    .bind(&workspace)
    .fetch_all(&charla.raw().await)
    .await
    .unwrap();
    assert!(told.iter().any(|state| state == "delivered"), "{told:?}");
}
