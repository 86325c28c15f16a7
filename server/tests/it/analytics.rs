//! Figures with known numbers: the viewer's day, days of 23 and 25 hours, what waits, and who may see them.

use charla_core::{Actor, RequestInfo, Who, analytics};
use charla_shared::{
    analytics::{Range, Zone},
    permission::{Permission, Role},
};
use jiff::Timestamp;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use crate::kit::{Browser, Charla, eventually};

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

/// A workspace with one conversation, whose messages are gone: what is counted is what the test stores.
async fn quiet(charla: &Charla, owner: &Browser) -> (String, Uuid) {
    let workspace = owner.workspace().await;
    let first = eventually(|| async { owner.conversations(&workspace).await.into_iter().next() }).await;
    let conversation: Uuid = first["id"].as_str().unwrap().parse().unwrap();
    let sql = charla.raw().await;
    for statement in [
        "DELETE FROM messages",
        "UPDATE conversations SET arrived = 0, read_through = 0, waiting_since = NULL, created_at = '2020-01-01Z'",
    ] {
        sqlx::query(statement).execute(&sql).await.unwrap();
    }
    (workspace, conversation)
}

/// Stores messages at these times: whether the customer wrote, and how long they had waited.
async fn messages(sql: &PgPool, conversation: Uuid, all: &[(&str, bool, Option<i32>)]) {
    for (number, (at, inbound, waited)) in (1000..).zip(all) {
        sqlx::query(
            "INSERT INTO messages (workspace_id, id, conversation_id, channel_id, direction, author_kind, content, state, at, created_at, arrival, waited_seconds)
             SELECT workspace_id, gen_random_uuid(), id, channel_id, CASE WHEN $3 THEN 'in' ELSE 'out' END,
                    CASE WHEN $3 THEN 'contact' ELSE 'phone' END, '{\"type\":\"sticker\"}', CASE WHEN $3 THEN NULL ELSE 'sent' END,
                    $2::timestamptz, now(), $4, $5
             FROM conversations WHERE id = $1",
        )
        .bind(conversation)
        .bind(at)
        .bind(inbound)
        .bind(number)
        .bind(waited)
        .execute(sql)
        .await
        .unwrap();
    }
}

/// Puts the clock to an instant, and gives the owner as they are then: no login lasts that long.
async fn owner_at(charla: &Charla, workspace: &str, at: &str) -> Actor {
    let at: Timestamp = at.parse().unwrap();
    charla.clock.forward(at.duration_since(charla.core().environment.now()));
    let user: Uuid = sqlx::query_scalar("SELECT user_id FROM members WHERE workspace_id = $1::uuid AND role = 'owner'")
        .bind(workspace)
        .fetch_one(&charla.raw().await)
        .await
        .unwrap();
    Actor {
        workspace: workspace.parse().unwrap(),
        who: Who::Member { user: user.into(), session: Uuid::nil().into(), role: Role::Owner },
        permissions: Role::Owner.permissions(),
        request: RequestInfo::background("test"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn today_is_the_viewers_day_beside_the_same_time_of_other_days() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let (workspace, conversation) = quiet(&charla, &owner).await;
    messages(
        &charla.raw().await,
        conversation,
        &[
            // In Madrid (UTC+2) the 14th of June begins at 22:00 UTC of the 13th.
            ("2028-06-13T21:59:59Z", true, None),
            ("2028-06-13T22:00:00Z", true, None),
            ("2028-06-14T09:00:00Z", false, Some(60)),
            ("2028-06-14T09:30:00Z", false, Some(600)),
            ("2028-06-14T09:40:00Z", false, Some(90)),
            ("2028-06-14T09:45:00Z", false, None),
            // Yesterday before and after this time of the day, and a week ago.
            ("2028-06-13T09:59:00Z", true, None),
            ("2028-06-13T10:01:00Z", true, None),
            ("2028-06-07T08:00:00Z", false, Some(10)),
            ("2028-06-07T12:00:00Z", false, Some(10)),
        ],
    )
    .await;
    let actor = owner_at(&charla, &workspace, "2028-06-14T10:00:00Z").await;
    let madrid = analytics::dashboard(charla.core(), &actor, &zone("Europe/Madrid")).await.unwrap();
    let (today, yesterday, week) = (madrid.today.today, madrid.today.yesterday, madrid.today.last_week);
    assert_eq!((today.inbound, today.outbound, today.active, today.begun), (1, 4, 1, 0));
    assert_eq!((today.wait_median, today.wait_most), (Some(90), Some(600)));
    assert_eq!((yesterday.inbound, yesterday.outbound, yesterday.wait_median), (1, 0, None));
    assert_eq!((week.inbound, week.outbound, week.wait_median), (0, 1, Some(10)));

    let utc = analytics::dashboard(charla.core(), &actor, &Zone::default()).await.unwrap();
    assert_eq!((utc.today.today.inbound, utc.today.today.outbound), (0, 4), "the same moment is another day elsewhere");

    let hours = analytics::volume(charla.core(), &actor, &zone("Europe/Madrid"), Range::Today).await.unwrap();
    assert_eq!((hours.len(), hours[0].label.as_str(), hours[12].label.as_str()), (13, "00:00", "12:00"));
    assert_eq!((hours[0].inbound, hours[11].outbound), (1, 4));
    let week = analytics::volume(charla.core(), &actor, &zone("Europe/Madrid"), Range::Week).await.unwrap();
    let days: Vec<_> = week.iter().map(|day| (day.label.as_str(), day.inbound, day.outbound)).collect();
    assert_eq!(days.first(), Some(&("2028-06-08", 0, 0)), "days without messages are there");
    assert_eq!(days[5..], [("2028-06-13", 3, 0), ("2028-06-14", 1, 4)]);
    let quarter = analytics::volume(charla.core(), &actor, &zone("Europe/Madrid"), Range::Quarter).await.unwrap();
    assert_eq!((quarter.len(), quarter.iter().map(|day| day.inbound + day.outbound).sum::<u32>()), (90, 10));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_meta_did_not_accept_answered_nobody() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let (workspace, conversation) = quiet(&charla, &owner).await;
    let sql = charla.raw().await;
    let waits = [10, 20, 30, 40, 50, 1_000];
    let all: Vec<_> = waits.iter().map(|wait| ("2028-06-14T09:00:00Z", false, Some(*wait))).collect();
    messages(&sql, conversation, &all).await;
    for (wait, state) in
        [(10, "failed"), (20, "unknown"), (30, "queued"), (40, "sending"), (50, "accepted"), (1_000, "read")]
    {
        sqlx::query("UPDATE messages SET state = $2 WHERE waited_seconds = $1")
            .bind(wait)
            .bind(state)
            .execute(&sql)
            .await
            .unwrap();
    }
    let actor = owner_at(&charla, &workspace, "2028-06-14T10:00:00Z").await;
    let today = analytics::dashboard(charla.core(), &actor, &Zone::default()).await.unwrap().today.today;
    assert_eq!((today.wait_median, today.wait_most), (Some(50), Some(1_000)));
    assert_eq!(today.outbound, 6, "they are messages all the same");
}

#[tokio::test(flavor = "multi_thread")]
async fn days_on_which_the_clocks_change_have_23_or_25_hours() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let (workspace, conversation) = quiet(&charla, &owner).await;
    messages(
        &charla.raw().await,
        conversation,
        &[
            // Spring forward in Madrid: after 00:59 UTC (01:59) comes 01:00 UTC (03:00).
            ("2028-03-26T00:59:00Z", true, None),
            ("2028-03-26T01:00:00Z", true, None),
            // Back in autumn: 00:30 and 01:30 UTC are both half past two.
            ("2028-10-29T00:30:00Z", true, None),
            ("2028-10-29T01:30:00Z", true, None),
            ("2028-10-29T22:58:00Z", false, None),
        ],
    )
    .await;
    let madrid = zone("Europe/Madrid");
    let actor = owner_at(&charla, &workspace, "2028-03-26T21:59:00Z").await;
    let spring = analytics::volume(charla.core(), &actor, &madrid, Range::Today).await.unwrap();
    assert_eq!(spring.len(), 23);
    assert_eq!((spring[1].label.as_str(), spring[1].inbound), ("01:00", 1));
    assert_eq!((spring[2].label.as_str(), spring[2].inbound), ("03:00", 1));
    assert_eq!(spring[22].label, "23:00");

    let actor = owner_at(&charla, &workspace, "2028-10-29T22:59:00Z").await;
    let autumn = analytics::volume(charla.core(), &actor, &madrid, Range::Today).await.unwrap();
    assert_eq!(autumn.len(), 25);
    assert_eq!((autumn[2].label.as_str(), autumn[2].inbound), ("02:00", 1));
    assert_eq!((autumn[3].label.as_str(), autumn[3].inbound), ("02:00", 1));
    assert_eq!((autumn[24].label.as_str(), autumn[24].outbound), ("23:00", 1));
    let week = analytics::volume(charla.core(), &actor, &madrid, Range::Week).await.unwrap();
    assert_eq!(week.last().map(|day| (day.inbound, day.outbound)), Some((2, 1)));
    // Half an hour off the hour, no change of clocks.
    let kolkata = analytics::volume(charla.core(), &actor, &zone("Asia/Kolkata"), Range::Today).await.unwrap();
    assert_eq!(kolkata.iter().map(|hour| hour.outbound).sum::<u32>(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_longest_stands_first() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    for (name, number) in [("Bea", "+5511900000002"), ("Carl", "+5511900000003")] {
        charla.phone(&workspace, name, number).await.writes("Is anybody there?").await;
    }
    eventually(|| async { (owner.conversations(&workspace).await.len() == 3).then_some(()) }).await;
    let sql = charla.raw().await;
    for statement in [
        "UPDATE conversations SET waiting_since = NULL",
        "UPDATE conversations c SET waiting_since = now() - interval '2 hours' FROM contacts p WHERE p.id = c.contact_id AND p.name = 'Carl'",
        "UPDATE conversations c SET waiting_since = now() - interval '1 hour', assignee_id = m.user_id
             FROM contacts p, members m WHERE p.id = c.contact_id AND p.name = 'Bea' AND m.workspace_id = c.workspace_id",
        "INSERT INTO thread_entries (workspace_id, id, conversation_id, author_user_id, content, at)
             SELECT c.workspace_id, gen_random_uuid(), c.id, c.assignee_id, '{\"type\":\"note\",\"body\":\"Called.\"}', now()
             FROM conversations c WHERE assignee_id IS NOT NULL",
    ] {
        sqlx::query(statement).execute(&sql).await.unwrap();
    }
    let arguments = json!({ "workspace": workspace, "zone": "America/Sao_Paulo" });
    let figures = owner.call("analytics/dashboard", &arguments).await.ok();
    assert_eq!((figures["waiting"].as_i64(), figures["unread"].as_i64()), (Some(2), Some(3)));
    let names: Vec<_> =
        figures["longest"].as_array().unwrap().iter().map(|row| row["contact"]["name"].clone()).collect();
    assert_eq!(names, ["Carl", "Bea"]);
    assert_eq!(figures["longest"][1]["assignee"]["name"], "Olga Owner");
    let loads: Vec<_> = figures["loads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|load| (load["member"]["name"].as_str(), load["open"].as_i64()))
        .collect();
    assert_eq!(loads, [(None, Some(2)), (Some("Olga Owner"), Some(1))]);
    assert_eq!(figures["activity"][0]["contact"]["name"], "Bea");
    assert_eq!(figures["activity"][0]["entry"]["content"]["type"], "note");

    // Who may not read notes does not read them here either.
    let mut actor = owner_at(&charla, &workspace, &charla.core().environment.now().to_string()).await;
    let lines = analytics::dashboard(charla.core(), &actor, &Zone::default()).await.unwrap().activity.len();
    actor.permissions = actor.permissions.iter().filter(|right| *right != Permission::NotesView).collect();
    let without = analytics::dashboard(charla.core(), &actor, &Zone::default()).await.unwrap().activity;
    assert_eq!(without.len(), lines - 1, "{without:?}");

    // The page has the figures before any script runs, and a viewer's has no phone numbers.
    let page = owner.open(&format!("/w/{workspace}/home")).await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("Waiting longest") && page.body.contains("Carl") && page.body.contains("<rect"),
        "{}",
        page.body
    );
    let viewer = charla.joins(&owner, &workspace, "Vera Viewer", "viewer").await;
    let seen = viewer.call("analytics/dashboard", &arguments).await;
    assert!(seen.status == 200 && !seen.body.contains("5511900000002") && seen.body.contains('•'), "{}", seen.body);
    let export = json!({ "workspace": workspace, "zone": "UTC", "range": "today", "heads": ["Hour", "=1+1", "Out"] });
    assert_eq!(viewer.call("analytics/export", &export).await.status, 403);
    let file = owner.call("analytics/export", &export).await.ok();
    assert!(file.as_str().unwrap().starts_with("Hour,'=1+1,Out\r\n00:00,"), "{file}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_zone_that_is_none_is_refused() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    for zone in ["Mars/Olympus", "no zone", "'; DROP TABLE users; --", ""] {
        for function in ["analytics/dashboard", "analytics/volume"] {
            let answer = owner.call(function, &json!({ "workspace": workspace, "zone": zone, "range": "month" })).await;
            assert_eq!(answer.status, 400, "{zone}: {}", answer.body);
        }
    }
}
