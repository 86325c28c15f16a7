//! Connecting numbers (row B1); gates C2 (the signature with several apps, tokens readable by the weak) and C4 T6.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    kit::{APP_SECRET, Answer, Browser, Charla, Phone, VERIFY_TOKEN, eventually},
    webhooks::{signature, text_from},
};

const SECRET: &str = "the-secret-of-our-own-app-8a31";
const TOKEN: &str = "the-verify-token-of-our-app-77f2";

/// What somebody types to connect a number.
fn channel(credentials: &Value, secret: &str) -> Value {
    json!({ "label": "Shop", "credentials": credentials, "app_secret": secret, "verify_token": TOKEN })
}

async fn connect(browser: &Browser, workspace: &str, credentials: &Value, secret: &str) -> Answer {
    browser.call("channels/connect", &json!({ "workspace": workspace, "channel": channel(credentials, secret) })).await
}

/// Connects a number; gives its channel and the path of its webhook.
async fn connected(charla: &Charla, browser: &Browser, workspace: &str, secret: &str) -> (String, String, Value) {
    let number = charla.number("Bakery").await;
    let connected = connect(browser, workspace, &number, secret).await.ok();
    assert_eq!(connected["subscription"], Value::Null, "{connected}");
    let path = connected["callback_url"].as_str().unwrap().strip_prefix(&charla.url).unwrap().to_owned();
    (connected["channel"].as_str().unwrap().to_owned(), path, number)
}

async fn list(browser: &Browser, workspace: &str) -> Vec<Value> {
    let list = browser.call("channels/list", &json!({ "workspace": workspace })).await.ok();
    list.as_array().unwrap().clone()
}

async fn listed(browser: &Browser, workspace: &str, channel: &str) -> Value {
    list(browser, workspace).await.into_iter().find(|c| c["id"] == channel).unwrap()
}

async fn count(charla: &Charla, what: &str) -> i64 {
    let statement = format!("SELECT count(*) FROM {what}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&charla.raw().await).await.unwrap()
}

async fn signed(charla: &Charla, path: &str, secret: &str, body: &[u8]) -> Answer {
    let signature = signature(secret, body);
    charla.browser().post(path, &[("x-hub-signature-256", &signature)], body.to_vec()).await
}

fn delivery(number: &Value, id: &str, text: &str) -> Vec<u8> {
    text_from(
        "5511900000077",
        (number["phone_number_id"].as_str().unwrap(), number["business_account_id"].as_str().unwrap()),
        id,
        text,
    )
}

async fn set_token_state(charla: &Charla, number: &Value, state: &str) {
    let id = number["phone_number_id"].as_str().unwrap();
    let url = format!("{}/__sim/numbers/{id}/token", charla.simulator_url);
    let answer = reqwest::Client::new().post(url).json(&json!({ "state": state })).send().await.unwrap();
    assert!(answer.status().is_success(), "{}", answer.status());
}

/// The ids a phone writes to.
fn ids(number: &Value) -> (String, String) {
    let id = |name: &str| number[name].as_str().unwrap().to_owned();
    (id("phone_number_id"), id("business_account_id"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_tested_then_connected_then_written_to_and_answered() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    eventually(|| async { (list(&owner, &workspace).await.len() == 1).then_some(()) }).await;
    let number = charla.number("Bakery").await;

    // Tested: it is shown, and nothing is stored.
    let before = (count(&charla, "channels").await, count(&charla, "audit_entries").await);
    let tested = owner.call("channels/test", &json!({ "workspace": workspace, "credentials": number })).await.ok();
    assert_eq!(tested["verified_name"], "Bakery");
    assert!(tested["display_phone"].as_str().unwrap().starts_with("+1 555-"));
    assert_eq!((count(&charla, "channels").await, count(&charla, "audit_entries").await), before);
    assert_eq!(count(&charla, "meta_apps").await, 0);

    // Connected.
    let answer = connect(&owner, &workspace, &number, SECRET).await.ok();
    assert_eq!(answer["subscription"], Value::Null);
    assert!(answer["callback_url"].as_str().unwrap().starts_with(&format!("{}/webhooks/meta/", charla.url)));
    let id = answer["channel"].as_str().unwrap();
    let shown = listed(&owner, &workspace, id).await;
    assert_eq!(
        (&shown["label"], &shown["verified_name"], &shown["active"]),
        (&json!("Shop"), &json!("Bakery"), &json!(true))
    );
    assert_eq!(shown["quality"], "GREEN");
    assert!(shown["verified_at"].is_string());
    let tail = |text: &str| text[text.len() - 4..].to_owned();
    assert_eq!(shown["access"]["token_tail"], tail(number["access_token"].as_str().unwrap()));
    assert_eq!(shown["access"]["app"]["secret_tail"], tail(SECRET));
    assert_eq!(shown["access"]["app"]["verify_token_tail"], tail(TOKEN));
    assert_eq!(count(&charla, "senders").await, 2, "who sends for it, and for the simulator's");

    // Somebody writes to it, by a delivery that our app signed, and is answered through it.
    let path = answer["callback_url"].as_str().unwrap().strip_prefix(&charla.url).unwrap();
    assert_eq!(listed(&owner, &workspace, id).await["access"]["app"]["last_delivery_at"], Value::Null);
    let phone = Phone::new(&charla.simulator_url, "Bea", "+5511900000077", ids(&number));
    // The simulator's own window opens when the phone writes there.
    phone.writes("Do you bake on Sundays?").await;
    let shown = |text: &'static str| {
        let (owner, workspace) = (&owner, &workspace);
        eventually(move || async move {
            let all = owner.conversations(workspace).await;
            all.into_iter().find(|c| c["preview"]["text"] == text)
        })
    };
    // Meta's times are whole seconds: of two on their way at once either may stand last.
    shown("Do you bake on Sundays?").await;
    let body = delivery(&number, "wamid.own-app", "Hello to the bakery");
    assert_eq!(signed(&charla, path, SECRET, &body).await.status, 200);
    let conversation = shown("Hello to the bakery").await;
    assert!(listed(&owner, &workspace, id).await["access"]["app"]["last_delivery_at"].is_string());
    let key = uuid::Uuid::now_v7().to_string();
    owner.send(&workspace, conversation["id"].as_str().unwrap(), &key, "From ten to two.").await.ok();
    eventually(|| async { (phone.shows("From ten to two.").await == 1).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_wrong_thing_has_a_sentence_of_its_own_and_stores_nothing() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    eventually(|| async { (list(&owner, &workspace).await.len() == 1).then_some(()) }).await;
    let (number, other) = (charla.number("Bakery").await, charla.number("Butcher").await);
    let with = |field: &str, value: Value| {
        let mut changed = number.clone();
        changed[field] = value;
        changed
    };
    let wrong = [
        ("channel.token", with("access_token", json!("EAAthis-is-no-token-of-anybody"))),
        ("channel.no_number", with("phone_number_id", json!("123456789012345"))),
        ("channel.no_number", with("phone_number_id", other["phone_number_id"].clone())),
        ("channel.not_a_number", with("phone_number_id", number["business_account_id"].clone())),
        ("channel.no_account", with("business_account_id", json!("123456789012345"))),
        ("channel.no_account", with("business_account_id", number["phone_number_id"].clone())),
        ("invalid", with("phone_number_id", json!("../me"))),
        ("invalid", with("business_account_id", json!("1?fields=x"))),
        ("invalid", with("access_token", json!("two words that are no token"))),
    ];
    let before = count(&charla, "audit_entries").await;
    let mut sentences = std::collections::BTreeSet::new();
    for (code, credentials) in &wrong {
        let tested = owner.call("channels/test", &json!({ "workspace": workspace, "credentials": credentials })).await;
        assert_eq!((tested.status, tested.code().as_str()), (400, *code), "{}", tested.body);
        sentences.insert(tested.json()["message"].as_str().unwrap().to_owned());
        // Saving tests again.
        assert_eq!(connect(&owner, &workspace, credentials, SECRET).await.code(), *code);
    }
    assert_eq!(sentences.len(), 5, "{sentences:?}");
    for (state, code) in [("expired", "channel.token"), ("no_permission", "channel.permission")] {
        set_token_state(&charla, &number, state).await;
        assert_eq!(connect(&owner, &workspace, &number, SECRET).await.code(), code, "{state}");
    }
    assert_eq!(count(&charla, "audit_entries").await, before);
    assert_eq!((count(&charla, "channels").await, count(&charla, "meta_apps").await), (1, 0));
    // The positive twin.
    set_token_state(&charla, &number, "valid").await;
    assert_eq!(connect(&owner, &workspace, &number, SECRET).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_belongs_to_one_workspace_at_a_time() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (otto, others) = charla.other_tenant(&owner, &workspace).await;
    let number = charla.number("Bakery").await;
    assert_eq!(connect(&owner, &workspace, &number, SECRET).await.status, 200);

    let again = connect(&owner, &workspace, &number, SECRET).await;
    assert_eq!((again.status, again.code().as_str()), (409, "channel.connected_here"));
    let elsewhere = connect(&otto, &others, &number, SECRET).await;
    assert_eq!((elsewhere.status, elsewhere.code().as_str()), (409, "channel.connected_elsewhere"));
    let apps: i64 = sqlx::query_scalar("SELECT count(*) FROM meta_apps WHERE workspace_id = $1::uuid")
        .bind(&others)
        .fetch_one(&charla.raw().await)
        .await
        .unwrap();
    assert_eq!(apps, 0, "nothing of it was stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_secret_is_one_app_in_a_workspace_and_another_in_the_next() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (otto, others) = charla.other_tenant(&owner, &workspace).await;
    let (_, first, _) = connected(&charla, &owner, &workspace, SECRET).await;
    let (_, second, _) = connected(&charla, &owner, &workspace, SECRET).await;
    let (_, another, _) = connected(&charla, &owner, &workspace, "another-app-with-the-same-end-8a31").await;
    let (_, theirs, _) = connected(&charla, &otto, &others, SECRET).await;
    assert_eq!(first, second);
    assert_ne!(first, another);
    assert_ne!(first, theirs);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_manage_channels_change_them_and_see_how_they_are_connected() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (id, _, number) = connected(&charla, &owner, &workspace, SECRET).await;
    for (role, manages) in [("admin", true), ("supervisor", false), ("member", false), ("viewer", false)] {
        let browser = charla.joins(&owner, &workspace, &format!("Person {role}"), role).await;
        let shown = listed(&browser, &workspace, &id).await;
        assert_eq!(shown["access"].is_null(), !manages, "{role}: {shown}");
        let of = |extra: Value| {
            let mut all = json!({ "workspace": workspace, "channel": id });
            all.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            all
        };
        let spare = charla.number("Spare").await;
        for (function, arguments) in [
            ("channels/test", json!({ "workspace": workspace, "credentials": spare })),
            ("channels/connect", json!({ "workspace": workspace, "channel": channel(&spare, SECRET) })),
            ("channels/verify", of(json!({}))),
            ("channels/change", of(json!({ "change": { "label": "Shop", "rate": 20 } }))),
            ("channels/set_active", of(json!({ "active": true }))),
            ("channels/set_token", of(json!({ "token": { "access_token": number["access_token"] } }))),
            ("channels/set_app_secret", of(json!({ "secret": { "app_secret": SECRET } }))),
            ("channels/set_verify_token", of(json!({ "token": { "verify_token": TOKEN } }))),
        ] {
            let answer = browser.call(function, &arguments).await;
            assert_eq!(answer.status, if manages { 200 } else { 403 }, "{function} by {role}: {}", answer.body);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_never_come_back() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (id, _, number) = connected(&charla, &owner, &workspace, SECRET).await;
    let token = number["access_token"].as_str().unwrap().to_owned();
    let (secret, verify_token) = ("canary-of-an-app-secret-0001", "canary-of-a-verify-token-0002");
    let call = async |function: &str, extra: Value| {
        let mut arguments = json!({ "workspace": workspace, "channel": id });
        arguments.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        owner.call(function, &arguments).await
    };
    let mut said = vec![
        call("channels/set_token", json!({ "token": { "access_token": token } })).await.body,
        call("channels/set_app_secret", json!({ "secret": { "app_secret": secret } })).await.body,
        call("channels/set_verify_token", json!({ "token": { "verify_token": verify_token } })).await.body,
        call("channels/verify", json!({})).await.body,
        call("channels/set_token", json!({ "token": { "access_token": format!("{token}x") } })).await.body,
        owner.call("channels/list", &json!({ "workspace": workspace })).await.body,
        connect(&owner, &workspace, &number, secret).await.body,
        owner.open(&format!("/w/{workspace}/settings/channels")).await.body,
    ];
    assert!(said.iter().all(|body| !body.is_empty()), "{said:?}");
    let trail: Vec<String> =
        sqlx::query_scalar("SELECT e::text FROM audit_entries e").fetch_all(&charla.raw().await).await.unwrap();
    for action in
        ["channel.connect", "channel.verify", "channel.set_token", "meta_app.set_secret", "meta_app.set_verify_token"]
    {
        assert!(trail.iter().any(|entry| entry.contains(action)), "{action} is not in the trail");
    }
    said.extend(trail);
    // Nor in the clear in the tables.
    for table in ["channels", "meta_apps", "events", "jobs"] {
        let statement = format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t");
        said.push(sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&charla.raw().await).await.unwrap());
    }
    for canary in [token.as_str(), SECRET, TOKEN, secret, verify_token] {
        for text in &said {
            assert!(!text.contains(canary), "{canary} in {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deactivated_number_sends_nothing_and_still_receives() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (id, path, number) = connected(&charla, &owner, &workspace, SECRET).await;
    let phone = Phone::new(&charla.simulator_url, "Bea", "+5511900000077", ids(&number));
    phone.writes("Are you there?").await;
    let found = eventually(|| async {
        let all = owner.conversations(&workspace).await;
        all.into_iter().find(|c| c["preview"]["text"] == "Are you there?")
    })
    .await;
    let conversation = found["id"].as_str().unwrap();
    let set = async |active: bool| {
        let arguments = json!({ "workspace": workspace, "channel": id, "active": active });
        owner.call("channels/set_active", &arguments).await.ok();
        assert_eq!(listed(&owner, &workspace, &id).await["active"], active);
    };
    set(false).await;
    let refused = owner.send(&workspace, conversation, &uuid::Uuid::now_v7().to_string(), "Yes").await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "inbox.channel_inactive"));

    let body = delivery(&number, "wamid.while-off", "Still there?");
    assert_eq!(signed(&charla, &path, SECRET, &body).await.status, 200);
    eventually(|| async {
        let all = owner.conversations(&workspace).await;
        all.into_iter().find(|c| c["preview"]["text"] == "Still there?")
    })
    .await;
    assert_eq!(phone.shows("Yes").await, 0);

    set(true).await;
    owner.send(&workspace, conversation, &uuid::Uuid::now_v7().to_string(), "Yes, we are").await.ok();
    eventually(|| async { (phone.shows("Yes, we are").await == 1).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_apps_address_believes_its_own_secret_and_no_other() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (otto, others) = charla.other_tenant(&owner, &workspace).await;
    let (_, ours, number) = connected(&charla, &owner, &workspace, SECRET).await;
    let (_, theirs, _) = connected(&charla, &otto, &others, "the-secret-of-another-app-19c4").await;
    let unknown = format!("/webhooks/meta/{}", uuid::Uuid::now_v7());
    let body = delivery(&number, "wamid.signed", "Signed");
    let before = count(&charla, "deliveries").await;

    let wrong = signed(&charla, &ours, "not the secret at all", &body).await;
    let nowhere = signed(&charla, &unknown, SECRET, &body).await;
    let strip = |answer: &Answer| {
        let mut body = answer.json();
        body.as_object_mut().unwrap().remove("timestamp");
        (answer.status, body)
    };
    assert_eq!(wrong.status, 401);
    assert_eq!(strip(&wrong), strip(&nowhere), "an app that does not exist looks like a wrong signature");
    for (path, secret) in [
        (ours.as_str(), "the-secret-of-another-app-19c4"),
        (ours.as_str(), APP_SECRET),
        (ours.as_str(), ""),
        (theirs.as_str(), SECRET),
        (unknown.as_str(), APP_SECRET),
        ("/webhooks/meta/not-an-id", APP_SECRET),
        ("/webhooks/meta", SECRET),
    ] {
        assert_eq!(signed(&charla, path, secret, &body).await.status, 401, "{path} {secret}");
    }
    assert_eq!(charla.browser().post(&ours, &[], body.clone()).await.status, 401, "without a signature");
    let right = signature(SECRET, &body);
    let two = [("x-hub-signature-256", right.as_str()), ("x-hub-signature-256", right.as_str())];
    assert_eq!(charla.browser().post(&ours, &two, body.clone()).await.status, 401, "with two");
    assert_eq!(signed(&charla, &ours, SECRET, &vec![b' '; 3 * 1024 * 1024 + 1]).await.status, 413);
    assert_eq!(count(&charla, "deliveries").await, before);
    // The positive twin.
    assert_eq!(signed(&charla, &ours, SECRET, &body).await.status, 200);
    assert_eq!(count(&charla, "deliveries").await, before + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_is_proven_with_the_apps_own_verify_token() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (id, path, _) = connected(&charla, &owner, &workspace, SECRET).await;
    let meta = charla.browser();
    let ask = async |path: &str, token: &str| {
        let token = token.replace(' ', "%20");
        meta.get(&format!("{path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={token}")).await
    };
    let unknown = format!("/webhooks/meta/{}", uuid::Uuid::now_v7());
    for (path, token) in [
        (path.as_str(), "another token"),
        (path.as_str(), ""),
        (path.as_str(), VERIFY_TOKEN),
        (unknown.as_str(), TOKEN),
        (unknown.as_str(), VERIFY_TOKEN),
        ("/webhooks/meta/not-an-id", VERIFY_TOKEN),
        ("/webhooks/meta", TOKEN),
    ] {
        let answer = ask(path, token).await;
        assert_eq!((answer.status, answer.body.as_str()), (403, ""), "{path} {token}");
    }
    assert_eq!(listed(&owner, &workspace, &id).await["access"]["app"]["subscribed_at"], Value::Null);
    let answer = ask(&path, TOKEN).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "1158201444"));
    assert!(listed(&owner, &workspace, &id).await["access"]["app"]["subscribed_at"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replaced_secret_holds_at_once_and_the_old_one_no_more() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (id, path, number) = connected(&charla, &owner, &workspace, SECRET).await;
    let new = "the-next-secret-of-our-app-5d10";
    let first = delivery(&number, "wamid.before", "Before");
    assert_eq!(signed(&charla, &path, SECRET, &first).await.status, 200);
    let arguments = json!({ "workspace": workspace, "channel": id, "secret": { "app_secret": new } });
    owner.call("channels/set_app_secret", &arguments).await.ok();
    let second = delivery(&number, "wamid.after", "After");
    assert_eq!(signed(&charla, &path, SECRET, &second).await.status, 401);
    assert_eq!(signed(&charla, &path, new, &second).await.status, 200);
    let arguments =
        json!({ "workspace": workspace, "channel": id, "token": { "verify_token": "the-next-token-of-our-app" } });
    owner.call("channels/set_verify_token", &arguments).await.ok();
    let ask = async |token: &str| {
        let query = format!("hub.mode=subscribe&hub.challenge=1&hub.verify_token={token}");
        charla.browser().get(&format!("{path}?{query}")).await.status
    };
    assert_eq!((ask(TOKEN).await, ask("the-next-token-of-our-app").await), (403, 200));

    // What another process changed is taken over within seconds, also that an app is gone.
    sqlx::query("UPDATE channels SET app_id = NULL").execute(&charla.raw().await).await.unwrap();
    sqlx::query("DELETE FROM meta_apps").execute(&charla.raw().await).await.unwrap();
    charla.clock.forward(SignedDuration::from_secs(11));
    let third = delivery(&number, "wamid.gone", "Gone");
    assert_eq!(signed(&charla, &path, new, &third).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_is_replaced_only_by_one_that_works() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (id, _, number) = connected(&charla, &owner, &workspace, SECRET).await;
    let other = charla.number("Butcher").await;
    let set = async |token: &Value| {
        let arguments = json!({ "workspace": workspace, "channel": id, "token": { "access_token": token } });
        owner.call("channels/set_token", &arguments).await
    };
    let before = listed(&owner, &workspace, &id).await;
    assert_eq!(set(&json!("EAAthis-is-no-token-of-anybody")).await.code(), "channel.token");
    assert_eq!(set(&other["access_token"]).await.code(), "channel.no_number", "a token of another number");
    assert_eq!(listed(&owner, &workspace, &id).await, before);
    let set = set(&number["access_token"]).await.ok();
    assert_eq!(set["number"]["verified_name"], "Bakery");
    assert_eq!(set["subscription"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_that_fails_changes_nothing_of_the_number() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (id, _, number) = connected(&charla, &owner, &workspace, SECRET).await;
    let verify = async || owner.call("channels/verify", &json!({ "workspace": workspace, "channel": id })).await;
    let before = listed(&owner, &workspace, &id).await;
    set_token_state(&charla, &number, "expired").await;
    assert_eq!(verify().await.code(), "channel.token");
    assert_eq!(listed(&owner, &workspace, &id).await, before);
    set_token_state(&charla, &number, "valid").await;
    charla.clock.forward(SignedDuration::from_mins(1));
    assert_eq!(verify().await.ok()["number"]["verified_name"], "Bakery");
    assert_ne!(listed(&owner, &workspace, &id).await["verified_at"], before["verified_at"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn name_and_pace_have_limits_and_the_installations_own_app_stays_in_its_settings() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let simulated = eventually(|| async { list(&owner, &workspace).await.into_iter().next() }).await;
    let id = simulated["id"].as_str().unwrap();
    let change = async |label: &str, rate: i64| {
        let change = json!({ "label": label, "rate": rate });
        owner.call("channels/change", &json!({ "workspace": workspace, "channel": id, "change": change })).await
    };
    for (label, rate) in [("", 50), (" ", 50), ("Demo", 0), ("Demo", 1001), ("Demo", -1), (&"x".repeat(81), 50)] {
        assert_eq!(change(label, rate).await.status, 400, "{label} {rate}");
    }
    assert_eq!(change("  Front   desk ", 1000).await.status, 200);
    let shown = listed(&owner, &workspace, id).await;
    assert_eq!((&shown["label"], &shown["rate"]), (&json!("Front desk"), &json!(1000)));
    assert_eq!((&shown["simulated"], &shown["access"]["app"]), (&json!(true), &Value::Null));

    let secret = json!({ "workspace": workspace, "channel": id, "secret": { "app_secret": SECRET } });
    let answer = owner.call("channels/set_app_secret", &secret).await;
    assert_eq!((answer.status, answer.code().as_str()), (409, "channel.no_app"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_meta_refuses_shows_why_to_everybody() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (id, _, _) = connected(&charla, &owner, &workspace, SECRET).await;
    sqlx::query("UPDATE senders SET stopped_at = now(), stopped_code = 190, stopped_reason = 'no token' WHERE channel_id = $1::uuid")
        .bind(&id)
        .execute(&charla.raw().await)
        .await
        .unwrap();
    let viewer = charla.joins(&owner, &workspace, "Vera Viewer", "viewer").await;
    let shown = listed(&viewer, &workspace, &id).await;
    assert_eq!((&shown["trouble"]["code"], &shown["trouble"]["reason"]), (&json!(190), &json!("no token")));
    let page = viewer.open(&format!("/w/{workspace}/settings/channels")).await;
    assert!(page.body.contains("does not accept the access token any more"), "{}", page.body);
}
