//! How much goes where: workspaces of unequal size, and in each few long conversations and many short ones.

/// What a workspace is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Share {
    /// Conversations.
    pub conversations: u64,
    /// Messages, one a conversation at least.
    pub messages: u64,
}

/// Percent of everything that the first of several workspaces holds.
const FIRST: u64 = 30;
/// Most messages of the longest conversation.
const LONGEST: u64 = 10_000;

/// Splits all over this many workspaces: the first holds 30 %, the others the rest in equal parts.
pub(super) fn shares(all: Share, workspaces: u64) -> Vec<Share> {
    let split = |total: u64| -> Vec<u64> {
        if workspaces <= 1 {
            return vec![total];
        }
        let first = total * FIRST / 100;
        let (part, left) = ((total - first) / (workspaces - 1), (total - first) % (workspaces - 1));
        std::iter::once(first).chain((0..workspaces - 1).map(|place| part + u64::from(place < left))).collect()
    };
    let pairs = split(all.conversations).into_iter().zip(split(all.messages));
    pairs.map(|(conversations, messages)| Share { conversations, messages: messages.max(conversations) }).collect()
}

/// How many messages each conversation holds, the longest first (Zipf–Mandelbrot). `longest` is for the first one.
pub(super) fn lengths(share: Share, longest: u64) -> Vec<u64> {
    const UNIT: u64 = 1_000_000_000;
    let Some(rest) = share.conversations.checked_sub(1) else { return Vec::new() };
    let spare = share.messages - share.conversations;
    let first = longest.saturating_sub(1).min(spare);
    let flat = 20 + share.conversations / 2_000;
    let weight = |rank: u64| UNIT / (rank + flat);
    let weights: u64 = (0..rest).map(weight).sum::<u64>().max(1);
    let shared = u128::from(spare - first);
    let part = |rank| u64::try_from(shared * u128::from(weight(rank)) / u128::from(weights)).unwrap_or_default();
    let mut lengths: Vec<u64> = std::iter::once(1 + first).chain((0..rest).map(|rank| 1 + part(rank))).collect();
    // What rounding down has left over goes to the first ones.
    let left = share.messages - lengths.iter().sum::<u64>();
    let places = lengths.len();
    (0..left).zip((0..places).cycle().skip(1)).for_each(|(_, place)| lengths[place] += 1);
    lengths
}

/// The length of the longest conversation among so many messages: a hundredth of them, as far as that can be looked at.
pub(super) fn longest(all: Share) -> u64 {
    (all.messages / 100).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_shared_out_and_one_workspace_holds_thirty_percent() {
        let all = Share { conversations: 100_000, messages: 1_000_000 };
        let shares = shares(all, 50);
        assert_eq!(shares.len(), 50);
        assert_eq!(shares[0], Share { conversations: 30_000, messages: 300_000 });
        assert_eq!(shares.iter().map(|share| share.messages).sum::<u64>(), 1_000_000);
        assert_eq!(shares.iter().map(|share| share.conversations).sum::<u64>(), 100_000);
    }

    #[test]
    fn few_conversations_are_long_and_each_has_a_message() {
        let share = Share { conversations: 30_000, messages: 300_000 };
        let lengths = lengths(share, 10_000);
        assert_eq!((lengths.len(), lengths[0]), (30_000, 10_000));
        assert_eq!(lengths.iter().sum::<u64>(), 300_000);
        assert!(lengths[1] < 3_000 && lengths[1] > 500, "{}", lengths[1]);
        assert!(lengths.iter().all(|length| *length >= 1));
    }

    #[test]
    fn small_shares_come_out_even() {
        for (conversations, messages) in [(0, 0), (1, 1), (1, 50), (3, 3), (10, 100)] {
            let lengths = lengths(Share { conversations, messages }, 5);
            assert_eq!(u64::try_from(lengths.len()).ok(), Some(conversations));
            assert_eq!(lengths.iter().sum::<u64>(), messages, "{conversations} conversations");
        }
    }
}
