//! From Meta's message types to what is stored and shown. Texts are cleaned here, at the border: Postgres refuses NUL,
//! and nobody can read other control characters.

use charla_meta::webhook as meta;
use charla_shared::{message::Content, text};

/// Longest text that is kept, in characters; people can write 4,096 of them.
const TEXT_MAX: usize = 65_536;

/// As much of a text as is kept.
fn kept(text: &str) -> &str {
    text.char_indices().nth(TEXT_MAX).map_or(text, |(end, _)| &text[..end])
}

fn clean(text: &str) -> String {
    text::clean(kept(text))
}

fn clean_line(text: &str) -> String {
    text::clean_line(kept(text))
}

fn line(text: Option<&String>) -> Option<String> {
    text.map(|text| clean_line(text)).filter(|text| !text.is_empty())
}

fn words(text: Option<&String>) -> Option<String> {
    text.map(|text| clean(text)).filter(|text| !text.is_empty())
}

/// What is stored of a message's content.
pub(super) fn stored(message: &meta::InboundMessage) -> Content {
    use meta::Content as M;
    match &message.content {
        M::Text { body } => Content::Text { body: clean(body) },
        M::Image(media) => Content::Image { caption: words(media.caption.as_ref()) },
        M::Video(media) => Content::Video { caption: words(media.caption.as_ref()) },
        M::Audio { voice, .. } => Content::Audio { voice: *voice },
        M::Document(media) => {
            Content::Document { filename: line(media.filename.as_ref()), caption: words(media.caption.as_ref()) }
        }
        M::Sticker { .. } => Content::Sticker,
        M::Location { latitude, longitude, name, address } => Content::Location {
            latitude: *latitude,
            longitude: *longitude,
            name: line(name.as_ref()),
            address: line(address.as_ref()),
        },
        M::Contacts { cards, .. } => Content::Contacts { names: cards.iter().filter_map(card_name).collect() },
        M::Reaction { message_id, emoji } => {
            Content::Reaction { emoji: line(emoji.as_ref()), target: clean_line(message_id) }
        }
        M::Button { text, payload } => Content::Choice { title: clean_line(text), id: line(payload.as_ref()) },
        M::ButtonReply { id, title } | M::ListReply { id, title, .. } => {
            Content::Choice { title: clean_line(title), id: line(Some(id)) }
        }
        M::FlowReply { name, .. } => Content::Form { name: line(name.as_ref()) },
        M::Order { text, items, .. } => Content::Order { items: items.len(), note: words(text.as_ref()) },
        M::System { body, .. } => Content::System { body: clean(body) },
        M::Edit { original_message_id, content } => {
            Content::Edit { body: clean(content.words().unwrap_or_default()), target: clean_line(original_message_id) }
        }
        M::Revoke { original_message_id } => Content::Revoked { target: clean_line(original_message_id) },
        other => Content::Unsupported { kind: clean_line(other.type_name()) },
    }
}

/// Longest id of a message that is kept; Meta's have fewer than a hundred characters.
const ID_MAX: usize = 256;

/// Meta's id of the message that a message answers to.
pub(super) fn quoted(message: &meta::InboundMessage) -> Option<String> {
    line(message.context.replies_to.as_ref()).filter(|id| id.chars().count() <= ID_MAX)
}

/// The name on a contact card; its number where it has none.
fn card_name(card: &serde_json::Value) -> Option<String> {
    let text = |value: &serde_json::Value| value.as_str().map(clean_line).filter(|text| !text.is_empty());
    text(&card["name"]["formatted_name"]).or_else(|| text(&card["phones"][0]["phone"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_end_has_one() {
        assert_eq!(clean(&"ñ".repeat(TEXT_MAX)).chars().count(), TEXT_MAX);
        assert_eq!(clean(&"ñ".repeat(TEXT_MAX + 1)).chars().count(), TEXT_MAX);
        assert_eq!(clean_line(&"🎉".repeat(TEXT_MAX + 1)).chars().count(), TEXT_MAX);
    }
}
