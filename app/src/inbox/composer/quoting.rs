//! The message that is answered to, over the field.

use charla_shared::message::{Author, MessageView};
use leptos::prelude::*;

use super::writing::Writing;
use crate::{
    i18n::t,
    inbox::{preview::kind_key, row::title},
    ui::{Icon, changing},
};

/// The bar; there while a message is answered to.
#[component]
pub fn QuoteBar(writing: Writing) -> impl IntoView {
    // Whoever chooses a message wants to write at once.
    Effect::new(move |before: Option<bool>| {
        let chosen = writing.replying.with(Option::is_some);
        if chosen && before == Some(false) {
            writing.turn_to(super::writing::Mode::Reply);
        }
        chosen
    });
    view! {
        {changing(move || writing.replying.get().map(|message| view! { <Quoted writing=writing message=message /> }))}
    }
    .into_any()
}

#[component]
fn Quoted(writing: Writing, message: MessageView) -> impl IntoView {
    let author = match &message.author {
        Author::Contact => writing.row.with_untracked(title),
        Author::Member { name, .. } => name.clone(),
        Author::Phone => t("author-phone"),
    };
    let words = message.content.words().map(str::to_owned);
    let words = words.filter(|words| !words.is_empty()).unwrap_or_else(|| t(&kind_key(message.content.type_name())));
    view! {
        <div class="composer-quote">
            <Icon name="reply" />
            <p>
                <strong>
                    <span class="visually-hidden">{t("composer-replying")} " "</span>
                    <span dir="auto">{author}</span>
                </strong>
                <span class="composer-quote-words" dir="auto">{words}</span>
            </p>
            <button
                type="button"
                class="icon-button"
                aria-label=t("composer-replying-end")
                title=t("composer-replying-end")
                on:click=move |_| writing.replying.set(None)
            >
                <Icon name="x" />
            </button>
        </div>
    }
}
