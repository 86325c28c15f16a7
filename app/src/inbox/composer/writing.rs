//! What the parts of the composer share: the texts, the field, and what the writer does with them.

use charla_shared::{
    conversation::ConversationView,
    entry::NewNote,
    id::{ClientKey, ConversationId},
    message::{MessageView, Quote, TEXT_MAX, body_rule},
    text,
};
use leptos::{html, prelude::*, task::spawn_local};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::HtmlDocument;

use super::{drafting::Drafting, list::List, note_key::NoteKey, split::split, wrap::wrap};
use crate::{
    i18n::t,
    inbox::{
        api,
        bubble::sentence,
        sending,
        state::InboxStore,
        typing::{self, Told},
        window::{Barred, barred},
    },
};

/// What is being written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// To the customer.
    #[default]
    Reply,
    /// For the team.
    Note,
}

/// The state of one conversation's composer; a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Writing {
    /// The page's state.
    pub store: InboxStore,
    /// Where it writes.
    pub conversation: ConversationId,
    /// Whom it writes to.
    pub row: RwSignal<ConversationView>,
    /// Where it is written.
    pub field: NodeRef<html::Textarea>,
    /// What is being written.
    pub mode: RwSignal<Mode>,
    /// The answer.
    pub reply: RwSignal<String>,
    /// The note.
    pub note: RwSignal<String>,
    /// What stands against an answer.
    pub barred: Memo<Option<Barred>>,
    /// The message that is answered to.
    pub replying: RwSignal<Option<MessageView>>,
    /// The list over the field.
    pub list: List,
    /// A word to the writer.
    pub said: RwSignal<Option<String>>,
    /// Whether a note is being handed over.
    pub busy: RwSignal<bool>,
    /// How many characters are left; less than none when it is too long.
    pub left: Memo<isize>,
    draft: Drafting,
    told: Told,
    note_key: StoredValue<Option<NoteKey>>,
}

impl Writing {
    /// A composer with nothing in it yet; in the browser the draft comes.
    #[must_use]
    pub fn new(store: InboxStore, conversation: ConversationId, row: RwSignal<ConversationView>) -> Self {
        // Who may only write notes has nothing else to begin with.
        let first = if store.may_note() && !store.may_reply() { Mode::Note } else { Mode::Reply };
        let (field, mode) = (NodeRef::new(), RwSignal::new(first));
        let (reply, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
        let left = Memo::new(move |_| {
            let typed = if mode.get() == Mode::Reply { reply.read() } else { note.read() };
            TEXT_MAX.cast_signed() - text::clean(&typed).chars().count().cast_signed()
        });
        let replying = store.thread_of(conversation).map_or_else(|| RwSignal::new(None), |thread| thread.replying);
        let draft = Drafting::new(store.desk, conversation, field, mode, reply, note);
        draft.follow(store.may_reply());
        Self {
            store,
            conversation,
            row,
            field,
            mode,
            reply,
            note,
            barred: barred(row, store.now, move || store.may_reply_now()),
            replying,
            list: List::default(),
            said: RwSignal::new(None),
            busy: RwSignal::new(false),
            left,
            draft,
            told: Told::new(None),
            note_key: StoredValue::new(None),
        }
    }

    /// The text of the present mode.
    #[must_use]
    pub fn text(self) -> RwSignal<String> {
        if self.mode.get_untracked() == Mode::Reply { self.reply } else { self.note }
    }

    /// Whether nothing may be written in the present mode.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self.mode.get() == Mode::Reply && self.barred.get().is_some()
    }

    /// Whether it can be sent as it is.
    #[must_use]
    pub fn is_ready(self) -> bool {
        self.is_whole() && !self.lacks_writer()
    }

    fn is_whole(self) -> bool {
        let typed = if self.mode.get() == Mode::Reply { self.reply } else { self.note };
        !self.is_closed() && !self.busy.get() && body_rule(&typed.read(), &()).is_ok()
    }

    /// Whether it is an answer and not known yet whose: there would be nobody to send it.
    fn lacks_writer(self) -> bool {
        self.mode.get() == Mode::Reply && self.store.desk.writer_now().is_none()
    }

    /// Something was typed.
    pub fn typed(self) {
        let Some(field) = self.field.get_untracked() else { return };
        self.said.set(None);
        self.text().set(field.value());
        self.draft.changed();
        self.list.look(self);
        if self.mode.get_untracked() == Mode::Reply {
            typing::pressed(self.store, self.row, self.told);
        }
    }

    /// Changes what is being written, and goes to the field.
    pub fn turn_to(self, mode: Mode) {
        self.list.close();
        self.said.set(None);
        self.mode.set(mode);
        self.show();
    }

    /// Shows the text of the present mode in the field.
    fn show(self) {
        if let Some(field) = self.field.get_untracked() {
            self.text().with_untracked(|text| field.set_value(text));
            // Once what was pressed has had its turn with the focus.
            request_animation_frame(move || _ = field.focus());
        }
    }

    /// Sends what is written.
    pub fn send(self) {
        if !untrack(move || self.is_whole()) {
            return;
        }
        if untrack(move || self.lacks_writer()) {
            return self.said.set(Some(t("send-refused-unreachable")));
        }
        self.list.close();
        match self.mode.get_untracked() {
            Mode::Reply => self.send_parts(vec![text::clean(&self.reply.get_untracked())]),
            Mode::Note => self.write_note(),
        }
    }

    /// Sends what is too long for one message as several, in their order.
    pub fn send_split(self) {
        if self.barred.get_untracked().is_none() && self.mode.get_untracked() == Mode::Reply {
            self.send_parts(split(&text::clean(&self.reply.get_untracked()), TEXT_MAX));
        }
    }

    fn send_parts(self, parts: Vec<String>) {
        let quote = self.replying.get_untracked().map(|message| quote_of(&message));
        if !sending::send(self.store, self.conversation, parts, quote) {
            return self.said.set(Some(t("send-refused-unreachable")));
        }
        self.replying.set(None);
        self.reply.set(String::new());
        self.draft.end();
        self.show();
    }

    fn write_note(self) {
        let typed = self.note.get_untracked();
        let body = text::clean(&typed);
        let fresh = ClientKey::from(Uuid::new_v4());
        let client_key = self.note_key.try_update_value(|key| NoteKey::of(key, &body, fresh)).unwrap_or(fresh);
        let note = NewNote { client_key, body };
        // The button that was pressed closes until there is an answer, and would lose the focus to nobody.
        if let Some(field) = self.field.get_untracked() {
            let _ = field.focus();
        }
        self.busy.set(true);
        let writer = self.store.desk.writer().map(|writer| writer.shelf.user);
        spawn_local(async move {
            let written = api::write_note(self.store.workspace, self.conversation, note, writer).await;
            let _ = self.busy.try_set(false);
            match written {
                Ok(entry) => {
                    self.store.tell_entry(entry);
                    if let Some(thread) = self.store.thread_of(self.conversation) {
                        thread.scroll.to_end();
                    }
                    let _ = self.note_key.try_set_value(None);
                    self.end_note(&typed);
                }
                Err(failure) => _ = self.said.try_set(Some(sentence(&failure.0))),
            }
        });
    }

    /// A note was written: it leaves the field, unless its writer has gone on writing meanwhile.
    fn end_note(self, written: &str) {
        match self.note.try_get_untracked() {
            // The composer is gone, and what it kept with it unless somebody typed elsewhere.
            None => self.draft.end_note(written),
            Some(stands) if stands == written => {
                self.note.set(String::new());
                self.draft.end_note(written);
                if self.mode.get_untracked() == Mode::Note
                    && let Some(field) = self.field.get_untracked()
                {
                    field.set_value("");
                }
            }
            Some(_) => {}
        }
    }

    /// Puts text in the place of what the caret stands behind, `length` UTF-16 units of it, as if it were typed: it can be
    /// undone. While nothing may be written, nothing is put.
    pub fn insert(self, text: &str, length: u32) {
        if untrack(move || self.is_closed()) {
            return;
        }
        let Some(field) = self.field.get_untracked() else { return };
        let caret = field.selection_end().ok().flatten().unwrap_or_default();
        let start = field.selection_start().ok().flatten().unwrap_or(caret);
        let start = if length > 0 { caret.saturating_sub(length) } else { start };
        let _ = field.focus();
        let _ = field.set_selection_range(start, caret);
        let typed =
            document().unchecked_into::<HtmlDocument>().exec_command_with_show_ui_and_value("insertText", false, text);
        if typed != Ok(true) {
            let _ = field.set_range_text(text);
            let end = start.saturating_add(u32::try_from(text.encode_utf16().count()).unwrap_or_default());
            let _ = field.set_selection_range(end, end);
        }
        self.typed();
    }

    /// Puts markup around the chosen words, or takes it off. They stay chosen; where none are, the caret goes inside.
    pub fn mark(self, mark: char) {
        if untrack(move || self.is_closed()) {
            return;
        }
        let Some(field) = self.field.get_untracked() else { return };
        let (Ok(Some(start)), Ok(Some(end))) = (field.selection_start(), field.selection_end()) else { return };
        let units: Vec<u16> = field.value().encode_utf16().collect();
        let place = |at: u32| usize::try_from(at).unwrap_or_default().min(units.len());
        let marked = wrap(&String::from_utf16_lossy(&units[place(start)..place(end)]), mark);
        self.insert(&marked, 0);
        let length = u32::try_from(marked.encode_utf16().count()).unwrap_or_default();
        let _ = if start == end {
            field.set_selection_range(start + 1, start + 1)
        } else {
            field.set_selection_range(start, start + length)
        };
    }

    /// Leaves the field: what is said about it, what is answered to, then the field itself.
    pub fn leave(self) {
        if self.replying.with_untracked(Option::is_some) {
            self.replying.set(None);
        } else if let Some(field) = self.field.get_untracked() {
            let _ = field.blur();
        }
    }

    /// The field is left: the host is told of the draft at once.
    pub fn left_field(self) {
        self.draft.tell_now();
    }

    /// Files cannot be sent yet, and the writer is to know.
    pub fn refuse_files(self) {
        self.said.set(Some(t("composer-no-files")));
    }
}

/// A message in a line, as an answer shows it.
fn quote_of(message: &MessageView) -> Quote {
    Quote {
        message: Some(message.id),
        author: Some(message.author.clone()),
        content_type: message.content.type_name().to_owned(),
        text: text::shorten(&text::clean_line(message.content.words().unwrap_or_default()), 120),
    }
}
