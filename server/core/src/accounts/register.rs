//! Registering: the first account claims the installation, looks after it as its operator and gets a workspace; everybody
//! after it comes by an invite.

use std::sync::atomic::Ordering;

use charla_shared::{
    account::{Email, Registration},
    id::UserId,
    text,
};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use secrecy::SecretString;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{AccountError, NewSession, session, throttle};
use crate::{Core, Failure, RequestInfo, invites, workspaces};

/// The name of the workspace the first account starts with; its owner renames it.
const FIRST_WORKSPACE: &str = "Demo";

/// Whether somebody has claimed this installation. Once it is so it stays so, and is not asked again.
pub async fn is_claimed(core: &Core) -> Result<bool, AccountError> {
    if core.claimed.load(Ordering::Relaxed) {
        return Ok(true);
    }
    let mut tx = core.database.global().await?;
    let claimed = sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM users) AS "claimed!""#).fetch_one(&mut *tx).await?;
    core.claimed.fetch_or(claimed, Ordering::Relaxed);
    Ok(claimed)
}

/// Makes an account and logs it in.
///
/// Without an invite only the very first account can be made; it becomes operator, and owner of a first workspace. With one, the
/// person joins the invite's workspace; if the account exists already and the password is right, that is a log-in.
///
/// # Errors
/// [`Failure::Invalid`] with a reason per field; [`AccountError::Closed`], [`AccountError::InviteGone`],
/// [`AccountError::Unavailable`] when the account exists (told only to holders of an invite, in words that also fit
/// other reasons), [`AccountError::Throttled`].
pub async fn register(
    core: &Core,
    registration: &Registration,
    invite: Option<&str>,
    user_agent: &str,
    request: &RequestInfo,
) -> Result<NewSession, AccountError> {
    registration.validate().map_err(Failure::from)?;
    let email = Email::parse(&registration.email).map_err(|_| AccountError::Unavailable)?;
    let password = SecretString::from(registration.password.as_str());
    let Some(token) = invite else { return claim(core, registration, &email, &password, user_agent, request).await };

    // Looked at before anything is hashed: a wrong link is cheap to refuse, and guessing links is throttled.
    let subjects = throttle::subjects(core, email.as_str(), &request.ip);
    throttle::attempt(core, &subjects).await?;
    invites::offer(core, token).await?;
    let hash = core.hasher.hash(&core.environment, &password).await?;
    // The account and the membership are one: of many who hold one link, one gets in and no account is left over.
    let mut joining = invites::begin_joining(core, token, request).await?;
    let user: UserId = core.environment.id();
    if add_user(core, joining.tx.sql(), user, registration, &email, &hash, false).await? {
        let new = session::begin(core, joining.tx.sql(), user, user_agent, request).await?;
        joining.finish(user).await?;
        throttle::forgive(core, &subjects).await;
        return Ok(new);
    }
    drop(joining);
    let new =
        super::log_in(core, email.as_str(), &password, user_agent, request).await.map_err(|error| match error {
            AccountError::WrongCredentials => AccountError::Unavailable,
            other => other,
        })?;
    // Counted twice: here, and by the log-in.
    throttle::forgive(core, &subjects).await;
    let signed_in = super::authenticate(core, &new.token, request).await?;
    invites::accept(core, &signed_in, token, request).await?;
    Ok(new)
}

/// The first account: it claims the installation and gets a first workspace.
async fn claim(
    core: &Core,
    registration: &Registration,
    email: &Email,
    password: &SecretString,
    user_agent: &str,
    request: &RequestInfo,
) -> Result<NewSession, AccountError> {
    if is_claimed(core).await? {
        return Err(AccountError::Closed);
    }
    let hash = core.hasher.hash(&core.environment, password).await?;
    let mut tx = core.database.global().await?;
    first_or_closed(&mut tx).await?;
    let user: UserId = core.environment.id();
    add_user(core, &mut tx, user, registration, email, &hash, true).await?;
    let new = session::begin(core, &mut tx, user, user_agent, request).await?;
    tx.commit().await?;
    let signed_in = super::authenticate(core, &new.token, request).await?;
    workspaces::create(core, &signed_in, FIRST_WORKSPACE, request).await?;
    Ok(new)
}

/// Adds the account; false when the address has one already.
async fn add_user(
    core: &Core,
    sql: &mut PgConnection,
    user: UserId,
    registration: &Registration,
    email: &Email,
    hash: &str,
    operator: bool,
) -> Result<bool, AccountError> {
    let added = sqlx::query!(
        "INSERT INTO users (id, email, name, password_hash, created_at, operator) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
        Uuid::from(user),
        email.as_str(),
        text::clean_line(&registration.name),
        hash,
        core.environment.now().to_sqlx() as _,
        operator
    )
    .execute(sql)
    .await?
    .rows_affected();
    Ok(added == 1)
}

/// Of two who register first at once, one waits here and then finds the installation claimed.
async fn first_or_closed(sql: &mut PgConnection) -> Result<(), AccountError> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtext('charla claim'))").execute(&mut *sql).await?;
    let claimed = sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM users) AS "claimed!""#).fetch_one(sql).await?;
    if claimed { Err(AccountError::Closed) } else { Ok(()) }
}
