//! `/w/{workspace}/settings/replies`.

use charla_shared::{
    canned_reply::CannedReplyView, permission::Permission, problem::Problem, workspace::WorkspaceView,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use super::{
    api,
    editor::Editor,
    replies::{Replies, row_id},
};
use crate::{
    failure::Failure,
    frame::{use_rights, use_workspace, use_workspace_id},
    i18n::t,
    pages::Sheet,
    ui::{Button, EmptyState, ErrorState, Icon, Skeleton, changing, loaded},
};

/// The canned replies of the workspace.
#[component]
pub fn CannedRepliesPage() -> impl IntoView {
    let (id, workspace) = (use_workspace_id(), use_workspace());
    let replies = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => api::list(id).await,
                None => Err(Failure(Problem::not_found())),
            }
        },
    );
    view! {
        <Title text=format!("{} · Charla", t("replies-title")) />
        <Sheet title=t("replies-title")>
            <Suspense fallback=|| view! { <Skeleton rows=4 label=t("loading") /> }>
                {loaded(move || async move {
                    match (workspace.await, replies.await) {
                        (Ok(workspace), Ok(list)) => Either::Left(view! { <All workspace=workspace list=list /> }),
                        (Err(failure), _) | (_, Err(failure)) => {
                            let again = move || {
                                workspace.refetch();
                                replies.refetch();
                            };
                            Either::Right(view! { <ErrorState failure=failure on_retry=again /> })
                        }
                    }
                })}
            </Suspense>
        </Sheet>
    }
    .into_any()
}

#[component]
fn All(workspace: WorkspaceView, list: Vec<CannedReplyView>) -> impl IntoView {
    let manages = use_rights().of(&workspace, Permission::CannedRepliesManage);
    let replies = Replies::new(workspace.id, list);
    let query = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let query = query.read().trim().trim_start_matches('/').to_lowercase();
        let fits = |reply: &&CannedReplyView| {
            reply.shortcut.to_lowercase().contains(&query) || reply.body.to_lowercase().contains(&query)
        };
        replies.list.with(|list| list.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let none = Memo::new(move |_| replies.list.with(Vec::is_empty));
    let nothing_found = Memo::new(move |_| !none.get() && shown.with(Vec::is_empty));
    view! {
        <section class="panel" aria-labelledby="replies">
            <h2 id="replies">{t("replies-list")}</h2>
            <p class="quiet">{t("replies-text")}</p>
            <div class="form-line">
                <div class="field reply-search">
                    <label for="reply-search">{t("replies-search")}</label>
                    <input
                        id="reply-search"
                        type="search"
                        autocomplete="off"
                        on:input:target=move |event| query.set(event.target().value())
                    />
                </div>
                {changing(move || {
                    manages
                        .get()
                        .then(|| view! { <Button primary=true on_click=move |_| replies.edit(None)>{t("replies-new")}</Button> })
                })}
            </div>
            {changing(move || {
                let text = if manages.get() { t("replies-none-text") } else { t("replies-none-view") };
                none.get().then(|| view! { <EmptyState icon="message-square-text" title=t("replies-none") text=text /> })
            })}
            <p role="status">{changing(move || nothing_found.get().then(|| t("replies-nothing-found")))}</p>
            <ul class="entries" role="list">
                <For each=move || shown.get() key=|reply| (reply.id, reply.updated_at) let:reply>
                    <One replies=replies reply=reply manages=manages />
                </For>
            </ul>
        </section>
        {changing(move || manages.get().then(|| view! { <Editor replies=replies /> }))}
    }
    .into_any()
}

#[component]
fn One(replies: Replies, reply: CannedReplyView, manages: Memo<bool>) -> impl IntoView {
    let (id, shown) = (row_id(reply.id), StoredValue::new(reply.clone()));
    let named = |key: &str| format!("{}: /{}", t(key), reply.shortcut);
    let names = StoredValue::new((named("replies-change"), named("replies-delete")));
    let buttons = move || {
        let (change, delete) = names.get_value();
        view! {
            <button
                type="button"
                class="icon-button"
                aria-label=change.clone()
                title=change
                on:click=move |_| replies.edit(Some(shown.get_value()))
            >
                <Icon name="pencil" />
            </button>
            <button
                type="button"
                class="icon-button"
                aria-label=delete.clone()
                title=delete
                on:click=move |_| replies.delete(shown.get_value())
            >
                <Icon name="trash-2" />
            </button>
        }
    };
    view! {
        <li class="entry" id=id>
            <div class="entry-main">
                <strong dir="auto">"/" {reply.shortcut}</strong>
                <span class="quiet reply-text" dir="auto">{reply.body}</span>
            </div>
            {changing(move || manages.get().then(buttons))}
        </li>
    }
}
