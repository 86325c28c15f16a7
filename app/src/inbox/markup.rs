//! Words of a message, cut into plain text and web addresses.
//!
//! Everything becomes text nodes and anchors; nothing from outside is ever read as HTML. Only `https://` and `http://`
//! are links, so that no other scheme (`javascript:`, `data:`) can be made clickable.

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// To be shown as it is.
    Plain(&'a str),
    /// A web address, shown as written and opened as written.
    Link(&'a str),
}

/// Cuts a text at its web addresses. The pieces put together are the text.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((start, end)) = next_link(rest) {
        if start > 0 {
            pieces.push(Piece::Plain(&rest[..start]));
        }
        pieces.push(Piece::Link(&rest[start..end]));
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Plain(rest));
    }
    pieces
}

/// The byte range of the first web address.
fn next_link(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find("http")?;
        let scheme = ["https://", "http://"].into_iter().find(|scheme| text[start..].starts_with(scheme));
        let apart = text[..start].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        if let Some(scheme) = scheme.filter(|_| apart) {
            let address = &text[start..];
            let ends = address.find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'));
            let address = trimmed(&address[..ends.unwrap_or(address.len())]);
            if address.len() > scheme.len() {
                return Some((start, start + address.len()));
            }
        }
        from = start + "http".len();
    }
}

/// Without the punctuation of the sentence around it. A closing bracket stays when the address opened it.
fn trimmed(address: &str) -> &str {
    let mut address = address;
    while let Some(last) = address.chars().next_back() {
        let goes = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '»' | '…' => true,
            ')' => address.matches(')').count() > address.matches('(').count(),
            ']' => address.matches(']').count() > address.matches('[').count(),
            _ => false,
        };
        if !goes {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_links_without_the_punctuation_around_them() {
        assert_eq!(
            pieces("See https://example.com/a?b=1, or (http://example.org/x_(y))."),
            [
                Piece::Plain("See "),
                Piece::Link("https://example.com/a?b=1"),
                Piece::Plain(", or ("),
                Piece::Link("http://example.org/x_(y)"),
                Piece::Plain(")."),
            ]
        );
    }

    #[test]
    fn other_schemes_and_bare_words_are_plain() {
        for text in ["javascript:alert(1)", "data:text/html,x", "xhttps://a.b", "http", "https://", "<b>bold</b>"] {
            assert_eq!(pieces(text), [Piece::Plain(text)]);
        }
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn the_pieces_put_together_are_the_text() {
        for text in
            ["¡https://ñ.example/é!…", "a https:// b https://c.d e", "🦙http://x🦙", "httphttphttp://a.b\nhttps://c"]
        {
            let joined: String = pieces(text)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Plain(text) | Piece::Link(text) => text,
                })
                .collect();
            assert_eq!(joined, text);
        }
    }
}
