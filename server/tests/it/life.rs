//! The life of a conversation (row C5): where it stands, whose it is, its labels, and what brings it back.

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use crate::kit::{APP_SECRET, Answer, Browser, Charla, Phone, eventually};

pub(crate) fn key() -> String {
    Uuid::now_v7().to_string()
}

/// An installation with a customer who has written.
pub(crate) struct Story {
    pub charla: Charla,
    pub owner: Browser,
    pub workspace: String,
    pub phone: Phone,
    pub conversation: String,
}

impl Story {
    pub async fn begins() -> Self {
        let charla = Charla::start().await;
        let owner = charla.owner().await;
        let workspace = owner.workspace().await;
        let phone = charla.phone(&workspace, "Bea", "+5511900000002").await;
        let conversation = asks(&owner, &workspace, &phone, "Is it ready?").await;
        Self { charla, owner, workspace, phone, conversation }
    }

    pub async fn row(&self) -> Value {
        let arguments = json!({ "workspace": self.workspace, "conversation": self.conversation });
        self.owner.call("inbox/conversation", &arguments).await.ok()
    }

    /// Changes the conversation as the owner.
    async fn change(&self, change: Value) -> Answer {
        changes(&self.owner, &self.workspace, &[&self.conversation], change).await
    }

    async fn set(&self, status: Value) -> Answer {
        self.change(json!({ "change": "status", "to": status })).await
    }

    async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).bind(&self.conversation).fetch_one(&self.charla.raw().await).await.unwrap()
    }

    /// What the thread says was done with the conversation, in order.
    async fn entries(&self) -> Vec<Value> {
        sqlx::query_scalar("SELECT content FROM thread_entries WHERE conversation_id = $1::uuid ORDER BY at, id")
            .bind(&self.conversation)
            .fetch_all(&self.charla.raw().await)
            .await
            .unwrap()
    }

    /// Everything a change writes: rows of the thread, the trail and the log of events.
    async fn written(&self) -> (i64, i64, i64) {
        (
            self.number("SELECT count(*) FROM thread_entries WHERE conversation_id = $1::uuid").await,
            self.number("SELECT count(*) FROM audit_entries WHERE target_id = $1::uuid").await,
            self.number("SELECT count(*) FROM events WHERE happening ->> 'conversation' = $1").await,
        )
    }

    /// The customer's messages, in one delivery of Meta's.
    pub async fn delivers(&self, messages: Value) {
        let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": self.phone.account(), "changes": [{
            "field": "messages", "value": {
                "messaging_product": "whatsapp",
                "metadata": { "display_phone_number": "15550000001", "phone_number_id": self.phone.channel() },
                "contacts": [{ "profile": { "name": "Bea" }, "wa_id": "5511900000002" }],
                "messages": messages,
            }
        }] }] })
        .to_string()
        .into_bytes();
        let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).unwrap();
        mac.update(&body);
        let signature = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
        let answer = self.charla.browser().post("/webhooks/meta", &[("x-hub-signature-256", &signature)], body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    pub async fn has_arrived(&self, wamid: &str) {
        eventually(|| async {
            sqlx::query_scalar::<_, Uuid>("SELECT id FROM messages WHERE external_id = $1")
                .bind(wamid)
                .fetch_optional(&self.charla.raw().await)
                .await
                .unwrap()
        })
        .await;
    }
}

/// A text of the customer's as Meta delivers it.
pub(crate) fn text(wamid: &str, body: &str) -> Value {
    let at = Timestamp::now().as_second().to_string();
    json!({ "from": "5511900000002", "id": wamid, "timestamp": at, "type": "text", "text": { "body": body } })
}

pub(crate) async fn asks(owner: &Browser, workspace: &str, phone: &Phone, words: &str) -> String {
    phone.writes(words).await;
    let row = eventually(|| async {
        owner.conversations(workspace).await.into_iter().find(|c| c["preview"]["text"] == words)
    })
    .await;
    row["id"].as_str().unwrap().to_owned()
}

pub(crate) async fn changes(browser: &Browser, workspace: &str, conversations: &[&str], change: Value) -> Answer {
    let arguments = json!({ "workspace": workspace, "conversations": conversations, "change": change });
    browser.call("inbox/change", &arguments).await
}

pub(crate) async fn label(browser: &Browser, workspace: &str, name: &str) -> Answer {
    let arguments = json!({ "workspace": workspace, "label": { "name": name, "colour": "teal" } });
    browser.call("labels/create", &arguments).await
}

async fn user(charla: &Charla, name: &str) -> String {
    let id: Uuid = sqlx::query_scalar("SELECT id FROM users WHERE name = $1")
        .bind(name)
        .fetch_one(&charla.raw().await)
        .await
        .unwrap();
    id.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_goes_from_any_status_to_any_other_and_its_thread_says_so() {
    let story = Story::begins().await;
    let until = (Timestamp::now() + SignedDuration::from_hours(3)).to_string();
    let steps = [
        json!({ "status": "pending" }),
        json!({ "status": "snoozed", "until": until }),
        json!({ "status": "resolved", "reason": "  paid\ntwice " }),
        json!({ "status": "snoozed", "until": until }),
        json!({ "status": "open" }),
        json!({ "status": "resolved" }),
        json!({ "status": "open" }),
    ];
    for step in &steps {
        let changed = story.set(step.clone()).await.ok();
        assert_eq!(changed[0]["outcome"]["outcome"], "done", "{changed}");
        let row = story.row().await;
        assert_eq!(row["status"], step["status"]);
        assert_eq!(row["snoozed_until"].is_null(), step["until"].is_null(), "{row}");
        let written = story.written().await;
        let again = story.set(step.clone()).await.ok();
        assert_eq!(again[0]["outcome"]["outcome"], "same");
        assert_eq!(story.written().await, written, "doing it again writes nothing");
    }
    let entries = story.entries().await;
    assert_eq!(entries.len(), steps.len());
    assert_eq!(entries[2]["reason"], "paid twice");
    assert!(entries.iter().all(|entry| entry["by_customer"] == false));
    let (_, audited, _) = story.written().await;
    assert_eq!(audited, 7);
    let trail: Vec<String> = sqlx::query_scalar("SELECT action || ' ' || coalesce(after::text, '') FROM audit_entries")
        .fetch_all(&story.charla.raw().await)
        .await
        .unwrap();
    assert!(!trail.join(" ").contains("paid twice"), "the trail keeps no words about customers");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_that_breaks_a_rule_changes_nothing() {
    let story = Story::begins().await;
    let before = story.written().await;
    let hence = |hours| (Timestamp::now() + SignedDuration::from_hours(hours)).to_string();
    for status in [
        json!({ "status": "snoozed", "until": hence(-1) }),
        json!({ "status": "snoozed", "until": hence(367 * 24) }),
        json!({ "status": "resolved", "reason": "x".repeat(201) }),
        json!({ "status": "snoozed" }),
        json!({ "status": "asleep" }),
    ] {
        let answer = story.set(status.clone()).await;
        assert_eq!(answer.status, 400, "{status}: {}", answer.body);
    }
    let viewer = story.charla.joins(&story.owner, &story.workspace, "Vera Viewer", "viewer").await;
    let change = json!({ "change": "status", "to": { "status": "resolved" } });
    let answer = changes(&viewer, &story.workspace, &[&story.conversation], change).await;
    assert_eq!(answer.status, 403, "{}", answer.body);
    assert_eq!((story.written().await, story.row().await["status"].as_str()), (before, Some("open")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_customer_writes_opens_the_conversation_again_once() {
    let story = Story::begins().await;
    let me = user(&story.charla, "Olga Owner").await;
    story.change(json!({ "change": "assignee", "to": me })).await.ok();
    let until = (Timestamp::now() + SignedDuration::from_hours(3)).to_string();
    let rests = [
        json!({ "status": "resolved" }),
        json!({ "status": "snoozed", "until": until }),
        json!({ "status": "pending" }),
    ];
    for (rest, n) in rests.into_iter().zip(0..) {
        story.set(rest).await.ok();
        let ids = [format!("wamid.again.{n}.a"), format!("wamid.again.{n}.b")];
        story.delivers(json!([text(&ids[0], "one more thing"), text(&ids[1], "and another")])).await;
        story.has_arrived(&ids[1]).await;
        let row = story.row().await;
        assert_eq!((row["status"].as_str(), row["snoozed_until"].is_null()), (Some("open"), true));
        assert_eq!(row["assignee"]["id"], me.as_str(), "it stays whose it was");
        // The same delivery again has no effect.
        story.delivers(json!([text(&ids[0], "one more thing"), text(&ids[1], "and another")])).await;
    }
    let by_customer = story.entries().await.into_iter().filter(|entry| entry["by_customer"] == true).count();
    assert_eq!(by_customer, 3, "two messages of one delivery open it once");

    story.set(json!({ "status": "resolved" })).await.ok();
    let reaction = json!({ "from": "5511900000002", "id": "wamid.thumb", "type": "reaction",
                           "timestamp": Timestamp::now().as_second().to_string(),
                           "reaction": { "message_id": "wamid.again.0.a", "emoji": "👍" } });
    story.delivers(json!([reaction])).await;
    story.has_arrived("wamid.thumb").await;
    assert_eq!(story.row().await["status"], "resolved", "a thumb asks for no answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snoozed_conversation_is_open_at_its_time_and_woken_once_by_two_nodes() {
    let story = Story::begins().await;
    let other = Charla::start_on(story.charla.database_url.clone(), |options| options).await;
    let until = Timestamp::now() + SignedDuration::from_secs(2);
    story.set(json!({ "status": "snoozed", "until": until.to_string() })).await.ok();
    assert_eq!(story.row().await["status"], "snoozed");
    eventually(|| async { (story.row().await["status"] == "open").then_some(()) }).await;
    let late = Timestamp::now().duration_since(until);
    assert!(late < SignedDuration::from_secs(5), "woken {late:?} late");
    // Time for the other node to do it once more, were it wrong.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let entries = story.entries().await;
    assert_eq!(entries.iter().filter(|entry| entry["status"] == "open").count(), 1, "{entries:?}");
    let nobody = "SELECT count(*) FROM thread_entries WHERE conversation_id = $1::uuid AND author_user_id IS NULL";
    assert_eq!(story.number(nobody).await, 1);
    drop(other);
}

#[tokio::test(flavor = "multi_thread")]
async fn sleep_ends_while_the_host_is_down_and_is_over_when_it_is_back() {
    let mut story = Story::begins().await;
    let until = Timestamp::now() + SignedDuration::from_secs(1);
    story.set(json!({ "status": "snoozed", "until": until.to_string() })).await.ok();
    let addr = story.charla.stop().await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    story.charla.start_again(addr).await;
    eventually(|| async { (story.row().await["status"] == "open").then_some(()) }).await;
    assert_eq!(story.entries().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_is_given_to_whoever_may_answer() {
    let story = Story::begins().await;
    let (charla, workspace) = (&story.charla, &story.workspace);
    charla.joins(&story.owner, workspace, "Mia Member", "member").await;
    charla.joins(&story.owner, workspace, "Vera Viewer", "viewer").await;
    let (otto, _) = charla.other_tenant(&story.owner, workspace).await;
    sqlx::query("DELETE FROM members WHERE workspace_id = $1::uuid AND user_id = (SELECT id FROM users WHERE name = 'Otto Other')")
        .bind(workspace)
        .execute(&charla.raw().await)
        .await
        .unwrap();
    let (mia, vera) = (user(charla, "Mia Member").await, user(charla, "Vera Viewer").await);
    let other = user(charla, "Otto Other").await;

    let staff = story.owner.call("inbox/staff", &json!({ "workspace": workspace })).await.ok();
    let names: Vec<_> = staff.as_array().unwrap().iter().map(|m| m["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Mia Member", "Olga Owner"], "whoever may answer, by name");

    let before = story.written().await;
    let answer = story.change(json!({ "change": "assignee", "to": vera })).await;
    assert_eq!((answer.status, answer.code().as_str()), (409, "inbox.not_assignable"));
    assert_eq!(story.change(json!({ "change": "assignee", "to": other })).await.status, 404);
    let theirs = changes(&otto, workspace, &[&story.conversation], json!({ "change": "assignee", "to": other })).await;
    assert_eq!(theirs.status, 404);
    assert_eq!(story.written().await, before);

    let given = story.change(json!({ "change": "assignee", "to": mia })).await.ok();
    assert_eq!(given[0]["outcome"]["undo"], json!({ "change": "assignee", "to": null }));
    assert_eq!(story.row().await["assignee"]["name"], "Mia Member");
    assert_eq!(story.change(json!({ "change": "assignee", "to": mia })).await.ok()[0]["outcome"]["outcome"], "same");
    story.change(json!({ "change": "assignee", "to": null })).await.ok();
    assert!(story.row().await["assignee"].is_null());
    let entries = story.entries().await;
    assert_eq!((entries.len(), &entries[0]["to"]["name"], entries[1]["to"].is_null()), (2, &json!("Mia Member"), true));
}

#[tokio::test(flavor = "multi_thread")]
async fn labels_are_put_on_and_taken_off_and_have_one_name_each() {
    let story = Story::begins().await;
    let (owner, workspace) = (&story.owner, story.workspace.as_str());
    let vip = label(owner, workspace, " VIP ").await.ok();
    assert_eq!(vip["name"], "VIP");
    for name in ["VIP", "vip", "ViP "] {
        let answer = label(owner, workspace, name).await;
        assert_eq!((answer.status, answer.code().as_str()), (409, "inbox.label_taken"), "{name}");
    }
    for name in ["", " \u{200b} ", &"x".repeat(51)] {
        assert_eq!(label(owner, workspace, name).await.status, 400);
    }
    let on = json!({ "change": "label", "label": vip["id"], "on": true });
    let done = story.change(on.clone()).await.ok();
    assert_eq!(done[0]["outcome"]["undo"], json!({ "change": "label", "label": vip["id"], "on": false }));
    assert_eq!(story.change(on).await.ok()[0]["outcome"]["outcome"], "same");
    assert_eq!(story.row().await["labels"], json!([vip["id"]]));
    let uses = owner.call("labels/list", &json!({ "workspace": workspace })).await.ok();
    assert_eq!((&uses[0]["label"]["name"], &uses[0]["conversations"]), (&json!("VIP"), &json!(1)));

    let late = label(owner, workspace, "late").await.ok();
    let rename = |id: &Value, name: &str| json!({ "workspace": workspace, "label": id, "change": { "name": name, "colour": "red" } });
    let answer = owner.call("labels/change", &rename(&late["id"], "Vip")).await;
    assert_eq!((answer.status, answer.code().as_str()), (409, "inbox.label_taken"));
    let changed = owner.call("labels/change", &rename(&vip["id"], "vip")).await.ok();
    assert_eq!((&changed["name"], &changed["colour"]), (&json!("vip"), &json!("red")), "its own name is free");
    // A page from before that only recolours it would take the new name away.
    let seen = json!({ "name": "VIP", "colour": vip["colour"] });
    let change = json!({ "name": "VIP", "colour": "teal" });
    let from_before = json!({ "workspace": workspace, "label": vip["id"], "change": change, "seen": seen });
    let answer = owner.call("labels/change", &from_before).await;
    assert_eq!((answer.status, answer.code().as_str()), (409, "inbox.label_changed_since"));

    owner.call("labels/delete", &json!({ "workspace": workspace, "label": vip["id"] })).await.ok();
    assert_eq!(story.row().await["labels"], json!([]));
    let gone = json!({ "change": "label", "label": vip["id"], "on": true });
    assert_eq!(story.change(gone).await.status, 404);
    assert_eq!(story.entries().await[0]["label"], "VIP", "the thread keeps the name it had");

    let (otto, others) = story.charla.other_tenant(owner, workspace).await;
    let theirs = label(&otto, &others, "theirs").await.ok();
    let answer = story.change(json!({ "change": "label", "label": theirs["id"], "on": true })).await;
    assert_eq!(answer.status, 404, "another workspace's label");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_has_twenty_labels_and_a_workspace_two_hundred() {
    let story = Story::begins().await;
    let (owner, workspace) = (&story.owner, story.workspace.as_str());
    let mut ids = Vec::new();
    for n in 0..200 {
        ids.push(label(owner, workspace, &format!("label {n}")).await.ok()["id"].clone());
    }
    let answer = label(owner, workspace, "one too many").await;
    assert_eq!((answer.status, answer.code().as_str()), (409, "inbox.too_many_labels"));
    for id in &ids[..20] {
        story.change(json!({ "change": "label", "label": id, "on": true })).await.ok();
    }
    let before = story.written().await;
    let answer = story.change(json!({ "change": "label", "label": ids[20], "on": true })).await;
    assert_eq!((answer.status, answer.code().as_str()), (409, "inbox.labels_full"));
    assert_eq!(story.written().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_changed_at_once_and_each_is_undone() {
    let story = Story::begins().await;
    let (owner, workspace) = (&story.owner, story.workspace.as_str());
    let mut all = vec![story.conversation.clone()];
    for n in 3..6 {
        let phone = story.charla.phone(workspace, &format!("Customer {n}"), &format!("+551190000000{n}")).await;
        all.push(asks(owner, workspace, &phone, &format!("question {n}")).await);
    }
    let set = |status: Value| json!({ "change": "status", "to": status });
    changes(owner, workspace, &[&all[1]], set(json!({ "status": "pending" }))).await.ok();
    changes(owner, workspace, &[&all[2]], set(json!({ "status": "resolved" }))).await.ok();

    let missing = key();
    let named: Vec<&str> = all.iter().map(String::as_str).chain([missing.as_str(), all[0].as_str()]).collect();
    let done = changes(owner, workspace, &named, set(json!({ "status": "resolved" }))).await.ok();
    let done = done.as_array().unwrap().clone();
    let outcomes: Vec<_> = done.iter().map(|one| one["outcome"]["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["done", "done", "same", "done", "missing"], "in the order they were named, each once");
    for one in done.iter().filter(|one| one["outcome"]["outcome"] == "done") {
        let id = one["conversation"].as_str().unwrap();
        changes(owner, workspace, &[id], one["outcome"]["undo"].clone()).await.ok();
    }
    let rows = owner.conversations(workspace).await;
    let status = |id: &str| rows.iter().find(|row| row["id"] == id).unwrap()["status"].as_str().unwrap();
    let after: Vec<_> = all.iter().map(|id| status(id)).collect();
    assert_eq!(after, ["open", "pending", "resolved", "open"]);

    let crowd: Vec<String> = (0..201).map(|_| key()).collect();
    let crowd: Vec<&str> = crowd.iter().map(String::as_str).collect();
    assert_eq!(changes(owner, workspace, &crowd, set(json!({ "status": "open" }))).await.status, 400);
    assert_eq!(changes(owner, workspace, &[], set(json!({ "status": "open" }))).await.status, 400);
    assert_eq!(changes(owner, workspace, &crowd[..200], set(json!({ "status": "open" }))).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_waits_from_their_first_question_until_our_answer() {
    let story = Story::begins().await;
    let since: Timestamp = story.row().await["waiting_since"].as_str().unwrap().parse().unwrap();
    assert_eq!(since.subsec_nanosecond(), 0, "Meta's time of the message");
    story.delivers(json!([text("wamid.still", "still there?")])).await;
    story.has_arrived("wamid.still").await;
    assert_eq!(story.row().await["waiting_since"], since.to_string(), "they wait since the first");

    story.charla.clock.forward(SignedDuration::from_mins(10));
    for words in ["Yes.", "It is ready."] {
        story.owner.send(&story.workspace, &story.conversation, &key(), words).await.ok();
    }
    assert!(story.row().await["waiting_since"].is_null());
    let waited: Vec<Option<i32>> = sqlx::query_scalar(
        "SELECT waited_seconds FROM messages WHERE conversation_id = $1::uuid AND direction = 'out' ORDER BY at",
    )
    .bind(&story.conversation)
    .fetch_all(&story.charla.raw().await)
    .await
    .unwrap();
    assert!(matches!(waited[0], Some(600..700)), "{waited:?}");
    assert_eq!(waited[1], None, "nobody waited for the second answer");

    story.set(json!({ "status": "resolved" })).await.ok();
    story.owner.send(&story.workspace, &story.conversation, &key(), "Goodbye.").await.ok();
    assert_eq!(story.row().await["status"], "resolved", "our own words open nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_in_what_is_resolved_and_taking_that_back_makes_them_wait_as_before() {
    let story = Story::begins().await;
    let since = story.row().await["waiting_since"].clone();
    let resolved = story.set(json!({ "status": "resolved" })).await.ok();
    assert!(story.row().await["waiting_since"].is_null());
    story.change(resolved[0]["outcome"]["undo"].clone()).await.ok();
    assert_eq!(story.row().await["waiting_since"], since, "undone, they wait as before");

    // Weeks later they write again: they wait from then on, and taking back what is done after that does not change it.
    story.set(json!({ "status": "resolved" })).await.ok();
    let later = Timestamp::from_second(Timestamp::now().as_second() + 20 * 24 * 3_600).unwrap();
    story.charla.clock.forward(later.duration_since(story.charla.core().environment.now()));
    let mut again = text("wamid.weeks.later", "one more thing");
    again["timestamp"] = json!(later.as_second().to_string());
    story.delivers(json!([again])).await;
    story.has_arrived("wamid.weeks.later").await;
    let waiting =
        "SELECT coalesce(extract(epoch FROM waiting_since), 0)::bigint FROM conversations WHERE id = $1::uuid";
    assert_eq!(story.number(waiting).await, later.as_second());

    // What another release left is put right by the next process that starts.
    for broken in ["NULL", "'2020-01-01Z'"] {
        let statement = format!("UPDATE conversations SET waiting_since = {broken}");
        sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&story.charla.raw().await).await.unwrap();
        let mut other = Charla::start_on(story.charla.database_url.clone(), |options| options).await;
        eventually(|| async { (story.number(waiting).await == later.as_second()).then_some(()) }).await;
        other.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_has_seen_is_not_put_away() {
    let story = Story::begins().await;
    let seen = story.row().await["last_inbound_at"].clone();
    let later = Timestamp::now().as_second() + 60;
    story.charla.clock.forward(SignedDuration::from_mins(2));
    let mut news = text("wamid.news", "wait, one more");
    news["timestamp"] = json!(later.to_string());
    story.delivers(json!([news])).await;
    story.has_arrived("wamid.news").await;
    let until = (Timestamp::now() + SignedDuration::from_hours(3)).to_string();
    let asked = |status: Value, seen: Value| {
        json!({ "workspace": story.workspace, "conversations": [story.conversation],
                "change": { "change": "status", "to": status },
                "seen": [{ "conversation": story.conversation, "last_inbound_at": seen }] })
    };
    let written = story.written().await;
    for status in [json!({ "status": "resolved" }), json!({ "status": "snoozed", "until": until })] {
        let answer = story.owner.call("inbox/change", &asked(status, seen.clone())).await.ok();
        assert_eq!(answer[0]["outcome"]["outcome"], "new_message");
        assert_eq!((story.row().await["status"].as_str(), story.written().await), (Some("open"), written));
    }
    let pending = story.owner.call("inbox/change", &asked(json!({ "status": "pending" }), seen)).await.ok();
    assert_eq!(pending[0]["outcome"]["outcome"], "done", "which hides nothing");
    let now_seen = story.row().await["last_inbound_at"].clone();
    let done = story.owner.call("inbox/change", &asked(json!({ "status": "resolved" }), now_seen)).await.ok();
    assert_eq!(done[0]["outcome"]["outcome"], "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_answers_another_says_which() {
    let story = Story::begins().await;
    let long = format!("wamid.{}", "x".repeat(300));
    let answering = |wamid: &str, quoted: &str| {
        let mut message = text(wamid, "that one");
        message["context"] = json!({ "from": "15550000001", "id": quoted });
        message
    };
    story
        .delivers(json!([answering("wamid.q1", "wamid.ours"), answering("wamid.q2", &long), text("wamid.q3", "no")]))
        .await;
    story.has_arrived("wamid.q3").await;
    let quoted: Vec<(String, Option<String>)> = sqlx::query_as(
        "SELECT external_id, quoted_external_id FROM messages WHERE external_id LIKE 'wamid.q%' ORDER BY external_id",
    )
    .fetch_all(&story.charla.raw().await)
    .await
    .unwrap();
    let quoted: Vec<_> = quoted.iter().map(|(_, quoted)| quoted.as_deref()).collect();
    assert_eq!(quoted, [Some("wamid.ours"), None, None], "an id longer than any of Meta's is not kept");
}
