//! Texts that break readers (quality-gates C3.2): whatever a customer or member writes is cleaned, shortened, judged and
//! kept without harm.

use std::time::{Duration, Instant};

use charla_shared::{
    message::{Content, TEXT_MAX, body_rule},
    text::{clean, clean_line, is_visible, shorten},
};
use proptest::prelude::*;

/// Pieces that hard texts are made of.
const PIECES: &[&str] = &[
    "\u{202e}gpj.exe",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{301}\u{489}",
    "👩‍👩‍👧‍👦",
    "🇧🇷",
    "𠜎",
    "Аna",
    "Ａna",
    "\r\n",
    "\r",
    "\n\n",
    "\t",
    " ",
    "\u{3000}",
    "\u{2028}",
    "\u{85}",
    "\0",
    "\u{7}",
    "\u{7f}",
    "*bold* `code` [a](javascript:alert(1))",
    "<script>alert(1)</script>",
    "'; DROP TABLE messages; --",
    "{{1}}",
    "${jndi:ldap://x}",
    "%s%n%00",
    "\\u0000",
    "مرحبا\u{200f}",
    "\u{fffd}",
    "\u{10ffff}",
];

fn hard_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_cleaned_text_can_be_stored_and_is_clean_for_good(text in hard_text()) {
        let cleaned = clean(&text);
        prop_assert!(!cleaned.chars().any(|c| c.is_control() && c != '\n' && c != '\t'), "{cleaned:?}");
        prop_assert_eq!(clean(&cleaned), cleaned.clone());
        prop_assert!(cleaned.len() <= text.len());
        let line = clean_line(&text);
        prop_assert!(!line.contains(['\n', '\r', '\t']), "{line:?}");
        prop_assert_eq!(clean_line(&line), line);
    }

    #[test]
    fn what_is_shortened_is_the_start_of_the_text(text in hard_text(), limit in 0_usize..60) {
        let short = shorten(&text, limit);
        let start = short.strip_suffix('…').unwrap_or(&short);
        prop_assert!(text.starts_with(start));
        prop_assert!(start.chars().count() <= limit);
    }

    #[test]
    fn a_text_that_may_be_sent_can_be_seen_and_fits(text in hard_text()) {
        if body_rule(&text, &()).is_ok() {
            prop_assert!(is_visible(&clean(&text)) && clean(&text).chars().count() <= TEXT_MAX);
        } else {
            prop_assert!(!is_visible(&clean(&text)));
        }
    }

    #[test]
    fn a_message_is_the_same_after_it_was_stored(text in hard_text()) {
        let contents = [
            Content::Text { body: text.clone() },
            Content::Document { filename: Some(text.clone()), caption: Some(text.clone()) },
            Content::Choice { title: text.clone(), id: Some(text.clone()) },
            Content::Contacts { names: vec![text.clone(); 3] },
        ];
        for content in contents {
            let stored = serde_json::to_string(&content).unwrap();
            prop_assert_eq!(serde_json::from_str::<Content>(&stored).unwrap(), content);
        }
    }
}

#[test]
fn markup_and_code_are_words_like_any_others() {
    for text in ["<b>x</b>", "'; --", "{{1}} ${x} %s", "*a* _b_", "\\u0000", "a\u{202e}b"] {
        assert_eq!(clean(text), text);
        assert!(body_rule(text, &()).is_ok(), "{text}");
    }
}

#[test]
fn what_cannot_be_seen_is_no_message_and_no_name() {
    for text in [
        "",
        " ",
        "\u{3000}\u{a0}",
        "\u{200b}\u{200d}\u{feff}",
        "\0\u{7}",
        "\r\n\t",
        "\u{202e}\u{2066}",
        "\u{3164}\u{115f}",
        "\u{ad}\u{34f}",
        "\u{fe0f}",
        "\u{e0041}",
    ] {
        assert!(!is_visible(text), "{}", text.escape_unicode());
        assert!(body_rule(text, &()).is_err(), "{}", text.escape_unicode());
    }
    for text in ["❤\u{fe0f}", "\u{202e}x", ".", "🏴\u{e0067}\u{e007f}"] {
        assert!(is_visible(text), "{}", text.escape_unicode());
    }
}

#[test]
fn long_texts_are_judged_at_once() {
    let began = Instant::now();
    for piece in PIECES {
        let text = piece.repeat(1_000_000 / piece.len());
        let cleaned = clean(&text);
        assert!(clean_line(&text).len() <= cleaned.len());
        assert!(shorten(&text, 80).chars().count() <= 81);
        if cleaned.chars().count() > TEXT_MAX {
            assert!(body_rule(&text, &()).is_err());
        }
    }
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}
