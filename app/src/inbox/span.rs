//! Which part of a thread is kept in the page: as much as a reader needs around them, however long the thread is. What is
//! far goes, at either end, and is loaded again when the reader comes near.

use charla_shared::conversation::ThreadCursor;
use uuid::Uuid;

use super::order::{BubblePlace, Standing};

/// Things that are kept before anything goes.
const MOST: usize = 110;

/// What a reader does not need, seen from where they are: an end of what is kept, as far as a line that stands out of sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Far {
    /// What stands before this message or entry.
    Before(Uuid),
    /// This message or entry and what comes after it.
    From(Uuid),
}

/// Whether there is more than a page needs.
#[must_use]
pub fn is_long(bubbles: &[BubblePlace]) -> bool {
    stored(bubbles) > MOST
}

/// Cuts what is far from the reader; gives what goes. What is not stored yet stays.
pub fn cut(bubbles: &mut Vec<BubblePlace>, far: Far) -> Vec<BubblePlace> {
    let stored = stored(bubbles);
    let (Far::Before(line) | Far::From(line)) = far;
    let is_it = |bubble: &BubblePlace| matches!(bubble.standing, Standing::Stored(_, id) if id == line);
    let Some(place) = bubbles.iter().position(is_it) else { return Vec::new() };
    match far {
        Far::Before(_) => bubbles.drain(..place).collect(),
        Far::From(_) => bubbles.drain(place..stored).collect(),
    }
}

fn stored(bubbles: &[BubblePlace]) -> usize {
    bubbles.partition_point(|bubble| matches!(bubble.standing, Standing::Stored(..)))
}

/// The cursor at a bubble; none for one that is not stored.
#[must_use]
pub fn cursor(bubble: &BubblePlace) -> Option<ThreadCursor> {
    match bubble.standing {
        Standing::Stored(at, id) => Some(ThreadCursor { at, id }),
        Standing::Pending(_) => None,
    }
}

/// The cursor at the first that is stored.
#[must_use]
pub fn first(bubbles: &[BubblePlace]) -> Option<ThreadCursor> {
    bubbles.iter().find_map(cursor)
}

/// The cursor at the last that is stored.
#[must_use]
pub fn last(bubbles: &[BubblePlace]) -> Option<ThreadCursor> {
    bubbles.iter().rev().find_map(cursor)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{
        super::order::{BubbleKey, What},
        *,
    };

    fn thread(stored: usize, pending: usize) -> Vec<BubblePlace> {
        let bubble = |n: usize, standing| BubblePlace {
            standing,
            at: Timestamp::constant(1_000, 0),
            key: BubbleKey::Message(Uuid::from_u128(n as u128).into()),
            what: What::Theirs,
        };
        let old =
            (0..stored).map(|n| bubble(n, Standing::Stored(Timestamp::constant(1_000, 0), Uuid::from_u128(n as u128))));
        let new = (stored..stored + pending).map(|n| bubble(n, Standing::Pending(u32::try_from(n).expect("small"))));
        old.chain(new).collect()
    }

    fn id(n: usize) -> Uuid {
        Uuid::from_u128(n as u128)
    }

    #[test]
    fn a_thread_is_long_by_what_is_stored() {
        assert!(!is_long(&thread(MOST, 30)));
        assert!(is_long(&thread(MOST + 1, 0)));
    }

    #[test]
    fn the_far_end_goes_and_what_is_not_stored_stays() {
        let whole = thread(130, 2);
        let mut kept = whole.clone();
        assert_eq!(cut(&mut kept, Far::From(id(80))), whole[80..130]);
        assert_eq!(kept, [&whole[..80], &whole[130..]].concat());
        let mut kept = whole.clone();
        assert_eq!(cut(&mut kept, Far::Before(id(50))), whole[..50]);
        assert_eq!(kept, whole[50..]);
    }

    #[test]
    fn nothing_goes_when_the_line_is_not_there() {
        let whole = thread(130, 2);
        for far in [Far::Before(id(500)), Far::From(id(500)), Far::Before(id(131)), Far::From(id(131))] {
            let mut kept = whole.clone();
            assert_eq!(cut(&mut kept, far), [], "{far:?}");
            assert_eq!(kept, whole);
        }
    }

    proptest! {
        #[test]
        fn however_one_reads_there_is_no_hole(steps in proptest::collection::vec((any::<bool>(), 1_usize..60), 1..60)) {
            // A thread of 10 000, read from the end in pages of fifty.
            let all = thread(10_000, 0);
            let (mut from, mut kept) = (9_950, all[9_950..].to_vec());
            for (towards_start, near) in steps {
                let whole = if towards_start {
                    let begin = from.max(50) - 50;
                    kept.splice(0..0, all[begin..from].iter().copied());
                    from = begin;
                    let whole = kept.len();
                    cut(&mut kept, Far::From(id(from + near)));
                    whole
                } else {
                    let end = from + kept.len();
                    kept.extend_from_slice(&all[end..(end + 50).min(all.len())]);
                    let whole = kept.len();
                    from += cut(&mut kept, Far::Before(id(from + whole - near.min(whole)))).len();
                    whole
                };
                prop_assert_eq!(&kept[..], &all[from..from + kept.len()]);
                prop_assert!(kept.len() == whole || kept.len() == near);
                prop_assert_eq!(first(&kept), all.get(from).and_then(cursor));
                prop_assert_eq!(last(&kept), kept.last().and_then(cursor));
            }
        }
    }
}
