//! The thread: messages and notes in one order, read in both directions, around a message, and where the unread begin.

use charla_core::{Actor, RequestInfo, Who, inbox};
use charla_shared::{
    conversation::ThreadPlace,
    permission::{Permission, Role},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::kit::{Answer, Browser, Charla, eventually};

/// A conversation of `messages` messages of the customer, a second apart, with a note after every tenth; the last `unread`
/// were not looked at.
async fn thread(charla: &Charla, owner: &Browser, workspace: &str, messages: i32, unread: i32) -> String {
    let phone = charla.phone(workspace, "Bea", "+5511900000042").await;
    phone.writes("the first of all").await;
    let row = eventually(|| async {
        owner.conversations(workspace).await.into_iter().find(|c| c["preview"]["text"] == "the first of all")
    })
    .await;
    let conversation = row["id"].as_str().unwrap().to_owned();
    let raw = charla.raw().await;
    sqlx::query(
        "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content, external_id, at, created_at, arrival)
         SELECT c.workspace_id, gen_random_uuid(), c.id, c.channel_id, 'in', 'contact',
                jsonb_build_object('type', 'text', 'body', 'line ' || n), 'wamid.line.' || n, c.last_message_at + n * interval '1 second', now(), 1 + n
         FROM conversations c, generate_series(1, $2) n WHERE c.id = $1::uuid",
    )
    .bind(&conversation)
    .bind(messages - 1)
    .execute(&raw)
    .await
    .unwrap();
    sqlx::query(
        "INSERT INTO thread_entries (workspace_id, id, conversation_id, content, at)
         SELECT m.workspace_id, gen_random_uuid(), m.conversation_id, '{\"type\":\"note\",\"body\":\"noted\"}', m.at
         FROM messages m WHERE m.conversation_id = $1::uuid AND m.arrival % 10 = 0",
    )
    .bind(&conversation)
    .execute(&raw)
    .await
    .unwrap();
    sqlx::query("UPDATE conversations SET arrived = $2, read_through = $2 - $3 WHERE id = $1::uuid")
        .bind(&conversation)
        .bind(messages)
        .bind(unread)
        .execute(&raw)
        .await
        .unwrap();
    conversation
}

async fn page(browser: &Browser, workspace: &str, conversation: &str, place: Value) -> Value {
    let arguments = json!({ "workspace": workspace, "conversation": conversation, "place": place });
    browser.call("inbox/thread", &arguments).await.ok()
}

/// Everything of a page, in its order: by time, then by id.
fn things(page: &Value) -> Vec<String> {
    let mut all: Vec<(String, String)> = ["messages", "entries"]
        .iter()
        .flat_map(|kind| page[*kind].as_array().unwrap())
        .map(|thing| (thing["at"].as_str().unwrap().to_owned(), thing["id"].as_str().unwrap().to_owned()))
        .collect();
    let by_instant = |(at, id): &(String, String)| (at.parse::<jiff::Timestamp>().unwrap(), id.clone());
    all.sort_by_key(by_instant);
    all.into_iter().map(|(_, id)| id).collect()
}

fn bodies(page: &Value) -> Vec<&str> {
    page["messages"].as_array().unwrap().iter().map(|m| m["content"]["body"].as_str().unwrap()).collect()
}

async fn note(browser: &Browser, workspace: &str, conversation: &str, key: Uuid, body: &str) -> Answer {
    let note = json!({ "client_key": key, "body": body });
    browser.call("inbox/note", &json!({ "workspace": workspace, "conversation": conversation, "note": note })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_both_ways_shows_everything_once() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let conversation = thread(&charla, &owner, &workspace, 200, 0).await;

    let mut page_ = page(&owner, &workspace, &conversation, json!("newest")).await;
    assert!(page_["later"].is_null());
    let mut backwards = things(&page_);
    assert_eq!(backwards.len(), 50, "messages and notes together");
    while !page_["earlier"].is_null() {
        page_ = page(&owner, &workspace, &conversation, json!({ "before": page_["earlier"] })).await;
        assert!(!page_["later"].is_null());
        let mut with = things(&page_);
        with.append(&mut backwards);
        backwards = with;
    }
    assert_eq!(backwards.len(), 220);

    let mut forwards = things(&page_);
    while !page_["later"].is_null() {
        page_ = page(&owner, &workspace, &conversation, json!({ "after": page_["later"] })).await;
        forwards.extend(things(&page_));
    }
    assert_eq!(forwards, backwards, "no gap and no repetition, in either direction");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_around_a_message_has_it_in_its_midst() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let conversation = thread(&charla, &owner, &workspace, 200, 0).await;
    let newest = page(&owner, &workspace, &conversation, json!("newest")).await;
    let earlier = page(&owner, &workspace, &conversation, json!({ "before": newest["earlier"] })).await;
    let message = earlier["messages"][3]["id"].as_str().unwrap();

    let around = page(&owner, &workspace, &conversation, json!({ "around": message })).await;
    let things_ = things(&around);
    let place = things_.iter().position(|id| id == message).expect("it is there");
    assert_eq!((things_.len(), place), (50, 25));
    assert!(!around["earlier"].is_null() && !around["later"].is_null());

    let last = newest["messages"].as_array().unwrap().last().unwrap()["id"].clone();
    let around = page(&owner, &workspace, &conversation, json!({ "around": last })).await;
    assert_eq!(around, newest, "near the end it is the newest page");

    let other = charla.phone(&workspace, "Carl", "+5511900000043").await;
    other.writes("elsewhere").await;
    let elsewhere = eventually(|| async {
        let all = owner.conversations(&workspace).await;
        all.into_iter().find(|c| c["preview"]["text"] == "elsewhere")
    })
    .await;
    let arguments = json!({ "workspace": workspace, "conversation": elsewhere["id"], "place": { "around": message } });
    assert_eq!(owner.call("inbox/thread", &arguments).await.status, 404, "a message of another conversation");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_opens_where_the_unread_begin() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let conversation = thread(&charla, &owner, &workspace, 200, 120).await;
    let opened = page(&owner, &workspace, &conversation, json!("unread")).await;
    let first = opened["first_unread"].as_str().unwrap();
    let place = things(&opened).iter().position(|id| id == first).expect("it is there");
    assert_eq!((things(&opened).len(), place), (50, 10), "with some context before it");
    assert!(bodies(&opened).contains(&"line 80"));
    let message = opened["messages"].as_array().unwrap().iter().find(|m| m["id"] == first).unwrap();
    assert_eq!(message["content"]["body"], "line 80", "eighty were looked at, the first of all among them");
    assert!(!opened["later"].is_null());

    sqlx::query("UPDATE conversations SET read_through = arrived - 3 WHERE id = $1::uuid")
        .bind(&conversation)
        .execute(&charla.raw().await)
        .await
        .unwrap();
    let opened = page(&owner, &workspace, &conversation, json!("unread")).await;
    assert!(opened["later"].is_null(), "few unread: the newest page");
    assert_eq!(things(&opened), things(&page(&owner, &workspace, &conversation, json!("newest")).await));
    assert!(opened["first_unread"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_from_the_end_of_time_harms_nobody() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let conversation = thread(&charla, &owner, &workspace, 2, 0).await;
    for at in ["-009999-01-02T01:59:59Z", "1800-01-01T00:00:00Z", "9999-12-30T22:00:00Z"] {
        for id in [Uuid::nil(), Uuid::max()] {
            for place in ["before", "after"] {
                page(&owner, &workspace, &conversation, json!({ place: { "at": at, "id": id } })).await;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_written_once_told_to_the_team_and_sent_to_nobody() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let conversation = thread(&charla, &owner, &workspace, 3, 2).await;
    let row = |rows: Vec<Value>| rows.into_iter().find(|c| c["id"] == conversation.as_str()).unwrap();
    let before = row(owner.conversations(&workspace).await);
    let key = Uuid::now_v7();
    let tries = (0..5).map(|_| note(&owner, &workspace, &conversation, key, " She asked for *Luis* "));
    let written: Vec<Value> = futures::future::join_all(tries).await.into_iter().map(Answer::ok).collect();
    assert!(written.iter().all(|note| note["id"] == written[0]["id"]));
    assert_eq!(written[0]["content"], json!({ "type": "note", "body": "She asked for *Luis*" }));
    assert_eq!(written[0]["author"]["name"], "Olga Owner");

    let shown = page(&owner, &workspace, &conversation, json!("newest")).await;
    assert_eq!(shown["entries"].as_array().unwrap().last().unwrap(), &written[0]);
    assert_eq!(row(owner.conversations(&workspace).await), before, "neither the row nor its unread count changed");
    let other = note(&owner, &workspace, &conversation, key, "Another text").await;
    assert_eq!((other.status, other.code().as_str()), (400, "inbox.key_reused"));
    for empty in ["", " \n ", &"x".repeat(4097)] {
        assert_eq!(note(&owner, &workspace, &conversation, Uuid::now_v7(), empty).await.status, 400);
    }

    let raw = charla.raw().await;
    let one: (i64, i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM events WHERE happening ->> 'kind' = 'entry_created'),
                (SELECT count(*) FROM audit_entries WHERE action = 'note.write' AND after::text NOT LIKE '%Luis%')",
    )
    .fetch_one(&raw)
    .await
    .unwrap();
    assert_eq!(one, (0, 1, 1), "nothing is sent; one event; one audit entry without the words");
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_for_those_who_may_see_and_write_them() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let conversation = thread(&charla, &owner, &workspace, 30, 0).await;
    let viewer = charla.joins(&owner, &workspace, "Vera Viewer", "viewer").await;
    let refused = note(&viewer, &workspace, &conversation, Uuid::now_v7(), "I only look").await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    assert_eq!(page(&viewer, &workspace, &conversation, json!("newest")).await["entries"].as_array().unwrap().len(), 3);

    // No role is without the right today; a narrower one would be.
    let written = note(&owner, &workspace, &conversation, Uuid::now_v7(), "between us").await.ok();
    let user = written["author"]["id"].as_str().unwrap().parse::<Uuid>().unwrap();
    let outsider = Actor {
        workspace: workspace.parse().unwrap(),
        who: Who::Member { user: user.into(), session: Uuid::now_v7().into(), role: Role::Viewer },
        permissions: Role::Viewer.permissions().iter().filter(|held| *held != Permission::NotesView).collect(),
        request: RequestInfo::background("a test"),
    };
    let conversation = conversation.parse().unwrap();
    let shown = inbox::thread(charla.core(), &outsider, conversation, ThreadPlace::Newest).await.unwrap();
    assert_eq!((shown.messages.len(), shown.entries.len()), (30, 0));
    let entry = written["id"].as_str().unwrap().parse().unwrap();
    assert!(inbox::entry(charla.core(), &outsider, entry).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_shows_what_it_answers_to() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let conversation = thread(&charla, &owner, &workspace, 4, 0).await;
    let raw = charla.raw().await;
    for (arrival, quoted) in [(3, "wamid.line.1"), (4, "wamid.unknown")] {
        sqlx::query("UPDATE messages SET quoted_external_id = $3 WHERE conversation_id = $1::uuid AND arrival = $2")
            .bind(&conversation)
            .bind(arrival)
            .bind(quoted)
            .execute(&raw)
            .await
            .unwrap();
    }
    let shown = page(&owner, &workspace, &conversation, json!("newest")).await;
    let messages = shown["messages"].as_array().unwrap();
    assert_eq!(messages[0]["quote"], Value::Null);
    assert_eq!(
        messages[2]["quote"],
        json!({ "message": messages[1]["id"], "author": { "by": "contact" }, "content_type": "text", "text": "line 1" })
    );
    assert_eq!(messages[3]["quote"]["message"], Value::Null, "what is not here is told as such");
}
