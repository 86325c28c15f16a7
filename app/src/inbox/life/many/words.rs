//! What is said of many conversations.

use charla_shared::life::{Change, Desk, NewStatus};

use super::tally::Tally;
use crate::{
    i18n::{Arg, dates, t_with, use_locale},
    ui::problem_words,
};

/// How many are selected.
#[must_use]
pub fn selected(count: usize) -> String {
    t_with("many-selected", &[("count", Arg::from(count))])
}

/// What is said when a change is done with so many.
pub fn told(change: &Change, count: usize, desk: &Desk) -> String {
    let count = ("count", Arg::from(count));
    match change {
        Change::Status { to: NewStatus::Snoozed { until } } => {
            let until = dates::format(*until, use_locale(), dates::Style::Full);
            t_with("many-told-snoozed", &[count, ("until", Arg::from(until))])
        }
        Change::Status { to } => t_with(&format!("many-told-{}", to.status().name()), &[count]),
        Change::Assignee { to: None } => t_with("many-told-unassigned", &[count]),
        Change::Assignee { to: Some(user) } => {
            let name = desk.member(*user).map(|member| member.name.clone()).unwrap_or_default();
            t_with("many-told-assigned", &[count, ("member", Arg::from(name))])
        }
        Change::Label { label, on } => {
            let name = desk.label(*label).map(|label| label.name.clone()).unwrap_or_default();
            let key = if *on { "many-told-labelled" } else { "many-told-unlabelled" };
            t_with(key, &[count, ("label", Arg::from(name))])
        }
    }
}

/// Why some stayed as they were, in sentences; none when all changed.
pub fn refusals(tally: &Tally) -> Vec<String> {
    let of = || ("of", Arg::from(tally.of));
    let mut said: Vec<_> =
        tally.refused().into_iter().map(|(key, count)| t_with(key, &[("count", Arg::from(count)), of()])).collect();
    if let Some(failure) = &tally.failure {
        let count = ("count", Arg::from(tally.of.saturating_sub(tally.known())));
        said.push(t_with("many-failed", &[count, of(), ("why", Arg::from(problem_words(&failure.0)))]));
    }
    said
}
