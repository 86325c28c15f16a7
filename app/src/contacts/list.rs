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

use super::{api, listed::Listed};
use crate::{
    failure::Failure,
    frame::{use_rights, use_workspace, use_workspace_id},
    i18n::{Arg, t, t_with},
    pages::Sheet,
    ui::{Avatar, EmptyState, ErrorState, Skeleton, Tag, Time, changing, loaded},
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
                Some(id) => api::list(id, after).await.map(|page| (page, after)),
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
                        (Ok(workspace), Ok((page, after))) => {
                            Either::Left(view! { <Contacts workspace=workspace page=page after=after /> })
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
fn Contacts(workspace: WorkspaceView, page: ContactPage, after: Option<ContactId>) -> impl IntoView {
    let id = workspace.id;
    let listed = Listed::new(id, after, page);
    let none = Memo::new(move |_| listed.shown.with(Vec::is_empty));
    let define = use_rights().of(&workspace, Permission::WorkspaceEdit);
    view! {
        <section class="panel" aria-label=t("contacts-title")>
            <NewContacts listed=listed />
            {changing(move || {
                none.get()
                    .then(|| view! { <EmptyState icon="contact" title=t("contacts-none") text=t("contacts-none-text") /> })
            })}
            <ul class="entries" role="list">
                <For each=move || listed.shown.get() key=|id| *id let:contact>
                    <Row workspace=id id=contact row=listed.row(contact) />
                </For>
            </ul>
            {changing(move || pages(id, after.is_some(), listed.next.get()))}
        </section>
        {changing(move || {
            define
                .get()
                .then(|| {
                    let href = format!("/w/{id}/settings/contacts");
                    view! { <a class="part-link" href=href>{t("contacts-settings")}</a> }
                })
        })}
    }
    .into_any()
}

/// The ways to the other pages, when there are others.
fn pages(workspace: WorkspaceId, later: bool, next: Option<ContactId>) -> impl IntoView {
    let older = next.map(|next| format!("/w/{workspace}/contacts?after={next}"));
    (later || older.is_some()).then(|| {
        view! {
            <nav class="form-line" aria-label=t("contacts-pages")>
                {later
                    .then(|| {
                        let href = format!("/w/{workspace}/contacts");
                        view! { <a class="button" href=href>{t("contacts-newest")}</a> }
                    })}
                {older.map(|href| view! { <a class="button" href=href rel="next">{t("contacts-older")}</a> })}
            </nav>
        }
    })
}

/// How many have come since the list was shown, and the way to them: rows do not move under a reader.
#[component]
fn NewContacts(listed: Listed) -> impl IntoView {
    let count = Memo::new(move |_| listed.count_new());
    view! {
        <div class="contacts-news" role="status">
            {changing(move || {
                let count = count.get();
                (count > 0)
                    .then(|| {
                        let words = t_with("contacts-news", &[("count", Arg::from(count))]);
                        view! { <button type="button" class="button" on:click=move |_| listed.show_all()>{words}</button> }
                    })
            })}
        </div>
    }
    .into_any()
}

/// One contact. Each part follows by itself, so that the focus stays on the link when something beside it changes.
#[component]
fn Row(workspace: WorkspaceId, id: ContactId, row: Memo<Option<ContactRow>>) -> impl IntoView {
    let name = Memo::new(move |_| {
        row.with(|row| row.as_ref().and_then(|row| row.contact.title())).unwrap_or_else(|| t("inbox-nameless"))
    });
    let phone = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.contact.phone.clone())));
    let tags = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.tags.clone()).unwrap_or_default()));
    let last = Memo::new(move |_| row.with(|row| row.as_ref().and_then(|row| row.last_message_at)));
    let chips = move || {
        let tags = tags.get();
        (!tags.is_empty()).then(|| {
            let chips = tags.into_iter().map(|tag| view! { <li><Tag colour=tag.colour name=tag.name /></li> });
            view! { <ul class="tags" role="list">{chips.collect_view()}</ul> }
        })
    };
    let when = move || {
        last.get().map(|at| view! { <span class="quiet entry-when">{t("contacts-last")} " " <Time at=at /></span> })
    };
    view! {
        <li class="entry">
            <Avatar name=name />
            <div class="entry-main">
                <a href=format!("/w/{workspace}/contacts/{id}")>
                    <strong dir="auto">{changing(move || name.get())}</strong>
                </a>
                {changing(move || phone.get().map(|phone| view! { <span class="quiet" dir="ltr">{phone}</span> }))}
            </div>
            {changing(chips)}
            {changing(when)}
        </li>
    }
    .into_any()
}
