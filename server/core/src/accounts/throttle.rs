//! Throttled attempts: failures are counted in the database, so they hold across processes and restarts.
//!
//! After a few failures a subject waits: 2 s, 4 s, 8 s … up to 15 minutes. Three subjects are counted for a login: the
//! account from this address (5 free), the account from anywhere (40 free, so that an outsider can hardly lock somebody
//! out), and the address (30 free). Successes forgive the first only.

use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx;

use super::AccountError;
use crate::Core;

const FORGET: SignedDuration = SignedDuration::from_hours(24);
const LONGEST_EXPONENT: i32 = 9;
const LONGEST: SignedDuration = SignedDuration::from_mins(15);

/// Whose attempts are counted, and how many failures are free.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject {
    key: [u8; 32],
    free: i32,
}

/// The subjects of an attempt on an account from an address.
pub(super) fn subjects(core: &Core, account: &str, ip: &str) -> [Subject; 3] {
    let key = |purpose, text: &str| core.sealer.keyed_hash(purpose, text);
    [
        Subject { key: key("throttle account from address", &format!("{account} {ip}")), free: 5 },
        Subject { key: key("throttle account", account), free: 40 },
        Subject { key: key("throttle address", ip), free: 30 },
    ]
}

/// Ends with [`AccountError::Throttled`] while one of them has to wait.
pub(super) async fn check(core: &Core, subjects: &[Subject]) -> Result<(), AccountError> {
    let now = core.environment.now();
    let keys: Vec<Vec<u8>> = subjects.iter().map(|subject| subject.key.to_vec()).collect();
    let mut tx = core.database.global().await?;
    let until = sqlx::query_scalar!(
        r#"SELECT max(blocked_until) AS "until: jiff_sqlx::Timestamp" FROM throttles WHERE subject = ANY($1)"#,
        &keys
    )
    .fetch_one(&mut *tx)
    .await?;
    match until.map(jiff_sqlx::Timestamp::to_jiff) {
        Some(until) if until > now => {
            let seconds = until.duration_since(now).as_secs() + 1;
            Err(AccountError::Throttled(u64::try_from(seconds).unwrap_or(1)))
        }
        _ => Ok(()),
    }
}

/// Counts a failure of each. Counting comes before the answer, in a statement that two at once cannot both pass.
pub(super) async fn fail(core: &Core, subjects: &[Subject]) -> Result<(), AccountError> {
    let now = core.environment.now();
    let forget_before = now.checked_sub(FORGET).unwrap_or(now);
    let mut tx = core.database.global().await?;
    for subject in subjects {
        let failures = sqlx::query_scalar!(
            "INSERT INTO throttles (subject, failures, updated_at) VALUES ($1, 1, $2)
             ON CONFLICT (subject) DO UPDATE
             SET failures = CASE WHEN throttles.updated_at < $3 THEN 1 ELSE throttles.failures + 1 END, updated_at = $2
             RETURNING failures",
            &subject.key[..],
            now.to_sqlx() as _,
            forget_before.to_sqlx() as _
        )
        .fetch_one(&mut *tx)
        .await?;
        let until = wait(failures, subject.free).and_then(|wait| now.checked_add(wait).ok());
        sqlx::query!(
            "UPDATE throttles SET blocked_until = $2 WHERE subject = $1",
            &subject.key[..],
            until.map(Timestamp::to_sqlx) as _
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(tx.commit().await?)
}

/// A success: the account from this address starts anew.
pub(super) async fn forgive(core: &Core, subjects: &[Subject; 3]) -> Result<(), AccountError> {
    let mut tx = core.database.global().await?;
    sqlx::query!("DELETE FROM throttles WHERE subject = $1", &subjects[0].key[..]).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

fn wait(failures: i32, free: i32) -> Option<SignedDuration> {
    let beyond = failures.saturating_sub(free);
    (beyond > 0).then(|| SignedDuration::from_secs(1_i64 << beyond.min(LONGEST_EXPONENT + 1)).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_after_the_free_failures() {
        assert_eq!(wait(5, 5), None);
        assert_eq!(wait(6, 5), Some(SignedDuration::from_secs(2)));
        assert_eq!(wait(8, 5), Some(SignedDuration::from_secs(8)));
        assert_eq!(wait(i32::MAX, 5), Some(LONGEST));
    }
}
