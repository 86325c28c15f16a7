//! What a bulk sends: the events of a place in the stream are always the same, so a try again needs no memory.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::{BulkKind, BulkOrder};
use crate::{
    ids::Wamid,
    message::{Author, Message, Status},
    number::Number,
    phone::{Digits, Phone},
    webhook::{Letterhead, Update, incoming, status},
};

/// The first customer's number; the others follow it.
const FIRST_PHONE: u64 = 5_511_900_100_000;
/// A mixed stream is a message and then as many statuses, over and over.
const STATUSES_PER_MESSAGE: u64 = 10;
/// The statuses of a message follow each other.
const LIFE: [Status; 3] = [Status::Sent, Status::Delivered, Status::Read];

#[derive(Debug)]
pub(super) struct Stream {
    id: u64,
    pub(super) number: Arc<Number>,
    letterhead: Letterhead,
    kind: BulkKind,
    first: u64,
    count: u64,
    per_delivery: u64,
    rate: Option<f64>,
    seed: u64,
    phones: Vec<Phone>,
    texts: Vec<String>,
    ledger: Vec<Wamid>,
    secret: String,
    began: Timestamp,
}

/// One delivery.
#[derive(Debug)]
pub(super) struct Composed {
    pub(super) body: String,
    pub(super) updates: Vec<Update>,
    /// What customers wrote in it.
    pub(super) written: Vec<(Digits, Message)>,
}

/// Bits that look random and depend on the input alone (splitmix64).
fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

impl Stream {
    pub(super) fn new(
        id: u64,
        order: &BulkOrder,
        number: Arc<Number>,
        ledger: Vec<Wamid>,
        secret: &str,
        now: Timestamp,
    ) -> Self {
        let phone = |n: u64| Some(Phone::new(Digits::parse(&(FIRST_PHONE + n).to_string()).ok()?, None, secret, now));
        Self {
            id,
            letterhead: Letterhead::of(&number),
            number,
            kind: order.kind,
            first: order.first,
            count: order.count,
            per_delivery: order.per_delivery as u64,
            rate: order.rate,
            seed: order.seed,
            phones: (0..u64::from(order.phones)).filter_map(phone).collect(),
            texts: order.texts.clone(),
            ledger,
            secret: secret.to_owned(),
            began: now,
        }
    }

    /// How many deliveries there are.
    pub(super) fn deliveries(&self) -> u64 {
        self.count.div_ceil(self.per_delivery)
    }

    /// How long after the beginning a delivery is due, in seconds; `None` without a rate.
    pub(super) fn due(&self, delivery: u64) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        let events = (delivery * self.per_delivery) as f64;
        self.rate.map(|rate| events / rate)
    }

    pub(super) fn compose(&self, delivery: u64) -> Composed {
        let begin = delivery * self.per_delivery;
        let end = (begin + self.per_delivery).min(self.count);
        #[expect(clippy::cast_possible_truncation, reason = "seconds since the bulk began")]
        let at = self.began + SignedDuration::from_secs(self.due(delivery).unwrap_or(0.0) as i64);
        let (mut updates, mut written) = (Vec::new(), Vec::new());
        for place in self.first + begin..self.first + end {
            let status_place = match self.kind {
                BulkKind::Messages => None,
                BulkKind::Statuses => Some(place),
                BulkKind::Mixed => {
                    let (round, within) = (place / (STATUSES_PER_MESSAGE + 1), place % (STATUSES_PER_MESSAGE + 1));
                    within.checked_sub(1).map(|within| round * STATUSES_PER_MESSAGE + within)
                }
            };
            match status_place {
                None => {
                    let phone = self.phone(place);
                    let message = self.message(Author::Customer, phone.digits, place, at);
                    updates.push(incoming(&self.number, phone, &message, None, None));
                    written.push((phone.digits, message));
                }
                Some(place) => updates.push(self.status(place, at)),
            }
        }
        Composed { body: self.letterhead.write(&updates), updates, written }
    }

    fn phone(&self, place: u64) -> &Phone {
        let count = self.phones.len().max(1) as u64;
        // There is at least one.
        &self.phones[usize::try_from(place % count).unwrap_or(0)]
    }

    fn id(&self, author: Author, phone: Digits, place: u64) -> Wamid {
        let number = self.number.phone_number_id.bytes().fold(0_u64, |sum, b| mix(sum ^ u64::from(b)));
        let one = mix(mix(self.seed ^ number).wrapping_add(place));
        let mut unique = [0; 10];
        unique[..8].copy_from_slice(&one.to_be_bytes());
        unique[8..].copy_from_slice(&mix(one).to_be_bytes()[..2]);
        Wamid::with(author, phone, unique)
    }

    fn message(&self, author: Author, phone: Digits, place: u64, at: Timestamp) -> Message {
        let text = match usize::try_from(place) {
            Ok(place) if !self.texts.is_empty() => self.texts[place % self.texts.len()].clone(),
            _ => format!("bulk {} {place}", self.id),
        };
        Message {
            id: self.id(author, phone, place).to_string(),
            phone_number_id: self.number.phone_number_id.clone(),
            author,
            at,
            kind: "text".to_owned(),
            text,
            reply_to: None,
            status: Status::Accepted,
            failure: None,
            callback_data: None,
            to_user_id: false,
            category: Some("service".to_owned()).filter(|_| author == Author::Business),
            media: None,
        }
    }

    /// The statuses of one message follow each other; the messages are those of the ledger, or nobody's.
    fn status(&self, place: u64, at: Timestamp) -> Update {
        let step = LIFE[usize::try_from(place % 3).unwrap_or(0)];
        let before = if step == Status::Read { Status::Delivered } else { Status::Accepted };
        let subject = place / 3;
        match usize::try_from(subject) {
            Ok(subject) if !self.ledger.is_empty() => {
                let known = self.ledger[subject % self.ledger.len()];
                let phone = Phone::new(known.phone, None, &self.secret, at);
                let mut message = self.message(Author::Business, known.phone, 0, at);
                message.id = known.to_string();
                status(&phone, &message, step, before, at)
            }
            _ => {
                let phone = self.phone(subject);
                let message = self.message(Author::Business, phone.digits, subject, at);
                status(phone, &message, step, before, at)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::EventKind;
    use std::collections::HashSet;

    fn stream(id: u64, change: impl FnOnce(&mut BulkOrder)) -> Stream {
        let number = Arc::new(Number::of_key("secret", "bakery", "Bakery"));
        let mut order = BulkOrder::messages(&number.phone_number_id, 1000);
        change(&mut order);
        Stream::new(id, &order, number, Vec::new(), "secret", Timestamp::UNIX_EPOCH)
    }

    fn ids(stream: &Stream) -> Vec<Wamid> {
        let all = (0..stream.deliveries()).flat_map(|delivery| stream.compose(delivery).updates);
        all.map(|update| update.event.id).collect()
    }

    #[test]
    fn the_same_seed_has_the_same_ids_and_all_are_different() {
        let first = ids(&stream(1, |_| ()));
        assert_eq!(first, ids(&stream(2, |order| order.per_delivery = 7)));
        assert_eq!(first.iter().collect::<HashSet<_>>().len(), 1000);
        let other = ids(&stream(1, |order| order.seed = 2));
        assert!(other.iter().all(|id| !first.contains(id)));
        let tail = ids(&stream(3, |order| (order.first, order.count) = (900, 100)));
        assert_eq!(tail, first[900..]);
    }

    #[test]
    fn a_mixed_stream_has_ten_statuses_for_each_message() {
        let stream = stream(1, |order| (order.kind, order.count, order.per_delivery) = (BulkKind::Mixed, 1100, 50));
        let updates: Vec<Update> =
            (0..stream.deliveries()).flat_map(|delivery| stream.compose(delivery).updates).collect();
        let messages = updates.iter().filter(|update| update.event.kind == EventKind::Message).count();
        assert_eq!((messages, updates.len()), (100, 1100));
    }

    #[test]
    fn deliveries_are_due_at_their_rate() {
        let stream = stream(1, |order| (order.rate, order.per_delivery) = (Some(200.0), 4));
        assert_eq!(stream.deliveries(), 250);
        let due: Vec<_> = [0, 1, 50, 249].map(|delivery| stream.due(delivery)).to_vec();
        assert_eq!(due, [Some(0.0), Some(0.02), Some(1.0), Some(4.98)]);
        assert_eq!(self::stream(1, |_| ()).due(7), None);
        let uneven = self::stream(1, |order| (order.count, order.per_delivery) = (10, 4));
        assert_eq!((uneven.deliveries(), uneven.compose(2).updates.len()), (3, 2));
    }
}
