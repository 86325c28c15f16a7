//! `/w/{workspace}/contacts`.

use charla_shared::{
    contact::{ContactPage, ContactRow},
    id::{ContactId, WorkspaceId},
    permission::Permission,
    problem::Problem,
    workspace::WorkspaceView,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api;
use crate::{
    failure::Failure,
    frame::{use_workspace, use_workspace_id},
    i18n::t,
    pages::Sheet,
    ui::{Avatar, EmptyState, ErrorState, Skeleton, Tag, Time, loaded},
};

/// The contacts of the workspace, those heard of last first. The address says where the page begins.
#[component]
pub fn ContactsPage() -> impl IntoView {
    let (id, workspace, query) = (use_workspace_id(), use_workspace(), use_query_map());
    let after =
        Memo::new(move |_| query.with(|query| query.get_str("after").and_then(|id| id.parse::<ContactId>().ok())));
    let page = Resource::new_blocking(
        move || (id.get(), after.get()),
        |(id, after)| async move {
            match id {
                Some(id) => api::list(id, after).await.map(|page| (page, after.is_some())),
                None => Err(Failure(Problem::not_found())),
            }
        },
    );
    view! {
        <Title text=format!("{} · Charla", t("contacts-title")) />
        <Sheet title=t("contacts-title")>
            <Transition fallback=|| view! { <Skeleton rows=8 label=t("loading") /> }>
                {loaded(move || async move {
                    match (workspace.await, page.await) {
                        (Ok(workspace), Ok((page, later))) => {
                            Either::Left(view! { <Contacts workspace=workspace page=page later=later /> })
                        }
                        (Err(failure), _) | (_, Err(failure)) => {
                            Either::Right(view! { <ErrorState failure=failure on_retry=move || page.refetch() /> })
                        }
                    }
                })}
            </Transition>
        </Sheet>
    }
    .into_any()
}

#[component]
fn Contacts(workspace: WorkspaceView, page: ContactPage, later: bool) -> impl IntoView {
    let id = workspace.id;
    let none = page.contacts.is_empty();
    let rows = page.contacts.into_iter().map(|contact| row(id, contact)).collect_view();
    let older = page.next.map(|next| format!("/w/{id}/contacts?after={next}"));
    let define = workspace.permissions.allows(Permission::WorkspaceEdit);
    view! {
        <section class="panel" aria-label=t("contacts-title")>
            {none.then(|| view! { <EmptyState icon="contact" title=t("contacts-none") text=t("contacts-none-text") /> })}
            <ul class="entries" role="list">{rows}</ul>
            {(later || older.is_some())
                .then(|| {
                    view! {
                        <nav class="form-line" aria-label=t("contacts-pages")>
                            {later
                                .then(|| {
                                    let href = format!("/w/{id}/contacts");
                                    view! { <a class="button" href=href>{t("contacts-newest")}</a> }
                                })}
                            {older.map(|href| view! { <a class="button" href=href rel="next">{t("contacts-older")}</a> })}
                        </nav>
                    }
                })}
        </section>
        {define
            .then(|| {
                let href = format!("/w/{id}/settings/contacts");
                view! { <a class="part-link" href=href>{t("contacts-settings")}</a> }
            })}
    }
    .into_any()
}

fn row(workspace: WorkspaceId, row: ContactRow) -> impl IntoView {
    let name = row.contact.title().unwrap_or_else(|| t("inbox-nameless"));
    let href = format!("/w/{workspace}/contacts/{}", row.contact.id);
    let tags = (!row.tags.is_empty()).then(|| {
        let chips = row.tags.into_iter().map(|tag| view! { <li><Tag colour=tag.colour name=tag.name /></li> });
        view! { <ul class="tags" role="list">{chips.collect_view()}</ul> }
    });
    view! {
        <li class="entry">
            <Avatar name=name.clone() />
            <div class="entry-main">
                <a href=href><strong dir="auto">{name}</strong></a>
                {row.contact.phone.map(|phone| view! { <span class="quiet" dir="ltr">{phone}</span> })}
            </div>
            {tags}
            {row
                .last_message_at
                .map(|at| view! { <span class="quiet entry-when">{t("contacts-last")} " " <Time at=at /></span> })}
        </li>
    }
}
