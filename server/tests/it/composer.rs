//! Writing an answer: drafts, canned replies, and answers to one message.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::kit::{Answer, Browser, Charla, Phone, eventually};

fn key() -> String {
    uuid::Uuid::now_v7().to_string()
}

async fn writes(
    charla: &Charla,
    owner: &Browser,
    workspace: &str,
    name: &str,
    number: &str,
) -> (Phone, String, String) {
    let phone = charla.phone(workspace, name, number).await;
    let text = format!("{name} here");
    let external_id = phone.writes(&text).await;
    let conversation = eventually(|| async {
        owner.conversations(workspace).await.into_iter().find(|c| c["preview"]["text"] == text.as_str())
    })
    .await;
    (phone, conversation["id"].as_str().unwrap().to_owned(), external_id)
}

async fn keep(browser: &Browser, workspace: &str, conversation: &str, body: &str, typed_at: Timestamp) -> Answer {
    let draft = json!({ "body": body, "typed_at": typed_at });
    let arguments = json!({ "workspace": workspace, "conversation": conversation, "draft": draft });
    browser.call("inbox/keep_draft", &arguments).await
}

async fn draft(browser: &Browser, workspace: &str, conversation: &str) -> Option<String> {
    let arguments = json!({ "workspace": workspace, "conversation": conversation });
    let draft = browser.call("inbox/draft", &arguments).await.ok();
    draft["body"].as_str().filter(|body| !body.is_empty()).map(str::to_owned)
}

async fn drafts(browser: &Browser, workspace: &str) -> Vec<Value> {
    browser.call("inbox/drafts", &json!({ "workspace": workspace })).await.ok().as_array().unwrap().clone()
}

async fn answers(browser: &Browser, workspace: &str, conversation: &str, key: &str, text: &str, to: &str) -> Answer {
    let message = json!({ "client_key": key, "body": text, "quoting": to });
    browser
        .call("inbox/send", &json!({ "workspace": workspace, "conversation": conversation, "message": message }))
        .await
}

/// What the message on the phone's screen answers to.
fn answered(screen: &Value, text: &str) -> Option<String> {
    match screen {
        Value::Object(fields) if fields.get("text").is_some_and(|shown| shown == text) => {
            fields.get("reply_to").and_then(Value::as_str).map(str::to_owned)
        }
        Value::Object(fields) => fields.values().find_map(|value| answered(value, text)),
        Value::Array(values) => values.iter().find_map(|value| answered(value, text)),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_its_writers_own_and_waits_on_every_device() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (_, conversation, _) = writes(&charla, &owner, &workspace, "Dora", "+5511900000101").await;
    let mia = charla.joins(&owner, &workspace, "Mia Member", "member").await;

    keep(&owner, &workspace, &conversation, " half a sente", Timestamp::now()).await.ok();
    assert_eq!(draft(&owner, &workspace, &conversation).await.as_deref(), Some(" half a sente"));
    assert_eq!(drafts(&owner, &workspace).await, [json!(conversation)]);
    assert_eq!(draft(&mia, &workspace, &conversation).await, None);
    assert!(drafts(&mia, &workspace).await.is_empty());

    keep(&mia, &workspace, &conversation, "mine", Timestamp::now()).await.ok();
    assert_eq!(draft(&owner, &workspace, &conversation).await.as_deref(), Some(" half a sente"));

    let viewer = charla.joins(&owner, &workspace, "Vera Viewer", "viewer").await;
    assert_eq!(keep(&viewer, &workspace, &conversation, "x", Timestamp::now()).await.status, 403);
    let long = keep(&owner, &workspace, &conversation, &"x".repeat(65_537), Timestamp::now()).await;
    assert_eq!(long.status, 400, "{}", long.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_earlier_and_arrives_later_changes_nothing() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (_, conversation, _) = writes(&charla, &owner, &workspace, "Dora", "+5511900000102").await;
    let ago = |seconds| Timestamp::now() - SignedDuration::from_secs(seconds);

    keep(&owner, &workspace, &conversation, "the newer", ago(10)).await.ok();
    let stands = keep(&owner, &workspace, &conversation, "the older", ago(20)).await.ok();
    assert_eq!(stands["body"], "the newer");

    // Sent, so the draft is over; what was typed before that comes late and does not bring it back.
    keep(&owner, &workspace, &conversation, "", ago(5)).await.ok();
    keep(&owner, &workspace, &conversation, "the newer, on its way for long", ago(6)).await.ok();
    assert_eq!(draft(&owner, &workspace, &conversation).await, None);
    assert!(drafts(&owner, &workspace).await.is_empty());

    // A browser whose clock is an hour behind writes later all the same, and is told of it by its own clock.
    let behind = Timestamp::from_second(Timestamp::now().as_second() - 3_600).unwrap();
    let arguments = json!({ "workspace": workspace, "conversation": conversation, "clock": behind,
                            "draft": { "body": "typed slowly", "typed_at": behind } });
    let stands = owner.call("inbox/keep_draft", &arguments).await.ok();
    assert_eq!((stands["body"].as_str(), stands["typed_at"].clone()), (Some("typed slowly"), json!(behind)));
    let ancient: Timestamp = "-009000-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(keep(&owner, &workspace, &conversation, "before all", ancient).await.status, 200);

    // A clock that is ahead does not keep anybody from writing later.
    keep(&owner, &workspace, &conversation, "from tomorrow", Timestamp::now() + SignedDuration::from_hours(24))
        .await
        .ok();
    charla.clock.forward(SignedDuration::from_secs(1));
    keep(&owner, &workspace, &conversation, "from today", Timestamp::now() + SignedDuration::from_secs(1)).await.ok();
    assert_eq!(draft(&owner, &workspace, &conversation).await.as_deref(), Some("from today"));
}

#[tokio::test(flavor = "multi_thread")]
async fn canned_replies_are_kept_by_those_who_manage_them_and_used_by_all_who_answer() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let call = |browser: Browser, function: &'static str, mut arguments: Value| {
        arguments["workspace"] = json!(workspace);
        async move { browser.call(&format!("canned_replies/{function}"), &arguments).await }
    };
    let new = |shortcut: &str, body: &str| json!({ "reply": { "shortcut": shortcut, "body": body } });
    let hi = call(owner.clone(), "create", new("Hi", "Hi {{contact.first_name|there}}!")).await.ok();

    for (wrong, body) in [("two words", "x"), ("", "x"), ("ok", " "), ("ok", "Hi {{contact.nmae}}")] {
        let answer = call(owner.clone(), "create", new(wrong, body)).await;
        assert_eq!(answer.status, 400, "{wrong} {body}: {}", answer.body);
    }
    let taken = call(owner.clone(), "create", new("hI", "again")).await;
    assert_eq!((taken.status, taken.code().as_str()), (409, "canned_reply.shortcut_taken"));

    let mut change = new("hello", "Hello!");
    change["id"] = hi["id"].clone();
    call(owner.clone(), "change", change.clone()).await.ok();
    let mia = charla.joins(&owner, &workspace, "Mia Member", "member").await;
    let seen = call(mia.clone(), "list", json!({})).await.ok();
    assert_eq!((seen[0]["shortcut"].as_str(), seen[0]["body"].as_str()), (Some("hello"), Some("Hello!")));

    for (function, arguments) in
        [("create", new("mine", "x")), ("change", change), ("delete", json!({ "id": hi["id"] }))]
    {
        let answer = call(mia.clone(), function, arguments).await;
        assert_eq!(answer.status, 403, "{function} by a member: {}", answer.body);
    }
    let viewer = charla.joins(&owner, &workspace, "Vera Viewer", "viewer").await;
    assert_eq!(call(viewer, "list", json!({})).await.status, 403);
    let (otto, _) = charla.other_tenant(&owner, &workspace).await;
    assert_eq!(call(otto, "list", json!({})).await.status, 403, "a viewer of this workspace still");

    call(owner.clone(), "delete", json!({ "id": hi["id"] })).await.ok();
    assert_eq!(call(owner.clone(), "delete", json!({ "id": hi["id"] })).await.status, 404);
    assert_eq!(call(mia, "list", json!({})).await.ok(), json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_change_a_canned_reply_the_later_does_not_overwrite_what_they_have_not_seen() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let made = json!({ "workspace": workspace, "reply": { "shortcut": "prices", "body": "From 10." } });
    let first = owner.call("canned_replies/create", &made).await.ok();
    let change = |body: &str, seen: &Value| {
        let reply = json!({ "shortcut": "prices", "body": body });
        json!({ "workspace": workspace, "id": first["id"], "reply": reply, "seen": seen })
    };
    charla.clock.forward(SignedDuration::from_secs(1));
    let second = owner.call("canned_replies/change", &change("From 12.", &first["updated_at"])).await.ok();
    let late = owner.call("canned_replies/change", &change("From 10, always.", &first["updated_at"])).await;
    assert_eq!((late.status, late.code().as_str()), (409, "canned_reply.changed_since"));
    let list = owner.call("canned_replies/list", &json!({ "workspace": workspace })).await.ok();
    assert_eq!(list[0]["body"], "From 12.");
    // As it is listed, and as it was answered.
    assert_eq!(list[0]["updated_at"], second["updated_at"]);
    owner.call("canned_replies/change", &change("From 13.", &second["updated_at"])).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_one_message_reaches_the_phone_as_that() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation, asked) = writes(&charla, &owner, &workspace, "Quentin", "+5511900000103").await;
    let question = owner.thread(&workspace, &conversation).await[0]["id"].as_str().unwrap().to_owned();

    let once = key();
    let sent = answers(&owner, &workspace, &conversation, &once, "To that: yes.", &question).await.ok();
    let again = answers(&owner, &workspace, &conversation, &once, "To that: yes.", &question).await.ok();
    assert_eq!(sent["id"], again["id"]);
    let bare = owner.send(&workspace, &conversation, &once, "To that: yes.").await;
    assert_eq!((bare.status, bare.code().as_str()), (400, "inbox.key_reused"), "the same key without the quote");
    owner.send(&workspace, &conversation, &key(), "And something else.").await.ok();

    let screen =
        eventually(|| async { (phone.shows("And something else.").await == 1).then_some(phone.screen().await) }).await;
    assert_eq!(answered(&screen, "To that: yes."), Some(asked), "{screen}");
    assert_eq!(answered(&screen, "And something else."), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_another_conversation_or_unknown_to_whatsapp_cannot_be_answered_to() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (phone, conversation, _) = writes(&charla, &owner, &workspace, "Quentin", "+5511900000104").await;
    let (_, other, _) = writes(&charla, &owner, &workspace, "Rita", "+5511900000105").await;
    let elsewhere = owner.thread(&workspace, &other).await[0]["id"].as_str().unwrap().to_owned();
    let unsent: uuid::Uuid = sqlx::query_scalar(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content, state, at, created_at, arrival)
         SELECT workspace_id, $2, id, channel_id, 'out', 'phone', '{\"type\":\"text\",\"body\":\"lost\"}', 'failed', now(), now(), arrived
         FROM conversations WHERE id = $1::uuid RETURNING id",
    )
    .bind(&conversation)
    .bind(uuid::Uuid::now_v7())
    .fetch_one(&charla.raw().await)
    .await
    .unwrap();
    for message in [elsewhere, unsent.to_string(), key()] {
        let refused = answers(&owner, &workspace, &conversation, &key(), "To what?", &message).await;
        assert_eq!((refused.status, refused.code().as_str()), (409, "inbox.not_quotable"), "{}", refused.body);
    }
    assert_eq!(phone.shows("To what?").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_somebody_who_is_logged_in_no_more_writes_in_nobodys_name() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let (_, conversation, _) = writes(&charla, &owner, &workspace, "Nina", "+5511900000771").await;
    let mia = charla.joins(&owner, &workspace, "Mia Member", "member").await;
    let [me, her] =
        [&owner, &mia].map(|browser| async { browser.call("account/me", &json!({})).await.ok()["id"].clone() });
    let (me, her) = (me.await, her.await);
    let about = |writer: &Value, more: &Value| {
        let mut arguments = json!({ "workspace": workspace, "conversation": conversation, "writer": writer });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        arguments
    };
    let message = json!({ "message": { "client_key": key(), "body": "Yours, Mia", "quoting": null } });
    let kept = json!({ "draft": { "body": "Mia's words", "typed_at": Timestamp::now() }, "clock": null });
    let note = json!({ "note": { "client_key": key(), "body": "Mia's note" } });
    for (function, more) in
        [("send", &message), ("keep_draft", &kept), ("draft", &json!({ "clock": null })), ("note", &note)]
    {
        let answer = owner.call(&format!("inbox/{function}"), &about(&her, more)).await;
        assert_eq!(answer.status, 401, "{function}: {}", answer.body);
    }
    assert_eq!(owner.thread(&workspace, &conversation).await.len(), 1, "nothing was stored");
    assert_eq!(draft(&owner, &workspace, &conversation).await, None);
    assert_eq!(owner.call("inbox/send", &about(&me, &message)).await.status, 200);
}
