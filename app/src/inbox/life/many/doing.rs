//! Changing what is selected: asked of the host in pieces, shown as it is done, offered to be undone as a whole.

use std::collections::HashSet;

use charla_shared::{
    conversation::Status,
    id::ConversationId,
    life::{Change, Changed, NewStatus, Outcome, Seen},
    list::ListQuery,
    problem::ProblemKind,
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    super::{api, doing::Life, effect},
    tally::{Piece, Tally, pieces},
    words,
};
use crate::{
    i18n::{Arg, t, t_with},
    inbox::{address, log_in, selection::Selection},
};

/// What changes the selected conversations. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Many {
    /// What changes one.
    pub life: Life,
    /// How many are selected.
    pub count: Memo<usize>,
    /// How many are done, and of how many, while it works.
    pub progress: RwSignal<Option<(usize, usize)>>,
}

/// What changes the selected conversations; for parts of the inbox.
pub fn use_many() -> Many {
    expect_context()
}

impl Many {
    /// For the inbox page; it provides it to its parts.
    pub fn provide(life: Life) -> Self {
        let count = Memo::new(move |_| life.store.rows.selection.with(Selection::len));
        let many = Self { life, count, progress: RwSignal::new(None) };
        provide_context(many);
        many
    }

    /// Closes what is selected; opens it again when all of it is closed.
    pub fn resolve_or_reopen(self) {
        let is_resolved = self.life.store.rows.picked().iter().all(|row| row.status == Status::Resolved);
        let to = if is_resolved { NewStatus::Open } else { NewStatus::Resolved { reason: None } };
        self.change(Change::Status { to });
    }

    /// Gives what is selected to the viewer.
    pub fn assign_to_me(self) {
        if let Some(me) = self.life.store.staff.with_untracked(|desk| desk.me) {
            self.change(Change::Assignee { to: Some(me) });
        }
    }

    /// Changes what is selected and offers to undo it. One change at a time: while it works, another is not begun. What
    /// stays in the list stays selected, so that more can be done with it, or once more.
    pub fn change(self, change: Change) {
        let rows = self.life.store.rows.picked();
        if rows.is_empty() || self.progress.get_untracked().is_some() {
            return;
        }
        let seen: Vec<_> = rows.iter().map(Seen::of).collect();
        let asked = pieces(rows.iter().map(|row| (row.id, change.clone())));
        spawn_local(async move {
            let tally = self.work(asked, &seen).await;
            self.lead_on(&tally);
            let seen = seen.into_iter().map(|seen| seen.when_undone(change.clone())).collect();
            self.tell(&change, tally, seen);
        });
    }

    /// Asks for all of it, piece by piece, until one fails.
    async fn work(self, asked: Vec<Piece>, seen: &[Seen]) -> Tally {
        let store = self.life.store;
        let mut tally = Tally::new(asked.iter().map(|piece| piece.conversations.len()).sum());
        for Piece { change, conversations } in asked {
            let _ = self.progress.try_set(Some((tally.known(), tally.of)));
            let seen = seen.iter().filter(|seen| conversations.contains(&seen.conversation)).cloned().collect();
            match api::change(store.workspace, conversations, change.clone(), Some(seen)).await {
                Ok(changed) => {
                    for one in changed {
                        self.show(&one, &change);
                        tally.note(one);
                    }
                }
                Err(failure) => {
                    if failure.0.kind == ProblemKind::Unauthenticated {
                        log_in::again();
                    }
                    tally.failure = Some(failure);
                    break;
                }
            }
        }
        let _ = self.progress.try_set(None);
        tally
    }

    /// Shows what became of one; the host's own word of its row follows.
    fn show(self, changed: &Changed, change: &Change) {
        let store = self.life.store;
        match changed.outcome {
            Outcome::Done { .. } => {
                let desk = store.staff.try_get_untracked().unwrap_or_default();
                if let Some(row) = store.rows.view_untracked(changed.conversation) {
                    store.tell_row(effect::after(&row, change, &desk));
                }
            }
            Outcome::Missing => store.rows.forget(changed.conversation),
            Outcome::Same | Outcome::Full | Outcome::NewMessage | Outcome::ChangedSince => {}
        }
    }

    /// When the conversation on screen was put out of the list by it, the next one that was not is opened.
    fn lead_on(self, tally: &Tally) {
        let store = self.life.store;
        let done: HashSet<_> = tally.done.iter().map(|(id, _)| *id).collect();
        let Some(chosen) = store.wanted().filter(|id| done.contains(id)) else { return };
        if !store.rows.view_untracked(chosen).is_some_and(|row| store.rows.drops(&row)) {
            return;
        }
        let listed = store.rows.order.with_untracked(|order| order.iter().map(|row| row.id).collect::<Vec<_>>());
        if let Some(next) = next_of(&listed, chosen, &done) {
            self.life.lead(address::inbox(store.workspace, Some(next), ListQuery::default()));
        }
    }

    /// Says what became of all of them; `seen` is for taking it back.
    fn tell(self, change: &Change, tally: Tally, seen: Vec<Seen>) {
        let refusals = words::refusals(&tally);
        let toasts = self.life.toasts;
        if tally.done.is_empty() {
            if refusals.is_empty() {
                toasts.say(t_with("many-same", &[("count", Arg::from(tally.same))]));
            } else {
                toasts.fail(refusals.join(" "));
            }
            return;
        }
        let desk = self.life.store.staff.try_get_untracked().unwrap_or_default();
        let said: Vec<_> = [words::told(change, tally.done.len(), &desk)].into_iter().chain(refusals).collect();
        let done = tally.done;
        toasts.offer(said.join(" "), t("life-undo"), move || self.undo(done.clone(), seen.clone()));
    }

    /// Makes all of them as they were, also from another page.
    fn undo(self, done: Vec<(ConversationId, Change)>, seen: Vec<Seen>) {
        spawn_local(async move {
            let tally = self.work(pieces(done), &seen).await;
            let refusals = words::refusals(&tally);
            if refusals.is_empty() {
                self.life.toasts.say(t_with("many-undone", &[("count", Arg::from(tally.of))]));
            } else {
                self.life.toasts.fail(refusals.join(" "));
            }
        });
    }
}

/// The nearest row after this one that is not among those that go; at the end, the nearest before it.
fn next_of(
    listed: &[ConversationId],
    chosen: ConversationId,
    going: &HashSet<ConversationId>,
) -> Option<ConversationId> {
    let at = listed.iter().position(|id| *id == chosen)?;
    let (before, after) = listed.split_at(at);
    after.iter().chain(before.iter().rev()).find(|id| **id != chosen && !going.contains(*id)).copied()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_next_to_open_is_one_that_stays() {
        let ids: Vec<ConversationId> = (0..6).map(|n| Uuid::from_u128(n).into()).collect();
        let going = |rows: &[usize]| rows.iter().map(|row| ids[*row]).collect::<HashSet<_>>();
        assert_eq!(next_of(&ids, ids[1], &going(&[1, 2])), Some(ids[3]));
        assert_eq!(next_of(&ids, ids[4], &going(&[4, 5, 3])), Some(ids[2]), "none is left below");
        assert_eq!(next_of(&ids, ids[0], &going(&[0, 1, 2, 3, 4, 5])), None);
        assert_eq!(next_of(&ids[1..], ids[0], &going(&[])), None, "it is not in the list");
    }
}
