//! The desk of a member in a workspace: what they have written and not handed over. It lives as long as the frame, so that
//! what waits goes out on whichever page they are.

use std::{collections::HashSet, mem, time::Duration};

use charla_shared::{
    account::Me, canned_reply::CannedReplyView, id::ConversationId, problem::ProblemKind, workspace::WorkspaceView,
};
use leptos::{ev, prelude::*, task::spawn_local};

use super::{
    api,
    bubbles::Bubbles,
    draft::{self, KeptDraft},
    kept,
    outbox::{self, Outbox},
    sending,
    shelf::Shelf,
    state::InboxStore,
};
use crate::{failure::Failure, realtime::backoff};

/// Quiet before it is asked once more who writes.
const AGAIN: Duration = Duration::from_secs(3);

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Where the browser keeps what is theirs.
    pub shelf: Shelf,
    /// Their name.
    pub name: String,
    /// The name of the workspace.
    pub workspace: String,
}

/// The desk; a handle, cheap to copy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Desk {
    writer: RwSignal<Option<Writer>>,
    outbox: StoredValue<Outbox>,
    page: StoredValue<Option<InboxStore>>,
    failures: StoredValue<u32>,
    /// Whether it is tried again after a while, without anybody's doing.
    later: StoredValue<bool>,
    /// Messages that wait to be sent, in all conversations.
    pub waiting: RwSignal<usize>,
    /// Conversations with a draft of the member's.
    pub drafts: RwSignal<HashSet<ConversationId>>,
    /// The conversation of which another device has a later draft, told last.
    pub newer: RwSignal<Option<ConversationId>>,
    /// The canned replies, as last asked for.
    pub replies: RwSignal<Vec<CannedReplyView>>,
}

impl Desk {
    /// The desk that stands in every page of the workspace. In the browser it sends what waits from then on.
    pub fn provide(me: Resource<Result<Me, Failure>>, workspace: Resource<Result<WorkspaceView, Failure>>) {
        let desk = Self::default();
        provide_context(desk);
        Effect::new(move |_| {
            if let (Some(Ok(me)), Some(Ok(workspace))) = (me.get(), workspace.get()) {
                let shelf = Shelf { user: me.id, workspace: workspace.id };
                let writer = Writer { shelf, name: me.name, workspace: workspace.name };
                // After the page has come alive: until then it shows what the host knew.
                set_timeout(move || desk.begin(writer), Duration::ZERO);
            }
        });
        Effect::new(move |_| {
            // Without a writer nothing can be sent or kept: the page that was made in a bad moment asks again.
            let passes = |why: &Failure| why.0.kind != ProblemKind::Unauthenticated && outbox::may_pass(why.0.kind);
            if me.with(|me| matches!(me, Some(Err(why)) if passes(why)))
                && let Ok(timer) = set_timeout_with_handle(move || me.refetch(), AGAIN)
            {
                on_cleanup(move || timer.clear());
            }
        });
        Effect::new(move |_| desk.listen());
    }

    fn begin(self, writer: Writer) {
        let shelf = writer.shelf;
        if self.writer.try_set(Some(writer)).is_some() {
            return;
        }
        for (name, kept) in shelf.all::<KeptDraft>(draft::KIND) {
            if let Ok(conversation) = name.parse() {
                self.has_draft(conversation, !kept.draft.body.is_empty());
            }
        }
        spawn_local(async move { self.ask_for_drafts(shelf).await });
        sending::wake(self);
    }

    async fn ask_for_drafts(self, shelf: Shelf) {
        // Whoever may not answer has none; without a connection those of this browser are shown.
        if let Ok(drafts) = api::drafts(shelf.workspace, Some(shelf.user)).await {
            let _ = self.drafts.try_update(|known| known.extend(drafts));
        }
    }

    /// Other tabs and the network.
    fn listen(self) {
        let online = window_event_listener(ev::online, move |_| sending::wake(self));
        let storage = window_event_listener(ev::storage, move |event| {
            let (Some(writer), Some(outbox)) = (self.writer(), self.outbox()) else { return };
            let of_outbox = |key: String| key.starts_with(&writer.shelf.prefix(kept::KIND));
            if event.key().is_none_or(of_outbox) {
                sending::look(self, &writer, &outbox);
            }
        });
        on_cleanup(move || {
            online.remove();
            storage.remove();
        });
    }

    /// Who writes; none until the page is alive.
    #[must_use]
    pub fn writer(self) -> Option<Writer> {
        self.writer.try_get_untracked().flatten()
    }

    /// Who writes, followed.
    #[must_use]
    pub fn writer_now(self) -> Option<Writer> {
        self.writer.get()
    }

    /// The messages under way; none when the frame is gone.
    #[must_use]
    pub fn outbox(self) -> Option<Outbox> {
        self.outbox.try_get_value()
    }

    /// An inbox is on screen and shows what is under way.
    pub fn shows(self, page: InboxStore) {
        let _ = self.page.try_set_value(Some(page));
    }

    /// The inbox that is on screen, or was.
    #[must_use]
    pub fn page(self) -> Option<InboxStore> {
        self.page.try_get_value().flatten()
    }

    /// The open thread of a conversation, if that is on screen.
    #[must_use]
    pub fn thread_of(self, conversation: ConversationId) -> Option<Bubbles> {
        self.page()?.thread_of(conversation)
    }

    /// Counts what waits.
    pub fn count(self) {
        let waiting = self.outbox().map(|outbox| outbox.waiting().into_iter().map(|(_, count)| count).sum());
        if let Some(waiting) = waiting
            && self.waiting.try_get_untracked() != Some(waiting)
        {
            let _ = self.waiting.try_set(waiting);
        }
    }

    /// There is a draft in a conversation, or none.
    pub fn has_draft(self, conversation: ConversationId, there: bool) {
        if self.drafts.try_with_untracked(|drafts| drafts.contains(&conversation)) == Some(!there) {
            let _ = self
                .drafts
                .try_update(|drafts| if there { drafts.insert(conversation) } else { drafts.remove(&conversation) });
        }
    }

    /// The host has answered.
    pub fn reached(self) {
        let _ = self.failures.try_set_value(0);
    }

    /// The host has not answered: tries again after a while, later each time, or when it asks for it.
    pub fn missed(self, wait: Option<Duration>) {
        let failures = self.failures.try_update_value(|failures| {
            *failures = failures.saturating_add(1);
            *failures
        });
        // One timer for all that waits.
        let (Some(failures), Some(false)) = (failures, self.later.try_update_value(|later| mem::replace(later, true)))
        else {
            return;
        };
        let wait = wait.unwrap_or_else(|| backoff::wait(failures, js_sys::Math::random()));
        set_timeout(
            move || {
                let _ = self.later.try_set_value(false);
                sending::wake(self);
            },
            wait,
        );
    }
}
