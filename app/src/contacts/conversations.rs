//! The contact's conversations on other channels.

use charla_shared::{
    contact::ContactConversation,
    id::{ConversationId, WorkspaceId},
};
use leptos::prelude::*;

use super::Contact;
use crate::{
    i18n::t,
    inbox::preview::{self, Words, kind_key},
    ui::{Time, changing},
};

/// The conversations, each a way there.
#[component]
pub fn Conversations(
    /// Whose.
    contact: Contact,
    /// The one that is on screen beside them.
    here: Option<ConversationId>,
) -> impl IntoView {
    let others = Memo::new(move |_| {
        let of = |card: &charla_shared::contact::ContactCard| {
            card.conversations.iter().filter(|other| Some(other.id) != here).cloned().collect::<Vec<_>>()
        };
        contact.card.with(|card| card.as_ref().map(of).unwrap_or_default())
    });
    changing(move || {
        let others = others.get();
        if others.is_empty() {
            let none = if here.is_some() { "contacts-no-other-conversations" } else { "contacts-no-conversations" };
            return view! { <p class="quiet">{t(none)}</p> }.into_any();
        }
        let rows = others.into_iter().map(|other| row(contact.workspace, other)).collect_view();
        view! { <ul class="contact-conversations" role="list">{rows}</ul> }.into_any()
    })
}

fn row(workspace: WorkspaceId, other: ContactConversation) -> impl IntoView {
    let words = match preview::line(&other.preview).words {
        Words::Own(text) => text.to_owned(),
        Words::Kind(kind) => t(&kind_key(kind)),
    };
    view! {
        <li>
            <a href=format!("/w/{workspace}/inbox/{}", other.id)>
                <strong dir="auto">{other.channel_label}</strong>
                <span class="tag">{t(&format!("contacts-status-{}", other.status.name()))}</span>
                <span class="quiet" dir="auto">{words}</span>
                <span class="quiet"><Time at=other.last_message_at /></span>
            </a>
        </li>
    }
}
