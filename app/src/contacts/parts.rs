//! The parts of a contact, one under the other.

use charla_shared::id::ConversationId;
use leptos::prelude::*;

use super::{
    Contact,
    conversations::Conversations,
    fields::Fields,
    history::History,
    identities::Identities,
    notes::Notes,
    section::{Section, kept},
    tags::Tags,
};
use crate::{
    i18n::t,
    ui::{ErrorState, Skeleton, changing},
};

/// Everything about a contact below their name.
#[component]
pub fn Parts(
    /// Who.
    contact: Contact,
    /// The conversation that is on screen beside them.
    #[prop(optional_no_strip)]
    here: Option<ConversationId>,
) -> impl IntoView {
    let is_loaded = Memo::new(move |_| contact.card.with(Option::is_some));
    changing(move || {
        if is_loaded.get() {
            // What cannot be loaded again leaves what is there, and what is being written in it.
            return view! { <Loaded contact=contact here=here /> }.into_any();
        }
        let again = move || {
            contact.failure.set(None);
            contact.reload();
        };
        match contact.failure.get() {
            Some(failure) => view! { <ErrorState failure=failure on_retry=again /> }.into_any(),
            None => view! { <Skeleton rows=5 label=t("contacts-loading") /> }.into_any(),
        }
    })
}

#[component]
fn Loaded(contact: Contact, here: Option<ConversationId>) -> impl IntoView {
    let (identities, tags, fields) = (kept("identities", true), kept("tags", true), kept("fields", true));
    let (notes, conversations, history) = (kept("notes", true), kept("conversations", true), kept("history", false));
    view! {
        <div class="parts">
            <Section name="identities" title=t("contacts-identities") open=identities>
                <Identities contact=contact />
            </Section>
            <Section name="tags" title=t("contacts-tags") open=tags>
                <Tags contact=contact />
            </Section>
            <Section name="fields" title=t("contacts-fields") open=fields>
                <Fields contact=contact />
            </Section>
            <Section name="notes" title=t("contacts-notes") open=notes>
                <Notes contact=contact open=notes />
            </Section>
            <Section name="conversations" title=t("contacts-conversations") open=conversations>
                <Conversations contact=contact here=here />
            </Section>
            <Section name="history" title=t("contacts-history") open=history>
                <History contact=contact open=history />
            </Section>
        </div>
    }
    .into_any()
}
