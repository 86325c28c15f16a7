//! From what somebody wrote to what is looked for.

use charla_shared::{search::QUERY_MAX, text};

use crate::Failure;

/// Digits of a number from which on a part of it is looked for: two are in nearly every number.
const FRAGMENT: usize = 3;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// Words and phrases as they were written; all of them must be met.
    pub terms: Vec<String>,
    /// Whether the last word may go on: it is still being written, or nobody closed it with a quotation mark.
    pub goes_on: bool,
    /// The digits, when the whole question may be a phone number or a part of one: as written, and without the zeros that
    /// stand before it in its own country only.
    pub numbers: Vec<String>,
}

impl Query {
    /// Reads a question. Whatever it holds is a question, but at most [`QUERY_MAX`] characters of it.
    pub(super) fn parse(written: &str) -> Result<Self, Failure> {
        let length = written.chars().count();
        if length > QUERY_MAX {
            let mut report = garde::Report::new();
            let reason = format!("at most {QUERY_MAX} characters; this has {length}");
            report.append(garde::Path::new("query"), garde::Error::new(reason));
            return Err(report.into());
        }
        let written = text::clean(written);
        let (terms, goes_on) = terms(&written);
        Ok(Self { terms, goes_on, numbers: numbers(&written) })
    }
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Words are parted by blanks, but for those in quotation marks. A mark that nobody closed reaches to the end.
fn terms(written: &str) -> (Vec<String>, bool) {
    let mut terms = Vec::new();
    let mut term = String::new();
    let mut quoted = false;
    let mut goes_on = false;
    for c in written.chars() {
        if is_quote(c) || (c.is_whitespace() && !quoted) {
            if !term.trim().is_empty() {
                goes_on = !quoted;
                terms.push(std::mem::take(&mut term));
            }
            term.clear();
            quoted ^= is_quote(c);
        } else {
            term.push(c);
        }
    }
    if !term.trim().is_empty() {
        goes_on = true;
        terms.push(term);
    }
    (terms, goes_on)
}

fn numbers(written: &str) -> Vec<String> {
    let mut digits = String::new();
    for c in written.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' | '-' | '.' | '/' | '(' | ')' => {}
            c if c.is_whitespace() => {}
            _ => return Vec::new(),
        }
    }
    let mut numbers = vec![digits.trim_start_matches('0').to_owned(), digits];
    numbers.dedup();
    numbers.retain(|digits| digits.len() >= FRAGMENT);
    numbers
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(written: &str) -> (Vec<String>, bool) {
        let query = Query::parse(written).unwrap_or_default();
        (query.terms, query.goes_on)
    }

    fn owned(terms: &[&str]) -> Vec<String> {
        terms.iter().map(|term| (*term).to_owned()).collect()
    }

    #[test]
    fn words_are_parted_by_blanks_and_the_last_is_still_being_written() {
        assert_eq!(read(" when  do you\topen"), (owned(&["when", "do", "you", "open"]), true));
        assert_eq!(read(""), (Vec::new(), false));
        assert_eq!(read(" \"\" “ ” "), (Vec::new(), false));
    }

    #[test]
    fn what_stands_in_quotation_marks_stays_together() {
        assert_eq!(read("\"two weeks\""), (owned(&["two weeks"]), false));
        assert_eq!(read("order “two weeks” late"), (owned(&["order", "two weeks", "late"]), true));
        assert_eq!(read("late \"two we"), (owned(&["late", "two we"]), true));
    }

    #[test]
    fn a_question_that_may_be_a_number_is_looked_for_as_one() {
        let numbers = |written: &str| Query::parse(written).unwrap_or_default().numbers;
        assert_eq!(numbers("600 12 34 56"), ["600123456"]);
        assert_eq!(numbers("+34 (600) 12-34"), ["346001234"]);
        assert_eq!(numbers("07700 900123"), ["7700900123", "07700900123"]);
        assert!(numbers("12").is_empty());
        assert!(numbers("table 600").is_empty());
    }

    #[test]
    fn a_question_has_an_end() {
        assert!(Query::parse(&"ñ".repeat(QUERY_MAX)).is_ok());
        assert!(Query::parse(&"ñ".repeat(QUERY_MAX + 1)).is_err());
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_a_question(written in any::<String>()) {
            if let Ok(query) = Query::parse(&written) {
                prop_assert!(query.terms.iter().all(|term| !term.trim().is_empty() && !term.contains(is_quote) && !term.contains('\0')));
                prop_assert!(query.numbers.iter().all(|number| number.bytes().all(|b| b.is_ascii_digit())));
                prop_assert!(!query.goes_on || !query.terms.is_empty());
            }
        }

        #[test]
        fn no_word_is_lost(words in proptest::collection::vec("[a-z]{1,8}", 0..10)) {
            prop_assert_eq!(read(&words.join(" ")).0, words);
        }
    }
}
