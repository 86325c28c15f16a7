//! Narrowing the list: a popover with what may be chosen, and chips of what is set, each a link that takes it off. All of
//! it is in the address, so that a reload shows the same and a link can be shared.

use charla_shared::{
    conversation::Status,
    list::{Choices, ListQuery, Sort},
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use super::{
    super::{address, state::InboxStore},
    saved::SaveView,
};
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Icon, changing},
};

/// Any status, as a choice.
const ANY: &str = "any";

/// The button, and the popover with what the list may be narrowed to.
#[component]
pub fn Narrow(
    /// The page's state.
    store: InboxStore,
    /// What is shown.
    query: Memo<ListQuery>,
) -> impl IntoView {
    let (navigate, params) = (use_navigate(), use_query_map());
    let searching = Memo::new(move |_| params.with(|params| params.get_str("q").is_some()));
    let show = Callback::new(move |query: ListQuery| {
        let to = address::inbox(store.workspace, store.wanted(), query);
        navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    let statuses = || {
        let named =
            Status::ALL.iter().map(|status| (status.name().to_owned(), t(&format!("list-status-{}", status.name()))));
        named.chain([(ANY.to_owned(), t("list-status-any"))]).collect::<Vec<_>>()
    };
    let sorts = || {
        Sort::ALL
            .iter()
            .map(|sort| (sort.name().to_owned(), t(&format!("list-sort-{}", sort.name()))))
            .collect::<Vec<_>>()
    };
    let channels = move || {
        let named = store.choices.get().channels.into_iter().map(|channel| (channel.id.to_string(), channel.label));
        [(String::new(), t("list-channel-all"))].into_iter().chain(named).collect::<Vec<_>>()
    };
    let labels = move || {
        let named = store.choices.get().labels.into_iter().map(|label| (label.id.to_string(), label.name));
        [(String::new(), t("list-label-all"))].into_iter().chain(named).collect::<Vec<_>>()
    };
    let with = move |change: fn(&mut ListQuery, &str)| {
        Callback::new(move |value: String| {
            let mut query = query.get_untracked();
            change(&mut query, &value);
            show.run(query);
        })
    };
    view! {
        <button
            type="button"
            class="icon-button"
            id="list-narrow-button"
            popovertarget="list-narrow"
            aria-haspopup="dialog"
            aria-label=t("list-narrow")
            title=t("list-narrow")
        >
            <Icon name="list-filter" />
        </button>
        <div class="menu menu-near list-narrow" id="list-narrow" popover="auto" role="dialog" aria-label=t("list-narrow")>
            {changing(move || {
                searching.get().then(|| view! { <p class="quiet">{t("list-narrow-ends-search")}</p> })
            })}
            <Choice
                id="list-status"
                label=t("list-status")
                options=Signal::derive(statuses)
                chosen=Signal::derive(move || query.get().status.map_or(ANY, Status::name).to_owned())
                on_choose=with(|query, value| query.status = Status::from_name(value))
            />
            <Choice
                id="list-sort"
                label=t("list-sort")
                options=Signal::derive(sorts)
                chosen=Signal::derive(move || query.get().sort.name().to_owned())
                on_choose=with(|query, value| {
                    query.sort = Sort::ALL.iter().copied().find(|sort| sort.name() == value).unwrap_or_default();
                })
            />
            <Choice
                id="list-channel"
                label=t("list-channel")
                options=Signal::derive(channels)
                chosen=Signal::derive(move || query.get().channel.map(|id| id.to_string()).unwrap_or_default())
                on_choose=with(|query, value| query.channel = value.parse().ok())
            />
            <Choice
                id="list-label"
                label=t("list-label")
                options=Signal::derive(labels)
                chosen=Signal::derive(move || query.get().label.map(|id| id.to_string()).unwrap_or_default())
                on_choose=with(|query, value| query.label = value.parse().ok())
            />
            <label class="list-unread">
                <input
                    type="checkbox"
                    prop:checked=move || query.get().unread
                    on:change:target=move |event| {
                        show.run(ListQuery { unread: event.target().checked(), ..query.get_untracked() });
                    }
                />
                {t("list-unread")}
            </label>
            <SaveView store=store query=query />
        </div>
    }
    .into_any()
}

/// One thing of several.
#[component]
fn Choice(
    id: &'static str,
    label: String,
    options: Signal<Vec<(String, String)>>,
    chosen: Signal<String>,
    on_choose: Callback<String>,
) -> impl IntoView {
    view! {
        <label class="list-choice" for=id>
            <span>{label}</span>
            <select id=id on:change:target=move |event| on_choose.run(event.target().value())>
                {changing(move || {
                    let chosen = chosen.get();
                    options
                        .get()
                        .into_iter()
                        .map(|(value, name)| {
                            let selected = value == chosen;
                            view! { <option value=value prop:selected=selected selected=selected>{name}</option> }
                        })
                        .collect_view()
                })}
            </select>
        </label>
    }
    .into_any()
}

/// What the list is narrowed to, each with the way to take it off; nothing while it is as usual.
#[component]
pub fn Chips(
    /// The page's state.
    store: InboxStore,
    /// What is shown.
    query: Memo<ListQuery>,
) -> impl IntoView {
    let chips = move || {
        let query = query.get();
        let chips = store.choices.with(|choices| chips(query, choices));
        if chips.is_empty() {
            return ().into_any();
        }
        let chosen = store.chosen.get();
        let cleared = address::inbox(store.workspace, chosen, ListQuery::of(query.scope));
        let chips = chips.into_iter().map(|(name, without)| {
            let label = t_with("list-take-off", &[("name", Arg::from(name.clone()))]);
            view! {
                <li>
                    <a class="chip" href=address::inbox(store.workspace, chosen, without) aria-label=label.clone() title=label>
                        <span dir="auto">{name}</span>
                        <Icon name="x" />
                    </a>
                </li>
            }
        });
        view! {
            <ul class="list-chips" role="list" aria-label=t("list-narrowed")>
                {chips.collect_view()}
                <li><a class="chip chip-clear" href=cleared>{t("list-clear")}</a></li>
            </ul>
        }
        .into_any()
    };
    changing(chips)
}

/// What differs from the usual query: its name, and the query without it. Whose conversations they are is not among them:
/// that is the views' part.
fn chips(query: ListQuery, choices: &Choices) -> Vec<(String, ListQuery)> {
    let usual = ListQuery::of(query.scope);
    let mut chips = Vec::new();
    if query.status != usual.status {
        let name = t(&format!("list-status-{}", query.status.map_or(ANY, Status::name)));
        chips.push((name, ListQuery { status: usual.status, ..query }));
    }
    if query.unread {
        chips.push((t("list-unread"), ListQuery { unread: false, ..query }));
    }
    if let Some(id) = query.channel {
        let channel = choices.channels.iter().find(|channel| channel.id == id);
        let name = channel.map_or_else(|| t("list-channel"), |channel| channel.label.clone());
        chips.push((name, ListQuery { channel: None, ..query }));
    }
    if let Some(id) = query.label {
        let name = choices.label(id).map_or_else(|| t("list-label"), |label| label.name.clone());
        chips.push((name, ListQuery { label: None, ..query }));
    }
    if query.sort != usual.sort {
        chips.push((t(&format!("list-sort-{}", query.sort.name())), ListQuery { sort: usual.sort, ..query }));
    }
    chips
}
