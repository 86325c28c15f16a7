//! Messages of emoji alone, which are shown larger.

/// The most emoji that are shown larger.
const MOST: usize = 3;

/// Whether the text is one to three emoji and nothing else.
#[must_use]
pub fn is_large(text: &str) -> bool {
    let mut count = 0;
    let mut joined = false;
    let mut half_flag = false;
    for c in text.chars() {
        match c {
            // Joins the next to the one before.
            '\u{200d}' if count > 0 => joined = true,
            // Skin tones, shapes and tags belong to the one before.
            '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}' if count > 0 => {}
            '\u{1f1e6}'..='\u{1f1ff}' => {
                if !half_flag {
                    count += 1;
                }
                half_flag = !half_flag;
                joined = false;
                continue;
            }
            _ if is_emoji(c) => {
                if !joined {
                    count += 1;
                }
                joined = false;
            }
            _ => return false,
        }
        half_flag = false;
        if count > MOST {
            return false;
        }
    }
    (1..=MOST).contains(&count)
}

/// Pictures by default or by habit (Unicode's Extended_Pictographic, without letters and digits).
const fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{203c}' | '\u{2049}' | '\u{2194}'..='\u{21aa}' | '\u{231a}'..='\u{231b}' | '\u{2328}' | '\u{23cf}'
        | '\u{23e9}'..='\u{23f3}' | '\u{23f8}'..='\u{23fa}' | '\u{25aa}'..='\u{25fe}' | '\u{2600}'..='\u{27bf}'
        | '\u{2934}'..='\u{2935}' | '\u{2b05}'..='\u{2b55}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{1f004}'..='\u{1f0cf}' | '\u{1f170}'..='\u{1f19a}' | '\u{1f201}'..='\u{1f251}' | '\u{1f300}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_to_three_emoji_are_large_and_words_are_not() {
        for text in ["🦙", "👍🏽", "👩‍👩‍👧‍👦", "🇧🇷🇪🇸", "❤️", "😀😀😀"] {
            assert!(is_large(text), "{text}");
        }
        for text in ["", "a", "🦙 ok", "😀😀😀😀", "1", "\u{200d}", "\u{fe0f}", "…"] {
            assert!(!is_large(text), "{text}");
        }
    }
}
