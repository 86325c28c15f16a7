//! Bad deliveries over HTTP (gate C3, list 1): signed as Meta signs them and broken in every other way. Each is stored
//! or refused, none is a fault of the server's, none takes long, and what comes after it arrives.

use std::time::{Duration, Instant};

use charla_meta::webhook::signature;
use serde_json::json;

use crate::kit::{APP_SECRET, Charla, eventually};

/// Longest answer to any delivery.
const PATIENCE: Duration = Duration::from_secs(1);

/// A delivery of WhatsApp's with this value in its only change.
fn messages(value: &str) -> Vec<u8> {
    format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages","value":{value}}}]}}]}}"#
    )
    .into_bytes()
}

/// The same delivery, about a number of this account.
fn of_account(account: &str, body: &[u8]) -> Vec<u8> {
    let (any, ours) = (br#""entry":[{"id":"1""#, format!(r#""entry":[{{"id":"{account}""#));
    match body.windows(any.len()).position(|part| part == any) {
        Some(at) => [&body[..at], ours.as_bytes(), &body[at + any.len()..]].concat(),
        None => body.to_vec(),
    }
}

/// One text message to this number, with a body of JSON text as it is.
fn text(channel: &str, id: &str, body: &str) -> String {
    let now = jiff::Timestamp::now().as_second();
    format!(
        r#"{{"metadata":{{"phone_number_id":"{channel}"}},"contacts":[{{"wa_id":"5511900000001","profile":{{"name":"Ana"}}}}],"messages":[{{"from":"5511900000001","id":"{id}","timestamp":"{now}","type":"text","text":{{"body":{body}}}}}]}}"#
    )
}

/// Bodies that no installation should have to see, with the names that a failure shows.
fn bad(channel: &str) -> Vec<(&'static str, Vec<u8>)> {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let metadata = format!(r#""metadata":{{"phone_number_id":"{channel}"}}"#);
    let gzip = vec![0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3, 0xab, 0x56, 0xca, 0x4f];
    let broken_text = [messages(&text(channel, "wamid.latin", "\"caf")), b"\xe9\xff\xfe".to_vec()].concat();
    vec![
        ("nothing", Vec::new()),
        ("blanks", b"  \r\n".to_vec()),
        ("a byte order mark alone", b"\xef\xbb\xbf".to_vec()),
        ("a truncated gzip", gzip),
        ("NUL", vec![0; 64]),
        ("no JSON", b"object=page&entry=1".to_vec()),
        ("half a delivery", messages(&text(channel, "wamid.half", "\"x\""))[..90].to_vec()),
        ("bytes that are no text", broken_text),
        ("a list", b"[]".to_vec()),
        ("null", b"null".to_vec()),
        ("no entries", br#"{"object":"whatsapp_business_account","entry":[]}"#.to_vec()),
        ("an object that is not known", br#"{"object":"telepathy","entry":[{"id":1,"changes":[{}]}]}"#.to_vec()),
        ("a value that is null", messages("null")),
        ("ten thousand levels", messages(&deep)),
        ("ten thousand levels in a message", messages(&text(channel, "wamid.deep", &deep))),
        ("ten thousand levels alone", deep.into_bytes()),
        ("NUL in a text", messages(&text(channel, "wamid.nul", r#""a\u0000b""#))),
        ("NUL in an id", messages(&text(channel, r"wamid.\u0000", r#""x""#))),
        ("half a surrogate pair", messages(&text(channel, "wamid.half-pair", r#""\ud83d""#))),
        ("escapes", messages(&text(channel, "wamid.escapes", r#""\u003cscript\u003e \/ \ud83e\udd99""#))),
        ("a text of 65,000 characters", messages(&text(channel, "wamid.long", &json!("x".repeat(65_000)).to_string()))),
        ("combining towers", messages(&text(channel, "wamid.tower", &json!(format!("Z{}", "\u{301}".repeat(5_000))).to_string()))),
        ("an id of 100,000 characters", messages(&text(channel, &"w".repeat(100_000), r#""x""#))),
        ("times out of range", messages(&format!(r#"{{{metadata},"messages":[{{"from":"1","id":"wamid.time","timestamp":"99999999999999999","type":"text","text":{{"body":"x"}}}}]}}"#))),
        ("a status of nothing", messages(&format!(r#"{{{metadata},"statuses":[{{"id":"wamid.never","status":"delivered","timestamp":"1","recipient_id":"1","biz_opaque_callback_data":"msg:x:y"}}]}}"#))),
        ("a thousand updates that are none", messages(&format!(r#"{{{metadata},"messages":[{}{{}}]}}"#, r#"{"id":7},"#.repeat(999)))),
        ("three megabytes of numbers", messages(&format!(r#"{{{metadata},"messages":[{}0]}}"#, "0,".repeat(1_570_000)))),
        ("three megabytes of text", messages(&text(channel, "wamid.huge", &json!("words ".repeat(520_000)).to_string()))),
        ("an echo from nowhere", br#"{"object":"page","entry":[{"id":"1","messaging":[{"message":{"is_echo":true,"mid":"m"}}],"standby":[7]}]}"#.to_vec()),
        ("more than three megabytes", vec![b' '; 3 * 1024 * 1024 + 1]),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_deliveries_are_stored_or_refused_and_the_next_good_one_arrives() {
    let charla = Charla::start().await;
    let owner = charla.owner().await;
    let workspace = owner.workspace().await;
    let phone = charla.phone(&workspace, "Ana", "+5511900000001").await;
    let meta = charla.browser();
    for (name, body) in bad(phone.channel()) {
        let body = of_account(phone.account(), &body);
        let (signed, began) = (signature::sign(APP_SECRET.as_bytes(), &body), Instant::now());
        let answer = meta.post("/webhooks/meta", &[("x-hub-signature-256", &signed)], body).await;
        assert!(
            answer.status == 200 || (400..500).contains(&answer.status),
            "{name}: {} {}",
            answer.status,
            answer.body
        );
        assert!(began.elapsed() < PATIENCE, "{name} took {:?}", began.elapsed());
    }
    let good = of_account(phone.account(), &messages(&text(phone.channel(), "wamid.good", r#""still here""#)));
    let signed = signature::sign(APP_SECRET.as_bytes(), &good);
    assert_eq!(meta.post("/webhooks/meta", &[("x-hub-signature-256", &signed)], good).await.status, 200);
    eventually(|| async {
        owner.conversations(&workspace).await.into_iter().find(|c| c["preview"]["text"] == "still here")
    })
    .await;
    // Nothing waits to be tried for ever: what could not be read is put aside with its reason.
    eventually(|| async {
        let waiting: i64 =
            sqlx::query_scalar("SELECT count(*) FROM waiting_deliveries").fetch_one(&charla.raw().await).await.unwrap();
        (waiting == 0).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_fits_the_bytes_and_nothing_that_means_the_same() {
    let charla = Charla::start().await;
    let meta = charla.browser();
    let plain = messages(&text("1", "wamid.x", "\"a/b é\""));
    let escaped = String::from_utf8(plain.clone()).unwrap().replace("a/b é", r"a\/b \u00e9").into_bytes();
    let signed = signature::sign(APP_SECRET.as_bytes(), &escaped);
    let headers = [("x-hub-signature-256", signed.as_str())];
    assert_eq!(meta.post("/webhooks/meta", &headers, plain).await.status, 401);
    assert_eq!(meta.post("/webhooks/meta", &headers, escaped).await.status, 200);
}
