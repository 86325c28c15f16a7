//! What the inbox page knows: the list, the open thread, and what is on its way.

use std::collections::BTreeSet;

use charla_shared::{
    conversation::{ConversationPage, ConversationView, ThreadPage},
    entry::{EntryView, MemberName},
    event::EventCursor,
    id::{ContactId, ConversationId, WorkspaceId},
    life,
    list::{Choices, ListQuery},
    message::MessageView,
    permission::Permission,
};
use jiff::Timestamp;
use leptos::prelude::*;

use super::{
    bubbles::Bubbles,
    desk::Desk,
    list::{Counting, ListScroll},
    rows::{Asked, Rows},
    sending,
    thread_cache::ThreadCache,
};
use crate::{
    frame::{News, Rights, use_line, use_news, use_rights},
    realtime::Line,
};

/// What contacts on screen have to be loaded for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactNews {
    /// These changed.
    pub changed: BTreeSet<ContactId>,
    /// Any may have.
    pub any: bool,
    /// Tags and fields did.
    pub words: bool,
}

/// What was heard of a thread while its page was on its way.
#[derive(Debug, Default)]
struct Early {
    messages: Vec<MessageView>,
    entries: Vec<EntryView>,
}

/// The state of the page. Lives as long as the page shows one workspace; a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct InboxStore {
    /// Whose inbox it is.
    pub workspace: WorkspaceId,
    /// The rows of the list.
    pub rows: Rows,
    /// The reader's place in the list.
    pub list: ListScroll,
    /// How many conversations there are in each view.
    pub counting: Counting,
    /// What the list may be narrowed to.
    pub choices: RwSignal<Choices>,
    /// Threads at hand.
    pub cache: ThreadCache,
    /// The conversation on screen, as the address says.
    pub chosen: Memo<Option<ConversationId>>,
    /// What the viewer has written and not handed over.
    pub desk: Desk,
    /// What happens in the workspace is heard here.
    pub line: Line,
    /// What the viewer is told of it.
    pub news: News,
    /// What the viewer may do.
    pub rights: Rights,
    /// To whom conversations may be given; nobody until it is known.
    pub members: RwSignal<Vec<MemberName>>,
    /// What conversations may be given: who of the members, and which labels.
    pub staff: Memo<life::Desk>,
    /// Whether it is known what the list may be narrowed to.
    has_choices: StoredValue<bool>,
    /// The present, by the viewer's clock.
    pub now: ReadSignal<Timestamp>,
    /// Where the log of events stood when the list was first read; none before.
    pub from: RwSignal<Option<EventCursor>>,
    /// What changed last about contacts.
    pub contact_news: RwSignal<ContactNews>,
    missed: StoredValue<bool>,
    thread: StoredValue<Option<Bubbles>>,
    early: StoredValue<Early>,
}

impl InboxStore {
    /// The state of a page that has loaded nothing yet.
    #[must_use]
    pub fn new(workspace: WorkspaceId, chosen: Memo<Option<ConversationId>>, now: ReadSignal<Timestamp>) -> Self {
        let news = use_news();
        let rows = Rows::counting(news.unread);
        let (choices, members) = (RwSignal::new(Choices::default()), RwSignal::new(Vec::new()));
        let staff = Memo::new(move |_| {
            let (me, labels) = choices.with(|choices| (choices.me, choices.labels.clone()));
            life::Desk { me, members: members.get(), labels }
        });
        // From the beginning, so that the list does not forget the row of an open thread that it does not list.
        rows.choose(chosen.get_untracked());
        Self {
            workspace,
            rows,
            list: ListScroll::new(rows),
            counting: Counting::default(),
            choices,
            cache: ThreadCache::default(),
            chosen,
            desk: use_context::<Desk>().unwrap_or_default(),
            line: use_line(),
            news,
            rights: use_rights(),
            members,
            staff,
            has_choices: StoredValue::new(false),
            now,
            from: RwSignal::new(None),
            contact_news: RwSignal::default(),
            missed: StoredValue::new(false),
            thread: StoredValue::new(None),
            early: StoredValue::default(),
        }
    }

    /// Whether the viewer holds a right, at this moment.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        self.rights.may(permission)
    }

    /// Whether the viewer may answer customers, at this moment.
    #[must_use]
    pub fn may_reply(self) -> bool {
        self.may(Permission::ConversationsReply)
    }

    /// The same, followed.
    #[must_use]
    pub fn may_reply_now(self) -> bool {
        self.rights.may_now(Permission::ConversationsReply)
    }

    /// Whether the viewer may write notes, at this moment.
    #[must_use]
    pub fn may_note(self) -> bool {
        self.may(Permission::NotesWrite)
    }

    /// The same, followed.
    #[must_use]
    pub fn may_note_now(self) -> bool {
        self.rights.may_now(Permission::NotesWrite)
    }

    /// Takes what the list may be narrowed to as it was when the page was made: once, because it is told and changed since.
    pub fn begin_choices(self, choices: Choices) {
        if self.has_choices.try_get_value() == Some(false) {
            self.take_choices(choices);
        }
    }

    /// Takes what the list may be narrowed to as it is now.
    pub fn take_choices(self, choices: Choices) {
        let _ = self.has_choices.try_set_value(true);
        let _ = self.rows.me.try_set_value(choices.me);
        if self.choices.try_with_untracked(|before| *before != choices) == Some(true) {
            let _ = self.choices.try_set(choices);
        }
    }

    /// Begins the list with its first page.
    pub fn begin(self, query: ListQuery, page: &ConversationPage, asked: Asked) {
        self.rows.begin(query, page, asked);
        // The first counts: a later page, of another filter, would pass over what is still on its way.
        if !self.has_begun() {
            // A thread that was read before, while the list could not be: what happened to it since was not heard.
            let _ = self.missed.try_set_value(self.thread.try_with_value(Option::is_some).unwrap_or_default());
            self.line.was_read(page.cursor);
            let _ = self.from.try_set(Some(page.cursor));
        }
    }

    /// Whether the list has begun, and with it the log of events this page follows.
    #[must_use]
    pub fn has_begun(self) -> bool {
        self.from.try_get_untracked().is_none_or(|from| from.is_some())
    }

    /// Whether something was on screen before the log of events was followed, so that it has to be loaded anew. Says so once.
    #[must_use]
    pub fn missed_something(self) -> bool {
        self.missed.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// Opens a thread with a page of it, and with what was heard of it while the page was on its way.
    #[must_use]
    pub fn open(self, page: &ThreadPage) -> Bubbles {
        let thread = Bubbles::open(page);
        let conversation = thread.conversation;
        let early = self.early.try_update_value(std::mem::take).unwrap_or_default();
        thread.put_all(early.messages.into_iter().filter(|message| message.conversation == conversation));
        thread.put_entries(early.entries.into_iter().filter(|entry| entry.conversation == conversation));
        self.rows.introduce(&page.conversation);
        self.thread.set_value(Some(thread));
        thread
    }

    /// The open thread of a conversation, if that is the one that is open.
    #[must_use]
    pub fn thread_of(self, conversation: ConversationId) -> Option<Bubbles> {
        let thread = self.thread.try_get_value().flatten()?;
        // One that was cleaned up is open no more, though it is still known here.
        (thread.conversation == conversation && !thread.order.is_disposed()).then_some(thread)
    }

    /// The conversation whose thread is wanted on screen.
    #[must_use]
    pub fn wanted(self) -> Option<ConversationId> {
        self.chosen.try_get_untracked().flatten()
    }

    /// Takes what changed about contacts.
    pub fn tell_contacts(self, news: ContactNews) {
        if news != ContactNews::default() {
            let _ = self.contact_news.try_set(news);
        }
    }

    /// Takes a row of the list as it is now.
    pub fn tell_row(self, row: ConversationView) {
        self.rows.tell(row, self.rows.ask());
    }

    /// Takes a message as it is now. A message of a thread whose page is on its way waits for it, so that nothing falls
    /// between the two.
    pub fn tell_message(self, message: MessageView) {
        if let Some(key) = message.client_key {
            sending::stored(self.desk, message.conversation, key);
        }
        if let Some(thread) = self.thread_of(message.conversation) {
            thread.put(message);
        } else if self.wanted() == Some(message.conversation) {
            let _ = self.early.try_update_value(|early| early.messages.push(message));
        }
    }

    /// Takes a note, or what was done with a conversation, as [`tell_message`](Self::tell_message) takes a message.
    pub fn tell_entry(self, entry: EntryView) {
        let me = self.rows.me.try_get_value().flatten();
        let own = me.is_some() && entry.author.as_ref().map(|author| author.id) == me;
        if let Some(thread) = self.thread_of(entry.conversation) {
            if own { thread.put_own_entry(entry) } else { thread.put_entry(entry) }
        } else if self.wanted() == Some(entry.conversation) {
            let _ = self.early.try_update_value(|early| early.entries.push(entry));
        }
    }

    /// Another conversation is on screen: what waited for the last one's page is of no use, and rows that no longer fit the
    /// query may go.
    pub fn chosen_changed(self, chosen: Option<ConversationId>) {
        let _ = self.early.try_update_value(|early| {
            early.messages.retain(|message| Some(message.conversation) == chosen);
            early.entries.retain(|entry| Some(entry.conversation) == chosen);
        });
        self.rows.choose(chosen);
    }
}
