//! F12, F14: Meta says everything more than once, at once or a week later.

use std::time::Duration;

use futures::future::join_all;
use serde_json::json;
use uuid::Uuid;

use crate::kit::{Chance, Installation, contact, delivery, seeds, status, text, text_at};

/// F12.
#[tokio::test(flavor = "multi_thread")]
async fn f12_everything_said_up_to_five_times_at_once_has_one_effect() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    installation.paced(&tenant, 200).await;
    for seed in seeds(20) {
        let mut chance = Chance::of(seed);
        // Statuses by the simulator, each three times at once.
        let thrice =
            json!({ "seed": seed, "graph": [], "webhooks": [{ "fault": "duplicate", "copies": 3, "parallel": true }] });
        installation.meta.script(&thrice).await;
        let talks = installation.talks(&tenant, usize::try_from(seed).unwrap() * 1000, 10).await;
        let messages = installation.enqueue(&tenant, &talks).await;

        let wamids: Vec<String> = (0..20).map(|n| format!("wamid.f12.{seed}.{n}")).collect();
        let mut posts = Vec::new();
        for (wamid, n) in wamids.iter().zip(0_u64..) {
            let phone = format!("551197200{seed:03}{}", n % 5);
            let said = text(&phone, wamid, &format!("text {n}"));
            let body = delivery(&tenant, &[contact(&phone, "Ana")], std::slice::from_ref(&said), &[]);
            for copy in 0..chance.between(1, 5) {
                posts.push(match copy {
                    // The same message twice in one delivery, and in other bytes.
                    1 => delivery(&tenant, &[contact(&phone, "Ana")], &[said.clone(), said.clone()], &[]),
                    2 => [body.as_slice(), b" "].concat(),
                    _ => body.clone(),
                });
            }
        }
        chance.shuffle(&mut posts);
        let poster = installation.poster();
        join_all(posts.iter().map(|body| poster.deliver(body))).await;
        installation.comes_to_rest(Duration::from_mins(1)).await;

        let (rows, unread): (i64, i64) = sqlx::query_as(
            "SELECT count(*), (SELECT sum(unread) FROM conversations WHERE id IN (SELECT conversation_id FROM messages WHERE external_id = ANY ($1)))
             FROM messages WHERE external_id = ANY ($1)",
        )
        .bind(&wamids)
        .fetch_one(installation.cluster.sql())
        .await
        .unwrap();
        assert_eq!((rows, unread), (20, 20), "seed {seed}: messages, unread");
        let verdict = installation.judge(&tenant, &messages).await;
        verdict.keeps_the_promise();
        assert_eq!(verdict.arrived, messages.len(), "seed {seed}: {verdict:?}");
        installation.is_consistent_at_rest().await;
    }
}

/// Everything that a delivery could change.
async fn everything(installation: &Installation) -> Vec<(String, i64)> {
    sqlx::query_as(
        "SELECT 'messages', count(*) FROM messages UNION ALL SELECT 'recorder', count(*) FROM message_events
         UNION ALL SELECT 'contacts', count(*) FROM contacts UNION ALL SELECT 'conversations', count(*) FROM conversations
         UNION ALL SELECT 'identities', count(*) FROM identities UNION ALL SELECT 'arrived', sum(arrived) FROM conversations
         UNION ALL SELECT 'events', count(*) FROM events UNION ALL SELECT 'quarantined', count(*) FROM quarantined_updates
         UNION ALL SELECT 'states ' || state, count(*) FROM messages WHERE state IS NOT NULL GROUP BY state
         UNION ALL SELECT 'previews', sum(hashtext(preview::text)) FROM conversations
         ORDER BY 1",
    )
    .fetch_all(installation.cluster.sql())
    .await
    .unwrap()
}

/// F14.
#[tokio::test(flavor = "multi_thread")]
async fn f14_a_body_of_last_week_is_answered_and_has_no_effect() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    let poster = installation.poster();
    let last_week = jiff::Timestamp::now().as_second() - 8 * 24 * 3600;
    let phone = "5511973000000";
    let old = delivery(
        &tenant,
        &[contact(phone, "Ana")],
        &[
            text_at(phone, "wamid.f14.old", "last week", last_week),
            text_at(phone, "wamid.f14.then", "and then", last_week + 60),
        ],
        &[],
    );
    poster.deliver(&old).await;
    let talks = installation.talks(&tenant, 0, 1).await;
    let messages: Vec<Uuid> = installation.enqueue(&tenant, &talks).await;
    installation.comes_to_rest(Duration::from_secs(30)).await;
    let wamid: String = sqlx::query_scalar("SELECT external_id FROM messages WHERE id = $1")
        .bind(messages[0])
        .fetch_one(installation.cluster.sql())
        .await
        .unwrap();
    let data = format!("msg:{}:1", messages[0]);
    let read = delivery(&tenant, &[], &[], &[status(&talks[0].phone, &wamid, &data, "read")]);
    let sent = delivery(&tenant, &[], &[], &[status(&talks[0].phone, &wamid, &data, "sent")]);
    poster.deliver(&read).await;
    installation.comes_to_rest(Duration::from_secs(30)).await;
    let before = everything(&installation).await;

    // The same bytes, the same in other bytes; then again with nothing left that remembers the bytes.
    for swept in [false, true] {
        if swept {
            for table in ["quarantined_updates", "deliveries"] {
                let delete = sqlx::AssertSqlSafe(format!("DELETE FROM {table}"));
                sqlx::query(delete).execute(installation.cluster.sql()).await.unwrap();
            }
        }
        for body in [&old, &sent, &read] {
            for bytes in [body.clone(), [body.as_slice(), b"\n"].concat()] {
                assert_eq!(poster.post(&bytes).await, Some(200));
            }
        }
        installation.comes_to_rest(Duration::from_secs(30)).await;
        assert_eq!(everything(&installation).await, before, "swept: {swept}");
    }
    installation.is_consistent_at_rest().await;
}
