//! The lines of a thread: its bubbles, notes and changes, a line where a day begins, and one where the unread messages
//! begin. What one person writes in a few minutes is a group; what they do within a minute is one line.
//!
//! Which day an instant falls on depends on the viewer's zone, which only the browser knows: the host groups by UTC, and
//! the browser again by its own zone once the page is alive.

use std::collections::{HashMap, HashSet};

use charla_shared::id::EntryId;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::Offset};

use super::order::{BubbleKey, BubblePlace, What};

/// Bubbles of one author this far apart at most are one group.
const GROUP: SignedDuration = SignedDuration::from_mins(5);
/// Changes by one person this far apart at most are one line.
const JOINED: SignedDuration = SignedDuration::from_mins(1);

/// A line of a thread. No two lines of a thread are equal, so a line is its own key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    /// A day begins.
    Day(Date),
    /// From here on nobody had looked when the thread was opened.
    Unread,
    /// A message.
    Bubble(BubbleKey),
    /// A note.
    Note(EntryId),
    /// What was done, from this change on.
    Changes(EntryId),
}

/// How a thread is laid out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layout {
    /// Its lines, oldest first.
    pub lines: Vec<Line>,
    /// The bubbles and notes that begin a group: the others need no name.
    pub beginning: HashSet<BubbleKey>,
    /// The changes of each line of changes, by the first of them.
    pub changes: HashMap<EntryId, Vec<EntryId>>,
}

/// Lays a thread out, given which day an instant falls on.
///
/// Days only go forward: an optimistic bubble written by a clock that is behind stands under the day of the message above.
#[must_use]
pub fn lay_out(bubbles: &[BubblePlace], first_unread: Option<BubbleKey>, day_of: impl Fn(Timestamp) -> Date) -> Layout {
    let mut layout = Layout { lines: Vec::with_capacity(bubbles.len() + 8), ..Layout::default() };
    let mut day = None;
    // What stands right above, in the same day.
    let mut above: Option<BubblePlace> = None;
    let mut joining: Option<EntryId> = None;
    for bubble in bubbles {
        let its = day_of(bubble.at);
        if day.is_none_or(|day| its > day) {
            day = Some(its);
            above = None;
            layout.lines.push(Line::Day(its));
        }
        if first_unread == Some(bubble.key) {
            above = None;
            layout.lines.push(Line::Unread);
        }
        match (bubble.key, bubble.what) {
            (BubbleKey::Entry(entry), What::Change(_)) => {
                let first = joining.filter(|_| above.is_some_and(|above| belongs(above, *bubble, JOINED)));
                if first.is_none() {
                    layout.lines.push(Line::Changes(entry));
                }
                joining = Some(first.unwrap_or(entry));
                layout.changes.entry(first.unwrap_or(entry)).or_default().push(entry);
            }
            (key, _) => {
                layout.lines.push(if let BubbleKey::Entry(entry) = key {
                    Line::Note(entry)
                } else {
                    Line::Bubble(key)
                });
                if above.is_none_or(|above| !belongs(above, *bubble, GROUP)) {
                    layout.beginning.insert(key);
                }
            }
        }
        above = Some(*bubble);
    }
    layout
}

/// Whether a bubble goes on with what stands above it: the same author, soon after.
fn belongs(above: BubblePlace, bubble: BubblePlace, within: SignedDuration) -> bool {
    let same = match (above.what, bubble.what) {
        // What the viewer sends goes on with what members sent: most often themselves.
        (What::Ours(Some(_)), What::Unsent) => true,
        (above, its) => above == its,
    };
    same && bubble.at.duration_since(above.at) <= within
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
    use charla_shared::id::UserId;
    use jiff::civil::date;
    use uuid::Uuid;

    use super::{super::order::Standing, *};

    const MIDNIGHT: i64 = 1_795_219_200;

    fn place(second: i64, id: u128, what: What) -> BubblePlace {
        let (at, id) = (Timestamp::constant(MIDNIGHT + second, 0), Uuid::from_u128(id));
        let key = match what {
            What::Note(_) | What::Change(_) => BubbleKey::Entry(id.into()),
            _ => BubbleKey::Message(id.into()),
        };
        BubblePlace { standing: Standing::Stored(at, id), at, key, what }
    }

    /// Minutes from the beginning of 2026-11-21 in UTC.
    fn bubble(minutes: i64, id: u128) -> BubblePlace {
        place(minutes * 60, id, What::Theirs)
    }

    fn user(id: u128) -> UserId {
        Uuid::from_u128(id).into()
    }

    #[test]
    fn each_day_begins_once_and_the_divider_stands_before_the_first_unread() {
        let thread = [bubble(-1, 1), bubble(1, 2), bubble(540, 3)];
        assert_eq!(
            lay_out(&thread, Some(thread[2].key), utc_day).lines,
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
            lay_out(&thread, None, west).lines,
            [Line::Day(date(2026, 11, 20)), Line::Bubble(thread[0].key), Line::Bubble(thread[1].key)]
        );
    }

    #[test]
    fn a_bubble_of_a_clock_that_is_behind_makes_no_day_twice() {
        let thread = [bubble(1, 1), bubble(-840, 2), bubble(2, 3)];
        let lines = lay_out(&thread, None, utc_day).lines;
        assert_eq!(lines.into_iter().filter(|line| matches!(line, Line::Day(_))).count(), 1);
    }

    #[test]
    fn bubbles_of_one_author_within_five_minutes_are_a_group() {
        let (ana, luis) = (What::Ours(Some(user(1))), What::Ours(Some(user(2))));
        let thread = [
            place(0, 1, What::Theirs),
            place(200, 2, What::Theirs),
            place(501, 3, What::Theirs),
            place(510, 4, ana),
            place(520, 5, luis),
            place(530, 6, What::Unsent),
            place(540, 7, What::Note(Some(user(2)))),
        ];
        let beginning = lay_out(&thread, None, utc_day).beginning;
        let begins: Vec<bool> = thread.iter().map(|bubble| beginning.contains(&bubble.key)).collect();
        assert_eq!(begins, [true, false, true, true, true, false, true]);
        let divided = lay_out(&thread, Some(thread[1].key), utc_day).beginning;
        assert!(divided.contains(&thread[1].key), "below the divider a group begins anew");
    }

    #[test]
    fn what_one_person_does_within_a_minute_is_one_line() {
        let thread = [
            place(0, 1, What::Change(Some(user(1)))),
            place(50, 2, What::Change(Some(user(1)))),
            place(100, 3, What::Change(Some(user(1)))),
            place(161, 4, What::Change(Some(user(1)))),
            place(162, 5, What::Change(Some(user(2)))),
            place(163, 6, What::Theirs),
            place(164, 7, What::Change(Some(user(2)))),
        ];
        let layout = lay_out(&thread, None, utc_day);
        let of = |id: u128| EntryId::from(Uuid::from_u128(id));
        assert_eq!(
            layout.lines[1..],
            [
                Line::Changes(of(1)),
                Line::Changes(of(4)),
                Line::Changes(of(5)),
                Line::Bubble(thread[5].key),
                Line::Changes(of(7)),
            ]
        );
        assert_eq!(layout.changes[&of(1)], [of(1), of(2), of(3)]);
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
