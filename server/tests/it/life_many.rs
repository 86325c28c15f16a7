//! Many conversations at once (rows C1, C5): each is changed as it would be alone, or says why not; and the reason that
//! conversations are closed with.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    kit::eventually,
    life::{Story, asks, changes, key, label, text},
};

/// The workspace of a story with further customers who have written: the conversations, the story's own first.
async fn with_more(story: &Story, more: usize) -> Vec<String> {
    let mut all = vec![story.conversation.clone()];
    for n in 0..more {
        let phone = story.charla.phone(&story.workspace, &format!("Customer {n}"), &format!("+551190000010{n}")).await;
        all.push(asks(&story.owner, &story.workspace, &phone, &format!("question {n}")).await);
    }
    all
}

fn named(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

fn resolved(reason: &str) -> Value {
    json!({ "change": "status", "to": { "status": "resolved", "reason": reason } })
}

/// What was done with a conversation, as its thread tells members.
async fn done_with(story: &Story, conversation: &str) -> Vec<Value> {
    let arguments = json!({ "workspace": story.workspace, "conversation": conversation, "place": "newest" });
    let page = story.owner.call("inbox/thread", &arguments).await.ok();
    page["entries"].as_array().unwrap().clone()
}

/// Rows of the thread, the trail and the log of events that are about these conversations.
async fn written(story: &Story, all: &[String]) -> [i64; 3] {
    let mut counts = [0; 3];
    let about = [
        "SELECT count(*) FROM thread_entries WHERE conversation_id::text = ANY($1)",
        "SELECT count(*) FROM audit_entries WHERE target_id::text = ANY($1)",
        "SELECT count(*) FROM events WHERE happening ->> 'conversation' = ANY($1)",
    ];
    for (count, sql) in counts.iter_mut().zip(about) {
        *count = sqlx::query_scalar(sql).bind(all).fetch_one(&story.charla.raw().await).await.unwrap();
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_many_has_its_entry_its_line_in_the_trail_and_its_events() {
    let story = Story::begins().await;
    let all = with_more(&story, 3).await;
    let before = written(&story, &all).await;
    let done = changes(&story.owner, &story.workspace, &named(&all), resolved(" answered\nby phone ")).await.ok();
    assert!(done.as_array().unwrap().iter().all(|one| one["outcome"]["outcome"] == "done"), "{done}");
    let after = written(&story, &all).await;
    assert_eq!([0, 1, 2].map(|n| after[n] - before[n]), [4, 4, 8]);
    for conversation in &all {
        let entries = done_with(&story, conversation).await;
        let last = entries.last().unwrap();
        assert_eq!(last["content"]["status"], "resolved");
        assert_eq!(last["content"]["reason"], "answered by phone");
        assert_eq!(last["author"]["name"], "Olga Owner");
    }
    changes(&story.owner, &story.workspace, &named(&all), resolved("again")).await.ok();
    assert_eq!(written(&story, &all).await, after, "what is so already is left alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_reason_is_part_of_the_contacts_history_and_a_long_one_changes_nothing() {
    let story = Story::begins().await;
    let all = with_more(&story, 2).await;
    let before = written(&story, &all).await;
    let answer = changes(&story.owner, &story.workspace, &named(&all), resolved(&"x".repeat(201))).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert_eq!(written(&story, &all).await, before);

    changes(&story.owner, &story.workspace, &named(&all), resolved(&"ñ".repeat(200))).await.ok();
    let contact = story.row().await["contact"]["id"].clone();
    let arguments = json!({ "workspace": story.workspace, "contact": contact, "after": null });
    let history = story.owner.call("contacts/timeline", &arguments).await.ok();
    let what = &history["entries"][0]["what"];
    assert_eq!((what["type"].as_str(), what["content"]["reason"].as_str()), (Some("worked"), Some(&*"ñ".repeat(200))));

    let reopened = json!({ "change": "status", "to": { "status": "open" } });
    changes(&story.owner, &story.workspace, &named(&all), reopened).await.ok();
    changes(&story.owner, &story.workspace, &named(&all), resolved(" \u{200b} ")).await.ok();
    let last = done_with(&story, &story.conversation).await.pop().unwrap();
    assert_eq!(last["content"]["status"], "resolved");
    assert!(last["content"]["reason"].is_null(), "nothing visible is no reason");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_customers_have_just_written_stays_open_and_the_others_are_put_away() {
    let story = Story::begins().await;
    let all = with_more(&story, 2).await;
    let rows = story.owner.conversations(&story.workspace).await;
    let seen: Vec<_> = rows
        .iter()
        .map(|row| json!({ "conversation": row["id"], "last_inbound_at": row["last_inbound_at"] }))
        .collect();
    let later = Timestamp::now().as_second() + 60;
    story.charla.clock.forward(SignedDuration::from_mins(2));
    let mut news = text("wamid.many.news", "wait, one more");
    news["timestamp"] = json!(later.to_string());
    story.delivers(json!([news])).await;
    story.has_arrived("wamid.many.news").await;

    let missing = key();
    let asked: Vec<_> = named(&all).into_iter().chain([missing.as_str()]).collect();
    let arguments = json!({ "workspace": story.workspace, "conversations": asked, "seen": seen,
                            "change": { "change": "status", "to": { "status": "resolved" } } });
    let done = story.owner.call("inbox/change", &arguments).await.ok();
    let outcomes: Vec<_> =
        done.as_array().unwrap().iter().map(|one| one["outcome"]["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["new_message", "done", "done", "missing"]);
    assert_eq!(story.row().await["status"], "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_of_the_same_second_is_news_as_well() {
    let story = Story::begins().await;
    let row = story.row().await;
    let seen = json!([{ "conversation": story.conversation, "arrived": row["arrived"], "last_inbound_at": row["last_inbound_at"] }]);
    let mut news = text("wamid.many.same", "and one more");
    let same: Timestamp = row["last_inbound_at"].as_str().unwrap().parse().unwrap();
    news["timestamp"] = json!(same.as_second().to_string());
    story.delivers(json!([news])).await;
    story.has_arrived("wamid.many.same").await;
    let arguments = json!({ "workspace": story.workspace, "conversations": [story.conversation], "seen": seen,
                            "change": { "change": "status", "to": { "status": "resolved" } } });
    let done = story.owner.call("inbox/change", &arguments).await.ok();
    assert_eq!(done[0]["outcome"]["outcome"], "new_message", "{done}");
    assert_eq!(story.row().await["status"], "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_have_made_of_it_since_is_not_undone() {
    let story = Story::begins().await;
    let (owner, workspace) = (&story.owner, story.workspace.as_str());
    let all = with_more(&story, 2).await;
    let mia = story.charla.joins(owner, workspace, "Mia Member", "member").await;
    let [me, her] =
        [owner, &mia].map(|browser| async { browser.call("account/me", &json!({})).await.ok()["id"].clone() });
    let (me, her) = (me.await, her.await);
    let give = |to: &Value| json!({ "change": "assignee", "to": to });
    changes(owner, workspace, &named(&all), give(&me)).await.ok();
    changes(&mia, workspace, &[&all[1]], give(&her)).await.ok();
    changes(&mia, workspace, &[&all[2]], give(&Value::Null)).await.ok();

    let seen: Vec<_> = all.iter().map(|id| json!({ "conversation": id, "standing": give(&me) })).collect();
    let arguments = json!({ "workspace": workspace, "conversations": all, "seen": seen, "change": give(&Value::Null) });
    let done = owner.call("inbox/change", &arguments).await.ok();
    let outcomes: Vec<_> =
        done.as_array().unwrap().iter().map(|one| one["outcome"]["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["done", "changed_since", "same"]);
    let rows = owner.conversations(workspace).await;
    let hers = rows.iter().find(|row| row["id"] == all[1].as_str()).unwrap();
    assert_eq!(hers["assignee"]["id"], her);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_given_and_labelled_at_once_by_those_who_may_and_each_as_it_was_after_its_undo() {
    let story = Story::begins().await;
    let (owner, workspace) = (&story.owner, story.workspace.as_str());
    let all = with_more(&story, 2).await;
    let vip = label(owner, workspace, "VIP").await.ok()["id"].clone();
    let me = owner.call("account/me", &json!({})).await.ok()["id"].clone();
    let give = json!({ "change": "assignee", "to": me });
    changes(owner, workspace, &[&all[1]], give.clone()).await.ok();

    let viewer = story.charla.joins(owner, workspace, "Vera Viewer", "viewer").await;
    let before = written(&story, &all).await;
    let put_on = json!({ "change": "label", "label": vip, "on": true });
    for change in [give.clone(), put_on.clone(), resolved("no")] {
        assert_eq!(changes(&viewer, workspace, &named(&all), change).await.status, 403);
    }
    assert_eq!(written(&story, &all).await, before, "who may only look changes none of many");

    let mut undo = Vec::new();
    for (change, expected) in [(give, ["done", "same", "done"]), (put_on, ["done", "done", "done"])] {
        let done = changes(owner, workspace, &named(&all), change).await.ok().as_array().unwrap().clone();
        let outcomes: Vec<_> = done.iter().map(|one| one["outcome"]["outcome"].as_str().unwrap()).collect();
        assert_eq!(outcomes, expected);
        undo.extend(done.into_iter().filter(|one| one["outcome"]["outcome"] == "done"));
    }
    let standing = || async {
        let rows = owner.conversations(workspace).await;
        let of = |id: &String| rows.iter().find(|row| row["id"] == id.as_str()).unwrap().clone();
        all.iter().map(of).map(|row| (row["assignee"]["id"].clone(), row["labels"].clone())).collect::<Vec<_>>()
    };
    assert!(standing().await.iter().all(|(whose, labels)| *whose == me && *labels == json!([vip])));
    for one in undo {
        let id = one["conversation"].as_str().unwrap().to_owned();
        changes(owner, workspace, &[&id], one["outcome"]["undo"].clone()).await.ok();
    }
    let nobody = (Value::Null, json!([]));
    assert_eq!(standing().await, [nobody.clone(), (me, json!([])), nobody]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_members_who_change_the_same_many_at_once_wait_for_each_other_and_one_does_it() {
    let story = Story::begins().await;
    let all = with_more(&story, 3).await;
    let mia = story.charla.joins(&story.owner, &story.workspace, "Mia Member", "member").await;
    let before = written(&story, &all).await;
    let (forth, mut back) = (named(&all), named(&all));
    back.reverse();
    let pending = json!({ "change": "status", "to": { "status": "pending" } });
    let (one, other) = tokio::join!(
        changes(&story.owner, &story.workspace, &forth, pending.clone()),
        changes(&mia, &story.workspace, &back, pending)
    );
    let outcomes = |answer: Value| {
        let all = answer.as_array().unwrap().clone();
        all.into_iter().map(|one| one["outcome"]["outcome"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let (one, other) = (outcomes(one.ok()), outcomes(other.ok()));
    let done = |said: &[String]| said.iter().filter(|outcome| *outcome == "done").count();
    assert_eq!(done(&one) + done(&other), 4, "each is done once: {one:?} {other:?}");
    let after = written(&story, &all).await;
    assert_eq!([0, 1].map(|n| after[n] - before[n]), [4, 4]);
    eventually(|| async { (story.row().await["status"] == "pending").then_some(()) }).await;
}
