//! Which part of a thread is kept in the page: as much as a reader needs around them, however long the thread is. What is
//! far goes, at either end, and is loaded again when the reader comes near.

use charla_shared::conversation::ThreadCursor;

use super::order::{BubblePlace, Standing};

/// Things that are kept; with those of one page more, the far end is cut back to this many.
const KEPT: usize = 80;
/// Things that are kept before anything goes.
const MOST: usize = 110;

/// Where the reader is in what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Near the oldest.
    AtStart,
    /// Near the newest.
    AtEnd,
}

/// Cuts what is far from the reader; gives what goes. What is not stored yet stays.
pub fn cut(bubbles: &mut Vec<BubblePlace>, reader: Reader) -> Vec<BubblePlace> {
    let stored = bubbles.partition_point(|bubble| matches!(bubble.standing, Standing::Stored(..)));
    if stored <= MOST {
        return Vec::new();
    }
    match reader {
        Reader::AtStart => bubbles.drain(KEPT..stored).collect(),
        Reader::AtEnd => bubbles.drain(..stored - KEPT).collect(),
    }
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

    #[test]
    fn a_short_thread_is_kept_whole() {
        for reader in [Reader::AtStart, Reader::AtEnd] {
            assert_eq!(cut(&mut thread(MOST, 3), reader), []);
        }
    }

    #[test]
    fn the_far_end_goes_and_what_is_not_stored_stays() {
        let whole = thread(130, 2);
        let mut kept = whole.clone();
        assert_eq!(cut(&mut kept, Reader::AtStart), whole[KEPT..130]);
        assert_eq!(kept, [&whole[..KEPT], &whole[130..]].concat());
        let mut kept = whole.clone();
        assert_eq!(cut(&mut kept, Reader::AtEnd), whole[..50]);
        assert_eq!(kept, whole[50..]);
    }

    proptest! {
        #[test]
        fn however_one_reads_the_page_stays_small_and_without_a_hole(steps in proptest::collection::vec(any::<bool>(), 1..60)) {
            // A thread of 10 000, read from the end in pages of fifty.
            let all = thread(10_000, 0);
            let (mut from, mut kept) = (9_950, all[9_950..].to_vec());
            for towards_start in steps {
                if towards_start {
                    let begin = from.max(50) - 50;
                    kept.splice(0..0, all[begin..from].iter().copied());
                    from = begin;
                    cut(&mut kept, Reader::AtStart);
                } else {
                    let end = from + kept.len();
                    kept.extend_from_slice(&all[end..(end + 50).min(all.len())]);
                    from += cut(&mut kept, Reader::AtEnd).len();
                }
                prop_assert!(kept.len() <= MOST);
                prop_assert_eq!(&kept[..], &all[from..from + kept.len()]);
                prop_assert_eq!(first(&kept), all.get(from).and_then(cursor));
                prop_assert_eq!(last(&kept), all.get(from + kept.len() - 1).and_then(cursor));
            }
        }
    }
}
