//! Sessions: a random token in a cookie, its hash in the database.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use charla_shared::id::{SessionId, UserId};
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use uuid::Uuid;

use super::AccountError;
use crate::{Core, Failure, RequestInfo, events::Topic};

/// `last_seen_at` is written at most this often, so that reading a page is not a write.
const SEEN_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// The secret in the cookie: 32 random bytes in base64url.
#[derive(Clone)]
pub struct SessionToken(SecretString);

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken")
    }
}

impl SessionToken {
    /// A cookie's value. Any text is taken; only a right one finds a session.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The value for the cookie.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.expose_secret().as_bytes()).into()
    }
}

/// A fresh login.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// For the cookie.
    pub token: SessionToken,
    /// Who it is.
    pub user: UserId,
}

/// Somebody who has proven who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub user: UserId,
    /// Through which login.
    pub session: SessionId,
    /// Their name.
    pub name: String,
    /// Their login.
    pub email: String,
}

/// Begins a session in the caller's transaction.
pub(super) async fn begin(
    core: &Core,
    sql: &mut PgConnection,
    user: UserId,
    user_agent: &str,
    request: &RequestInfo,
) -> Result<NewSession, Failure> {
    let token = SessionToken(BASE64_URL_SAFE_NO_PAD.encode(core.environment.bytes::<32>()).into());
    let now = core.environment.now();
    let ends = now.checked_add(core.config.sessions.absolute).unwrap_or(Timestamp::MAX);
    sqlx::query!(
        "INSERT INTO sessions (id, token_hash, user_id, user_agent, ip, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
        core.environment.id::<Uuid>(),
        &token.hash()[..],
        Uuid::from(user),
        charla_shared::text::shorten(&charla_shared::text::clean_line(user_agent), 250),
        request.ip,
        now.to_sqlx() as _,
        ends.to_sqlx() as _
    )
    .execute(sql)
    .await?;
    Ok(NewSession { token, user })
}

/// Who a cookie's token belongs to.
///
/// # Errors
/// [`AccountError::NotSignedIn`] when there is no such session, or it ended by age or idleness.
pub async fn authenticate(core: &Core, token: &SessionToken, request: &RequestInfo) -> Result<SignedIn, AccountError> {
    let now = core.environment.now();
    let idle_since = now.checked_sub(core.config.sessions.idle).unwrap_or(now);
    // Every request asks this, so it is a statement alone, without the round trips of a transaction.
    let accounts = core.database.accounts();
    // Served by the unique index of token_hash.
    let row = sqlx::query!(
        r#"SELECT s.id, s.user_id, s.last_seen_at AS "last_seen_at: jiff_sqlx::Timestamp", u.name, u.email
           FROM sessions s JOIN users u ON u.id = s.user_id
           WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_seen_at > $3"#,
        &token.hash()[..],
        now.to_sqlx() as _,
        idle_since.to_sqlx() as _
    )
    .fetch_optional(accounts)
    .await?
    .ok_or(AccountError::NotSignedIn)?;
    if now.duration_since(row.last_seen_at.to_jiff()) > SEEN_EVERY {
        sqlx::query!(
            "UPDATE sessions SET last_seen_at = $2, ip = $3 WHERE id = $1",
            row.id,
            now.to_sqlx() as _,
            request.ip
        )
        .execute(accounts)
        .await?;
    }
    Ok(SignedIn { user: row.user_id.into(), session: row.id.into(), name: row.name, email: row.email })
}

/// Ends one's own present session. Doing it twice is no error.
pub async fn log_out(core: &Core, signed_in: &SignedIn) -> Result<(), AccountError> {
    end_session(core, signed_in, signed_in.session).await.or_else(|error| match error {
        AccountError::Shared(Failure::NotFound) => Ok(()),
        other => Err(other),
    })
}

/// Ends one of one's own sessions: its cookie works no more, its live readers are closed.
///
/// # Errors
/// [`Failure::NotFound`] when it is nobody's or somebody else's.
pub async fn end_session(core: &Core, signed_in: &SignedIn, session: SessionId) -> Result<(), AccountError> {
    let mut tx = core.database.global().await?;
    let ended = sqlx::query!(
        "DELETE FROM sessions WHERE id = $1 AND user_id = $2",
        Uuid::from(session),
        Uuid::from(signed_in.user)
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    if ended == 0 {
        return Err(Failure::NotFound.into());
    }
    core.bus.ring(Topic::Rights);
    Ok(())
}

/// Sessions that have ended by age.
pub(crate) async fn sweep(core: &Core, now: Timestamp) -> Result<u64, AccountError> {
    let mut tx = core.database.worker().await?;
    let swept = sqlx::query!(
        "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < $1 LIMIT 1000)",
        now.to_sqlx() as _
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok(swept)
}
