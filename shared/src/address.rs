//! Addresses of pages that both sides make.

use std::fmt::Write as _;

/// The log-in page after a log-out: there the browser forgets what it has kept.
pub const LOGGED_OUT: &str = "/login?out=1";

/// The log-in page that leads on to `next` (a path with its query).
#[must_use]
pub fn log_in(next: &str) -> String {
    let mut address = "/login?next=".to_owned();
    for byte in next.bytes() {
        match byte {
            // RFC 3986 §2.3, and the slash, which a query may hold.
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                address.push(char::from(byte));
            }
            // Writing to a string does not fail.
            _ => _ = write!(address, "%{byte:02X}"),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_survives_in_a_query() {
        assert_eq!(log_in("/w/1/inbox?filter=unread&x=ñ"), "/login?next=/w/1/inbox%3Ffilter%3Dunread%26x%3D%C3%B1");
    }
}
