//! Cutting a text that is too long for one message into several, where a reader would pause: after a paragraph, else a line,
//! else a sentence, else a word.

/// The parts of a text, in order, each of `max` characters at most. Only blanks between parts are lost.
#[must_use]
pub fn split(text: &str, max: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while let Some((end, _)) = rest.char_indices().nth(max) {
        let cut = pause(rest, end);
        let (part, after) = rest.split_at(cut);
        parts.push(part.trim_end().to_owned());
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        parts.push(rest.to_owned());
    }
    parts
}

/// The best place to cut at or before `end`, a byte beyond the first character. A pause in the first half is none: many tiny
/// messages are no help to anybody.
fn pause(text: &str, end: usize) -> usize {
    let head = &text[..end];
    let late = |at: &usize| *at >= end / 2;
    let sentence = || {
        let pairs = head.char_indices().zip(text.chars().skip(1));
        let ends = pairs
            .filter(|((_, c), next)| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？') && next.is_whitespace());
        ends.last().map(|((at, c), _)| at + c.len_utf8())
    };
    let word = || head.rfind(char::is_whitespace).filter(|at| *at > 0);
    // A text of blanks at its very end may be cut there as well.
    let whole_word = || text[end..].chars().next().filter(|next| next.is_whitespace()).map(|_| end);
    head.rfind("\n\n")
        .filter(late)
        .or_else(|| head.rfind('\n').filter(late))
        .or_else(|| sentence().filter(late))
        .or_else(|| whole_word().or_else(word).filter(late))
        .or_else(word)
        .unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_cut_where_a_reader_would_pause() {
        assert_eq!(split("One two.\n\nThree four.", 16), ["One two.", "Three four."]);
        assert_eq!(split("One two three\nfour five", 16), ["One two three", "four five"]);
        assert_eq!(split("One two. Three four five", 16), ["One two.", "Three four five"].map(str::to_owned));
        assert_eq!(split("one two three four", 10), ["one two", "three four"]);
        assert_eq!(split("onetwothreefour", 6), ["onetwo", "threef", "our"]);
    }

    #[test]
    fn what_fits_is_one_part_and_nothing_is_none() {
        assert_eq!(split(" fits ", 10), ["fits"]);
        assert_eq!(split("exactly ten", 11), ["exactly ten"]);
        assert!(split(" \n ", 10).is_empty());
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_every_part_fits(text in "[a-z .!\\n🦙ñ]{0,300}", max in 1_usize..40) {
            let parts = split(&text, max);
            for part in &parts {
                prop_assert!(part.chars().count() <= max);
                prop_assert!(!part.trim().is_empty());
            }
            let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(visible(&parts.concat()), visible(&text));
        }
    }
}
