//! `/invites/{token}`: what the holder of a link sees.

use charla_shared::invite::InviteOffer;
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api;
use crate::{
    account::{LoginForm, Preferences, RegisterForm},
    flash::Flash,
    i18n::{Arg, t, t_with},
    pages::Threshold,
    request::{use_flash, use_is_signed_in},
    ui::{EmptyState, FlashNotice, Skeleton, Submit, loaded},
};

/// The way into a workspace.
#[component]
pub fn InvitePage() -> impl IntoView {
    let token = use_params_map().read_untracked().get("token").unwrap_or_default();
    let asked = token.clone();
    let offer = Resource::new_blocking(move || asked.clone(), api::offer);
    let flash = use_flash(&["register", "session", "invite"]);
    let signed_in = use_is_signed_in();
    let back = format!("/invites/{token}");
    view! {
        <Title text=format!("{} · Charla", t("invite-title")) />
        <Threshold title=t("invite-title")>
            <Suspense fallback=|| view! { <Skeleton rows=4 label=t("loading") /> }>
                {loaded(move || {
                    let (token, flash) = (token.clone(), flash.clone());
                    async move {
                        match offer.await {
                            Ok(offer) => {
                                Either::Left(view! { <Offer offer=offer token=token flash=flash signed_in=signed_in /> })
                            }
                            Err(_) => {
                                Either::Right(
                                    view! { <EmptyState icon="circle-alert" title=t("invite-gone") text=t("invite-gone-text") /> },
                                )
                            }
                        }
                    }
                })}
            </Suspense>
            <Preferences back=back />
        </Threshold>
    }
    .into_any()
}

#[component]
fn Offer(offer: InviteOffer, token: String, flash: Option<Flash>, signed_in: bool) -> impl IntoView {
    let lead = t_with(
        "invite-lead",
        &[
            ("name", Arg::from(offer.invited_by)),
            ("workspace", Arg::from(offer.workspace)),
            ("role", Arg::from(t(&format!("role-{}", offer.role.name())))),
        ],
    );
    let of = |form: &str| flash.clone().filter(|flash| flash.form == form);
    let (register, session) = (of("register"), of("session"));
    view! {
        <p class="lead">{lead}</p>
        <FlashNotice flash=flash.clone() />
        {if signed_in {
            Either::Left(
                view! {
                    <form class="form" method="post" action=format!("/invites/{token}")>
                        <Submit>{t("invite-accept")}</Submit>
                    </form>
                },
            )
        } else {
            let opened = session.is_some();
            Either::Right(
                view! {
                    <RegisterForm flash=register invite=token.clone() />
                    <details class="more" open=opened>
                        <summary>{t("invite-have-account")}</summary>
                        <LoginForm flash=session invite=token />
                    </details>
                },
            )
        }}
    }
    .into_any()
}
