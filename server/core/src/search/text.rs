//! The words of a message that are looked at: the same fields, in the same order, as `content_words` of migration 0021.

use charla_shared::message::Content;

/// All the words in it.
pub(super) fn of(content: &Content) -> String {
    let parts: Vec<&str> = match content {
        Content::Text { body } | Content::System { body } | Content::Edit { body, .. } => vec![body],
        Content::Image { caption } | Content::Video { caption } => caption.iter().map(String::as_str).collect(),
        Content::Document { filename, caption } => caption.iter().chain(filename).map(String::as_str).collect(),
        Content::Location { name, address, .. } => name.iter().chain(address).map(String::as_str).collect(),
        Content::Contacts { names } => names.iter().map(String::as_str).collect(),
        Content::Reaction { emoji, .. } => emoji.iter().map(String::as_str).collect(),
        Content::Choice { title, .. } => vec![title],
        Content::Form { name } => name.iter().map(String::as_str).collect(),
        Content::Order { note, .. } => note.iter().map(String::as_str).collect(),
        Content::Audio { .. } | Content::Sticker | Content::Revoked { .. } | Content::Unsupported { .. } => Vec::new(),
    };
    parts.join(" · ")
}
