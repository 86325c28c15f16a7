//! What stands before the caret and asks for a list: `/` for canned replies, `:` for emoji.

use charla_shared::canned_reply::is_of_shortcut;

/// Letters after a colon before emoji are offered: `:)` and `3:30` ask for none.
const EMOJI_FROM: usize = 2;

/// Which list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Canned replies.
    Reply,
    /// Emoji.
    Emoji,
}

/// What asks for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Which.
    pub kind: Kind,
    /// What was typed after the sign.
    pub query: String,
    /// How much of the text before the caret belongs to it, sign and all, in UTF-16 units as browsers count.
    pub length: u32,
}

/// What asks for a list in the text before the caret, if anything. Signs count at the beginning and after a blank.
#[must_use]
pub fn trigger(before: &str) -> Option<Trigger> {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let length = u32::try_from(word.encode_utf16().count()).ok()?;
    let found = |kind, query: &str| Some(Trigger { kind, query: query.to_lowercase(), length });
    if let Some(query) = word.strip_prefix('/') {
        return query.chars().all(is_of_shortcut).then(|| found(Kind::Reply, query)).flatten();
    }
    let query = word.strip_prefix(':')?;
    let of_emoji = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-');
    (query.chars().count() >= EMOJI_FROM && query.chars().all(of_emoji)).then(|| found(Kind::Emoji, query)).flatten()
}

/// The text before a place that a browser has counted in UTF-16 units.
#[must_use]
pub fn before(text: &str, units: u32) -> &str {
    let mut left = usize::try_from(units).unwrap_or(usize::MAX);
    for (at, c) in text.char_indices() {
        if left < c.len_utf16() {
            return &text[..at];
        }
        left -= c.len_utf16();
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn asked(before: &str) -> Option<(Kind, String, u32)> {
        trigger(before).map(|trigger| (trigger.kind, trigger.query, trigger.length))
    }

    #[test]
    fn a_slash_asks_for_canned_replies_at_the_beginning_and_after_a_blank() {
        assert_eq!(asked("/"), Some((Kind::Reply, String::new(), 1)));
        assert_eq!(asked("Hi\n/Env"), Some((Kind::Reply, "env".to_owned(), 4)));
        assert_eq!(asked("and/or"), None);
        assert_eq!(asked("/two words"), None);
        assert_eq!(asked("/a/b"), None);
    }

    #[test]
    fn a_colon_asks_for_emoji_once_two_letters_say_which() {
        assert_eq!(asked("so :smi"), Some((Kind::Emoji, "smi".to_owned(), 4)));
        for text in [":", ":s", "3:30", "https://x", ":)", "a :b "] {
            assert_eq!(asked(text), None, "{text}");
        }
    }

    #[test]
    fn places_are_counted_as_browsers_do() {
        assert_eq!(before("🦙 /h", 3), "🦙 ");
        assert_eq!(before("🦙", 1), "");
        assert_eq!(before("ab", 9), "ab");
    }

    proptest! {
        #[test]
        fn what_asks_stands_at_the_end(text in "[a-z/: 🦙\\n]{0,20}") {
            if let Some(trigger) = trigger(&text) {
                let units: Vec<u16> = text.encode_utf16().collect();
                let tail = &units[units.len() - usize::try_from(trigger.length).unwrap_or(0)..];
                let tail = String::from_utf16_lossy(tail);
                prop_assert!(tail[1..].to_lowercase() == trigger.query && !tail.contains(char::is_whitespace));
            }
        }
    }
}
