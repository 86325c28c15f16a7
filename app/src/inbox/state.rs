//! What the inbox page knows: the list, the open thread, and what is on its way.

use charla_shared::{
    conversation::{ConversationPage, ConversationView, Filter, ThreadPage},
    event::EventCursor,
    id::{ConversationId, WorkspaceId},
    message::MessageView,
    permission::{Permission, PermissionSet},
};
use jiff::Timestamp;
use leptos::prelude::*;

use super::{
    bubbles::Bubbles,
    desk::Desk,
    rows::{Rows, Told},
    sending,
};
use crate::realtime::Connection;

/// The state of the page. Lives as long as the page shows one workspace; a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct InboxStore {
    /// Whose inbox it is.
    pub workspace: WorkspaceId,
    /// The list.
    pub rows: Rows,
    /// The conversation on screen, as the address says.
    pub chosen: Memo<Option<ConversationId>>,
    /// What the viewer has written and not handed over.
    pub desk: Desk,
    /// How the live connection stands.
    pub connection: RwSignal<Connection>,
    may_reply: StoredValue<bool>,
    may_note: StoredValue<bool>,
    /// The present, by the viewer's clock.
    pub now: ReadSignal<Timestamp>,
    /// Where the log of events stood when the list was first read; none before.
    pub from: RwSignal<Option<EventCursor>>,
    thread: StoredValue<Option<Bubbles>>,
    early: StoredValue<Vec<MessageView>>,
}

impl InboxStore {
    /// The state of a page that has loaded nothing yet.
    #[must_use]
    pub fn new(workspace: WorkspaceId, chosen: Memo<Option<ConversationId>>, now: ReadSignal<Timestamp>) -> Self {
        Self {
            workspace,
            rows: Rows::default(),
            chosen,
            desk: use_context::<Desk>().unwrap_or_default(),
            connection: RwSignal::default(),
            may_reply: StoredValue::new(false),
            may_note: StoredValue::new(false),
            now,
            from: RwSignal::new(None),
            thread: StoredValue::new(None),
            early: StoredValue::default(),
        }
    }

    /// Whether the viewer may answer customers; known once the workspace is.
    #[must_use]
    pub fn may_reply(self) -> bool {
        self.may_reply.try_get_value().unwrap_or_default()
    }

    /// Whether the viewer may write notes; known once the workspace is.
    #[must_use]
    pub fn may_note(self) -> bool {
        self.may_note.try_get_value().unwrap_or_default()
    }

    /// Takes what the viewer may do.
    pub fn permit(self, permissions: &PermissionSet) {
        let _ = self.may_reply.try_set_value(permissions.allows(Permission::ConversationsReply));
        let _ = self.may_note.try_set_value(permissions.allows(Permission::NotesWrite));
    }

    /// Begins the list with its first page.
    pub fn begin(self, filter: Filter, page: &ConversationPage) {
        self.rows.begin(filter, page);
        // The first counts: a later page, of another filter, would pass over what is still on its way.
        if !self.has_begun() {
            let _ = self.from.try_set(Some(page.cursor));
        }
    }

    /// Whether the list has begun, and with it the log of events this page follows.
    #[must_use]
    pub fn has_begun(self) -> bool {
        self.from.try_get_untracked().is_none_or(|from| from.is_some())
    }

    /// Opens a thread with its newest page, and with what was heard of it while the page was on its way.
    #[must_use]
    pub fn open(self, page: &ThreadPage) -> Bubbles {
        let thread = Bubbles::open(page);
        let conversation = thread.conversation;
        let early = self.early.try_update_value(std::mem::take).unwrap_or_default();
        thread.put_all(early.into_iter().filter(|message| message.conversation == conversation));
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

    /// Takes a row of the list as it is now.
    pub fn tell_row(self, row: ConversationView) -> Told {
        self.rows.tell(row, self.wanted())
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
            let _ = self.early.try_update_value(|early| early.push(message));
        }
    }

    /// Another conversation is on screen: what waited for the last one's page is of no use, and rows that no longer fit the
    /// filter may go.
    pub fn chosen_changed(self, chosen: Option<ConversationId>) {
        let _ = self.early.try_update_value(|early| early.retain(|message| Some(message.conversation) == chosen));
        self.rows.tidy(chosen);
    }
}
