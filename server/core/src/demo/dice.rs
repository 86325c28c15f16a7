//! Chance that can be repeated: the same seed gives the same people and the same words, on every machine and in every
//! release. Hence a generator of our own (splitmix64, Steele et al. 2014) and not a library's, which may change.

use uuid::Uuid;

/// Draws numbers.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// Dice of their own for each stream of a seed: a conversation is the same whatever was drawn for the others.
    pub(super) const fn new(seed: u64, stream: u64) -> Self {
        let mut dice = Self(seed ^ stream.wrapping_mul(0xd6e8_feb8_6659_fd93));
        dice.next();
        dice
    }

    /// 64 random bits.
    pub(super) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: i64) -> i64 {
        let end = u64::try_from(end).unwrap_or_default().max(1);
        i64::try_from(self.next() % end).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }

    /// True this many times in a thousand.
    pub(super) fn often(&mut self, per_mille: i64) -> bool {
        self.below(1000) < per_mille
    }

    /// A place in a list of this length.
    pub(super) fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(i64::try_from(length).unwrap_or(i64::MAX))).unwrap_or_default()
    }

    /// One of them, all alike; the list is not empty.
    pub(super) fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.place(list.len())]
    }

    /// One of them, the first far more often than the last (Zipf's law, in steps): the half of all draws fall on a part
    /// whose length is the root of the whole.
    pub(super) fn zipf_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        let doublings = i64::from(usize::BITS - list.len().leading_zeros());
        let reach = 1_usize << self.between(0, doublings);
        &list[self.place(reach.min(list.len()))]
    }

    /// An index by weight: the weights' parts of their sum.
    pub(super) fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                left -= weight;
                left < 0
            })
            .unwrap_or_default()
    }

    /// An id as one made at that millisecond would be (UUIDv7).
    pub(super) fn id_at(&mut self, millisecond: i64) -> Uuid {
        let millis = u128::try_from(millisecond).unwrap_or_default() << 80;
        let random = ((u128::from(self.next()) << 64) | u128::from(self.next())) >> 48;
        uuid::Builder::from_u128(millis | random)
            .with_version(uuid::Version::SortRand)
            .with_variant(uuid::Variant::RFC4122)
            .into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let draw = |seed, stream| {
            let mut dice = Dice::new(seed, stream);
            (0..5).map(|_| dice.next()).collect::<Vec<_>>()
        };
        assert_eq!(draw(7, 1), draw(7, 1));
        assert_ne!(draw(7, 1), draw(7, 2));
        assert_ne!(draw(7, 1), draw(8, 1));
    }

    #[test]
    fn the_first_are_drawn_far_more_often() {
        let (mut dice, list) = (Dice::new(1, 1), (0..64).collect::<Vec<_>>());
        let drawn: Vec<i32> = (0..10_000).map(|_| *dice.zipf_of(&list)).collect();
        let early = drawn.iter().filter(|place| **place < 8).count();
        assert!(early > 5_000, "{early} of the first eight");
        assert!(drawn.iter().any(|place| *place > 50), "the last ones are drawn, too");
    }

    #[test]
    fn ids_carry_their_time() {
        let id = Dice::new(1, 1).id_at(1_795_251_900_123);
        assert_eq!(id.get_version_num(), 7);
        assert_eq!(id.get_timestamp().map(|at| at.to_unix()), Some((1_795_251_900, 123_000_000)));
    }
}
