//! The one true journey, as far as HTTP goes: a customer writes, a member answers, the ticks come back.

use jiff::SignedDuration;
use serde_json::Value;

use crate::kit::{Browser, Charla, Phone, eventually};

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
    // The simulator's numbers that end so cannot be reached (131026).
    let phone = charla.phone(&workspace, "Unreachable", "+5511900001026").await;
    phone.writes("hello").await;
    let conversation = eventually(|| async {
        owner.conversations(&workspace).await.into_iter().find(|c| c["contact"]["name"] == "Unreachable")
    })
    .await;
    let conversation = conversation["id"].as_str().unwrap();
    owner.send(&workspace, conversation, &key(), "Hello!").await.ok();
    let failed = eventually(|| async {
        state_of(&owner, &workspace, conversation, "Hello!").await.filter(|m| m["state"] == "failed")
    })
    .await;
    assert!(failed["failure"].as_str().is_some_and(|reason| reason.len() > 20), "{failed}");
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
        |before: &Value| serde_json::json!({ "workspace": workspace, "conversation": conversation, "before": before });
    let newest = owner.call("inbox/thread", &arguments(&Value::Null)).await.ok();
    assert_eq!(newest["messages"].as_array().unwrap().len(), 50);
    let earlier = owner.call("inbox/thread", &arguments(&newest["earlier"])).await.ok();
    assert_eq!(earlier["messages"].as_array().unwrap().len(), 11);
    assert!(earlier["earlier"].is_null());
    assert_eq!(earlier["messages"][0]["content"]["body"], "Do you deliver on Sundays?");
}
