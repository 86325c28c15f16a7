//! Rows K1 to K3: health, metrics, limits, hostile connections, stopping. Gate C3.7: bad HTTP.

use std::{collections::BTreeSet, time::Duration};

use charla_server::{
    http::{MostReaders, Rates},
    serve::HostOptions,
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, timeout},
};

use crate::kit::{Charla, Detour, Socket, eventually, fresh_database};

/// Everything the host answers to these bytes on one connection, until it closes it or says nothing for a while.
async fn raw(charla: &Charla, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(charla.url.trim_start_matches("http://")).await.unwrap();
    // It may hang up before it has read everything.
    let _ = stream.write_all(request).await;
    let mut answer = Vec::new();
    let _ = timeout(Duration::from_secs(2), stream.read_to_end(&mut answer)).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status line's number.
fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

// Health

#[tokio::test(flavor = "multi_thread")]
async fn readiness_tells_what_waits() {
    let charla = Charla::start().await;
    let monitor = charla.browser();
    let ready = monitor.get("/health/ready").await.ok();
    assert_eq!((ready["status"].as_str(), ready["database"].as_str()), (Some("ok"), Some("ok")));
    for queue in ["deliveries", "outbox", "jobs"] {
        assert!(ready["queue"][queue]["waiting"].is_i64() && ready["queue"][queue]["lag_seconds"].is_f64(), "{ready}");
    }
    assert_eq!(ready["channels"]["stopped"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_are_told_that_it_is_ready_and_nothing_else() {
    let told = |answer: &str| -> Vec<String> {
        assert_eq!(status(answer), 200, "{answer}");
        let body: serde_json::Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
        body.as_object().unwrap().keys().cloned().collect()
    };
    let charla = Charla::start().await;
    let proxied = b"GET /health/ready HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 203.0.113.9\r\nconnection: close\r\n\r\n";
    assert_eq!(told(&raw(&charla, proxied).await), ["database", "status"], "through a proxy");

    let charla = Charla::start_with(|options| HostOptions {
        metrics_token: Some("the token of the tests".into()),
        rates: Rates { proofs: 3, ..Rates::OFF },
        ..options
    })
    .await;
    let asking = async |token: &str| {
        let request =
            format!("GET /health/ready HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\nconnection: close\r\n\r\n");
        told(&raw(&charla, request.as_bytes()).await)
    };
    let everything = ["channels", "database", "queue", "status"];
    assert_eq!(asking("Bearer the token of the tests").await, everything);
    for _ in 0..5 {
        assert_eq!(asking("Bearer guess").await, ["database", "status"]);
    }
    assert_eq!(asking("Bearer the token of the tests").await, ["database", "status"], "guessing finds out nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_job_that_nobody_does_makes_the_installation_degraded() {
    let charla = Charla::start().await;
    // Of a kind no worker of this version knows: a newer node's, during a rolling upgrade that does not go on.
    sqlx::query(
        "INSERT INTO jobs (id, kind, payload, run_at, created_at)
         VALUES (gen_random_uuid(), 'of_tomorrow', '{}', now() - interval '1 hour', now())",
    )
    .execute(&charla.raw().await)
    .await
    .unwrap();
    let monitor = charla.browser();
    let ready = eventually(|| async {
        let ready = monitor.get("/health/ready").await.ok();
        (ready["status"] == "degraded").then_some(ready)
    })
    .await;
    assert!(ready["queue"]["jobs"]["lag_seconds"].as_f64().unwrap() > 3000.0, "{ready}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_get_in_and_health_answers_while_slow_requests_hold_every_connection() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    // The list of the inbox waits for this lock, and with it every connection for requests.
    let raw = charla.raw().await;
    let mut lock = raw.begin().await.unwrap();
    sqlx::query("LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE").execute(&mut *lock).await.unwrap();
    let slow: Vec<_> = (0..12)
        .map(|_| {
            let (owner, workspace) = (owner.clone(), workspace.clone());
            tokio::spawn(async move {
                let arguments = json!({ "workspace": workspace });
                owner.call("inbox/conversations", &arguments).await.status
            })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(500)).await;

    let began = Instant::now();
    assert_eq!(charla.browser().get("/health/ready").await.status, 200);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    let form = [("email", "olga@example.com"), ("password", crate::kit::PASSWORD)];
    let answer = charla.browser().submit("/session", &form).await;
    assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/")), "{}", answer.body);
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());

    // None of those that got nowhere waits for ever.
    for slow in slow {
        assert_eq!(timeout(Duration::from_secs(10), slow).await.expect("it ended").unwrap(), 503);
    }
    lock.rollback().await.unwrap();
    eventually(|| async { (owner.conversations(&workspace).await.len() == 1).then_some(()) }).await;
}

/// Gate F5.
#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_hangs_everything_is_answered_and_afterwards_all_is_well() {
    let detour = Detour::to(&fresh_database().await).await;
    let charla = Charla::start_on(detour.url.clone(), |options| options).await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let ana = charla.phone(&workspace, "Ana", "+5511900000001").await;
    let mut socket = Socket::open(&owner, &workspace, "0-0", Some(&charla.url)).await.unwrap();
    assert_eq!(socket.next().await["frame"], "ready");

    detour.hang();
    let began = Instant::now();
    assert_eq!(charla.browser().get("/health/live").await.status, 200);
    assert_eq!(charla.browser().get("/health/ready").await.status, 503);
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    let began = Instant::now();
    let members = json!({ "workspace": workspace });
    let inbox = format!("/w/{workspace}/inbox");
    let form = [("email", "olga@example.com"), ("password", crate::kit::PASSWORD)];
    let stranger = charla.browser();
    let (page, call, login, metrics) = tokio::join!(
        owner.open(&inbox),
        owner.call("members/list", &members),
        stranger.submit("/session", &form),
        stranger.get("/metrics"),
    );
    assert_eq!([page.status, call.status, login.status], [503; 3]);
    assert!(page.body.starts_with("<!DOCTYPE html>") && page.headers.contains_key("retry-after"), "{}", page.body);
    assert!(metrics.body.contains("charla_database_up 0"), "{}", metrics.body);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());

    detour.go_on();
    eventually(|| async { (charla.browser().get("/health/ready").await.status == 200).then_some(()) }).await;
    let many: Vec<_> = (0..30)
        .map(|_| {
            let (owner, members) = (owner.clone(), members.clone());
            tokio::spawn(async move { owner.call("members/list", &members).await.status })
        })
        .collect();
    for one in many {
        assert_eq!(one.await.unwrap(), 200, "no connection was lost");
    }
    ana.writes("are you back?").await;
    loop {
        let frame = socket.next_within(Duration::from_secs(20)).await.expect("the live reader is still there");
        if frame.to_string().contains("message_created") {
            break;
        }
    }
}

// Metrics

#[tokio::test(flavor = "multi_thread")]
async fn metrics_count_requests_by_route_and_name_nobody() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    owner.open(&format!("/w/{workspace}/inbox")).await;
    owner.get("/no/such/page/of-yours").await;
    let metrics = charla.browser().get("/metrics").await;
    assert_eq!(metrics.status, 200, "{}", metrics.body);
    assert!(metrics.headers["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
    for expected in [
        "charla_http_requests_total{method=\"GET\",route=\"/w/{workspace}/inbox\",status=\"2xx\"}",
        "charla_http_request_seconds_bucket{method=\"POST\",route=\"/account\",le=\"0.5\"}",
        "charla_http_requests_total{method=\"GET\",route=\"other\",status=\"4xx\"}",
        "charla_pool_connections{pool=\"requests\"}",
        "charla_build_info{version=\"",
        "charla_database_up 1",
        "charla_jobs{state=\"dead\"} 0",
        "charla_deliveries_lag_seconds",
        "charla_outbox_waiting",
        "charla_channels_stopped 0",
        "charla_sockets_open 0",
        "process_start_time_seconds",
    ] {
        assert!(metrics.body.contains(expected), "{expected} is missing:\n{}", metrics.body);
    }
    assert!(!metrics.body.contains(&workspace) && !metrics.body.contains("of-yours"), "labels name nobody");
    let allowed: BTreeSet<&str> =
        ["method", "route", "status", "le", "pool", "state", "version", "limit", "kind", "outcome"].into();
    for line in metrics.body.lines().filter(|line| !line.starts_with('#')) {
        let labels = line.split_once('{').and_then(|(_, rest)| rest.rsplit_once('}')).map_or("", |(labels, _)| labels);
        for label in labels.split("\",").filter(|label| !label.is_empty()) {
            let name = label.split('=').next().unwrap();
            assert!(allowed.contains(name), "a label of unknown size: {line}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_the_operators() {
    let charla = Charla::start().await;
    let monitor = charla.browser();
    assert_eq!(monitor.get("/metrics").await.status, 200, "from this machine");
    let proxied =
        raw(&charla, b"GET /metrics HTTP/1.1\r\nhost: x\r\nx-forwarded-for: 203.0.113.9\r\nconnection: close\r\n\r\n");
    assert_eq!(status(&proxied.await), 403, "through a proxy");
    let named = raw(&charla, b"GET /metrics HTTP/1.1\r\nhost: charla.example\r\nconnection: close\r\n\r\n");
    assert_eq!(status(&named.await), 403, "through a proxy that does not say so");

    let charla = Charla::start_with(|options| HostOptions { production: true, ..options }).await;
    assert_eq!(charla.browser().get("/metrics").await.status, 403, "in production with a token only");

    let charla = Charla::start_with(|options| HostOptions {
        metrics_token: Some("the token of the tests".into()),
        rates: Rates { proofs: 5, ..Rates::OFF },
        ..options
    })
    .await;
    let asking = async |token: &str| {
        let request =
            format!("GET /metrics HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\nconnection: close\r\n\r\n");
        raw(&charla, request.as_bytes()).await
    };
    assert_eq!(status(&asking("Bearer the token of the tests").await), 200);
    for wrong in ["", "Bearer", "Bearer ", "Bearer the token of the test", "the token of the tests"] {
        let answer = asking(wrong).await;
        assert_eq!(status(&answer), 401, "{wrong}");
        assert!(!answer.contains("charla_http"), "{answer}");
    }
    assert_eq!(status(&asking("Bearer guess").await), 429, "whoever goes on guessing");
    assert_eq!(
        status(&asking("Bearer the token of the tests").await),
        429,
        "learns nothing, not even with the right one"
    );
}

// Limits

#[tokio::test(flavor = "multi_thread")]
async fn strangers_who_ask_too_much_are_told_when_to_come_back() {
    let charla =
        Charla::start_with(|options| HostOptions { rates: Rates { anonymous: 20, ..Rates::OFF }, ..options }).await;
    let owner = charla.owner().await; // one of the twenty
    let stranger = charla.browser();
    for _ in 0..19 {
        assert_eq!(stranger.open("/login").await.status, 200);
    }
    let page = stranger.open("/login").await;
    assert_eq!(page.status, 429);
    assert!(page.body.starts_with("<!DOCTYPE html>"), "{}", page.body);
    let seconds: u64 = page.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=4).contains(&seconds), "one in three seconds: {seconds}");

    let program = stranger.call("account/me", &json!({})).await;
    assert_eq!((program.status, program.code().as_str()), (429, "rate_limited"));
    assert!(program.headers.contains_key("retry-after"));
    let forged = charla.browser().with_cookies_of(&owner);
    assert_eq!(forged.open("/account").await.status, 200, "people who are logged in have limits of their own");
    for path in ["/health/live", "/health/ready", "/metrics"] {
        assert_eq!(stranger.get(path).await.status, 200, "{path} is not limited");
    }
    assert_eq!(stranger.get("/no/such/file.js").await.status, 429, "looking for files is");
    assert_eq!(stranger.get("/pkg/no-such-file.js").await.status, 429, "wherever they are not");

    tokio::time::sleep(Duration::from_secs(seconds + 1)).await;
    assert_eq!(stranger.open("/login").await.status, 200, "the time that was told is enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_and_a_workspace_have_limits_of_their_own() {
    let charla = Charla::start_with(|options| HostOptions {
        rates: Rates { session: 12, workspace: 8, ..Rates::OFF },
        ..options
    })
    .await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let ask = async || owner.call("members/list", &json!({ "workspace": workspace })).await;
    for _ in 0..8 {
        assert_eq!(ask().await.status, 200);
    }
    let answer = ask().await;
    assert_eq!((answer.status, answer.code().as_str()), (429, "rate_limited"), "the workspace's");
    assert_eq!(owner.call("account/me", &json!({})).await.status, 200, "what concerns no workspace goes on");
    let mut answer = ask().await;
    while answer.status == 200 {
        answer = ask().await;
    }
    let unknown = owner.call("members/list", &json!({ "workspace": uuid::Uuid::now_v7() })).await;
    assert!([404, 429].contains(&unknown.status), "{}", unknown.body);
    let mut last = owner.call("account/me", &json!({})).await;
    for _ in 0..12 {
        last = owner.call("account/me", &json!({})).await;
    }
    assert_eq!(last.status, 429, "the login's");
    let again = charla.browser();
    let form = [("email", "olga@example.com"), ("password", crate::kit::PASSWORD)];
    assert_eq!(again.submit("/session", &form).await.status, 303);
    assert_eq!(again.call("account/me", &json!({})).await.status, 200, "another login's is its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_are_not_limited_but_forgers_are() {
    let charla =
        Charla::start_with(|options| HostOptions { rates: Rates { anonymous: 10, ..Rates::OFF }, ..options }).await;
    let owner = charla.owner().await; // one of the ten
    let workspace = owner.workspace().await;
    let ana = charla.phone(&workspace, "Ana", "+5511900000001").await;
    for number in 0..15 {
        ana.writes(&format!("message {number}")).await;
    }
    let forger = charla.browser();
    let headers = [("x-hub-signature-256", "sha256=00")];
    let mut answers = Vec::new();
    for _ in 0..15 {
        answers.push(forger.post("/webhooks/meta", &headers, b"{}".to_vec()).await.status);
    }
    assert_eq!(answers[..9], [401; 9]);
    assert!(answers[9..].iter().filter(|status| **status == 429).count() >= 4, "{answers:?}");
    ana.writes("message after that").await;
    eventually(|| async {
        let list = owner.conversations(&workspace).await;
        list.iter().any(|row| row.to_string().contains("message after that")).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_sessions_is_turned_away_and_people_behind_the_same_address_are_not() {
    let charla =
        Charla::start_with(|options| HostOptions { rates: Rates { proofs: 5, ..Rates::OFF }, ..options }).await;
    let owner = charla.owner().await;
    owner.workspace().await;
    let guessing = async |cookie: &str| {
        let request = format!(
            "GET /login HTTP/1.1\r\nhost: x\r\naccept: text/html\r\ncookie: charla_session={cookie}\r\nconnection: close\r\n\r\n"
        );
        status(&raw(&charla, request.as_bytes()).await)
    };
    for _ in 0..10 {
        assert_eq!(guessing("an-old-one").await, 200, "a browser's old cookie is one guess, however often it comes");
    }
    let mut answers = Vec::new();
    for n in 0..8 {
        answers.push(guessing(&format!("guess-{n}")).await);
    }
    assert_eq!(answers[..4], [200; 4]);
    assert!(answers[4..].contains(&429), "{answers:?}");
    assert_eq!(owner.open("/account").await.status, 200, "a login that was right lately");
    assert_eq!(charla.browser().open("/login").await.status, 200, "a stranger who guesses nothing");
    assert_eq!(guessing("an-old-one").await, 200, "somebody who is to log in again");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_addresses_of_webhooks_is_turned_away() {
    let charla =
        Charla::start_with(|options| HostOptions { rates: Rates { proofs: 5, ..Rates::OFF }, ..options }).await;
    let guesser = charla.browser();
    let mut answers = Vec::new();
    for _ in 0..8 {
        let path = format!("/webhooks/meta/{}", uuid::Uuid::now_v7());
        answers.push(guesser.post(&path, &[("x-hub-signature-256", "sha256=00")], b"{}".to_vec()).await.status);
    }
    assert_eq!(answers[..5], [401; 5]);
    assert!(answers[5..].contains(&429), "{answers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_has_so_many_live_readers_and_one_that_leaves_makes_room() {
    let charla = Charla::start_with(|options| HostOptions {
        readers: MostReaders { session: 2, ..MostReaders::OFF },
        ..options
    })
    .await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let open = async || Socket::open(&owner, &workspace, "0-0", Some(&charla.url)).await;
    let (first, _second) = (open().await.unwrap(), open().await.unwrap());
    assert_eq!(open().await.err(), Some(503));
    drop(first);
    eventually(|| async { open().await.ok() }).await;
}

// Other sites

#[tokio::test(flavor = "multi_thread")]
async fn only_listed_sites_may_call_the_interface_from_a_browser() {
    let charla = Charla::start_with(|options| HostOptions {
        cors_origins: vec!["https://shop.example".parse().unwrap()],
        ..options
    })
    .await;
    let asking = async |method: &str, path: &str, origin: &str| {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\norigin: {origin}\r\naccess-control-request-method: POST\r\nconnection: close\r\n\r\n"
        );
        raw(&charla, request.as_bytes()).await.to_lowercase()
    };
    let listed = asking("OPTIONS", "/api/whatsapp/messages", "https://shop.example").await;
    assert_eq!(status(&listed), 204, "{listed}");
    assert!(listed.contains("access-control-allow-origin: https://shop.example"), "{listed}");
    assert!(listed.contains("access-control-allow-methods") && listed.contains("vary: origin"), "{listed}");
    assert!(!listed.contains("access-control-allow-credentials"), "cookies are never for other sites");
    let answered = asking("GET", "/api/whatsapp/messages", "https://shop.example").await;
    assert!(answered.contains("access-control-allow-origin: https://shop.example"), "{answered}");
    for (method, path, origin) in [
        ("OPTIONS", "/api/whatsapp/messages", "https://evil.example"),
        ("OPTIONS", "/api/whatsapp/messages", "null"),
        ("OPTIONS", "/fn/account/me", "https://shop.example"),
        ("OPTIONS", "/api/whatsapp/webhook", "https://shop.example"), // Meta is no browser
        ("GET", "/login", "https://shop.example"),
    ] {
        let answer = asking(method, path, origin).await;
        assert!(!answer.contains("access-control-"), "{method} {path} from {origin}: {answer}");
    }
}

// Bad HTTP

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_can_be_read_in_two_ways_is_refused() {
    let charla = Charla::start().await;
    let refused: &[(&str, &str)] = &[
        ("two lengths", "content-length: 3\r\ncontent-length: 5\r\n\r\nabcde"),
        ("two lengths in one", "content-length: 3, 5\r\n\r\nabcde"),
        ("a signed length", "content-length: +3\r\n\r\nabc"),
        ("a length in hexadecimal", "content-length: 0x3\r\n\r\nabc"),
        ("no length", "content-length:\r\n\r\nabc"),
        ("a coding that is none", "transfer-encoding: xchunked\r\n\r\n0\r\n\r\n"),
        ("chunked, but not at the end", "transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        ("a name with a space behind it", "transfer-encoding : chunked\r\n\r\n0\r\n\r\n"),
        ("a folded field", "x-a: b\r\n transfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
        ("a control character", "x-a: b\u{0}c\r\n\r\n"),
        ("a name that is none", "a b: c\r\n\r\n"),
    ];
    for (what, rest) in refused {
        let request = format!("POST /session HTTP/1.1\r\nhost: x\r\n{rest}");
        let answer = raw(&charla, request.as_bytes()).await;
        assert_eq!(status(&answer), 400, "{what}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{what}: {answer}");
    }
    let old = raw(&charla, b"POST /session HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n").await;
    assert_eq!(status(&old), 400, "chunks in HTTP/1.0: {old}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_second_request_is_smuggled_in_behind_a_first() {
    let charla = Charla::start().await;
    let hidden = "GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n";
    let long = hidden.len() + 5;
    for pair in [
        format!("content-length: {long}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding: chunked\r\ncontent-length: {long}\r\n\r\n0\r\n\r\n{hidden}"),
        format!("transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n\r\n0\r\n\r\n{hidden}"),
        format!(
            "transfer-encoding: identity\r\ntransfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\n{hidden}"
        ),
        format!("content-length: 5\r\ncontent-length: {long}\r\n\r\n0\r\n\r\n{hidden}"),
    ] {
        let answer = raw(&charla, format!("POST /session HTTP/1.1\r\nhost: x\r\n{pair}").as_bytes()).await;
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{pair}\n{answer}");
        assert!(!answer.contains("started"), "the hidden request was answered: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn heads_that_are_too_large_are_refused() {
    let charla = Charla::start().await;
    let with = |fields: &str| format!("GET /health/live HTTP/1.1\r\nhost: x\r\n{fields}connection: close\r\n\r\n");
    let megabyte = with(&format!("x-large: {}\r\n", "a".repeat(1024 * 1024)));
    let answer = raw(&charla, megabyte.as_bytes()).await;
    // It is told so, or finds the connection closed while it still writes.
    assert!(answer.is_empty() || status(&answer) == 431, "{answer}");
    let cookies = raw(&charla, with(&format!("cookie: {}\r\n", "a=b; ".repeat(8000))).as_bytes()).await;
    assert!(cookies.is_empty() || status(&cookies) == 431, "{cookies}");
    let many = raw(&charla, with(&"x-many: 1\r\n".repeat(200)).as_bytes()).await;
    assert_eq!(status(&many), 431, "{many}");
    let path = raw(&charla, format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(100_000)).as_bytes()).await;
    assert!(path.is_empty() || [414, 431].contains(&status(&path)), "{path}");
    assert_eq!(status(&raw(&charla, with("x-small: 1\r\n").as_bytes()).await), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_sends_a_head_byte_by_byte_is_cut_off_and_keeps_nobody_waiting() {
    let charla = Charla::start().await;
    let began = Instant::now();
    let slow = async || {
        let mut stream = TcpStream::connect(charla.url.trim_start_matches("http://")).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n").await.unwrap();
        let mut byte = [0];
        loop {
            match timeout(Duration::from_millis(200), stream.read(&mut byte)).await {
                // Closed, with or without an answer.
                Ok(Ok(0) | Err(_)) => return,
                Ok(Ok(_)) => {}
                Err(_) => {
                    if stream.write_all(b"x").await.is_err() {
                        return;
                    }
                }
            }
            assert!(began.elapsed() < Duration::from_secs(20), "it still holds its connection");
        }
    };
    let quick = async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(charla.browser().get("/health/live").await.status, 200);
    };
    tokio::join!(slow(), slow(), quick);
    assert!(began.elapsed() >= Duration::from_secs(9), "somebody on a slow line has ten seconds");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_beyond_the_limit_are_told_so() {
    let charla = Charla::start_with(|options| HostOptions { connections: 2, ..options }).await;
    let address = charla.url.trim_start_matches("http://").to_owned();
    let held = [TcpStream::connect(&address).await.unwrap(), TcpStream::connect(&address).await.unwrap()];
    let request = b"GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    eventually(|| async { (status(&raw(&charla, request).await) == 503).then_some(()) }).await;
    drop(held);
    eventually(|| async { (status(&raw(&charla, request).await) == 200).then_some(()) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_paths_and_claims_lead_nowhere() {
    let charla = Charla::start().await;
    for path in [
        "/%2e%2e/%2e%2e/etc/passwd",
        "/pkg/../../etc/passwd",
        "/pkg/%2e%2e%2f%2e%2e%2fetc/passwd",
        "//etc/passwd",
        "/..;/health",
    ] {
        let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\naccept: text/html\r\nconnection: close\r\n\r\n");
        let answer = raw(&charla, request.as_bytes()).await;
        assert!(!answer.contains("root:"), "{path}: {answer}");
        assert!((300..500).contains(&status(&answer)), "{path}: {answer}");
    }
    let overridden =
        raw(&charla, b"GET /session HTTP/1.1\r\nhost: x\r\nx-http-method-override: POST\r\nconnection: close\r\n\r\n");
    assert!([404, 405].contains(&status(&overridden.await)), "a method is what the request line says");
}

// Requests and their ids

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_an_id_of_ours() {
    let charla = Charla::start().await;
    let answer =
        raw(&charla, b"GET /health/live HTTP/1.1\r\nhost: x\r\nx-request-id: mine\r\nconnection: close\r\n\r\n").await;
    let id = answer.lines().find_map(|line| line.strip_prefix("x-request-id: ")).expect("an id");
    assert_eq!(id.len(), 32, "ours, not the caller's: {id}");
}

// Stopping

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_is_about_to_stop_says_so_first_and_serves_on() {
    let mut charla = Charla::start_with(|options| HostOptions { drain: Duration::from_secs(2), ..options }).await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let mut socket = Socket::open(&owner, &workspace, "0-0", Some(&charla.url)).await.unwrap();
    let stopped = charla.begin_stopping();
    let balancer = charla.browser();
    eventually(|| async { (balancer.get("/health/ready").await.status == 503).then_some(()) }).await;
    assert_eq!(balancer.get("/health/ready").await.json()["status"], "stopping");
    assert_eq!(balancer.get("/health/live").await.status, 200);
    assert_eq!(owner.call("members/list", &json!({ "workspace": workspace })).await.status, 200, "requests are served");
    stopped.await.unwrap();
    // The live reader was told to come back, and the port is free for the next.
    while socket.next_within(Duration::from_secs(1)).await.is_some() {}
    assert!(TcpStream::connect(charla.url.trim_start_matches("http://")).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_runs_is_finished_when_the_host_stops() {
    let mut charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let raw = charla.raw().await;
    let mut lock = raw.begin().await.unwrap();
    sqlx::query("LOCK TABLE members IN ACCESS EXCLUSIVE MODE").execute(&mut *lock).await.unwrap();
    let running = {
        let (owner, workspace) = (owner.clone(), workspace.clone());
        tokio::spawn(async move { owner.call("members/list", &json!({ "workspace": workspace })).await.status })
    };
    tokio::time::sleep(Duration::from_millis(500)).await;
    let stopped = charla.begin_stopping();
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(!running.is_finished() && !stopped.is_finished());
    lock.rollback().await.unwrap();
    assert_eq!(running.await.unwrap(), 200);
    timeout(Duration::from_secs(20), stopped).await.expect("it ends").unwrap();
}
