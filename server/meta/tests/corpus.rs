//! Payloads that others have recorded, read by the parser and, independently, by the few lines below: both must see the
//! same kinds, ids, senders, times and words.
//!
//! The corpus lies outside the repository, under `CHARLA_CORPUS`. Without it the test reads the composed payloads beside it.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{collections::BTreeMap, fs, path::PathBuf};

use charla_meta::webhook::{self, ReplayLine};
use serde_json::Value;

/// What one event must come out as. What is `None` is not compared.
#[derive(Debug, Default)]
struct Expected {
    kind: String,
    channel: Option<String>,
    from: Option<String>,
    id: Option<String>,
    at: Option<i64>,
    text: Option<String>,
    status: Option<String>,
}

impl Expected {
    /// The first thing in which a line is another.
    fn differs(&self, line: &ReplayLine) -> Option<String> {
        let at = |at: Option<i64>| at.map(|at| at.to_string());
        let facts = [
            ("kind", Some(self.kind.clone()), Some(line.kind.clone())),
            ("channel", self.channel.clone(), line.channel.clone()),
            ("from", self.from.clone(), line.from.clone()),
            ("id", self.id.clone(), line.id.clone()),
            ("at", at(self.at), at(line.at.map(jiff::Timestamp::as_second))),
            ("text", self.text.clone(), line.text.clone()),
            ("status", self.status.clone(), line.status.clone()),
        ];
        facts
            .into_iter()
            .find(|(_, wanted, got)| wanted.is_some() && wanted != got)
            .map(|(name, wanted, got)| format!("{name}: {got:?} instead of {wanted:?}"))
    }
}

fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Seconds since 1970 of Meta's times: seconds or milliseconds, as text or number.
fn seconds(value: &Value) -> Option<i64> {
    let number: i64 = string(value)?.parse().ok()?;
    Some(if number > 100_000_000_000 { number / 1000 } else { number })
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// The words of a WhatsApp message, where Meta's documents leave no doubt which they are.
fn words(message: &Value) -> Option<String> {
    let at = match message["type"].as_str()? {
        "text" => "/text/body",
        "image" => "/image/caption",
        "video" => "/video/caption",
        "document" => "/document/caption",
        "button" => "/button/text",
        "reaction" => "/reaction/emoji",
        "interactive" if message["interactive"]["type"] == "button_reply" => "/interactive/button_reply/title",
        "interactive" if message["interactive"]["type"] == "list_reply" => "/interactive/list_reply/title",
        _ => return None,
    };
    string(message.pointer(at)?)
}

fn whatsapp(change: &Value, expected: &mut Vec<Expected>) {
    let value = &change["value"];
    let of = |kind: &str, item: &Value, person: [&str; 2], status: &str| Expected {
        kind: kind.to_owned(),
        channel: string(&value["metadata"]["phone_number_id"]),
        from: person.iter().find_map(|name| string(&item[*name])),
        id: string(&item["id"]),
        at: seconds(&item["timestamp"]),
        text: words(item),
        status: string(&item[status]),
    };
    match change["field"].as_str().unwrap_or_default() {
        "messages" => {
            expected.extend(list(&value["messages"]).map(|item| of("message", item, ["from", "from_user_id"], "-")));
            let statuses = list(&value["statuses"]).filter(|item| item["type"] != "call");
            expected.extend(statuses.map(|item| of("status", item, ["recipient_id", "recipient_user_id"], "status")));
        }
        "smb_message_echoes" => {
            expected.extend(list(&value["message_echoes"]).map(|item| of("echo", item, ["to", "to_user_id"], "-")));
        }
        "calls" => expected.extend(list(&value["calls"]).map(|item| of("call", item, ["-", "-"], "event"))),
        field if field.ends_with("_update") && !field.starts_with("group_") => {
            expected.push(Expected { kind: field.to_owned(), ..Expected::default() });
        }
        _ => {}
    }
}

fn messaging(account: Option<String>, item: &Value, expected: &mut Vec<Expected>) {
    let (kind, person) = match item {
        item if item["message"]["is_echo"] == true => ("echo", "recipient"),
        item if item.get("message").is_some() => ("message", "sender"),
        item if item.get("postback").is_some() => ("postback", "sender"),
        item if item.get("reaction").is_some() => ("reaction", "sender"),
        item if item.get("read").is_some() => ("read", "sender"),
        item if item.get("delivery").is_some() => ("delivery", "sender"),
        _ => return,
    };
    expected.push(Expected {
        kind: kind.to_owned(),
        channel: account,
        from: string(&item[person]["id"]),
        id: string(&item["message"]["mid"]),
        at: seconds(&item["timestamp"]),
        text: string(&item["message"]["text"]),
        status: None,
    });
}

fn read_independently(delivery: &Value) -> Vec<Expected> {
    let mut expected = Vec::new();
    for entry in list(&delivery["entry"]) {
        if delivery["object"] == "whatsapp_business_account" {
            list(&entry["changes"]).for_each(|change| whatsapp(change, &mut expected));
        }
        list(&entry["messaging"]).for_each(|item| messaging(string(&entry["id"]), item, &mut expected));
    }
    expected
}

/// The payloads, and whether they are those of others.
fn payloads() -> (Vec<(String, Vec<u8>)>, bool) {
    let corpus = std::env::var_os("CHARLA_CORPUS").map(PathBuf::from);
    let given = corpus.is_some();
    let folder = corpus.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/payloads"));
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} holds no payloads", folder.display());
    let read = |path: PathBuf| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap());
    // What is broken on purpose has its exact lines in `payloads.rs`; the few lines above do not know about it.
    let whole = |(name, _): &(String, Vec<u8>)| given || !name.starts_with("broken-");
    (files.into_iter().map(read).filter(whole).collect(), given)
}

#[test]
fn both_readers_see_the_same_in_every_delivery() {
    let (payloads, given) = payloads();
    let mut differences = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (name, body) in &payloads {
        let Ok(value) = serde_json::from_slice::<Value>(body) else { continue };
        let is_delivery = value["object"].is_string() && value["entry"].is_array();
        let parsed = webhook::parse(body);
        if parsed.is_ok() != is_delivery {
            differences.push(format!("{name}: taken for a delivery: {}", parsed.is_ok()));
        }
        let Ok(delivery) = parsed else { continue };
        let lines: Vec<_> = delivery.updates.iter().map(|update| update.line(name)).collect();
        for line in &lines {
            *seen.entry(line.kind.clone()).or_default() += 1;
        }
        let mut left: Vec<_> = lines.iter().collect();
        for expected in read_independently(&value) {
            if let Some(place) = left.iter().position(|line| expected.differs(line).is_none()) {
                left.remove(place);
            } else {
                let why: Vec<_> = left.iter().filter_map(|line| expected.differs(line)).collect();
                differences.push(format!("{name}: {} {:?}: {why:?}", expected.kind, expected.id));
            }
        }
        if lines.is_empty() && given {
            differences.push(format!("{name}: nothing came of it"));
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
    let least: &[_] =
        if given { &[("message", 50), ("status", 10), ("echo", 3), ("account_update", 8)] } else { &[("message", 5)] };
    for (kind, least) in least {
        let count = seen.get(*kind).copied().unwrap_or_default();
        assert!(count >= *least, "only {count} of kind {kind}: {seen:?}");
    }
}

#[test]
fn nothing_others_have_recorded_is_unreadable() {
    let (payloads, given) = payloads();
    for (name, body) in payloads.into_iter().filter(|_| given) {
        for update in webhook::parse(&body).map(|delivery| delivery.updates).unwrap_or_default() {
            let webhook::UpdateBody::Unreadable { reason } = &update.body else { continue };
            panic!("{name}: {reason}");
        }
    }
}

#[test]
fn a_damaged_delivery_never_panics() {
    use proptest::{
        prelude::{ProptestConfig, any},
        test_runner::TestRunner,
    };
    let (payloads, _) = payloads();
    let config = ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() };
    let damage = (any::<usize>(), any::<usize>(), 0..4, any::<u8>());
    TestRunner::new(config)
        .run(&damage, |(which, place, how, byte)| {
            let mut body = payloads[which % payloads.len()].1.clone();
            let place = place % body.len();
            match how {
                0 => body[place] = byte,
                1 => body.truncate(place),
                2 => body.insert(place, byte),
                _ => _ = body.remove(place),
            }
            for update in webhook::parse(&body).map(|delivery| delivery.updates).unwrap_or_default() {
                let _ = serde_json::to_string(&update.line("damaged")).expect("every line can be written");
            }
            Ok(())
        })
        .unwrap();
}
