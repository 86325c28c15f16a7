//! How much of the queue of deliveries each workspace's app takes. Whoever knows an app's secret can sign as much as they
//! like, and that must not keep the others' deliveries out.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use charla_shared::id::MetaAppId;

/// A part of the queue.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Share {
    pub deliveries: usize,
    pub kilobytes: usize,
}

/// What each app's deliveries take; apps that have none waiting are not in it.
#[derive(Debug, Default)]
pub(super) struct Shares(Mutex<HashMap<MetaAppId, Share>>);

impl Shares {
    /// The place of one more delivery, if the app then takes no more than `most`.
    pub(super) fn take(self: &Arc<Self>, app: MetaAppId, kilobytes: usize, most: Share) -> Option<Place> {
        let mut shares = self.locked();
        let taken = shares.get(&app).copied().unwrap_or_default();
        let share = Share { deliveries: taken.deliveries + 1, kilobytes: taken.kilobytes + kilobytes };
        if share.deliveries > most.deliveries || share.kilobytes > most.kilobytes {
            return None;
        }
        shares.insert(app, share);
        Some(Place { shares: Arc::clone(self), app, kilobytes })
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<MetaAppId, Share>> {
        // Nothing here panics half-way, so what a poisoned lock holds is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A delivery's place, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    shares: Arc<Shares>,
    app: MetaAppId,
    kilobytes: usize,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut shares = self.shares.locked();
        if let Some(share) = shares.get_mut(&self.app) {
            share.deliveries -= 1;
            share.kilobytes -= self.kilobytes;
            if share.deliveries == 0 {
                shares.remove(&self.app);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn one_app_takes_its_share_of_the_queue_and_no_more() {
        let shares = Arc::<Shares>::default();
        let most = Share { deliveries: 20, kilobytes: 30 };
        let take = |app, kilobytes| shares.take(Uuid::from_u128(app).into(), kilobytes, most);
        let large: Vec<_> = (0..100).map_while(|_| take(1, 4)).collect();
        assert_eq!(large.len(), 7);
        let small: Vec<_> = (0..100).map_while(|_| take(2, 1)).collect();
        assert_eq!(small.len(), 20, "another app has a share of its own");
        drop(large);
        assert!(take(1, 30).is_some(), "what was written makes room");
        drop(small);
        assert!(shares.locked().is_empty(), "and is forgotten");
    }
}
