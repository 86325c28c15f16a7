//! Oneself: account, language and looks, the way out.

use charla_shared::id::UserId;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::Viewer;
use crate::{
    account::{LogOut, Preferences},
    i18n::t,
    ui::{Avatar, Icon, loaded},
};

/// The viewer's mark; it opens what is about them.
#[component]
pub fn MeMenu(me: Viewer, my_id: RwSignal<Option<UserId>>) -> impl IntoView {
    let location = use_location();
    let here = Signal::derive(move || {
        let (path, query) = (location.pathname.get(), location.search.get());
        if query.is_empty() { path } else { format!("{path}?{}", query.trim_start_matches('?')) }
    });
    view! {
        <div class="me">
            <Suspense fallback=|| view! { <span class="rail-mark"></span> }>
                {loaded(move || async move {
                    let me = me.await.ok();
                    let id = me.as_ref().map(|me| me.id);
                    let _ = my_id.try_set(id);
                    let (name, email, operator) = me.map(|me| (me.name, me.email, me.operator)).unwrap_or_default();
                    view! {
                        <button type="button" class="rail-mark" popovertarget="me" title=name.clone()>
                            <Avatar name=name.clone() />
                            <span class="visually-hidden">{t("frame-me")}</span>
                        </button>
                        <div class="menu menu-low" id="me" popover="auto">
                            <p class="menu-title" dir="auto">{name}</p>
                            <p class="menu-aside">{email}</p>
                            <a class="menu-item" href="/account" rel="external">
                                <Icon name="circle-user" />
                                {t("account-title")}
                            </a>
                            {operator
                                .then(|| {
                                    view! {
                                        <a class="menu-item" href="/operations/quarantine" rel="external">
                                            <Icon name="clipboard-list" />
                                            {t("quarantine-title")}
                                        </a>
                                    }
                                })}
                            <Preferences back=here />
                            <LogOut user=id>
                                <button type="submit" class="menu-item">
                                    <Icon name="log-out" />
                                    {t("logout")}
                                </button>
                            </LogOut>
                        </div>
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}
