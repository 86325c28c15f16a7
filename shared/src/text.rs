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

/// JSON with one value to a line, indented by two blanks. Nothing but its blanks changes: not the order of its keys, not
/// how its numbers are written, not keys that stand twice.
#[must_use]
pub fn indent(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let (mut quoted, mut escaped) = (false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    // The bracket that was just opened: an empty one is closed on the same line.
    let mut opened = false;
    for c in json.chars() {
        if quoted {
            quoted = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            out.push(c);
            continue;
        }
        if c.is_ascii_whitespace() {
            continue;
        }
        let closes = matches!(c, '}' | ']');
        if closes {
            depth = depth.saturating_sub(1);
        }
        if opened != closes {
            line(&mut out, depth);
        }
        opened = matches!(c, '{' | '[');
        out.push(c);
        match c {
            '{' | '[' => depth += 1,
            ',' => line(&mut out, depth),
            ':' => out.push(' '),
            '"' => quoted = true,
            _ => {}
        }
    }
    out
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

    #[test]
    fn json_is_indented_and_otherwise_left_alone() {
        let json = r#"{"b":[1,{"a":"x, {\"y\": 1}"}], "b":1.50,"empty":{},"none":[ ]}"#;
        let lines = [
            "{",
            "  \"b\": [",
            "    1,",
            "    {",
            r#"      "a": "x, {\"y\": 1}""#,
            "    }",
            "  ],",
            "  \"b\": 1.50,",
            "  \"empty\": {},",
            "  \"none\": []",
            "}",
        ];
        assert_eq!(indent(json), lines.join("\n"));
        assert_eq!(indent("\"a b\""), "\"a b\"");
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
