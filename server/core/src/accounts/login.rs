//! Logging in.

use charla_shared::account::{Email, PASSWORD_MAX};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use super::{AccountError, NewSession, session, throttle};
use crate::{Core, RequestInfo};

/// Logs somebody in by e-mail and password.
///
/// # Errors
/// [`AccountError::WrongCredentials`] for an unknown account as for a wrong password; [`AccountError::Throttled`].
pub async fn log_in(
    core: &Core,
    email: &str,
    password: &SecretString,
    user_agent: &str,
    request: &RequestInfo,
) -> Result<NewSession, AccountError> {
    // A malformed address or an endless password cannot be right, but is counted and takes its time like any other.
    let email = Email::parse(email).ok();
    let account = email.as_ref().map_or("", Email::as_str);
    let subjects = throttle::subjects(core, account, &request.ip);
    throttle::attempt(core, &subjects).await?;

    let mut tx = core.database.global().await?;
    let known =
        sqlx::query!("SELECT id, password_hash FROM users WHERE email = $1", account).fetch_optional(&mut *tx).await?;
    drop(tx);
    let plausible = password.expose_secret().len() <= PASSWORD_MAX;
    let known = known.filter(|_| plausible);
    let attempt = if plausible { password.clone() } else { SecretString::default() };
    let matches = core.hasher.matches(known.as_ref().map(|row| row.password_hash.clone()), &attempt).await?;

    let Some(known) = known.filter(|_| matches) else {
        tracing::info!(request = %request.id, "a log-in failed");
        return Err(AccountError::WrongCredentials);
    };
    let mut tx = core.database.global().await?;
    // Still the password that was proven: a change that came between has logged everybody out, this login included.
    sqlx::query_scalar!(
        "SELECT id FROM users WHERE id = $1 AND password_hash = $2 FOR SHARE",
        known.id,
        known.password_hash
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(AccountError::WrongCredentials)?;
    let session = session::begin(core, &mut tx, Uuid::into(known.id), user_agent, request).await?;
    tx.commit().await?;
    throttle::forgive(core, &subjects).await;
    tracing::info!(request = %request.id, user = %session.user, "logged in");
    Ok(session)
}
