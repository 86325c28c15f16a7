//! Which conversations of the list are selected: pure rules, told what people do.

use std::collections::BTreeSet;

use charla_shared::id::ConversationId;

/// What is selected, and from where a range goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    picked: BTreeSet<ConversationId>,
    /// What was picked, or put back, last.
    anchor: Option<ConversationId>,
    /// Whether somebody has begun to select and picked nothing yet.
    begun: bool,
}

impl Selection {
    /// Whether somebody is selecting: then every row shows its box.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.begun || !self.is_empty()
    }

    /// How many are selected.
    #[must_use]
    pub fn len(&self) -> usize {
        self.picked.len()
    }

    /// Whether none is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.picked.is_empty()
    }

    /// Whether this one is selected.
    #[must_use]
    pub fn contains(&self, id: ConversationId) -> bool {
        self.picked.contains(&id)
    }

    /// All that are selected, in the order of their ids.
    pub fn ids(&self) -> impl Iterator<Item = ConversationId> {
        self.picked.iter().copied()
    }

    /// Shows the boxes. Until the first is picked.
    pub fn begin(&mut self) {
        self.begun = self.is_empty();
    }

    /// Picks one, or puts it back. A range begins here from now on.
    pub fn toggle(&mut self, id: ConversationId) {
        if !self.picked.remove(&id) {
            self.picked.insert(id);
        }
        self.anchor = Some(id);
        self.begun = false;
    }

    /// Picks everything from where a range begins up to here, either way; what was picked stays so. Where none begins
    /// in what is listed, it is this one alone, and a range begins here.
    pub fn extend(&mut self, listed: &[ConversationId], to: ConversationId) {
        let place = |id| listed.iter().position(|one| *one == id);
        if let (Some(from), Some(end)) = (self.anchor.and_then(place), place(to)) {
            self.picked.extend(&listed[from.min(end)..=from.max(end)]);
        } else {
            self.picked.insert(to);
            self.anchor = Some(to);
        }
        self.begun = false;
    }

    /// Picks all of these, too.
    pub fn add(&mut self, ids: impl IntoIterator<Item = ConversationId>) {
        self.picked.extend(ids);
        self.begun = self.begun && self.picked.is_empty();
    }

    /// Puts back what does not stay.
    pub fn retain(&mut self, stays: impl Fn(ConversationId) -> bool) {
        self.picked.retain(|id| stays(*id));
        self.anchor = self.anchor.filter(|id| stays(*id));
    }

    /// Puts everything back; nobody is selecting any more.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    /// As many rows as the lists of these tests have.
    const ROWS: usize = 12;

    fn id(n: u128) -> ConversationId {
        Uuid::from_u128(n).into()
    }

    fn list() -> Vec<ConversationId> {
        // The order of a list is not that of ids.
        (0..12).map(|n| id(n * 7 % 12)).collect()
    }

    fn picked(selection: &Selection) -> BTreeSet<ConversationId> {
        selection.ids().collect()
    }

    /// What somebody may do with the list, by row number.
    #[derive(Debug, Clone, Copy)]
    enum Act {
        Begin,
        Toggle(usize),
        Extend(usize),
        All,
        /// The list does not show this one any more.
        Leaves(usize),
        Clear,
    }

    fn acts() -> impl Strategy<Value = Vec<Act>> {
        let row = 0..list().len();
        let act = prop_oneof![
            1 => Just(Act::Begin),
            6 => row.clone().prop_map(Act::Toggle),
            4 => row.clone().prop_map(Act::Extend),
            1 => Just(Act::All),
            2 => row.prop_map(Act::Leaves),
            1 => Just(Act::Clear),
        ];
        proptest::collection::vec(act, 0..40)
    }

    fn perform(selection: &mut Selection, act: Act) {
        let list = list();
        match act {
            Act::Begin => selection.begin(),
            Act::Toggle(row) => selection.toggle(list[row]),
            Act::Extend(row) => selection.extend(&list, list[row]),
            Act::All => selection.add(list),
            Act::Leaves(row) => selection.retain(|id| id != list[row]),
            Act::Clear => selection.clear(),
        }
    }

    fn after(acts: &[Act]) -> Selection {
        let mut selection = Selection::default();
        for act in acts {
            perform(&mut selection, *act);
        }
        selection
    }

    #[test]
    fn boxes_are_shown_from_the_beginning_until_the_last_is_put_back() {
        let mut selection = Selection::default();
        assert!(!selection.is_on());
        selection.begin();
        assert!(selection.is_on() && selection.is_empty());
        selection.toggle(id(1));
        assert!(selection.is_on() && selection.len() == 1);
        selection.toggle(id(1));
        assert!(!selection.is_on());
    }

    #[test]
    fn a_range_whose_beginning_is_gone_begins_anew() {
        let list = list();
        let mut selection = Selection::default();
        selection.toggle(list[2]);
        selection.extend(&list[5..], list[7]);
        assert_eq!(picked(&selection), BTreeSet::from([list[2], list[7]]), "the first was not loaded any more");
        selection.extend(&list, list[5]);
        assert_eq!(picked(&selection), BTreeSet::from([list[2], list[5], list[6], list[7]]));
    }

    proptest! {
        #[test]
        fn twice_the_same_box_changes_nothing(acts in acts(), row in 0..ROWS) {
            let before = after(&acts);
            let mut selection = before.clone();
            selection.toggle(list()[row]);
            prop_assert_ne!(selection.contains(list()[row]), before.contains(list()[row]));
            selection.toggle(list()[row]);
            prop_assert_eq!(picked(&selection), picked(&before));
        }

        #[test]
        fn a_range_is_what_lies_between_and_the_same_both_ways(acts in acts(), from in 0..ROWS, to in 0..ROWS) {
            let list = list();
            let mut before = after(&acts);
            before.retain(|id| id != list[from] && id != list[to]);
            let ranged = |from: usize, to: usize| {
                let mut selection = before.clone();
                selection.toggle(list[from]);
                selection.extend(&list, list[to]);
                picked(&selection)
            };
            let mut expected = picked(&before);
            expected.extend(&list[from.min(to)..=from.max(to)]);
            prop_assert_eq!(ranged(from, to), expected.clone());
            prop_assert_eq!(ranged(to, from), expected);
        }

        #[test]
        fn each_act_does_what_it_says_to_the_set_and_no_more(acts in acts()) {
            let (mut selection, list) = (Selection::default(), list());
            for act in acts {
                let before = picked(&selection);
                perform(&mut selection, act);
                let now = picked(&selection);
                match act {
                    Act::Begin => prop_assert_eq!(&now, &before),
                    Act::Toggle(row) => prop_assert_eq!(
                        now.symmetric_difference(&before).copied().collect::<Vec<_>>(), vec![list[row]]),
                    Act::Extend(row) => prop_assert!(now.is_superset(&before) && now.contains(&list[row])),
                    Act::All => prop_assert_eq!(now.len(), list.len()),
                    Act::Leaves(row) => {
                        let stays: BTreeSet<_> = before.into_iter().filter(|id| *id != list[row]).collect();
                        prop_assert_eq!(&now, &stays);
                    }
                    Act::Clear => prop_assert!(now.is_empty() && !selection.is_on()),
                }
                prop_assert!(selection.is_on() || selection.is_empty());
                prop_assert_eq!(selection.len(), selection.ids().count());
            }
        }
    }
}
