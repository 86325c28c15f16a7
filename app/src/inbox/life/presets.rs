//! Times to sleep until, as people say them. Days are the viewer's.

use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, Weekday},
};

/// When the day begins, for those who come back to something in the morning.
pub const MORNING: i8 = 9;
/// Times a few hours away are rounded up to these minutes.
const STEP: i64 = 5 * 60;

/// The hours that are offered.
pub const HOURS: [i64; 2] = [1, 3];

/// Some hours from now, on a round minute.
#[must_use]
pub fn in_hours(now: Timestamp, hours: i64) -> Timestamp {
    let second = now.as_second().div_euclid(STEP) * STEP + if now.as_second().rem_euclid(STEP) > 0 { STEP } else { 0 };
    let round = Timestamp::from_second(second).unwrap_or(now);
    round.checked_add(SignedDuration::from_hours(hours)).unwrap_or(round)
}

/// The mornings that are offered, by the keys of their names: tomorrow, the next Monday unless that is tomorrow, and the
/// same day next week.
#[must_use]
pub fn mornings(today: Date) -> Vec<(&'static str, Date)> {
    let Ok(tomorrow) = today.tomorrow() else { return Vec::new() };
    let monday = tomorrow.nth_weekday(1, Weekday::Monday).ok().filter(|_| tomorrow.weekday() != Weekday::Monday);
    let week = today.checked_add(1.week()).ok().filter(|week| Some(*week) != monday);
    let days = [
        Some(("snooze-tomorrow", tomorrow)),
        monday.map(|monday| ("snooze-monday", monday)),
        week.map(|week| ("snooze-week", week)),
    ];
    days.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn hours_end_on_a_round_minute_and_are_no_shorter_than_said() {
        let now = Timestamp::constant(1_800_000_001, 0);
        let then = in_hours(now, 1);
        assert_eq!(then.as_second() % 300, 0);
        assert!(then.duration_since(now) >= SignedDuration::from_hours(1));
        assert!(then.duration_since(now) < SignedDuration::from_mins(65));
        let round = Timestamp::constant(1_800_000_000, 0);
        assert_eq!(in_hours(round, 3).duration_since(round), SignedDuration::from_hours(3));
    }

    #[test]
    fn no_morning_is_offered_twice() {
        // A Saturday.
        let offered = mornings(date(2026, 11, 21));
        assert_eq!(
            offered,
            [
                ("snooze-tomorrow", date(2026, 11, 22)),
                ("snooze-monday", date(2026, 11, 23)),
                ("snooze-week", date(2026, 11, 28)),
            ]
        );
        let days = |today: Date| mornings(today).into_iter().map(|(_, day)| day).collect::<Vec<_>>();
        // Sunday: tomorrow is Monday. Monday: Monday is in a week.
        assert_eq!(days(date(2026, 11, 22)), [date(2026, 11, 23), date(2026, 11, 29)]);
        assert_eq!(days(date(2026, 11, 23)), [date(2026, 11, 24), date(2026, 11, 30)]);
    }
}
