//! Throttled attempts: counted in the database, so they hold across processes and restarts.
//!
//! An attempt counts as a failure before the password is looked at and is taken off again when it was right; so of many
//! at once no more get through than of many in a row.
//!
//! After a few failures a subject waits: 2 s, 4 s, 8 s … up to 15 minutes. Three subjects are counted for a login: the
//! account from this address (5 free), the account from anywhere (40 free, so that an outsider can hardly lock somebody
//! out), and the address (30 free). Successes forgive the first only.

use std::net::IpAddr;

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
    let ip = &network(ip);
    let key = |purpose, text: &str| core.sealer.keyed_hash(purpose, text);
    [
        Subject { key: key("throttle account from address", &format!("{account} {ip}")), free: 5 },
        Subject { key: key("throttle account", account), free: 40 },
        Subject { key: key("throttle address", ip), free: 30 },
    ]
}

/// Counts an attempt of each, as a failure until [`forgive`] says otherwise.
///
/// # Errors
/// [`AccountError::Throttled`] while one of them has to wait; then nothing is counted.
pub(super) async fn attempt(core: &Core, subjects: &[Subject; 3]) -> Result<(), AccountError> {
    let now = core.environment.now();
    let forget_before = now.checked_sub(FORGET).unwrap_or(now);
    let mut tx = core.database.global().await?;
    // Always in this order, so that two attempts cannot wait for each other's rows.
    for subject in subjects {
        let row = sqlx::query!(
            r#"INSERT INTO throttles (subject, failures, updated_at) VALUES ($1, 1, $2)
               ON CONFLICT (subject) DO UPDATE
               SET failures = CASE WHEN throttles.updated_at < $3 THEN 1 ELSE throttles.failures + 1 END, updated_at = $2
               RETURNING failures, blocked_until AS "blocked_until: jiff_sqlx::Timestamp""#,
            &subject.key[..],
            now.to_sqlx() as _,
            forget_before.to_sqlx() as _
        )
        .fetch_one(&mut *tx)
        .await?;
        if let Some(until) = row.blocked_until.map(jiff_sqlx::Timestamp::to_jiff).filter(|until| *until > now) {
            let seconds = until.duration_since(now).as_secs() + 1;
            return Err(AccountError::Throttled(u64::try_from(seconds).unwrap_or(1)));
        }
        let until = wait(row.failures, subject.free).and_then(|wait| now.checked_add(wait).ok());
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

/// The attempt was right: the account from this address starts anew, the others do not count it. What was attempted is done
/// by now, so a failure here is not the caller's: it stays counted.
pub(super) async fn forgive(core: &Core, subjects: &[Subject; 3]) {
    if let Err(error) = take_off(core, subjects).await {
        tracing::warn!(%error, "a right attempt stays counted as a wrong one");
    }
}

async fn take_off(core: &Core, subjects: &[Subject; 3]) -> Result<(), AccountError> {
    let mut tx = core.database.global().await?;
    for (place, subject) in subjects.iter().enumerate() {
        sqlx::query!(
            "UPDATE throttles SET failures = CASE WHEN $2 THEN 0 ELSE greatest(failures - 1, 0) END, blocked_until = NULL
             WHERE subject = $1",
            &subject.key[..],
            place == 0
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(tx.commit().await?)
}

/// Counters nobody will ask for any more.
pub(crate) async fn sweep(core: &Core, now: Timestamp) -> Result<u64, AccountError> {
    let mut tx = core.database.worker().await?;
    let swept = sqlx::query!(
        "DELETE FROM throttles WHERE subject IN (SELECT subject FROM throttles WHERE updated_at < $1 LIMIT 1000)",
        now.checked_sub(FORGET).unwrap_or(now).to_sqlx() as _
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    tx.commit().await?;
    Ok(swept)
}

/// What one subscriber has: an IPv4 address, or the half of an IPv6 one that names the network (RFC 6177).
fn network(ip: &str) -> String {
    match ip.parse() {
        Ok(IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_none() => format!("{:x}/64", u128::from(v6) >> 64),
        _ => ip.to_owned(),
    }
}

fn wait(failures: i32, free: i32) -> Option<SignedDuration> {
    let beyond = failures.saturating_sub(free);
    (beyond > 0).then(|| SignedDuration::from_secs(1_i64 << beyond.min(LONGEST_EXPONENT + 1)).min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_subscriber_are_one() {
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("203.0.113.1"), network("203.0.113.2"));
    }

    #[test]
    fn the_wait_doubles_after_the_free_failures() {
        assert_eq!(wait(5, 5), None);
        assert_eq!(wait(6, 5), Some(SignedDuration::from_secs(2)));
        assert_eq!(wait(8, 5), Some(SignedDuration::from_secs(8)));
        assert_eq!(wait(i32::MAX, 5), Some(LONGEST));
    }
}
