//! Ids that Meta gives out anew each time: message ids and trace ids.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{message::Author, phone::Digits};

/// A message id of the shape of Meta's: `wamid.` and base64 of a small binary record around the customer's number.
/// Clients must treat it as opaque. Here the record is kept in place of its text, which is twice as long, and names the
/// phone that the message is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Wamid {
    pub(crate) author: Author,
    pub(crate) phone: Digits,
    unique: [u8; 10],
}

/// Between the digits and what is unique; the direction is put into it.
const MIDDLE: [u8; 6] = [0x15, 0x02, 0x00, 0x00, 0x18, 0x14];

impl Wamid {
    /// A new one.
    pub(crate) fn new(author: Author, phone: Digits) -> Self {
        Self::with(author, phone, rand::random())
    }

    pub(crate) fn with(author: Author, phone: Digits, unique: [u8; 10]) -> Self {
        Self { author, phone, unique }
    }

    /// Reads one that this simulator wrote.
    pub(crate) fn parse(id: &str) -> Option<Self> {
        let record = BASE64_STANDARD.decode(id.strip_prefix("wamid.")?).ok()?;
        let (&[0x1c, 0x18, length], rest) = record.split_first_chunk::<3>()? else { return None };
        let (digits, rest) = rest.split_at_checked(usize::from(length))?;
        let (middle, rest) = rest.split_first_chunk::<6>()?;
        let author = match middle[3] {
            0x11 => Author::Business,
            0x12 => Author::Customer,
            _ => return None,
        };
        let mut unique = [0; 10];
        hex::decode_to_slice(rest.get(..20)?, &mut unique).ok()?;
        let phone = Digits::parse(std::str::from_utf8(digits).ok()?).ok()?;
        Some(Self { author, phone, unique })
    }
}

impl fmt::Display for Wamid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.phone.as_str().as_bytes();
        let mut record = Vec::with_capacity(48);
        // `Digits` holds at most fifteen of them.
        record.extend_from_slice(&[0x1c, 0x18, u8::try_from(digits.len()).unwrap_or(u8::MAX)]);
        record.extend_from_slice(digits);
        let mut middle = MIDDLE;
        middle[3] = match self.author {
            Author::Business => 0x11,
            Author::Customer => 0x12,
        };
        record.extend_from_slice(&middle);
        record.extend_from_slice(hex::encode_upper(self.unique).as_bytes());
        record.push(0);
        write!(f, "wamid.{}", BASE64_STANDARD.encode(record))
    }
}

impl TryFrom<String> for Wamid {
    type Error = &'static str;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        Self::parse(&id).ok_or("not a message id of this simulator")
    }
}

impl From<Wamid> for String {
    fn from(id: Wamid) -> Self {
        id.to_string()
    }
}

/// What `fbtrace_id` and the trace header carry.
pub(crate) fn trace() -> String {
    format!("A{}", BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_ids_look_like_metas_differ_and_can_be_read_back() {
        let ana = Digits::parse("+5511987654321").unwrap();
        let (one, two) = (Wamid::new(Author::Business, ana), Wamid::new(Author::Customer, ana));
        assert_ne!(one.to_string(), two.to_string());
        let text = one.to_string();
        assert!(text.starts_with("wamid.HBgNNTUxMTk4NzY1NDMyMRUCABEYF"), "{text}");
        assert!((40..=86).contains(&text.len()), "{text}");
        assert_eq!((Wamid::parse(&text), Wamid::parse(&two.to_string())), (Some(one), Some(two)));
        for wrong in ["", "wamid.", "wamid.unknown", "wamid.AAAA", "wamid.HBgNNTUxMTk4"] {
            assert_eq!(Wamid::parse(wrong), None, "{wrong}");
        }
    }
}
