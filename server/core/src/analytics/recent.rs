//! Counts that were made a moment ago. The workspace is part of the key, so one never sees another's.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use charla_shared::{
    analytics::{Bucket, Range, Today, Zone},
    id::WorkspaceId,
};
use jiff::{SignedDuration, Timestamp};

/// How long the counts of today are good.
const TODAY: SignedDuration = SignedDuration::from_secs(5);
/// How long those of many days are good: an hour's messages change them by a hair.
const DAYS: SignedDuration = SignedDuration::from_secs(60);
/// Most counts of a workspace that are kept; beyond, its own are forgotten and nobody else's, which costs a few queries.
const MOST: usize = 64;

type Kept<T> = Mutex<HashMap<WorkspaceId, HashMap<(Zone, Range), (Timestamp, T)>>>;

/// The counts of this process.
#[derive(Debug, Default)]
pub struct Recent {
    today: Kept<Today>,
    volumes: Kept<Vec<Bucket>>,
}

impl Recent {
    pub(super) fn today(&self, workspace: WorkspaceId, zone: &Zone, now: Timestamp) -> Option<Today> {
        look(&self.today, workspace, &(zone.clone(), Range::Today), now, TODAY)
    }

    pub(super) fn keep_today(&self, workspace: WorkspaceId, zone: &Zone, now: Timestamp, today: Today) {
        keep(&self.today, workspace, (zone.clone(), Range::Today), now, today);
    }

    pub(super) fn volume(
        &self,
        workspace: WorkspaceId,
        zone: &Zone,
        range: Range,
        now: Timestamp,
    ) -> Option<Vec<Bucket>> {
        let good = if range == Range::Today { TODAY } else { DAYS };
        look(&self.volumes, workspace, &(zone.clone(), range), now, good)
    }

    pub(super) fn keep_volume(
        &self,
        workspace: WorkspaceId,
        zone: &Zone,
        range: Range,
        now: Timestamp,
        buckets: Vec<Bucket>,
    ) {
        keep(&self.volumes, workspace, (zone.clone(), range), now, buckets);
    }
}

fn look<T: Clone>(
    kept: &Kept<T>,
    workspace: WorkspaceId,
    key: &(Zone, Range),
    now: Timestamp,
    good: SignedDuration,
) -> Option<T> {
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, value) = kept.get(&workspace)?.get(key)?;
    // A clock that jumped back makes them old, too.
    (SignedDuration::ZERO..good).contains(&now.duration_since(*at)).then(|| value.clone())
}

fn keep<T>(kept: &Kept<T>, workspace: WorkspaceId, key: (Zone, Range), now: Timestamp, value: T) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    // As many workspaces as are looked at: what is old in the others goes with the first count of a new one.
    if !kept.contains_key(&workspace) {
        kept.retain(|_, counts| counts.values().any(|(at, _)| now.duration_since(*at).abs() < DAYS));
    }
    let counts = kept.entry(workspace).or_default();
    if counts.len() >= MOST && !counts.contains_key(&key) {
        counts.clear();
    }
    counts.insert(key, (now, value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_good_for_a_moment_and_for_one_workspace() {
        let (recent, zone) = (Recent::default(), Zone::default());
        let at = |second| Timestamp::from_second(second).unwrap_or_default();
        let workspace = |n| WorkspaceId::from(uuid::Uuid::from_u128(n));
        recent.keep_today(workspace(1), &zone, at(100), Today::default());
        assert!(recent.today(workspace(1), &zone, at(104)).is_some());
        assert!(recent.today(workspace(1), &zone, at(105)).is_none());
        assert!(recent.today(workspace(1), &zone, at(99)).is_none());
        assert!(recent.today(workspace(2), &zone, at(104)).is_none());
    }
}
