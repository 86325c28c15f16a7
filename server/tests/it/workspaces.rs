//! Workspaces, members and invites (row A5 begun).

use jiff::SignedDuration;
use serde_json::json;

use crate::kit::{Charla, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn a_user_has_several_workspaces_and_switches_between_them() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let location = owner.submit("/workspaces", &[("name", "  Second   shop ")]).await.location.unwrap();
    let second = location.split('/').nth(2).unwrap().to_owned();
    let me = owner.call("account/me", &json!({})).await.ok();
    let names: Vec<_> = me["workspaces"].as_array().unwrap().iter().map(|w| w["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Demo", "Second shop"]);
    let view = owner.call("workspace/view", &json!({ "workspace": second })).await.ok();
    assert_eq!((view["name"].as_str(), view["role"].as_str()), (Some("Second shop"), Some("owner")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_member_joins_by_an_invite_link() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let mia = charla.joins(&owner, &workspace, "Mia Member", "member").await;
    let view = mia.call("workspace/view", &json!({ "workspace": workspace })).await.ok();
    assert_eq!(view["role"], "member");
    let members = owner.call("members/list", &json!({ "workspace": workspace })).await.ok();
    assert_eq!(members.as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invite_works_once_and_not_after_it_expired_or_was_revoked() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let invite = async || {
        let made =
            owner.call("invites/create", &json!({ "workspace": workspace, "invite": { "role": "member" } })).await.ok();
        let token = made["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        (made["invite"]["id"].as_str().unwrap().to_owned(), token)
    };
    let offered = async |token: &str| charla.browser().call("invites/offer", &json!({ "token": token })).await.status;

    let (_, used) = invite().await;
    assert_eq!(offered(&used).await, 200);
    let first = charla.browser();
    let fields = [("name", "Uma"), ("email", "uma@example.com"), ("password", PASSWORD), ("invite", &used)];
    first.submit("/account", &fields).await;
    assert_eq!(first.call("account/me", &json!({})).await.status, 200);
    assert_eq!(offered(&used).await, 404, "used");

    let (id, revoked) = invite().await;
    let answer = owner.call("invites/revoke", &json!({ "workspace": workspace, "invite": id })).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(offered(&revoked).await, 404, "revoked");

    let (_, expired) = invite().await;
    charla.clock.forward(SignedDuration::from_hours(73));
    assert_eq!(offered(&expired).await, 404, "expired");
    assert_eq!(offered("").await, 404, "no token");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_invites_are_open_than_can_be_seen_and_revoked() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let made = json!({ "workspace": workspace, "invite": { "role": "viewer" } });
    for _ in 0..200 {
        owner.call("invites/create", &made).await.ok();
    }
    let refused = owner.call("invites/create", &made).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "invite.too_many"));
    let open = owner.call("invites/list", &json!({ "workspace": workspace })).await.ok();
    assert_eq!(open.as_array().unwrap().len(), 200);
    let revoked = json!({ "workspace": workspace, "invite": open[0]["id"] });
    owner.call("invites/revoke", &revoked).await.ok();
    owner.call("invites/create", &made).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_cannot_use_one_invite_at_once() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let made =
        owner.call("invites/create", &json!({ "workspace": workspace, "invite": { "role": "member" } })).await.ok();
    let token = made["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let tries = (0..4).map(|n| {
        let (browser, token) = (charla.browser(), token.clone());
        async move {
            let email = format!("racer{n}@example.com");
            let fields = [("name", "Racer"), ("email", &email), ("password", PASSWORD), ("invite", &token)];
            browser.submit("/account", &fields).await;
        }
    });
    futures::future::join_all(tries).await;
    let members = owner.call("members/list", &json!({ "workspace": workspace })).await.ok();
    assert_eq!(members.as_array().unwrap().len(), 2, "{members}");
    let accounts: i64 = sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(&charla.raw().await).await.unwrap();
    assert_eq!(accounts, 2, "who came too late has no account either");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_an_account_accepts_an_invite_by_logging_in() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (otto, _) = charla.other_tenant(&owner, &workspace).await;
    let second = owner.submit("/workspaces", &[("name", "Branch")]).await.location.unwrap();
    let second = second.split('/').nth(2).unwrap();
    let made =
        owner.call("invites/create", &json!({ "workspace": second, "invite": { "role": "supervisor" } })).await.ok();
    let token = made["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();

    otto.submit("/session/end", &[]).await;
    let fields = [("email", "otto.other@example.com"), ("password", PASSWORD), ("invite", &token)];
    let answer = otto.submit("/session", &fields).await;
    assert_eq!(answer.location, Some(format!("/w/{second}/inbox")));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_is_in_the_audit_trail_and_a_changed_trail_shows() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    charla.joins(&owner, &workspace, "Mia", "member").await;
    let raw = charla.raw().await;
    let actions: Vec<String> =
        sqlx::query_scalar("SELECT action FROM audit_entries WHERE workspace_id = $1::uuid ORDER BY number")
            .bind(&workspace)
            .fetch_all(&raw)
            .await
            .unwrap();
    for action in ["workspace.create", "invite.create", "member.join"] {
        assert!(actions.iter().any(|a| a == action), "{action} is missing in {actions:?}");
    }
    let id = workspace.parse().unwrap();
    assert_eq!(charla_core::audit::verify(charla.core(), id).await.unwrap(), None);

    sqlx::query("UPDATE audit_entries SET after = '{\"role\":\"owner\"}' WHERE workspace_id = $1::uuid AND number = 2")
        .bind(&workspace)
        .execute(&raw)
        .await
        .unwrap();
    let broken = charla_core::audit::verify(charla.core(), id).await.unwrap();
    assert_eq!(broken.map(|b| b.number), Some(2));
}
