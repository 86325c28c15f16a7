//! What text from outside is made of before it is stored: no NUL (Postgres refuses it), no other control characters but
//! line breaks and tabs, no blank ends, no more than its limit.

/// The text without control characters (line breaks and tabs stay) and without blanks at its ends.
#[must_use]
pub fn clean(text: &str) -> String {
    let kept: String =
        text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    kept.trim().to_owned()
}

/// [`clean`], and on one line: for names and labels.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `limit` characters, with an ellipsis when something was cut. Never cuts inside a character; may cut inside a
/// grapheme, which only the shown preview can suffer from.
#[must_use]
pub fn shorten(text: &str, limit: usize) -> String {
    let mut characters = text.chars();
    let head: String = characters.by_ref().take(limit).collect();
    if characters.next().is_some() { format!("{}…", head.trim_end()) } else { head }
}

/// Whether anything visible is in the text: blank, zero-width and other characters without a shape of their own do not
/// make a name or a message (Unicode's Default_Ignorable_Code_Point, and the blank of Braille).
#[must_use]
pub fn is_visible(text: &str) -> bool {
    let is_shapeless = |c: char| {
        matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    text.chars().any(|c| !(c.is_whitespace() || c.is_control() || is_shapeless(c)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nul_and_control_characters_go_line_breaks_stay() {
        assert_eq!(clean(" a\0b\r\nc\u{7} "), "ab\nc");
        assert_eq!(clean_line("  Ana\n  María "), "Ana María");
    }

    #[test]
    fn blank_and_zero_width_text_is_not_visible() {
        assert!(!is_visible(" \u{200b}\u{feff}\t"));
        assert!(is_visible("🦙"));
    }

    proptest! {
        #[test]
        fn cleaned_text_is_clean(text in any::<String>()) {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once.clone());
            prop_assert!(!once.contains('\0'));
        }

        #[test]
        fn shortened_text_has_at_most_the_limit_and_the_ellipsis(text in any::<String>(), limit in 0_usize..50) {
            prop_assert!(shorten(&text, limit).chars().count() <= limit + 1);
        }
    }
}
