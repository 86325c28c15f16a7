//! F13: every order in which Meta may say things.

use std::{collections::BTreeSet, time::Duration};

use futures::future::join_all;
use serde_json::json;
use uuid::Uuid;

use crate::kit::{HeldGraph, Installation, Talk, Tenant, contact, delivery, eventually, pause, status, text};

/// What may happen to a message once its request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// Our request is answered.
    Accepted,
    /// Our request's answer cannot be read.
    Lost,
    /// A status webhook.
    Status(&'static str),
}

use Word::{Accepted, Lost, Status};

/// All orders of some words.
fn orders(words: &[Word]) -> Vec<Vec<Word>> {
    if words.len() < 2 {
        return vec![words.to_vec()];
    }
    let mut all = Vec::new();
    for first in 0..words.len() {
        let mut rest = words.to_vec();
        let word = rest.remove(first);
        for mut order in orders(&rest) {
            order.insert(0, word);
            all.push(order);
        }
    }
    all
}

/// Says one word of each order, and waits until all of them have been heard.
async fn say(installation: &Installation, tenant: &Tenant, graph: &HeldGraph, words: &[(Uuid, &Talk, Word)]) {
    let poster = installation.poster();
    let mut webhooks = Vec::new();
    let mut answered = Vec::new();
    for (message, talk, word) in words {
        match word {
            Accepted => graph.accept(*message),
            Lost => graph.lose(*message),
            Status(name) => {
                let data = graph.callback_data(*message);
                let status = status(&talk.phone, &HeldGraph::wamid(*message), &data, name);
                webhooks.push(delivery(tenant, &[], &[], &[status]));
                continue;
            }
        }
        answered.push(*message);
    }
    join_all(webhooks.iter().map(|body| poster.deliver(body))).await;
    eventually(|| async {
        let unheard: i64 = sqlx::query_scalar(
            "SELECT (SELECT count(*) FROM waiting_deliveries)
                  + (SELECT count(*) FROM attempts WHERE message_id = ANY ($1) AND outcome IS NULL)",
        )
        .bind(&answered)
        .fetch_one(installation.cluster.sql())
        .await
        .unwrap();
        (unheard == 0).then_some(())
    })
    .await;
}

/// F13.
#[tokio::test(flavor = "multi_thread")]
async fn f13_every_order_of_the_answer_and_the_statuses_ends_the_same() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    let graph = HeldGraph::start().await;
    sqlx::query("UPDATE channels SET graph_url = $1, rate = 1000")
        .bind(&graph.url)
        .execute(installation.cluster.sql())
        .await
        .unwrap();
    let stories: [(&[Word], &str); 6] = [
        (&[Accepted, Status("sent"), Status("delivered"), Status("read"), Status("failed")], "read"),
        (&[Accepted, Status("sent"), Status("delivered")], "delivered"),
        (&[Accepted, Status("sent"), Status("failed")], "failed"),
        (&[Accepted, Status("failed")], "failed"),
        (&[Lost, Status("sent"), Status("delivered")], "delivered"),
        (&[Lost, Status("failed")], "failed"),
    ];
    let mut all = Vec::new();
    for (words, end) in stories {
        all.extend(orders(words).into_iter().map(|order| (order, end)));
    }
    for (batch, number) in all.chunks(24).zip(0_usize..) {
        let talks = installation.talks(&tenant, number * 100, batch.len()).await;
        let messages = installation.enqueue(&tenant, &talks).await;
        eventually(|| async { messages.iter().all(|message| graph.holds(*message)).then_some(()) }).await;
        for step in 0..5 {
            let words: Vec<_> = batch
                .iter()
                .zip(messages.iter().zip(&talks))
                .filter_map(|((order, _), (message, talk))| Some((*message, talk, *order.get(step)?)))
                .collect();
            say(&installation, &tenant, &graph, &words).await;
        }
        let states = installation.states(&tenant, &messages).await;
        for ((order, end), message) in batch.iter().zip(&messages) {
            assert_eq!(states[message], *end, "{order:?}");
            let (wamid, outcome): (String, String) = sqlx::query_as(
                "SELECT external_id, outcome FROM messages m JOIN attempts a ON a.message_id = m.id WHERE m.id = $1",
            )
            .bind(message)
            .fetch_one(installation.cluster.sql())
            .await
            .unwrap();
            assert_eq!(wamid, HeldGraph::wamid(*message), "{order:?}");
            assert_eq!(outcome, if order.contains(&Lost) { "unknown" } else { "accepted" }, "{order:?}");
            let heard: Vec<String> =
                sqlx::query_scalar("SELECT state FROM message_events WHERE message_id = $1 AND source = 'webhook'")
                    .bind(message)
                    .fetch_all(installation.cluster.sql())
                    .await
                    .unwrap();
            let said: BTreeSet<&str> =
                order.iter().filter_map(|word| if let Status(name) = word { Some(*name) } else { None }).collect();
            assert_eq!(heard.iter().map(String::as_str).collect::<BTreeSet<_>>(), said, "the recorder of {order:?}");
        }
        installation.is_consistent_at_rest().await;
    }
}

/// F13: what a customer writes before anything tells who they are.
#[tokio::test(flavor = "multi_thread")]
async fn f13_a_message_that_comes_before_its_contact_finds_the_same_person() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    let poster = installation.poster();
    for (order, n) in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]].into_iter().zip(0..) {
        let phone = format!("551197400000{n}");
        let bodies = [
            delivery(&tenant, &[], &[text(&phone, &format!("wamid.f13.{n}.bare"), "who am I?")], &[]),
            delivery(
                &tenant,
                &[contact(&phone, "Ana")],
                &[text(&phone, &format!("wamid.f13.{n}.named"), "I am Ana")],
                &[],
            ),
            delivery(&tenant, &[], &[], &[status(&phone, &format!("wamid.f13.{n}.early"), "", "delivered")]),
        ];
        for place in order {
            poster.deliver(&bodies[place]).await;
            pause(20).await;
        }
        installation.comes_to_rest(Duration::from_secs(30)).await;
        let found: Vec<(String, i32)> = sqlx::query_as(
            "SELECT name, arrived FROM identities i JOIN contacts c ON c.id = i.contact_id JOIN conversations v ON v.contact_id = c.id
             WHERE i.kind = 'phone' AND i.value = $1",
        )
        .bind(&phone)
        .fetch_all(installation.cluster.sql())
        .await
        .unwrap();
        assert_eq!(found, [("Ana".to_owned(), 2)], "{order:?}");
    }
    let kept: i64 =
        sqlx::query_scalar("SELECT count(*) FROM early_statuses").fetch_one(installation.cluster.sql()).await.unwrap();
    assert_eq!(json!(kept), 6, "a status of a message that is not here yet waits for it");
    installation.is_consistent_at_rest().await;
}
