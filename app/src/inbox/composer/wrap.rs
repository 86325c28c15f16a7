//! WhatsApp's markup around chosen words: put there, or taken away when it is there.

/// The words with the mark around them, or without when they have it. Blanks at the ends stay outside, because WhatsApp
/// knows no markup that begins or ends with one.
#[must_use]
pub fn wrap(words: &str, mark: char) -> String {
    let inside = words.trim();
    let (before, after) = words.split_once(inside).unwrap_or_default();
    match inside.strip_prefix(mark).and_then(|inside| inside.strip_suffix(mark)) {
        Some(bare) if !bare.is_empty() => format!("{before}{bare}{after}"),
        _ => format!("{before}{mark}{inside}{mark}{after}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mark_goes_around_the_words_and_off_again() {
        assert_eq!(wrap("very", '*'), "*very*");
        assert_eq!(wrap("*very*", '*'), "very");
        assert_eq!(wrap(" very ", '_'), " _very_ ");
        assert_eq!(wrap("", '~'), "~~");
        assert_eq!(wrap("*", '*'), "***");
    }

    proptest! {
        #[test]
        fn twice_is_as_if_it_never_was(words in "[a-z][a-z ]{0,20}[a-z]") {
            prop_assert_eq!(wrap(&wrap(&words, '*'), '*'), words);
        }
    }
}
