//! The life of a message after its acceptance: which statuses come, when, and what each of them tells the business.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::{
    config::Timing,
    events::Change,
    magic::Behaviour,
    message::{Author, Message, Status},
    phone::Digits,
    simulator::Simulator,
    webhook,
};

/// A status, and how long after acceptance it comes.
type Step = (Duration, Status);

/// What will happen to a message that was accepted just now.
fn plan(timing: &Timing, behaviour: Behaviour, message: &Message) -> Vec<Step> {
    if behaviour == Behaviour::Silent {
        return Vec::new();
    }
    if message.failure.is_some() {
        return vec![(timing.sent, Status::Failed)];
    }
    // Reactions are never reported further than this (meta-api, section 1.2).
    if message.kind == "reaction" {
        return vec![(timing.sent, Status::Sent)];
    }
    let mut steps = match behaviour {
        Behaviour::OutOfOrder => vec![(timing.sent, Status::Delivered), (timing.delivered, Status::Sent)],
        Behaviour::ReadAtOnce => return vec![(timing.sent, Status::Sent), (timing.delivered, Status::Read)],
        _ => vec![(timing.sent, Status::Sent), (timing.delivered, Status::Delivered)],
    };
    steps.extend(timing.read.map(|after| (after, Status::Read)));
    steps
}

impl Simulator {
    /// Lets the plan of a message run.
    pub(crate) fn schedule(&self, phone: &Digits, message: &Message) {
        let steps = plan(&self.inner.config.timing, Behaviour::of(phone), message);
        self.follow(message.id.clone(), steps);
    }

    fn follow(&self, id: String, steps: Vec<Step>) {
        if steps.is_empty() {
            return;
        }
        let simulator = self.clone();
        let accepted = Instant::now();
        self.spawn(async move {
            for (after, status) in steps {
                tokio::select! {
                    () = simulator.inner.stop.cancelled() => return,
                    () = sleep_until(accepted + after) => simulator.advance(&id, status),
                }
            }
        });
    }

    /// Takes up the plans that the last run left unfinished.
    pub(crate) fn resume_statuses(&self) {
        let unfinished: Vec<_> = {
            let world = self.world();
            let steps = |digits: &Digits, message: &Message| {
                let mut steps = plan(&self.inner.config.timing, Behaviour::of(digits), message);
                steps.retain(|(_, status)| *status > message.status);
                (message.id.clone(), steps)
            };
            world
                .phones()
                .flat_map(|phone| phone.messages.iter().map(move |message| (&phone.digits, message)))
                .filter(|(_, message)| message.author == Author::Business && message.status < Status::Failed)
                .map(|(digits, message)| steps(digits, message))
                .collect()
        };
        for (id, steps) in unfinished {
            self.follow(id, steps);
        }
    }

    /// A message the business sent reaches a status, and the business is told. A message that was forgotten meanwhile
    /// (see `world`) is passed over, and nothing is read twice.
    pub(crate) fn advance(&self, id: &str, status: Status) {
        let change = {
            let mut world = self.world();
            let Some(digits) = world.phone_of_message(id).cloned() else { return };
            let Some(message) = world.message_mut(id) else { return };
            let before = message.status;
            if !message.reach(status) && status == Status::Read {
                return;
            }
            let message = message.clone();
            let number = world.number(&message.phone_number_id).cloned();
            if let (Some(number), Some(phone)) = (number, world.phone(&digits)) {
                let at = self.now();
                let body = webhook::status(&number, phone, &message, status, before, at);
                if number.subscribed {
                    for _ in 0..Behaviour::of(&digits).copies() {
                        world.queue(&number.phone_number_id, webhook::Hook::new(&body, None));
                    }
                }
            }
            Change::Message { phone: digits, message }
        };
        if let Change::Message { message, .. } = &change {
            self.ring(&message.phone_number_id);
        }
        self.tell(change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Failure;

    fn steps(phone: &str, change: impl FnOnce(&mut Message)) -> Vec<Status> {
        let mut message = Message {
            id: "wamid.1".into(),
            phone_number_id: "1".into(),
            author: Author::Business,
            at: jiff::Timestamp::UNIX_EPOCH,
            kind: "text".into(),
            text: "Hello".into(),
            reply_to: None,
            status: Status::Accepted,
            failure: None,
            callback_data: None,
            to_user_id: false,
            category: None,
        };
        change(&mut message);
        let plan = plan(&Timing::default(), Behaviour::of(&Digits::parse(phone).unwrap()), &message);
        assert!(plan.is_sorted_by_key(|(after, _)| *after));
        plan.into_iter().map(|(_, status)| status).collect()
    }

    #[test]
    fn every_phone_has_its_way() {
        assert_eq!(steps("5511987654321", |_| ()), [Status::Sent, Status::Delivered]);
        assert_eq!(steps("5511987659000", |_| ()), []);
        assert_eq!(steps("5511987659002", |_| ()), [Status::Delivered, Status::Sent]);
        assert_eq!(steps("5511987659003", |_| ()), [Status::Sent, Status::Read]);
        assert_eq!(steps("5511987654321", |m| m.kind = "reaction".into()), [Status::Sent]);
        assert_eq!(steps("5511987651026", |m| m.failure = Some(Failure::of(131_026))), [Status::Failed]);
    }
}
