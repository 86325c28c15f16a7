//! The palette's dialog: a field, and what fits what is written in it.

use charla_shared::{
    account::MyWorkspace,
    id::{UserId, WorkspaceId},
    permission::PermissionSet,
    search::{Found, QUERY_MAX, is_worth_asking},
};
use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::{
    actions::Actions,
    entry::{self, Entry, Group, Run},
    kept::{self, Kept},
};
use crate::{
    frame::use_my_id,
    i18n::t,
    inbox::address,
    search::{api, asking::Asking, is_at, option_id, pieces, walk},
    ui::{Icon, changing, problem_words},
};

const LIST: &str = "palette-list";

/// The palette of a workspace.
#[component]
pub fn Palette(
    /// The workspace of the address, if it is one.
    id: Memo<Option<WorkspaceId>>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What can be done on the page.
    actions: Actions,
    /// The viewer's workspaces.
    workspaces: Signal<Vec<MyWorkspace>>,
    /// What the viewer may do here.
    permissions: Signal<PermissionSet>,
) -> impl IntoView {
    let (dialog, me) = (NodeRef::<html::Dialog>::new(), use_my_id());
    let query = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let asking = Asking::<Found>::new();
    let recent = RwSignal::new(Vec::<Kept>::new());
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if !open.get() {
            dialog.close();
        } else if !dialog.open() {
            query.set(String::new());
            at.set(0);
            asking.clear();
            recent.set(me.get_untracked().map(kept::read).unwrap_or_default());
            // Refused only for a dialog that is open or not on the page.
            let _ = dialog.show_modal();
        }
    });
    let ask = move || {
        at.set(0);
        let query = query.get_untracked();
        match id.get_untracked() {
            Some(id) if is_worth_asking(&query) => asking.ask(move || api::everything(id, query)),
            _ => asking.clear(),
        }
    };
    // Only while it is open: otherwise nothing of it is worked out.
    let entries = Memo::new(move |_| {
        let Some(id) = id.get().filter(|_| open.get()) else { return Listed::default() };
        let commands = entry::commands(id, &permissions.read(), &actions.offered(), &workspaces.read());
        let (query, recent) = (query.read(), recent.read());
        if query.trim().is_empty() {
            return Listed(entry::offered(id, commands, &recent));
        }
        let mut entries = entry::fitting(&query, commands, &recent);
        if let Some(Ok(found)) = &*asking.answer.read() {
            entries.extend(entry::found(id, found.clone()));
        }
        Listed(entries)
    });
    let choose = choose(open, me);
    let active = move || (!entries.read().0.is_empty()).then(|| option_id(LIST, at.get()));
    view! {
        <dialog
            node_ref=dialog
            class="palette"
            aria-label=t("palette-title")
            on:close=move |_| _ = open.try_set(false)
            // The dialog itself is clicked only where its ground is.
            on:pointerdown=move |event| {
                if event.target() == event.current_target() {
                    open.set(false);
                }
            }
        >
            <div class="palette-box">
                <div class="search-box">
                    <Icon name="search" />
                    <input
                        type="text"
                        role="combobox"
                        aria-label=t("palette-label")
                        aria-autocomplete="list"
                        aria-expanded="true"
                        aria-controls=LIST
                        aria-activedescendant=active
                        placeholder=t("palette-placeholder")
                        autocomplete="off"
                        spellcheck="false"
                        autofocus
                        maxlength=QUERY_MAX.to_string()
                        prop:value=move || query.get()
                        on:input:target=move |event| {
                            query.set(event.target().value());
                            ask();
                        }
                        on:keydown=move |event| {
                            let is_found = entries.with_untracked(|entries| entries.0.get(at.get_untracked()).is_some_and(Entry::is_found));
                            // What was found stands there until the next answer, which is another one.
                            if event.key() == "Enter" && is_found && asking.busy.get_untracked() {
                                event.prevent_default();
                            } else {
                                walk(&event, LIST, at);
                            }
                        }
                    />
                </div>
                <div class="palette-list" id=LIST role="listbox" aria-label=t("palette-title")>
                    {changing(move || groups(&entries.get().0, at, choose))}
                </div>
                {changing(move || {
                    let failed = asking.answer.with(|answer| Some(problem_words(&answer.as_ref()?.as_ref().err()?.0)));
                    let none = failed.is_none() && entries.read().0.is_empty() && !asking.busy.get();
                    failed.or_else(|| none.then(|| t("palette-none"))).map(|words| view! { <p class="palette-none" role="status">{words}</p> })
                })}
            </div>
        </dialog>
    }
    .into_any()
}

/// What is listed. Never the same as before: actions cannot be compared.
#[derive(Debug, Clone, Default)]
struct Listed(Vec<Entry>);

impl PartialEq for Listed {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// What happens when an entry is chosen: the dialog closes first, so that what is done finds the focus where it was.
fn choose(open: RwSignal<bool>, me: RwSignal<Option<UserId>>) -> Callback<Entry> {
    let (navigate, here) = (use_navigate(), address::here());
    Callback::new(move |entry: Entry| {
        open.set(false);
        let href = match &entry.run {
            Run::Go(href) | Run::Open(href) => Some(href.clone()),
            _ => None,
        };
        if let Some(me) = me.get_untracked() {
            kept::add(me, Kept { id: entry.id, name: entry.name, href });
        }
        match entry.run {
            Run::Go(href) => navigate(&href, NavigateOptions { scroll: false, ..NavigateOptions::default() }),
            Run::Open(href) => {
                navigate(&here.keeping(&href), NavigateOptions { scroll: false, ..NavigateOptions::default() });
            }
            // Refused only for what is no address.
            Run::Leave(href) => _ = window().location().set_href(&href),
            Run::Do(run) => request_animation_frame(move || _ = run.try_run(())),
        }
    })
}

fn groups(entries: &[Entry], at: RwSignal<usize>, choose: Callback<Entry>) -> impl IntoView + use<> {
    let numbered: Vec<(usize, Entry)> = entries.iter().cloned().enumerate().collect();
    let groups = Group::ALL.iter().filter_map(|group| {
        let of: Vec<_> = numbered.iter().filter(|(_, entry)| entry.group == *group).cloned().collect();
        (!of.is_empty()).then(|| {
            view! {
                <div role="group" aria-labelledby=group.words()>
                    <h3 id=group.words() role="presentation">{t(group.words())}</h3>
                    {of.into_iter().map(|(place, entry)| option(place, entry, at, choose)).collect_view()}
                </div>
            }
        })
    });
    groups.collect_view()
}

fn option(place: usize, entry: Entry, at: RwSignal<usize>, choose: Callback<Entry>) -> AnyView {
    let chosen = is_at(at, place);
    let Entry { icon, name, aside, keys, .. } = entry.clone();
    view! {
        <div
            class="palette-option"
            class:search-at=chosen
            role="option"
            id=option_id(LIST, place)
            aria-selected=move || chosen.get().to_string()
            // The focus stays where one writes.
            on:pointerdown=|event| event.prevent_default()
            on:click=move |_| choose.run(entry.clone())
        >
            <Icon name=icon />
            <span class="palette-name" dir="auto">{name}</span>
            <span class="palette-aside" dir="auto">{pieces(aside)}</span>
            {(!keys.is_empty()).then(|| view! { <kbd>{keys}</kbd> })}
        </div>
    }
    .into_any()
}
