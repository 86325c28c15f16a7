//! Drafts: what a member has typed in a conversation and not sent. Each member has one of their own per conversation.

use garde::Validate;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Longest draft that is kept, in characters: more than one message holds, because a long text is split when it is sent.
pub const DRAFT_MAX: usize = 65_536;

/// What stood in the field, and since when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct Draft {
    /// As typed, blanks and all; empty once it was sent or deleted. At most [`DRAFT_MAX`] characters.
    #[garde(length(chars, max = DRAFT_MAX))]
    pub body: String,
    /// When it was typed, by the clock of whoever typed it.
    #[garde(skip)]
    pub typed_at: Timestamp,
}

impl Draft {
    /// The one that was typed later; of two from the same instant, this one.
    #[must_use]
    pub fn newer(self, other: Self) -> Self {
        if other.typed_at > self.typed_at { other } else { self }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn draft(body: &str, second: i64) -> Draft {
        Draft { body: body.to_owned(), typed_at: Timestamp::constant(second, 0) }
    }

    #[test]
    fn what_was_typed_last_stands_also_when_it_is_nothing() {
        assert_eq!(draft("one", 1).newer(draft("two", 2)), draft("two", 2));
        assert_eq!(draft("", 3).newer(draft("two", 2)), draft("", 3));
    }

    proptest! {
        #[test]
        fn merging_in_any_order_ends_with_the_latest(seconds in proptest::collection::hash_set(0_i64..1_000, 1..8)) {
            let drafts: Vec<_> = seconds.iter().map(|second| draft(&second.to_string(), *second)).collect();
            let latest = seconds.iter().max().map(ToString::to_string);
            let forwards = drafts.iter().cloned().reduce(Draft::newer);
            let backwards = drafts.into_iter().rev().reduce(Draft::newer);
            prop_assert_eq!(forwards.as_ref().map(|draft| draft.body.clone()), latest);
            prop_assert_eq!(forwards, backwards);
        }
    }
}
