//! What stands in the place of data: nothing yet, still loading, went wrong.

use charla_shared::problem::{Problem, ProblemKind, SAID_BY_META};
use leptos::prelude::*;

use super::{Button, Icon};
use crate::{
    failure::{Failure, UNREACHABLE},
    i18n::{t, t_known},
};

/// What a problem says, in the reader's language where this page knows its code.
pub fn problem_words(problem: &Problem) -> String {
    let key = format!("problem-{}", problem.code.replace(['.', '_'], "-"));
    match (t_known(&key), problem.details.get(SAID_BY_META)) {
        (Some(words), Some(said)) => format!("{words} Meta: “{said}”"),
        (Some(words), None) => words,
        (None, _) => problem.message.clone(),
    }
}

/// There is nothing here, and what to do about it.
#[component]
pub fn EmptyState(
    /// The name of an icon.
    icon: &'static str,
    /// What is missing.
    #[prop(into)]
    title: String,
    /// What comes here and how.
    #[prop(into)]
    text: String,
    /// The next step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}

/// Something could not be shown: why, and the way out.
#[component]
pub fn ErrorState(
    /// What went wrong.
    failure: Failure,
    /// Tries again.
    on_retry: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    let problem = failure.0;
    let words = problem_words(&problem);
    let (icon, title) = match problem.kind {
        ProblemKind::NotFound => ("circle-help", t("error-not-found")),
        ProblemKind::Forbidden => ("lock", t("error-forbidden")),
        _ if problem.code == UNREACHABLE => ("wifi-off", t("error-unreachable")),
        _ => ("circle-alert", t("error-title")),
    };
    let worth_retrying = !matches!(problem.kind, ProblemKind::NotFound | ProblemKind::Forbidden);
    view! {
        <div class="empty" role="alert">
            <Icon name=icon />
            <h2>{title}</h2>
            <p>{words}</p>
            {worth_retrying.then(|| view! { <Button on_click=move |_| on_retry()>{t("error-retry")}</Button> })}
            {(!worth_retrying).then(|| view! { <a class="button" href="/workspaces" rel="external">{t("error-home")}</a> })}
        </div>
    }
}

/// Where something will be. Shown after a moment only (by its style), so that what is quick does not flicker.
#[component]
pub fn Skeleton(
    /// How many lines.
    rows: usize,
    /// What is loading.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{label}</span>
            {(0..rows).map(|_| view! { <span class="skeleton-row" aria-hidden="true"></span> }).collect_view()}
        </div>
    }
}
