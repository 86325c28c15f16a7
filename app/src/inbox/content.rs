//! What a bubble shows for each kind of content. All words become text nodes.

use charla_shared::message::Content;
use leptos::prelude::*;

use super::{preview::kind_key, words::Words};
use crate::{
    i18n::{Arg, t, t_with},
    ui::Icon,
};

/// The icon of a kind of content.
#[must_use]
pub fn kind_icon(kind: &str) -> &'static str {
    match kind {
        "image" => "image",
        "video" => "video",
        "audio" => "mic",
        "document" => "file-text",
        "sticker" => "sticker",
        "location" => "map-pin",
        "contacts" => "contact",
        "reaction" => "smile",
        "choice" => "mouse-pointer-click",
        "form" => "clipboard-list",
        "order" => "shopping-cart",
        "system" => "info",
        "edit" => "pencil",
        "revoked" => "ban",
        _ => "circle-help",
    }
}

/// The content of a message.
#[must_use]
pub fn show(content: &Content) -> AnyView {
    match content {
        Content::Text { body } => words(body),
        Content::Image { caption } | Content::Video { caption } => with_words(content, caption.as_deref()),
        Content::Document { filename, caption } => view! {
            {mark(content)}
            {filename.as_deref().map(|name| plain("bubble-file", name))}
            {caption.as_deref().map(words)}
        }
        .into_any(),
        Content::Audio { voice } => marked(content, &t(if *voice { "content-voice" } else { "content-audio" })),
        Content::Sticker | Content::Revoked { .. } | Content::Unsupported { .. } => mark(content),
        Content::Location { latitude, longitude, name, address } => view! {
            {mark(content)}
            {name.as_deref().map(|name| plain("bubble-place", name))}
            {address.as_deref().map(|address| plain("bubble-aside", address))}
            {plain("bubble-aside", &format!("{latitude:.5}, {longitude:.5}"))}
        }
        .into_any(),
        Content::Contacts { names } => {
            let names: Vec<_> = names.iter().map(|name| plain("bubble-card", name)).collect();
            view! { {mark(content)} {names} }.into_any()
        }
        Content::Reaction { emoji: Some(emoji), .. } => {
            view! { {mark(content)} {plain("bubble-emoji", emoji)} }.into_any()
        }
        Content::Reaction { emoji: None, .. } => marked(content, &t("content-reaction-removed")),
        Content::Choice { title, .. } => with_words(content, Some(title)),
        Content::Form { name } => with_words(content, name.as_deref()),
        Content::Order { items, note } => {
            let count = t_with("content-order-items", &[("count", Arg::from(*items))]);
            view! { {mark(content)} {plain("bubble-aside", &count)} {note.as_deref().map(words)} }.into_any()
        }
        Content::System { body } | Content::Edit { body, .. } => with_words(content, Some(body)),
    }
}

fn with_words(content: &Content, said: Option<&str>) -> AnyView {
    view! { {mark(content)} {said.map(words)} }.into_any()
}

/// The kind's icon and name.
fn mark(content: &Content) -> AnyView {
    marked(content, &t(&kind_key(content.type_name())))
}

fn marked(content: &Content, name: &str) -> AnyView {
    view! {
        <p class="bubble-kind">
            <Icon name=kind_icon(content.type_name()) />
            <span>{name.to_owned()}</span>
        </p>
    }
    .into_any()
}

fn plain(class: &'static str, text: &str) -> impl IntoView + use<> {
    view! {
        <p class=class dir="auto">
            {text.to_owned()}
        </p>
    }
}

fn words(text: &str) -> AnyView {
    view! { <Words text=text.to_owned() /> }.into_any()
}
