//! Folding: how words are levelled before they are compared, character by character. The database says how (`search_fold`),
//! so that what it finds and what is marked here can never differ.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

/// The longest word, in characters; longer ones are cut (`search_words`).
const WORD_MAX: usize = 64;
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789";

/// What the characters of some texts become.
#[derive(Debug, Default)]
pub(super) struct Folding(HashMap<char, String>);

impl Folding {
    /// Asks how the characters of these texts are folded. Costs nothing for plain English.
    pub(super) async fn of<'a>(
        sql: &mut PgConnection,
        texts: impl Iterator<Item = &'a str>,
    ) -> Result<Self, sqlx::Error> {
        let characters: HashSet<char> = texts.flat_map(str::chars).filter(|c| !c.is_ascii()).collect();
        if characters.is_empty() {
            return Ok(Self::default());
        }
        let characters: Vec<String> = characters.into_iter().map(String::from).collect();
        let rows = sqlx::query!(
            r#"SELECT c AS "character!", search_fold(c) AS "folded!" FROM unnest($1::text[]) AS c"#,
            &characters
        )
        .fetch_all(sql)
        .await?;
        Ok(Self(rows.into_iter().filter_map(|row| Some((row.character.chars().next()?, row.folded))).collect()))
    }

    /// What a character becomes: letters of a word, nothing for a mark on the letter before it, a blank for what is no part
    /// of a word, and blanks around what is a word of its own.
    fn fold(&self, c: char) -> &str {
        if c.is_ascii() {
            let place = LETTERS.find(c.to_ascii_lowercase());
            return place.map_or(" ", |place| &LETTERS[place..=place]);
        }
        self.0.get(&c).map_or(" ", String::as_str)
    }

    /// The words of a text, each with where it stands.
    pub(super) fn words(&self, text: &str) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut open = false;
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            let folded = self.fold(c);
            if folded.is_empty() {
                // A mark belongs to the letter it stands on.
                if let Some(last) = words.last_mut().filter(|last| last.end == start) {
                    last.end = end;
                }
            }
            for letter in folded.chars() {
                match words.last_mut() {
                    _ if letter == ' ' => open = false,
                    Some(word) if open => {
                        word.letters.push(letter);
                        word.end = end;
                    }
                    _ => {
                        words.push(Word { letters: String::from(letter), start, end });
                        open = true;
                    }
                }
            }
        }
        for word in &mut words {
            if let Some((cut, _)) = word.letters.char_indices().nth(WORD_MAX) {
                word.letters.truncate(cut);
            }
        }
        words
    }
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its folded letters.
    pub letters: String,
    /// Where it begins in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

#[cfg(test)]
impl Folding {
    /// A folding for tests without a database.
    pub(super) fn example() -> Self {
        let known =
            [('é', "e"), ('ñ', "n"), ('\u{301}', ""), ('漢', " 漢 "), ('字', " 字 "), ('🎉', " 🎉 "), ('\u{fe0f}', "")];
        Self(known.into_iter().map(|(c, folded)| (c, folded.to_owned())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(String, &str)> {
        let words = Folding::example().words(text);
        words.into_iter().map(|word| (word.letters, &text[word.start..word.end])).collect()
    }

    #[test]
    fn words_are_levelled_and_know_where_they_stand() {
        let cut = cut("José, jose\u{301}s e-mail!");
        let expected = [("jose", "José"), ("joses", "jose\u{301}s"), ("e", "e"), ("mail", "mail")];
        assert_eq!(cut, expected.map(|(letters, text)| (letters.to_owned(), text)));
    }

    #[test]
    fn signs_and_emoji_are_words_of_their_own() {
        let cut = cut("la漢字🎉\u{fe0f}ok");
        let expected = [("la", "la"), ("漢", "漢"), ("字", "字"), ("🎉", "🎉\u{fe0f}"), ("ok", "ok")];
        assert_eq!(cut, expected.map(|(letters, text)| (letters.to_owned(), text)));
    }
}
