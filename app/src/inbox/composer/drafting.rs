//! The field and its draft: what was typed comes back when the thread is opened, in every tab and on every device.

use std::time::Duration;

use charla_shared::{id::ConversationId, text};
use leptos::{ev, html, prelude::*, task::spawn_local};
use web_sys::VisibilityState;

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
    /// Whether the browser keeps what is shown: only then it is gone when it is kept no more.
    kept: StoredValue<bool>,
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
        let (kept, timer) = (StoredValue::new(false), StoredValue::new(None));
        Self { desk, conversation, field, mode, reply, note, kept, timer }
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
            if self.desk.newer.get() == Some(self.conversation) {
                self.look();
            }
        });
        Effect::new(move |_| {
            let storage = window_event_listener(ev::storage, move |event| self.heard(&event));
            // A page that slept has heard of nothing.
            let shown = window_event_listener_untyped("visibilitychange", move |_| {
                if document().visibility_state() == VisibilityState::Visible {
                    self.look();
                }
            });
            let hidden = window_event_listener(ev::pagehide, move |_| {
                if let Some(writer) = self.desk.writer() {
                    draft::tell_last(&writer, self.conversation);
                }
            });
            on_cleanup(move || {
                storage.remove();
                shown.remove();
                hidden.remove();
                self.tell_now();
            });
        });
    }

    fn begin(self, writer: Writer, answers: bool) {
        let name = self.conversation.to_string();
        let kept_note = writer.shelf.get::<String>(NOTES, &name).unwrap_or_default();
        let kept = draft::read(writer.shelf, self.conversation).map(|kept| kept.draft.body).unwrap_or_default();
        let note = self.typed(Mode::Note, self.note);
        if note.is_empty() {
            self.show_note(kept_note.clone());
        } else {
            writer.shelf.put(NOTES, &name, &note);
            self.show_note(note);
        }
        let reply = self.typed(Mode::Reply, self.reply);
        if is_news(&reply, &kept, &kept_note) {
            // Newer than any draft; whoever wrote it had not seen the draft, which is not theirs to lose.
            let reply = joined(kept, reply);
            self.fill(Mode::Reply, &reply);
            let _ = self.reply.try_set(reply);
            self.keep(&writer);
        } else {
            self.show(kept);
        }
        if answers {
            spawn_local(async move {
                let (workspace, user) = (writer.shelf.workspace, Some(writer.shelf.user));
                match api::draft(workspace, self.conversation, Some(clock::now()), user).await {
                    Ok(Some(stands)) => {
                        if let Some(news) = draft::take(self.desk, writer.shelf, self.conversation, stands) {
                            self.show(news.body);
                        }
                    }
                    // The host had it and has it no more: it was sent from elsewhere, long ago.
                    Ok(None) if draft::read(writer.shelf, self.conversation).is_some_and(|kept| kept.told) => {
                        draft::forget(self.desk, writer.shelf, self.conversation);
                        self.look();
                    }
                    Ok(None) | Err(_) => {}
                }
                self.tell(writer).await;
            });
        }
    }

    /// What was typed before the draft came. What stands in the field counts while somebody is at it: browsers fill in what
    /// stood there before a reload, and that may have been meant for the other mode.
    fn typed(self, mode: Mode, text: RwSignal<String>) -> String {
        let typed = text.try_get_untracked().unwrap_or_default();
        let field = self.field.try_get_untracked().flatten();
        field
            .filter(|_| self.mode.try_get_untracked() == Some(mode))
            .filter(|field| field.matches(":focus").unwrap_or_default())
            .map_or(typed, |field| field.value())
    }

    /// Another tab has typed, or sent.
    fn heard(self, event: &web_sys::StorageEvent) {
        let Some(writer) = self.desk.writer() else { return };
        let (key, name) = (event.key(), self.conversation.to_string());
        if key == Some(writer.shelf.prefix(draft::KIND) + &name) {
            self.look();
        } else if key == Some(writer.shelf.prefix(NOTES) + &name) {
            self.show_note(writer.shelf.get(NOTES, &name).unwrap_or_default());
        }
    }

    /// Shows what is kept now, not what another tab wrote then: this one may have typed since.
    fn look(self) {
        let Some(writer) = self.desk.writer() else { return };
        let kept = draft::read(writer.shelf, self.conversation);
        // None: it was sent or deleted, and the host knows. But what the browser could not keep stays on screen.
        let shown = self.reply.try_with_untracked(|reply| !reply.is_empty()).unwrap_or_default();
        if self.kept.try_get_value() != Some(true) && (shown || kept.is_none()) {
            return;
        }
        let body = kept.map(|kept| kept.draft.body).unwrap_or_default();
        self.desk.has_draft(self.conversation, text::is_visible(&body));
        self.show(body);
    }

    /// Shows a text that was typed elsewhere.
    fn show(self, body: String) {
        let kept = self.desk.writer().and_then(|writer| draft::read(writer.shelf, self.conversation)).is_some();
        let _ = self.kept.try_set_value(kept);
        self.fill(Mode::Reply, &body);
        let _ = self.reply.try_set(body);
    }

    fn show_note(self, body: String) {
        self.fill(Mode::Note, &body);
        let _ = self.note.try_set(body);
    }

    fn fill(self, mode: Mode, body: &str) {
        if self.mode.try_get_untracked() == Some(mode)
            && let Some(field) = self.field.try_get_untracked().flatten()
            && field.value() != body
        {
            field.set_value(body);
        }
    }

    /// Something was typed: it is kept at once, and told after a moment of quiet.
    pub fn changed(self) {
        let Some(writer) = self.desk.writer() else { return };
        if self.mode.try_get_untracked() == Some(Mode::Note) {
            let name = self.conversation.to_string();
            self.note.with_untracked(|note| writer.shelf.put(NOTES, &name, note));
            return;
        }
        self.keep(&writer);
    }

    fn keep(self, writer: &Writer) {
        let kept = self.reply.try_with_untracked(|reply| draft::keep(self.desk, writer, self.conversation, reply));
        let _ = self.kept.try_set_value(kept.unwrap_or_default());
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

    /// The note was written: it is kept no more, unless other words are by now.
    pub fn end_note(self, written: &str) {
        let name = self.conversation.to_string();
        if let Some(writer) = self.desk.writer()
            && writer.shelf.get::<String>(NOTES, &name).as_deref() == Some(written)
        {
            writer.shelf.remove(NOTES, &name);
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

/// Whether an answer that was typed before the draft came is newer than it; a note that came into the field is none.
fn is_news(typed: &str, kept: &str, note: &str) -> bool {
    !typed.is_empty() && typed != kept && typed != note
}

/// A draft that came when something else was typed already: both stay, unless the one goes on with the other.
fn joined(kept: String, typed: String) -> String {
    if kept.is_empty() || typed.starts_with(&kept) { typed } else { kept + "\n" + &typed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_before_the_draft_comes_stands_after_it() {
        let joined = |kept: &str, typed: &str| joined(kept.to_owned(), typed.to_owned());
        assert_eq!(joined("", "Hi"), "Hi");
        assert_eq!(joined("Dear Ana,", "Hi"), "Dear Ana,\nHi");
        assert_eq!(joined("Dear Ana,", "Dear Ana, hello"), "Dear Ana, hello");
    }

    #[test]
    fn neither_a_note_nor_the_draft_itself_is_news() {
        assert!(is_news("half a sentence", "half", "she pays late"));
        assert!(is_news("half", "", ""));
        assert!(!is_news("she pays late", "half", "she pays late"));
        assert!(!is_news("half", "half", ""));
        assert!(!is_news("", "half", ""));
    }
}
