//! The order of what is shown: conversations newest first, messages oldest first with what is not stored yet at the end.
//!
//! Both are kept as short sorted lists of places; what stands at a place lives in a signal of its own. So a new tick on one
//! message touches one bubble, and a move in the list moves one row.

use charla_shared::{
    conversation::ListCursor,
    id::{ClientKey, EntryId, MessageId, UserId},
    list::Sort,
};
use jiff::Timestamp;
use uuid::Uuid;

/// Puts a row where it belongs, taking it from where it stood. Says whether anything moved.
pub fn place_row(rows: &mut Vec<ListCursor>, sort: Sort, place: ListCursor) -> bool {
    let stood = rows.iter().position(|row| row.id == place.id);
    if stood.is_some_and(|index| rows[index] == place) {
        return false;
    }
    if let Some(index) = stood {
        rows.remove(index);
    }
    let belongs = rows.partition_point(|row| sort.precedes(*row, place));
    rows.insert(belongs, place);
    stood != Some(belongs)
}

/// Whether [`place_row`] would move anything: a row that only takes a new time does not.
#[must_use]
pub fn moves(rows: &[ListCursor], sort: Sort, place: ListCursor) -> bool {
    let stood = rows.iter().position(|row| row.id == place.id);
    let belongs = rows.iter().filter(|row| row.id != place.id).take_while(|row| sort.precedes(**row, place)).count();
    stood != Some(belongs)
}

/// What names a bubble for as long as it is shown: the sender's key when this message has one, so that the optimistic
/// bubble and the stored message are the same element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BubbleKey {
    /// Sent from a browser of ours.
    Client(ClientKey),
    /// Any other.
    Message(MessageId),
    /// No message: a note, or what was done with the conversation.
    Entry(EntryId),
}

/// Where a bubble stands among those of its thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// By time, then by id, of a message or an entry.
    Stored(Timestamp, Uuid),
    /// Not stored yet: after all that are, in the order they were written.
    Pending(u32),
}

/// A bubble's place in the thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BubblePlace {
    /// What it is sorted by.
    pub standing: Standing,
    /// When it was written.
    pub at: Timestamp,
    /// Which.
    pub key: BubbleKey,
    /// What it is and whose.
    pub what: What,
}

/// What stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// The customer's message.
    Theirs,
    /// A message of ours: a member's, or written on the phone.
    Ours(Option<UserId>),
    /// A message of the viewer that is not stored yet.
    Unsent,
    /// A note.
    Note(Option<UserId>),
    /// Something that was done; by nobody when the product or the customer did it.
    Change(Option<UserId>),
}

/// Where a bubble came to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// It stood there already.
    Unmoved,
    /// At the end, where readers look for news.
    Last,
    /// Before others.
    Between,
}

/// Puts a bubble where it belongs, taking it from where it stood.
pub fn place_bubble(bubbles: &mut Vec<BubblePlace>, place: BubblePlace) -> Placed {
    if let Some(index) = bubbles.iter().rposition(|bubble| bubble.key == place.key) {
        if bubbles[index] == place {
            return Placed::Unmoved;
        }
        bubbles.remove(index);
    }
    let belongs = bubbles.partition_point(|bubble| bubble.standing < place.standing);
    bubbles.insert(belongs, place);
    if belongs + 1 == bubbles.len() { Placed::Last } else { Placed::Between }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::constant(second, 0)
    }

    fn row(second: i64, id: u128) -> ListCursor {
        ListCursor { at: at(second), id: uuid::Uuid::from_u128(id).into() }
    }

    fn stored(second: i64, id: u128) -> BubblePlace {
        let id = Uuid::from_u128(id);
        BubblePlace {
            standing: Standing::Stored(at(second), id),
            at: at(second),
            key: BubbleKey::Message(id.into()),
            what: What::Theirs,
        }
    }

    fn client(key: u128) -> BubbleKey {
        BubbleKey::Client(Uuid::from_u128(key).into())
    }

    #[test]
    fn a_row_with_news_moves_to_the_top() {
        let mut rows = vec![row(30, 3), row(20, 2), row(10, 1)];
        assert!(place_row(&mut rows, Sort::Newest, row(40, 1)));
        assert_eq!(rows, [row(40, 1), row(30, 3), row(20, 2)]);
    }

    #[test]
    fn the_top_row_with_news_takes_its_new_time_and_stays() {
        let mut rows = vec![row(30, 3), row(20, 2)];
        assert!(!place_row(&mut rows, Sort::Newest, row(50, 3)));
        assert_eq!(rows[0], row(50, 3));
        assert!(!place_row(&mut rows, Sort::Newest, row(50, 3)));
    }

    #[test]
    fn rows_of_the_same_time_are_in_the_order_of_the_host() {
        let mut rows = Vec::new();
        for id in [2, 3, 1] {
            assert!(place_row(&mut rows, Sort::Newest, row(10, id)));
        }
        assert_eq!(rows, [row(10, 3), row(10, 2), row(10, 1)]);
    }

    #[test]
    fn the_longest_wait_comes_first_where_the_list_is_sorted_so() {
        let mut rows = Vec::new();
        for second in [20, 30, 10] {
            place_row(&mut rows, Sort::WaitingLongest, row(second, second.unsigned_abs().into()));
        }
        assert_eq!(rows, [row(10, 10), row(20, 20), row(30, 30)]);
    }

    #[test]
    fn news_moves_rows_unless_they_are_in_place_already() {
        let rows = vec![row(30, 3), row(20, 2), row(10, 1)];
        assert!(!moves(&rows, Sort::Newest, row(50, 3)));
        assert!(!moves(&rows, Sort::Newest, row(25, 2)));
        assert!(moves(&rows, Sort::Newest, row(50, 2)));
        assert!(moves(&rows, Sort::Newest, row(50, 9)), "one that was not there");
    }

    #[test]
    fn messages_are_sorted_by_time_then_id_however_they_come() {
        let mut bubbles = Vec::new();
        assert_eq!(place_bubble(&mut bubbles, stored(20, 2)), Placed::Last);
        assert_eq!(place_bubble(&mut bubbles, stored(20, 3)), Placed::Last);
        assert_eq!(place_bubble(&mut bubbles, stored(10, 9)), Placed::Between);
        assert_eq!(place_bubble(&mut bubbles, stored(20, 1)), Placed::Between);
        assert_eq!(place_bubble(&mut bubbles, stored(20, 3)), Placed::Unmoved);
        assert_eq!(bubbles, [stored(10, 9), stored(20, 1), stored(20, 2), stored(20, 3)]);
    }

    #[test]
    fn an_optimistic_bubble_stands_last_even_when_this_clock_is_behind_and_becomes_the_stored_one() {
        let mut bubbles = vec![stored(100, 1)];
        let pending = BubblePlace { standing: Standing::Pending(0), at: at(50), key: client(7), what: What::Unsent };
        assert_eq!(place_bubble(&mut bubbles, pending), Placed::Last);
        assert_eq!(
            place_bubble(&mut bubbles, stored(101, 2)),
            Placed::Between,
            "a message that is stored stands before it"
        );

        let kept = BubblePlace {
            standing: Standing::Stored(at(102), Uuid::from_u128(3)),
            at: at(102),
            key: client(7),
            what: What::Ours(None),
        };
        assert_eq!(place_bubble(&mut bubbles, kept), Placed::Last);
        assert_eq!(bubbles, [stored(100, 1), stored(101, 2), kept]);
    }
}
