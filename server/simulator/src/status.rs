//! The life of a message after its acceptance: which statuses come, when, and what each of them tells the business.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use crate::{
    agenda::Due,
    config::Timing,
    events::Change,
    ids::Wamid,
    magic::Behaviour,
    message::{Author, Message, Status},
    phone::Digits,
    simulator::Simulator,
    webhook,
};

/// A status, and how long after acceptance it comes.
type Step = (Duration, Status);

/// How many statuses are written under one lock.
const AT_ONCE: usize = 256;

/// What will happen to a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    id: Wamid,
    accepted: Instant,
    steps: [Option<Step>; 3],
}

impl Plan {
    fn next(&self) -> Option<Step> {
        self.steps[0]
    }

    fn rest(self) -> Self {
        let [_, second, third] = self.steps;
        Self { steps: [second, third, None], ..self }
    }
}

/// What happens to a message that is accepted now: up to three steps.
fn steps(timing: &Timing, behaviour: Behaviour, message: &Message) -> [Option<Step>; 3] {
    let (sent, delivered) = (timing.sent, timing.delivered);
    if behaviour == Behaviour::Silent || !timing.statuses {
        return [None; 3];
    }
    if message.failure.is_some() {
        return [Some((sent, Status::Failed)), None, None];
    }
    // Reactions are never reported further than this (meta-api, section 1.2).
    if message.kind == "reaction" {
        return [Some((sent, Status::Sent)), None, None];
    }
    let read = timing.read.map(|after| (after, Status::Read));
    match behaviour {
        Behaviour::OutOfOrder => [Some((sent, Status::Delivered)), Some((delivered, Status::Sent)), read],
        Behaviour::ReadAtOnce => [Some((sent, Status::Sent)), Some((delivered, Status::Read)), None],
        _ => [Some((sent, Status::Sent)), Some((delivered, Status::Delivered)), read],
    }
}

impl Simulator {
    /// Lets the plan of a message run that is accepted now.
    pub(crate) fn schedule(&self, id: Wamid, message: &Message) {
        let steps = steps(&self.timing(), Behaviour::of(&id.phone), message);
        self.follow(Plan { id, accepted: Instant::now(), steps });
    }

    fn follow(&self, plan: Plan) {
        if let Some((after, _)) = plan.next() {
            self.inner.agenda.enter(plan.accepted + after, Due::Status(plan));
        }
    }

    /// Takes up the plans that the last run left unfinished.
    pub(crate) fn resume_statuses(&self) {
        let (timing, accepted) = (self.timing(), Instant::now());
        let unfinished: Vec<Plan> = {
            let world = self.world();
            let plan = |digits: &Digits, message: &Message| {
                let id = Wamid::parse(&message.id)?;
                let mut steps = steps(&timing, Behaviour::of(digits), message);
                // Those that have come are at the front.
                while steps[0].is_some_and(|(_, status)| status <= message.status) {
                    steps.rotate_left(1);
                    steps[2] = None;
                }
                Some(Plan { id, accepted, steps })
            };
            world
                .phones()
                .flat_map(|phone| phone.messages.iter().map(move |message| (&phone.digits, message)))
                .filter(|(_, message)| message.author == Author::Business && message.status < Status::Failed)
                .filter_map(|(digits, message)| plan(digits, message))
                .collect()
        };
        for plan in unfinished {
            self.follow(plan);
        }
    }

    /// Does what the agenda says is due.
    pub(crate) fn fall_due(&self, due: Vec<Due>) {
        let mut statuses = Vec::new();
        for one in due {
            match one {
                Due::Webhook(later) => self.later(later),
                Due::Status(plan) => {
                    if let Some((_, status)) = plan.next() {
                        statuses.push((plan.id.to_string(), status));
                        self.follow(plan.rest());
                    }
                }
            }
        }
        self.advance(&statuses);
    }

    /// Messages the business sent reach statuses, and the business is told. A message that was forgotten meanwhile (see
    /// `world`) is passed over, and nothing is read twice.
    pub(crate) fn advance(&self, statuses: &[(String, Status)]) {
        let watched = self.is_watched();
        for statuses in statuses.chunks(AT_ONCE) {
            let (mut changes, mut lanes) = (Vec::new(), BTreeSet::new());
            let mut world = self.world();
            for (id, status) in statuses {
                let Some(digits) = world.phone_of_message(id) else { continue };
                let Some(message) = world.message_mut(id) else { continue };
                let before = message.status;
                if !message.reach(*status) && *status == Status::Read {
                    continue;
                }
                let message = message.clone();
                if let (Some(number), Some(phone)) = (world.number(&message.phone_number_id), world.phone(&digits))
                    && number.subscribed
                {
                    let number = number.clone();
                    let update = webhook::status(phone, &message, *status, before, self.now());
                    for _ in 0..Behaviour::of(&digits).copies() {
                        world.outbox.queue(&number, update.clone());
                    }
                    lanes.insert(number.phone_number_id.clone());
                }
                if watched {
                    changes.push(Change::Message { phone: digits, message });
                }
            }
            drop(world);
            for lane in lanes {
                self.deliver(&lane);
            }
            for change in changes {
                self.tell(change);
            }
        }
        self.inner.dirty.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::Failure;

    fn plan_of(phone: &str, timing: &Timing, change: impl FnOnce(&mut Message)) -> Vec<Status> {
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
            media: None,
        };
        change(&mut message);
        let plan: Vec<Step> =
            steps(timing, Behaviour::of(&Digits::parse(phone).unwrap()), &message).into_iter().flatten().collect();
        assert!(plan.is_sorted_by_key(|(after, _)| *after));
        plan.into_iter().map(|(_, status)| status).collect()
    }

    #[test]
    fn every_phone_has_its_way() {
        let steps = |phone, change: fn(&mut Message)| plan_of(phone, &Timing::default(), change);
        assert_eq!(steps("5511987654321", |_| ()), [Status::Sent, Status::Delivered]);
        assert_eq!(steps("5511987659000", |_| ()), []);
        assert_eq!(steps("5511987659002", |_| ()), [Status::Delivered, Status::Sent]);
        assert_eq!(steps("5511987659003", |_| ()), [Status::Sent, Status::Read]);
        assert_eq!(steps("5511987654321", |m| m.kind = "reaction".into()), [Status::Sent]);
        assert_eq!(steps("5511987651026", |m| m.failure = Some(Failure::of(131_026))), [Status::Failed]);
    }

    #[test]
    fn statuses_can_be_switched_off_and_phones_can_read_by_themselves() {
        let silent = Timing { statuses: false, ..Timing::default() };
        assert_eq!(plan_of("5511987654321", &silent, |_| ()), []);
        let reading = Timing { read: Some(Duration::from_secs(1)), ..Timing::default() };
        assert_eq!(plan_of("5511987654321", &reading, |_| ()), [Status::Sent, Status::Delivered, Status::Read]);
    }
}
