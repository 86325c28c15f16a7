//! Words of a message as WhatsApp reads them: bold, italics, strike-through, code, lists, quotations and links.
//!
//! Everything becomes text nodes and elements of ours; nothing from outside is ever read as HTML. Reading takes time in
//! proportion to the length, whatever the text is made of, and no character but a marker that has an effect is lost.

mod emoji;
mod inline;
mod link;
mod punycode;

pub use emoji::is_large as is_large_emoji;
pub use inline::{Inline, Mark};
pub use link::Link;

/// What fences a block of code.
const FENCE: &str = "```";

/// A part of a text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block<'a> {
    /// Lines of words, with their line breaks.
    Words(Vec<Inline<'a>>),
    /// Lines that begin with `> `.
    Quotation(Vec<Vec<Inline<'a>>>),
    /// Lines that begin with `* ` or `- `.
    Bullets(Vec<Vec<Inline<'a>>>),
    /// Lines that begin with a number and a dot.
    Numbers {
        /// The first line's number.
        first: u32,
        /// The lines.
        items: Vec<Vec<Inline<'a>>>,
    },
    /// Code between fences, as written.
    Code(&'a str),
}

/// Reads a text.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some((before, code, after)) = fenced(rest) {
        read_lines(before, &mut blocks);
        blocks.push(Block::Code(code));
        // The line break around a block is the block's own.
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    read_lines(rest, &mut blocks);
    blocks
}

/// The first fenced block, with what stands before and after it. A block of blanks is none.
fn fenced(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find(FENCE)?;
        let inside = start + FENCE.len();
        let end = inside + text[inside..].find(FENCE)?;
        let code = &text[inside..end];
        if !code.trim().is_empty() {
            let before = text[..start].strip_suffix('\n').unwrap_or(&text[..start]);
            return Some((before, code.trim_matches('\n'), &text[end + FENCE.len()..]));
        }
        from = end;
    }
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    Quotation,
    Bullet,
    Number(u32),
}

/// A line's kind, and the line without what says so.
fn kind(line: &str) -> (Kind, &str) {
    if let Some(rest) = line.strip_prefix("> ") {
        return (Kind::Quotation, rest);
    }
    if let Some(rest) = line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")) {
        return (Kind::Bullet, rest);
    }
    let digits = line.bytes().take(4).take_while(u8::is_ascii_digit).count();
    match (line[..digits].parse(), line[digits..].strip_prefix(". ")) {
        (Ok(number), Some(rest)) if digits <= 3 => (Kind::Number(number), rest),
        _ => (Kind::Words, line),
    }
}

/// Reads lines outside of code. Lines of one kind that follow each other are one block; numbers have to count up.
fn read_lines<'a>(text: &'a str, blocks: &mut Vec<Block<'a>>) {
    if text.is_empty() {
        return;
    }
    // Lists and quotations end where they do; words keep their line breaks and are one block.
    let mut words: Option<(usize, usize)> = None;
    let mut place = 0;
    let first_of_these = blocks.len();
    for line in text.split('\n') {
        let (start, end) = (place, place + line.len());
        place = end + 1;
        let (kind, rest) = kind(line);
        if kind == Kind::Words || rest.trim().is_empty() {
            words = Some(words.map_or((start, end), |(from, _)| (from, end)));
            continue;
        }
        if let Some((from, to)) = words.take() {
            push_words(&text[from..to], blocks);
        }
        let item = inline::lines(rest);
        let joined = if blocks.len() > first_of_these { blocks.last_mut() } else { None };
        match (kind, joined) {
            (Kind::Quotation, Some(Block::Quotation(items))) | (Kind::Bullet, Some(Block::Bullets(items))) => {
                items.push(item);
            }
            (Kind::Number(number), Some(Block::Numbers { first, items }))
                if u32::try_from(items.len()).is_ok_and(|count| *first + count == number) =>
            {
                items.push(item);
            }
            (Kind::Quotation, _) => blocks.push(Block::Quotation(vec![item])),
            (Kind::Number(first), _) => blocks.push(Block::Numbers { first, items: vec![item] }),
            (Kind::Bullet | Kind::Words, _) => blocks.push(Block::Bullets(vec![item])),
        }
    }
    if let Some((from, to)) = words {
        push_words(&text[from..to], blocks);
    }
}

/// Empty lines between lists are no words.
fn push_words<'a>(text: &'a str, blocks: &mut Vec<Block<'a>>) {
    if !text.trim().is_empty() {
        blocks.push(Block::Words(inline::lines(text)));
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    fn shown(inlines: &[Inline<'_>]) -> String {
        inlines
            .iter()
            .map(|inline| match inline {
                Inline::Text(text) | Inline::Code(text) => (*text).to_owned(),
                Inline::Link(link) => link.shown.to_owned(),
                Inline::Marked(_, inside) => shown(inside),
            })
            .collect()
    }

    /// Every character that is shown, without blanks: line breaks are layout.
    fn text_of(blocks: &[Block<'_>]) -> String {
        let all: String = blocks
            .iter()
            .map(|block| match block {
                Block::Words(words) => shown(words),
                Block::Quotation(items) | Block::Bullets(items) | Block::Numbers { items, .. } => {
                    items.iter().map(|item| shown(item)).collect()
                }
                Block::Code(code) => (*code).to_owned(),
            })
            .collect();
        all.split_whitespace().collect()
    }

    fn is_marker(c: char) -> bool {
        matches!(c, '*' | '_' | '~' | '`' | '>' | '-' | '.') || c.is_ascii_digit() || c.is_whitespace()
    }

    #[test]
    fn lines_become_lists_quotations_and_words() {
        let blocks = blocks("Hola:\n* one\n* two\n1. first\n2. second\n4. else\n> said\n> before\nbye\nnow");
        assert_eq!(
            blocks,
            [
                Block::Words(vec![Inline::Text("Hola:")]),
                Block::Bullets(vec![vec![Inline::Text("one")], vec![Inline::Text("two")]]),
                Block::Numbers { first: 1, items: vec![vec![Inline::Text("first")], vec![Inline::Text("second")]] },
                Block::Numbers { first: 4, items: vec![vec![Inline::Text("else")]] },
                Block::Quotation(vec![vec![Inline::Text("said")], vec![Inline::Text("before")]]),
                Block::Words(vec![Inline::Text("bye\nnow")]),
            ]
        );
    }

    #[test]
    fn code_is_left_as_it_is_also_over_lines() {
        assert_eq!(
            blocks("see\n```\nlet *a* = _b_;\n> x\n```\nthere"),
            [
                Block::Words(vec![Inline::Text("see")]),
                Block::Code("let *a* = _b_;\n> x"),
                Block::Words(vec![Inline::Text("there")]),
            ]
        );
        assert_eq!(blocks("``````"), [Block::Words(vec![Inline::Text("``````")])]);
        assert_eq!(blocks("```open"), [Block::Words(vec![Inline::Text("```open")])]);
    }

    #[test]
    fn a_sign_alone_is_a_word() {
        for text in ["* ", "> ", "1. ", "-", "2026. ", "-5 degrees", "1.5 litres"] {
            assert_eq!(blocks(text), [Block::Words(vec![Inline::Text(text)])], "{text}");
        }
        assert_eq!(blocks(""), []);
    }

    #[test]
    fn markers_by_the_thousand_take_no_more_than_their_time() {
        let patterns = [
            "*",
            "_",
            "~",
            "`",
            "```",
            "*_~",
            "*a ",
            "a* ",
            "_*a*_ ",
            "`a",
            "> ",
            "* ",
            "1. a\n",
            "https://",
            "https://a)",
            "http://(",
            "a@",
            "a@a.",
            "+1 ",
            "+",
            "*a _b* c_ ",
            "https://ñ",
            "😀",
            "\u{301}",
            "(",
            "x\n",
        ];
        for pattern in patterns {
            let text = pattern.repeat(65_536 / pattern.chars().count());
            let before = Instant::now();
            let read = blocks(&text);
            let took = before.elapsed();
            drop(read);
            assert!(took < Duration::from_millis(500), "{pattern:?}: {took:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_markers_is_lost_and_nothing_is_added(text in "[a-c*_~`> \\-1-3.\n@+:/😀é]{0,60}|\\PC{0,60}") {
            let left = text_of(&blocks(&text));
            // What is shown is the text with some markers left out, in order.
            let mut shown = left.chars().peekable();
            for c in text.chars() {
                if shown.peek() == Some(&c) {
                    shown.next();
                } else {
                    prop_assert!(is_marker(c), "{c:?} of {text:?} is not in {left:?}");
                }
            }
            prop_assert_eq!(shown.next(), None, "{:?}", left);
        }
    }
}
