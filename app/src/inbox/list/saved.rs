//! Saving a view, and what can be done with one: rename it, or delete it and bring it back.

use charla_shared::{
    label::NAME_MAX,
    list::{ListQuery, NewView, SavedView},
};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};

use super::super::{api, state::InboxStore};
use crate::{
    failure::Failure,
    i18n::{Arg, t, t_with},
    ui::{Dialog, Menu, MenuItem, Toasts, problem_words, use_toasts},
};

/// The form that saves what is shown under a name.
#[component]
pub fn SaveView(
    /// The page's state.
    store: InboxStore,
    /// What is shown.
    query: Memo<ListQuery>,
) -> impl IntoView {
    let toasts = use_toasts();
    let save = move |name: String| {
        let view = NewView { name, query: query.get_untracked() };
        spawn_local(keep(store, toasts, view));
    };
    view! { <NameForm id="view-new" label=t("list-save-name") action=t("list-save") value=String::new() on_name=save /> }
}

/// What can be done with a view of one's own.
#[component]
pub fn ViewMenu(
    /// The page's state.
    store: InboxStore,
    /// Which.
    view: SavedView,
) -> impl IntoView {
    let toasts = use_toasts();
    let renaming = RwSignal::new(false);
    let (id, name, query) = (view.id, view.name.clone(), view.query);
    let rename = move |name: String| {
        renaming.set(false);
        let new = NewView { name, query };
        spawn_local(async move {
            match api::change_view(store.workspace, id, new.clone()).await {
                Ok(()) => store.choices.update(|choices| {
                    choices
                        .views
                        .iter_mut()
                        .filter(|view| view.id == id)
                        .for_each(|view| view.name.clone_from(&new.name));
                }),
                Err(failure) => fail(toasts, &failure),
            }
        });
    };
    let delete = {
        let name = name.clone();
        move |_| {
            let view = NewView { name: name.clone(), query };
            spawn_local(async move {
                match api::delete_view(store.workspace, id).await {
                    Ok(()) => {
                        store.choices.update(|choices| choices.views.retain(|view| view.id != id));
                        let said = t_with("list-deleted", &[("name", Arg::from(view.name.clone()))]);
                        toasts.offer(said, t("list-undo"), move || spawn_local(keep(store, toasts, view.clone())));
                    }
                    Err(failure) => fail(toasts, &failure),
                }
            });
        }
    };
    let label = t_with("list-view-menu", &[("name", Arg::from(name.clone()))]);
    view! {
        <Menu id=format!("view-menu-{id}") label=label icon="pencil">
            <MenuItem icon="pencil" on_click=move |_| renaming.set(true)>{t("list-rename")}</MenuItem>
            <MenuItem icon="x" on_click=delete>{t("list-delete")}</MenuItem>
        </Menu>
        <Dialog open=renaming title=t("list-rename-title")>
            <NameForm id="view-rename" label=t("list-save-name") action=t("list-rename") value=name on_name=rename />
        </Dialog>
    }
    .into_any()
}

/// A field for a name, and the button that takes it.
#[component]
fn NameForm(
    id: &'static str,
    label: String,
    action: String,
    value: String,
    on_name: impl Fn(String) + Send + Sync + 'static,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else { return };
        let name = field.value();
        if !name.trim().is_empty() {
            field.set_value("");
            on_name(name);
        }
    };
    view! {
        <form class="list-name" on:submit=submit>
            <label for=id>{label}</label>
            <div class="list-name-line">
                <input id=id node_ref=field type="text" value=value maxlength=NAME_MAX.to_string() autocomplete="off" required dir="auto" />
                <button type="submit" class="button">{action}</button>
            </div>
        </form>
    }
    .into_any()
}

async fn keep(store: InboxStore, toasts: Toasts, view: NewView) {
    match api::save_view(store.workspace, view).await {
        Ok(saved) => {
            toasts.say(t_with("list-saved", &[("name", Arg::from(saved.name.clone()))]));
            let _ = store.choices.try_update(|choices| choices.views.push(saved));
            store.counting.soon(store);
        }
        Err(failure) => fail(toasts, &failure),
    }
}

fn fail(toasts: Toasts, failure: &Failure) {
    toasts.fail(problem_words(&failure.0));
}
