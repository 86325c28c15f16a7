//! What can be done with a message: answer it, copy its words, look at its way, send it again.

use charla_shared::message::{DeliveryState, MessageView};
use js_sys::Reflect;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

use super::{
    bubble::sentence,
    bubbles::{Bubble, Bubbles},
    composer, sending,
    state::InboxStore,
};
use crate::{
    i18n::t,
    ui::{Menu, MenuItem, use_toasts},
};

/// The menu of a message; none of one that is not stored.
#[component]
pub fn Actions(
    /// The page's state.
    store: InboxStore,
    /// The thread it is in.
    thread: Bubbles,
    /// The message.
    bubble: ArcRwSignal<Bubble>,
) -> impl IntoView {
    let shown = bubble.get_untracked();
    let Bubble::Stored(message) = shown else { return ().into_any() };
    let toasts = use_toasts();
    let words = message.content.words().map(str::to_owned).filter(|words| !words.is_empty());
    let reply = (store.may_reply() && may_be_quoted(&message)).then(|| {
        let message = message.clone();
        view! {
            <MenuItem icon="reply" on_click=move |_| answer(thread, message.clone())>
                {t("message-reply")}
            </MenuItem>
        }
    });
    let copy = words.map(|words| {
        view! {
            <MenuItem
                icon="copy"
                on_click=move |_| {
                    let words = words.clone();
                    spawn_local(async move {
                        if copied(&words).await { toasts.say(t("message-copied")) } else { toasts.fail(t("message-not-copied")) }
                    });
                }
            >
                {t("message-copy")}
            </MenuItem>
        }
    });
    let details = message.state.map(|_| {
        view! {
            <MenuItem icon="info" on_click=move |_| thread.asked.set(Some(bubble.clone()))>
                {t("message-details")}
            </MenuItem>
        }
    });
    // One that may have arrived is sent again below its bubble, where that is asked first.
    let failed = message.state == Some(DeliveryState::Failed) && message.resent_as.is_none();
    let again = (failed && store.may_reply()).then(|| {
        let message = message.clone();
        view! {
            <MenuItem
                icon="refresh-cw"
                on_click=move |_| {
                    let message = message.clone();
                    spawn_local(async move {
                        if let Some(problem) = sending::resend(store, message).await {
                            toasts.fail(sentence(&problem));
                        }
                    });
                }
            >
                {t("send-retry")}
            </MenuItem>
        }
    });
    view! {
        <div class="bubble-actions">
            <Menu id=format!("actions-{}", message.id) label=t("message-actions") icon="ellipsis">
                {reply}
                {copy}
                {details}
                {again}
            </Menu>
        </div>
    }
    .into_any()
}

/// Whether WhatsApp knows the message, so that an answer can point at it.
fn may_be_quoted(message: &MessageView) -> bool {
    !matches!(
        message.state,
        Some(DeliveryState::Queued | DeliveryState::Sending | DeliveryState::Failed | DeliveryState::Unknown)
    )
}

fn answer(thread: Bubbles, message: MessageView) {
    thread.replying.set(Some(message));
    let field = document().get_element_by_id(composer::FIELD);
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// Puts words into the clipboard. Browsers have none on pages without TLS, and may refuse it elsewhere.
async fn copied(words: &str) -> bool {
    let clipboard = Reflect::get(&window().navigator(), &JsValue::from_str("clipboard"));
    if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(window().navigator().clipboard().write_text(words)).await.is_ok()
}

/// Opens the menu of a line, if it has one.
pub fn open_in(line: &Element) {
    let button = line.query_selector(".bubble-actions [popovertarget]").ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

/// Whether the menu of a line is open.
#[must_use]
pub fn is_open_in(line: &Element) -> bool {
    line.query_selector(".bubble-actions :popover-open").is_ok_and(|open| open.is_some())
}

#[cfg(test)]
mod tests {
    use charla_shared::message::{Author, Content, Direction};
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_whatsapp_does_not_know_is_not_answered_to() {
        let message = |state| MessageView {
            id: Uuid::from_u128(1).into(),
            conversation: Uuid::from_u128(2).into(),
            client_key: None,
            direction: Direction::Out,
            author: Author::Phone,
            content: Content::Sticker,
            at: Timestamp::UNIX_EPOCH,
            state,
            failure: None,
            failure_key: None,
            unknown_since: None,
            resent_as: None,
            quote: None,
        };
        assert!(may_be_quoted(&message(None)));
        assert!(may_be_quoted(&message(Some(DeliveryState::Sent))));
        assert!(!may_be_quoted(&message(Some(DeliveryState::Queued))));
        assert!(!may_be_quoted(&message(Some(DeliveryState::Failed))));
    }
}
