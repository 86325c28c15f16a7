//! The labels on screen, and those that are about to go.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use charla_shared::{
    id::{LabelId, WorkspaceId},
    label::{LabelView, NewLabel},
    life::LabelUse,
};
use leptos::{prelude::*, task::spawn_local};

use super::api;
use crate::{
    failure::Failure,
    i18n::{Arg, t, t_with},
    ui::{Toasts, problem_words, use_toasts},
};

/// How long a deleted label waits for a change of mind; a little longer than that is offered.
const REGRET: Duration = Duration::from_secs(9);

/// The labels.
#[derive(Debug, Clone, Copy)]
pub struct Labels {
    /// Of which workspace.
    pub workspace: WorkspaceId,
    /// By name.
    pub list: RwSignal<Vec<LabelUse>>,
    /// Those that are deleted in a moment, unless somebody regrets it: shown no more.
    going: RwSignal<Vec<LabelId>>,
    toasts: Toasts,
}

impl Labels {
    /// Those that came with the page.
    pub fn new(workspace: WorkspaceId, list: Vec<LabelUse>) -> Self {
        Self { workspace, list: RwSignal::new(list), going: RwSignal::default(), toasts: use_toasts() }
    }

    /// What is to be shown.
    pub fn shown(self) -> Vec<LabelUse> {
        let going = self.going.get();
        self.list.with(|list| list.iter().filter(|one| !going.contains(&one.label.id)).cloned().collect())
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

    /// Renames and recolours one.
    pub async fn change(self, id: LabelId, new: NewLabel) -> Result<(), Failure> {
        let label = api::change(self.workspace, id, new).await?;
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

    /// Deletes one in a moment, and offers to keep it until then. Goes on when the page is left.
    pub fn delete(self, label: LabelView) {
        let (id, kept) = (label.id, Arc::new(AtomicBool::new(false)));
        self.going.update(|going| going.push(id));
        let keep = {
            let kept = Arc::clone(&kept);
            move || {
                kept.store(true, Ordering::Relaxed);
                self.stays(id);
                // Words that somebody read for long may offer what is no more.
                let there = |list: &Vec<LabelUse>| list.iter().any(|one| one.label.id == id);
                if self.list.try_with_untracked(there) == Some(false) {
                    self.toasts.fail(t("labels-gone"));
                }
            }
        };
        let words = t_with("labels-deleted", &[("label", Arg::from(label.name))]);
        self.toasts.offer(words, t("life-undo"), keep);
        set_timeout(
            move || {
                if !kept.load(Ordering::Relaxed) {
                    spawn_local(self.go(id));
                }
            },
            REGRET,
        );
    }

    async fn go(self, id: LabelId) {
        match api::delete(self.workspace, id).await {
            Ok(()) => _ = self.list.try_update(|list| list.retain(|one| one.label.id != id)),
            Err(failure) => self.toasts.fail(problem_words(&failure.0)),
        }
        self.stays(id);
    }

    fn stays(self, id: LabelId) {
        let _ = self.going.try_update(|going| going.retain(|one| *one != id));
    }
}
