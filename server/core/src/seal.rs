//! Secrets at rest: XChaCha20-Poly1305 under a key from the environment, bound to their row (DESIGN rule 8).
//!
//! A sealed secret opens only for the place it was sealed for: copied into another row it is refused, so somebody who
//! can write to the database cannot borrow another workspace's token.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use uuid::Uuid;

use crate::Environment;

const NONCE: usize = 24;

/// The sealed bytes do not open: another key, another place, or changed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a stored secret does not open with this key; was CHARLA_SECRET_KEY changed?")]
pub struct DoesNotOpen;

/// Seals and opens secrets, and keys the hashes of things that must not be readable in a dump.
pub struct Sealer {
    cipher: XChaCha20Poly1305,
    index_key: [u8; 32],
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer")
    }
}

fn derive(secret: &SecretString, purpose: &[u8]) -> [u8; 32] {
    let mut key = [0; 32];
    // Fails only for more than 255 × 32 bytes of output (RFC 5869 §2.3).
    if Hkdf::<Sha256>::new(None, secret.expose_secret().as_bytes()).expand(purpose, &mut key).is_err() {
        unreachable!("32 bytes are less than HKDF's limit")
    }
    key
}

impl Sealer {
    /// With keys derived from this secret, one per purpose (HKDF-SHA256).
    #[must_use]
    pub fn new(secret: &SecretString) -> Self {
        Self {
            cipher: XChaCha20Poly1305::new(&derive(secret, b"charla sealed secrets v1").into()),
            index_key: derive(secret, b"charla keyed hashes v1"),
        }
    }

    fn place(table: &str, row: Uuid) -> Vec<u8> {
        [table.as_bytes(), b"/", row.as_bytes()].concat()
    }

    /// Seals a secret for one row of one table.
    pub fn seal(&self, environment: &Environment, table: &str, row: Uuid, secret: &SecretString) -> Vec<u8> {
        let nonce: [u8; NONCE] = environment.bytes();
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: &Self::place(table, row) };
        let Ok(sealed) = self.cipher.encrypt(&XNonce::from(nonce), payload) else {
            unreachable!("XChaCha20-Poly1305 takes up to 256 GiB")
        };
        [&nonce[..], &sealed].concat()
    }

    /// Opens what was sealed for this row.
    ///
    /// # Errors
    /// [`DoesNotOpen`] with another key, row or table.
    pub fn open(&self, table: &str, row: Uuid, sealed: &[u8]) -> Result<SecretString, DoesNotOpen> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(DoesNotOpen)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| DoesNotOpen)?;
        let payload = Payload { msg: sealed, aad: &Self::place(table, row) };
        let opened = self.cipher.decrypt(&nonce, payload).map_err(|_| DoesNotOpen)?;
        String::from_utf8(opened).map(SecretString::from).map_err(|_| DoesNotOpen)
    }

    /// A keyed hash: the same text gives the same bytes, but nobody without the key can test a guess.
    #[must_use]
    pub fn keyed_hash(&self, purpose: &str, text: &str) -> [u8; 32] {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.index_key) else {
            unreachable!("HMAC takes keys of any length")
        };
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_in_its_own_row() {
        let sealer = Sealer::new(&SecretString::from("0123456789abcdef0123456789abcdef"));
        let environment = Environment::default();
        let (mine, theirs): (Uuid, Uuid) = (environment.id(), environment.id());
        let sealed = sealer.seal(&environment, "channels", mine, &SecretString::from("EAAG-token"));

        let opened = sealer.open("channels", mine, &sealed).map(|s| s.expose_secret().to_owned());
        assert_eq!(opened, Ok("EAAG-token".to_owned()));
        assert!(sealer.open("channels", theirs, &sealed).is_err());
        assert!(sealer.open("users", mine, &sealed).is_err());
        assert!(!sealed.windows(5).any(|w| w == b"token"));

        let other = Sealer::new(&SecretString::from("another key of more than 32 bytes"));
        assert!(other.open("channels", mine, &sealed).is_err());
        assert!(sealer.open("channels", mine, &sealed[..10]).is_err());
    }
}
