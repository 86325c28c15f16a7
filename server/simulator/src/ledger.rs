//! What really happened, to be compared with what the business believes: messages that were accepted and reached a
//! phone, events whose delivery was answered with 200, and refusals.
//!
//! Kept small, because campaigns of hundreds of thousands are compared: some fifty bytes an entry and its texts, in
//! chunks, so that nothing is moved as it grows. The oldest chunk goes when there are [`MOST`] entries.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use serde::Serialize;

use crate::{
    ids::Wamid,
    message::Status,
    simulator::{Simulator, lock},
    webhook::EventKind,
};

/// How many entries each ledger keeps.
pub(crate) const MOST: u64 = 2_000_000;
const PER_CHUNK: usize = 16_384;
/// How many entries a page has at most.
const PER_PAGE: usize = 10_000;

/// A message that reached a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentEntry {
    pub wamid: String,
    /// The phone number id.
    pub number: Arc<str>,
    /// The customer's digits.
    pub to: String,
    /// `biz_opaque_callback_data`.
    pub callback_data: Option<String>,
    /// The text, or a line that stands for other content.
    pub text: String,
    /// When it was accepted, in microseconds since 1970.
    pub at_us: i64,
    /// Counts accepted messages, from one; those that never reached a phone leave gaps.
    pub order: u64,
}

/// A page of the ledger of messages, in the order of acceptance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SentPage {
    pub sent: Vec<SentEntry>,
    /// How many messages reached a phone since the ledger was emptied, of that number if one was asked for.
    pub total: u64,
}

/// An event whose delivery was answered with 200.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AckedEntry {
    /// The phone number id.
    pub number: Arc<str>,
    /// `message` or `status`.
    pub kind: &'static str,
    /// The message it is about.
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// How many tries it took.
    pub attempts: u32,
    pub status_code: u16,
    /// When the answer came, in microseconds since 1970.
    pub at_us: i64,
    pub order: u64,
}

/// A page of the ledger of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AckedPage {
    pub acked: Vec<AckedEntry>,
    pub total: u64,
}

/// How quickly messages were accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rate {
    pub accepted: u64,
    pub first_at_us: Option<i64>,
    pub last_at_us: Option<i64>,
    /// The most that were accepted in any window of the asked length.
    pub most_in_window: u64,
}

#[derive(Debug)]
struct Sent {
    id: Wamid,
    number: u32,
    text: u32,
    text_length: u32,
    callback_length: Option<u16>,
    at: i64,
    reached: bool,
}

#[derive(Debug)]
struct Acked {
    id: Wamid,
    number: u32,
    kind: EventKind,
    attempts: u32,
    at: i64,
}

#[derive(Debug)]
struct Chunk<E> {
    entries: Vec<E>,
    texts: Vec<u8>,
}

/// Entries in chunks; each keeps its place for ever.
#[derive(Debug)]
struct Chunks<E> {
    kept: VecDeque<Chunk<E>>,
    /// The place of the first entry that is kept.
    first: u64,
    next: u64,
}

impl<E> Default for Chunks<E> {
    fn default() -> Self {
        Self { kept: VecDeque::new(), first: 0, next: 0 }
    }
}

impl<E> Chunks<E> {
    fn push(&mut self, texts: &[&[u8]], entry: impl FnOnce(u32) -> E) {
        if self.kept.back().is_none_or(|last| last.entries.len() >= PER_CHUNK) {
            self.kept.push_back(Chunk { entries: Vec::with_capacity(PER_CHUNK), texts: Vec::new() });
        }
        if self.next - self.first >= MOST
            && let Some(oldest) = self.kept.pop_front()
        {
            self.first += oldest.entries.len() as u64;
        }
        if let Some(chunk) = self.kept.back_mut() {
            let at = u32::try_from(chunk.texts.len()).unwrap_or(u32::MAX);
            for text in texts {
                chunk.texts.extend_from_slice(text);
            }
            chunk.entries.push(entry(at));
            self.next += 1;
        }
    }

    /// From a place on, with the chunk that holds the texts.
    fn from(&self, place: u64) -> impl Iterator<Item = (u64, &E, &Chunk<E>)> {
        let skipped = usize::try_from(place.saturating_sub(self.first)).unwrap_or(usize::MAX);
        // All chunks but the last are full.
        let (chunk, within) = (skipped / PER_CHUNK, skipped % PER_CHUNK);
        let entries = self.kept.iter().skip(chunk).enumerate().flat_map(move |(n, chunk)| {
            chunk.entries.iter().skip(if n == 0 { within } else { 0 }).map(move |entry| (entry, chunk))
        });
        (place.max(self.first)..).zip(entries).map(|(place, (entry, chunk))| (place, entry, chunk))
    }
}

impl Sent {
    fn text(&self, chunk: &Chunk<Self>) -> (Option<String>, String) {
        let start = self.text as usize;
        let middle = start + self.callback_length.map_or(0, usize::from);
        let read = |range| String::from_utf8_lossy(chunk.texts.get(range).unwrap_or_default()).into_owned();
        (self.callback_length.map(|_| read(start..middle)), read(middle..middle + self.text_length as usize))
    }
}

#[derive(Debug, Default)]
pub(crate) struct Ledgers {
    numbers: Vec<Arc<str>>,
    places: HashMap<Arc<str>, u32>,
    sent: Chunks<Sent>,
    /// How many reached a phone, by the place of their number.
    reached: Vec<u64>,
    acked: Chunks<Acked>,
    refusals: HashMap<(u32, u32), u64>,
}

impl Ledgers {
    fn number(&mut self, phone_number_id: &str) -> u32 {
        if let Some(place) = self.places.get(phone_number_id) {
            return *place;
        }
        let name: Arc<str> = phone_number_id.into();
        let place = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.push(Arc::clone(&name));
        self.reached.push(0);
        self.places.insert(name, place);
        place
    }

    fn name(&self, place: u32) -> Arc<str> {
        self.numbers.get(place as usize).cloned().unwrap_or_default()
    }

    /// The place of a number that is asked for; `None` if it was never seen.
    fn asked(&self, number: Option<&str>) -> Option<Option<u32>> {
        match number {
            None => Some(None),
            Some(number) => self.places.get(number).map(|place| Some(*place)),
        }
    }

    pub(crate) fn accepted(
        &mut self,
        phone_number_id: &str,
        id: Wamid,
        text: &str,
        callback_data: Option<&str>,
        reached: bool,
        at: i64,
    ) {
        let number = self.number(phone_number_id);
        if let Some(count) = self.reached.get_mut(number as usize).filter(|_| reached) {
            *count += 1;
        }
        let callback_length = callback_data.map(|data| u16::try_from(data.len()).unwrap_or(u16::MAX));
        let text_length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.sent.push(&[callback_data.unwrap_or_default().as_bytes(), text.as_bytes()], |start| Sent {
            id,
            number,
            text: start,
            text_length,
            callback_length,
            at,
            reached,
        });
    }

    pub(crate) fn acked(
        &mut self,
        phone_number_id: &str,
        events: impl Iterator<Item = (EventKind, Wamid)>,
        attempts: u32,
        at: i64,
    ) {
        let number = self.number(phone_number_id);
        for (kind, id) in events {
            self.acked.push(&[], |_| Acked { id, number, kind, attempts, at });
        }
    }

    pub(crate) fn refused(&mut self, phone_number_id: &str, code: u32) {
        let number = self.number(phone_number_id);
        *self.refusals.entry((number, code)).or_default() += 1;
    }

    fn sent_page(&self, number: Option<&str>, after: u64) -> SentPage {
        let Some(number) = self.asked(number) else { return SentPage { sent: Vec::new(), total: 0 } };
        let sent = self
            .sent
            .from(after)
            .filter(|(_, entry, _)| entry.reached && number.is_none_or(|number| entry.number == number))
            .take(PER_PAGE)
            .map(|(place, entry, chunk)| {
                let (callback_data, text) = entry.text(chunk);
                SentEntry {
                    wamid: entry.id.to_string(),
                    number: self.name(entry.number),
                    to: entry.id.phone.as_str().to_owned(),
                    callback_data,
                    text,
                    at_us: entry.at,
                    order: place + 1,
                }
            })
            .collect();
        let total = match number {
            Some(number) => self.reached.get(number as usize).copied().unwrap_or(0),
            None => self.reached.iter().sum(),
        };
        SentPage { sent, total }
    }

    fn acked_page(&self, after: u64) -> AckedPage {
        let acked = self
            .acked
            .from(after)
            .take(PER_PAGE)
            .map(|(place, entry, _)| {
                let (kind, status) = match entry.kind {
                    EventKind::Message => ("message", None),
                    EventKind::Status(status) => ("status", Some(status)),
                };
                AckedEntry {
                    number: self.name(entry.number),
                    kind,
                    id: entry.id.to_string(),
                    status,
                    attempts: entry.attempts,
                    status_code: 200,
                    at_us: entry.at,
                    order: place + 1,
                }
            })
            .collect();
        AckedPage { acked, total: self.acked.next }
    }

    fn times(&self, number: Option<&str>) -> Vec<i64> {
        let Some(number) = self.asked(number) else { return Vec::new() };
        let of_number = |entry: &&Sent| number.is_none_or(|number| entry.number == number);
        self.sent.from(0).map(|(_, entry, _)| entry).filter(of_number).map(|entry| entry.at).collect()
    }

    fn refusals(&self, number: Option<&str>) -> BTreeMap<u32, u64> {
        let mut counts = BTreeMap::new();
        if let Some(number) = self.asked(number) {
            for ((of, code), count) in &self.refusals {
                if number.is_none_or(|number| number == *of) {
                    *counts.entry(*code).or_default() += count;
                }
            }
        }
        counts
    }

    /// The messages that reached phones of a number.
    pub(crate) fn sent_ids(&self, phone_number_id: &str) -> Vec<Wamid> {
        let Some(place) = self.places.get(phone_number_id) else { return Vec::new() };
        let of_number = |entry: &&Sent| entry.reached && entry.number == *place;
        self.sent.from(0).map(|(_, entry, _)| entry).filter(of_number).map(|entry| entry.id).collect()
    }
}

/// The most times in any window of that many microseconds.
fn most_within(times: &[i64], window: i64) -> u64 {
    let (mut most, mut first) = (0, 0);
    for (last, at) in times.iter().enumerate() {
        while at - times[first] >= window {
            first += 1;
        }
        most = most.max(last + 1 - first);
    }
    most as u64
}

impl Simulator {
    pub(crate) fn note_acked(
        &self,
        phone_number_id: &str,
        events: impl Iterator<Item = (EventKind, Wamid)>,
        attempts: u32,
    ) {
        lock(&self.inner.ledgers).acked(phone_number_id, events, attempts, self.now().as_microsecond());
    }

    pub(crate) fn note_refused(&self, phone_number_id: &str, code: u32) {
        lock(&self.inner.ledgers).refused(phone_number_id, code);
    }

    /// The messages that reached phones, up to 10,000 after the given order (0 for the first); of one number, if asked
    /// for.
    pub fn sent(&self, number: Option<&str>, after: u64) -> SentPage {
        lock(&self.inner.ledgers).sent_page(number, after)
    }

    /// The events whose delivery was answered with 200, each once, up to 10,000 after the given order (0 for the first).
    pub fn acked(&self, after: u64) -> AckedPage {
        lock(&self.inner.ledgers).acked_page(after)
    }

    /// How quickly messages were accepted, whether they reached a phone or not. The window is in milliseconds.
    pub fn rate(&self, number: Option<&str>, window_ms: u32) -> Rate {
        let mut times = lock(&self.inner.ledgers).times(number);
        times.sort_unstable();
        Rate {
            accepted: times.len() as u64,
            first_at_us: times.first().copied(),
            last_at_us: times.last().copied(),
            most_in_window: most_within(&times, i64::from(window_ms) * 1000),
        }
    }

    /// Requests refused by limits or the fault script since the ledgers were emptied, by Meta's code.
    pub fn refusals(&self, number: Option<&str>) -> BTreeMap<u32, u64> {
        lock(&self.inner.ledgers).refusals(number)
    }

    /// Empties the ledgers and the counts of refusals.
    pub fn empty_ledgers(&self) {
        *lock(&self.inner.ledgers) = Ledgers::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{message::Author, phone::Digits};

    fn id(n: u64) -> Wamid {
        let mut unique = [0; 10];
        unique[..8].copy_from_slice(&n.to_be_bytes());
        Wamid::with(Author::Business, Digits::parse(&format!("55119{:08}", n % 1000)).unwrap(), unique)
    }

    #[test]
    fn pages_follow_each_other_without_gap_or_repetition() {
        let mut ledgers = Ledgers::default();
        for n in 0..50_000_u64 {
            let number = if n % 2 == 0 { "1" } else { "2" };
            let data = format!("data {n}");
            let data = (n % 3 == 0).then_some(data.as_str());
            ledgers.accepted(number, id(n), &format!("text {n}"), data, n % 5 != 0, i64::try_from(n).unwrap());
        }
        let (mut after, mut seen) = (0, Vec::new());
        loop {
            let page = ledgers.sent_page(Some("2"), after);
            assert_eq!(page.total, 20_000);
            assert!(page.sent.len() <= PER_PAGE);
            let Some(last) = page.sent.last() else { break };
            after = last.order;
            seen.extend(page.sent);
        }
        assert_eq!(seen.len(), 20_000);
        for entry in seen {
            let n = entry.order - 1;
            assert!(n % 2 == 1 && n % 5 != 0);
            assert_eq!((entry.text, entry.wamid), (format!("text {n}"), id(n).to_string()));
            assert_eq!(entry.callback_data, (n % 3 == 0).then(|| format!("data {n}")));
        }
        assert_eq!(ledgers.sent_page(None, 0).total, 40_000);
        assert_eq!(ledgers.sent_page(Some("3"), 0).total, 0);
        assert_eq!(ledgers.times(Some("1")).len(), 25_000, "those that never reached a phone were accepted, too");
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_go_first() {
        let mut ledgers = Ledgers::default();
        let events = |range: std::ops::Range<u64>| range.map(|n| (EventKind::Status(Status::Sent), id(n)));
        ledgers.acked("1", events(0..MOST + 100_000), 1, 0);
        let page = ledgers.acked_page(0);
        assert_eq!(page.total, MOST + 100_000);
        let kept = ledgers.acked.next - ledgers.acked.first;
        assert!((MOST - PER_CHUNK as u64..=MOST).contains(&kept), "{kept}");
        assert_eq!(page.acked[0].order, ledgers.acked.first + 1);
        assert_eq!(page.acked[0].id, id(page.acked[0].order - 1).to_string());
        assert_eq!(ledgers.acked_page(MOST + 99_999).acked.len(), 1);
        assert!(size_of::<Sent>() <= 64 && size_of::<Acked>() <= 56, "{} {}", size_of::<Sent>(), size_of::<Acked>());
    }

    #[test]
    fn the_busiest_window_is_found() {
        let times = [0, 10, 20, 1_000, 1_001, 1_002, 1_003, 1_009, 1_010];
        assert_eq!(most_within(&times, 10), 5);
        assert_eq!(most_within(&times, 1), 1);
        assert_eq!(most_within(&times, 10_000), 9);
        assert_eq!(most_within(&[], 10), 0);
    }

    #[test]
    fn refusals_are_counted_by_code_and_number() {
        let mut ledgers = Ledgers::default();
        for (number, code) in [("1", 130_429), ("1", 130_429), ("1", 131_056), ("2", 130_429)] {
            ledgers.refused(number, code);
        }
        assert_eq!(ledgers.refusals(None), BTreeMap::from([(130_429, 3), (131_056, 1)]));
        assert_eq!(ledgers.refusals(Some("2")), BTreeMap::from([(130_429, 1)]));
        assert!(ledgers.refusals(Some("3")).is_empty());
    }
}
