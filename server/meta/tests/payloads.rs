//! Every delivery in `payloads/` is read to exactly the lines in `payloads/expected.jsonl`, which were written from
//! Meta's rules and not from the program; and together they hold every kind of update there is.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use charla_meta::webhook::{self, Kind};
use serde_json::Value;

/// The lines of each file, in order.
type Lines = BTreeMap<String, Vec<String>>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/payloads")
}

/// What the parser makes of every payload.
fn read_lines() -> Lines {
    let mut lines = Lines::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let read = match webhook::parse(&fs::read(&path).unwrap()) {
            Ok(delivery) => {
                delivery.updates.iter().map(|update| serde_json::to_string(&update.line(&name)).unwrap()).collect()
            }
            Err(reason) => vec![format!("not read: {reason}")],
        };
        lines.insert(name, read);
    }
    lines
}

fn expected() -> Vec<(String, String)> {
    let text = fs::read_to_string(folder().join("expected.jsonl")).unwrap();
    let file = |line: &str| serde_json::from_str::<Value>(line).unwrap()["file"].as_str().unwrap().to_owned();
    text.lines().map(|line| (file(line), line.to_owned())).collect()
}

#[test]
fn every_payload_reads_as_expected() {
    let expected = expected();
    assert!(expected.is_sorted_by_key(|(file, _)| file), "expected.jsonl is not in the order of the files' names");
    let mut wanted = Lines::new();
    for (file, line) in expected {
        wanted.entry(file).or_default().push(line);
    }
    let read = read_lines();
    assert!(!read.is_empty(), "no payloads in {}", folder().display());

    let none = Vec::new();
    let mut differences = Vec::new();
    for file in read.keys().chain(wanted.keys()).collect::<BTreeSet<_>>() {
        if !read.contains_key(file) {
            differences.push(format!("{file}: expected, but there is no such payload"));
            continue;
        }
        let (wanted, read) = (wanted.get(file).unwrap_or(&none), read.get(file).unwrap_or(&none));
        for place in 0..wanted.len().max(read.len()) {
            let (wanted, read) = (wanted.get(place), read.get(place));
            if wanted != read {
                let shown = |line: Option<&String>| line.map_or("no line", String::as_str).to_owned();
                let (wanted, read) = (shown(wanted), shown(read));
                differences.push(format!("{file}, line {}:\n  expected {wanted}\n  read     {read}", place + 1));
            }
        }
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// The kind after this one; none after the last. A kind that is added does not compile until it has its place here.
fn after(kind: &Kind) -> Option<Kind> {
    Some(match kind {
        Kind::Message => Kind::Status,
        Kind::Status => Kind::Echo,
        Kind::Echo => Kind::Error,
        Kind::Error => Kind::Call,
        Kind::Call => Kind::CallStatus,
        Kind::CallStatus => Kind::History,
        Kind::History => Kind::ContactSync,
        Kind::ContactSync => Kind::UserPreference,
        Kind::UserPreference => Kind::Group,
        Kind::Group => Kind::Reaction,
        Kind::Reaction => Kind::Postback,
        Kind::Postback => Kind::Read,
        Kind::Read => Kind::Delivery,
        Kind::Delivery => Kind::Referral,
        Kind::Referral => Kind::Optin,
        Kind::Optin => Kind::MessageEdit,
        Kind::MessageEdit => Kind::Handover,
        Kind::Handover => Kind::AccountLinking,
        Kind::AccountLinking => Kind::Comment,
        Kind::Comment => Kind::Mention,
        Kind::Mention => Kind::Standby,
        Kind::Standby | Kind::Field(_) => return None,
    })
}

#[test]
fn every_kind_is_expected_somewhere() {
    let seen: BTreeSet<String> = expected()
        .iter()
        .map(|(_, line)| serde_json::from_str::<Value>(line).unwrap()["kind"].as_str().unwrap().to_owned())
        .collect();
    let missing: Vec<Kind> =
        std::iter::successors(Some(Kind::Message), after).filter(|kind| !seen.contains(kind.as_str())).collect();
    assert!(missing.is_empty(), "no payload of these kinds: {missing:?}");
}
