//! Snippets: a message's words around the first hit, with the hits marked; and the marks alone.

use charla_shared::search::{MARKS_MAX, Mark, Piece};

use super::{
    fold::{Folding, Word},
    query::Query,
};

/// The most characters of a snippet.
const LENGTH: usize = 160;
/// How many of them stand before the first hit.
const BEFORE: usize = 40;

/// The stretch of `text` around the first hit, in pieces. Where something was cut off stands an ellipsis.
pub(super) fn snippet(text: &str, query: &Query, folding: &Folding) -> Vec<Piece> {
    let hits = hits(text, query, folding);
    let (start, end) = cut(text, hits.first().map_or(0, |hit| hit.0));
    let mut pieces = Vec::new();
    let mut add = |text: &str, hit: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), hit });
        }
    };
    if start > 0 {
        add("…", false);
    }
    let mut done = start;
    for (from, to) in hits {
        let (from, to) = (from.clamp(done, end), to.clamp(done, end));
        add(&text[done..from], false);
        add(&text[from..to], true);
        done = to;
    }
    add(&text[done..end], false);
    if end < text.len() {
        add("…", false);
    }
    pieces
}

/// The hits in `text`, as its letters tell them.
pub(super) fn marks(text: &str, query: &Query, folding: &Folding) -> Vec<Mark> {
    let mark = |(start, end): (usize, usize)| {
        let words = &text[start..end];
        Mark { words: words.to_owned(), nth: text[..start].matches(words).count() }
    };
    hits(text, query, folding).into_iter().take(MARKS_MAX).map(mark).collect()
}

/// Where the hits are, in bytes; in order, none touching another.
fn hits(text: &str, query: &Query, folding: &Folding) -> Vec<(usize, usize)> {
    let words = folding.words(text);
    let terms: Vec<Vec<Word>> = query.terms.iter().map(|term| folding.words(term)).collect();
    let mut found = Vec::new();
    for (number, term) in terms.iter().enumerate() {
        let Some((last, before)) = term.split_last() else { continue };
        let goes_on = query.goes_on && number + 1 == terms.len() && last.letters.chars().nth(1).is_some();
        for place in words.windows(term.len()) {
            let Some((end, start)) = place.split_last() else { continue };
            let same = start.iter().zip(before).all(|(word, wanted)| word.letters == wanted.letters);
            let ends = end.letters == last.letters || (goes_on && end.letters.starts_with(&last.letters));
            if same && ends {
                found.push((place.first().map_or(end.start, |first| first.start), end.end));
            }
        }
    }
    found.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::with_capacity(found.len());
    for (start, end) in found {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

/// The stretch that is shown, around a place; it begins with a word where there is one near.
fn cut(text: &str, hit: usize) -> (usize, usize) {
    if text.chars().nth(LENGTH).is_none() {
        return (0, text.len());
    }
    let far = text[..hit].char_indices().rev().nth(BEFORE - 1).map_or(0, |(place, _)| place);
    let start = match text[far..hit].find(char::is_whitespace) {
        Some(blank) if far > 0 => {
            let blank = far + blank;
            blank + text[blank..].chars().next().map_or(0, char::len_utf8)
        }
        _ => far,
    };
    let end = text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(place, _)| start + place);
    (start, end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str, query: &str) -> String {
        let query = Query::parse(query).unwrap_or_default();
        let pieces = snippet(text, &query, &Folding::example());
        pieces.into_iter().map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text }).collect()
    }

    #[test]
    fn words_are_marked_whatever_their_accents_and_case() {
        assert_eq!(marked("José and JOSE", "josé"), "[José] and [JOSE]");
        assert_eq!(marked("nothing", "josé"), "nothing");
    }

    #[test]
    fn only_the_last_word_may_be_a_beginning() {
        assert_eq!(marked("open openings", "openings open"), "[open] [openings]");
        assert_eq!(marked("open openings", "open x"), "[open] openings");
        assert_eq!(marked("open openings", "\"open\""), "[open] openings");
    }

    #[test]
    fn a_phrase_is_marked_as_a_whole_and_only_where_it_stands_together() {
        assert_eq!(marked("two weeks, not weeks two", "\"two weeks\""), "[two weeks], not weeks two");
        assert_eq!(marked("漢字と字漢", "漢字"), "[漢字]と字漢");
    }

    #[test]
    fn a_mark_says_which_of_the_same_letters_it_means() {
        let marks = |text: &str, query: &str| {
            let query = Query::parse(query).unwrap_or_default();
            let marks = marks(text, &query, &Folding::example());
            marks.into_iter().map(|mark| (mark.words, mark.nth)).collect::<Vec<_>>()
        };
        let owned = |marks: &[(&str, usize)]| marks.iter().map(|(words, nth)| ((*words).to_owned(), *nth)).collect();
        // The first "an" stands within another word.
        let expected: Vec<_> = owned(&[("an", 1), ("AN", 0), ("an", 2)]);
        assert_eq!(marks("plan an AN an", "\"an\""), expected);
        assert_eq!(marks("nothing", "josé"), []);
        assert_eq!(marks(&"an ".repeat(MARKS_MAX * 2), "an").len(), MARKS_MAX);
    }

    #[test]
    fn a_long_text_is_cut_around_the_first_hit() {
        let text = format!("{} needle {}", "hay ".repeat(100), "straw ".repeat(100));
        let marked = marked(&text, "needle");
        assert!(marked.starts_with("…hay "), "{marked}");
        assert!(marked.contains("[needle] straw") && marked.ends_with('…'), "{marked}");
        assert!(marked.chars().count() <= LENGTH + 4, "{marked}");
    }

    proptest! {
        #[test]
        fn the_pieces_make_up_the_text(text in "([a-cé 漢🎉\u{301}]{0,12} ?){0,30}", query in "[a-cé 漢🎉\"]{0,8}") {
            let query = Query::parse(&query).unwrap_or_default();
            let pieces = snippet(&text, &query, &Folding::example());
            let joined: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert!(text.contains(joined.trim_start_matches('…').trim_end_matches('…')));
            if text.chars().count() <= LENGTH {
                prop_assert_eq!(joined, text);
            }
        }

        #[test]
        fn what_is_marked_holds_what_was_looked_for(text in "[a-c é]{0,60}", word in "[a-c]{2,3}") {
            let query = Query::parse(&word).unwrap_or_default();
            let folding = Folding::example();
            for piece in snippet(&text, &query, &folding).iter().filter(|piece| piece.hit) {
                prop_assert!(folding.words(&piece.text).iter().all(|found| found.letters.starts_with(&word)));
            }
            let expected = folding.words(&text).iter().any(|found| found.letters.starts_with(&word));
            prop_assert_eq!(snippet(&text, &query, &folding).iter().any(|piece| piece.hit), expected);
        }
    }
}
