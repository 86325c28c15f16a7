//! HMAC-SHA256 with the app secret: signatures over webhooks, and ids that are the same in every run.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length; the error belongs to other algorithms")]
fn mac(secret: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The value of `X-Hub-Signature-256` for a body, as it is on the wire.
pub(crate) fn header(secret: &str, body: &[u8]) -> String {
    format!("sha256={}", hex::encode(mac(secret, &[body])))
}

/// Thirty-two bytes that depend on the secret, on what they are for, and on the subject, and on nothing else.
pub(crate) fn derive(secret: &str, purpose: &str, subject: &str) -> [u8; 32] {
    mac(secret, &[purpose.as_bytes(), b"\0", subject.as_bytes()])
}

/// A derived number of exactly `count` decimal digits (at most 18), the first of which may be zero.
pub(crate) fn digits(secret: &str, purpose: &str, subject: &str, count: u32) -> String {
    let bytes = derive(secret, purpose, subject);
    let number =
        bytes.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte)) % 10_u64.pow(count.min(18));
    format!("{number:0width$}", width = count.min(18) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_as_the_published_example_does() {
        // RFC 4231, test case 2.
        assert_eq!(
            header("Jefe", b"what do ya want for nothing?"),
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn derived_digits_are_stable_and_of_their_length() {
        assert_eq!(digits("s", "p", "k", 14), digits("s", "p", "k", 14));
        assert_ne!(digits("s", "p", "k", 14), digits("s", "q", "k", 14));
        assert_eq!(digits("s", "p", "k", 7).len(), 7);
    }
}
