//! How fast one number sends: never more than its rate in any second, evenly, and slower when Meta says so.
//!
//! Pure: times are durations since an instant of the caller's, so that a day passes in a test as fast as it can be counted.

use std::{collections::VecDeque, time::Duration};

/// Meta counts by the second; requests that leave a second apart may arrive a little closer.
const WINDOW: Duration = Duration::from_millis(1_009);
/// How far behind its even pace a number may catch up at once.
const CATCH_UP: Duration = Duration::from_millis(100);
/// The rate is halved at most once in this time: the refusals of one burst count once.
const HALVE_EVERY: Duration = Duration::from_secs(2);
/// How far ahead a slot may be taken.
const RESERVE_AHEAD: Duration = Duration::from_secs(1);
/// So few refusals among what left in a second come of clocks that differ by milliseconds, not of a rate that is too
/// high: the rate is eased to this part of itself, not halved.
const STRAY: f64 = 0.02;
const EASED: f64 = 0.95;
/// A second without a refusal gives back this part of the rate: from a standstill to all of it in twenty.
const RECOVERY: f64 = 0.05;
/// So many refusals in a row mean that nothing goes through: from there on one message at a time is tried.
const BLOCKED_AFTER: u32 = 8;
/// So many requests in a row without a proper answer mean the same.
const LOST_AFTER: u32 = 4;
/// While blocked, tries are at least this far apart.
const PROBE_EVERY: Duration = Duration::from_secs(1);
/// While nothing answers, tries grow rarer up to this.
const PROBE_LOST_MAX: Duration = Duration::from_secs(30);
/// While Meta refuses everything of the number until somebody acts, the first and the longest time between tries.
const PROBE_STOPPED: (Duration, Duration) = (Duration::from_mins(1), Duration::from_mins(5));
/// While Meta limits the number as a whole, the longest time between tries.
const PROBE_LIMITED_MAX: Duration = Duration::from_mins(10);

/// Why only single messages are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Meta refuses everything for now.
    Throttled,
    /// Meta does not answer.
    Lost,
    /// Meta limits the number, or the account, for minutes.
    Limited,
    /// Meta refuses everything until somebody acts.
    Stopped,
}

#[derive(Debug, Clone, Copy)]
struct Probing {
    trouble: Trouble,
    next: Duration,
    every: Duration,
    in_flight: bool,
}

/// The pace of one number.
#[derive(Debug)]
pub(crate) struct Pace {
    rate: u32,
    current: f64,
    /// When the next message would leave at an even pace.
    even: Duration,
    /// When messages left, as far as the window reaches.
    left: VecDeque<Duration>,
    refusals: u32,
    /// When the last refusals were, as far as a second reaches.
    refused: VecDeque<Duration>,
    lost: u32,
    halved_at: Option<Duration>,
    grown_at: Duration,
    probing: Option<Probing>,
}

impl Pace {
    /// A number of this rate a second, that may begin at this time.
    pub(crate) fn new(rate: u32, begin: Duration) -> Self {
        let rate = rate.max(1);
        Self {
            rate,
            current: f64::from(rate),
            even: begin + CATCH_UP,
            left: VecDeque::new(),
            refusals: 0,
            refused: VecDeque::new(),
            lost: 0,
            halved_at: None,
            grown_at: begin,
            probing: None,
        }
    }

    /// The number's rate was changed.
    pub(crate) fn set_rate(&mut self, rate: u32) {
        let rate = rate.max(1);
        if rate != self.rate {
            self.current = (self.current / f64::from(self.rate) * f64::from(rate)).max(1.0);
            self.rate = rate;
        }
    }

    /// The number's rate a second.
    pub(crate) const fn rate(&self) -> u32 {
        self.rate
    }

    /// How many to fetch at a time: what leaves within a twentieth of a second.
    pub(crate) fn batch(&self) -> usize {
        if self.probing.is_some() { 1 } else { usize::try_from(self.rate / 20).unwrap_or(1).clamp(1, 64) }
    }

    /// What is wrong, if anything is.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.probing.map(|probing| probing.trouble)
    }

    /// The earliest time the next message may leave; none while the outcome of a try is awaited.
    pub(crate) fn slot(&self, now: Duration) -> Option<Duration> {
        // Not before one that has its slot already, though it may be ahead of time.
        let last = self.left.back().copied().unwrap_or_default();
        if let Some(probing) = self.probing {
            return (!probing.in_flight).then(|| probing.next.max(self.window_opens()).max(last).max(now));
        }
        Some(self.window_opens().max(self.even.saturating_sub(CATCH_UP)).max(last).max(now))
    }

    /// When the window has room for one more.
    fn window_opens(&self) -> Duration {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and the rate")]
        let most = self.current.floor().max(1.0) as usize;
        match self.left.len().checked_sub(most) {
            Some(place) => self.left[place] + WINDOW,
            None => Duration::ZERO,
        }
    }

    /// Takes the next slot, if there is one within a second: the message leaves at the time given.
    pub(crate) fn reserve(&mut self, now: Duration) -> Option<Duration> {
        self.grow(now);
        let at = self.slot(now).filter(|at| at.saturating_sub(now) <= RESERVE_AHEAD)?;
        if let Some(probing) = &mut self.probing {
            probing.in_flight = true;
            probing.next = at + probing.every;
        }
        self.even = self.even.max(at) + Duration::from_secs_f64(WINDOW.as_secs_f64() / self.current);
        let gone = at.saturating_sub(WINDOW);
        while self.left.front().is_some_and(|left| *left < gone) {
            self.left.pop_front();
        }
        self.left.push_back(at);
        Some(at)
    }

    fn grow(&mut self, now: Duration) {
        let seconds = now.saturating_sub(self.grown_at).as_secs();
        if seconds > 0 {
            self.grown_at += Duration::from_secs(seconds);
            let rate = f64::from(self.rate);
            #[expect(clippy::cast_precision_loss, reason = "seconds")]
            let more = rate * RECOVERY * seconds as f64;
            self.current = (self.current + more).min(rate);
        }
    }

    /// Meta took one, or refused it for a reason that has nothing to do with the pace.
    pub(crate) fn answered(&mut self, now: Duration) {
        self.refusals = 0;
        self.lost = 0;
        if let Some(probing) = self.probing.take() {
            if probing.trouble == Trouble::Throttled {
                self.current = (f64::from(self.rate) / 8.0).max(1.0);
            }
            self.grown_at = now;
            self.even = now + CATCH_UP;
        }
    }

    /// Meta refused one because of the pace.
    pub(crate) fn throttled(&mut self, now: Duration) {
        self.lost = 0;
        self.refusals += 1;
        self.grown_at = self.grown_at.max(now);
        self.refused.push_back(now);
        while self.refused.front().is_some_and(|at| now.saturating_sub(*at) > WINDOW) {
            self.refused.pop_front();
        }
        #[expect(clippy::cast_precision_loss, reason = "a second's messages")]
        let is_stray = self.refused.len() as f64 <= (self.left.len() as f64 * STRAY).max(1.0);
        if self.halved_at.is_none_or(|at| now.saturating_sub(at) >= HALVE_EVERY) {
            if is_stray {
                self.current = self.current.min(f64::from(self.rate) * EASED);
            } else {
                self.halved_at = Some(now);
                self.current = (self.current / 2.0).max(1.0);
            }
        }
        if self.refusals >= BLOCKED_AFTER || self.probing.is_some() {
            self.probe(Trouble::Throttled, now, (PROBE_EVERY, PROBE_EVERY));
        }
    }

    /// One had no proper answer: not reached, lost, or a gateway's page.
    pub(crate) fn lost(&mut self, now: Duration) {
        self.lost += 1;
        if self.lost >= LOST_AFTER || self.probing.is_some() {
            self.probe(Trouble::Lost, now, (PROBE_EVERY, PROBE_LOST_MAX));
        }
    }

    /// Meta refuses everything until somebody acts.
    pub(crate) fn stopped(&mut self, now: Duration) {
        self.probe(Trouble::Stopped, now, PROBE_STOPPED);
    }

    /// Meta limits the whole number or account for a while; the first try is made after this wait.
    pub(crate) fn limited(&mut self, now: Duration, wait: Duration) {
        self.probe(Trouble::Limited, now, (wait.max(PROBE_EVERY), PROBE_LIMITED_MAX.max(wait)));
    }

    fn probe(&mut self, trouble: Trouble, now: Duration, (first, longest): (Duration, Duration)) {
        let every = match self.probing {
            Some(probing) if probing.trouble == trouble && probing.in_flight => (probing.every * 2).min(longest),
            Some(probing) if probing.trouble == trouble => probing.every,
            _ => first,
        };
        let next = self.probing.filter(|p| p.trouble == trouble && !p.in_flight).map_or(now + every, |p| p.next);
        self.probing = Some(Probing { trouble, next, every, in_flight: false });
    }

    /// A try came to nothing: there was no message to try.
    pub(crate) fn give_back(&mut self) {
        if let Some(probing) = &mut self.probing {
            probing.in_flight = false;
        }
    }

    /// Somebody acted: the next message is tried at once.
    pub(crate) fn resume(&mut self, now: Duration) {
        if self.probing.take().is_some() {
            self.even = now + CATCH_UP;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// Sends as fast as the pace allows for this long; gives when they left.
    fn send_for(pace: &mut Pace, from: Duration, time: Duration) -> Vec<Duration> {
        let mut left = Vec::new();
        let mut now = from;
        while let Some(at) = pace.slot(now).filter(|at| *at < from + time) {
            now = at;
            left.extend(pace.reserve(now));
            pace.answered(now);
        }
        left
    }

    fn most_in_a_second(left: &[Duration]) -> usize {
        let mut start = 0;
        let mut most = 0;
        for end in 0..left.len() {
            while left[end].saturating_sub(left[start]) >= ms(1000) {
                start += 1;
            }
            most = most.max(end - start + 1);
        }
        most
    }

    #[test]
    fn the_rate_is_used_and_never_exceeded() {
        for rate in [1, 20, 50, 80, 1000] {
            let mut pace = Pace::new(rate, Duration::ZERO);
            let left = send_for(&mut pace, Duration::ZERO, ms(60_000));
            let ideal = rate as usize * 60;
            assert!(left.len() * 1000 >= ideal * 990, "{} of {ideal}", left.len());
            assert!(most_in_a_second(&left) <= rate as usize, "{}", most_in_a_second(&left));
        }
    }

    #[test]
    fn after_a_stall_it_catches_up_a_little_and_keeps_the_rate() {
        let mut pace = Pace::new(50, Duration::ZERO);
        let mut left = send_for(&mut pace, Duration::ZERO, ms(2_000));
        left.extend(send_for(&mut pace, ms(5_000), ms(3_000)));
        assert!(most_in_a_second(&left) <= 50);
    }

    #[test]
    fn a_refusal_halves_the_rate_and_thirty_seconds_bring_it_back() {
        let mut pace = Pace::new(80, Duration::ZERO);
        send_for(&mut pace, Duration::ZERO, ms(1_000));
        for _ in 0..5 {
            pace.throttled(ms(1_000));
        }
        pace.answered(ms(1_000));
        let slow = send_for(&mut pace, ms(1_500), ms(900)).len();
        assert!((20..=45).contains(&slow), "{slow}");
        send_for(&mut pace, ms(2_400), ms(27_600));
        let again = send_for(&mut pace, ms(30_000), ms(1_000)).len();
        assert!(again >= 78, "{again}");
    }

    #[test]
    fn a_stray_refusal_eases_the_rate_for_a_second() {
        let mut pace = Pace::new(80, Duration::ZERO);
        send_for(&mut pace, Duration::ZERO, ms(2_000));
        pace.throttled(ms(2_000));
        pace.answered(ms(2_010));
        let left = send_for(&mut pace, ms(2_010), ms(10_000));
        assert!(left.len() * 1000 >= 800 * 985, "{}", left.len());
    }

    #[test]
    fn while_blocked_one_message_a_second_is_tried() {
        let mut pace = Pace::new(80, Duration::ZERO);
        let mut now = Duration::ZERO;
        let mut tries = 0;
        for _ in 0..20 {
            pace.reserve(now);
            pace.throttled(now);
        }
        let blocked_at = now;
        while let Some(at) = pace.slot(now).filter(|at| *at < blocked_at + ms(60_000)) {
            now = at;
            assert_eq!(pace.reserve(now), Some(now));
            assert_eq!(pace.slot(now), None, "one at a time");
            assert_eq!(pace.reserve(now), None, "nor by those that were fetched together");
            pace.throttled(now + ms(150));
            tries += 1;
        }
        assert!((45..=60).contains(&tries), "{tries}");
        pace.reserve(now);
        pace.answered(now);
        assert_eq!(pace.trouble(), None);
        send_for(&mut pace, now, ms(29_000));
        assert!(send_for(&mut pace, now + ms(29_000), ms(1_000)).len() >= 78);
    }

    #[test]
    fn a_stopped_number_is_tried_ever_more_rarely_until_somebody_acts() {
        let mut pace = Pace::new(50, Duration::ZERO);
        pace.reserve(ms(0));
        pace.stopped(ms(0));
        let mut at = Duration::ZERO;
        let mut gaps = Vec::new();
        for _ in 0..5 {
            let next = pace.slot(at).unwrap();
            gaps.push(next.saturating_sub(at).as_secs());
            at = pace.reserve(next).unwrap();
            pace.stopped(at);
        }
        assert_eq!(gaps, [60, 120, 240, 300, 300]);
        pace.resume(at);
        assert_eq!(pace.slot(at), Some(at), "at once");
    }

    proptest! {
        #[test]
        fn no_second_holds_more_than_the_rate_whatever_happens(
            rate in 1_u32..200,
            steps in proptest::collection::vec((0_u64..400, 0_u8..6), 1..400),
        ) {
            let mut pace = Pace::new(rate, Duration::ZERO);
            let mut now = Duration::ZERO;
            let mut left = Vec::new();
            for (wait, what) in steps {
                now += ms(wait);
                for _ in 0..pace.batch() {
                    left.extend(pace.reserve(now));
                }
                match what {
                    0 => pace.throttled(now),
                    1 => pace.lost(now),
                    2 => pace.stopped(now),
                    _ => pace.answered(now),
                }
            }
            prop_assert!(left.is_sorted());
            prop_assert!(most_in_a_second(&left) <= rate as usize);
        }
    }
}
