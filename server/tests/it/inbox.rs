//! The one true journey, as far as HTTP goes: a customer writes, a member answers, the ticks come back.

use jiff::SignedDuration;
use serde_json::Value;

use crate::kit::{Answer, Browser, Charla, Phone, eventually};

fn key() -> String {
    uuid::Uuid::now_v7().to_string()
}

async fn written(charla: &Charla, owner: &Browser, workspace: &str) -> (Phone, String) {
    let phone = charla.phone(workspace, "Bea", "+5511900000002").await;
    phone.writes("Do you deliver on Sundays?").await;
    let conversation = eventually(|| async {
        let all = owner.conversations(workspace).await;
        all.into_iter().find(|c| c["preview"]["text"] == "Do you deliver on Sundays?")
    })
    .await;
    (phone, conversation["id"].as_str().unwrap().to_owned())
}

async fn state_of(browser: &Browser, workspace: &str, conversation: &str, text: &str) -> Option<Value> {
    let thread = browser.thread(workspace, conversation).await;
    thread.into_iter().find(|m| m["content"]["body"] == text)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_writes_and_a_member_answers() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation) = written(&charla, &owner, &workspace).await;

    let row = owner.conversations(&workspace).await.into_iter().find(|c| c["id"] == conversation.as_str()).unwrap();
    assert_eq!((row["unread"].as_i64(), row["contact"]["name"].as_str()), (Some(1), Some("Bea")));

    let sent = owner.send(&workspace, &conversation, &key(), "Yes, from ten to two.").await.ok();
    assert_eq!(sent["state"], "queued");
    eventually(|| async { (phone.shows("Yes, from ten to two.").await == 1).then_some(()) }).await;
    eventually(|| async {
        let message = state_of(&owner, &workspace, &conversation, "Yes, from ten to two.").await?;
        (message["state"] == "delivered").then_some(())
    })
    .await;
    phone.looks().await;
    eventually(|| async {
        let message = state_of(&owner, &workspace, &conversation, "Yes, from ten to two.").await?;
        (message["state"] == "read").then_some(())
    })
    .await;
    let row = owner.conversations(&workspace).await.into_iter().find(|c| c["id"] == conversation.as_str()).unwrap();
    assert_eq!((row["preview"]["state"].as_str(), row["preview"]["direction"].as_str()), (Some("read"), Some("out")));
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_twice_by_accident_sends_once() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation) = written(&charla, &owner, &workspace).await;
    let key = key();
    let tries = (0..5).map(|_| owner.send(&workspace, &conversation, &key, "Once."));
    let answers = futures::future::join_all(tries).await;
    let ids: std::collections::BTreeSet<_> =
        answers.into_iter().map(|a| a.ok()["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 1);
    eventually(|| async { (phone.shows("Once.").await > 0).then_some(()) }).await;
    owner.send(&workspace, &conversation, &uuid::Uuid::now_v7().to_string(), "And this after it.").await.ok();
    eventually(|| async { (phone.shows("And this after it.").await > 0).then_some(()) }).await;
    assert_eq!(phone.shows("Once.").await, 1);
    let other = owner.send(&workspace, &conversation, &key, "Another text.").await;
    assert_eq!(other.status, 400, "the same key with another text: {}", other.body);
    assert_eq!(phone.shows("Another text.").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_reach_the_phone_in_the_order_they_were_sent() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation) = written(&charla, &owner, &workspace).await;
    for n in 0..10 {
        owner.send(&workspace, &conversation, &key(), &format!("part-{n}")).await.ok();
    }
    let screen =
        eventually(|| async { (phone.shows("part-9").await == 1).then_some(phone.screen().await.to_string()) }).await;
    let places: Vec<_> = (0..10).map(|n| screen.find(&format!("\"part-{n}\"")).expect("arrived")).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_may_not_be_sent_is_refused_with_the_reason() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (_, conversation) = written(&charla, &owner, &workspace).await;
    for text in ["", "   ", "\u{200b}\u{200b}", &"x".repeat(4097)] {
        let answer = owner.send(&workspace, &conversation, &key(), text).await;
        assert_eq!(answer.status, 400, "{}", answer.body);
    }
    assert_eq!(owner.thread(&workspace, &conversation).await.len(), 1);
    owner.send(&workspace, &conversation, &key(), &"ñ".repeat(4096)).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_24_hours_without_a_word_the_window_is_closed() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (_, conversation) = written(&charla, &owner, &workspace).await;
    for _ in 0..12 {
        // In steps, so that the session does not end of idleness.
        charla.clock.forward(SignedDuration::from_hours(2));
        owner.conversations(&workspace).await;
    }
    let answer = owner.send(&workspace, &conversation, &key(), "Too late?").await;
    assert_eq!((answer.status, answer.code().as_str()), (409, "inbox.window_closed"));
    assert_eq!(owner.thread(&workspace, &conversation).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_marks_read_for_the_team_and_for_the_customer() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation) = written(&charla, &owner, &workspace).await;
    let newest = owner.thread(&workspace, &conversation).await.pop().unwrap();
    let arguments =
        serde_json::json!({ "workspace": workspace, "conversation": conversation, "through": newest["id"] });
    for _ in 0..2 {
        assert_eq!(owner.call("inbox/mark_read", &arguments).await.status, 200);
    }
    let row = owner.conversations(&workspace).await.into_iter().find(|c| c["id"] == conversation.as_str()).unwrap();
    assert_eq!(row["unread"], 0);
    eventually(|| async { phone.screen().await.to_string().contains("read").then_some(()) }).await;

    phone.writes("One more thing").await;
    eventually(|| async {
        let row = owner.conversations(&workspace).await.into_iter().find(|c| c["id"] == conversation.as_str())?;
        (row["unread"] == 1).then_some(())
    })
    .await;
    assert_eq!(owner.call("inbox/mark_read", &arguments).await.status, 200);
    let row = owner.conversations(&workspace).await.into_iter().find(|c| c["id"] == conversation.as_str()).unwrap();
    assert_eq!(row["unread"], 1, "a late call does not read what came after it");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_customer_writes_while_the_host_is_down_arrives_when_it_is_back() {
    let mut charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation) = written(&charla, &owner, &workspace).await;
    let addr = charla.stop().await;
    phone.writes("Are you there?").await;
    charla.start_again(addr).await;
    eventually(|| async { state_of(&owner, &workspace, &conversation, "Are you there?").await }).await;
    assert_eq!(owner.thread(&workspace, &conversation).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_that_fails_says_why_and_what_to_do() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (_, failed) = failed(&charla, &owner, &workspace).await;
    assert!(failed["failure"].as_str().is_some_and(|reason| reason.len() > 20), "{failed}");
}

/// A message that failed, to a number that cannot be reached (131026).
async fn failed(charla: &Charla, owner: &Browser, workspace: &str) -> (String, Value) {
    let phone = charla.phone(workspace, "Unreachable", "+5511900001026").await;
    phone.writes("hello").await;
    let conversation = eventually(|| async {
        owner.conversations(workspace).await.into_iter().find(|c| c["contact"]["name"] == "Unreachable")
    })
    .await;
    let conversation = conversation["id"].as_str().unwrap().to_owned();
    owner.send(workspace, &conversation, &key(), "Hello!").await.ok();
    let failed = eventually(|| async {
        state_of(owner, workspace, &conversation, "Hello!").await.filter(|m| m["state"] == "failed")
    })
    .await;
    (conversation, failed)
}

async fn recorder(browser: &Browser, workspace: &str, message: &Value) -> Vec<Value> {
    let arguments = serde_json::json!({ "workspace": workspace, "message": message["id"] });
    browser.call("inbox/recorder", &arguments).await.ok().as_array().unwrap().clone()
}

async fn resend(browser: &Browser, workspace: &str, message: &Value) -> Answer {
    browser.call("inbox/resend", &serde_json::json!({ "workspace": workspace, "message": message["id"] })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recorder_tells_the_way_of_a_message_step_by_step() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (_, conversation) = written(&charla, &owner, &workspace).await;
    owner.send(&workspace, &conversation, &key(), "Yes, from ten to two.").await.ok();
    let message = eventually(|| async {
        let message = state_of(&owner, &workspace, &conversation, "Yes, from ten to two.").await?;
        (message["state"] == "delivered").then_some(message)
    })
    .await;
    let steps = recorder(&owner, &workspace, &message).await;
    let told = |source: &str, state: &str| steps.iter().position(|s| s["source"] == source && s["state"] == state);
    assert_eq!(told("member", "queued"), Some(0), "{steps:?}");
    assert!(told("attempt", "sending").unwrap() < told("attempt", "accepted").unwrap(), "{steps:?}");
    assert!(told("webhook", "sent").is_some() && told("webhook", "delivered").is_some(), "{steps:?}");
    assert_eq!(steps[told("attempt", "sending").unwrap()]["attempt"], 1);

    let (_, failed) = failed(&charla, &owner, &workspace).await;
    let last = recorder(&owner, &workspace, &failed).await.pop().unwrap();
    assert_eq!((last["state"].as_str(), last["code"].as_i64()), (Some("failed"), Some(131_026)));
    assert_eq!(last["remedy_key"], "undeliverable");
    let asked = &owner.thread(&workspace, &conversation).await[0];
    assert_eq!(recorder(&owner, &workspace, asked).await.len(), 0, "a customer's message has no way of ours");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_message_is_sent_again_once_by_however_many() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (conversation, old) = failed(&charla, &owner, &workspace).await;
    let viewer = charla.joins(&owner, &workspace, "Vera Viewer", "viewer").await;
    assert_eq!(resend(&viewer, &workspace, &old).await.status, 403);
    let member = charla.joins(&owner, &workspace, "Mia Member", "member").await;
    let tries = [&owner, &member, &owner, &member].map(|browser| resend(browser, &workspace, &old));
    let answers = futures::future::join_all(tries).await;
    let ids: std::collections::BTreeSet<_> =
        answers.into_iter().map(|a| a.ok()["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 1);
    let new = ids.first().unwrap().as_str();
    assert_ne!(old["id"], new);

    let thread = owner.thread(&workspace, &conversation).await;
    assert_eq!(thread.iter().filter(|m| m["content"]["body"] == "Hello!").count(), 2);
    assert_eq!(thread.iter().find(|m| m["id"] == old["id"]).unwrap()["resent_as"], new);
    let last = recorder(&owner, &workspace, &old).await.pop().unwrap();
    assert_eq!((last["source"].as_str(), last["resent_as"].as_str()), (Some("member"), Some(new)));
    let audited: i64 = sqlx::query_scalar("SELECT count(*) FROM audit_entries WHERE action = 'message.resend'")
        .fetch_one(&charla.raw().await)
        .await
        .unwrap();
    assert_eq!(audited, 1);
    let waits: Vec<Option<i32>> = sqlx::query_scalar(
        "SELECT waited_seconds FROM messages WHERE conversation_id = $1::uuid AND direction = 'out' ORDER BY at",
    )
    .bind(&conversation)
    .fetch_all(&charla.raw().await)
    .await
    .unwrap();
    assert!(matches!(waits[..], [Some(first), Some(second)] if second >= first), "the customer waits on: {waits:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_arrived_is_not_sent_again() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation) = written(&charla, &owner, &workspace).await;
    owner.send(&workspace, &conversation, &key(), "Once.").await.ok();
    let message = eventually(|| async {
        state_of(&owner, &workspace, &conversation, "Once.").await.filter(|m| m["state"] == "delivered")
    })
    .await;
    let asked = owner.thread(&workspace, &conversation).await.remove(0);
    for message in [&message, &asked] {
        let answer = resend(&owner, &workspace, message).await;
        assert_eq!((answer.status, answer.code().as_str()), (409, "inbox.not_resendable"));
    }
    assert_eq!(phone.shows("Once.").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_answer_was_lost_is_sent_again_only_when_it_stays_unconfirmed() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    // The simulator accepts messages to numbers that end so and says no more about them.
    let phone = charla.phone(&workspace, "Silent", "+5511900009000").await;
    phone.writes("hello").await;
    let conversation = eventually(|| async {
        owner.conversations(&workspace).await.into_iter().find(|c| c["contact"]["name"] == "Silent")
    })
    .await;
    let conversation = conversation["id"].as_str().unwrap();
    owner.send(&workspace, conversation, &key(), "Anybody?").await.ok();
    let message = eventually(|| async {
        state_of(&owner, &workspace, conversation, "Anybody?").await.filter(|m| m["state"] == "accepted")
    })
    .await;
    let id = message["id"].as_str().unwrap();
    let raw = charla.raw().await;
    sqlx::query("UPDATE messages SET state = 'unknown' WHERE id = $1::uuid").bind(id).execute(&raw).await.unwrap();
    sqlx::query(
        "INSERT INTO message_events (workspace_id, message_id, id, state, source, at)
         VALUES ($1::uuid, $2::uuid, $3, 'unknown', 'attempt', now())",
    )
    .bind(&workspace)
    .bind(id)
    .bind(uuid::Uuid::now_v7())
    .execute(&raw)
    .await
    .unwrap();

    let answer = resend(&owner, &workspace, &message).await;
    assert_eq!((answer.status, answer.code().as_str()), (409, "inbox.still_unclear"));
    charla.clock.forward(SignedDuration::from_mins(16));
    let new = resend(&owner, &workspace, &message).await.ok();
    assert_ne!(new["id"], message["id"]);
    eventually(|| async { (phone.shows("Anybody?").await == 2).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customer_sees_that_an_answer_is_being_written_but_nothing_while_unread() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation) = written(&charla, &owner, &workspace).await;
    let mut watch = phone.watch().await;
    let arguments = serde_json::json!({ "workspace": workspace, "conversation": conversation });
    assert_eq!(owner.call("inbox/typing", &arguments).await.status, 200);
    phone.writes("still unread").await;
    assert_eq!(watch.typing_until("still unread").await, 0);

    let newest = eventually(|| async { state_of(&owner, &workspace, &conversation, "still unread").await }).await;
    let through = serde_json::json!({ "workspace": workspace, "conversation": conversation, "through": newest["id"] });
    assert_eq!(owner.call("inbox/mark_read", &through).await.status, 200);
    for _ in 0..3 {
        assert_eq!(owner.call("inbox/typing", &arguments).await.status, 200);
    }
    phone.writes("I am waiting").await;
    assert_eq!(watch.typing_until("I am waiting").await, 1, "not more than every twenty seconds");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_and_the_thread_are_paged() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation) = written(&charla, &owner, &workspace).await;
    for n in 0..60 {
        phone.writes(&format!("line {n}")).await;
    }
    eventually(|| async {
        let row = owner.conversations(&workspace).await.into_iter().find(|c| c["id"] == conversation.as_str())?;
        (row["unread"] == 61).then_some(())
    })
    .await;
    let arguments =
        |place: Value| serde_json::json!({ "workspace": workspace, "conversation": conversation, "place": place });
    let newest = owner.call("inbox/thread", &arguments("newest".into())).await.ok();
    assert_eq!(newest["messages"].as_array().unwrap().len(), 50);
    let earlier = owner.call("inbox/thread", &arguments(serde_json::json!({ "before": newest["earlier"] }))).await.ok();
    assert_eq!(earlier["messages"].as_array().unwrap().len(), 11);
    assert!(earlier["earlier"].is_null());
    assert_eq!(earlier["messages"][0]["content"]["body"], "Do you deliver on Sundays?");
}
