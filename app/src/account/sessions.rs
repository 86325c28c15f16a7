//! One's own logins, each with the way to end it.

use charla_shared::account::SessionView;
use leptos::{either::Either, prelude::*};

use super::api;
use crate::{
    i18n::{Arg, t, t_with},
    request::use_flash,
    ui::{ErrorState, FlashNotice, Skeleton, Submit, Time, loaded},
};

/// The list.
#[component]
pub fn Sessions() -> impl IntoView {
    let sessions = Resource::new_blocking(|| (), |()| api::sessions());
    let flash = use_flash(&["sessions"]);
    view! {
        <section class="panel" aria-labelledby="sessions">
            <h2 id="sessions">{t("sessions-title")}</h2>
            <p class="quiet">{t("sessions-text")}</p>
            <FlashNotice flash=flash />
            <Suspense fallback=|| view! { <Skeleton rows=2 label=t("loading") /> }>
                {loaded(move || async move {
                    match sessions.await {
                        Ok(list) => {
                            let rows = list.into_iter().map(|session| view! { <Session session=session /> }).collect_view();
                            Either::Left(view! { <ul class="entries" role="list">{rows}</ul> })
                        }
                        Err(failure) => {
                            Either::Right(view! { <ErrorState failure=failure on_retry=move || sessions.refetch() /> })
                        }
                    }
                })}
            </Suspense>
        </section>
    }
    .into_any()
}

#[component]
fn Session(session: SessionView) -> impl IntoView {
    let browser = browser_of(&session.user_agent).unwrap_or_else(|| t("sessions-unknown"));
    let action = format!("/account/sessions/{}/end", session.id);
    let from = t_with("sessions-from", &[("address", Arg::from(session.ip))]);
    view! {
        <li class="entry">
            <div class="entry-main">
                <strong>{browser}</strong>
                <span class="quiet">{from} " · " <Time at=session.last_seen_at /></span>
            </div>
            {if session.current {
                Either::Left(view! { <span class="tag">{t("sessions-current")}</span> })
            } else {
                Either::Right(
                    view! {
                        <form method="post" action=action>
                            <Submit quiet=true>{t("sessions-end")}</Submit>
                        </form>
                    },
                )
            }}
        </li>
    }
}

/// The browser and system of a User-Agent, as far as people would name them.
fn browser_of(user_agent: &str) -> Option<String> {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    // In this order: each of them also claims to be those after it.
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ])?;
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    Some(system.map_or_else(|| browser.to_owned(), |system| format!("{browser}, {system}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_as_people_name_it() {
        let edge =
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0";
        assert_eq!(browser_of(edge), Some("Edge, Windows".to_owned()));
        assert_eq!(browser_of("curl/8.0"), None);
        assert_eq!(browser_of(""), None);
    }
}
