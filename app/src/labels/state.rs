//! The labels on screen, and the one that is about to go.

use charla_shared::{
    id::{LabelId, WorkspaceId},
    label::NewLabel,
    life::LabelUse,
    problem::ProblemKind,
};
use leptos::{prelude::*, task::spawn_local};

use super::{api, row::row_id};
use crate::{
    failure::Failure,
    i18n::{Arg, t_with},
    ui::{Toasts, leaving, problem_words, use_toasts},
};

/// The labels.
#[derive(Debug, Clone, Copy)]
pub struct Labels {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// By name.
    pub list: RwSignal<Vec<LabelUse>>,
    /// The one that is to be deleted, while that is asked.
    pub asked: RwSignal<Option<LabelUse>>,
    /// While one is being deleted.
    pub busy: RwSignal<bool>,
    toasts: Toasts,
}

impl Labels {
    /// Those that came with the page.
    pub fn new(workspace: WorkspaceId, list: Vec<LabelUse>) -> Self {
        let (list, asked, busy) = (RwSignal::new(list), RwSignal::new(None), RwSignal::new(false));
        Self { workspace, list, asked, busy, toasts: use_toasts() }
    }

    /// One of them.
    pub fn one(self, id: LabelId) -> Memo<Option<LabelUse>> {
        Memo::new(move |_| self.list.with(|list| list.iter().find(|one| one.label.id == id).cloned()))
    }

    /// Makes one.
    pub async fn create(self, new: NewLabel) -> Result<(), Failure> {
        let label = api::create(self.workspace, new).await?;
        self.put(LabelUse { label, conversations: 0 });
        Ok(())
    }

    /// Renames and recolours one; `seen` is what it was before. Whoever is refused finds them as they are now.
    pub async fn change(self, id: LabelId, new: NewLabel, seen: NewLabel) -> Result<(), Failure> {
        let changed = api::change(self.workspace, id, new, Some(seen)).await;
        if changed.as_ref().is_err_and(|failure| failure.0.kind == ProblemKind::Conflict)
            && let Ok(list) = api::list(self.workspace).await
        {
            let _ = self.list.try_set(list);
        }
        let label = changed?;
        let of = |list: &Vec<LabelUse>| list.iter().find(|one| one.label.id == id).map(|one| one.conversations);
        let conversations = self.list.try_with_untracked(of).flatten().unwrap_or_default();
        self.put(LabelUse { label, conversations });
        Ok(())
    }

    /// Takes a label as it is now, in its place by name.
    fn put(self, new: LabelUse) {
        let _ = self.list.try_update(|list| {
            list.retain(|one| one.label.id != new.label.id);
            let name = new.label.name.to_lowercase();
            let place = list.partition_point(|one| one.label.name.to_lowercase() < name);
            list.insert(place, new);
        });
    }

    /// Deletes the one that was asked about.
    pub fn delete(self) {
        let Some(LabelUse { label, .. }) = self.asked.get_untracked() else { return };
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let words = t_with("labels-deleted", &[("label", Arg::from(label.name))]);
        spawn_local(async move {
            match api::delete(self.workspace, label.id).await {
                Ok(()) => {
                    let pass_on = leaving(&row_id(label.id));
                    let _ = self.asked.try_set(None);
                    let _ = self.list.try_update(|list| list.retain(|one| one.label.id != label.id));
                    pass_on();
                    self.toasts.say(words);
                }
                Err(failure) => self.toasts.fail(problem_words(&failure.0)),
            }
            let _ = self.busy.try_set(false);
        });
    }
}
