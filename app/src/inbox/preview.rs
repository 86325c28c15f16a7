//! One line of a message: a mark for its direction or kind, and its words or, where it has none, its kind's name.

use charla_shared::{
    conversation::Preview,
    message::{DeliveryState, Direction},
};

/// What a row shows of the last message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// How far it came, when it is outgoing.
    pub state: Option<DeliveryState>,
    /// Its kind when that is worth a mark: everything but words.
    pub kind: Option<&'a str>,
    /// Its words.
    pub words: Words<'a>,
}

/// The words of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words<'a> {
    /// Its own.
    Own(&'a str),
    /// It has none: the name of its kind, translated.
    Kind(&'a str),
}

/// The line of a preview.
#[must_use]
pub fn line(preview: &Preview) -> Line<'_> {
    let kind = preview.content_type.as_str();
    let text = preview.text.as_str();
    Line {
        state: preview.state.filter(|_| preview.direction == Direction::Out),
        kind: (kind != "text").then_some(kind),
        words: if text.is_empty() { Words::Kind(kind) } else { Words::Own(text) },
    }
}

/// The translation key of a kind's name. A kind of a newer host than this page is called unsupported.
#[must_use]
pub fn kind_key(kind: &str) -> String {
    let known = KINDS.contains(&kind);
    format!("content-{}", if known { kind } else { "unsupported" })
}

/// Every kind of content (`Content::type_name`).
pub const KINDS: &[&str] = &[
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "choice",
    "form",
    "order",
    "system",
    "edit",
    "revoked",
    "unsupported",
];

#[cfg(test)]
mod tests {
    use charla_shared::message::Content;

    use super::*;

    fn preview(direction: Direction, kind: &str, text: &str, state: Option<DeliveryState>) -> Preview {
        Preview { direction, content_type: kind.to_owned(), text: text.to_owned(), state }
    }

    #[test]
    fn words_are_shown_without_a_mark_for_their_kind() {
        let preview = preview(Direction::In, "text", "Hola", None);
        assert_eq!(line(&preview), Line { state: None, kind: None, words: Words::Own("Hola") });
    }

    #[test]
    fn what_has_no_words_is_called_by_its_kind() {
        let preview = preview(Direction::In, "audio", "", None);
        assert_eq!(line(&preview), Line { state: None, kind: Some("audio"), words: Words::Kind("audio") });
    }

    #[test]
    fn a_caption_is_shown_beside_the_mark() {
        let preview = preview(Direction::Out, "image", "Our menu", Some(DeliveryState::Read));
        let shown = line(&preview);
        assert_eq!(
            (shown.state, shown.kind, shown.words),
            (Some(DeliveryState::Read), Some("image"), Words::Own("Our menu"))
        );
    }

    #[test]
    fn only_outgoing_messages_have_ticks() {
        let preview = preview(Direction::In, "text", "Hola", Some(DeliveryState::Read));
        assert_eq!(line(&preview).state, None);
    }

    #[test]
    fn every_kind_of_content_has_a_name_and_new_kinds_are_unsupported() {
        let contents = [
            Content::Text { body: String::new() },
            Content::Image { caption: None },
            Content::Video { caption: None },
            Content::Audio { voice: true },
            Content::Document { filename: None, caption: None },
            Content::Sticker,
            Content::Location { latitude: 0.0, longitude: 0.0, name: None, address: None },
            Content::Contacts { names: Vec::new() },
            Content::Reaction { emoji: None, target: String::new() },
            Content::Choice { title: String::new(), id: None },
            Content::Form { name: None },
            Content::Order { items: 0, note: None },
            Content::System { body: String::new() },
            Content::Edit { body: String::new(), target: String::new() },
            Content::Revoked { target: String::new() },
            Content::Unsupported { kind: String::new() },
        ];
        let names: Vec<_> = contents.iter().map(Content::type_name).collect();
        assert_eq!(names, KINDS);
        assert_eq!(kind_key("hologram"), "content-unsupported");
    }
}
