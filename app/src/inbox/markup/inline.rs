//! What stands within a line: marked words, code and links.
//!
//! A marker opens where no letter or digit stands before it and no blank after it, and closes where no blank stands before
//! it and no letter or digit after it, on the same line. Markers nest but do not cross: the one that closes first wins.

use super::link::{self, Link};

/// How words are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `*bold*`
    Bold,
    /// `_italic_`
    Italic,
    /// `~struck~`
    Struck,
}

impl Mark {
    const ALL: [Self; 3] = [Self::Bold, Self::Italic, Self::Struck];

    const fn of(byte: u8) -> Option<Self> {
        match byte {
            b'*' => Some(Self::Bold),
            b'_' => Some(Self::Italic),
            b'~' => Some(Self::Struck),
            _ => None,
        }
    }

    const fn index(self) -> usize {
        match self {
            Self::Bold => 0,
            Self::Italic => 1,
            Self::Struck => 2,
        }
    }
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline<'a> {
    /// Words as they are.
    Text(&'a str),
    /// Code, as written.
    Code(&'a str),
    /// Something that can be opened.
    Link(Link<'a>),
    /// Marked pieces.
    Marked(Mark, Vec<Inline<'a>>),
}

/// Reads lines. No mark goes over a line break, but plain words do, so that lines without marks are one text.
#[must_use]
pub fn lines(text: &str) -> Vec<Inline<'_>> {
    let marks = pair(text, tokens(text));
    let mut reader = Reader { text, marks: marks.into_iter().peekable(), from: 0 };
    reader.read(text.len())
}

/// What has a meaning of its own, by its place.
#[derive(Debug, Clone)]
enum Token<'a> {
    Marker(Mark),
    Break,
    Code(&'a str, usize),
    Link(Link<'a>, usize),
}

/// Finds everything that may have a meaning. Markers in code and in links are none.
fn tokens(text: &str) -> Vec<(usize, Token<'_>)> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut place = 0;
    // Where the line ends in which no backtick follows any more.
    let mut no_code_before = 0;
    let mut links = link::Finder::new(text);
    while place < bytes.len() {
        if let Some((link, end)) = links.at(place) {
            tokens.push((place, Token::Link(link, end)));
            place = end;
            continue;
        }
        match bytes[place] {
            b'\n' => tokens.push((place, Token::Break)),
            b'`' if place >= no_code_before => match code(text, place) {
                Ok((inside, end)) => {
                    tokens.push((place, Token::Code(inside, end)));
                    place = end;
                    continue;
                }
                Err(none_before) => no_code_before = none_before,
            },
            byte => {
                if let Some(mark) = Mark::of(byte) {
                    tokens.push((place, Token::Marker(mark)));
                }
            }
        }
        place += 1;
    }
    tokens
}

/// The code that begins here and where it ends; else up to where no code can begin.
fn code(text: &str, place: usize) -> Result<(&str, usize), usize> {
    let inside = place + 1;
    let ends = text[inside..].find(['`', '\n']).map(|length| inside + length);
    match ends {
        Some(end) if text.as_bytes()[end] == b'`' => {
            let code = &text[inside..end];
            if code.trim().is_empty() || !is_apart_before(text, place) || !is_apart_after(text, end + 1) {
                Err(place + 1)
            } else {
                Ok((code, end + 1))
            }
        }
        other => Err(other.unwrap_or(text.len())),
    }
}

/// Whether no letter or digit stands before a place.
fn is_apart_before(text: &str, place: usize) -> bool {
    text[..place].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
}

/// Whether no letter or digit stands at a place.
fn is_apart_after(text: &str, place: usize) -> bool {
    text[place..].chars().next().is_none_or(|after| !after.is_alphanumeric())
}

/// What a place means once the markers are paired.
#[derive(Debug, Clone)]
enum Meaning<'a> {
    Opens(Mark, usize),
    Code(&'a str, usize),
    Link(Link<'a>, usize),
}

/// Pairs the markers; those without a partner are words and left out.
fn pair<'a>(text: &'a str, tokens: Vec<(usize, Token<'a>)>) -> Vec<(usize, Meaning<'a>)> {
    let mut meanings = Vec::with_capacity(tokens.len());
    // The open markers, outermost first, and how deep each mark is open.
    let mut open: Vec<(Mark, usize, usize)> = Vec::new();
    let mut depths = [None::<usize>; Mark::ALL.len()];
    for (place, token) in tokens {
        match token {
            Token::Break => {
                open.clear();
                depths = [None; Mark::ALL.len()];
            }
            Token::Code(code, end) => meanings.push((place, Meaning::Code(code, end))),
            Token::Link(link, end) => meanings.push((place, Meaning::Link(link, end))),
            Token::Marker(mark) => {
                if let Some(depth) = depths[mark.index()]
                    && may_close(text, place)
                    && let Some((_, opened, meaning)) = open.get(depth).copied()
                    && place > opened + 1
                {
                    meanings[meaning] = (opened, Meaning::Opens(mark, place));
                    for (inner, ..) in open.drain(depth..) {
                        depths[inner.index()] = None;
                    }
                } else if depths[mark.index()].is_none() && may_open(text, place) {
                    depths[mark.index()] = Some(open.len());
                    open.push((mark, place, meanings.len()));
                    // Stands for nothing until it is closed.
                    meanings.push((place, Meaning::Opens(mark, place)));
                }
            }
        }
    }
    meanings.retain(|(place, meaning)| !matches!(meaning, Meaning::Opens(_, close) if close == place));
    meanings
}

fn may_open(text: &str, place: usize) -> bool {
    is_apart_before(text, place) && text[place + 1..].chars().next().is_some_and(|after| !after.is_whitespace())
}

fn may_close(text: &str, place: usize) -> bool {
    is_apart_after(text, place + 1) && text[..place].chars().next_back().is_some_and(|before| !before.is_whitespace())
}

struct Reader<'a> {
    text: &'a str,
    marks: std::iter::Peekable<std::vec::IntoIter<(usize, Meaning<'a>)>>,
    from: usize,
}

impl<'a> Reader<'a> {
    /// Reads up to a place. Goes as deep as there are marks: none is open twice.
    fn read(&mut self, to: usize) -> Vec<Inline<'a>> {
        let mut pieces = Vec::new();
        while let Some((place, meaning)) = self.marks.next_if(|(place, _)| *place < to) {
            self.text_up_to(place, &mut pieces);
            match meaning {
                Meaning::Code(code, end) => {
                    pieces.push(Inline::Code(code));
                    self.from = end;
                }
                Meaning::Link(link, end) => {
                    pieces.push(Inline::Link(link));
                    self.from = end;
                }
                Meaning::Opens(mark, close) => {
                    self.from = place + 1;
                    let inside = self.read(close);
                    pieces.push(Inline::Marked(mark, inside));
                    self.from = close + 1;
                }
            }
        }
        self.text_up_to(to, &mut pieces);
        pieces
    }

    fn text_up_to(&mut self, to: usize, pieces: &mut Vec<Inline<'a>>) {
        if self.from < to {
            pieces.push(Inline::Text(&self.text[self.from..to]));
            self.from = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bold(inside: Vec<Inline<'_>>) -> Inline<'_> {
        Inline::Marked(Mark::Bold, inside)
    }

    fn italic(inside: Vec<Inline<'_>>) -> Inline<'_> {
        Inline::Marked(Mark::Italic, inside)
    }

    #[test]
    fn markers_around_words_mark_them() {
        assert_eq!(lines("*now*"), [bold(vec![Inline::Text("now")])]);
        assert_eq!(
            lines("a *b c*, (_d_) ~e~!"),
            [
                Inline::Text("a "),
                bold(vec![Inline::Text("b c")]),
                Inline::Text(", ("),
                italic(vec![Inline::Text("d")]),
                Inline::Text(") "),
                Inline::Marked(Mark::Struck, vec![Inline::Text("e")]),
                Inline::Text("!"),
            ]
        );
        assert_eq!(lines("*_both_*"), [bold(vec![italic(vec![Inline::Text("both")])])]);
        assert_eq!(lines("run `a *b*` now"), [Inline::Text("run "), Inline::Code("a *b*"), Inline::Text(" now")]);
    }

    #[test]
    fn markers_within_words_or_beside_blanks_are_words() {
        for text in
            ["2*3*4", "snake_case_name", "* a *", "a * b * c", "**", "_ _", "``", "` `", "*open", "close*", "a~b~"]
        {
            assert_eq!(lines(text), [Inline::Text(text)], "{text}");
        }
    }

    #[test]
    fn marks_do_not_cross_and_do_not_go_over_lines() {
        assert_eq!(lines("*a _b* c_"), [bold(vec![Inline::Text("a _b")]), Inline::Text(" c_")]);
        assert_eq!(lines("*a\nb* c"), [Inline::Text("*a\nb* c")]);
        assert_eq!(lines("*a\n*b*"), [Inline::Text("*a\n"), bold(vec![Inline::Text("b")])]);
    }

    #[test]
    fn markers_in_addresses_are_the_address_s() {
        let pieces = lines("*see https://a.b/x_y_z*");
        let Some(Inline::Marked(Mark::Bold, inside)) = pieces.first() else { panic!("{pieces:?}") };
        assert!(matches!(inside.last(), Some(Inline::Link(link)) if link.shown == "https://a.b/x_y_z"), "{inside:?}");
    }
}
