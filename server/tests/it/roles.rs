//! Roles (row A6 begun): what each may do, enforced in core; allowed and denied.

use serde_json::json;

use crate::kit::{Charla, eventually};

#[tokio::test(flavor = "multi_thread")]
async fn each_role_may_do_what_it_says_and_no_more() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let first = eventually(|| async { owner.conversations(&workspace).await.into_iter().next() }).await;
    let conversation = first["id"].as_str().unwrap();
    // Role, may read, may reply, may invite.
    for (role, reads, replies, invites) in
        [("admin", 200, 200, 200), ("supervisor", 200, 200, 200), ("member", 200, 200, 403), ("viewer", 200, 403, 403)]
    {
        let browser = charla.joins(&owner, &workspace, &format!("Person {role}"), role).await;
        let thread = json!({ "workspace": workspace, "conversation": conversation });
        assert_eq!(browser.call("inbox/thread", &thread).await.status, reads, "{role} reads");
        let key = uuid::Uuid::now_v7().to_string();
        assert_eq!(browser.send(&workspace, conversation, &key, "hello").await.status, replies, "{role} replies");
        let invite = json!({ "workspace": workspace, "invite": { "role": "viewer" } });
        assert_eq!(browser.call("invites/create", &invite).await.status, invites, "{role} invites");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gives_away_more_than_they_hold() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let admin = charla.joins(&owner, &workspace, "Adam Admin", "admin").await;
    let supervisor = charla.joins(&owner, &workspace, "Sue Supervisor", "supervisor").await;
    for (browser, role, status) in [
        (&owner, "owner", 200),
        (&admin, "owner", 403),
        (&admin, "admin", 200),
        (&supervisor, "admin", 403),
        (&supervisor, "member", 200),
    ] {
        let invite = json!({ "workspace": workspace, "invite": { "role": role } });
        assert_eq!(browser.call("invites/create", &invite).await.status, status, "{role}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_sees_phone_numbers_masked() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    eventually(|| async { owner.conversations(&workspace).await.into_iter().next() }).await;
    let viewer = charla.joins(&owner, &workspace, "Vera Viewer", "viewer").await;
    let full = owner.conversations(&workspace).await[0]["contact"]["phone"].as_str().unwrap().to_owned();
    let page = viewer.call("inbox/conversations", &json!({ "workspace": workspace })).await;
    assert!(!page.body.contains(full.trim_start_matches('+')), "{}", page.body);
    assert!(page.body.contains('•'));
}
