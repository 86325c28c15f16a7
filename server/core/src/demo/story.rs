//! One conversation from its first to its last message, and how it is worked on. All of it follows from the dice.

use charla_meta::graph::lookup;
use charla_shared::{
    conversation::Status,
    entry::{EntryContent, MemberName},
    message::{Content, DeliveryState},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    calendar::{self, DAY},
    dice::Dice,
    person::{Person, person},
    vocabulary::NOTES,
    words,
};

/// Final states of outgoing messages, and how often each is met.
const STATES: &[(DeliveryState, i64)] = &[
    (DeliveryState::Read, 640),
    (DeliveryState::Delivered, 240),
    (DeliveryState::Sent, 60),
    (DeliveryState::Accepted, 25),
    (DeliveryState::Failed, 30),
    (DeliveryState::Unknown, 5),
];
/// The way of a message as far as that.
const WAY: &[DeliveryState] = &[
    DeliveryState::Queued,
    DeliveryState::Sending,
    DeliveryState::Accepted,
    DeliveryState::Sent,
    DeliveryState::Delivered,
    DeliveryState::Read,
    DeliveryState::Played,
];
/// What messages fail with.
const CODES: &[i64] = &[131_026, 131_047, 131_049, 130_472, 131_053];

/// Who and what a workspace has.
#[derive(Debug)]
pub(super) struct Scene {
    /// The workspace.
    pub workspace: Uuid,
    /// Its channel.
    pub channel: Uuid,
    /// Members who write.
    pub members: Vec<MemberName>,
    /// Its labels with their names.
    pub labels: Vec<(Uuid, String)>,
    /// Its tags.
    pub tags: Vec<Uuid>,
    /// The present.
    pub now: Timestamp,
}

/// A message.
#[derive(Debug)]
pub(super) struct Message {
    pub id: Uuid,
    pub author: Author,
    pub content: Content,
    pub external_id: Option<String>,
    pub quoted: Option<String>,
    pub arrival: i32,
    pub state: Option<DeliveryState>,
    pub code: Option<i64>,
    pub waited: Option<i32>,
    pub at: Timestamp,
    pub steps: Vec<Step>,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Author {
    Contact,
    Member(Uuid),
    Phone,
}

/// A step of an outgoing message's way.
#[derive(Debug)]
pub(super) struct Step {
    pub id: Uuid,
    pub state: DeliveryState,
    pub source: &'static str,
    pub at: Timestamp,
    pub detail: Option<Value>,
}

/// A note or a change.
#[derive(Debug)]
pub(super) struct Entry {
    pub id: Uuid,
    pub author: Option<Uuid>,
    pub content: EntryContent,
    pub at: Timestamp,
}

/// A conversation.
#[derive(Debug)]
pub(super) struct Story {
    pub person: Person,
    pub contact: Uuid,
    pub id: Uuid,
    pub messages: Vec<Message>,
    pub entries: Vec<Entry>,
    pub arrived: i32,
    pub read_through: i32,
    pub status: Status,
    pub snoozed_until: Option<Timestamp>,
    pub assignee: Option<MemberName>,
    pub waiting_since: Option<Timestamp>,
    pub last_inbound_at: Option<Timestamp>,
    pub labels: Vec<Uuid>,
    pub tags: Vec<Uuid>,
}

/// The conversation of the customer with this number: `length` messages, one at least.
pub(super) fn story(dice: &mut Dice, scene: &Scene, number: u64, length: u64) -> Story {
    let person = person(dice, number);
    let now = scene.now.as_second();
    let last = calendar::last_active(dice, now);
    let recent = now - last < 2 * DAY;
    let status = if recent { [650, 100, 50, 200] } else { [40, 60, 40, 860] };
    let status = [Status::Open, Status::Pending, Status::Snoozed, Status::Resolved][dice.weighted(&status)];
    let waits = status != Status::Resolved && dice.often(if recent { 500 } else { 150 });
    let seconds = calendar::seconds(dice, usize::try_from(length).unwrap_or(1), last, calendar::beginning(now));
    let assignee = dice.often(600).then(|| dice.one_of(&scene.members).clone());
    let first = seconds.first().copied().unwrap_or(last);
    let mut story = Story {
        person,
        contact: dice.id_at(first * 1_000),
        id: dice.id_at(first * 1_000),
        messages: Vec::with_capacity(seconds.len()),
        entries: Vec::new(),
        arrived: 0,
        read_through: 0,
        status,
        snoozed_until: None,
        assignee,
        waiting_since: None,
        last_inbound_at: None,
        labels: Vec::new(),
        tags: Vec::new(),
    };
    let (mut inbound, mut run) = (true, 0);
    for (place, second) in seconds.iter().enumerate() {
        if place > 0 {
            inbound = if place + 1 == seconds.len() { waits } else { inbound != dice.often(600) };
        }
        if inbound {
            run += 1;
            story.customer_writes(dice, *second);
        } else {
            run = 0;
            story.member_answers(dice, scene, *second);
        }
    }
    if story.status == Status::Resolved {
        story.waiting_since = None;
    }
    let unread = if story.waiting_since.is_some() && dice.often(600) {
        i32::try_from(dice.between(1, run)).unwrap_or(1)
    } else {
        0
    };
    story.read_through = story.arrived - unread;
    story.is_worked_on(dice, scene, last);
    story
}

impl Story {
    /// When its first message was.
    pub(super) fn began(&self) -> Timestamp {
        self.messages.first().map_or(Timestamp::UNIX_EPOCH, |message| message.at)
    }

    fn earlier(&self, dice: &mut Dice, of_customer: bool) -> Option<&str> {
        // One of the last few: people answer to what they see.
        let back = dice.place(self.messages.len().min(12));
        let message = self.messages.iter().rev().nth(back)?;
        let fits = !of_customer || message.author == Author::Contact;
        message.external_id.as_deref().filter(|_| fits)
    }

    fn customer_writes(&mut self, dice: &mut Dice, second: i64) {
        let earlier = self.earlier(dice, false).map(str::to_owned);
        let own = self.earlier(dice, true).map(str::to_owned);
        let mut content = words::from_customer(dice, self.person.language, earlier.as_deref());
        // Nobody edits or deletes what somebody else wrote.
        if let Content::Edit { target, .. } | Content::Revoked { target } = &mut content {
            match own {
                Some(own) => *target = own,
                None => content = Content::Sticker,
            }
        }
        let at = moment(second, 0);
        self.arrived += 1;
        if content.asks_for_an_answer() {
            self.waiting_since.get_or_insert(at);
        }
        self.last_inbound_at = Some(at);
        let quoted = matches!(content, Content::Text { .. }).then(|| earlier.filter(|_| dice.often(40))).flatten();
        let id = dice.id_at(at.as_millisecond());
        self.messages.push(Message {
            id,
            author: Author::Contact,
            content,
            external_id: Some(format!("wamid.DEMO{}", id.simple())),
            quoted,
            arrival: self.arrived,
            state: None,
            code: None,
            waited: None,
            at,
            steps: Vec::new(),
        });
    }

    fn member_answers(&mut self, dice: &mut Dice, scene: &Scene, second: i64) {
        let content = words::from_member(dice, self.person.language);
        let at = moment(second, dice.below(900_000));
        let author = match &self.assignee {
            _ if dice.often(30) => Author::Phone,
            Some(member) if dice.often(850) => Author::Member(member.id.into()),
            _ => Author::Member(dice.one_of(&scene.members).id.into()),
        };
        let weights: Vec<i64> = STATES.iter().map(|(_, weight)| *weight).collect();
        let state = match (STATES[dice.weighted(&weights)].0, &content) {
            (DeliveryState::Read, Content::Audio { voice: true }) => DeliveryState::Played,
            // What was written on the phone itself is known only by Meta's word.
            (DeliveryState::Unknown, _) if author == Author::Phone => DeliveryState::Sent,
            (state, _) => state,
        };
        let code = (state == DeliveryState::Failed).then(|| *dice.one_of(CODES));
        // What was written on the phone itself ends no wait, as in `first_unanswered`.
        let answered = if author == Author::Phone { None } else { self.waiting_since.take() };
        let waited = answered.map(|since| at.as_second() - since.as_second());
        let quoted = self.earlier(dice, true).map(str::to_owned).filter(|_| dice.often(30));
        let id = dice.id_at(at.as_millisecond());
        // The whole way of what is recent; of the rest, where it ended.
        let whole = scene.now.as_second() - second < 2 * DAY && author != Author::Phone;
        self.messages.push(Message {
            id,
            author,
            content,
            external_id: (state != DeliveryState::Unknown).then(|| format!("wamid.DEMO{}", id.simple())),
            quoted,
            arrival: self.arrived,
            state: Some(state),
            code,
            waited: waited.map(|seconds| i32::try_from(seconds.max(0)).unwrap_or(i32::MAX)),
            at,
            steps: steps(dice, (state, code), at, scene.now, whole),
        });
    }

    /// Status, labels, tags, notes, and the lines that tell of them.
    fn is_worked_on(&mut self, dice: &mut Dice, scene: &Scene, last: i64) {
        let began = self.began().as_second();
        if let Some(member) = self.assignee.clone() {
            let content = EntryContent::Assigned { to: Some(member) };
            self.add_entry(dice, scene, began + 20, content);
        }
        if dice.often(450) {
            let (label, name) = dice.zipf_of(&scene.labels).clone();
            self.labels.push(label);
            self.add_entry(dice, scene, began + 40, EntryContent::Labelled { label: name, added: true });
            let second = dice.one_of(&scene.labels).0;
            if second != label && dice.often(300) {
                self.labels.push(second);
            }
        }
        if dice.often(300) {
            self.tags.push(*dice.zipf_of(&scene.tags));
        }
        if dice.often(80) {
            for _ in 0..dice.between(1, 3) {
                let after = dice.between(began, last);
                let body = (*dice.one_of(NOTES)).to_owned();
                self.add_entry(dice, scene, after + 1, EntryContent::Note { body });
            }
        }
        if self.status == Status::Snoozed {
            let hours = dice.between(1, 5 * 24);
            self.snoozed_until = scene.now.checked_add(SignedDuration::from_hours(hours)).ok();
        }
        if self.status != Status::Open {
            let reason = (self.status == Status::Resolved && dice.often(200)).then(|| "Answered".to_owned());
            let changed =
                EntryContent::Status { status: self.status, until: self.snoozed_until, reason, by_customer: false };
            let after = dice.between(30, 3_600);
            self.add_entry(dice, scene, last + after, changed);
        }
    }

    fn add_entry(&mut self, dice: &mut Dice, scene: &Scene, second: i64, content: EntryContent) {
        let at = moment(second, dice.below(900_000)).min(scene.now);
        let author = Some(dice.one_of(&scene.members).id.into());
        self.entries.push(Entry { id: dice.id_at(at.as_millisecond()), author, content, at });
    }
}

fn moment(second: i64, microseconds: i64) -> Timestamp {
    Timestamp::from_microsecond(second * 1_000_000 + microseconds).unwrap_or_default()
}

/// What the recorder has of a message that ended in this state.
fn steps(
    dice: &mut Dice,
    (end, code): (DeliveryState, Option<i64>),
    at: Timestamp,
    now: Timestamp,
    whole: bool,
) -> Vec<Step> {
    let reached = match end {
        DeliveryState::Failed => 3,
        DeliveryState::Unknown => 2,
        state => WAY.iter().position(|step| *step == state).unwrap_or_default(),
    };
    let mut way: Vec<DeliveryState> = if whole { WAY[..reached].to_vec() } else { Vec::new() };
    way.push(end);
    let mut after = at;
    way.into_iter()
        .map(|state| {
            let source = match state {
                DeliveryState::Queued => "member",
                DeliveryState::Sending | DeliveryState::Accepted | DeliveryState::Unknown => "attempt",
                _ => "webhook",
            };
            let pause = SignedDuration::from_millis(match state {
                DeliveryState::Queued => 0,
                DeliveryState::Read | DeliveryState::Played => dice.between(2_000, 400_000),
                _ => dice.between(40, 900),
            });
            after = after.checked_add(pause).unwrap_or(after).min(now);
            let codes = code.filter(|_| state == DeliveryState::Failed);
            let detail = codes.map(|code| json!({ "news": { "codes": [code] } }));
            Step { id: dice.id_at(after.as_millisecond()), state, source, at: after, detail }
        })
        .collect()
}

/// What people are told of a failure.
pub(super) fn failure(code: Option<i64>) -> Option<&'static str> {
    code.and_then(lookup).map(|info| info.remedy)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn scene() -> Scene {
        let member = |n: u128, name: &str| MemberName { id: Uuid::from_u128(n).into(), name: name.to_owned() };
        Scene {
            workspace: Uuid::from_u128(1),
            channel: Uuid::from_u128(2),
            members: vec![member(3, "Maya"), member(4, "Tomás")],
            labels: vec![(Uuid::from_u128(5), "Order".to_owned()), (Uuid::from_u128(6), "VIP".to_owned())],
            tags: vec![Uuid::from_u128(7)],
            now: Timestamp::constant(1_795_251_900, 0),
        }
    }

    #[test]
    fn the_same_seed_tells_the_same_story() {
        let tell = |seed| format!("{:?}", story(&mut Dice::new(seed, 1), &scene(), 1, 30));
        assert_eq!(tell(1), tell(1));
        assert_ne!(tell(1), tell(2));
    }

    #[test]
    fn stories_hold_together() {
        let (scene, mut states, mut waiting) = (scene(), HashSet::new(), 0);
        for number in 0..400 {
            let story = story(&mut Dice::new(7, number), &scene, number, 1 + number % 40);
            assert_eq!(story.messages.len() as u64, 1 + number % 40);
            assert!(story.messages.windows(2).all(|pair| pair[0].at < pair[1].at), "in order");
            assert!(story.messages.iter().all(|message| message.at <= scene.now));
            let arrived = story.messages.iter().filter(|message| message.author == Author::Contact).count();
            assert_eq!(i32::try_from(arrived).ok(), Some(story.arrived));
            assert!((0..=story.arrived).contains(&story.read_through));
            assert_eq!(story.status == Status::Snoozed, story.snoozed_until.is_some());
            for message in &story.messages {
                assert_eq!(message.steps.last().map(|step| step.state), message.state, "the recorder has its end");
                states.extend(message.state);
            }
            waiting += usize::from(story.waiting_since.is_some());
            if story.waiting_since.is_some() {
                assert!(story.messages.last().is_some_and(|message| message.author == Author::Contact));
            }
        }
        assert!(waiting > 20, "{waiting} wait");
        let all: HashSet<_> = STATES.iter().map(|(state, _)| *state).chain([DeliveryState::Played]).collect();
        assert_eq!(states, all);
    }
}
