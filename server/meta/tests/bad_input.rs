//! Webhooks that nobody should send (quality-gates C3.1): whatever comes, the parser does not panic, takes less than a
//! second and little memory, and what is good beside it is read.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![expect(unsafe_code, reason = "an allocator that counts is unsafe by its trait")]

mod kit;

use std::time::Instant;

use charla_meta::webhook::{Content, NotADelivery, Update, UpdateBody, parse as parse_unwatched, signature};
use proptest::{
    prelude::*,
    sample::Index,
    test_runner::{TestCaseError, TestRunner},
};

use kit::{Json, deliveries, fuzz_time, parse};

/// A change that nothing is wrong with.
const GOOD: &str = r#"{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"118830274650192"},"contacts":[{"profile":{"name":"Ana"},"wa_id":"5511900000001"}],"messages":[{"from":"5511900000001","id":"wamid.good","timestamp":"1739321024","type":"text","text":{"body":"still here"}}]}}"#;

const MEGABYTES_3: usize = 3 * 1024 * 1024;

/// A delivery of WhatsApp's with these entries.
fn delivery(entries: &str) -> Vec<u8> {
    format!(r#"{{"object":"whatsapp_business_account","entry":[{entries}]}}"#).into_bytes()
}

/// One with this change, and after it, in an entry of its own, a good one.
fn beside(change: &str) -> Vec<u8> {
    delivery(&format!(r#"{{"id":"1","changes":[{change}]}},{{"id":"2","changes":[{GOOD}]}}"#))
}

/// A change of messages with this value's members.
fn messages(members: &str) -> String {
    format!(r#"{{"field":"messages","value":{{"metadata":{{"phone_number_id":"1"}},{members}}}}}"#)
}

/// A message of a type with this object.
fn message(kind: &str, object: &str) -> String {
    messages(&format!(
        r#""messages":[{{"from":"1","id":"wamid.bad","timestamp":"1","type":"{kind}","{kind}":{object}}}]"#
    ))
}

/// As many of a piece as fit into three megabytes beside an envelope.
fn full_of(piece: &str) -> String {
    let mut text = piece.repeat((MEGABYTES_3 - 1024) / piece.len());
    if text.ends_with(',') {
        text.pop();
    }
    text
}

fn is_good(update: &Update) -> bool {
    matches!(&update.body, UpdateBody::Message(message) if message.id == "wamid.good" && message.text() == Some("still here"))
}

/// Whether it is a whole delivery, kept because it is like none of Meta's.
fn is_whole(update: &Update) -> bool {
    let words = std::str::from_utf8(update.raw_bytes()).unwrap();
    matches!(update.body, UpdateBody::Unreadable { .. }) && words.len() > 20_000 && words.contains(r#""object":"#)
}

/// What holds of every delivery: it can be shown, and its raw words are words of the body.
fn sound(name: &str, body: &[u8]) -> Vec<Update> {
    let Ok(read) = parse(name, body) else { return Vec::new() };
    for update in &read.updates {
        let line = serde_json::to_string(&update.line(name)).unwrap();
        assert!(line.starts_with("{\"file\""), "{name}: {line}");
        assert!(!update.raw_bytes().is_empty(), "{name}: an update without its words");
    }
    read.updates
}

#[test]
fn what_is_no_delivery_is_refused_in_words() {
    let gzip = [0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3, 0xab, 0x56, 0xca, 0x4f];
    let not_json: [&[u8]; 8] =
        [b"", b"   ", b"\xef\xbb\xbf", b"{", b"object=page&entry=1", &gzip, b"\0", b"{\"object\":\"page\",\"entry\":["];
    for body in not_json {
        assert_eq!(parse("not JSON", body).err(), Some(NotADelivery::NotJson), "{}", body.escape_ascii());
    }
    for body in ["null", "1", "\"page\"", "[]", "{}", r#"{"object":null,"entry":[]}"#, r#"{"object":"page"}"#] {
        assert_eq!(parse("no envelope", body.as_bytes()).err(), Some(NotADelivery::NoEnvelope), "{body}");
    }
    for empty in [r#"{"object":"page","entry":[]}"#, r#"{"object":"page","entry":null}"#, r#"{"object":7,"entry":"x"}"#]
    {
        assert!(parse("empty", empty.as_bytes()).unwrap().updates.is_empty(), "{empty}");
    }
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let body = [b"\xef\xbb\xbf".as_slice(), &beside(GOOD)].concat();
    assert_eq!(sound("byte order mark", &body).iter().filter(|update| is_good(update)).count(), 2);
}

#[test]
fn ten_thousand_levels_are_no_danger_wherever_they_are() {
    let lists = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let objects = format!("{}1{}", r#"{"message":"#.repeat(10_000), "}".repeat(10_000));
    for deep in [&lists, &objects] {
        for change in [
            deep.clone(),
            format!(r#"{{"field":{deep},"value":{{}}}}"#),
            format!(r#"{{"field":"messages","value":{deep}}}"#),
            format!(r#"{{"field":"account_update","value":{deep}}}"#),
            messages(&format!(r#""messages":{deep}"#)),
            messages(&format!(r#""messages":[{deep}]"#)),
            messages(&format!(r#""contacts":[{deep}]"#)),
            messages(&format!(r#""statuses":[{deep}]"#)),
            message("text", &format!(r#"{{"body":{deep}}}"#)),
            message("interactive", deep),
            message("edit", &format!(r#"{{"original_message_id":"x","message":{deep}}}"#)),
        ] {
            let updates = sound("deep", &beside(&change));
            assert!(updates.iter().any(is_good), "{}", &change[..100]);
        }
        sound("deep body", deep.as_bytes());
        sound("deep object", format!(r#"{{"object":{deep},"entry":{deep}}}"#).as_bytes());
        sound("deep entry", &delivery(deep));
        sound("deep item", format!(r#"{{"object":"page","entry":[{{"id":"1","messaging":[{deep}]}}]}}"#).as_bytes());
    }
}

#[test]
fn three_megabytes_of_anything_are_read_or_kept_whole() {
    let quoted = |text: &str| format!("\"{}\"", full_of(text));
    let list = |piece: &str| format!("[{}]", full_of(piece));
    let anything = [
        ("a long text", message("text", &format!(r#"{{"body":{}}}"#, quoted("words ")))),
        ("escapes", message("text", &format!(r#"{{"body":{}}}"#, quoted("\\u0061\\/")))),
        ("half surrogates", message("text", &format!(r#"{{"body":{}}}"#, quoted("\\ud83d")))),
        ("backslashes", message("text", &format!(r#"{{"body":{}}}"#, quoted("\\\\")))),
        ("brackets in a text", message("text", &format!(r#"{{"body":{}}}"#, quoted("[{,")))),
        ("numbers", message("contacts", &list("0,"))),
        ("lists", message("contacts", &list("[],"))),
        ("cards", message("contacts", &list("{},"))),
        ("short texts", message("contacts", &list("\"abcdefgh\","))),
        ("an object of one key", message("text", &format!("{{{}}}", full_of("\"body\":1,")))),
        (
            "answers of a form",
            message("interactive", &format!(r#"{{"nfm_reply":{{"response_json":"[{}]"}}}}"#, full_of("0,"))),
        ),
        ("a long number", message("location", &format!(r#"{{"latitude":{},"longitude":1}}"#, full_of("1")))),
        ("empty messages", messages(&format!(r#""messages":{}"#, list("{},")))),
        ("messages that are numbers", messages(&format!(r#""messages":{}"#, list("1,")))),
        ("messages that are texts", messages(&format!(r#""messages":{}"#, list("\"a message it is not\",")))),
        ("statuses", messages(&format!(r#""statuses":{}"#, list(r#"{"id":"wamid.x","status":"sent"},"#)))),
        ("cards with a word each", message("contacts", &list(r#"{"name":"a name of a card"},"#))),
        (
            "a history",
            format!(
                r#"{{"field":"history","value":{{"history":[{{"threads":{}}}]}}}}"#,
                list(r#"{"id":"a thread of messages"},"#)
            ),
        ),
        ("contacts", messages(&format!(r#""messages":[],"contacts":{}"#, list(r#"{"wa_id":"5511900000001"},"#)))),
        ("changes", full_of(r#"{"field":"a","value":"a value of this field"},"#)),
        ("empty changes", full_of("{},")),
        ("blanks", format!("{}{GOOD}", full_of(" \n"))),
    ];
    for (name, change) in anything {
        let body = beside(&change);
        let updates = sound(name, &body);
        let whole = |update: &Update| {
            matches!(update.body, UpdateBody::Unreadable { .. }) && update.raw_bytes().len() > MEGABYTES_3 / 2
        };
        assert!(updates.iter().any(|update| is_good(update) || whole(update)), "{name}: the good message is lost");
    }
    for (name, entries) in [("entries", full_of("{},")), ("texts for entries", full_of("\"no entry at all\","))] {
        assert!(!sound(name, &delivery(&entries)).is_empty(), "{name}");
    }
    let not_text =
        [beside(&message("text", "{\"body\":\"")).as_slice(), &vec![0xff; MEGABYTES_3 - 1024], b"\"}]}"].concat();
    sound("bytes that are no text", &not_text);
    let mixed =
        [b"{\"object\":\"page\",\"entry\":[{\"id\":\"".as_slice(), &b"a\xff".repeat(MEGABYTES_3 / 2 - 512), b"\"}]}"]
            .concat();
    sound("text and bytes that are none", &mixed);
}

#[test]
fn many_messages_find_their_many_contacts_in_time() {
    let (contacts, texts): (Vec<_>, Vec<_>) = (0..5_000)
        .map(|n| {
            let contact = format!(r#"{{"wa_id":"{n:011}","profile":{{"name":"Customer {n}"}}}}"#);
            let text = format!(
                r#"{{"from":"{:011}","id":"wamid.{n}","timestamp":"1","type":"text","text":{{"body":"x"}}}}"#,
                4_999 - n
            );
            (contact, text)
        })
        .unzip();
    let change = messages(&format!(r#""contacts":[{}],"messages":[{}]"#, contacts.join(","), texts.join(",")));
    let updates = sound("many contacts", &delivery(&format!(r#"{{"id":"1","changes":[{change}]}}"#)));
    assert_eq!(updates.len(), 5_000);
    for (place, update) in updates.iter().enumerate() {
        let UpdateBody::Message(message) = &update.body else { panic!("{update:?}") };
        assert_eq!(message.sender.name, Some(format!("Customer {}", 4_999 - place)));
    }
}

#[test]
fn a_thousand_updates_are_read_and_what_nobody_batches_is_cut() {
    let text = r#"{"from":"1","id":"wamid.x","timestamp":"1","type":"text","text":{"body":"hello"}}"#;
    let many = |count: usize| {
        let change = messages(&format!(r#""messages":[{}]"#, vec![text; count].join(",")));
        sound("many", &delivery(&format!(r#"{{"id":"1","changes":[{change}]}}"#)))
    };
    assert_eq!(many(1_000).iter().filter(|update| matches!(update.body, UpdateBody::Message(_))).count(), 1_000);
    let cut = many(6_000);
    assert_eq!(cut.len(), 5_001, "five thousand, and the whole delivery");
    let last = cut.last().unwrap();
    assert!(matches!(last.body, UpdateBody::Unreadable { .. }) && last.raw_bytes().starts_with(b"{\"object\""));
}

#[test]
fn bytes_that_are_no_text_and_nul_do_not_lose_a_message() {
    for (written, read) in
        [("a\\u0000b", "a\0b"), ("\\ud83d and more", "\u{fffd} and more"), ("\\ud83e\\udd99 \\/", "🦙 /")]
    {
        let updates = sound("escapes", &beside(&message("text", &format!(r#"{{"body":"{written}"}}"#))));
        let UpdateBody::Message(message) = &updates[0].body else { panic!("{:?}", updates[0]) };
        assert_eq!(message.text(), Some(read));
        assert!(updates.iter().any(is_good));
    }
    let body = beside(&message("text", r#"{"body":"caf#"}"#));
    let place = body.iter().position(|byte| *byte == b'#').unwrap();
    let latin = [&body[..place], b"\xe9", &body[place + 1..]].concat();
    let updates = sound("Latin-1", &latin);
    let UpdateBody::Message(message) = &updates[0].body else { panic!("{:?}", updates[0]) };
    assert_eq!(message.text(), Some("caf\u{fffd}"));
}

#[test]
fn the_signature_is_over_the_bytes_and_not_over_what_they_mean() {
    for (name, json) in deliveries() {
        let (plain, escaped) = (json.write(), json.write_escaped());
        let signed = signature::sign(b"secret", &escaped);
        assert_eq!(signature::verify(b"secret", Some(&signed), &escaped), Ok(()), "{name}");
        assert_eq!(signature::verify(b"secret", Some(&signed), &plain).is_ok(), plain == escaped, "{name}");
        let lines = |body: &[u8]| sound(&name, body).iter().map(|update| update.line(&name)).collect::<Vec<_>>();
        assert_eq!(lines(&plain), lines(&escaped), "{name}: both mean the same");
    }
}

/// What is put in the place of something else.
const ODD: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1e400",
    "-0.0",
    "99999999999999999999999999",
    "1739321024",
    "1.5",
    "\"\"",
    "\" \"",
    "\"0\"",
    "\"-1\"",
    "\"1739321024000\"",
    "\"\\u0000\"",
    "\"\\ud83d\"",
    "\"\\udc00\\ud83d\"",
    "\"\\/\\\"\\\\\"",
    "\"whatsapp_business_account\"",
    "\"BR.1234567890\"",
    "\"text\"",
    "\"edit\"",
    "\"\u{202e}\u{200b}🦙\"",
    "[]",
    "[null]",
    "[[]]",
    "{}",
    "{\"id\":null}",
    "{\"\":{}}",
];

/// The ways in which a node can be wrong.
#[derive(Debug, Clone)]
enum Wrong {
    /// Something else stands in its place.
    Odd(Index),
    /// A number as text, or text as a number or without its quotes.
    OtherType,
    /// A member or item is missing.
    Missing(Index),
    /// A member stands twice, the second time as something else; an item is repeated.
    Twice(Index, Index),
    /// There is something more.
    Extra(Index),
    /// It stands in a list, or in that many.
    Wrapped(u8),
    /// A piece of another delivery stands in its place.
    Foreign(Index, Index),
    /// A member's name is another's.
    Renamed(Index, Index),
}

const NAMES: &[&str] = &[
    "id",
    "type",
    "messages",
    "statuses",
    "field",
    "value",
    "message",
    "edit",
    "errors",
    "text",
    "\u{0}",
    "\u{1f999}",
];

impl Wrong {
    fn any() -> impl Strategy<Value = Self> {
        let index = || any::<Index>();
        prop_oneof![
            4 => index().prop_map(Self::Odd),
            2 => Just(Self::OtherType),
            2 => index().prop_map(Self::Missing),
            2 => (index(), index()).prop_map(|(a, b)| Self::Twice(a, b)),
            1 => index().prop_map(Self::Extra),
            1 => (1_u8..200).prop_map(Self::Wrapped),
            2 => (index(), index()).prop_map(|(a, b)| Self::Foreign(a, b)),
            2 => (index(), index()).prop_map(|(a, b)| Self::Renamed(a, b)),
        ]
    }

    fn strike(&self, node: &mut Json, all: &[(String, Json)]) {
        let odd = |which: &Index| Json::Leaf((*which.get(ODD)).to_owned());
        match (self, node) {
            (Self::Odd(which), node) => *node = odd(which),
            (Self::OtherType, Json::Leaf(leaf)) => {
                let text = leaf.trim_matches('"');
                let number = text.parse::<i64>().is_ok() && !text.starts_with(['0', '+', '-']);
                *leaf = if leaf.starts_with('"') && number { text.to_owned() } else { Json::text(text) };
            }
            (Self::Missing(which), Json::Object(members)) if !members.is_empty() => {
                members.remove(which.index(members.len()));
            }
            (Self::Missing(which), Json::List(items)) if !items.is_empty() => {
                items.remove(which.index(items.len()));
            }
            (Self::Twice(which, other), Json::Object(members)) if !members.is_empty() => {
                let name = which.get(members).0.clone();
                members.push((name, odd(other)));
            }
            (Self::Twice(which, times), Json::List(items)) if !items.is_empty() => {
                let item = which.get(items).clone();
                items.extend(vec![item; times.index(6)]);
            }
            (Self::Extra(which), Json::Object(members)) => members.insert(0, ("a_new_thing".to_owned(), odd(which))),
            (Self::Extra(which), Json::List(items)) => items.insert(0, odd(which)),
            (Self::Wrapped(levels), node) => {
                for _ in 0..*levels {
                    *node = Json::List(vec![node.clone()]);
                }
            }
            (Self::Foreign(which, place), node) => {
                let mut other = which.get(all).1.clone();
                let place = place.index(other.size());
                if let Some(piece) = other.node(place) {
                    *node = piece.clone();
                }
            }
            (Self::Renamed(which, name), Json::Object(members)) if !members.is_empty() => {
                let place = which.index(members.len());
                (*name.get(NAMES)).clone_into(&mut members[place].0);
            }
            _ => {}
        }
    }
}

/// The delivery with a good entry after its own; none when it has no list of entries.
fn with_good_entry(json: &Json) -> Json {
    let mut json = json.clone();
    let good: serde_json::Value = serde_json::from_str(&format!(r#"{{"id":"2","changes":[{GOOD}]}}"#)).unwrap();
    if let Some(Json::List(entries)) = json.member("entry") {
        entries.push(Json::from(&good));
    }
    json
}

#[test]
fn every_part_of_every_kind_may_be_missing_null_odd_or_there_twice() {
    for (name, json) in deliveries() {
        let entries = json.clone().member("entry").unwrap().size();
        for number in 0..entries {
            let strike = |strike: &dyn Fn(&mut Json)| {
                let mut struck = json.clone();
                let node = struck.member("entry").unwrap().node(number).unwrap();
                strike(node);
                let is_list = matches!(struck.member("entry"), Some(Json::List(_)));
                let updates = sound(&name, &with_good_entry(&struck).write());
                let read = updates
                    .iter()
                    .filter(|update| matches!(&update.body, UpdateBody::Message(m) if m.id == "wamid.good"));
                assert!(!is_list || read.count() == 1, "{name}: the good entry beside node {number} is lost");
            };
            for odd in ["null", "7", "\"7\"", "\"\"", "[]", "{}", "[null]"] {
                strike(&|node| *node = Json::Leaf(odd.to_owned()));
            }
            strike(&|node| Wrong::OtherType.strike(node, &[]));
            let members = match json.clone().member("entry").unwrap().node(number) {
                Some(Json::Object(members)) => members.len(),
                _ => 0,
            };
            for member in 0..members {
                strike(&|node| {
                    if let Json::Object(members) = node {
                        members.remove(member);
                    }
                });
                strike(&|node| {
                    if let Json::Object(members) = node {
                        let name = members[member].0.clone();
                        members.insert(0, (name, Json::Leaf("null".to_owned())));
                        members.push(("a_new_thing".to_owned(), Json::List(Vec::new())));
                    }
                });
            }
        }
    }
}

#[test]
fn wrong_in_several_places_it_still_does_no_harm() {
    let all = deliveries();
    let case = (any::<Index>(), proptest::collection::vec((any::<Index>(), Wrong::any()), 1..8), any::<bool>());
    let (began, time) = (Instant::now(), fuzz_time());
    loop {
        let config = ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() };
        let outcome = TestRunner::new(config).run(&case, |(which, wrongs, escaped)| {
            let (name, json) = which.get(&all);
            let mut json = json.clone();
            for (place, wrong) in wrongs {
                let Some(entries) = json.member("entry") else { break };
                let number = place.index(entries.size());
                if let Some(node) = entries.node(number) {
                    wrong.strike(node, &all);
                }
            }
            let has_list = matches!(json.member("entry"), Some(Json::List(_)));
            let json = with_good_entry(&json);
            let body = if escaped { json.write_escaped() } else { json.write() };
            let text = String::from_utf8_lossy(&body);
            let updates = sound(name, &body);
            if has_list && !updates.iter().any(|update| is_good(update) || is_whole(update)) {
                let start: String = text.chars().take(4_000).collect();
                return Err(TestCaseError::fail(format!("the good entry is lost: {start}")));
            }
            for update in &updates {
                let raw = std::str::from_utf8(update.raw_bytes()).unwrap();
                prop_assert!(text.contains(raw), "words that are not in the delivery: {raw}");
            }
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
        if began.elapsed() >= time {
            break;
        }
    }
}

#[test]
fn any_bytes_at_all_do_no_harm() {
    let all = deliveries();
    let damage = proptest::collection::vec((any::<Index>(), 0_u8..5, any::<u8>()), 1..20);
    let case = (any::<Index>(), damage);
    let (began, time) = (Instant::now(), fuzz_time());
    loop {
        let config = ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() };
        let outcome = TestRunner::new(config).run(&case, |(which, damage)| {
            let (name, json) = which.get(&all);
            let mut body = json.write();
            for (place, how, byte) in damage {
                if body.is_empty() {
                    break;
                }
                let place = place.index(body.len());
                match how {
                    0 => body[place] = byte,
                    1 => body.insert(place, byte),
                    2 => _ = body.remove(place),
                    3 => body.extend_from_within(place..),
                    _ => body.truncate(place.max(1)),
                }
            }
            sound(name, &body);
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
        if began.elapsed() >= time {
            break;
        }
    }
}

/// Texts that break readers (quality-gates C3.2).
fn hard_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "\u{202e}gpj.exe",
        "\u{200b}\u{200c}\u{200d}\u{feff}",
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇧🇷",
        "   ",
        "𝕬𝖓𝖆 𠜎",
        "Аna (Cyrillic)",
        "one\r\ntwo\rthree\nfour",
        "*bold* _italic_ ~no~ ```code``` [a](javascript:alert(1))",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "'; DROP TABLE messages; --",
        "{{1}} ${jndi:ldap://x} %s%n%x %00 \\u0000",
        "\u{0}\u{1}\u{7f}\u{9f}",
        "مرحبا‏ שלום",
    ]
    .map(str::to_owned)
    .into();
    texts.push(format!("Z{}", "\u{0301}\u{0489}".repeat(2_000)));
    texts.push("x".repeat(65_000));
    texts.push("🦙".repeat(65_000));
    texts
}

#[test]
fn hard_texts_arrive_as_they_were_written() {
    for text in hard_texts() {
        let quoted = serde_json::Value::from(text.as_str()).to_string();
        let change = message("text", &format!(r#"{{"body":{quoted}}}"#));
        let image = message("image", &format!(r#"{{"id":"1","caption":{quoted}}}"#));
        let choice = message(
            "interactive",
            &format!(r#"{{"type":"button_reply","button_reply":{{"id":{quoted},"title":{quoted}}}}}"#),
        );
        for change in [change, image, choice] {
            let updates = parse_unwatched(&beside(&change)).unwrap().updates;
            let UpdateBody::Message(message) = &updates[0].body else { panic!("{:?}", updates[0]) };
            assert_eq!(message.text(), Some(text.as_str()));
            assert!(!matches!(message.content, Content::Other { .. }));
        }
    }
}
