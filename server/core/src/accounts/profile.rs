//! What people see and change of their own account.

use charla_shared::account::{Me, MyWorkspace, PasswordChange, SessionView};
use garde::Validate;
use jiff_sqlx::ToSqlx;
use secrecy::SecretString;
use uuid::Uuid;

use super::{AccountError, SignedIn, operator::is_operator, throttle};
use crate::{Core, Failure, RequestInfo, events::Topic};

/// The logged-in person with their workspaces.
pub async fn me(core: &Core, signed_in: &SignedIn) -> Result<Me, AccountError> {
    let mut tx = core.database.as_user(signed_in.user).await?;
    let rows = sqlx::query!(
        "SELECT w.id, w.name, m.role FROM members m JOIN workspaces w ON w.id = m.workspace_id
         WHERE m.user_id = $1 ORDER BY lower(w.name), w.id",
        Uuid::from(signed_in.user)
    )
    .fetch_all(&mut *tx)
    .await?;
    drop(tx);
    let workspaces = rows
        .into_iter()
        .map(|row| {
            let role = row.role.parse().map_err(|_| Failure::Corrupt(format!("role {}", row.role)))?;
            Ok(MyWorkspace { id: row.id.into(), name: row.name, role })
        })
        .collect::<Result<_, Failure>>()?;
    Ok(Me {
        id: signed_in.user,
        name: signed_in.name.clone(),
        email: signed_in.email.clone(),
        session: signed_in.session,
        operator: is_operator(core, signed_in).await?,
        workspaces,
    })
}

/// One's own sessions that still work, the present one first, then the last used.
pub async fn sessions(core: &Core, signed_in: &SignedIn) -> Result<Vec<SessionView>, AccountError> {
    let now = core.environment.now();
    let idle_since = now.checked_sub(core.config.sessions.idle).unwrap_or(now);
    let mut tx = core.database.global().await?;
    // Served by sessions_of_user.
    let rows = sqlx::query!(
        r#"SELECT id, user_agent, ip, created_at AS "created_at: jiff_sqlx::Timestamp", last_seen_at AS "last_seen_at: jiff_sqlx::Timestamp"
           FROM sessions WHERE user_id = $1 AND expires_at > $2 AND last_seen_at > $3
           ORDER BY id = $4 DESC, last_seen_at DESC LIMIT 100"#,
        Uuid::from(signed_in.user),
        now.to_sqlx() as _,
        idle_since.to_sqlx() as _,
        Uuid::from(signed_in.session)
    )
    .fetch_all(&mut *tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| SessionView {
            id: row.id.into(),
            user_agent: row.user_agent,
            ip: row.ip,
            created_at: row.created_at.to_jiff(),
            last_seen_at: row.last_seen_at.to_jiff(),
            current: row.id == Uuid::from(signed_in.session),
        })
        .collect())
}

/// Changes the password and logs every other browser out.
///
/// # Errors
/// [`AccountError::WrongPassword`] (throttled like log-ins), [`Failure::Invalid`] for a weak new one.
pub async fn change_password(
    core: &Core,
    signed_in: &SignedIn,
    change: &PasswordChange,
    request: &RequestInfo,
) -> Result<(), AccountError> {
    change.validate().map_err(Failure::from)?;
    let subjects = throttle::subjects(core, &signed_in.email, &request.ip);
    throttle::attempt(core, &subjects).await?;
    let mut tx = core.database.global().await?;
    let hash = sqlx::query_scalar!("SELECT password_hash FROM users WHERE id = $1", Uuid::from(signed_in.user))
        .fetch_one(&mut *tx)
        .await?;
    drop(tx);
    if !core.hasher.matches(Some(hash.clone()), &SecretString::from(change.current.as_str())).await? {
        return Err(AccountError::WrongPassword);
    }
    let new = core.hasher.hash(&core.environment, &SecretString::from(change.new.as_str())).await?;
    let mut tx = core.database.global().await?;
    // Only if it is still the password that was proven: of two changes at once one wins, the other is told.
    let changed = sqlx::query!(
        "UPDATE users SET password_hash = $2 WHERE id = $1 AND password_hash = $3",
        Uuid::from(signed_in.user),
        new,
        hash
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if changed == 0 {
        return Err(AccountError::WrongPassword);
    }
    sqlx::query!(
        "DELETE FROM sessions WHERE user_id = $1 AND id <> $2",
        Uuid::from(signed_in.user),
        Uuid::from(signed_in.session)
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    core.bus.ring(Topic::Rights);
    throttle::forgive(core, &subjects).await;
    tracing::info!(request = %request.id, user = %signed_in.user, "the password was changed");
    Ok(())
}
