//! What a business does through the messages endpoint, once it is known to be well formed: send, and mark as read.

use crate::{
    events::Change,
    graph::{GraphError, Outgoing, Recipient},
    ids::Wamid,
    magic::Behaviour,
    message::{Author, Failure, Message, Status},
    number::Number,
    phone::Digits,
    simulator::{Simulator, lock},
};

/// What the answer to an accepted message says of it.
#[derive(Debug)]
pub(crate) struct Accepted {
    pub(crate) id: String,
    pub(crate) phone: Digits,
    pub(crate) user_id: String,
}

impl Simulator {
    /// Takes a message, unless there have been too many. What can only fail later (window, reachability, payment) is
    /// accepted here and reported by webhook, as at Meta.
    pub(crate) fn accept(&self, number: &Number, outgoing: Outgoing) -> Result<Accepted, GraphError> {
        let now = self.now();
        let (id, message, accepted) = {
            let mut world = self.world();
            let digits = match &outgoing.recipient {
                Recipient::Phone(digits) => *digits,
                Recipient::User(user_id) => world.phone_of_user(user_id).copied().ok_or_else(|| {
                    GraphError::value("No user with this business-scoped user ID is known to the business.")
                })?,
            };
            if digits.as_str() == number.digits() {
                return Err(GraphError::recipient_is_sender());
            }
            let limits = lock(&self.inner.limits)
                .take(&number.phone_number_id, digits, now.as_microsecond())
                .inspect_err(|error| self.note_refused(&number.phone_number_id, error.code))?;
            let phone = world.phone_for(&digits, None, &self.inner.config.app_secret, now);
            let behaviour = Behaviour::of(&digits);
            let is_closed = limits.window && !phone.window_is_open(&number.phone_number_id, now);
            let failure = if let Behaviour::Fails(code) = behaviour {
                Some(Failure::of(code))
            } else if !outgoing.opens_conversations && is_closed {
                Some(Failure::of(131_047))
            } else if outgoing
                .media
                .as_ref()
                .is_some_and(|id| !self.can_send_file(&number.phone_number_id, id, &outgoing.kind))
            {
                Some(Failure::of(131_053))
            } else if outgoing.reacts_to.as_ref().is_some_and(|id| {
                !phone
                    .messages
                    .iter()
                    .any(|m| m.id == *id && m.phone_number_id == number.phone_number_id && m.kind != "reaction")
            }) {
                Some(Failure::of(131_009))
            } else {
                None
            };
            let id = Wamid::new(Author::Business, digits);
            let reached = failure.is_none() && behaviour != Behaviour::Silent;
            lock(&self.inner.ledgers).accepted(
                &number.phone_number_id,
                id,
                &outgoing.text,
                outgoing.callback_data.as_deref(),
                reached,
                now.as_microsecond(),
            );
            let message = Message {
                id: id.to_string(),
                phone_number_id: number.phone_number_id.clone(),
                author: Author::Business,
                at: now,
                kind: outgoing.kind,
                text: outgoing.text,
                reply_to: outgoing.reply_to,
                status: Status::Accepted,
                failure,
                callback_data: outgoing.callback_data,
                to_user_id: matches!(outgoing.recipient, Recipient::User(_)),
                category: Some(outgoing.category.to_owned()),
                media: outgoing.media,
            };
            let accepted = Accepted { id: message.id.clone(), user_id: phone.user_id.clone(), phone: digits };
            world.add_message(&digits, message.clone());
            (id, message, accepted)
        };
        self.schedule(id, &message);
        self.tell(Change::Message { phone: accepted.phone, message });
        Ok(accepted)
    }

    /// The business has read a message, and so everything before it in the thread; with `typing`, its answer is on the way.
    pub(crate) fn business_reads(&self, number: &Number, id: &str, typing: bool) -> Result<(), GraphError> {
        let (phone, read) = {
            let mut world = self.world();
            let unknown = || GraphError::value("The message to mark as read does not exist.");
            let digits = world.phone_of_message(id).ok_or_else(unknown)?;
            let last = world
                .messages_mut(&digits)
                .position(|m| m.id == id && m.author == Author::Customer && m.phone_number_id == number.phone_number_id)
                .ok_or_else(unknown)?;
            let read: Vec<Message> = world
                .messages_mut(&digits)
                .take(last + 1)
                .filter(|m| m.author == Author::Customer && m.phone_number_id == number.phone_number_id)
                .filter_map(|m| m.reach(Status::Read).then(|| m.clone()))
                .collect();
            (digits, read)
        };
        for message in read {
            self.tell(Change::Message { phone, message });
        }
        if typing {
            self.tell(Change::Typing { phone, phone_number_id: number.phone_number_id.clone() });
        }
        Ok(())
    }

    /// The business's server took a webhook about a customer's message.
    pub(crate) fn business_received(&self, id: &str) {
        let change = {
            let mut world = self.world();
            let Some(digits) = world.phone_of_message(id) else { return };
            let Some(message) = world.message_mut(id) else { return };
            if !message.reach(Status::Delivered) {
                return;
            }
            Change::Message { phone: digits, message: message.clone() }
        };
        self.tell(change);
    }
}
