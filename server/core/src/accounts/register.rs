//! Registering: the first account claims the installation and gets a workspace; everybody after it comes by an invite.

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

use super::{AccountError, NewSession, SignedIn, session, throttle};
use crate::{Core, Failure, RequestInfo, invites, workspaces};

/// The name of the workspace the first account starts with; its owner renames it.
const FIRST_WORKSPACE: &str = "Demo";

/// Whether somebody has claimed this installation.
pub async fn is_claimed(core: &Core) -> Result<bool, AccountError> {
    let mut tx = core.database.global().await?;
    let claimed = sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM users) AS "claimed!""#).fetch_one(&mut *tx).await?;
    Ok(claimed)
}

/// Makes an account and logs it in.
///
/// Without an invite only the very first account can be made; it becomes owner of a first workspace. With one, the
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
    let subjects = throttle::subjects(core, email.as_str(), &request.ip);
    throttle::check(core, &subjects).await?;
    match invite {
        // Looked at before anything is hashed: a wrong link is cheap to refuse, and guessing links is throttled.
        Some(token) => {
            if let Err(error) = invites::offer(core, token).await {
                throttle::fail(core, &subjects).await?;
                return Err(error);
            }
        }
        None if is_claimed(core).await? => return Err(AccountError::Closed),
        None => {}
    }

    let password = SecretString::from(registration.password.as_str());
    let hash = core.hasher.hash(&core.environment, &password).await?;
    let mut tx = core.database.global().await?;
    if invite.is_none() {
        claim(&mut tx).await?;
    }
    let user: UserId = core.environment.id();
    let added = sqlx::query!(
        "INSERT INTO users (id, email, name, password_hash, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        Uuid::from(user),
        email.as_str(),
        text::clean_line(&registration.name),
        hash,
        core.environment.now().to_sqlx() as _
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    let new = if added == 1 {
        let new = session::begin(core, &mut tx, user, user_agent, request).await?;
        tx.commit().await?;
        new
    } else {
        drop(tx);
        super::log_in(core, email.as_str(), &password, user_agent, request).await.map_err(|error| match error {
            AccountError::WrongCredentials => AccountError::Unavailable,
            other => other,
        })?
    };
    let signed_in = super::authenticate(core, &new.token, request).await?;
    settle(core, &signed_in, invite, request).await?;
    Ok(new)
}

/// Gives the new account its place: the invite's workspace, or a first one of its own.
async fn settle(
    core: &Core,
    signed_in: &SignedIn,
    invite: Option<&str>,
    request: &RequestInfo,
) -> Result<(), AccountError> {
    match invite {
        Some(token) => invites::accept(core, signed_in, token, request).await.map(|_| ()),
        None => {
            workspaces::create(core, signed_in, FIRST_WORKSPACE, request).await.map(|_| ()).map_err(AccountError::from)
        }
    }
}

/// Of two who register first at once, one waits here and then finds the installation claimed.
async fn claim(sql: &mut PgConnection) -> Result<(), AccountError> {
    sqlx::query!("SELECT pg_advisory_xact_lock(hashtext('charla claim'))").execute(&mut *sql).await?;
    let claimed = sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM users) AS "claimed!""#).fetch_one(sql).await?;
    if claimed { Err(AccountError::Closed) } else { Ok(()) }
}
