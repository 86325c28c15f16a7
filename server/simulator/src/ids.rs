//! Ids that Meta gives out anew each time: message ids and trace ids.

use base64::{Engine as _, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{message::Author, phone::Digits};

/// A message id of the shape of Meta's: `wamid.` and base64 of a small binary record around the customer's number.
/// Clients must treat it as opaque; the shape only helps people who compare logs.
pub(crate) fn wamid(author: Author, customer: &Digits) -> String {
    let digits = customer.as_str().as_bytes();
    let unique = hex::encode_upper(rand::random::<[u8; 10]>());
    // `Digits` holds at most fifteen of them.
    let length = u8::try_from(digits.len()).unwrap_or(u8::MAX);
    let direction = match author {
        Author::Business => 0x11,
        Author::Customer => 0x12,
    };
    let mut record = vec![0x1c, 0x18, length];
    record.extend_from_slice(digits);
    record.extend_from_slice(&[0x15, 0x02, 0x00, direction, 0x18, 0x14]);
    record.extend_from_slice(unique.as_bytes());
    record.push(0);
    format!("wamid.{}", BASE64_STANDARD.encode(record))
}

/// What `fbtrace_id` and the trace header carry.
pub(crate) fn trace() -> String {
    format!("A{}", BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_ids_look_like_metas_and_differ() {
        let ana = Digits::parse("+5511987654321").unwrap();
        let (one, two) = (wamid(Author::Business, &ana), wamid(Author::Business, &ana));
        assert_ne!(one, two);
        assert!(one.starts_with("wamid.HBgNNTUxMTk4NzY1NDMyMRUCABEYF"), "{one}");
        assert!((40..=86).contains(&one.len()), "{one}");
    }
}
