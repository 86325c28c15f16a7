//! Changing conversations: seen at once, then asked of the host, taken back when it refuses, undone by a word.

use charla_shared::{
    conversation::{ConversationView, Status},
    id::ConversationId,
    life::{Change, Desk, NewStatus, Outcome, Seen},
    list::ListQuery,
    problem::ProblemKind,
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{api, desk, effect, reason::Reason};
use crate::{
    i18n::{Arg, dates, t, t_with, use_locale},
    inbox::{address, log_in, row::title, state::InboxStore},
    ui::{Toasts, problem_words, use_toasts},
};

/// What changes conversations on this page. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Life {
    /// The page's state.
    pub store: InboxStore,
    pub(super) toasts: Toasts,
    /// Where the page goes next.
    leads: RwSignal<Option<String>>,
    /// The question why something is closed.
    pub reason: Reason,
}

/// What changes conversations on this page; for its parts.
pub fn use_life() -> Life {
    expect_context()
}

impl Life {
    /// For the inbox page; it provides it to its parts.
    pub fn new(store: InboxStore) -> Self {
        let life = Self { store, toasts: use_toasts(), leads: RwSignal::new(None), reason: Reason::default() };
        let (navigate, here) = (use_navigate(), address::here());
        Effect::new(move |_| {
            if let Some(to) = life.leads.get() {
                navigate(&here.keeping(&to), NavigateOptions { scroll: false, ..NavigateOptions::default() });
            }
        });
        Effect::new(move |_| desk::load(store));
        provide_context(life);
        life
    }

    /// Closes the conversation on screen, or opens it again.
    pub fn resolve_or_reopen(self, id: ConversationId) {
        let Some(row) = self.row(id) else { return };
        let to = match row.status {
            Status::Resolved => NewStatus::Open,
            _ => NewStatus::Resolved { reason: None },
        };
        self.change(id, Change::Status { to });
    }

    /// Changes a conversation and offers to undo it. When the list drops it by that, the next one of the list is opened.
    pub fn change(self, id: ConversationId, change: Change) {
        self.apply(id, change, None);
    }

    /// Makes a change, or takes one back that was made of what was seen then.
    fn apply(self, id: ConversationId, change: Change, taken_back: Option<Seen>) {
        let Some(before) = self.row(id) else { return };
        let offered = taken_back.is_none();
        let desk = self.store.staff.try_get_untracked().unwrap_or_default();
        let after = effect::after(&before, &change, &desk);
        let back = effect::back(&before, &change);
        let words = self.words(&before, &change);
        let next = (offered && self.store.wanted() == Some(id) && self.store.rows.drops(&after))
            .then(|| self.neighbour(id))
            .flatten();
        self.store.tell_row(after);
        if let Some(next) = next {
            self.lead(address::inbox(self.store.workspace, Some(next), ListQuery::default()));
        }
        spawn_local(async move {
            let seen = taken_back.unwrap_or_else(|| Seen::of(&before));
            match api::change(self.store.workspace, vec![id], change.clone(), Some(vec![seen.clone()])).await {
                Ok(changed) => match changed.into_iter().next().map(|one| one.outcome) {
                    Some(Outcome::Done { undo }) if offered => {
                        let seen = seen.when_undone(change);
                        self.toasts.offer(words, t("life-undo"), move || self.undo(id, undo.clone(), seen.clone()));
                    }
                    Some(outcome) => {
                        if let Some(why) = refusal(&outcome, title(&before)) {
                            self.take_back(id, &back, &desk);
                            self.toasts.fail(why);
                        }
                    }
                    None => {}
                },
                Err(failure) => {
                    self.take_back(id, &back, &desk);
                    if failure.0.kind == ProblemKind::Unauthenticated {
                        log_in::again();
                    }
                    self.toasts.fail(t_with("life-failed", &[("why", Arg::from(problem_words(&failure.0)))]));
                }
            }
        });
    }

    /// Goes on to a place of the inbox.
    pub(super) fn lead(self, to: String) {
        let _ = self.leads.try_set(Some(to));
    }

    /// The row as it was: the host has not done what was seen already.
    fn take_back(self, id: ConversationId, back: &Change, desk: &Desk) {
        if let Some(row) = self.row(id) {
            self.store.tell_row(effect::after(&row, back, desk));
        }
    }

    /// Takes a change back, also from another page.
    fn undo(self, id: ConversationId, undo: Change, seen: Seen) {
        if self.row(id).is_some() {
            return self.apply(id, undo, Some(seen));
        }
        spawn_local(async move {
            match api::change(self.store.workspace, vec![id], undo, Some(vec![seen])).await {
                Ok(changed) => {
                    if let Some(why) = changed
                        .first()
                        .and_then(|one| refusal(&one.outcome, self.row(id).as_ref().map(title).unwrap_or_default()))
                    {
                        self.toasts.fail(why);
                    }
                }
                Err(failure) => {
                    self.toasts.fail(t_with("life-failed", &[("why", Arg::from(problem_words(&failure.0)))]));
                }
            }
        });
    }

    fn row(self, id: ConversationId) -> Option<ConversationView> {
        self.store.rows.signal(id).map(|row| row.get_untracked())
    }

    /// What stands after a conversation in the list; at its end, what stands before it.
    fn neighbour(self, id: ConversationId) -> Option<ConversationId> {
        self.store.rows.order.with_untracked(|order| {
            let ids: Vec<_> = order.iter().map(|place| place.id).collect();
            [1, -1].into_iter().filter_map(|by| address::neighbour(&ids, Some(id), by)).find(|next| *next != id)
        })
    }

    /// What is said when it is done.
    fn words(self, row: &ConversationView, change: &Change) -> String {
        let who = ("who", Arg::from(title(row)));
        match change {
            Change::Status { to: NewStatus::Snoozed { until } } => {
                let until = dates::format(*until, use_locale(), dates::Style::Full);
                t_with("life-told-snoozed", &[who, ("until", Arg::from(until))])
            }
            Change::Status { to } => t_with(&format!("life-told-{}", to.status().name()), &[who]),
            Change::Assignee { to: None } => t_with("life-told-unassigned", &[who]),
            Change::Assignee { to: Some(user) } => {
                let name = self.store.staff.with_untracked(|desk| desk.member(*user).map(|member| member.name.clone()));
                t_with("life-told-assigned", &[who, ("member", Arg::from(name.unwrap_or_default()))])
            }
            Change::Label { label, on } => {
                let name = self.store.staff.with_untracked(|desk| desk.label(*label).map(|label| label.name.clone()));
                let key = if *on { "life-told-labelled" } else { "life-told-unlabelled" };
                t_with(key, &[who, ("label", Arg::from(name.unwrap_or_default()))])
            }
        }
    }
}

/// What is said of a change that the host has not made; none of one that it has.
fn refusal(outcome: &Outcome, who: String) -> Option<String> {
    match outcome {
        Outcome::Done { .. } | Outcome::Same => None,
        Outcome::Full => Some(t("life-full")),
        Outcome::Missing => Some(t("life-missing")),
        Outcome::NewMessage => Some(t_with("life-new-message", &[("who", Arg::from(who))])),
        Outcome::ChangedSince => Some(t_with("life-changed-since", &[("who", Arg::from(who))])),
    }
}
