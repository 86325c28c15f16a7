//! What a contact is known by, each with a button that copies it.

use charla_shared::contact::{IdentityKind, IdentityView};
use js_sys::Reflect;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::Contact;
use crate::{
    i18n::{Arg, t, t_with},
    ui::{Icon, Toasts, changing},
};

/// Numbers, ids and the username.
#[component]
pub fn Identities(
    /// Whose.
    contact: Contact,
) -> impl IntoView {
    let identities = Memo::new(move |_| {
        contact.card.with(|card| card.as_ref().map(|card| card.identities.clone()).unwrap_or_default())
    });
    let username =
        Memo::new(move |_| contact.card.with(|card| card.as_ref().and_then(|card| card.contact.username.clone())));
    view! {
        <ul class="identities" role="list">
            <For each=move || identities.get() key=IdentityView::clone let:identity>
                <Identity
                    name=t(&format!("contacts-identity-{}", identity.kind.name()))
                    is_number=identity.kind == IdentityKind::Phone
                    value=identity.value
                    toasts=contact.toasts
                />
            </For>
            {changing(move || {
                username
                    .get()
                    .map(|username| {
                        view! {
                            <Identity
                                name=t("contact-username")
                                is_number=false
                                value=format!("@{username}")
                                toasts=contact.toasts
                            />
                        }
                    })
            })}
        </ul>
    }
    .into_any()
}

#[component]
fn Identity(name: String, is_number: bool, value: String, toasts: Toasts) -> impl IntoView {
    let label = t_with("contacts-copy", &[("name", Arg::from(name.clone()))]);
    // A masked number is of no use elsewhere.
    let copied = (!value.contains('•')).then(|| value.clone());
    view! {
        <li class="identity">
            <span class="quiet">{name}</span>
            <span class="identity-value" dir=if is_number { "ltr" } else { "auto" }>{value}</span>
            {copied
                .map(|value| {
                    view! {
                        <button
                            type="button"
                            class="icon-button"
                            aria-label=label.clone()
                            title=label.clone()
                            on:click=move |_| copy(&value, toasts)
                        >
                            <Icon name="copy" />
                        </button>
                    }
                })}
        </li>
    }
    .into_any()
}

fn copy(value: &str, toasts: Toasts) {
    // Browsers have no clipboard on pages without TLS, and may refuse it elsewhere.
    let clipboard = Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return toasts.fail(t("contacts-copy-failed"));
    }
    let promise = window().navigator().clipboard().write_text(value);
    spawn_local(async move {
        match JsFuture::from(promise).await {
            Ok(_) => toasts.say(t("copied")),
            Err(_) => toasts.fail(t("contacts-copy-failed")),
        }
    });
}
