//! How well a name fits what was written: the beginning of it before the beginning of a word, that before a part of a word,
//! that before letters that merely follow each other.

/// How well a name fits, the more the better; none when it does not. Both are compared in small letters without accents
/// ([`plain`]).
#[must_use]
pub fn rank(query: &str, name: &str) -> Option<u32> {
    let (query, name) = (plain(query.trim()), plain(name));
    if query.is_empty() {
        return Some(0);
    }
    // Of two names that fit as well, the shorter one is closer to what was written.
    let length = u32::try_from(name.chars().count().min(90)).unwrap_or(90);
    let fits = |worth: u32| Some(worth - length);
    if name.starts_with(&query) {
        return fits(500);
    }
    let words = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if words().enumerate().any(|(place, _)| words().skip(place).collect::<Vec<_>>().join(" ").starts_with(&query)) {
        return fits(400);
    }
    if query.split_whitespace().all(|part| words().any(|word| word.starts_with(part))) {
        return fits(300);
    }
    if name.contains(&query) {
        return fits(200);
    }
    let mut letters = name.chars();
    let follow = query.chars().filter(|c| !c.is_whitespace()).all(|wanted| letters.any(|letter| letter == wanted));
    follow.then(|| 100 - length)
}

/// Small letters without accents, as far as names of places and actions need it: the languages of the interface.
#[must_use]
pub fn plain(text: &str) -> String {
    let bare = |c: char| match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ñ' => 'n',
        'ç' => 'c',
        c => c,
    };
    text.chars().flat_map(char::to_lowercase).map(bare).collect()
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use super::*;

    fn best<'a>(query: &str, names: &[&'a str]) -> Vec<&'a str> {
        let mut ranked: Vec<_> = names.iter().filter_map(|name| Some((rank(query, name)?, *name))).collect();
        ranked.sort_by_key(|ranked| Reverse(ranked.0));
        ranked.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn beginnings_come_first_and_loose_letters_last() {
        let names = ["Assign to me", "Members", "Mark as unread", "Numbers", "Show messages"];
        let fitting = ["Members", "Assign to me", "Show messages", "Numbers", "Mark as unread"];
        assert_eq!(best("me", &names), fitting);
        assert_eq!(best("num", &names), ["Numbers"]);
        assert_eq!(best("to me", &names), ["Assign to me"]);
        assert_eq!(best("atm", &names), ["Assign to me"]);
        assert_eq!(best("xyz", &names), [""; 0]);
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(rank("numeros", "Números"), rank("NÚMEROS", "numeros"));
        assert!(rank("numeros", "Números").is_some());
    }

    #[test]
    fn words_may_come_in_any_order() {
        assert!(rank("me assign", "Assign to me").is_some());
        assert!(rank("me assign", "Assign to her").is_none());
    }

    #[test]
    fn nothing_written_fits_all_alike() {
        assert_eq!(rank("  ", "Members"), Some(0));
    }
}
