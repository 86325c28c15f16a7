//! The lines of a thread: its bubbles, a line where a day begins, and one where the unread messages begin.
//!
//! Which day an instant falls on depends on the viewer's zone, which only the browser knows: the host groups by UTC, and
//! the browser again by its own zone once the page is alive.

use jiff::{Timestamp, civil::Date, tz::Offset};

use super::order::{BubbleKey, BubblePlace};

/// A line of a thread. No two lines of a thread are equal, so a line is its own key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    /// A day begins.
    Day(Date),
    /// From here on nobody had looked when the thread was opened.
    Unread,
    /// A message.
    Bubble(BubbleKey),
}

/// The lines of a thread, given which day an instant falls on.
///
/// Days only go forward: an optimistic bubble written by a clock that is behind stands under the day of the message above.
#[must_use]
pub fn lines(
    bubbles: &[BubblePlace],
    first_unread: Option<BubbleKey>,
    day_of: impl Fn(Timestamp) -> Date,
) -> Vec<Line> {
    let mut lines = Vec::with_capacity(bubbles.len() + 8);
    let mut day = None;
    for bubble in bubbles {
        let its = day_of(bubble.at);
        if day.is_none_or(|day| its > day) {
            day = Some(its);
            lines.push(Line::Day(its));
        }
        if first_unread == Some(bubble.key) {
            lines.push(Line::Unread);
        }
        lines.push(Line::Bubble(bubble.key));
    }
    lines
}

/// The day of an instant in UTC.
#[must_use]
pub fn utc_day(at: Timestamp) -> Date {
    Offset::UTC.to_datetime(at).date()
}

/// How a day is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayName {
    /// The viewer's present day.
    Today,
    /// The day before it.
    Yesterday,
    /// Any other: by its date.
    Other,
}

/// How a day is called on `today`.
#[must_use]
pub fn name_of(day: Date, today: Date) -> DayName {
    if day == today {
        DayName::Today
    } else if today.yesterday().is_ok_and(|yesterday| yesterday == day) {
        DayName::Yesterday
    } else {
        DayName::Other
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{super::order::Standing, *};

    const MIDNIGHT: i64 = 1_795_219_200;

    /// Minutes from the beginning of 2026-11-21 in UTC.
    fn bubble(minutes: i64, id: u128) -> BubblePlace {
        let at = Timestamp::constant(MIDNIGHT + minutes * 60, 0);
        let id = uuid::Uuid::from_u128(id).into();
        BubblePlace { standing: Standing::Stored(at, id), at, key: BubbleKey::Message(id) }
    }

    #[test]
    fn each_day_begins_once_and_the_divider_stands_before_the_first_unread() {
        let thread = [bubble(-1, 1), bubble(1, 2), bubble(540, 3)];
        assert_eq!(
            lines(&thread, Some(thread[2].key), utc_day),
            [
                Line::Day(date(2026, 11, 20)),
                Line::Bubble(thread[0].key),
                Line::Day(date(2026, 11, 21)),
                Line::Bubble(thread[1].key),
                Line::Unread,
                Line::Bubble(thread[2].key),
            ]
        );
    }

    #[test]
    fn the_viewers_zone_decides_the_day() {
        let thread = [bubble(-1, 1), bubble(1, 2)];
        let west = |at: Timestamp| jiff::tz::offset(-3).to_datetime(at).date();
        assert_eq!(
            lines(&thread, None, west),
            [Line::Day(date(2026, 11, 20)), Line::Bubble(thread[0].key), Line::Bubble(thread[1].key)]
        );
    }

    #[test]
    fn a_bubble_of_a_clock_that_is_behind_makes_no_day_twice() {
        let thread = [bubble(1, 1), bubble(-840, 2), bubble(2, 3)];
        let days = lines(&thread, None, utc_day).into_iter().filter(|line| matches!(line, Line::Day(_))).count();
        assert_eq!(days, 1);
    }

    #[test]
    fn the_last_two_days_have_names() {
        let today = date(2026, 3, 1);
        assert_eq!(name_of(today, today), DayName::Today);
        assert_eq!(name_of(date(2026, 2, 28), today), DayName::Yesterday);
        assert_eq!(name_of(date(2026, 2, 27), today), DayName::Other);
        assert_eq!(name_of(date(2026, 3, 2), today), DayName::Other);
    }
}
