//! F16: clocks that jump, and times that Meta never meant.

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use crate::kit::{APP_SECRET, Browser, Charla, Phone, eventually};

fn key() -> String {
    Uuid::now_v7().to_string()
}

async fn written(charla: &Charla, owner: &Browser, workspace: &str) -> (Phone, String) {
    let phone = charla.phone(workspace, "Bea", "+5511900000002").await;
    phone.writes("What time is it?").await;
    let conversation = eventually(|| async {
        let all = owner.conversations(workspace).await;
        all.into_iter().find(|c| c["preview"]["text"] == "What time is it?")
    })
    .await;
    (phone, conversation["id"].as_str().unwrap().to_owned())
}

/// Posts a message whose time is whatever this is.
async fn says(charla: &Charla, channel: &str, phone: &str, wamid: &str, time: Option<Value>) {
    let mut message = json!({ "from": phone, "id": wamid, "type": "text", "text": { "body": wamid } });
    if let Some(time) = time {
        message["timestamp"] = time;
    }
    let account: String = sqlx::query_scalar("SELECT business_account_id FROM channels WHERE phone_number_id = $1")
        .bind(channel)
        .fetch_one(&charla.raw().await)
        .await
        .unwrap();
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": account, "changes": [{ "field": "messages", "value": {
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "15550000001", "phone_number_id": channel },
        "contacts": [{ "profile": { "name": "Zeit" }, "wa_id": phone }],
        "messages": [message],
    } }] }] })
    .to_string()
    .into_bytes();
    let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).unwrap();
    mac.update(&body);
    let signature = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
    let answer = charla.browser().post("/webhooks/meta", &[("x-hub-signature-256", &signature)], body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}

async fn conversation_of(charla: &Charla, phone: &str) -> String {
    eventually(|| async {
        sqlx::query_scalar::<_, Uuid>(
            "SELECT c.id FROM conversations c JOIN identities i USING (workspace_id, contact_id) WHERE i.value = $1",
        )
        .bind(phone)
        .fetch_optional(&charla.raw().await)
        .await
        .unwrap()
    })
    .await
    .to_string()
}

/// Ten minutes off from the database, either way: both are within what unsynchronised machines do.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_ten_minutes_off_sends_and_receives_as_before() {
    for minutes in [10, -10] {
        let charla = Charla::start().await;
        charla.clock.forward(SignedDuration::from_mins(minutes));
        let owner = charla.owner().await;
        let workspace = owner.workspace().await;
        let (phone, conversation) = written(&charla, &owner, &workspace).await;
        owner.send(&workspace, &conversation, &key(), "Time to answer.").await.ok();
        eventually(|| async { (phone.shows("Time to answer.").await == 1).then_some(()) }).await;
        eventually(|| async {
            let thread = owner.thread(&workspace, &conversation).await;
            thread.into_iter().find(|m| m["content"]["body"] == "Time to answer." && m["state"] == "delivered")
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_back_an_hour_keeps_the_order_and_the_work() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation) = written(&charla, &owner, &workspace).await;
    owner.send(&workspace, &conversation, &key(), "before").await.ok();
    eventually(|| async { (phone.shows("before").await == 1).then_some(()) }).await;

    charla.clock.forward(SignedDuration::from_hours(-1));
    owner.send(&workspace, &conversation, &key(), "after").await.ok();
    eventually(|| async { (phone.shows("after").await == 1).then_some(()) }).await;
    phone.writes("and now I").await;
    let bodies = eventually(|| async {
        let thread = owner.thread(&workspace, &conversation).await;
        let bodies: Vec<_> = thread.iter().map(|m| m["content"]["body"].as_str().unwrap().to_owned()).collect();
        bodies.iter().any(|body| body == "and now I").then_some(bodies)
    })
    .await;
    let place = |text: &str| bodies.iter().position(|body| body == text).unwrap();
    assert!(place("before") < place("after"), "{bodies:?}");
    assert_eq!(phone.shows("before").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_time_meta_says_no_message_is_lost_and_none_opens_the_window_wrongly() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let channel = charla.phone(&workspace, "Zeit", "+5511900000003").await.channel().to_owned();
    let now = Timestamp::now().as_second();
    let day = 24 * 3600;
    // The time, and whether the customer may be answered freely.
    let times = [
        (Some(json!(now.to_string())), true),
        (Some(json!(now)), true),
        (Some(json!((now - day + 120).to_string())), true),
        (Some(json!((now - day - 120).to_string())), false),
        (Some(json!((now - 8 * day).to_string())), false),
        (Some(json!("0")), false),
        (Some(json!(0)), false),
        (Some(json!((now + 600).to_string())), true),
        (Some(json!((now + 365 * day).to_string())), true),
        (Some(json!("99999999999999999999")), true),
        (Some(json!("-5")), false),
        (Some(json!("half past nine")), true),
        (Some(json!("")), true),
        (Some(json!(null)), true),
        (Some(json!({ "at": 1 })), true),
        (None, true),
    ];
    for ((time, open), n) in times.into_iter().zip(0..) {
        let (phone, wamid) = (format!("55119810000{n:02}"), format!("wamid.time.{n}"));
        says(&charla, &channel, &phone, &wamid, time.clone()).await;
        let conversation = conversation_of(&charla, &phone).await;
        let thread = owner.thread(&workspace, &conversation).await;
        assert_eq!((thread.len(), &thread[0]["content"]["body"]), (1, &json!(wamid)), "{time:?}");
        let shown: Timestamp = thread[0]["at"].as_str().unwrap().parse().unwrap();
        assert!(shown.as_second() <= now + 60, "{time:?} is shown as {shown}, which has not been yet");
        let answer = owner.send(&workspace, &conversation, &key(), "free words").await;
        // Times that cannot be read may count as now or as unknown; times that can are believed.
        let readable = time.as_ref().is_some_and(|time| {
            time.as_i64().or_else(|| time.as_str()?.parse().ok()).is_some_and(|at| (0..=now + 600).contains(&at))
        });
        if readable || open {
            assert_eq!(answer.status == 200, open, "{time:?}: {}", answer.body);
        } else {
            assert!([200, 409].contains(&answer.status), "{time:?}: {}", answer.body);
        }
    }
}

/// A message from the future must not hold the window open longer than a day from when it came.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_from_the_future_opens_the_window_for_a_day() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let channel = charla.phone(&workspace, "Zeit", "+5511900000003").await.channel().to_owned();
    let phone = "5511981000099";
    let next_year = Timestamp::now().as_second() + 365 * 24 * 3600;
    says(&charla, &channel, phone, "wamid.future", Some(json!(next_year.to_string()))).await;
    let conversation = conversation_of(&charla, phone).await;
    owner.send(&workspace, &conversation, &key(), "welcome, traveller").await.ok();
    for _ in 0..13 {
        // In steps, so that the session does not end of idleness.
        charla.clock.forward(SignedDuration::from_hours(2));
        owner.conversations(&workspace).await;
    }
    let answer = owner.send(&workspace, &conversation, &key(), "still there?").await;
    assert_eq!((answer.status, answer.code().as_str()), (409, "inbox.window_closed"));
}

/// What waited too long is not sent outside the window, however it came to wait.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_waited_until_the_window_closed_is_not_sent() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation) = written(&charla, &owner, &workspace).await;
    let raw = charla.raw().await;
    // Nobody listens there: the request is never made, and tried again.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nowhere = format!("http://{}", silent.local_addr().unwrap());
    drop(silent);
    sqlx::query("UPDATE channels SET graph_url = $1").bind(&nowhere).execute(&raw).await.unwrap();
    owner.send(&workspace, &conversation, &key(), "too late by then").await.ok();
    for _ in 0..13 {
        charla.clock.forward(SignedDuration::from_hours(2));
        owner.conversations(&workspace).await;
    }
    sqlx::query("UPDATE channels SET graph_url = $1").bind(&charla.simulator_url).execute(&raw).await.unwrap();
    let failed = eventually(|| async {
        let thread = owner.thread(&workspace, &conversation).await;
        thread.into_iter().find(|m| m["content"]["body"] == "too late by then" && m["state"] == "failed")
    })
    .await;
    assert!(failed["failure"].as_str().is_some_and(|words| words.contains("24")), "{failed}");
    assert_eq!(phone.shows("too late by then").await, 0);
}
