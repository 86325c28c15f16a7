//! What the live connection tells, turned into as few requests as it takes.
//!
//! Frames carry references, not data: each is noted in a [`Gatherer`], and a round asks for what changed. What cannot be
//! fetched is asked for again, later each time, until it comes.

use std::{collections::HashSet, time::Duration};

use charla_shared::{
    conversation::{ConversationPage, ConversationView, ThreadPlace},
    event::{EventCursor, Happening, ServerFrame},
    id::{ConversationId, EntryId, MessageId},
    list::ListPlace,
    problem::ProblemKind,
};
use futures::future::{join, join_all, join3};
use leptos::{prelude::*, task::spawn_local};

use super::{
    api,
    gather::{Changes, Gatherer, ROUND, SPREAD, SPREAD_AFTER_GAP, Then},
    life, log_in,
    rows::Asked,
    state::{ContactNews, InboxStore},
};
use crate::{
    failure::Failure,
    notifications::{Noted, Notifier},
    realtime::backoff,
};

/// Things to ask for one by one; beyond, loading the list and the thread anew is cheaper.
const ONE_BY_ONE: usize = 40;

/// Frames that are kept while the list is not there.
const EARLY_MAX: usize = 100;

/// The page's ear.
#[derive(Debug, Clone, Copy)]
struct Live {
    store: InboxStore,
    gatherer: StoredValue<Gatherer>,
    failures: StoredValue<u32>,
    notifier: Notifier,
    /// What was heard before the list was there.
    early: StoredValue<Vec<ServerFrame>>,
}

/// Listens until the present owner is cleaned up: from before the list is asked for, so that nothing falls between the
/// two. For components.
pub fn listen(store: InboxStore) {
    let (gatherer, early) = (StoredValue::default(), StoredValue::default());
    let live = Live { store, gatherer, failures: StoredValue::new(0), notifier: store.news.notifier, early };
    store.news.attend();
    store.line.hear(move |frame| {
        if store.has_begun() {
            live.hear(frame);
        } else {
            let _ = early.try_update_value(|early| keep(early, frame));
        }
    });
    Effect::new(move |begun: Option<bool>| {
        if begun == Some(true) {
            return true;
        }
        // Once, when the list is there and the line is heard.
        let missed = store.from.get().and_then(|from| store.line.missed_since(from));
        if let Some(missed) = missed {
            live.begin(missed);
        }
        missed.is_some()
    });
}

/// Keeps a frame for later. A list that does not come for long is loaded anew when it does.
fn keep(early: &mut Vec<ServerFrame>, frame: &ServerFrame) {
    if early.len() >= EARLY_MAX {
        early.clear();
        early.push(ServerFrame::Reload { cursor: EventCursor::default() });
    }
    early.push(frame.clone());
}

impl Live {
    /// The list is there: what was heard meanwhile is followed. What nobody has heard is loaded.
    fn begin(self, missed: bool) {
        let early = self.early.try_update_value(std::mem::take).unwrap_or_default();
        for frame in &early {
            self.hear(frame);
        }
        if self.store.missed_something() || missed {
            self.follow(self.gatherer.try_update_value(Gatherer::note_everything));
        }
    }

    fn hear(self, frame: &ServerFrame) {
        match frame {
            ServerFrame::Event(event) => self.note(&event.happening),
            ServerFrame::Events { events } => events.iter().for_each(|event| self.note(&event.happening)),
            ServerFrame::Reload { .. } => {
                let _ = self.gatherer.try_update_value(Gatherer::note_gap);
                self.spread(SPREAD_AFTER_GAP);
            }
            // Another role sees other things: numbers are masked, notes left out.
            ServerFrame::Rights => self.follow(self.gatherer.try_update_value(Gatherer::note_everything)),
            ServerFrame::Ready { .. } | ServerFrame::Heartbeat { .. } | ServerFrame::Closed => {}
        }
    }

    fn note(self, happening: &Happening) {
        self.follow(self.gatherer.try_update_value(|gatherer| gatherer.note(happening)));
    }

    fn follow(self, then: Option<Then>) {
        match then {
            Some(Then::Schedule) => {
                let failures = self.failures.try_get_value().unwrap_or_default();
                let wait = if failures == 0 { ROUND } else { backoff::wait(failures, js_sys::Math::random()) };
                set_timeout(move || spawn_local(self.round()), wait);
            }
            Some(Then::Spread) => self.spread(SPREAD),
            Some(Then::Nothing) | None => {}
        }
    }

    /// Asks for everything at a random time within this one.
    fn spread(self, within: Duration) {
        let wait = within.mul_f64(js_sys::Math::random());
        set_timeout(move || self.follow(self.gatherer.try_update_value(Gatherer::end_spread)), wait);
    }

    async fn round(self) {
        let store = self.store;
        let Some(mut changes) = self.gatherer.try_update_value(Gatherer::take) else { return };
        let mut noted = self.notifier.take();
        let changed = std::mem::take(&mut changes.contacts);
        store.tell_contacts(ContactNews { changed, any: changes.everything, words: changes.words });
        if changes.conversations.len() + changes.messages.len() + changes.entries.len() > ONE_BY_ONE {
            changes = Changes { everything: true, ..Changes::default() };
        }
        let counts = changes.count();
        let undone = if changes.everything && !Box::pin(self.load_anew(&mut noted)).await {
            Changes { everything: true, ..changes }
        } else {
            self.load_changed(changes, &mut noted).await
        };
        // Of the others the viewer is not told any more: they are nowhere in sight, or may not be seen.
        noted.retain(|conversation, _| undone.have_row(*conversation));
        self.notifier.take_back(noted);
        if counts {
            store.counting.soon(store);
        }
        let failed = undone != Changes::default();
        let _ =
            self.failures.try_update_value(|failures| *failures = if failed { failures.saturating_add(1) } else { 0 });
        self.follow(self.gatherer.try_update_value(|gatherer| gatherer.finish(undone)));
    }

    /// The list and the open thread as a whole. Says whether it worked.
    async fn load_anew(self, noted: &mut Noted) -> bool {
        let store = self.store;
        life::desk::load(store);
        let Some(query) = store.rows.filter.try_get_untracked() else { return true };
        let asked = store.rows.ask();
        let reading = store.list.reading();
        let place = reading.map_or(ListPlace::Beginning, |(_, before)| ListPlace::After(before));
        let list = api::conversations(store.workspace, query, place);
        let choices = api::choices(store.workspace);
        let thread = async {
            match store.wanted() {
                Some(conversation) => Some(api::thread(store.workspace, conversation, ThreadPlace::Newest).await),
                None => None,
            }
        };
        let (list, choices, thread) = Box::pin(join3(list, choices, thread)).await;
        let mut worked = true;
        match choices {
            Ok(choices) => store.take_choices(choices),
            Err(failure) => worked &= settle(&failure),
        }
        if let Ok(page) = &list {
            self.tell(page.conversations.iter(), noted);
        }
        match list {
            // Another view was chosen meanwhile: its own page is newer than this one.
            Ok(_) if store.rows.filter.try_get_untracked() != Some(query) => {}
            Ok(page) => match reading {
                Some((number, _)) => store.rows.replace(number, &page, asked),
                None if store.rows.is_held() => self.tell_in_place(page, asked),
                None => store.rows.begin(query, &page, asked),
            },
            Err(failure) => worked &= settle(&failure),
        }
        match thread {
            None => {}
            Some(Ok(page)) => {
                if let Some(thread) = store.thread_of(page.conversation.id) {
                    store.tell_row(page.conversation.clone());
                    thread.reload(page);
                } else {
                    for message in page.messages {
                        store.tell_message(message);
                    }
                    for entry in page.entries {
                        store.tell_entry(entry);
                    }
                }
            }
            Some(Err(failure)) => worked &= settle(&failure),
        }
        worked
    }

    /// A first page under a reader's eyes: rows change where they are, what is new waits, and what the page does not have any
    /// more is asked for by itself.
    fn tell_in_place(self, page: ConversationPage, asked: Asked) {
        let rows = self.store.rows;
        let there: HashSet<_> = page.conversations.iter().map(|row| row.id).collect();
        let gone = rows.order.with_untracked(|order| {
            order.iter().map(|row| row.id).filter(|id| !there.contains(id)).take(ONE_BY_ONE).collect::<Vec<_>>()
        });
        page.conversations.into_iter().for_each(|row| _ = rows.tell(row, asked));
        let _ = self.gatherer.try_update_value(|gatherer| {
            for conversation in gone {
                // The round under way schedules the next.
                gatherer.note(&Happening::ConversationUpdated { conversation });
            }
        });
    }

    /// Tells the viewer of those rows that have a new message.
    fn tell<'a>(self, rows: impl Iterator<Item = &'a ConversationView>, noted: &mut Noted) {
        for row in rows {
            if let Some(message) = noted.remove(&row.id) {
                self.notifier.tell(row, message);
            }
        }
    }

    /// The workspace's words. Says whether they came.
    async fn load_words(self) -> bool {
        match api::choices(self.store.workspace).await {
            Ok(choices) => {
                self.store.take_choices(choices);
                true
            }
            Err(failure) => settle(&failure),
        }
    }

    /// Rows and messages one by one, and words. Gives what could not be fetched.
    async fn load_changed(self, changes: Changes, noted: &mut Noted) -> Changes {
        let store = self.store;
        // Everything, if it was asked for, has brought the words.
        let asks_words = changes.words && !changes.everything;
        let words = async { !asks_words || self.load_words().await };
        let asked = store.rows.ask();
        let rows = changes.conversations.iter().map(|id| api::conversation(store.workspace, *id));
        // Messages of threads that are not on screen are of no use.
        let wanted: Vec<(ConversationId, MessageId)> =
            changes.messages.into_iter().filter(|(conversation, _)| Some(*conversation) == store.wanted()).collect();
        let messages = wanted.iter().map(|(_, id)| api::message(store.workspace, *id));
        let happened: Vec<(ConversationId, EntryId)> =
            changes.entries.into_iter().filter(|(conversation, _)| Some(*conversation) == store.wanted()).collect();
        let entries = happened.iter().map(|(_, id)| api::entry(store.workspace, *id));
        let things = join3(join_all(rows), join_all(messages), join_all(entries));
        let ((rows, messages, entries), has_words) = Box::pin(join(things, words)).await;

        let mut undone = Changes { words: !has_words, ..Changes::default() };
        for (place, message) in wanted.into_iter().zip(messages) {
            match message {
                Ok(message) => store.tell_message(message),
                Err(failure) if settle(&failure) => {}
                Err(_) => _ = undone.messages.insert(place),
            }
        }
        for (place, entry) in happened.into_iter().zip(entries) {
            match entry {
                Ok(entry) => store.tell_entry(entry),
                Err(failure) if settle(&failure) => {}
                Err(_) => _ = undone.entries.insert(place),
            }
        }
        for (id, row) in changes.conversations.into_iter().zip(rows) {
            match row {
                Ok(row) => {
                    self.tell(std::iter::once(&row), noted);
                    if !store.rows.tell(row, asked) {
                        // Something was done here meanwhile, which knew nothing of the news this was asked for.
                        let again = Happening::ConversationUpdated { conversation: id };
                        let _ = self.gatherer.try_update_value(|gatherer| gatherer.note(&again));
                    }
                }
                Err(failure) if matches!(failure.0.kind, ProblemKind::NotFound | ProblemKind::Forbidden) => {
                    store.rows.forget(id);
                }
                Err(failure) if settle(&failure) => {}
                Err(_) => _ = undone.conversations.insert(id),
            }
        }
        undone
    }
}

/// How many conversations there are in each view, now.
pub async fn count(store: InboxStore) {
    store.counting.ask(store).await;
}

/// Whether a failure is an answer: asking again would give the same. A session that ended leads to the log-in page.
pub fn settle(failure: &Failure) -> bool {
    match failure.0.kind {
        ProblemKind::Unauthenticated => {
            log_in::again();
            true
        }
        ProblemKind::Forbidden | ProblemKind::NotFound | ProblemKind::Invalid | ProblemKind::Conflict => true,
        ProblemKind::Throttled | ProblemKind::Unavailable | ProblemKind::Internal => false,
    }
}
