//! The key a note is handed over under: one for its words, so that whatever became of the answer there is one note of them.

use charla_shared::id::ClientKey;

/// The key of a note that was handed over and not answered yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteKey {
    key: ClientKey,
    body: String,
}

impl NoteKey {
    /// The key for these words: the one they had before, else a fresh one. Other words under the same key would be refused
    /// for ever when the first ones were stored after all.
    pub fn of(before: &mut Option<Self>, body: &str, fresh: ClientKey) -> ClientKey {
        if let Some(before) = before.as_ref().filter(|before| before.body == body) {
            return before.key;
        }
        *before = Some(Self { key: fresh, body: body.to_owned() });
        fresh
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn words_keep_their_key_and_other_words_get_another() {
        let key = |key: u128| ClientKey::from(Uuid::from_u128(key));
        let mut before = None;
        assert_eq!(NoteKey::of(&mut before, "pays late", key(1)), key(1));
        assert_eq!(NoteKey::of(&mut before, "pays late", key(2)), key(1));
        assert_eq!(NoteKey::of(&mut before, "pays very late", key(3)), key(3));
        assert_eq!(NoteKey::of(&mut before, "pays late", key(4)), key(4));
    }
}
