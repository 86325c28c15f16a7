//! The field at the head of the list, and what stands in place of the list while something is looked for.

use charla_shared::{
    id::WorkspaceId,
    permission::Permission,
    search::{QUERY_MAX, is_worth_asking},
};
use leptos::{ev, html, prelude::*};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use super::{
    address::{self, FIELD},
    asking::Asking,
    found::LIST,
    kept,
    options::{option_id, walk},
    results::{self, Groups, Results},
};
use crate::{
    frame::{use_my_id, use_rights},
    i18n::t,
    inbox::{address::is_inbox, trouble::Trouble},
    ui::{Icon, Skeleton, changing},
};

/// What the pane knows.
#[derive(Debug, Clone, Copy)]
struct Searching {
    workspace: WorkspaceId,
    /// What stands in the field.
    text: RwSignal<String>,
    /// Whether it stands in place of the list.
    open: RwSignal<bool>,
    asking: Asking<Results>,
    at: RwSignal<usize>,
    user: StoredValue<Option<String>>,
}

impl Searching {
    fn ask(self) {
        let query = self.text.get_untracked();
        if is_worth_asking(&query) {
            self.asking.ask(move || results::ask(self.workspace, query));
        } else {
            self.asking.clear();
        }
    }

    /// What was looked for is worth keeping once it led somewhere.
    fn keep(self) {
        if let Some(user) = self.user.get_value() {
            kept::add(&user, &self.text.get_untracked());
        }
    }
}

/// The search of a workspace's inbox. Its owner's other parts make room while it is open (by style).
#[component]
pub fn SearchPane(
    /// Whose messages.
    workspace: WorkspaceId,
) -> impl IntoView {
    let params = use_query_map();
    let wanted = Memo::new(move |_| params.with(address::query_in));
    let first = wanted.get_untracked();
    let searching = Searching {
        workspace,
        open: RwSignal::new(first.is_some()),
        text: RwSignal::new(first.unwrap_or_default()),
        asking: Asking::new(),
        at: RwSignal::new(0),
        user: StoredValue::new(None),
    };
    let Searching { text, open, asking, at, .. } = searching;
    let viewer = use_my_id();
    Effect::new(move |_| searching.user.set_value(viewer.get().map(|user| user.to_string())));
    follow_address(searching, wanted);
    let close = close(searching, wanted);
    Effect::new(move |_| {
        asking.answer.track();
        at.set(0);
    });
    let field = NodeRef::<html::Input>::new();
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.is_composing() {
            event.prevent_default();
            close.run(());
        }
    };
    let left = move |event: ev::FocusEvent| {
        let inside = event.related_target().and_then(|target| target.dyn_into::<Node>().ok()).is_some_and(|to| {
            event
                .current_target()
                .and_then(|pane| pane.dyn_into::<Node>().ok())
                .is_some_and(|pane| pane.contains(Some(&to)))
        });
        if !inside && text.with_untracked(String::is_empty) {
            close.run(());
        }
    };
    let active = move || {
        let is_listed = asking.answer.with(|answer| matches!(answer, Some(Ok(results)) if !results.is_empty()));
        (open.get() && is_listed).then(|| option_id(LIST, at.get()))
    };
    view! {
        <div class="search" class:search-open=open role="search" on:focusout=left on:keydown=keys>
            <div class="search-box">
                <Icon name="search" />
                <input
                    node_ref=field
                    id=FIELD
                    type="search"
                    role="combobox"
                    aria-label=t("search-label")
                    aria-autocomplete="list"
                    aria-expanded=move || active().is_some().to_string()
                    aria-controls=LIST
                    aria-activedescendant=active
                    aria-keyshortcuts="/"
                    placeholder=t("search-placeholder")
                    autocomplete="off"
                    spellcheck="false"
                    maxlength=QUERY_MAX.to_string()
                    prop:value=move || text.get()
                    on:focus=move |_| open.set(true)
                    on:input:target=move |event| {
                        text.set(event.target().value());
                        open.set(true);
                        searching.ask();
                    }
                    on:keydown=move |event| {
                        // What stands there is the answer to another question.
                        if event.key() == "Enter" && searching.asking.busy.get_untracked() {
                            event.prevent_default();
                        } else {
                            walk(&event, LIST, at);
                        }
                    }
                />
                {changing(move || {
                    open.get()
                        .then(|| {
                            view! {
                                <button
                                    type="button"
                                    class="icon-button"
                                    aria-label=t("search-close")
                                    title=t("search-close")
                                    on:click=move |_| close.run(())
                                >
                                    <Icon name="x" />
                                </button>
                            }
                        })
                })}
            </div>
            {changing(move || open.get().then(|| view! { <Panel searching=searching field=field /> }))}
        </div>
    }
    .into_any()
}

/// The address and the field say the same: what is typed goes into the address once it was answered, what the address says
/// (a reload, a step back) into the field.
fn follow_address(searching: Searching, wanted: Memo<Option<String>>) {
    let Searching { text, open, asking, .. } = searching;
    let (path, params) = (use_location().pathname, use_query_map());
    let navigate = use_navigate();
    Effect::new(move |before: Option<Option<String>>| {
        let wanted = wanted.get();
        let typed = text.get_untracked();
        match (&wanted, before) {
            (Some(query), None) => {
                // The page begins with a search; one for nothing wants to be written.
                if query.is_empty() {
                    request_animation_frame(|| _ = focus_field());
                }
                searching.ask();
            }
            (Some(query), Some(_)) if *query != typed => {
                text.set(query.clone());
                open.set(true);
                searching.ask();
            }
            // Asked for by key while the list was hidden.
            (Some(_), Some(None)) if typed.is_empty() => {
                open.set(true);
                request_animation_frame(|| _ = focus_field());
            }
            (None, Some(Some(_))) => {
                text.set(String::new());
                open.set(false);
                asking.clear();
            }
            _ => {}
        }
        wanted
    });
    Effect::new(move |_| {
        if asking.answer.with(Option::is_none) {
            return;
        }
        let typed = text.get_untracked();
        if open.get_untracked() && wanted.get_untracked().as_deref() != Some(typed.as_str()) {
            let to = address::searching(&path.get_untracked(), params.get_untracked(), Some(&typed));
            navigate(&to, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        }
    });
}

/// Back to the list.
fn close(searching: Searching, wanted: Memo<Option<String>>) -> Callback<()> {
    let Searching { text, open, asking, .. } = searching;
    let (path, params) = (use_location().pathname, use_query_map());
    let navigate = use_navigate();
    Callback::new(move |()| {
        text.set(String::new());
        open.set(false);
        asking.clear();
        if let Some(field) = document().active_element().filter(|focused| focused.id() == FIELD)
            && let Ok(field) = field.dyn_into::<HtmlElement>()
        {
            // Fails only for what cannot have the focus.
            let _ = field.blur();
        }
        if wanted.get_untracked().is_some() {
            let to = address::searching(&path.get_untracked(), params.get_untracked(), None);
            navigate(&to, NavigateOptions { scroll: false, ..NavigateOptions::default() });
        }
    })
}

/// Begins a search: in the field of this page, or elsewhere when it has none. A page that is being left may still have one.
pub(crate) fn begin(elsewhere: impl FnOnce()) {
    let is_here = window().location().pathname().is_ok_and(|path| is_inbox(&path));
    if !is_here || !focus_field() {
        elsewhere();
        // Where the list was only hidden, the address may say nothing new: by the second frame it is in sight.
        request_animation_frame(|| request_animation_frame(|| _ = focus_field()));
    }
}

/// Puts the cursor into the field, if this page has one in sight: what is hidden takes no focus and does not say so.
pub(super) fn focus_field() -> bool {
    let field = document().get_element_by_id(FIELD).and_then(|field| field.dyn_into::<HtmlElement>().ok());
    field.is_some_and(|field| field.focus().is_ok())
        && document().active_element().is_some_and(|focused| focused.id() == FIELD)
}

/// What was found, or how to look for something.
#[component]
fn Panel(searching: Searching, field: NodeRef<html::Input>) -> impl IntoView {
    let Searching { workspace, text, asking, at, .. } = searching;
    let params = use_query_map();
    let worth = Memo::new(move |_| text.with(|text| is_worth_asking(text)));
    view! {
        <div class="search-panel" aria-busy=move || asking.busy.get().to_string() on:click=move |event| {
            if is_result(&event) {
                searching.keep();
            }
        }>
            {changing(move || {
                if !worth.get() {
                    return view! { <Tips searching=searching field=field /> }.into_any();
                }
                match asking.answer.get() {
                    None => view! { <Skeleton rows=6 label=t("search-loading") /> }.into_any(),
                    Some(Err(failure)) => view! { <Trouble failure=failure on_retry=move || searching.ask() /> }.into_any(),
                    Some(Ok(results)) => {
                        let params = params.get_untracked();
                        view! { <Groups workspace=workspace results=results params=params at=at asking=asking /> }.into_any()
                    }
                }
            })}
        </div>
    }
    .into_any()
}

fn is_result(event: &ev::MouseEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| element.closest("[role=option]").is_ok_and(|option| option.is_some()))
}

/// How to look for something, and what was looked for lately.
#[component]
fn Tips(searching: Searching, field: NodeRef<html::Input>) -> impl IntoView {
    let recent = RwSignal::new(Vec::<String>::new());
    let rights = use_rights();
    let sees_numbers = Memo::new(move |_| rights.may_now(Permission::ContactsViewPhone));
    Effect::new(move |_| {
        if let Some(user) = searching.user.get_value() {
            recent.set(kept::read(&user));
        }
    });
    let again = move |query: String| {
        searching.text.set(query);
        searching.ask();
        if let Some(field) = field.get_untracked() {
            let _ = field.focus();
        }
    };
    let forget = move |query: &str| {
        if let Some(user) = searching.user.get_value() {
            recent.set(kept::remove(&user, query));
        }
    };
    let row = move |query: String| {
        let (asked, forgotten) = (query.clone(), query.clone());
        view! {
            <li class="search-kept">
                <button type="button" class="menu-item" on:click=move |_| again(asked.clone())>
                    <Icon name="history" />
                    <span dir="auto">{query}</span>
                </button>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=t("search-forget")
                    title=t("search-forget")
                    on:click=move |_| forget(&forgotten)
                >
                    <Icon name="x" />
                </button>
            </li>
        }
    };
    view! {
        {changing(move || {
            let recent = recent.get();
            (!recent.is_empty())
                .then(|| {
                    view! {
                        <h3 class="search-head">{t("search-recent")}</h3>
                        // The focus stays in the field, which would close an empty search when it leaves.
                        <ul class="search-recent" role="list" on:pointerdown=|event| event.prevent_default()>{recent.into_iter().map(row).collect_view()}</ul>
                    }
                })
        })}
        <div class="search-tips">
            <p>{t("search-tip-words")}</p>
            <p>{t("search-tip-phrase")}</p>
            {changing(move || sees_numbers.get().then(|| view! { <p>{t("search-tip-number")}</p> }))}
        </div>
    }
    .into_any()
}
