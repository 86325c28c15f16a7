//! A contact on screen: what is known of them, and the changes.

use std::{pin::Pin, sync::Arc};

use charla_shared::{
    contact::{ContactCard, ContactValue, NoteView, TimelineEntry},
    contact_field::FieldValue,
    id::{ContactId, FieldId, WorkspaceId},
    label::TagView,
};
use futures::lock::Mutex;
use leptos::{prelude::*, task::spawn_local};

use super::{api, pages::Pages};
use crate::{
    failure::Failure,
    i18n::t,
    ui::{Toasts, problem_words, use_toasts},
};

/// A request that changes something.
pub type Request = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

/// A contact on screen; a handle, cheap to copy. What comes after the page is gone does nothing.
#[derive(Clone, Copy)]
pub struct Contact {
    /// Whose contact.
    pub workspace: WorkspaceId,
    /// Who.
    pub id: ContactId,
    /// What is known; none until it is loaded.
    pub card: RwSignal<Option<ContactCard>>,
    /// Why it could not be loaded.
    pub failure: RwSignal<Option<Failure>>,
    /// All tags of the workspace, to choose from.
    pub tags: RwSignal<Vec<TagView>>,
    notes: StoredValue<Pages<NoteView>>,
    history: StoredValue<Pages<TimelineEntry>>,
    /// Where is said what became of changes.
    pub toasts: Toasts,
    /// Numbers the requests for the card: an answer that was overtaken is of no use.
    asked: StoredValue<u32>,
    /// Changes are made one after the other: the last one made on screen is the last one made.
    turn: StoredValue<Arc<Mutex<()>>>,
}

impl Contact {
    /// A contact with what is known of them already. Make it within a component.
    pub fn new(workspace: WorkspaceId, id: ContactId, card: Option<ContactCard>) -> Self {
        Self {
            workspace,
            id,
            card: RwSignal::new(card),
            failure: RwSignal::new(None),
            tags: RwSignal::new(Vec::new()),
            notes: StoredValue::new(Pages::new(move |after| {
                Box::pin(async move { api::notes(workspace, id, after).await.map(|page| (page.notes, page.next)) })
            })),
            history: StoredValue::new(Pages::new(move |after| {
                Box::pin(async move { api::timeline(workspace, id, after).await.map(|page| (page.entries, page.next)) })
            })),
            toasts: use_toasts(),
            asked: StoredValue::new(0),
            turn: StoredValue::default(),
        }
    }

    /// What to call them; none until they are loaded.
    pub fn title(self) -> Option<String> {
        let title = |card: &ContactCard| card.contact.title().unwrap_or_else(|| t("inbox-nameless"));
        self.card.with(|card| card.as_ref().map(title))
    }

    /// The notes.
    pub fn notes(self) -> Pages<NoteView> {
        self.notes.get_value()
    }

    /// The history.
    pub fn history(self) -> Pages<TimelineEntry> {
        self.history.get_value()
    }

    /// Whether the viewer may change what is known.
    pub fn may_edit(self) -> Memo<bool> {
        Memo::new(move |_| self.card.with(|card| card.as_ref().is_some_and(|card| card.rights.edit)))
    }

    /// Loads everything anew that is on screen. For the browser.
    pub fn refresh(self) {
        self.refresh_card();
        if let (Some(notes), Some(history)) = (self.notes.try_get_value(), self.history.try_get_value()) {
            notes.refresh();
            history.refresh();
        }
    }

    /// The same, and what there is to choose from: as the page begins, and when anything may have changed.
    pub fn reload(self) {
        self.refresh();
        self.load_tags();
    }

    /// What of it the workspace's words are in: fields, tags, and what there is to choose from.
    pub fn reload_words(self) {
        self.refresh_card();
        self.load_tags();
    }

    fn load_tags(self) {
        spawn_local(async move {
            // Without them there is less to choose from; nothing else depends on it.
            if let Ok(all) = api::tags(self.workspace).await {
                let _ = self.tags.try_set(all);
            }
        });
    }

    fn refresh_card(self) {
        let asked = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        spawn_local(async move {
            let answer = api::card(self.workspace, self.id).await;
            if self.asked.try_get_value() != asked {
                return;
            }
            match answer {
                Ok(card) => {
                    let _ = self.failure.try_set(None);
                    let _ = self.card.try_maybe_update(|shown| {
                        let differs = shown.as_ref() != Some(&card);
                        *shown = Some(card);
                        (differs, ())
                    });
                }
                Err(failure) => _ = self.failure.try_set(Some(failure)),
            }
        });
    }

    /// Shows a change at once, and makes it. When it is refused, what was there before is shown again and the reason said.
    pub fn change(self, show: impl FnOnce(&mut ContactCard), request: Request) {
        let before = self.card.try_get_untracked().flatten();
        let _ = self.card.try_update(|card| card.as_mut().map(show));
        let turn = self.turn.try_get_value().unwrap_or_default();
        spawn_local(async move {
            let turn = turn.lock().await;
            if let Err(failure) = request.await {
                self.toasts.fail(problem_words(&failure.0));
                let _ = self.card.try_set(before);
            }
            drop(turn);
            if !self.card.is_disposed() {
                self.refresh();
            }
        });
    }

    /// Shows what a field holds now; none when it holds nothing any more.
    pub fn put_value(self, field: FieldId, value: Option<FieldValue>) {
        let _ = self.card.try_update(|card| {
            let Some(card) = card else { return };
            card.values.retain(|other| other.field != field);
            card.values.extend(value.map(|value| ContactValue { field, value }));
        });
    }

    /// Makes a change when those before it are made.
    pub async fn in_turn<T>(self, request: impl Future<Output = T>) -> T {
        let turn = self.turn.try_get_value().unwrap_or_default();
        let _turn = turn.lock().await;
        request.await
    }

    /// Makes a change that is shown when it is made; says when it is refused.
    pub fn make(self, request: Request) {
        self.change(|_| {}, request);
    }
}
