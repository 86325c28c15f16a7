//! The realtime stream (row J3).

use std::time::Duration;

use charla_core::events::Topic;
use serde_json::json;

use crate::kit::{Charla, PASSWORD, Socket, eventually};

async fn cursor(browser: &crate::kit::Browser, workspace: &str) -> String {
    let page = browser.call("inbox/conversations", &json!({ "workspace": workspace })).await.ok();
    page["cursor"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_members_see_a_message_at_once() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let mia = charla.joins(&owner, &workspace, "Mia", "member").await;
    let phone = charla.phone(&workspace, "Cora", "+5511900000003").await;
    let mut sockets = Vec::new();
    for browser in [&owner, &mia] {
        let after = cursor(browser, &workspace).await;
        let mut socket =
            Socket::open(browser, &workspace, &after, Some(&charla.url)).await.unwrap_or_else(|s| panic!("{s}"));
        assert_eq!(socket.next().await["frame"], "ready");
        sockets.push(socket);
    }
    phone.writes("hello both").await;
    for socket in &mut sockets {
        let message = loop {
            let frame = socket.next().await;
            if frame["kind"] == "message_created" {
                break frame["message"].as_str().unwrap().to_owned();
            }
        };
        let read = mia.call("inbox/message", &json!({ "workspace": workspace, "message": message })).await;
        assert_eq!(read.status, 200, "{}", read.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_comes_back_misses_nothing_and_is_told_nothing_twice() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let phone = charla.phone(&workspace, "Cora", "+5511900000003").await;
    let mut after = cursor(&owner, &workspace).await;
    let mut seen = Vec::new();
    for round in 0..4 {
        for n in 0..5 {
            phone.writes(&format!("{round}.{n}")).await;
        }
        let mut socket =
            Socket::open(&owner, &workspace, &after, Some(&charla.url)).await.unwrap_or_else(|s| panic!("{s}"));
        // Some are read while they come, some only after coming back.
        let wait = Duration::from_millis(if round == 3 { 3_000 } else { 60 });
        while let Some(frame) = socket.next_within(wait).await {
            after = frame["cursor"].as_str().unwrap().to_owned();
            if frame["kind"] == "message_created" {
                seen.push(frame["message"].as_str().unwrap().to_owned());
            }
        }
    }
    let stored: Vec<String> =
        sqlx::query_scalar("SELECT m.id::text FROM messages m JOIN conversations c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id JOIN contacts p ON p.workspace_id = c.workspace_id AND p.id = c.contact_id WHERE p.name = 'Cora' ORDER BY m.id")
            .fetch_all(&charla.raw().await)
            .await
            .unwrap();
    assert_eq!(stored.len(), 20);
    let of_cora: Vec<_> = seen.iter().filter(|id| stored.contains(id)).collect();
    assert_eq!(of_cora.len(), 20, "each exactly once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_is_too_old_is_told_to_reload() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let phone = charla.phone(&workspace, "Cora", "+5511900000003").await;
    let after = cursor(&owner, &workspace).await;
    phone.writes("one").await;
    eventually(|| async {
        owner.conversations(&workspace).await.iter().any(|c| c["preview"]["text"] == "one").then_some(())
    })
    .await;
    let swept =
        charla_core::events::sweep(charla.core(), jiff::Timestamp::now() + jiff::SignedDuration::from_hours(25))
            .await
            .unwrap();
    assert!(swept > 0);
    let mut socket =
        Socket::open(&owner, &workspace, &after, Some(&charla.url)).await.unwrap_or_else(|s| panic!("{s}"));
    assert_eq!(socket.next().await["frame"], "reload");
    let future = format!("{}-0", u64::MAX);
    let mut socket =
        Socket::open(&owner, &workspace, &future, Some(&charla.url)).await.unwrap_or_else(|s| panic!("{s}"));
    assert_eq!(socket.next().await["frame"], "reload", "a cursor of another installation");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_site_opens_no_stream() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let after = cursor(&owner, &workspace).await;
    for origin in [None, Some("https://evil.example"), Some("null"), Some(charla.url.replace("http", "https").as_str())]
    {
        assert_eq!(Socket::open(&owner, &workspace, &after, origin).await.err(), Some(403), "{origin:?}");
    }
    let nobody = charla.browser();
    assert_eq!(Socket::open(&nobody, &workspace, &after, Some(&charla.url)).await.err(), Some(401));
    assert!(Socket::open(&owner, &workspace, &after, Some(&charla.url)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_within_a_second_of_its_session() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let other = charla.browser();
    other.submit("/session", &[("email", "olga@example.com"), ("password", PASSWORD)]).await;
    let after = cursor(&other, &workspace).await;
    let mut socket =
        Socket::open(&other, &workspace, &after, Some(&charla.url)).await.unwrap_or_else(|s| panic!("{s}"));
    assert_eq!(socket.next().await["frame"], "ready");
    owner.submit("/account/password", &[("current", PASSWORD), ("new", "another long password")]).await;
    loop {
        let frame = socket.next_within(Duration::from_secs(2)).await.expect("closed in time");
        if frame["frame"] == "closed" {
            break;
        }
    }
}

/// Frames until one of this kind, within two seconds each.
async fn hears(socket: &mut Socket, kind: &str) {
    loop {
        let frame = socket.next_within(Duration::from_secs(2)).await.expect("in time");
        if frame["frame"] == kind {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_whose_role_changes_is_told_at_once_and_others_are_not() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let mia = charla.joins(&owner, &workspace, "Mia", "member").await;
    let mut sockets = Vec::new();
    for browser in [&mia, &owner] {
        let after = cursor(browser, &workspace).await;
        sockets
            .push(Socket::open(browser, &workspace, &after, Some(&charla.url)).await.unwrap_or_else(|s| panic!("{s}")));
    }
    for socket in &mut sockets {
        hears(socket, "ready").await;
    }
    sqlx::query("UPDATE members SET role = 'viewer' WHERE user_id = (SELECT id FROM users WHERE name = 'Mia')")
        .execute(&charla.raw().await)
        .await
        .unwrap();
    charla.core().bus.ring(Topic::Rights);
    hears(&mut sockets[0], "rights").await;
    let view = mia.call("workspace/view", &json!({ "workspace": workspace })).await.ok();
    assert_eq!(view["role"], "viewer");
    while let Some(frame) = sockets[1].next_within(Duration::from_millis(300)).await {
        assert_ne!(frame["frame"], "rights", "the owner is what she was");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_is_removed_hears_no_more_and_is_told_so() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let mia = charla.joins(&owner, &workspace, "Mia", "member").await;
    let after = cursor(&mia, &workspace).await;
    let mut socket = Socket::open(&mia, &workspace, &after, Some(&charla.url)).await.unwrap_or_else(|s| panic!("{s}"));
    hears(&mut socket, "ready").await;
    sqlx::query("DELETE FROM members WHERE user_id = (SELECT id FROM users WHERE name = 'Mia')")
        .execute(&charla.raw().await)
        .await
        .unwrap();
    charla.core().bus.ring(Topic::Rights);
    hears(&mut socket, "closed").await;
    assert_eq!(mia.call("workspace/view", &json!({ "workspace": workspace })).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_begins_with_what_is_unread_and_hears_what_comes_after() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let phone = charla.phone(&workspace, "Cora", "+5511900000003").await;
    phone.writes("unread").await;
    eventually(|| async {
        owner.conversations(&workspace).await.iter().any(|c| c["preview"]["text"] == "unread").then_some(())
    })
    .await;
    let unread = owner.conversations(&workspace).await.iter().filter(|c| c["unread"] != 0).count();
    let stands = owner.call("inbox/standing", &json!({ "workspace": workspace })).await.ok();
    assert_eq!(stands["unread"], json!(unread));
    let after = stands["cursor"].as_str().unwrap();
    let mut socket = Socket::open(&owner, &workspace, after, Some(&charla.url)).await.unwrap_or_else(|s| panic!("{s}"));
    phone.writes("and one more").await;
    while socket.next().await["kind"] != "message_created" {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_of_another_workspace_hears_nothing() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (otto, other) = charla.other_tenant(&owner, &workspace).await;
    let phone = charla.phone(&workspace, "Cora", "+5511900000003").await;
    // Otto's own workspace has a greeting of its own; wait for it, so that only foreign events could come.
    eventually(|| async { (otto.conversations(&other).await.len() == 1).then_some(()) }).await;
    let after = cursor(&otto, &other).await;
    let mut socket = Socket::open(&otto, &other, &after, Some(&charla.url)).await.unwrap_or_else(|s| panic!("{s}"));
    assert_eq!(socket.next().await["frame"], "ready");
    // His own may be told again (a page's cursor stands before whatever was being committed beside it): let it pass.
    while socket.next_within(Duration::from_millis(500)).await.is_some() {}
    phone.writes("not for Otto").await;
    eventually(|| async {
        owner.conversations(&workspace).await.iter().any(|c| c["preview"]["text"] == "not for Otto").then_some(())
    })
    .await;
    assert_eq!(socket.next_within(Duration::from_millis(800)).await, None);
}
