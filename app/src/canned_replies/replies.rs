//! The canned replies on screen, and what is done with them.

use charla_shared::{
    canned_reply::{CannedReplyView, NewCannedReply},
    id::{CannedReplyId, WorkspaceId},
};
use leptos::{prelude::*, task::spawn_local};

use super::api;
use crate::{
    failure::Failure,
    i18n::{Arg, t, t_with},
    ui::{Toasts, leaving, problem_words, use_toasts},
};

/// The canned replies; a handle, cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Replies {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// By shortcut.
    pub list: RwSignal<Vec<CannedReplyView>>,
    /// Which one the editor has; none for a new one.
    pub edited: RwSignal<Option<CannedReplyView>>,
    /// Whether the editor is open.
    pub editing: RwSignal<bool>,
    toasts: Toasts,
}

/// The id of a reply's row, for the focus that moves on when it goes.
pub fn row_id(reply: CannedReplyId) -> String {
    format!("reply-row-{reply}")
}

impl Replies {
    /// Those that came with the page.
    #[must_use]
    pub fn new(workspace: WorkspaceId, list: Vec<CannedReplyView>) -> Self {
        Self {
            workspace,
            list: RwSignal::new(list),
            edited: RwSignal::new(None),
            editing: RwSignal::new(false),
            toasts: use_toasts(),
        }
    }

    /// Opens the editor with one, or for a new one.
    pub fn edit(self, reply: Option<CannedReplyView>) {
        self.edited.set(reply);
        self.editing.set(true);
    }

    /// Stores what the editor has; `of` is the one it began with.
    pub async fn save(self, of: Option<CannedReplyView>, new: NewCannedReply) -> Result<(), Failure> {
        let saved = match of {
            Some(of) => api::change(self.workspace, of.id, new, Some(of.updated_at)).await?,
            None => api::create(self.workspace, new).await?,
        };
        let _ = self.list.try_update(|list| {
            list.retain(|reply| reply.id != saved.id);
            let place = list.partition_point(|reply| reply.shortcut.to_lowercase() < saved.shortcut.to_lowercase());
            list.insert(place, saved);
        });
        let _ = self.editing.try_set(false);
        self.toasts.say(t("replies-saved"));
        Ok(())
    }

    /// Deletes one, and offers it back.
    pub fn delete(self, reply: CannedReplyView) {
        spawn_local(async move {
            match api::delete(self.workspace, reply.id).await {
                Ok(()) => {
                    let pass_on = leaving(&row_id(reply.id));
                    let _ = self.list.try_update(|list| list.retain(|other| other.id != reply.id));
                    pass_on();
                    let words = t_with("replies-deleted", &[("shortcut", Arg::from(reply.shortcut.clone()))]);
                    self.toasts.offer(words, t("replies-undo"), move || self.bring_back(reply.clone()));
                }
                Err(failure) => self.toasts.fail(problem_words(&failure.0)),
            }
        });
    }

    fn bring_back(self, reply: CannedReplyView) {
        spawn_local(async move {
            let new = NewCannedReply { shortcut: reply.shortcut, body: reply.body };
            if let Err(failure) = self.save(None, new).await {
                self.toasts.fail(problem_words(&failure.0));
            }
        });
    }
}
