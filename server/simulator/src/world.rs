//! Everything the simulator remembers of numbers and phones, and the webhooks that wait, under one lock and in one file.
//!
//! Memory is bounded: [`PHONES`] phones, [`MESSAGES`] messages and at most
//! [`MESSAGES_PER_PHONE`](crate::phone::MESSAGES_PER_PHONE) on one of them; the longest unused and the oldest go first.
//! Webhooks that wait for their server are not bounded, since none may be lost. Nothing here takes longer the more is
//! remembered, because a campaign of hundreds of thousands goes through it.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ids::Wamid,
    message::Message,
    number::Number,
    phone::{Digits, MESSAGES_PER_PHONE, Phone},
    webhook::Outbox,
};

/// How many phones are remembered.
pub(crate) const PHONES: usize = 100_000;
/// How many messages are remembered on all phones together.
pub(crate) const MESSAGES: usize = 300_000;
/// How many numbers may be registered over HTTP.
pub(crate) const NUMBERS: usize = 1_000;

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct World {
    /// By key.
    numbers: BTreeMap<String, Arc<Number>>,
    phones: HashMap<Digits, Phone>,
    pub(crate) outbox: Outbox,
    /// The keys of numbers, by phone number id and by token.
    #[serde(skip)]
    by_id: HashMap<String, String>,
    #[serde(skip)]
    by_token: HashMap<String, String>,
    #[serde(skip)]
    by_user: HashMap<String, Digits>,
    /// Phones in the order in which they were last used.
    #[serde(skip)]
    by_use: BTreeMap<u64, Digits>,
    #[serde(skip)]
    uses: u64,
    /// Messages in the order in which they came: the phone, and the how-manieth it was there.
    #[serde(skip)]
    by_age: VecDeque<(Digits, u64)>,
}

impl World {
    /// Rebuilds what is not in the file.
    pub(crate) fn index(&mut self) {
        for number in self.numbers.values() {
            self.by_id.insert(number.phone_number_id.clone(), number.key.clone());
            self.by_token.insert(number.access_token.clone(), number.key.clone());
        }
        let mut phones: Vec<&mut Phone> = self.phones.values_mut().collect();
        phones.sort_by_key(|phone| phone.last_active);
        for phone in phones {
            self.uses += 1;
            phone.used = self.uses;
            self.by_use.insert(phone.used, phone.digits);
            self.by_user.insert(phone.user_id.clone(), phone.digits);
            for (place, _) in (phone.forgotten..).zip(&phone.messages) {
                self.by_age.push_back((phone.digits, place));
            }
        }
    }

    // Numbers.

    pub(crate) fn numbers(&self) -> impl Iterator<Item = &Arc<Number>> {
        self.numbers.values()
    }

    /// Whether a number of this key could be registered.
    pub(crate) fn has_room_for(&self, key: &str) -> bool {
        self.numbers.len() < NUMBERS || self.numbers.contains_key(key)
    }

    /// Registers a number, or changes the one of that key; it is the latest from now on.
    pub(crate) fn register(&mut self, secret: &str, key: &str, display_name: &str) -> Arc<Number> {
        let latest = self.numbers.values().map(|number| number.registered).max().unwrap_or(0);
        let number =
            self.numbers.entry(key.to_owned()).or_insert_with(|| Arc::new(Number::of_key(secret, key, display_name)));
        let changed = Arc::make_mut(number);
        display_name.clone_into(&mut changed.verified_name);
        changed.registered = latest + 1;
        self.by_id.insert(number.phone_number_id.clone(), key.to_owned());
        self.by_token.insert(number.access_token.clone(), key.to_owned());
        Arc::clone(number)
    }

    pub(crate) fn number(&self, phone_number_id: &str) -> Option<&Arc<Number>> {
        self.numbers.get(self.by_id.get(phone_number_id)?)
    }

    /// The number of a key, to be changed in place.
    pub(crate) fn number_mut(&mut self, key: &str) -> Option<&mut Number> {
        self.numbers.get_mut(key).map(Arc::make_mut)
    }

    pub(crate) fn number_of_token(&self, token: &str) -> Option<&Arc<Number>> {
        self.numbers.get(self.by_token.get(token)?)
    }

    /// The number somebody means: by id, key or telephone number; without a name, the one registered last.
    pub(crate) fn number_named(&self, name: Option<&str>) -> Option<&Arc<Number>> {
        let Some(name) = name else { return self.numbers.values().max_by_key(|number| number.registered) };
        self.number(name).or_else(|| self.numbers.get(name)).or_else(|| {
            let digits = Digits::parse(name).ok()?;
            self.numbers.values().find(|number| number.digits() == digits.as_str())
        })
    }

    // Phones.

    pub(crate) fn phone(&self, digits: &Digits) -> Option<&Phone> {
        self.phones.get(digits)
    }

    pub(crate) fn count_phones(&self) -> usize {
        self.phones.len()
    }

    /// All of them, the one used last first.
    pub(crate) fn phones(&self) -> impl Iterator<Item = &Phone> {
        self.by_use.values().rev().filter_map(|digits| self.phones.get(digits))
    }

    pub(crate) fn phone_of_user(&self, user_id: &str) -> Option<&Digits> {
        self.by_user.get(user_id)
    }

    /// The phone, bought on the spot if need be; a name that is given replaces the one it had.
    pub(crate) fn phone_for(
        &mut self,
        digits: &Digits,
        name: Option<&str>,
        secret: &str,
        now: Timestamp,
    ) -> &mut Phone {
        if self.phones.len() >= PHONES && !self.phones.contains_key(digits) {
            self.make_room();
        }
        let by_user = &mut self.by_user;
        let phone = self.phones.entry(*digits).or_insert_with(|| {
            let phone = Phone::new(*digits, name, secret, now);
            by_user.insert(phone.user_id.clone(), *digits);
            phone
        });
        self.uses += 1;
        self.by_use.remove(&phone.used);
        self.by_use.insert(self.uses, *digits);
        phone.used = self.uses;
        phone.last_active = now;
        if let Some(name) = name {
            name.clone_into(&mut phone.name);
        }
        phone
    }

    fn make_room(&mut self) {
        let oldest = self.by_use.pop_first().and_then(|(_, digits)| self.phones.remove(&digits));
        if let Some(phone) = oldest {
            self.by_user.remove(&phone.user_id);
        }
    }

    // Messages.

    pub(crate) fn add_message(&mut self, digits: &Digits, message: Message) {
        let Some(phone) = self.phones.get_mut(digits) else { return };
        phone.messages.push_back(message);
        let place = phone.forgotten + phone.messages.len() as u64 - 1;
        if phone.messages.len() > MESSAGES_PER_PHONE {
            phone.forget();
        }
        self.by_age.push_back((*digits, place));
        if self.by_age.len() > MESSAGES {
            let oldest = self.by_age.pop_front();
            let phone = oldest.and_then(|(digits, place)| Some((self.phones.get_mut(&digits)?, place)));
            // It may have been forgotten already, with its phone or because that had too many.
            if let Some((phone, _)) = phone.filter(|(phone, place)| phone.forgotten == *place) {
                phone.forget();
            }
        }
    }

    /// The phone that a message is on.
    pub(crate) fn phone_of_message(&self, id: &str) -> Option<Digits> {
        let digits = Wamid::parse(id)?.phone;
        self.phones.contains_key(&digits).then_some(digits)
    }

    /// The messages of a phone, to be changed in place.
    pub(crate) fn messages_mut(&mut self, digits: &Digits) -> impl Iterator<Item = &mut Message> {
        self.phones.get_mut(digits).into_iter().flat_map(|phone| phone.messages.iter_mut())
    }

    pub(crate) fn message_mut(&mut self, id: &str) -> Option<&mut Message> {
        let digits = Wamid::parse(id)?.phone;
        // Most questions are about a recent message.
        self.phones.get_mut(&digits)?.messages.iter_mut().rev().find(|message| message.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Author, Status};

    fn message(digits: &Digits, n: u64, at: Timestamp) -> (String, Message) {
        let mut unique = [0; 10];
        unique[..8].copy_from_slice(&n.to_be_bytes());
        let id = Wamid::with(Author::Customer, *digits, unique).to_string();
        let message = Message {
            id: id.clone(),
            phone_number_id: "1".into(),
            author: Author::Customer,
            at,
            kind: "text".into(),
            text: n.to_string(),
            reply_to: None,
            status: Status::Accepted,
            failure: None,
            callback_data: None,
            to_user_id: false,
            category: None,
            media: None,
        };
        (id, message)
    }

    fn digits(n: usize) -> Digits {
        Digits::parse(&format!("55119{n:08}")).unwrap()
    }

    #[test]
    fn memory_is_bounded_and_the_longest_unused_go_first() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let mut world = World::default();
        let mut first = String::new();
        for n in 0..PHONES {
            world.phone_for(&digits(n), None, "secret", now);
            let (id, message) = message(&digits(n), 0, now);
            world.add_message(&digits(n), message);
            if n == 1 {
                first = id;
            }
        }
        assert!(world.message_mut(&first).is_some());
        // The first is used again, so that the second goes.
        world.phone_for(&digits(0), None, "secret", now);
        world.phone_for(&digits(PHONES), None, "secret", now);
        assert_eq!((world.count_phones(), world.by_user.len(), world.by_use.len()), (PHONES, PHONES, PHONES));
        assert!(world.phone(&digits(0)).is_some() && world.phone(&digits(1)).is_none());
        assert!(world.message_mut(&first).is_none());
        assert_eq!(world.phones().next().map(|phone| phone.digits), Some(digits(PHONES)));
    }

    #[test]
    fn the_oldest_messages_go_first_on_a_phone_and_on_all() {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let mut world = World::default();
        let ids: Vec<String> = (0..=MESSAGES_PER_PHONE as u64)
            .map(|n| {
                world.phone_for(&digits(1), None, "secret", now);
                let (id, message) = message(&digits(1), n, now);
                world.add_message(&digits(1), message);
                id
            })
            .collect();
        assert_eq!(world.phone(&digits(1)).unwrap().messages.len(), MESSAGES_PER_PHONE);
        assert!(world.message_mut(&ids[0]).is_none() && world.message_mut(&ids[1]).is_some());
        for n in 0..MESSAGES - 1 {
            let other = digits(2 + n % 1000);
            world.phone_for(&other, None, "secret", now);
            let (_, message) = message(&other, n as u64, now);
            world.add_message(&other, message);
        }
        assert_eq!(world.by_age.len(), MESSAGES);
        assert_eq!(world.phone(&digits(1)).unwrap().messages.len(), 1, "the latest of the older phone is left");
        assert!(world.message_mut(ids.last().unwrap()).is_some());
    }
}
