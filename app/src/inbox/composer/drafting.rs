//! The field and its draft: what was typed comes back when the thread is opened, in every tab and on every device.

use std::time::Duration;

use charla_shared::id::ConversationId;
use leptos::{ev, html, prelude::*, task::spawn_local};

use super::writing::Mode;
use crate::inbox::{
    api, clock,
    desk::{Desk, Writer},
    draft,
};

/// Quiet after which the host is told.
const QUIET: Duration = Duration::from_millis(800);
/// The kind of note drafts on the shelf; they stay in the browser.
const NOTES: &str = "note";

/// The draft of a composer.
#[derive(Debug, Clone, Copy)]
pub struct Drafting {
    desk: Desk,
    conversation: ConversationId,
    field: NodeRef<html::Textarea>,
    mode: RwSignal<Mode>,
    reply: RwSignal<String>,
    note: RwSignal<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Drafting {
    /// The draft of this field.
    #[must_use]
    pub fn new(
        desk: Desk,
        conversation: ConversationId,
        field: NodeRef<html::Textarea>,
        mode: RwSignal<Mode>,
        reply: RwSignal<String>,
        note: RwSignal<String>,
    ) -> Self {
        Self { desk, conversation, field, mode, reply, note, timer: StoredValue::new(None) }
    }

    /// Brings the draft once the page is alive, and follows other tabs. `answers` is whether the host keeps drafts of this
    /// member.
    pub fn follow(self, answers: bool) {
        let begun = StoredValue::new(false);
        Effect::new(move |_| {
            let (Some(writer), Some(_)) = (self.desk.writer_now(), self.field.get()) else { return };
            if !begun.get_value() {
                begun.set_value(true);
                self.begin(writer, answers);
            }
        });
        Effect::new(move |_| {
            let storage = window_event_listener(ev::storage, move |event| self.heard(&event));
            let hidden = window_event_listener(ev::pagehide, move |_| {
                if let Some(writer) = self.desk.writer() {
                    draft::tell_last(&writer, self.conversation);
                }
            });
            on_cleanup(move || {
                storage.remove();
                hidden.remove();
                self.tell_now();
            });
        });
    }

    fn begin(self, writer: Writer, answers: bool) {
        if let Some(note) = writer.shelf.get::<String>(NOTES, &self.conversation.to_string()) {
            let _ = self.note.try_set(note);
        }
        let typed = self.field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if !typed.is_empty() {
            // Typed before the page came alive: newer than any draft.
            let _ = self.reply.try_set(typed);
            self.changed();
        } else if let Some(kept) = draft::read(writer.shelf, self.conversation) {
            self.show(kept.draft.body);
        }
        if answers {
            spawn_local(async move {
                let stands = api::draft(writer.shelf.workspace, self.conversation, Some(clock::now())).await;
                if let Ok(Some(stands)) = stands
                    && let Some(news) = draft::take(self.desk, writer.shelf, self.conversation, stands)
                {
                    self.show(news.body);
                }
                self.tell(writer).await;
            });
        }
    }

    /// Another tab has typed.
    fn heard(self, event: &web_sys::StorageEvent) {
        let Some(writer) = self.desk.writer() else { return };
        if event.key() != Some(writer.shelf.prefix(draft::KIND) + &self.conversation.to_string()) {
            return;
        }
        // What is kept now, not what the other tab wrote then: this one may have typed since.
        if let Some(kept) = draft::read(writer.shelf, self.conversation) {
            self.desk.has_draft(self.conversation, !kept.draft.body.is_empty());
            self.show(kept.draft.body);
        }
    }

    /// Shows a text that was typed elsewhere.
    fn show(self, body: String) {
        if self.mode.try_get_untracked() == Some(Mode::Reply)
            && let Some(field) = self.field.try_get_untracked().flatten()
            && field.value() != body
        {
            field.set_value(&body);
        }
        let _ = self.reply.try_set(body);
    }

    /// Something was typed: it is kept at once, and told after a moment of quiet.
    pub fn changed(self) {
        let Some(writer) = self.desk.writer() else { return };
        if self.mode.try_get_untracked() == Some(Mode::Note) {
            let name = self.conversation.to_string();
            self.note.with_untracked(|note| writer.shelf.put(NOTES, &name, note));
            return;
        }
        self.reply.with_untracked(|reply| draft::keep(self.desk, &writer, self.conversation, reply));
        self.stop_timer();
        let timer = set_timeout_with_handle(move || self.tell_now(), QUIET);
        let _ = self.timer.try_set_value(timer.ok());
    }

    /// The answer was sent.
    pub fn end(self) {
        if let Some(writer) = self.desk.writer() {
            draft::keep(self.desk, &writer, self.conversation, "");
            self.tell_now();
        }
    }

    /// The note was written.
    pub fn end_note(self) {
        if let Some(writer) = self.desk.writer() {
            writer.shelf.remove(NOTES, &self.conversation.to_string());
        }
    }

    /// Tells the host what it does not know yet.
    pub fn tell_now(self) {
        self.stop_timer();
        if let Some(writer) = self.desk.writer() {
            spawn_local(self.tell(writer));
        }
    }

    async fn tell(self, writer: Writer) {
        if let Some(news) = draft::tell(self.desk, &writer, self.conversation).await {
            self.show(news.body);
        }
    }

    fn stop_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}
