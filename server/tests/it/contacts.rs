//! Contacts: their names, tags, fields and notes, who may see and change them, and how others come to know.

use std::time::Duration;

use serde_json::{Value, json};

use crate::kit::{Browser, Charla, Socket, eventually};

const NUMBER: &str = "5511900000033";

/// A workspace with a customer who has written.
struct Shop {
    charla: Charla,
    owner: Browser,
    workspace: String,
    contact: String,
}

async fn shop() -> Shop {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let phone = charla.phone(&workspace, "Cora", &format!("+{NUMBER}")).await;
    phone.writes("Is it open?").await;
    let contact = eventually(|| async { row_of(&owner, &workspace, "Cora").await }).await["contact"]["id"].clone();
    let contact = contact.as_str().unwrap().to_owned();
    Shop { charla, owner, workspace, contact }
}

async fn row_of(browser: &Browser, workspace: &str, name: &str) -> Option<Value> {
    browser.conversations(workspace).await.into_iter().find(|c| c["contact"]["name"] == name)
}

impl Shop {
    /// Calls a function of contacts with these arguments beside the workspace.
    async fn call(&self, browser: &Browser, function: &str, mut arguments: Value) -> crate::kit::Answer {
        arguments["workspace"] = json!(self.workspace);
        browser.call(&format!("contacts/{function}"), &arguments).await
    }

    async fn card(&self, browser: &Browser) -> Value {
        self.call(browser, "card", json!({ "contact": self.contact })).await.ok()
    }

    async fn rename(&self, name: &str) {
        let named = json!({ "contact": self.contact, "name": { "name": name } });
        self.call(&self.owner, "rename", named).await.ok();
    }

    async fn field(&self, name: &str, kind: Value) -> String {
        let new = json!({ "field": { "name": name, "kind": kind } });
        let field = self.call(&self.owner, "create_field", new).await.ok();
        field["id"].as_str().unwrap().to_owned()
    }

    async fn tag(&self, name: &str) -> String {
        let new = json!({ "tag": { "name": name, "colour": "teal" } });
        self.call(&self.owner, "create_tag", new).await.ok()["id"].as_str().unwrap().to_owned()
    }

    async fn put_on(&self, tag: &str) -> crate::kit::Answer {
        self.call(&self.owner, "set_tag", json!({ "contact": self.contact, "tag": tag, "on": true })).await
    }

    async fn set(&self, field: &str, value: Value) -> crate::kit::Answer {
        let arguments = json!({ "contact": self.contact, "field": field, "value": value });
        self.call(&self.owner, "set_value", arguments).await
    }

    async fn note(&self, browser: &Browser, body: &str) -> String {
        let new = json!({ "contact": self.contact, "note": { "body": body } });
        self.call(browser, "write_note", new).await.ok().as_str().unwrap().to_owned()
    }

    async fn notes(&self, browser: &Browser) -> Vec<Value> {
        let page = self.call(browser, "notes", json!({ "contact": self.contact, "after": null })).await.ok();
        page["notes"].as_array().unwrap().clone()
    }

    /// The customer writes under another name of their own.
    async fn writes_as(&self, name: &str, text: &str) {
        self.charla.phone(&self.workspace, name, &format!("+{NUMBER}")).await.writes(text).await;
        eventually(|| async {
            let all = self.owner.conversations(&self.workspace).await;
            all.into_iter().find(|c| c["preview"]["text"] == text)
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_a_member_gave_outlives_what_whatsapp_says_later() {
    let shop = shop().await;
    shop.writes_as("Cora C.", "renamed myself").await;
    assert_eq!(shop.card(&shop.owner).await["contact"]["name"], "Cora C.", "nobody named them: WhatsApp's word holds");
    shop.rename("  Cora   Café ").await;
    shop.writes_as("Corazón", "and again").await;
    let card = shop.card(&shop.owner).await;
    assert_eq!((&card["contact"]["name"], &card["whatsapp_name"]), (&json!("Cora Café"), &json!("Corazón")));
    shop.rename("").await;
    let card = shop.card(&shop.owner).await;
    assert_eq!((&card["contact"]["name"], &card["whatsapp_name"]), (&json!("Corazón"), &Value::Null));
    for bad in ["\u{200b}", &"x".repeat(201)] {
        let answer =
            shop.call(&shop.owner, "rename", json!({ "contact": shop.contact, "name": { "name": bad } })).await;
        assert_eq!(answer.status, 400, "{}", answer.body);
    }
    let names: Vec<(Value, Value)> = sqlx::query_as(
        "SELECT before, after FROM audit_entries WHERE workspace_id = $1::uuid AND action = 'contact.rename' ORDER BY number",
    )
    .bind(&shop.workspace)
    .fetch_all(&shop.charla.raw().await)
    .await
    .unwrap();
    let named = |name: &str| json!({ "name": name });
    assert_eq!(names, [(named("Cora C."), named("Cora Café")), (named("Cora Café"), named("Corazón"))]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rows_of_every_member_get_the_new_name_by_an_event() {
    let shop = shop().await;
    let mia = shop.charla.joins(&shop.owner, &shop.workspace, "Mia Member", "member").await;
    let page = json!({ "workspace": shop.workspace, "filter": "all", "after": null });
    let cursor = mia.call("inbox/conversations", &page).await.ok()["cursor"].as_str().unwrap().to_owned();
    let conversation = row_of(&mia, &shop.workspace, "Cora").await.unwrap()["id"].clone();
    let mut socket = Socket::open(&mia, &shop.workspace, &cursor, Some(&mia.url)).await.unwrap();
    shop.rename("Cora Café").await;
    let mut told = (false, false);
    while told != (true, true) {
        let frame = socket.next_within(Duration::from_secs(10)).await.expect("both events come");
        told.0 |= frame["kind"] == "contact_updated" && frame["contact"] == shop.contact.as_str();
        told.1 |= frame["kind"] == "conversation_updated" && frame["conversation"] == conversation;
    }
    assert!(row_of(&mia, &shop.workspace, "Cora Café").await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_masked_for_viewers_wherever_a_contact_is_shown() {
    let shop = shop().await;
    let vera = shop.charla.joins(&shop.owner, &shop.workspace, "Vera Viewer", "viewer").await;
    shop.rename("Cora Café").await;
    shop.note(&shop.owner, "Prefers mornings.").await;
    let of = json!({ "contact": shop.contact, "after": null });
    for function in ["card", "list", "timeline", "notes"] {
        let answer = shop.call(&vera, function, of.clone()).await;
        assert_eq!(answer.status, 200, "{function}: {}", answer.body);
        assert!(!answer.body.contains(NUMBER), "{function} shows the number: {}", answer.body);
    }
    for page in ["contacts".to_owned(), format!("contacts/{}", shop.contact)] {
        let path = format!("/w/{}/{page}", shop.workspace);
        let answer = vera.open(&path).await;
        assert!(answer.body.contains("Cora Café"), "{path}");
        assert!(!answer.body.contains(NUMBER), "{path} shows the number");
        assert!(shop.owner.open(&path).await.body.contains(NUMBER), "{path} shows it to those who may see it");
    }
    let card = shop.card(&vera).await;
    assert_eq!(card["identities"][0]["value"], format!("+{}33", "•".repeat(11)));
    assert_eq!(shop.card(&shop.owner).await["identities"][0]["value"], format!("+{NUMBER}"));
    let told: Vec<String> = sqlx::query_scalar(
        "SELECT happening::text FROM events WHERE workspace_id = $1::uuid
         UNION ALL SELECT concat(before, after) FROM audit_entries WHERE workspace_id = $1::uuid AND action LIKE 'contact%'",
    )
    .bind(&shop.workspace)
    .fetch_all(&shop.charla.raw().await)
    .await
    .unwrap();
    assert!(told.len() > 3 && !told.iter().any(|told| told.contains(NUMBER)));
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_is_not_changing() {
    let shop = shop().await;
    let vera = shop.charla.joins(&shop.owner, &shop.workspace, "Vera Viewer", "viewer").await;
    let mia = shop.charla.joins(&shop.owner, &shop.workspace, "Mia Member", "member").await;
    let (tag, field) = (shop.tag("VIP").await, shop.field("City", json!({ "kind": "text" })).await);
    let note = shop.note(&shop.owner, "Hers.").await;
    let contact = &shop.contact;
    let changes = [
        ("rename", json!({ "contact": contact, "name": { "name": "Vera's" } }), true),
        ("set_tag", json!({ "contact": contact, "tag": tag, "on": true }), true),
        (
            "set_value",
            json!({ "contact": contact, "field": field, "value": { "type": "text", "value": "Lima" } }),
            true,
        ),
        ("write_note", json!({ "contact": contact, "note": { "body": "hello" } }), true),
        ("create_tag", json!({ "tag": { "name": "New", "colour": "red" } }), true),
        ("edit_note", json!({ "note": note, "text": { "body": "not hers" } }), false),
        ("delete_note", json!({ "note": note }), false),
        ("change_tag", json!({ "tag": tag, "change": { "name": "Other", "colour": "red" } }), false),
        ("delete_tag", json!({ "tag": tag }), false),
        ("create_field", json!({ "field": { "name": "Age", "kind": { "kind": "number" } } }), false),
        ("move_field", json!({ "field": field, "up": true }), false),
        ("change_field", json!({ "field": field, "change": { "name": "Town", "kind": { "kind": "text" } } }), false),
        ("delete_field", json!({ "field": field }), false),
    ];
    for (function, arguments, may_mia) in changes {
        assert_eq!(shop.call(&vera, function, arguments.clone()).await.status, 403, "{function} by a viewer");
        let expected = if may_mia { 200 } else { 403 };
        let answer = shop.call(&mia, function, arguments).await;
        assert_eq!(answer.status, expected, "{function} by a member: {}", answer.body);
    }
    let rights = |card: Value| (card["rights"]["edit"].as_bool(), card["rights"]["define"].as_bool());
    assert_eq!(rights(shop.card(&vera).await), (Some(false), Some(false)));
    assert_eq!(rights(shop.card(&mia).await), (Some(true), Some(false)));
    assert_eq!(rights(shop.card(&shop.owner).await), (Some(true), Some(true)));
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_have_their_own_names_and_their_limits() {
    let shop = shop().await;
    let first = shop.tag(" Big   spender ").await;
    let again =
        shop.call(&shop.owner, "create_tag", json!({ "tag": { "name": "BIG spender", "colour": "red" } })).await;
    assert_eq!((again.status, again.code().as_str()), (409, "contacts.name_taken"));
    for _ in 0..2 {
        shop.put_on(&first).await.ok();
    }
    assert_eq!(shop.card(&shop.owner).await["tags"].as_array().unwrap().len(), 1);

    sqlx::query(
        "INSERT INTO tags (workspace_id, id, name, colour, created_at)
         SELECT $1::uuid, gen_random_uuid(), 'tag ' || n, 'grey', now() FROM generate_series(1, 199) AS n",
    )
    .bind(&shop.workspace)
    .execute(&shop.charla.raw().await)
    .await
    .unwrap();
    let more = shop.call(&shop.owner, "create_tag", json!({ "tag": { "name": "One more", "colour": "red" } })).await;
    assert_eq!((more.status, more.code().as_str()), (409, "contacts.too_many_tags"));
    let all = shop.call(&shop.owner, "tags", json!({})).await.ok();
    let others: Vec<_> = all.as_array().unwrap().iter().filter(|tag| tag["id"] != first.as_str()).collect();
    for tag in &others[..29] {
        shop.put_on(tag["id"].as_str().unwrap()).await.ok();
    }
    let more = shop.put_on(others[29]["id"].as_str().unwrap()).await;
    assert_eq!((more.status, more.code().as_str()), (409, "contacts.too_many_tags_here"));
    assert_eq!(shop.card(&shop.owner).await["tags"].as_array().unwrap().len(), 30);

    assert_eq!(shop.call(&shop.owner, "tag_use", json!({ "tag": first })).await.ok(), 1);
    let change = json!({ "tag": first, "change": { "name": "Gold", "colour": "yellow" } });
    shop.call(&shop.owner, "change_tag", change).await.ok();
    // A page from before that only recolours it would take the new name away.
    let (change, seen) = (json!({ "name": "Tag 0", "colour": "teal" }), json!({ "name": "Tag 0", "colour": "red" }));
    let late = json!({ "tag": first, "change": change, "seen": seen });
    let late = shop.call(&shop.owner, "change_tag", late).await;
    assert_eq!((late.status, late.code().as_str()), (409, "contacts.changed_since"));
    let card = shop.card(&shop.owner).await;
    assert!(card["tags"].as_array().unwrap().iter().any(|tag| tag["name"] == "Gold" && tag["colour"] == "yellow"));
    shop.call(&shop.owner, "set_tag", json!({ "contact": shop.contact, "tag": others[0]["id"], "on": false }))
        .await
        .ok();
    shop.call(&shop.owner, "delete_tag", json!({ "tag": first })).await.ok();
    assert_eq!(shop.card(&shop.owner).await["tags"].as_array().unwrap().len(), 28);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_field_takes_its_own_values_and_no_others() {
    let shop = shop().await;
    let level = json!({ "kind": "choice", "choices": ["Gold", "Silver"] });
    let value = |kind: &str, value: Value| json!({ "type": kind, "value": value });
    let cases = [
        ("City", json!({ "kind": "text" }), value("text", json!("Lima")), value("text", json!("x".repeat(501)))),
        ("Age", json!({ "kind": "number" }), value("number", json!(41.5)), value("number", json!(1e300))),
        ("Born", json!({ "kind": "date" }), value("date", json!("1985-02-28")), value("number", json!(1985))),
        ("Level", level, value("choice", json!("Gold")), value("choice", json!("Bronze"))),
        ("News", json!({ "kind": "yes_no" }), value("yes_no", json!(false)), value("text", json!("perhaps"))),
    ];
    let mut fields = Vec::new();
    for (name, kind, good, bad) in cases {
        let field = shop.field(name, kind).await;
        shop.set(&field, good.clone()).await.ok();
        let answer = shop.set(&field, bad).await;
        assert_eq!(answer.status, 400, "{name}: {}", answer.body);
        assert!(answer.code().starts_with("contacts.value_"), "{name}: {}", answer.body);
        fields.push((field, good));
    }
    // No day of the calendar, and nothing that could be stored as one.
    assert_eq!(shop.set(&fields[2].0, value("date", json!("2026-02-30"))).await.status, 400);
    let known = shop.card(&shop.owner).await["values"].as_array().unwrap().clone();
    assert_eq!(known.len(), 5);
    for (field, good) in &fields {
        assert!(known.contains(&json!({ "field": field, "value": good })), "{good}");
    }
    shop.set(&fields[0].0, Value::Null).await.ok();
    assert_eq!(shop.card(&shop.owner).await["values"].as_array().unwrap().len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_are_ordered_changed_and_deleted_with_their_values() {
    let shop = shop().await;
    let (city, level) = (
        shop.field("City", json!({ "kind": "text" })).await,
        shop.field("Level", json!({ "kind": "choice", "choices": ["Gold"] })).await,
    );
    let bad = [
        json!({ "name": "city", "kind": { "kind": "number" } }),
        json!({ "name": " ", "kind": { "kind": "text" } }),
        json!({ "name": "Empty", "kind": { "kind": "choice", "choices": [] } }),
        json!({ "name": "Twice", "kind": { "kind": "choice", "choices": ["A", "a"] } }),
    ];
    for field in bad {
        let answer = shop.call(&shop.owner, "create_field", json!({ "field": field })).await;
        assert!([400, 409].contains(&answer.status), "{}", answer.body);
    }
    shop.set(&level, json!({ "type": "choice", "value": "Gold" })).await.ok();
    shop.call(&shop.owner, "move_field", json!({ "field": level, "up": true })).await.ok();
    shop.call(&shop.owner, "move_field", json!({ "field": level, "up": true })).await.ok();
    let order: Vec<_> = shop.card(&shop.owner).await["fields"].as_array().unwrap().clone();
    assert_eq!([&order[0]["id"], &order[1]["id"]], [level.as_str(), city.as_str()]);

    let other = json!({ "field": city, "change": { "name": "City", "kind": { "kind": "number" } } });
    assert_eq!(shop.call(&shop.owner, "change_field", other).await.code(), "contacts.kind_fixed");
    let choices = json!({ "kind": "choice", "choices": ["Platinum"] });
    let change = json!({ "field": level, "change": { "name": "Rank", "kind": choices } });
    shop.call(&shop.owner, "change_field", change).await.ok();
    // A page from before that adds a choice would take the new one away.
    let before = json!({ "name": "Level", "kind": { "kind": "choice", "choices": ["Gold", "Silver"] } });
    let after = json!({ "name": "Level", "kind": { "kind": "choice", "choices": ["Gold", "Silver", "Bronze"] } });
    let late = json!({ "field": level, "change": after, "seen": before });
    let late = shop.call(&shop.owner, "change_field", late).await;
    assert_eq!((late.status, late.code().as_str()), (409, "contacts.changed_since"));
    let card = shop.card(&shop.owner).await;
    assert_eq!(card["fields"][0]["name"], "Rank");
    assert_eq!(card["values"][0]["value"]["value"], "Gold", "what was chosen stays chosen");
    assert_eq!(
        shop.set(&level, json!({ "type": "choice", "value": "Gold" })).await.status,
        400,
        "and is offered no more"
    );

    assert_eq!(shop.call(&shop.owner, "field_use", json!({ "field": level })).await.ok(), 1);
    assert_eq!(shop.call(&shop.owner, "delete_field", json!({ "field": level })).await.ok(), 1, "one value is lost");
    let card = shop.card(&shop.owner).await;
    assert_eq!((card["fields"].as_array().unwrap().len(), card["values"].as_array().unwrap().len()), (1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_their_authors_and_a_deleted_one_can_be_had_back() {
    let shop = shop().await;
    let mia = shop.charla.joins(&shop.owner, &shop.workspace, "Mia Member", "member").await;
    let hers = shop.note(&mia, "Prefers mornings.\nCall first.").await;
    let answer =
        shop.call(&mia, "write_note", json!({ "contact": shop.contact, "note": { "body": " \u{200b} " } })).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    shop.call(&mia, "edit_note", json!({ "note": hers, "text": { "body": "Prefers evenings." } })).await.ok();
    let notes = shop.notes(&shop.owner).await;
    assert_eq!((&notes[0]["body"], &notes[0]["author"]["name"]), (&json!("Prefers evenings."), &json!("Mia Member")));
    assert_eq!((&notes[0]["may_edit"], &notes[0]["may_delete"]), (&json!(false), &json!(true)));

    let edit = json!({ "note": hers, "text": { "body": "In her name." } });
    assert_eq!(shop.call(&shop.owner, "edit_note", edit.clone()).await.status, 403, "nobody speaks in another's name");
    shop.call(&shop.owner, "delete_note", json!({ "note": hers })).await.ok();
    assert!(shop.notes(&mia).await.is_empty());
    assert_eq!(shop.call(&mia, "edit_note", edit).await.status, 404);
    shop.call(&mia, "restore_note", json!({ "note": hers })).await.ok();
    assert_eq!(shop.notes(&mia).await[0]["body"], "Prefers evenings.");

    let theirs = shop.note(&shop.owner, "The owner's.").await;
    assert_eq!(shop.call(&mia, "delete_note", json!({ "note": theirs })).await.status, 403);
    let audited: Vec<String> = sqlx::query_scalar(
        "SELECT concat(before, after) FROM audit_entries WHERE workspace_id = $1::uuid AND action LIKE 'contact_note.%'",
    )
    .bind(&shop.workspace)
    .fetch_all(&shop.charla.raw().await)
    .await
    .unwrap();
    assert_eq!(audited.len(), 5);
    assert!(!audited.iter().any(|said| said.contains("evenings")), "{audited:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_and_history_come_in_pages_without_gaps() {
    let shop = shop().await;
    shop.rename("Cora Café").await;
    let tag = shop.tag("VIP").await;
    shop.put_on(&tag).await.ok();
    for n in 0..25 {
        shop.note(&shop.owner, &format!("note {n}")).await;
    }
    for (function, list, expected) in [("notes", "notes", 25), ("timeline", "entries", 29)] {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let arguments = json!({ "contact": shop.contact, "after": after });
            let page = shop.call(&shop.owner, function, arguments).await.ok();
            seen.extend(page[list].as_array().unwrap().iter().map(|entry| entry["id"].to_string()));
            after = page["next"].clone();
            if after.is_null() {
                break;
            }
        }
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!((count, seen.len()), (expected, expected), "{function}");
    }
    let page = shop.call(&shop.owner, "timeline", json!({ "contact": shop.contact, "after": null })).await.ok();
    assert_eq!(page["entries"][0]["what"], json!({ "type": "noted", "text": "note 24" }));
    assert_eq!(page["entries"][0]["by"]["name"], "Olga Owner");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_with_conversations_is_history_for_those_who_may_read_them() {
    let shop = shop().await;
    let entry = json!({ "type": "status", "status": "resolved", "until": null, "reason": null, "by_customer": false });
    sqlx::query(
        "INSERT INTO thread_entries (workspace_id, id, conversation_id, content, at)
         SELECT workspace_id, gen_random_uuid(), id, $2, now() FROM conversations WHERE contact_id = $1::uuid",
    )
    .bind(&shop.contact)
    .bind(&entry)
    .execute(&shop.charla.raw().await)
    .await
    .unwrap();
    let page = shop.call(&shop.owner, "timeline", json!({ "contact": shop.contact, "after": null })).await.ok();
    let kinds: Vec<_> = page["entries"].as_array().unwrap().iter().map(|entry| entry["what"]["type"].clone()).collect();
    assert_eq!(kinds, ["worked", "opened", "first_seen"].map(Value::from));
    assert_eq!(page["entries"][0]["what"]["content"], entry);
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_and_fields_of_another_workspace_are_not_there() {
    let shop = shop().await;
    let (otto, others) = shop.charla.other_tenant(&shop.owner, &shop.workspace).await;
    let theirs = json!({ "workspace": others, "tag": { "name": "Theirs", "colour": "red" } });
    let tag = otto.call("contacts/create_tag", &theirs).await.ok()["id"].as_str().unwrap().to_owned();
    let theirs = json!({ "workspace": others, "field": { "name": "Theirs", "kind": { "kind": "text" } } });
    let field = otto.call("contacts/create_field", &theirs).await.ok()["id"].as_str().unwrap().to_owned();
    assert_eq!(shop.put_on(&tag).await.status, 404);
    assert_eq!(shop.set(&field, json!({ "type": "text", "value": "Lima" })).await.status, 404);
    let (own_tag, own_field) = (shop.tag("Theirs").await, shop.field("Theirs", json!({ "kind": "text" })).await);
    shop.put_on(&own_tag).await.ok();
    shop.set(&own_field, json!({ "type": "text", "value": "Lima" })).await.ok();
}
