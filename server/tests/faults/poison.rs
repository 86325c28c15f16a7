//! F15, F20: updates and jobs that cannot take effect.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::kit::{Installation, eventually, pause, ring, text};

/// Updates that cannot take effect, or can only in part.
fn poisons() -> Vec<(&'static str, String)> {
    let at = jiff::Timestamp::now().as_second();
    let message = |kind: &str, content: &str| {
        format!(r#"{{"from":"5511975000000","id":"wamid.poison","timestamp":"{at}","type":"{kind}",{content}}}"#)
    };
    vec![
        ("a type nobody knows", message("hologram", r#""hologram":{"depth":3}"#)),
        ("NUL in the text", message("text", r#""text":{"body":"a\u0000b"}"#)),
        ("half a surrogate pair", message("text", r#""text":{"body":"\ud83d"}"#)),
        ("deep JSON", message("text", &format!(r#""text":{}{}"#, "[".repeat(10_000), "]".repeat(10_000)))),
        ("a number for a message", "42".to_owned()),
        ("nothing in it", "{}".to_owned()),
        ("no sender", format!(r#"{{"id":"wamid.poison","timestamp":"{at}","type":"text","text":{{"body":"who?"}}}}"#)),
        ("everything of another type", r#"{"from":[],"id":{},"timestamp":{"a":1},"type":7,"text":"x"}"#.to_owned()),
        ("an id too long", message("text", r#""text":{"body":"x"}"#).replace("wamid.poison", &"w".repeat(5000))),
    ]
}

/// F15.
#[tokio::test(flavor = "multi_thread")]
async fn f15_one_update_that_cannot_be_read_does_not_hold_up_the_others() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    let poster = installation.poster();
    for ((name, poison), n) in poisons().into_iter().zip(0..) {
        let neighbours = if n == 0 { 999 } else { 99 };
        let wamids: Vec<String> = (0..neighbours).map(|place| format!("wamid.f15.{n}.{place}")).collect();
        let mut updates: Vec<String> = wamids
            .iter()
            .zip(0..)
            .map(|(wamid, place)| text(&format!("55119760{n}{:04}", place % 50), wamid, "a neighbour").to_string())
            .collect();
        updates.insert(neighbours / 2, poison.replace("wamid.poison", &format!("wamid.poison.{n}")));
        let body = format!(
            r#"{{"object":"whatsapp_business_account","entry":[{{"id":"{}","changes":[{{"field":"messages","value":{{"messaging_product":"whatsapp","metadata":{{"display_phone_number":"15550000001","phone_number_id":"{}"}},"messages":[{}]}}}}]}}]}}"#,
            tenant.account,
            tenant.number,
            updates.join(",")
        );
        let began = Instant::now();
        assert_eq!(poster.post(body.as_bytes()).await, Some(200), "{name}");
        assert!(began.elapsed() < Duration::from_secs(1), "{name}: answered after {:?}", began.elapsed());
        installation.comes_to_rest(Duration::from_secs(30)).await;

        assert_eq!(installation.stored(&wamids).await, wamids.len(), "{name}: the neighbours");
        let quarantined: Vec<(String, String)> =
            sqlx::query_as("DELETE FROM quarantined_updates RETURNING reason, detail")
                .fetch_all(installation.cluster.sql())
                .await
                .unwrap();
        let applied: bool = sqlx::query_scalar("SELECT EXISTS (SELECT FROM messages WHERE external_id = $1)")
            .bind(format!("wamid.poison.{n}"))
            .fetch_one(installation.cluster.sql())
            .await
            .unwrap();
        match quarantined.as_slice() {
            [] => assert!(applied, "{name}: neither applied nor quarantined"),
            [(reason, _)] => assert!(!applied && !reason.is_empty(), "{name}: {reason:?}, applied: {applied}"),
            more => panic!("{name}: {more:?}"),
        }
        installation.is_consistent_at_rest().await;
    }
}

/// F15: a body that is no delivery at all is kept, and what comes after it goes on.
#[tokio::test(flavor = "multi_thread")]
async fn f15_bodies_that_are_no_deliveries_are_kept_and_passed_by() {
    let installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    let poster = installation.poster();
    let deep = [b"[".repeat(100_000), b"]".repeat(100_000)].concat();
    let bodies: [&[u8]; 7] = [b"", b"null", b"{\"object\":", b"\xff\xfe\x00", b"[1,2,3]", &deep, b"\"text\""];
    for body in bodies {
        assert_eq!(poster.post(body).await, Some(200), "{:?}", String::from_utf8_lossy(&body[..body.len().min(20)]));
    }
    installation.meta.writes("+5511977000000", &tenant.number, "and I?").await;
    eventually(|| async {
        let there: bool =
            sqlx::query_scalar("SELECT EXISTS (SELECT FROM messages WHERE content ->> 'body' = 'and I?')")
                .fetch_one(installation.cluster.sql())
                .await
                .unwrap();
        there.then_some(())
    })
    .await;
    installation.comes_to_rest(Duration::from_secs(30)).await;
    installation.is_consistent_at_rest().await;
}

async fn job(installation: &Installation, workspace: Uuid, kind: &str, payload: &serde_json::Value) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "INSERT INTO jobs (id, workspace_id, kind, payload, run_at, created_at) VALUES ($1, $2, $3, $4, now(), now())",
    )
    .bind(id)
    .bind(workspace)
    .bind(kind)
    .bind(payload)
    .execute(installation.cluster.sql())
    .await
    .unwrap();
    id
}

/// F20.
#[tokio::test(flavor = "multi_thread")]
async fn f20_jobs_that_can_never_be_done_are_buried_with_the_reason() {
    let mut installation = Installation::start().await;
    let tenant = installation.tenant.clone();
    let nonsense = [json!({}), json!({ "message": 5 }), json!([]), json!("x"), json!({ "message": Uuid::nil() })];
    let mut never = Vec::new();
    for payload in &nonsense {
        never.push(job(&installation, tenant.workspace, "send_read_receipt", payload).await);
    }
    // A kind of another release: whoever knows it may come back, so it is kept.
    let unknown = job(&installation, tenant.workspace, "from_the_future", &json!({})).await;
    ring(installation.cluster.sql()).await;

    let talks = installation.talks(&tenant, 0, 50).await;
    let messages = installation.enqueue(&tenant, &talks).await;
    installation.has_arrived(&tenant, messages.len(), Duration::from_secs(15)).await;
    eventually(|| async {
        let left: Vec<(String, String, Option<String>)> =
            sqlx::query_as("SELECT payload::text, state, last_error FROM jobs WHERE id = ANY ($1)")
                .bind(&never)
                .fetch_all(installation.cluster.sql())
                .await
                .unwrap();
        // One whose message is not there has nothing to do, which is done.
        left.iter().all(|(_, state, error)| state == "dead" && error.is_some()).then_some(())
    })
    .await;
    let (state, tries): (String, i32) = sqlx::query_as("SELECT state, tries FROM jobs WHERE id = $1")
        .bind(unknown)
        .fetch_one(installation.cluster.sql())
        .await
        .unwrap();
    assert!(state == "waiting" && tries == 0 || state == "dead", "{state} after {tries} tries");
    assert!(installation.node().runs());
    installation.is_consistent().await;
}

/// F20: a Meta that never answers holds up one number alone.
#[tokio::test(flavor = "multi_thread")]
async fn f20_requests_that_hang_hold_up_nobody_else() {
    let installation = Installation::start().await;
    let (tenant, stuck) = (installation.tenant.clone(), installation.second_tenant().await);
    installation.paced(&tenant, 50).await;
    installation.paced(&stuck, 50).await;
    // Takes connections and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((connection, _)) = silent.accept().await {
            open.push(connection);
        }
    });
    sqlx::query("UPDATE channels SET graph_url = $2 WHERE workspace_id = $1")
        .bind(stuck.workspace)
        .bind(address)
        .execute(installation.cluster.sql())
        .await
        .unwrap();
    let hanging = installation.talks(&stuck, 0, 100).await;
    installation.enqueue(&stuck, &hanging).await;
    for talk in &hanging[..20] {
        let newest: Uuid =
            sqlx::query_scalar("SELECT id FROM messages WHERE conversation_id = $1 AND direction = 'in'")
                .bind(talk.id)
                .fetch_one(installation.cluster.sql())
                .await
                .unwrap();
        let arguments = json!({ "workspace": stuck.workspace, "conversation": talk.id, "through": newest });
        assert_eq!(stuck.browser.call("inbox/mark_read", &arguments).await.status, 200);
    }
    pause(1000).await;

    let talks = installation.talks(&tenant, 1000, 150).await;
    let messages = installation.enqueue(&tenant, &talks).await;
    let began = Instant::now();
    installation.has_arrived(&tenant, messages.len(), Duration::from_secs(10)).await;
    let share = 3.0 / began.elapsed().as_secs_f64();
    assert!(share >= 0.5, "{share:.2} of the pace beside a number that hangs");
    installation.meta.writes("+5511978000000", &tenant.number, "still there?").await;
    eventually(|| async {
        let list = tenant.browser.conversations(&tenant.workspace.to_string()).await;
        list.into_iter().find(|row| row["preview"]["text"] == "still there?")
    })
    .await;
    installation.is_consistent().await;
}
