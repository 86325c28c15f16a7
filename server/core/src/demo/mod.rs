//! Demo data: believable conversations for looking, testing and measuring (`charla demo`).
//!
//! It writes only to workspaces that it made itself, or to one whose only channels are the simulator's, and puts nothing
//! into the outbox: nobody is ever sent anything. The same seed at the same moment gives the same data. Each batch is a
//! transaction that leaves every invariant true (`server/tests/faults/invariants.sql`), so it may be stopped at any
//! time; the next run goes on where it was, and adds nothing to what is complete.

mod calendar;
mod dice;
mod person;
mod place;
mod plan;
mod story;
mod vocabulary;
mod words;
mod write;

use charla_shared::id::WorkspaceId;
use futures::{StreamExt, TryStreamExt, stream};

use crate::{Core, Failure};
use dice::Dice;
use plan::Share;
use story::{Scene, Story, story};

/// Messages that are stored together, unless one conversation has more.
const BATCH: u64 = 2_000;
/// Batches stored side by side.
const AT_ONCE: usize = 2;
/// Customers' numbers of one run; those of the next begin beyond.
const NUMBERS: u64 = 10_000_000;

/// What is to be made.
#[derive(Debug, Clone)]
pub struct Order {
    /// Conversations in all, up to ten million.
    pub conversations: u64,
    /// Messages in all, at least one a conversation.
    pub messages: u64,
    /// Workspaces to spread them over; the first holds 30 %.
    pub workspaces: u64,
    /// What the dice begin with.
    pub seed: u64,
    /// Into this workspace instead of new ones.
    pub into: Option<WorkspaceId>,
    /// Add as much again to what is complete.
    pub more: bool,
}

/// How far it has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Conversations stored by this run.
    pub conversations: u64,
    /// Messages stored by this run.
    pub messages: u64,
    /// Messages this run will have stored in the end.
    pub of: u64,
}

/// What may go wrong.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// What every feature shares.
    #[error(transparent)]
    Shared(#[from] Failure),
    /// Nobody could see the workspaces.
    #[error("there is no account yet: open the app and make the first one")]
    Unclaimed,
    /// Real customers may be on the other end.
    #[error("there is a channel that is not the simulator's: demo data do not stand beside real customers")]
    RealChannel,
    /// The simulator has no number for the workspace.
    #[error("the simulator gave no number: {0}")]
    Simulator(String),
    /// More than the numbers of customers reach for.
    #[error("at most {NUMBERS} conversations")]
    TooMany,
}

impl From<sqlx::Error> for DemoError {
    fn from(error: sqlx::Error) -> Self {
        Self::Shared(error.into())
    }
}

/// A workspace with what it still lacks.
struct Part {
    scene: Scene,
    place: u64,
    run: u64,
    lengths: Vec<u64>,
}

/// Makes demo data, and says after each batch how far it is. Gives what was added.
///
/// Audit, in each workspace: `demo.begin`, `demo.fill`.
pub async fn fill(core: &Core, order: &Order, mut tell: impl FnMut(Progress)) -> Result<Progress, DemoError> {
    if order.conversations > NUMBERS {
        return Err(DemoError::TooMany);
    }
    place::ensure_simulated(core, order.into).await?;
    let parts = parts(core, order).await?;
    let of = parts.iter().flat_map(|part| &part.lengths).sum();
    let mut progress = Progress { of, ..Progress::default() };
    for part in parts {
        let mut batches = stream::iter(batches(&part.lengths))
            .map(|(first, lengths)| {
                let stories = tell_stories(order, &part, first, lengths);
                let scene = &part.scene;
                async move {
                    write::write(core, scene, &stories).await?;
                    let messages = stories.iter().map(|story| story.messages.len() as u64).sum::<u64>();
                    Ok::<_, Failure>((stories.len() as u64, messages))
                }
            })
            .buffer_unordered(AT_ONCE);
        while let Some((conversations, messages)) = batches.try_next().await? {
            progress.conversations += conversations;
            progress.messages += messages;
            tell(progress);
        }
        drop(batches);
        place::finish(core, order, part.place, part.scene.workspace).await?;
    }
    Ok(progress)
}

/// What each workspace still lacks. Those that lack nothing are left out.
async fn parts(core: &Core, order: &Order) -> Result<Vec<Part>, DemoError> {
    let all = Share { conversations: order.conversations, messages: order.messages.max(order.conversations) };
    let workspaces = if order.into.is_some() { 1 } else { order.workspaces.max(1) };
    let begun = place::begun(core, order.into).await?;
    let mut parts = Vec::new();
    for (place, share) in (0..).zip(plan::shares(all, workspaces)) {
        let there = begun.iter().find(|begun| begun.place == place);
        let mut skip = 0;
        match there {
            Some(begun) if begun.filled && !order.more => continue,
            Some(begun) if !begun.filled => skip = place::conversations(core, begun.workspace).await?,
            _ => {}
        }
        let scene = place::prepare(core, order, place, there.map(|begun| begun.workspace)).await?;
        let longest = if place == 0 { plan::longest(all) } else { plan::longest(share) };
        let lengths =
            plan::lengths(share, longest).split_off(usize::try_from(skip.min(share.conversations)).unwrap_or(0));
        parts.push(Part { scene, place, run: there.map_or(0, |begun| begun.runs), lengths });
    }
    Ok(parts)
}

/// Conversations that are stored together: the place of the first, and their lengths.
fn batches(lengths: &[u64]) -> Vec<(u64, &[u64])> {
    let (mut batches, mut from, mut messages) = (Vec::new(), 0, 0);
    for (place, length) in lengths.iter().enumerate() {
        messages += length;
        if messages >= BATCH || place + 1 == lengths.len() {
            batches.push((from as u64, &lengths[from..=place]));
            (from, messages) = (place + 1, 0);
        }
    }
    batches
}

fn tell_stories(order: &Order, part: &Part, first: u64, lengths: &[u64]) -> Vec<Story> {
    (first..)
        .zip(lengths)
        .map(|(place, length)| {
            let number = part.run * NUMBERS + place;
            let mut dice = Dice::new(order.seed, (part.place << 40) + number);
            story(&mut dice, &part.scene, number, *length)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_every_conversation_once() {
        let lengths = [5_000, 1_500, 600, 1, 1, 1];
        assert_eq!(
            batches(&lengths),
            [(0, &lengths[..1]), (1, &lengths[1..3]), (3, &lengths[3..])],
            "a long one stands alone"
        );
        assert!(batches(&[]).is_empty());
    }
}
