//! Saving a view, and what can be done with one: rename it, or delete it and bring it back.

use charla_shared::{
    label::NAME_MAX,
    list::{Choices, ListQuery, NewView, SavedView},
};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use web_sys::HtmlInputElement;

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
    let (toasts, field, busy) = (use_toasts(), NodeRef::new(), StoredValue::new(false));
    let save = move |name: String| {
        if busy.try_update_value(|busy| std::mem::replace(busy, true)) != Some(false) {
            return;
        }
        let view = NewView { name: name.clone(), query: query.get_untracked() };
        spawn_local(async move {
            let saved = keep(store, toasts, view).await;
            let _ = busy.try_set_value(false);
            // What was not saved stays in the field.
            if saved
                && let Some(field) =
                    field.try_get_untracked().flatten().filter(|field: &HtmlInputElement| field.value() == name)
            {
                field.set_value("");
            }
        });
    };
    view! { <NameForm id="view-new" label=t("list-save-name") action=t("list-save") field=field on_name=save /> }
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
    let (renaming, field) = (RwSignal::new(false), NodeRef::new());
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
    Effect::new(move |_| {
        if renaming.get()
            && let Some(field) = field.get_untracked()
        {
            let name =
                |choices: &Choices| choices.views.iter().find(|view| view.id == id).map(|view| view.name.clone());
            let field: HtmlInputElement = field;
            field.set_value(&store.choices.with_untracked(name).unwrap_or_default());
        }
    });
    let delete = {
        let name = name.clone();
        move |_| {
            let view = NewView { name: name.clone(), query };
            spawn_local(async move {
                match api::delete_view(store.workspace, id).await {
                    Ok(()) => {
                        store.choices.update(|choices| choices.views.retain(|view| view.id != id));
                        let said = t_with("list-deleted", &[("name", Arg::from(view.name.clone()))]);
                        toasts.offer(said, t("list-undo"), move || {
                            let view = view.clone();
                            spawn_local(async move { _ = keep(store, toasts, view).await });
                        });
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
            <NameForm id="view-rename" label=t("list-save-name") action=t("list-rename") field=field on_name=rename />
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
    field: NodeRef<html::Input>,
    on_name: impl Fn(String) + Send + Sync + 'static,
) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else { return };
        let name = field.value();
        if !name.trim().is_empty() {
            on_name(name);
        }
    };
    view! {
        <form class="list-name" on:submit=submit>
            <label for=id>{label}</label>
            <div class="list-name-line">
                <input id=id node_ref=field type="text" maxlength=NAME_MAX.to_string() autocomplete="off" required dir="auto" />
                <button type="submit" class="button">{action}</button>
            </div>
        </form>
    }
    .into_any()
}

/// Saves a view, and says what became of it.
async fn keep(store: InboxStore, toasts: Toasts, view: NewView) -> bool {
    let saved = api::save_view(store.workspace, view).await;
    let is_saved = saved.is_ok();
    match saved {
        Ok(saved) => {
            toasts.say(t_with("list-saved", &[("name", Arg::from(saved.name.clone()))]));
            let _ = store.choices.try_update(|choices| choices.views.push(saved));
            store.counting.soon(store);
        }
        Err(failure) => fail(toasts, &failure),
    }
    is_saved
}

fn fail(toasts: Toasts, failure: &Failure) {
    toasts.fail(problem_words(&failure.0));
}
