//! Why the list is empty, and what to do.

use charla_shared::{
    conversation::Status,
    list::{ListQuery, Scope, Sort},
};
use leptos::{either::EitherOf3, prelude::*};

use super::super::{address, state::InboxStore};
use crate::{
    i18n::t,
    ui::{EmptyState, Icon},
};

/// Which words an empty list has: `list-none-{name}` and `list-none-{name}-text`.
fn reason(query: &ListQuery) -> (&'static str, &'static str) {
    let usual = ListQuery::of(query.scope);
    if *query == usual {
        return match query.scope {
            Scope::Mine => ("mine", "circle-user"),
            Scope::Unassigned => ("unassigned", "check-check"),
            Scope::All => ("all", "inbox"),
        };
    }
    if *query == (ListQuery { unread: true, ..usual }) {
        return ("unread", "check-check");
    }
    if *query == (ListQuery { sort: Sort::WaitingLongest, ..usual }) {
        return ("waiting", "check-check");
    }
    if *query == (ListQuery { status: Some(Status::Snoozed), ..usual }) {
        return ("snoozed", "clock");
    }
    ("narrowed", "list-filter")
}

/// The words for an empty list, with the next step.
#[component]
pub fn NoRows(
    /// The page's state.
    store: InboxStore,
    /// Where the simulator's phones are, if there is one.
    simulator: Option<String>,
) -> impl IntoView {
    let query = store.rows.filter.get();
    let (name, icon) = reason(&query);
    let (title, text) = (t(&format!("list-none-{name}")), t(&format!("list-none-{name}-text")));
    let all = address::inbox(store.workspace, store.wanted(), ListQuery::default());
    match (query == ListQuery::default(), simulator) {
        (true, Some(address)) => EitherOf3::A(view! {
            <EmptyState icon="smartphone" title=title text=t("inbox-none-simulator")>
                <a class="button button-primary" href=address target="_blank" rel="noopener">
                    {t("inbox-open-simulator")}
                    <Icon name="external-link" />
                </a>
            </EmptyState>
        }),
        (true, None) => EitherOf3::B(view! { <EmptyState icon=icon title=title text=text /> }),
        (false, _) => EitherOf3::C(view! {
            <EmptyState icon=icon title=title text=text>
                <a class="button" href=all>{t("list-show-all")}</a>
            </EmptyState>
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_view_says_why_it_is_empty() {
        let all = ListQuery::default();
        assert_eq!(reason(&all).0, "all");
        assert_eq!(reason(&ListQuery::of(Scope::Mine)).0, "mine");
        assert_eq!(reason(&ListQuery { unread: true, ..ListQuery::of(Scope::Mine) }).0, "unread");
        assert_eq!(reason(&ListQuery { status: None, ..all }).0, "narrowed");
    }
}
