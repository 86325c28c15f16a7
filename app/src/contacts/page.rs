//! `/w/{workspace}/contacts/{contact}`.

use charla_shared::{
    contact::{ContactCard, NotePage},
    id::{ContactId, WorkspaceId},
    problem::Problem,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::{Contact, Name, Parts, api, live};
use crate::{
    failure::Failure,
    frame::use_workspace_id,
    i18n::t,
    pages::Sheet,
    ui::{Avatar, ErrorState, Skeleton, Time, changing, loaded},
};

/// One contact on a page of its own.
#[component]
pub fn ContactPage() -> impl IntoView {
    let (workspace, params) = (use_workspace_id(), use_params_map());
    let id = Memo::new(move |_| {
        let contact = params.with(|params| params.get_str("contact").and_then(|id| id.parse::<ContactId>().ok()));
        workspace.get().zip(contact)
    });
    let card = Resource::new_blocking(
        move || id.get(),
        |id| async move {
            match id {
                Some((workspace, contact)) => {
                    let (card, notes) =
                        futures::join!(api::card(workspace, contact), api::notes(workspace, contact, None));
                    // Without its notes a contact is shown all the same; their part asks for them once more.
                    card.map(|card| (workspace, card, notes.ok()))
                }
                None => Err(Failure(Problem::not_found())),
            }
        },
    );
    view! {
        <Title text=format!("{} · Charla", t("contact-title")) />
        <Sheet title=t("contact-title")>
            <Suspense fallback=|| view! { <Skeleton rows=6 label=t("contacts-loading") /> }>
                {loaded(move || async move {
                    match card.await {
                        Ok((workspace, card, notes)) => {
                            Either::Left(view! { <Whole workspace=workspace card=card notes=notes /> })
                        }
                        Err(failure) => {
                            Either::Right(view! { <ErrorState failure=failure on_retry=move || card.refetch() /> })
                        }
                    }
                })}
            </Suspense>
        </Sheet>
    }
    .into_any()
}

#[component]
fn Whole(workspace: WorkspaceId, card: ContactCard, notes: Option<NotePage>) -> impl IntoView {
    let created_at = card.created_at;
    let contact = Contact::new(workspace, card.contact.id, Some(card));
    let title = Memo::new(move |_| contact.title().unwrap_or_default());
    live::follow(contact);
    Effect::new(move |_| contact.reload());
    let last_seen = Memo::new(move |_| contact.card.with(|card| card.as_ref().and_then(|card| card.last_seen_at)));
    let wrote =
        move || last_seen.get().map(|at| view! { <p class="quiet">{t("contact-wrote")} " " <Time at=at /></p> });
    if let Some(page) = notes {
        contact.notes().start(page.notes, page.next);
    }
    view! {
        <section class="panel contact-page" aria-label=t("contact-title")>
            <div class="contact-page-who">
                <Avatar name=title />
                <div>
                    <Name contact=contact known=title />
                    <p class="quiet">{t("contact-since")} " " <Time at=created_at /></p>
                    {changing(wrote)}
                </div>
            </div>
            <Parts contact=contact here=None />
        </section>
    }
    .into_any()
}
