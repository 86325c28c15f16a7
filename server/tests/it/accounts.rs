//! Accounts (row A1).

use jiff::SignedDuration;
use serde_json::json;

use crate::kit::{Charla, PASSWORD};

#[tokio::test(flavor = "multi_thread")]
async fn the_first_account_claims_the_installation() {
    let charla = Charla::start().await;
    let browser = charla.browser();
    assert_eq!(browser.open("/login").await.location.as_deref(), Some("/welcome"));

    let owner = charla.owner().await;
    let me = owner.call("account/me", &json!({})).await.ok();
    assert_eq!((me["name"].as_str(), me["workspaces"][0]["role"].as_str()), (Some("Olga Owner"), Some("owner")));

    // Everybody after it needs an invite.
    let late = charla.browser();
    let answer =
        late.submit("/account", &[("name", "Late"), ("email", "late@example.com"), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/welcome")));
    assert_eq!(late.call("account/me", &json!({})).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_register_first_at_once_one_wins() {
    let charla = Charla::start().await;
    let registrations = (0..4).map(|n| {
        let browser = charla.browser();
        async move {
            let email = format!("racer{n}@example.com");
            browser.submit("/account", &[("name", "Racer"), ("email", &email), ("password", PASSWORD)]).await;
            browser.call("account/me", &json!({})).await.status
        }
    });
    let statuses = futures::future::join_all(registrations).await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_registration_is_answered_with_reasons_and_changes_nothing() {
    let charla = Charla::start().await;
    let browser = charla.browser();
    for (name, email, password) in [
        (" \u{200b} ", "ana@example.com", PASSWORD),
        ("Ana", "not-an-address", PASSWORD),
        ("Ana", "ana@example.com", "short"),
        ("Ana", "ana@example.com", &"x".repeat(600)),
    ] {
        let answer = browser.submit("/account", &[("name", name), ("email", email), ("password", password)]).await;
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/welcome")));
        assert!(browser.cookie().contains("charla_flash="), "the page is told why");
        assert!(!browser.cookie().contains(password), "a password never comes back");
    }
    let users: i64 = sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(&charla.raw().await).await.unwrap();
    assert_eq!(users, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_in_and_out_works_without_any_script() {
    let charla = Charla::start().await;
    charla.owner().await;
    let browser = charla.browser();
    let answer = browser
        .submit("/session", &[("email", " Olga@Example.com "), ("password", PASSWORD), ("next", "/account")])
        .await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/account")));
    let set = answer.headers["set-cookie"].to_str().unwrap();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");

    let stolen = browser.with_cookies_of(&browser);
    assert_eq!(browser.submit("/session/end", &[]).await.location.as_deref(), Some("/login?out=1"));
    assert_eq!(stolen.call("account/me", &json!({})).await.status, 401, "a kept cookie is worth nothing after log-out");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_logs_in_takes_the_place_of_who_was_logged_in_with_that_browser() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let mia = charla.joins(&owner, &workspace, "Mia", "member").await;
    let shared = charla.browser();
    shared.submit("/session", &[("email", "olga@example.com"), ("password", PASSWORD)]).await;
    let kept = shared.with_cookies_of(&shared);
    assert_eq!(kept.call("account/me", &json!({})).await.ok()["name"], "Olga Owner");

    let email = mia.call("account/me", &json!({})).await.ok()["email"].as_str().unwrap().to_owned();
    shared.submit("/session", &[("email", &email), ("password", PASSWORD)]).await;
    assert_eq!(shared.call("account/me", &json!({})).await.ok()["name"], "Mia");
    assert_eq!(kept.call("account/me", &json!({})).await.status, 401, "nobody could log it out any more");
    assert_eq!(owner.call("account/me", &json!({})).await.status, 200, "her other browser is none of its business");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tab_that_waits_at_the_log_in_goes_on_to_where_it_was() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    for (next, to) in [("/account", Some("/account")), ("https://evil.example", None), ("/login", None)] {
        let answer = owner.open(&format!("/login?next={next}")).await;
        let inbox = format!("/w/{}/inbox", owner.workspace().await);
        assert_eq!((answer.status, answer.location.as_deref()), (303, to.or(Some(&inbox))), "{next}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_account_is_answered_like_a_wrong_password() {
    let charla = Charla::start().await;
    charla.owner().await;
    let wrong = charla.browser();
    let unknown = charla.browser();
    let a = wrong.submit("/session", &[("email", "olga@example.com"), ("password", "wrong password")]).await;
    let b = unknown.submit("/session", &[("email", "nobody@example.com"), ("password", "wrong password")]).await;
    assert_eq!((a.status, a.location, a.body), (b.status, b.location, b.body));
    let said = |cookie: String| cookie.len();
    let difference = said(wrong.cookie()).abs_diff(said(unknown.cookie()));
    assert!(difference <= 4, "only the address that was typed differs");
}

#[tokio::test(flavor = "multi_thread")]
async fn attempts_are_throttled_and_a_right_password_does_not_help_meanwhile() {
    let charla = Charla::start().await;
    charla.owner().await;
    let browser = charla.browser();
    for _ in 0..6 {
        browser.submit("/session", &[("email", "olga@example.com"), ("password", "wrong password")]).await;
    }
    browser.submit("/session", &[("email", "olga@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(browser.call("account/me", &json!({})).await.status, 401, "throttled");

    charla.clock.forward(SignedDuration::from_mins(16));
    browser.submit("/session", &[("email", "olga@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(browser.call("account/me", &json!({})).await.status, 200, "and over again");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_attempts_at_once_no_more_are_heard_than_of_many_in_a_row() {
    let charla = Charla::start().await;
    charla.owner().await;
    let tries = (0..40).map(|_| {
        let browser = charla.browser();
        async move { browser.submit("/session", &[("email", "olga@example.com"), ("password", "a wrong one")]).await }
    });
    futures::future::join_all(tries).await;
    let counted: i32 =
        sqlx::query_scalar("SELECT max(failures) FROM throttles").fetch_one(&charla.raw().await).await.unwrap();
    assert_eq!(counted, 6, "five are free, the sixth begins the wait, the others are turned away");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unused_session_ends_after_160_minutes() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    charla.clock.forward(SignedDuration::from_mins(159));
    assert_eq!(owner.call("account/me", &json!({})).await.status, 200);
    charla.clock.forward(SignedDuration::from_mins(159));
    assert_eq!(owner.call("account/me", &json!({})).await.status, 200, "use keeps it");
    charla.clock.forward(SignedDuration::from_mins(161));
    assert_eq!(owner.call("account/me", &json!({})).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_thirty_days_however_much_it_is_used() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    for _ in 0..(30 * 24 / 2) {
        charla.clock.forward(SignedDuration::from_hours(2));
        if owner.call("account/me", &json!({})).await.status == 401 {
            return;
        }
    }
    panic!("the session outlived its absolute limit");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_password_logs_the_other_browsers_out() {
    let charla = Charla::start().await;
    let here = charla.owner().await;
    let there = charla.browser();
    there.submit("/session", &[("email", "olga@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(here.call("account/sessions", &json!({})).await.ok().as_array().unwrap().len(), 2);

    here.submit("/account/password", &[("current", "not it at all"), ("new", "another long password")]).await;
    assert_eq!(there.call("account/me", &json!({})).await.status, 200, "a wrong present password changes nothing");

    here.submit("/account/password", &[("current", PASSWORD), ("new", "another long password")]).await;
    assert_eq!(there.call("account/me", &json!({})).await.status, 401);
    assert_eq!(here.call("account/me", &json!({})).await.status, 200);

    let again = charla.browser();
    again.submit("/session", &[("email", "olga@example.com"), ("password", PASSWORD)]).await;
    assert_eq!(again.call("account/me", &json!({})).await.status, 401, "the old password is no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_ends_a_session_of_ones_own_and_nobody_elses() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let mia = charla.joins(&owner, &workspace, "Mia", "member").await;
    let mine = mia.call("account/sessions", &json!({})).await.ok()[0]["id"].as_str().unwrap().to_owned();

    owner.submit(&format!("/account/sessions/{mine}/end"), &[]).await;
    assert_eq!(mia.call("account/me", &json!({})).await.status, 200, "somebody else's session stays");
    mia.submit(&format!("/account/sessions/{mine}/end"), &[]).await;
    assert_eq!(mia.call("account/me", &json!({})).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_site_is_refused() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "cross-site")];
    let answer = owner.post("/workspaces", &headers, b"name=Forged".to_vec()).await;
    assert_eq!(answer.status, 403);
    let own = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
    assert_eq!(owner.post("/workspaces", &own, b"name=Mine".to_vec()).await.status, 303);
}
