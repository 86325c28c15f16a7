//! Everything the simulator remembers, under one lock and in one file.
//!
//! Memory is bounded: [`PHONES`] phones with [`MESSAGES_PER_PHONE`] messages each; the longest unused go first. Webhooks
//! that wait for their server are not bounded, since none may be lost.

use std::collections::{BTreeMap, HashMap, VecDeque};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    message::Message,
    number::Number,
    phone::{Digits, MESSAGES_PER_PHONE, Phone},
    webhook::Hook,
};

/// How many phones are remembered.
pub(crate) const PHONES: usize = 10_000;
/// How many numbers may be registered over HTTP.
pub(crate) const NUMBERS: usize = 1_000;

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct World {
    /// By key.
    pub(crate) numbers: BTreeMap<String, Number>,
    phones: BTreeMap<Digits, Phone>,
    /// By phone number id, in the order in which they must arrive.
    outbox: BTreeMap<String, VecDeque<Hook>>,
    /// Which phone a message is on.
    #[serde(skip)]
    by_message: HashMap<String, Digits>,
    #[serde(skip)]
    by_user: HashMap<String, Digits>,
}

impl World {
    /// Rebuilds what is not in the file.
    pub(crate) fn index(&mut self) {
        for (digits, phone) in &self.phones {
            self.by_user.insert(phone.user_id.clone(), digits.clone());
            for message in &phone.messages {
                self.by_message.insert(message.id.clone(), digits.clone());
            }
        }
    }

    // Numbers.

    pub(crate) fn number(&self, phone_number_id: &str) -> Option<&Number> {
        self.numbers.values().find(|number| number.phone_number_id == phone_number_id)
    }

    pub(crate) fn number_of_token(&self, token: &str) -> Option<&Number> {
        self.numbers.values().find(|number| number.access_token == token)
    }

    /// The number somebody means: by id, key or telephone number; without a name, the one registered last.
    pub(crate) fn number_named(&self, name: Option<&str>) -> Option<&Number> {
        let Some(name) = name else { return self.numbers.values().max_by_key(|number| number.registered) };
        let digits = Digits::parse(name).ok();
        let named = |number: &&Number| {
            number.phone_number_id == name
                || number.key == name
                || digits.as_ref().is_some_and(|digits| number.digits() == digits.as_str())
        };
        self.numbers.values().find(named)
    }

    // Phones.

    pub(crate) fn phone(&self, digits: &Digits) -> Option<&Phone> {
        self.phones.get(digits)
    }

    pub(crate) fn phones(&self) -> impl Iterator<Item = &Phone> {
        self.phones.values()
    }

    pub(crate) fn phone_of_user(&self, user_id: &str) -> Option<&Digits> {
        self.by_user.get(user_id)
    }

    pub(crate) fn phone_of_message(&self, id: &str) -> Option<&Digits> {
        self.by_message.get(id)
    }

    /// The phone, bought on the spot if need be; a name that is given replaces the one it had.
    pub(crate) fn phone_for(
        &mut self,
        digits: &Digits,
        name: Option<&str>,
        secret: &str,
        now: Timestamp,
    ) -> &mut Phone {
        if !self.phones.contains_key(digits) {
            self.make_room();
        }
        let by_user = &mut self.by_user;
        let phone = self.phones.entry(digits.clone()).or_insert_with(|| {
            let phone = Phone::new(digits.clone(), name, secret, now);
            by_user.insert(phone.user_id.clone(), digits.clone());
            phone
        });
        phone.last_active = now;
        if let Some(name) = name {
            name.clone_into(&mut phone.name);
        }
        phone
    }

    fn make_room(&mut self) {
        if self.phones.len() < PHONES {
            return;
        }
        let oldest = self.phones.values().min_by_key(|phone| phone.last_active).map(|phone| phone.digits.clone());
        if let Some(phone) = oldest.and_then(|digits| self.phones.remove(&digits)) {
            self.by_user.remove(&phone.user_id);
            for message in &phone.messages {
                self.by_message.remove(&message.id);
            }
        }
    }

    // Messages.

    pub(crate) fn add_message(&mut self, digits: &Digits, message: Message) {
        let Some(phone) = self.phones.get_mut(digits) else { return };
        self.by_message.insert(message.id.clone(), digits.clone());
        phone.messages.push_back(message);
        while phone.messages.len() > MESSAGES_PER_PHONE {
            if let Some(forgotten) = phone.messages.pop_front() {
                self.by_message.remove(&forgotten.id);
            }
        }
    }

    /// The messages of a phone, to be changed in place.
    pub(crate) fn messages_mut(&mut self, digits: &Digits) -> impl Iterator<Item = &mut Message> {
        self.phones.get_mut(digits).into_iter().flat_map(|phone| phone.messages.iter_mut())
    }

    pub(crate) fn message_mut(&mut self, id: &str) -> Option<&mut Message> {
        let digits = self.by_message.get(id)?;
        // Most questions are about a recent message.
        self.phones.get_mut(digits)?.messages.iter_mut().rev().find(|message| message.id == id)
    }

    // Webhooks that wait.

    pub(crate) fn queue(&mut self, phone_number_id: &str, hook: Hook) {
        self.outbox.entry(phone_number_id.to_owned()).or_default().push_back(hook);
    }

    pub(crate) fn first_waiting(&self, phone_number_id: &str) -> Option<Hook> {
        self.outbox.get(phone_number_id)?.front().cloned()
    }

    pub(crate) fn first_arrived(&mut self, phone_number_id: &str) {
        if let Some(waiting) = self.outbox.get_mut(phone_number_id) {
            waiting.pop_front();
        }
    }

    pub(crate) fn waiting(&self) -> usize {
        self.outbox.values().map(VecDeque::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Author, Status};

    fn message(n: usize, at: Timestamp) -> Message {
        Message {
            id: format!("wamid.{n}"),
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
        }
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_go_first() {
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        let mut world = World::default();
        for n in 0..=PHONES {
            let digits = Digits::parse(&format!("55119{n:08}")).unwrap();
            world.phone_for(
                &digits,
                None,
                "secret",
                start + jiff::SignedDuration::from_secs(i64::try_from(n).unwrap()),
            );
            world.add_message(&digits, message(n, start));
        }
        assert_eq!(world.phones().count(), PHONES);
        assert!(world.phone(&Digits::parse("5511900000000").unwrap()).is_none());
        assert!(world.message_mut("wamid.0").is_none());

        let digits = Digits::parse("5511900000001").unwrap();
        for n in 0..MESSAGES_PER_PHONE {
            world.add_message(&digits, message(100_000 + n, start));
        }
        assert_eq!(world.phone(&digits).unwrap().messages.len(), MESSAGES_PER_PHONE);
        assert!(world.message_mut("wamid.1").is_none());
        assert!(world.message_mut("wamid.100000").is_some());
        assert_eq!((world.by_user.len(), world.by_message.len()), (PHONES, PHONES - 1 + MESSAGES_PER_PHONE));
    }
}
