//! Password hashes: argon2id with the crate's defaults (19 MiB, 2 passes: OWASP's recommendation), on threads of their
//! own and only a few at a time, so that a wave of logins neither stops other requests nor fills the memory.

use std::sync::{Arc, LazyLock};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::AccountError;
use crate::{Environment, Failure};

const AT_ONCE: usize = 2;
/// Passwords that may wait for a thread (about five seconds' work); beyond, people are asked to come back.
const WAITING: usize = 128;

/// What an unknown account's password is compared with, so that it takes as long as a known one's.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now(b"nobody has this password", &[7; 16]).unwrap_or_default());

fn hash_now(password: &[u8], salt: &[u8; 16]) -> Result<String, Failure> {
    Argon2::default()
        .hash_password_with_salt(password, salt)
        .map(|hash| hash.to_string())
        .map_err(|error| Failure::Corrupt(format!("password hash: {error}")))
}

/// Hashes and compares passwords, a few at a time. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Hasher {
    slots: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self { slots: Arc::new(Semaphore::new(AT_ONCE)), queue: Arc::new(Semaphore::new(AT_ONCE + WAITING)) }
    }
}

impl Hasher {
    async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, AccountError> {
        let gone = || Failure::Corrupt("the hashing threads are gone".to_owned());
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| AccountError::Busy)?;
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(|_| gone())?;
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop((slot, place));
            done
        })
        .await
        .map_err(|_| gone().into())
    }

    /// A PHC string for the password, with a fresh salt.
    pub(super) async fn hash(
        &self,
        environment: &Environment,
        password: &SecretString,
    ) -> Result<String, AccountError> {
        let (salt, password) = (environment.bytes::<16>(), password.clone());
        Ok(self.aside(move || hash_now(password.expose_secret().as_bytes(), &salt)).await??)
    }

    /// Whether the password is the one of the hash; without a hash, takes as long and says no.
    pub(super) async fn matches(&self, hash: Option<String>, password: &SecretString) -> Result<bool, AccountError> {
        let password = password.clone();
        self.aside(move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.clone());
            let Ok(hash) = PasswordHash::new(&hash) else { return false };
            Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok() && known
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let (hasher, environment) = (Hasher::default(), Environment::default());
        let hash = hasher.hash(&environment, &"correct horse".into()).await.expect("hashes");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.matches(Some(hash.clone()), &"correct horse".into()).await.expect("runs"));
        assert!(!hasher.matches(Some(hash.clone()), &"correct hors".into()).await.expect("runs"));
        assert!(!hasher.matches(None, &"nobody has this password".into()).await.expect("runs"));
        let again = hasher.hash(&environment, &"correct horse".into()).await.expect("hashes");
        assert_ne!(hash, again, "the salt is fresh each time");
    }
}
