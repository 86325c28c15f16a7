//! Emoji: the table, which is a file that is asked for when it is first wanted, and searching in it.

use std::sync::{Arc, RwLock};

use gloo_net::http::{Request, Response};
use serde::Deserialize;

/// An emoji.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "(String, String, String, String, String)")]
pub struct Emoji {
    /// The sign itself.
    pub sign: String,
    /// Its shortcode, without colons.
    pub code: String,
    /// Its name in English.
    pub english: String,
    /// Its name in Spanish.
    pub spanish: String,
    /// What it is found by, in both.
    words: String,
}

impl From<(String, String, String, String, String)> for Emoji {
    fn from((sign, code, english, spanish, words): (String, String, String, String, String)) -> Self {
        let words = plain(&format!("{} {words}", code.replace('_', " ")));
        Self { sign, code, english, spanish, words }
    }
}

/// All emoji, by category (`emoji-people`).
pub type Table = Arc<Vec<(String, Vec<Emoji>)>>;

static TABLE: RwLock<Option<Table>> = RwLock::new(None);

/// The table, once it was loaded.
#[must_use]
pub fn table() -> Option<Table> {
    TABLE.read().ok()?.clone()
}

/// Loads the table. When that fails there are none, and the next time tries again.
pub async fn load() {
    if table().is_some() {
        return;
    }
    if let (Some(loaded), Ok(mut table)) = (ask().await, TABLE.write()) {
        *table = Some(Arc::new(loaded));
    }
}

async fn ask() -> Option<Vec<(String, Vec<Emoji>)>> {
    let answer = Request::get("/emoji.json").send().await.ok().filter(Response::ok)?;
    serde_json::from_str(&answer.text().await.ok()?).ok()
}

/// The emoji that fit a query best; none before the table is loaded.
#[must_use]
pub fn search(query: &str, most: usize) -> Vec<Emoji> {
    table().map(|table| found(&table, query, most)).unwrap_or_default()
}

/// Those whose shortcode begins with the query, then those with a word that begins with each of its words.
fn found(table: &[(String, Vec<Emoji>)], query: &str, most: usize) -> Vec<Emoji> {
    let query = plain(query);
    let code = query.replace(' ', "_");
    let wanted: Vec<_> = query.split([' ', '_']).filter(|word| !word.is_empty()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let rank = |emoji: &Emoji| {
        if emoji.code == code {
            return Some(0);
        }
        if emoji.code.starts_with(&code) {
            return Some(1);
        }
        let has = |word: &&str| emoji.words.split(' ').any(|known| known.starts_with(*word));
        wanted.iter().all(has).then_some(2)
    };
    let all = table.iter().flat_map(|(_, emoji)| emoji);
    let mut found: Vec<_> = all.filter_map(|emoji| Some((rank(emoji)?, emoji))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(most).map(|(_, emoji)| emoji.clone()).collect()
}

/// Small letters without accents, as people type when they search.
fn plain(text: &str) -> String {
    let bare = |c: char| match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        c => c,
    };
    text.to_lowercase().chars().map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Vec<(String, Vec<Emoji>)> {
        serde_json::from_str(include_str!("../../../../public/emoji.json")).expect("the file is a table")
    }

    fn first(query: &str) -> Option<String> {
        found(&table(), query, 1).into_iter().next().map(|emoji| emoji.sign)
    }

    #[test]
    fn emoji_are_found_by_shortcode_and_by_words_in_both_languages() {
        assert_eq!(first("smile").as_deref(), Some("😄"));
        assert_eq!(first("+1").as_deref(), Some("👍️"));
        assert_eq!(first("corazon rojo").as_deref(), first("corazón rojo").as_deref());
        assert!(found(&table(), "corazon", 50).len() > 5);
        assert!(found(&table(), "sonrisa", 50).iter().any(|emoji| emoji.code == "grinning"));
        assert_eq!(first("qqqq"), None);
        assert_eq!(first(" "), None);
    }

    #[test]
    fn every_category_has_some_and_no_emoji_stands_twice() {
        let table = table();
        assert!(table.iter().all(|(_, emoji)| emoji.len() > 30));
        let mut signs: Vec<_> = table.iter().flat_map(|(_, emoji)| emoji).map(|emoji| emoji.sign.as_str()).collect();
        let count = signs.len();
        signs.sort_unstable();
        signs.dedup();
        assert_eq!(signs.len(), count);
    }
}
