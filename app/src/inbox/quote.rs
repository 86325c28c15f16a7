//! The message that another one answers to, above its words: who wrote it and one line of it. A click leads there.

use charla_shared::{
    id::MessageId,
    message::{Author, Quote},
};
use leptos::prelude::*;

use super::{bubbles::Bubble, content::kind_icon, preview::kind_key};
use crate::{
    i18n::t,
    ui::{Icon, changing},
};

/// What a message quotes, if it does.
#[component]
pub fn QuoteLine(
    /// Shows another message of the thread.
    jump: Callback<MessageId>,
    /// The message.
    bubble: RwSignal<Bubble>,
    /// What the customer is called.
    customer: Memo<String>,
) -> impl IntoView {
    let quote = Memo::new(move |_| bubble.with(quote_of));
    changing(move || quote.get().map(|quote| shown(jump, &quote, customer)))
}

fn quote_of(bubble: &Bubble) -> Option<Quote> {
    match bubble {
        Bubble::Stored(message) => message.quote.clone(),
        Bubble::Pending(pending) => pending.quote.clone(),
    }
}

fn shown(jump: Callback<MessageId>, quote: &Quote, customer: Memo<String>) -> AnyView {
    let Some(message) = quote.message else {
        return view! { <p class="quote quote-gone">{t("quote-gone")}</p> }.into_any();
    };
    let own = match &quote.author {
        Some(Author::Member { name, .. }) => Some(name.clone()),
        Some(Author::Phone) => Some(t("author-phone")),
        Some(Author::Contact) | None => None,
    };
    let kind = quote.content_type.as_str();
    let icon = (kind != "text").then(|| view! { <Icon name=kind_icon(kind) /> });
    let words = if quote.text.is_empty() { t(&kind_key(kind)) } else { quote.text.clone() };
    view! {
        <button type="button" class="quote" title=t("quote-show") on:click=move |_| jump.run(message)>
            <span class="quote-author" dir="auto">{move || own.clone().unwrap_or_else(|| customer.get())}</span>
            <span class="quote-words" dir="auto">
                {icon}
                {words}
            </span>
        </button>
    }
    .into_any()
}
