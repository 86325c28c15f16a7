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
    throttle::check(core, &subjects).await?;

    let mut tx = core.database.global().await?;
    let known =
        sqlx::query!("SELECT id, password_hash FROM users WHERE email = $1", account).fetch_optional(&mut *tx).await?;
    drop(tx);
    let plausible = password.expose_secret().len() <= PASSWORD_MAX;
    let (user, hash) = known.filter(|_| plausible).map_or((None, None), |row| (Some(row.id), Some(row.password_hash)));
    let attempt = if plausible { password.clone() } else { SecretString::default() };
    let matches = core.hasher.matches(hash, &attempt).await?;

    let Some(user) = user.filter(|_| matches) else {
        throttle::fail(core, &subjects).await?;
        tracing::info!(request = %request.id, "a log-in failed");
        return Err(AccountError::WrongCredentials);
    };
    throttle::forgive(core, &subjects).await?;
    let mut tx = core.database.global().await?;
    let session = session::begin(core, &mut tx, Uuid::into(user), user_agent, request).await?;
    tx.commit().await?;
    tracing::info!(request = %request.id, user = %session.user, "logged in");
    Ok(session)
}
