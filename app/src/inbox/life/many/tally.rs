//! What became of many conversations: pure sums.

use charla_shared::{
    id::ConversationId,
    life::{Change, Changed, Outcome},
};

use crate::failure::Failure;

/// The most that are asked for at once: a step of the progress that is shown.
const AT_ONCE: usize = 50;

/// What is asked of the host at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What is done.
    pub change: Change,
    /// With which: 1 to [`AT_ONCE`].
    pub conversations: Vec<ConversationId>,
}

/// Changes in pieces: the same change together, in the order they were named.
#[must_use]
pub fn pieces(changes: impl IntoIterator<Item = (ConversationId, Change)>) -> Vec<Piece> {
    let mut pieces = Vec::<Piece>::new();
    for (id, change) in changes {
        let fits = |piece: &&mut Piece| piece.change == change && piece.conversations.len() < AT_ONCE;
        if let Some(piece) = pieces.iter_mut().find(fits) {
            piece.conversations.push(id);
        } else {
            pieces.push(Piece { change, conversations: vec![id] });
        }
    }
    pieces
}

/// What became of those that were to be changed.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many there were.
    pub of: usize,
    /// What is done, each with what undoes it.
    pub done: Vec<(ConversationId, Change)>,
    /// How many were so already.
    pub same: usize,
    /// How many have had news that nobody had seen.
    pub new_message: usize,
    /// How many somebody else has changed since, when a change is taken back.
    pub changed_since: usize,
    /// How many have no room for a further label.
    pub full: usize,
    /// What is not here any more.
    pub missing: Vec<ConversationId>,
    /// Why the host was not asked for the rest.
    pub failure: Option<Failure>,
}

impl Tally {
    /// Of so many.
    #[must_use]
    pub fn new(of: usize) -> Self {
        Self { of, ..Self::default() }
    }

    /// Notes what became of one.
    pub fn note(&mut self, changed: Changed) {
        match changed.outcome {
            Outcome::Done { undo } => self.done.push((changed.conversation, undo)),
            Outcome::Same => self.same += 1,
            Outcome::NewMessage => self.new_message += 1,
            Outcome::ChangedSince => self.changed_since += 1,
            Outcome::Full => self.full += 1,
            Outcome::Missing => self.missing.push(changed.conversation),
        }
    }

    /// Of how many it is known what became of them.
    #[must_use]
    pub fn known(&self) -> usize {
        self.done.len() + self.same + self.new_message + self.changed_since + self.full + self.missing.len()
    }

    /// Why some were not changed: the key of each reason, and how many there are of it.
    #[must_use]
    pub fn refused(&self) -> Vec<(&'static str, usize)> {
        let mut refused = vec![
            ("many-refused-new", self.new_message),
            ("many-refused-since", self.changed_since),
            ("many-refused-full", self.full),
            ("many-refused-missing", self.missing.len()),
        ];
        refused.retain(|(_, count)| *count > 0);
        refused
    }
}

#[cfg(test)]
mod tests {
    use charla_shared::life::NewStatus;
    use jiff::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> ConversationId {
        Uuid::from_u128(n).into()
    }

    fn change(n: u8) -> Change {
        match n {
            0 => Change::Status { to: NewStatus::Open },
            1 => Change::Status { to: NewStatus::Pending },
            n => Change::Status { to: NewStatus::Snoozed { until: Timestamp::constant(n.into(), 0) } },
        }
    }

    #[test]
    fn everything_is_told_and_what_was_not_asked_for_is_the_rest() {
        let outcomes = [
            Outcome::Done { undo: change(0) },
            Outcome::Same,
            Outcome::NewMessage,
            Outcome::NewMessage,
            Outcome::Missing,
            Outcome::ChangedSince,
        ];
        let mut tally = Tally::new(7);
        for (outcome, n) in outcomes.into_iter().zip(1..) {
            tally.note(Changed { conversation: id(n), outcome });
        }
        assert_eq!((tally.known(), tally.done.len(), tally.same), (6, 1, 1));
        let refused = [("many-refused-new", 2), ("many-refused-since", 1), ("many-refused-missing", 1)];
        assert_eq!(tally.refused(), refused);
    }

    proptest! {
        #[test]
        fn each_is_asked_for_once_with_its_own_change(kinds in proptest::collection::vec(0_u8..4, 0..300)) {
            let named: Vec<_> = (0..).map(id).zip(kinds.iter().copied().map(change)).collect();
            let pieces = pieces(named.clone());
            for piece in &pieces {
                prop_assert!((1..=AT_ONCE).contains(&piece.conversations.len()));
                prop_assert!(piece.conversations.is_sorted(), "in the order they were named");
            }
            let mut asked: Vec<_> = pieces
                .into_iter()
                .flat_map(|piece| piece.conversations.into_iter().map(move |id| (id, piece.change.clone())))
                .collect();
            asked.sort_by_key(|(id, _)| *id);
            prop_assert_eq!(asked, named);
        }
    }
}
