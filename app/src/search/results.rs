//! What a search found, in groups, and the way to more of it.

use charla_shared::{
    id::WorkspaceId,
    problem::ProblemKind,
    search::{MessageHit, MessageHits, MessageSearch, PersonHit},
};
use futures::future::join;
use leptos::{prelude::*, task::spawn_local};
use leptos_router::params::ParamsMap;

use super::{
    address, api,
    asking::Asking,
    found::{LIST, Message, Person},
    pane::focus_field,
};
use crate::{
    failure::Failure,
    i18n::{Arg, t, t_with},
    ui::{Button, EmptyState, changing, problem_words},
};

/// What was found for a question.
#[derive(Debug, Clone)]
pub struct Results {
    query: String,
    people: Vec<PersonHit>,
    messages: MessageHits,
    /// Why there are no messages, where only people could be had.
    failed: Option<Failure>,
}

impl Results {
    /// Whether there is nothing to choose from.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.messages.hits.is_empty()
    }
}

/// People and messages, side by side.
pub async fn ask(workspace: WorkspaceId, query: String) -> Result<Results, Failure> {
    let search = MessageSearch { query: query.clone(), ..MessageSearch::default() };
    let (people, messages) = join(api::people(workspace, query.clone()), api::messages(workspace, search, None)).await;
    let people = match people {
        // A role that sees conversations and no contacts.
        Err(failure) if failure.0.kind == ProblemKind::Forbidden => Vec::new(),
        people => people?,
    };
    // Somebody without a conversation leads nowhere yet.
    let people: Vec<_> = people.into_iter().filter(|person| person.conversation.is_some()).collect();
    let (messages, failed) = match messages {
        Err(failure) if !people.is_empty() => (MessageHits::default(), Some(failure)),
        messages => (messages?, None),
    };
    Ok(Results { query, people, messages, failed })
}

/// The groups, or that there is nothing.
#[component]
pub fn Groups(
    /// Whose messages.
    workspace: WorkspaceId,
    /// What was found.
    results: Results,
    /// What else the address says.
    params: ParamsMap,
    /// Where the arrow keys are.
    at: RwSignal<usize>,
    /// Where further pages go.
    asking: Asking<Results>,
) -> impl IntoView {
    if results.is_empty() {
        return view! { <EmptyState icon="search" title=t("search-none") text=t("search-none-text") /> }.into_any();
    }
    let Results { query, people, messages, failed } = results;
    let (count, more) = (people.len(), messages.next.is_some());
    let found = t_with(
        "search-found",
        &[
            ("people", Arg::from(count)),
            ("messages", Arg::from(messages.hits.len())),
            ("more", Arg::from(if more { "yes" } else { "no" })),
        ],
    );
    let person = {
        let (query, params) = (query.clone(), params.clone());
        move |(place, person): (usize, PersonHit)| {
            let conversation = person.conversation.as_ref()?.id;
            let href = address::result(workspace, params.clone(), &query, conversation, None);
            Some(view! { <Person person=person href=href place=place at=at /> })
        }
    };
    let again = {
        let query = query.clone();
        move |_| {
            let query = query.clone();
            // The button goes with the answer it is part of.
            focus_field();
            asking.ask(move || ask(workspace, query));
        }
    };
    let message = move |(place, message): (usize, MessageHit)| {
        let href = address::result(workspace, params.clone(), &query, message.conversation, Some(message.id));
        view! { <Message message=message href=href place=count + place at=at /> }
    };
    view! {
        <p class="visually-hidden" role="status">{found}</p>
        <div class="search-list" id=LIST role="listbox" aria-label=t("search-results")>
            {(count > 0)
                .then(|| {
                    view! {
                        <div role="group" aria-labelledby="search-people">
                            <h3 id="search-people" role="presentation">{t("search-people")}</h3>
                            {people.into_iter().enumerate().map(person).collect_view()}
                        </div>
                    }
                })}
            {(!messages.hits.is_empty())
                .then(|| {
                    view! {
                        <div role="group" aria-labelledby="search-messages">
                            <h3 id="search-messages" role="presentation">{t("search-messages")}</h3>
                            {messages.hits.into_iter().enumerate().map(message).collect_view()}
                        </div>
                    }
                })}
        </div>
        {failed.map(|failure| view! {
            <div class="list-more">
                <p role="alert">{problem_words(&failure.0)}</p>
                <Button busy=asking.busy on_click=again>{t("error-retry")}</Button>
            </div>
        })}
        {more.then(|| view! { <More workspace=workspace asking=asking /> })}
    }
    .into_any()
}

/// The way to older messages.
#[component]
fn More(workspace: WorkspaceId, asking: Asking<Results>) -> impl IntoView {
    let (loading, failed) = (RwSignal::new(false), RwSignal::new(false));
    let load = move |_| {
        let Some((query, next)) = asking.answer.with_untracked(|answer| {
            let results = answer.as_ref()?.as_ref().ok()?;
            Some((results.query.clone(), results.messages.next))
        }) else {
            return;
        };
        let turn = asking.turn();
        loading.set(true);
        spawn_local(async move {
            let search = MessageSearch { query, ..MessageSearch::default() };
            let page = api::messages(workspace, search, next).await;
            let _ = loading.try_set(false);
            let _ = failed.try_set(page.is_err());
            // Something else may be looked for by now.
            if let (Ok(page), true) = (page, asking.is(turn)) {
                let _ = asking.answer.try_update(|answer| {
                    if let Some(Ok(results)) = answer {
                        results.messages.hits.extend(page.hits);
                        results.messages.next = page.next;
                    }
                });
            }
        });
    };
    view! {
        <div class="list-more">
            {changing(move || failed.get().then(|| view! { <p role="alert">{t("search-more-failed")}</p> }))}
            <Button busy=loading on_click=load>{t("search-more")}</Button>
        </div>
    }
    .into_any()
}
