//! The signature of a delivery (§4.3): `X-Hub-Signature-256: sha256=<64 lower-case hex>`, HMAC-SHA256 of the raw body
//! under the app secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Why a delivery is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// No header.
    #[error("the signature is missing")]
    Missing,
    /// Not `sha256=` and 64 lower-case hexadecimal digits. Meta writes lower case; anything else is not Meta.
    #[error("the signature does not have Meta's form")]
    Malformed,
    /// Another body or another secret.
    #[error("the signature does not fit")]
    Wrong,
    /// We have no secret, so nothing can be believed.
    #[error("no app secret is set")]
    NoSecret,
}

fn mac(secret: &[u8], body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(body);
    Some(mac)
}

/// Believes a body or says why not. Over the raw bytes, in constant time.
pub fn verify(secret: &[u8], header: Option<&str>, body: &[u8]) -> Result<(), SignatureError> {
    if secret.is_empty() {
        return Err(SignatureError::NoSecret);
    }
    let header = header.filter(|header| !header.is_empty()).ok_or(SignatureError::Missing)?;
    let digits = header.strip_prefix("sha256=").ok_or(SignatureError::Malformed)?;
    if digits.len() != 64 || !digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(SignatureError::Malformed);
    }
    let claimed = hex::decode(digits).map_err(|_| SignatureError::Malformed)?;
    mac(secret, body).ok_or(SignatureError::NoSecret)?.verify_slice(&claimed).map_err(|_| SignatureError::Wrong)
}

/// The header's value for a body.
#[must_use]
pub fn sign(secret: &[u8], body: &[u8]) -> String {
    // HMAC takes keys of any length.
    mac(secret, body).map(|mac| format!("sha256={}", hex::encode(mac.finalize().into_bytes()))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_right_signature_of_the_right_body_is_believed() {
        let (secret, body) = (b"app secret".as_slice(), br#"{"object":"x"}"#.as_slice());
        let right = sign(secret, body);
        let hex = &right[7..];
        assert_eq!(verify(secret, Some(&right), body), Ok(()));
        assert_eq!(verify(secret, None, body), Err(SignatureError::Missing));
        assert_eq!(verify(secret, Some(""), body), Err(SignatureError::Missing));
        for malformed in [
            hex.to_owned(),
            format!("sha1={hex}"),
            format!("sha256={}", &hex[1..]),
            right.to_uppercase(),
            format!("sha256={}", hex.to_uppercase()),
        ] {
            assert_eq!(verify(secret, Some(&malformed), body), Err(SignatureError::Malformed), "{malformed}");
        }
        assert_eq!(verify(secret, Some(&sign(secret, b"other")), body), Err(SignatureError::Wrong));
        assert_eq!(verify(secret, Some(&sign(b"other", body)), body), Err(SignatureError::Wrong));
        assert_eq!(verify(b"", Some(&sign(b"", body)), body), Err(SignatureError::NoSecret));
    }

    proptest! {
        #[test]
        fn what_is_signed_is_believed_and_nothing_else(secret in "[a-z]{1,40}", body in any::<Vec<u8>>(), header in any::<String>()) {
            let right = sign(secret.as_bytes(), &body);
            prop_assert_eq!(verify(secret.as_bytes(), Some(&right), &body), Ok(()));
            if header != right {
                prop_assert!(verify(secret.as_bytes(), Some(&header), &body).is_err());
            }
        }
    }
}
