//! How much one caller may ask for in a minute (row K2): strangers by address, people by login and by workspace.
//!
//! A limit is a bucket: it lets as many through at once as it lets through in a minute, and fills evenly. Buckets are of
//! this process; two nodes let twice as much through. Health and files are not limited, nor are the installation's own
//! webhooks; those of one workspace's app are, far above what Meta sends it. Whoever signs wrongly counts as a stranger;
//! whoever guesses has a limit of their own ([`super::proofs`]).

use std::{
    fmt,
    hash::Hash,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

use axum::{
    Extension,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use charla_core::{RequestInfo, SignedIn};
use charla_shared::{
    id::{MetaAppId, SessionId, WorkspaceId},
    problem::{Problem, ProblemKind},
};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use http::StatusCode;

use super::{Host, proofs::Proofs, respond};

/// After this many requests, keys that have been quiet are forgotten. Between two times there are at most this many more
/// keys than callers of the last minute, about 100 bytes each.
const FORGET_EVERY: u32 = 4096;

/// Deliveries a second that one workspace's app may sign. Its number sends 1,000 messages a second at most (meta-api.md),
/// which is 3,300 events, when none of them shares a delivery.
const APP_DELIVERIES: u32 = 4000;
/// Kilobytes of them a second: 5 KB each, six of the largest.
const APP_KILOBYTES: u32 = 20 * 1024;

/// Requests a minute; 0 for as many as one likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Of one address without a login. An IPv6 address stands for its /64, which is what one customer gets.
    pub anonymous: u32,
    /// Of one login.
    pub session: u32,
    /// Of all members of a workspace.
    pub workspace: u32,
    /// Wrong guesses of one address: session cookies, verify tokens, the metrics token, addresses of webhooks.
    pub proofs: u32,
}

impl Rates {
    /// No limits.
    pub const OFF: Self = Self { anonymous: 0, session: 0, workspace: 0, proofs: 0 };
}

/// The buckets of this process.
#[derive(Debug)]
pub struct Limits {
    anonymous: Limit<IpAddr>,
    session: Limit<SessionId>,
    workspace: Limit<WorkspaceId>,
    app_deliveries: Limit<MetaAppId>,
    app_kilobytes: Limit<MetaAppId>,
    pub(super) proofs: Proofs,
}

impl Limits {
    /// Full buckets of this size.
    #[must_use]
    pub fn new(rates: Rates) -> Self {
        let per_minute = |rate| NonZeroU32::new(rate).map(Quota::per_minute);
        Self {
            anonymous: Limit::new("anonymous", per_minute(rates.anonymous)),
            session: Limit::new("session", per_minute(rates.session)),
            workspace: Limit::new("workspace", per_minute(rates.workspace)),
            app_deliveries: Limit::new("app_deliveries", NonZeroU32::new(APP_DELIVERIES).map(Quota::per_second)),
            app_kilobytes: Limit::new("app_kilobytes", NonZeroU32::new(APP_KILOBYTES).map(Quota::per_second)),
            proofs: Proofs::new(NonZeroU32::new(rates.proofs).map(Quota::per_minute)),
        }
    }

    /// Takes one from the bucket of a stranger's address.
    ///
    /// # Errors
    /// The answer, when the bucket is empty.
    pub(super) fn stranger(&self, address: &str) -> Result<(), Problem> {
        self.anonymous.take(&bucket(address))
    }

    /// Takes one from the bucket of who asks: a login, or a stranger's address.
    ///
    /// # Errors
    /// The answer, when the bucket is empty.
    pub(super) fn caller(&self, signed_in: Option<&SignedIn>, address: &str) -> Result<(), Problem> {
        match signed_in {
            Some(signed_in) => self.session.take(&signed_in.session),
            None => self.stranger(address),
        }
    }

    /// Takes one from the bucket of a workspace. Only for its members: others could use it up.
    ///
    /// # Errors
    /// The answer, when the bucket is empty.
    pub(super) fn workspace(&self, workspace: WorkspaceId) -> Result<(), Problem> {
        self.workspace.take(&workspace)
    }

    /// Takes a delivery of this many bytes from the buckets of the workspace's app that signed it. Whoever knows a secret
    /// can sign as much as they like; what they send must leave room for everybody else's.
    ///
    /// # Errors
    /// The answer, when a bucket is empty.
    pub(super) fn delivery(&self, app: MetaAppId, bytes: usize) -> Result<(), Problem> {
        self.app_deliveries.take(&app)?;
        let kilobytes = u32::try_from(bytes / 1024).unwrap_or(u32::MAX).saturating_add(1);
        self.app_kilobytes.take_many(&app, NonZeroU32::new(kilobytes).unwrap_or(NonZeroU32::MIN))
    }
}

/// Whose bucket an address takes from.
pub(super) fn bucket(address: &str) -> IpAddr {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        Ok(address) => address,
        // Those whose address is not known share one.
        Err(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
    }
}

/// One bucket per key.
pub(super) struct Limit<K: Clone + Hash + Eq> {
    name: &'static str,
    buckets: Option<DefaultKeyedRateLimiter<K>>,
    taken: AtomicU32,
}

impl<K: Clone + Hash + Eq> fmt::Debug for Limit<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limit").field("name", &self.name).finish_non_exhaustive()
    }
}

impl<K: Clone + Hash + Eq> Limit<K> {
    pub(super) fn new(name: &'static str, quota: Option<Quota>) -> Self {
        Self { name, buckets: quota.map(RateLimiter::keyed), taken: AtomicU32::new(0) }
    }

    pub(super) fn take(&self, key: &K) -> Result<(), Problem> {
        self.take_many(key, NonZeroU32::MIN)
    }

    fn take_many(&self, key: &K, many: NonZeroU32) -> Result<(), Problem> {
        let Some(buckets) = &self.buckets else { return Ok(()) };
        if self.taken.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            buckets.retain_recent();
        }
        let wait = match buckets.check_key_n(key, many) {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(full)) => full.wait_time_from(DefaultClock::default().now()).as_secs(),
            // More than the bucket ever holds.
            Err(_) => 60,
        };
        metrics::counter!("charla_http_limited_total", "limit" => self.name).increment(1);
        Err(throttled(wait + 1))
    }
}

pub(super) fn throttled(seconds: u64) -> Problem {
    let message = format!("These are too many requests. Wait {seconds} seconds, then go on.");
    Problem { retry_after: Some(seconds), ..Problem::new(ProblemKind::Throttled, "rate_limited", message) }
}

/// For routes that are opened by a signature: whoever has none that is right counts as a stranger.
pub(super) async fn forgers(
    State(host): State<Host>,
    Extension(info): Extension<RequestInfo>,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    if response.status() == StatusCode::UNAUTHORIZED
        && let Err(problem) = host.limits.stranger(&info.ip)
    {
        return respond::problem(&problem);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_that_is_empty_says_when_to_come_back() {
        let limits = Limits::new(Rates { anonymous: 6, ..Rates::OFF });
        for _ in 0..6 {
            limits.stranger("203.0.113.9").expect("within the limit");
        }
        let problem = limits.stranger("203.0.113.9").expect_err("one too many");
        assert_eq!(problem.kind, ProblemKind::Throttled);
        assert!((1..=10).contains(&problem.retry_after.expect("says when")), "{problem:?}");
        limits.stranger("203.0.113.10").expect("somebody else's bucket is full");
    }

    #[test]
    fn an_ipv6_customer_has_one_bucket_and_a_mapped_address_is_the_ipv4_one() {
        assert_eq!(bucket("2001:db8:1:2:3:4:5:6"), bucket("2001:db8:1:2:ffff::1"));
        assert_ne!(bucket("2001:db8:1:2::1"), bucket("2001:db8:1:3::1"));
        assert_eq!(bucket("::ffff:203.0.113.9"), bucket("203.0.113.9"));
        assert_eq!(bucket(""), bucket("nonsense"));
    }

    #[test]
    fn zero_means_no_limit() {
        let limits = Limits::new(Rates::OFF);
        assert!((0..10_000).all(|_| limits.stranger("203.0.113.9").is_ok()));
    }

    #[test]
    fn an_app_that_signs_too_much_is_told_so_and_keeps_no_other_app_waiting() {
        let limits = Limits::new(Rates::OFF);
        let app = |n| MetaAppId::from(uuid::Uuid::from_u128(n));
        let taken = |app, bytes| (0..10_000).take_while(|_| limits.delivery(app, bytes).is_ok()).count();
        // A little comes back while it is counted.
        let small = taken(app(1), 500);
        assert!((4000..6000).contains(&small), "{small}");
        let large = taken(app(2), 3 * 1024 * 1024 - 1);
        assert!((6..9).contains(&large), "{large}");
        let problem = limits.delivery(app(2), 3 * 1024 * 1024 - 1).expect_err("its bucket is empty");
        assert_eq!((problem.kind, problem.retry_after), (ProblemKind::Throttled, Some(1)));
        limits.delivery(app(3), 500).expect("another app's buckets are full");
    }

    #[test]
    fn keys_that_have_been_quiet_are_forgotten() {
        // A bucket of 60,000 a minute is full again after a millisecond.
        let limit = Limit::new("test", NonZeroU32::new(60_000).map(Quota::per_minute));
        for key in 0..FORGET_EVERY * 10 {
            limit.take(&key).expect("within the limit");
            if key % FORGET_EVERY == 0 {
                std::thread::sleep(std::time::Duration::from_millis(3));
            }
        }
        let kept = limit.buckets.expect("limits").len();
        assert!(kept <= FORGET_EVERY as usize * 2, "{kept}");
    }
}
