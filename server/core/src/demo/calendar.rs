//! When things were said: over the last ninety days, more of it lately, most of it by day.

use super::dice::Dice;

/// Seconds of a day.
pub(super) const DAY: i64 = 24 * 3600;
/// How far back it goes.
const DAYS: i64 = 90;
/// How likely each hour (UTC) is, of a thousand.
const HOURS: [i64; 24] = [
    60, 40, 30, 30, 40, 80, 180, 400, 750, 950, 1000, 980, 800, 780, 920, 1000, 960, 850, 700, 520, 400, 300, 180, 100,
];

/// The first second there is.
pub(super) const fn beginning(now: i64) -> i64 {
    now - DAYS * DAY
}

/// When a conversation was last active, in seconds: one of eight within the last day.
pub(super) fn last_active(dice: &mut Dice, now: i64) -> i64 {
    let mut at = now - 2;
    for _ in 0..6 {
        let age = if dice.often(125) {
            dice.below(DAY)
        } else {
            let part = dice.below(1_000);
            DAYS * DAY / 1_000_000 * part * part + dice.below(DAY)
        };
        at = now - 2 - age;
        let hour = usize::try_from(at.rem_euclid(DAY) / 3600).unwrap_or_default();
        if dice.often(HOURS[hour]) {
            break;
        }
    }
    at
}

/// The seconds of so many messages up to the last one, each later than the one before it: answers within minutes, now and
/// then days of silence; all of it after `earliest`, as far as there are seconds enough.
pub(super) fn seconds(dice: &mut Dice, count: usize, last: i64, earliest: i64) -> Vec<i64> {
    let gaps: Vec<i64> = (1..count)
        .map(|_| match dice.below(100) {
            0..=69 => dice.between(5, 180),
            70..=91 => dice.between(180, 5_400),
            _ => dice.between(6 * 3600, 3 * DAY),
        })
        .collect();
    let (total, room) = (gaps.iter().sum::<i64>().max(1), (last - earliest).max(1));
    let mut at = last;
    let mut seconds = vec![last];
    for gap in gaps.iter().rev() {
        at -= if total > room { gap * room / total } else { *gap }.max(1);
        seconds.push(at);
    }
    seconds.reverse();
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_messages_fit_into_ninety_days_one_after_the_other() {
        let now = 1_795_251_900;
        let seconds = seconds(&mut Dice::new(1, 1), 10_000, now, beginning(now));
        assert_eq!((seconds.len(), seconds.last().copied()), (10_000, Some(now)));
        assert!(seconds.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(seconds[0] > beginning(now) - 10_000);
    }

    #[test]
    fn nothing_happens_later_than_now_and_much_of_it_today() {
        let (mut dice, now) = (Dice::new(1, 1), 1_795_251_900);
        let ends: Vec<i64> = (0..10_000).map(|_| last_active(&mut dice, now)).collect();
        assert!(ends.iter().all(|end| *end < now && *end > beginning(now) - 2 * DAY));
        let today = ends.iter().filter(|end| **end > now - DAY).count();
        assert!((1_000..4_000).contains(&today), "{today} within the last day");
    }
}
