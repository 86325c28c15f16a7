//! What was found, as it is shown: people, and messages with what was looked for marked.

use charla_shared::{
    conversation::ContactView,
    message::{Author, Direction},
    search::{MessageHit, PersonHit, Piece},
};
use leptos::{either::Either, prelude::*};

use super::options::{is_at, option_id};
use crate::{
    i18n::t,
    inbox::when::{Style, When},
    ui::Avatar,
};

/// The options of the list.
pub const LIST: &str = "search-list";

/// What to call somebody.
pub fn title_of(contact: &ContactView) -> String {
    contact.title().unwrap_or_else(|| t("inbox-nameless"))
}

/// What else is known of them: the number or username, and where the conversation is.
pub fn aside_of(person: &PersonHit) -> String {
    let contact = &person.contact;
    let title = title_of(contact);
    let username = contact.username.as_ref().map(|username| format!("@{username}"));
    let channel = person.conversation.as_ref().map(|conversation| conversation.channel_label.clone());
    let known = [contact.phone.clone(), username, channel];
    known.into_iter().flatten().filter(|known| *known != title).collect::<Vec<_>>().join(" · ")
}

/// A snippet with its hits marked.
pub fn pieces(snippet: Vec<Piece>) -> impl IntoView {
    let piece = |piece: Piece| {
        if piece.hit { Either::Left(view! { <mark>{piece.text}</mark> }) } else { Either::Right(piece.text) }
    };
    snippet.into_iter().map(piece).collect_view()
}

/// Somebody.
#[component]
pub fn Person(person: PersonHit, href: String, place: usize, at: RwSignal<usize>) -> impl IntoView {
    let name = title_of(&person.contact);
    let aside = aside_of(&person);
    view! {
        <Found href=href place=place at=at>
            <Avatar name=name.clone() />
            <span class="search-name" dir="auto">{name}</span>
            {person
                .conversation
                .map(|conversation| view! { <When at=Signal::stored(conversation.last_message_at) style=Style::Row class="search-time" /> })}
            <span class="search-words" dir="auto">{aside}</span>
        </Found>
    }
    .into_any()
}

/// A message.
#[component]
pub fn Message(message: MessageHit, href: String, place: usize, at: RwSignal<usize>) -> impl IntoView {
    let name = title_of(&message.contact);
    let writer = match (message.direction, message.author) {
        (Direction::In, _) => None,
        (_, Author::Member { name, .. }) => Some(name),
        _ => Some(t("search-us")),
    };
    view! {
        <Found href=href place=place at=at>
            <Avatar name=name.clone() />
            <span class="search-name" dir="auto">{name}</span>
            <When at=Signal::stored(message.at) style=Style::Row class="search-time" />
            <span class="search-words search-snippet" dir="auto">
                {writer.map(|writer| view! { <span class="search-writer">{writer} ": "</span> })}
                {pieces(message.snippet)}
            </span>
        </Found>
    }
    .into_any()
}

/// An option that leads somewhere.
#[component]
fn Found(href: String, place: usize, at: RwSignal<usize>, children: Children) -> impl IntoView {
    let chosen = is_at(at, place);
    view! {
        <a
            class="search-option"
            class:search-at=chosen
            role="option"
            tabindex="-1"
            id=option_id(LIST, place)
            href=href
            aria-selected=move || chosen.get().to_string()
        >
            {children()}
        </a>
    }
    .into_any()
}
