//! The webhooks that wait, number by number: a lane each, with a few deliveries under way and the rest in order.
//!
//! A delivery is composed when a connection is free for it, from one update, or from many when more wait than
//! connections are free. From then on its bytes do not change. One that fails leaves its connection to the others until
//! it is tried again.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser::SerializeMap as _};

use super::{Event, Letterhead, Update};
use crate::{
    faults::{Faults, WebhookFate},
    number::Number,
};

/// Something to be posted.
#[derive(Debug)]
pub(crate) struct Delivery {
    pub(crate) id: u64,
    pub(crate) body: Bytes,
    pub(crate) events: Arc<[Event]>,
    /// Failed tries, as far as they are behind it.
    pub(crate) failures: u32,
    /// When it was tried first, in microseconds since 1970; 0 before that.
    pub(crate) tried: i64,
    /// Copies of it that follow once it has arrived.
    copies: u8,
}

/// As it is kept in the state file.
#[derive(Serialize, Deserialize)]
struct Saved<'a> {
    body: std::borrow::Cow<'a, str>,
    #[serde(default)]
    events: Vec<Event>,
}

/// How many connections and updates a lane may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Width {
    pub(crate) parallel: usize,
    pub(crate) batch: usize,
}

/// What is to be done after the lane was looked at.
#[derive(Debug)]
pub(crate) enum Step {
    /// Post it now.
    Post(Arc<Delivery>),
    /// Post it after a while.
    Wait(Duration, u64),
    /// Let go of what is held back for reordering, at the latest after a while.
    Release(Duration, u64),
}

/// Deliveries that are collected in order to be shuffled.
#[derive(Debug)]
struct Held {
    number: u64,
    deliveries: Vec<u64>,
    window: usize,
}

#[derive(Debug, Default)]
struct Lane {
    letterhead: Option<Letterhead>,
    waiting: VecDeque<Update>,
    /// Composed, not arrived: under way, waiting for another try, delayed or held back.
    composed: BTreeMap<u64, Arc<Delivery>>,
    /// Of the composed ones, those that may go as soon as a connection is free.
    ready: VecDeque<u64>,
    under_way: usize,
    failures_in_a_row: usize,
    /// Nothing new is composed while the server seems to be away, so that what waits goes in few deliveries later.
    is_paused: bool,
    held: Option<Held>,
}

/// Reordering does not wait longer than this for its window to fill.
const HOLD: Duration = Duration::from_millis(250);

#[derive(Debug, Default)]
pub(crate) struct Outbox {
    /// By phone number id.
    lanes: HashMap<String, Lane>,
    last_id: u64,
}

impl Outbox {
    fn lane(&mut self, phone_number_id: &str) -> &mut Lane {
        if !self.lanes.contains_key(phone_number_id) {
            self.lanes.insert(phone_number_id.to_owned(), Lane::default());
        }
        self.lanes.entry(phone_number_id.to_owned()).or_default()
    }

    pub(crate) fn queue(&mut self, number: &Number, update: Update) {
        let lane = match self.lanes.get_mut(&number.phone_number_id) {
            Some(lane) => lane,
            None => self.lane(&number.phone_number_id),
        };
        lane.letterhead.get_or_insert_with(|| Letterhead::of(number));
        lane.waiting.push_back(update);
    }

    /// The numbers for which something waits.
    pub(crate) fn lanes(&self) -> Vec<String> {
        self.lanes.keys().cloned().collect()
    }

    /// How many updates have not arrived.
    pub(crate) fn waiting(&self) -> usize {
        let composed = |lane: &Lane| lane.composed.values().map(|delivery| delivery.events.len()).sum::<usize>();
        self.lanes.values().map(|lane| lane.waiting.len() + composed(lane)).sum()
    }

    /// What can go now.
    pub(crate) fn next(&mut self, phone_number_id: &str, width: Width, faults: &Faults) -> Vec<Step> {
        let last_id = &mut self.last_id;
        let Some(lane) = self.lanes.get_mut(phone_number_id) else { return Vec::new() };
        let mut steps = Vec::new();
        while lane.under_way < width.parallel {
            if let Some(id) = lane.ready.pop_front() {
                if let Some(delivery) = lane.composed.get(&id) {
                    lane.under_way += 1;
                    steps.push(Step::Post(Arc::clone(delivery)));
                }
                continue;
            }
            if lane.is_paused || lane.waiting.is_empty() {
                break;
            }
            let free = width.parallel - lane.under_way;
            let count = if lane.waiting.len() <= free { 1 } else { lane.waiting.len().min(width.batch.max(1)) };
            let Some(letterhead) = &lane.letterhead else { break };
            let updates: Vec<Update> = lane.waiting.drain(..count).collect();
            let body = Bytes::from(letterhead.write(&updates));
            let events: Arc<[Event]> = updates.into_iter().map(|update| update.event).collect();
            lane.enter(phone_number_id, body, events, faults, last_id, &mut steps);
        }
        steps
    }

    /// A delivery was answered with 200; gives it for the ledger.
    pub(crate) fn arrived(&mut self, phone_number_id: &str, id: u64) -> Option<Arc<Delivery>> {
        let lane = self.lanes.get_mut(phone_number_id)?;
        lane.under_way = lane.under_way.saturating_sub(1);
        lane.failures_in_a_row = 0;
        let delivery = lane.composed.remove(&id)?;
        if delivery.copies > 0 {
            self.last_id += 1;
            let copy = Delivery {
                id: self.last_id,
                body: delivery.body.clone(),
                events: Arc::clone(&delivery.events),
                failures: 0,
                tried: 0,
                copies: delivery.copies - 1,
            };
            lane.ready.push_front(copy.id);
            lane.composed.insert(copy.id, Arc::new(copy));
        }
        Some(delivery)
    }

    /// A delivery failed; gives how often it has, and whether the lane should pause.
    pub(crate) fn failed(
        &mut self,
        phone_number_id: &str,
        id: u64,
        now: i64,
        parallel: usize,
    ) -> Option<(u32, i64, bool)> {
        let lane = self.lanes.get_mut(phone_number_id)?;
        lane.under_way = lane.under_way.saturating_sub(1);
        lane.failures_in_a_row += 1;
        let pauses = lane.failures_in_a_row >= parallel && !lane.is_paused;
        lane.is_paused |= pauses;
        let delivery = lane.composed.get_mut(&id)?;
        let tried = if delivery.tried == 0 { now } else { delivery.tried };
        let failures = delivery.failures + 1;
        *delivery = Arc::new(Delivery {
            id,
            body: delivery.body.clone(),
            events: Arc::clone(&delivery.events),
            failures,
            tried,
            copies: delivery.copies,
        });
        Some((failures, tried, pauses))
    }

    /// A delivery is not tried again.
    pub(crate) fn drop_delivery(&mut self, phone_number_id: &str, id: u64) {
        if let Some(lane) = self.lanes.get_mut(phone_number_id) {
            lane.composed.remove(&id);
        }
    }

    /// A delivery may go, when a connection is free.
    pub(crate) fn again(&mut self, phone_number_id: &str, id: u64) {
        if let Some(lane) = self.lanes.get_mut(phone_number_id) {
            lane.ready.push_back(id);
        }
    }

    pub(crate) fn resume(&mut self, phone_number_id: &str) {
        if let Some(lane) = self.lanes.get_mut(phone_number_id) {
            lane.is_paused = false;
        }
    }

    /// Lets go of what is held back, if it still is.
    pub(crate) fn release(&mut self, phone_number_id: &str, number: u64, faults: &Faults) {
        if let Some(lane) = self.lanes.get_mut(phone_number_id)
            && lane.held.as_ref().is_some_and(|held| held.number == number)
        {
            lane.release(faults);
        }
    }
}

impl Lane {
    /// Enters a new delivery, whose fate the fault script decides.
    fn enter(
        &mut self,
        phone_number_id: &str,
        body: Bytes,
        events: Arc<[Event]>,
        faults: &Faults,
        last_id: &mut u64,
        steps: &mut Vec<Step>,
    ) {
        let mut add = |lane: &mut Self, copies| {
            *last_id += 1;
            let (body, events) = (body.clone(), Arc::clone(&events));
            let delivery = Delivery { id: *last_id, body, events, failures: 0, tried: 0, copies };
            lane.composed.insert(*last_id, Arc::new(delivery));
            *last_id
        };
        if self.held.is_some() {
            let id = add(self, 0);
            self.hold(id, faults);
            return;
        }
        match faults.webhook(phone_number_id, &events) {
            WebhookFate::Ordinary => {
                let id = add(self, 0);
                self.ready.push_back(id);
            }
            WebhookFate::Duplicate { copies, parallel: true } => {
                for _ in 0..copies {
                    let id = add(self, 0);
                    self.ready.push_back(id);
                }
            }
            WebhookFate::Duplicate { copies, parallel: false } => {
                let id = add(self, copies.saturating_sub(1));
                self.ready.push_back(id);
            }
            WebhookFate::Delay(wait) => {
                let id = add(self, 0);
                steps.push(Step::Wait(wait, id));
            }
            WebhookFate::Reorder { window } => {
                let id = add(self, 0);
                self.held = Some(Held { number: id, deliveries: Vec::new(), window });
                steps.push(Step::Release(HOLD, id));
                self.hold(id, faults);
            }
        }
    }

    fn hold(&mut self, id: u64, faults: &Faults) {
        let Some(held) = &mut self.held else { return };
        held.deliveries.push(id);
        if held.deliveries.len() >= held.window {
            self.release(faults);
        }
    }

    fn release(&mut self, faults: &Faults) {
        if let Some(mut held) = self.held.take() {
            faults.shuffle(&mut held.deliveries);
            self.ready.extend(held.deliveries);
        }
    }
}

/// By phone number id, the deliveries that have not arrived; what waits is composed one by one.
impl Serialize for Outbox {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (id, lane) in &self.lanes {
            let composed = lane.composed.values().map(|delivery| Saved {
                body: String::from_utf8_lossy(&delivery.body),
                events: delivery.events.to_vec(),
            });
            let waiting = lane.waiting.iter().filter_map(|update| {
                let body = lane.letterhead.as_ref()?.write(std::slice::from_ref(update));
                Some(Saved { body: body.into(), events: vec![update.event.clone()] })
            });
            let all: Vec<Saved<'_>> = composed.chain(waiting).collect();
            if !all.is_empty() {
                map.serialize_entry(id, &all)?;
            }
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Outbox {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let saved = BTreeMap::<String, Vec<Saved<'static>>>::deserialize(deserializer)?;
        let mut outbox = Self::default();
        for (phone_number_id, deliveries) in saved {
            for Saved { body, events } in deliveries {
                outbox.last_id += 1;
                let id = outbox.last_id;
                let body = Bytes::from(body.into_owned());
                let delivery = Delivery { id, body, events: events.into(), failures: 0, tried: 0, copies: 0 };
                let lane = outbox.lane(&phone_number_id);
                lane.ready.push_back(id);
                lane.composed.insert(id, Arc::new(delivery));
            }
        }
        Ok(outbox)
    }
}
