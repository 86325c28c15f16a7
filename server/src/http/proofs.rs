//! Guessing (row K2): session cookies, verify tokens, the metrics token, addresses of webhooks. Each wrong one counts
//! against the address it came from, and whoever has used up what is counted is turned away before anything is compared or
//! looked up: guesses neither find out nor cost anything.
//!
//! Behind one address there may be many people. So this bucket is apart from that of strangers, a cookie that is known to be
//! wrong is no new guess (an old one in a browser), and a login that was right lately is looked up whatever the others do.
//! Signatures are no guesses: nobody finds a key of 256 bits, and Meta delivers for everybody from the same addresses.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Extension,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use charla_core::{RequestInfo, accounts::SessionToken};
use charla_shared::problem::Problem;
use governor::Quota;
use http::StatusCode;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::{
    Host,
    limits::{Limit, bucket, throttled},
    respond,
};

/// How long a wrong session is remembered: none becomes right, and a browser may go on with it for a while.
const WRONG: Duration = Duration::from_mins(10);
/// How long a right one is; it is looked up all the same.
const RIGHT: Duration = Duration::from_hours(1);
/// How many sessions are remembered, about 60 bytes each.
const SESSIONS: usize = 16_384;
/// How many addresses that are turned away are kept before those whose time is over are forgotten.
const TURNED_AWAY: usize = 4096;

/// Who has guessed wrong, and what is no guess.
#[derive(Debug)]
pub(super) struct Proofs {
    wrong: Limit<IpAddr>,
    /// Until when addresses are turned away.
    turned_away: Mutex<HashMap<IpAddr, Instant>>,
    sessions: Mutex<HashMap<[u8; 32], (Known, Instant)>>,
}

/// What a session's token was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Somebody's, not long ago.
    Right,
    /// Nobody's.
    Wrong,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing here panics half-way, so what a poisoned lock holds is whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Proofs {
    /// A bucket of this many wrong guesses a minute for each address.
    pub(super) fn new(quota: Option<Quota>) -> Self {
        Self { wrong: Limit::new("proofs", quota), turned_away: Mutex::default(), sessions: Mutex::default() }
    }

    /// Whether somebody at this address may guess. Takes nothing from the bucket.
    ///
    /// # Errors
    /// The answer, while the bucket is empty.
    pub(super) fn may_guess(&self, address: &str) -> Result<(), Problem> {
        let until = locked(&self.turned_away).get(&bucket(address)).copied();
        match until.map(|until| until.saturating_duration_since(Instant::now())) {
            Some(left) if !left.is_zero() => {
                metrics::counter!("charla_http_limited_total", "limit" => "proofs").increment(1);
                Err(throttled(left.as_secs() + 1))
            }
            _ => Ok(()),
        }
    }

    /// Counts a wrong guess.
    ///
    /// # Errors
    /// The answer, when that was one too many.
    pub(super) fn guessed_wrong(&self, address: &str) -> Result<(), Problem> {
        let address = bucket(address);
        self.wrong.take(&address).inspect_err(|problem| {
            let now = Instant::now();
            let mut turned_away = locked(&self.turned_away);
            if turned_away.len() >= TURNED_AWAY {
                turned_away.retain(|_, until| *until > now);
            }
            turned_away.insert(address, now + Duration::from_secs(problem.retry_after.unwrap_or(1)));
        })
    }

    /// What this token was found to be lately.
    pub(super) fn session(&self, token: &SessionToken) -> Option<Known> {
        let (known, until) = locked(&self.sessions).get(&hash(token)).copied()?;
        (until > Instant::now()).then_some(known)
    }

    /// Remembers what it was found to be.
    pub(super) fn remember(&self, token: &SessionToken, known: Known) {
        let now = Instant::now();
        let until = now + if known == Known::Right { RIGHT } else { WRONG };
        let mut sessions = locked(&self.sessions);
        if sessions.len() >= SESSIONS {
            sessions.retain(|_, (known, until)| *until > now && *known == Known::Right);
        }
        if sessions.len() >= SESSIONS {
            sessions.clear();
        }
        sessions.insert(hash(token), (known, until));
    }
}

fn hash(token: &SessionToken) -> [u8; 32] {
    Sha256::digest(token.expose().as_bytes()).into()
}

/// For routes that are opened by a token.
pub(super) async fn guard(
    State(host): State<Host>,
    Extension(info): Extension<RequestInfo>,
    request: Request,
    next: Next,
) -> Response {
    let proofs = &host.limits.proofs;
    if let Err(problem) = proofs.may_guess(&info.ip) {
        return respond::problem(&problem);
    }
    let response = next.run(request).await;
    if matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
        && let Err(problem) = proofs.guessed_wrong(&info.ip)
    {
        return respond::problem(&problem);
    }
    response
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    fn proofs(per_minute: u32) -> Proofs {
        Proofs::new(NonZeroU32::new(per_minute).map(Quota::per_minute))
    }

    #[test]
    fn whoever_guesses_wrong_too_often_may_not_go_on_and_others_may() {
        let proofs = proofs(6);
        for _ in 0..6 {
            proofs.may_guess("203.0.113.9").expect("within the limit");
            proofs.guessed_wrong("203.0.113.9").expect("within the limit");
        }
        proofs.may_guess("203.0.113.9").expect("asking takes nothing");
        proofs.guessed_wrong("203.0.113.9").expect_err("one too many");
        let problem = proofs.may_guess("203.0.113.9").expect_err("not even a right one");
        assert!((1..=11).contains(&problem.retry_after.expect("says when")), "{problem:?}");
        proofs.may_guess("203.0.113.10").expect("somebody else's bucket is full");
    }

    #[test]
    fn what_a_session_was_found_to_be_is_remembered_and_takes_no_more_room_than_there_is() {
        let proofs = proofs(0);
        let token = |n: usize| SessionToken::new(&n.to_string());
        proofs.remember(&token(0), Known::Right);
        for n in 1..=2 * SESSIONS {
            proofs.remember(&token(n), Known::Wrong);
        }
        assert_eq!(proofs.session(&token(0)), Some(Known::Right), "wrong ones do not drive it out");
        assert_eq!(proofs.session(&token(2 * SESSIONS)), Some(Known::Wrong));
        assert_eq!(proofs.session(&token(2 * SESSIONS + 1)), None);
        assert!(locked(&proofs.sessions).len() <= SESSIONS);
    }
}
