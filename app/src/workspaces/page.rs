//! `/workspaces`.

use charla_shared::account::Me;
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

use crate::{
    account::api::me,
    i18n::t,
    pages::Sheet,
    request::use_flash,
    ui::{Avatar, EmptyState, ErrorState, FlashNotice, Skeleton, Submit, TextField, loaded},
};

/// One's workspaces, and a form for another.
#[component]
pub fn WorkspacesPage() -> impl IntoView {
    let me = Resource::new_blocking(|| (), |()| me());
    let flash = use_flash(&["workspace"]);
    let name = flash.as_ref().and_then(|flash| flash.values.get("name")).cloned().unwrap_or_default();
    let error = flash.as_ref().and_then(|flash| flash.details.get("name")).map(|_| t("error-name"));
    view! {
        <Title text=format!("{} · Charla", t("workspaces-title")) />
        <Sheet title=t("workspaces-title") back=("/account".to_owned(), t("account-title"))>
            <Suspense fallback=|| view! { <Skeleton rows=3 label=t("loading") /> }>
                {loaded(move || async move {
                    match me.await {
                        Ok(me) => Either::Left(view! { <Mine me=me /> }),
                        Err(failure) => Either::Right(view! { <ErrorState failure=failure on_retry=move || me.refetch() /> }),
                    }
                })}
            </Suspense>
            <section class="panel" aria-labelledby="new-workspace">
                <h2 id="new-workspace">{t("workspaces-new")}</h2>
                <FlashNotice flash=flash />
                <form class="form" method="post" action="/workspaces">
                    <TextField name="name" label=t("workspaces-name") autocomplete="organization" value=name error=error />
                    <Submit>{t("workspaces-create")}</Submit>
                </form>
            </section>
        </Sheet>
    }
    .into_any()
}

#[component]
fn Mine(me: Me) -> impl IntoView {
    if me.workspaces.is_empty() {
        return Either::Left(view! {
            <EmptyState icon="inbox" title=t("workspaces-none") text=t("workspaces-none-text") />
        });
    }
    let rows = me
        .workspaces
        .into_iter()
        .map(|workspace| {
            view! {
                <li class="entry">
                    <Avatar name=workspace.name.clone() />
                    <a class="entry-main" href=format!("/w/{}/inbox", workspace.id) rel="external">
                        {workspace.name}
                    </a>
                    <span class="tag">{t(&format!("role-{}", workspace.role.name()))}</span>
                </li>
            }
        })
        .collect_view();
    Either::Right(view! { <ul class="entries panel" role="list">{rows}</ul> })
}
