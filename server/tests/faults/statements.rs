//! F30: the n-th statement fails, for every n.

use std::time::Duration;

use uuid::Uuid;

use crate::kit::{Cut, Installation, Plan, eventually, one_text, scale};

/// F30. A small story from the customer's question to the tick under the answer; the wire to Postgres is cut at the n-th
/// statement of it, before Postgres sees the statement or before the answer comes back.
#[tokio::test(flavor = "multi_thread")]
async fn f30_whichever_statement_fails_the_story_ends_well() {
    let installation = Installation::planned(Plan { wired: true, ..Plan::default() }).await;
    let tenant = installation.tenant.clone();
    let wire = installation.wire.as_ref().unwrap();
    let workspace = tenant.workspace.to_string();
    let mut cuts = 0;
    for n in 1..=i64::try_from(24 * scale()).unwrap() {
        for cut in [Cut::Before, Cut::After] {
            let told = format!("statement {n}, cut {cut:?}");
            let wamid = format!("wamid.f30.{n}.{cut:?}");
            let phone = format!("5511980{n:04}{}", i32::from(cut == Cut::After));
            wire.cut_at(n, cut);
            installation.poster().deliver(&one_text(&tenant, &phone, &wamid, "a question")).await;
            let conversation: Uuid = eventually(|| async {
                sqlx::query_scalar("SELECT conversation_id FROM messages WHERE external_id = $1")
                    .bind(&wamid)
                    .fetch_optional(installation.cluster.sql())
                    .await
                    .unwrap()
            })
            .await;
            let key = Uuid::now_v7().to_string();
            let answer = eventually(|| async {
                let answer = tenant.browser.send(&workspace, &conversation.to_string(), &key, "an answer").await;
                assert!([200, 503].contains(&answer.status), "{told}: {} {}", answer.status, answer.body);
                (answer.status == 200).then_some(answer)
            })
            .await;
            let message: Uuid = answer.json()["id"].as_str().unwrap().parse().unwrap();
            installation.comes_to_rest(Duration::from_mins(1)).await;
            cuts += usize::from(wire.has_cut());

            let (asked, answered): (i64, i64) = sqlx::query_as(
                "SELECT count(*) FILTER (WHERE direction = 'in'), count(*) FILTER (WHERE direction = 'out')
                 FROM messages WHERE conversation_id = $1",
            )
            .bind(conversation)
            .fetch_one(installation.cluster.sql())
            .await
            .unwrap();
            assert_eq!((asked, answered), (1, 1), "{told}: questions, answers");
            let verdict = installation.judge(&tenant, &[message]).await;
            verdict.keeps_the_promise();
            assert!(verdict.failed.is_empty(), "{told}: {verdict:?}");
            installation.is_consistent_at_rest().await;
        }
    }
    assert!(cuts > 10, "{cuts} cuts");
}

/// F30 for what members do with conversations: whichever statement of it fails, it is done whole or not at all, and asking
/// again does it once.
#[tokio::test(flavor = "multi_thread")]
async fn f30_whichever_statement_fails_a_conversation_is_resolved_whole_or_not_at_all() {
    let installation = Installation::planned(Plan { wired: true, ..Plan::default() }).await;
    let tenant = installation.tenant.clone();
    let wire = installation.wire.as_ref().unwrap();
    let workspace = tenant.workspace.to_string();
    let talks = installation.talks(&tenant, 0, 24).await;
    let mut cuts = 0;
    for (talk, n) in talks.iter().zip(0..) {
        let (statement, cut) = (n / 2 + 1, if n % 2 == 0 { Cut::Before } else { Cut::After });
        wire.cut_at(statement, cut);
        let arguments = serde_json::json!({ "workspace": workspace, "conversations": [talk.id],
                                            "change": { "change": "status", "to": { "status": "resolved" } } });
        eventually(|| async {
            let answer = tenant.browser.call("inbox/change", &arguments).await;
            assert!([200, 503].contains(&answer.status), "{statement} {cut:?}: {} {}", answer.status, answer.body);
            (answer.status == 200).then_some(())
        })
        .await;
        cuts += usize::from(wire.has_cut());
        let (resolved, entries, audited): (bool, i64, i64) = sqlx::query_as(
            "SELECT status = 'resolved', (SELECT count(*) FROM thread_entries e WHERE e.conversation_id = c.id),
                    (SELECT count(*) FROM audit_entries a WHERE a.target_id = c.id)
             FROM conversations c WHERE id = $1",
        )
        .bind(talk.id)
        .fetch_one(installation.cluster.sql())
        .await
        .unwrap();
        assert_eq!((resolved, entries, audited), (true, 1, 1), "statement {statement}, cut {cut:?}");
    }
    assert!(cuts > 10, "{cuts} cuts");
    installation.is_consistent_at_rest().await;
}
