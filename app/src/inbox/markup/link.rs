//! What can be opened: web addresses, e-mail addresses and phone numbers.
//!
//! Only `https://` and `http://` are web addresses, so that no other scheme (`javascript:`, `data:`) can be made
//! clickable. A host that is not plain ASCII may be written to look like another one (а is not a), and what stands before an
//! `@` is no host at all; both are told in plain letters beside the address.

use super::punycode;

/// Longest e-mail address and longest run of digits and signs that are looked at.
const MAIL_MAX: usize = 254;
const PHONE_MAX: usize = 24;
/// Digits of a number with its country (E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// Something that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'a> {
    /// As written.
    pub shown: &'a str,
    /// What opens it.
    pub to: To,
    /// Where it really leads, when the written host could be taken for another.
    pub host: Option<String>,
}

/// What a link opens with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// The browser.
    Web,
    /// The mail program.
    Mail,
    /// The phone.
    Phone,
}

impl Link<'_> {
    /// The address to open.
    #[must_use]
    pub fn address(&self) -> String {
        match self.to {
            To::Web => self.shown.to_owned(),
            To::Mail => format!("mailto:{}", self.shown),
            To::Phone => {
                let digits: String = self.shown.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
                format!("tel:{digits}")
            }
        }
    }
}

/// Finds links from left to right; each character is looked at a bounded number of times.
#[derive(Debug)]
pub struct Finder<'a> {
    text: &'a str,
    /// The beginning and end of the next e-mail address, looked for as far as its `@`.
    mail: Option<(usize, usize)>,
    /// The next `@` that was not looked at.
    next_at: Option<usize>,
    /// Nothing before it can belong to an e-mail address.
    taken: usize,
}

impl<'a> Finder<'a> {
    /// For a whole text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self { text, mail: None, next_at: text.find('@'), taken: 0 }
    }

    /// The link that begins at a byte, and where it ends. Places have to be asked for in order.
    pub fn at(&mut self, place: usize) -> Option<(Link<'a>, usize)> {
        let text = self.text;
        let byte = text.as_bytes()[place];
        let found = match byte {
            b'h' | b'H' => web(text, place),
            b'+' => phone(text, place),
            _ => None,
        };
        let found = found.or_else(|| {
            let end = self.mail_at(place)?;
            Some((Link { shown: &text[place..end], to: To::Mail, host: None }, end))
        });
        if let Some((_, end)) = &found {
            self.taken = *end;
        }
        found
    }

    fn mail_at(&mut self, place: usize) -> Option<usize> {
        while self.mail.is_none_or(|(start, _)| start < place) {
            self.mail = None;
            let at = self.next_at?;
            if at > place + MAIL_MAX {
                return None;
            }
            self.next_at = self.text[at + 1..].find('@').map(|next| at + 1 + next);
            self.mail = mail_around(self.text, self.taken.max(place), at);
        }
        self.mail.filter(|(start, _)| *start == place).map(|(_, end)| end)
    }
}

/// The e-mail address around an `@`, not reaching before `from`.
fn mail_around(text: &str, from: usize, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    if at < from {
        return None;
    }
    let is_local = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'%');
    let is_domain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let local = bytes[from..at].iter().rev().take(64).take_while(|b| is_local(**b)).count();
    let domain = bytes[at + 1..].iter().take(MAIL_MAX).take_while(|b| is_domain(**b)).count();
    let domain = text[at + 1..at + 1 + domain].trim_end_matches(['.', '-']);
    // Markers around an address are not of it.
    let local = text[at - local..at].trim_start_matches(['.', '_', '-', '+', '%']);
    let (name, top) = domain.rsplit_once('.')?;
    let whole = !local.is_empty() && !name.is_empty() && !name.contains("..") && !local.contains("..");
    let start = at - local.len();
    let apart = text[..start].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    let known = (2..=24).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_alphabetic());
    (whole && apart && known).then_some((start, at + 1 + domain.len()))
}

/// The web address that begins here.
fn web(text: &str, start: usize) -> Option<(Link<'_>, usize)> {
    let rest = &text[start..];
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| rest.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)))?;
    let apart = text[..start].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    if !apart {
        return None;
    }
    let ends =
        rest.find(|c: char| c.is_whitespace() || c.is_control() || is_hidden(c) || matches!(c, '<' | '>' | '"' | '`'));
    let address = trimmed(&rest[..ends.unwrap_or(rest.len())]);
    let after = address.get(scheme.len()..).filter(|after| !after.is_empty())?;
    let authority = &after[..after.find(['/', '?', '#', '\\']).unwrap_or(after.len())];
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let odd = authority.contains('@') || !host.is_ascii() || host.to_ascii_lowercase().contains("xn--");
    let host = odd.then(|| punycode::host(host));
    Some((Link { shown: address, to: To::Web, host }, start + address.len()))
}

/// Characters that turn or hide what follows them: no part of an address.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Without the punctuation of the sentence around it. A closing bracket stays when the address opened it.
fn trimmed(address: &str) -> &str {
    let count = |sign: char| address.matches(sign).count();
    // How many closing brackets nobody opened; counted once, so that a thousand of them take no longer than their length.
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    let mut end = address.len();
    for last in address.chars().rev() {
        let goes = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '»' | '…' => true,
            ')' => take_one(&mut round),
            ']' => take_one(&mut square),
            _ => false,
        };
        if !goes {
            break;
        }
        end -= last.len_utf8();
    }
    &address[..end]
}

const fn take_one(left: &mut usize) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

/// The phone number with its country that begins here.
fn phone(text: &str, start: usize) -> Option<(Link<'_>, usize)> {
    let apart = text[..start].chars().next_back().is_none_or(|before| !before.is_alphanumeric() && before != '+');
    let bytes = &text.as_bytes()[start + 1..];
    let is_part = |b: &u8| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'(' | b')' | b'.');
    let length = bytes.iter().take(PHONE_MAX).take_while(|b| is_part(b)).count();
    let shown = text[start..=start + length].trim_end_matches([' ', '-', '(', ')', '.']);
    let digits = shown.bytes().filter(u8::is_ascii_digit).count();
    let end = start + shown.len();
    let whole = text[end..].chars().next().is_none_or(|after| !after.is_alphanumeric());
    let begins = shown.as_bytes().get(1).is_some_and(|first| (b'1'..=b'9').contains(first));
    (apart && whole && begins && DIGITS.contains(&digits)).then_some((Link { shown, to: To::Phone, host: None }, end))
}

#[cfg(test)]
mod tests {
    use super::super::inline::{Inline, lines};

    fn links(text: &str) -> Vec<(String, Option<String>)> {
        let mut found = Vec::new();
        let mut pieces = lines(text);
        while !pieces.is_empty() {
            match pieces.remove(0) {
                Inline::Link(link) => found.push((link.address(), link.host)),
                Inline::Marked(_, inside) => _ = pieces.splice(0..0, inside),
                Inline::Text(_) | Inline::Code(_) => {}
            }
        }
        found
    }

    fn addresses(text: &str) -> Vec<String> {
        links(text).into_iter().map(|(address, _)| address).collect()
    }

    #[test]
    fn addresses_are_links_without_the_punctuation_around_them() {
        assert_eq!(
            addresses("See https://example.com/a?b=1, or (http://example.org/x_(y))."),
            ["https://example.com/a?b=1", "http://example.org/x_(y)"]
        );
    }

    #[test]
    fn other_schemes_and_bare_words_are_plain() {
        for text in
            ["javascript:alert(1)", "data:text/html,x", "xhttps://a.b", "http", "https://", "a@b", "@b.com", "1@2.3"]
        {
            assert_eq!(addresses(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_host_that_could_be_taken_for_another_is_told_plainly() {
        assert_eq!(links("https://аррӏе.com/x")[0].1.as_deref(), Some("xn--80ak6aa92e.com"));
        assert_eq!(links("https://google.com@evil.example/a")[0].1.as_deref(), Some("evil.example"));
        assert_eq!(links("https://ñandú.cl")[0].1.as_deref(), Some("xn--and-6ma2c.cl"));
        assert_eq!(links("https://example.com")[0].1, None);
    }

    #[test]
    fn mail_addresses_and_phone_numbers_open_their_programs() {
        assert_eq!(
            addresses("write to _ana.souza+shop@mail.example.com_."),
            ["mailto:ana.souza+shop@mail.example.com"]
        );
        assert_eq!(addresses("call +55 (11) 90000-0002 or +4930123456."), ["tel:+5511900000002", "tel:+4930123456"]);
        for text in ["+1", "1+1=2", "+00000000", "+1234567890123456"] {
            assert_eq!(addresses(text), Vec::<String>::new(), "{text}");
        }
    }
}
