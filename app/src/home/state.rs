//! The figures on screen, and how they are kept fresh.

use std::time::Duration;

use charla_shared::{
    analytics::{Bucket, Dashboard, Range, Zone},
    id::WorkspaceId,
    problem::ProblemKind,
};
use futures::future::join;
use leptos::{prelude::*, task::spawn_local};

use super::{api, zone};
use crate::failure::{self, Failure};

/// How often figures are read anew while the page is looked at.
const EVERY: Duration = Duration::from_secs(10);

/// What the host gives with the page.
pub type Figures = (Dashboard, Vec<Bucket>);

/// The page's state.
#[derive(Debug, Clone, Copy)]
pub struct HomeStore {
    /// Whose figures.
    pub workspace: WorkspaceId,
    /// Whose day.
    pub zone: RwSignal<Zone>,
    /// How far the chart reaches.
    pub range: Memo<Range>,
    /// The figures.
    pub figures: RwSignal<Dashboard>,
    /// The chart's hours or days, with the range they are of.
    pub volume: RwSignal<(Range, Vec<Bucket>)>,
    /// The last try to read them anew failed.
    pub stale: RwSignal<bool>,
    busy: StoredValue<bool>,
}

/// Everything the page shows.
pub async fn read(workspace: WorkspaceId, zone: Zone, range: Range) -> Result<Figures, Failure> {
    let (figures, volume) = join(api::dashboard(workspace, zone.clone()), api::volume(workspace, zone, range)).await;
    Ok((figures?, volume?))
}

/// The same, and whose day it is. A zone that the database has never heard of is answered with UTC.
pub async fn read_known(workspace: WorkspaceId, zone: Zone, range: Range) -> Result<(Zone, Figures), Failure> {
    match read(workspace, zone.clone(), range).await {
        Err(failure) if failure.0.kind == ProblemKind::Invalid && zone != Zone::default() => {
            let figures = read(workspace, Zone::default(), range).await?;
            failure::is_mended();
            Ok((Zone::default(), figures))
        }
        read => read.map(|figures| (zone, figures)),
    }
}

impl HomeStore {
    /// With what the host gave.
    pub fn new(workspace: WorkspaceId, zone: Zone, range: Memo<Range>, (figures, volume): Figures) -> Self {
        Self {
            workspace,
            zone: RwSignal::new(zone),
            range,
            figures: RwSignal::new(figures),
            volume: RwSignal::new((range.get_untracked(), volume)),
            stale: RwSignal::new(false),
            busy: StoredValue::new(false),
        }
    }

    /// Learns the browser's zone, follows the range of the address, and reads anew every ten seconds while somebody looks.
    pub fn keep_fresh(self) {
        Effect::new(move |before: Option<Range>| {
            let range = self.range.get();
            if before.is_none() {
                self.learn_zone();
            } else {
                self.refresh();
            }
            range
        });
        Effect::new(move |_| {
            let tick = move || {
                if !document().hidden() {
                    self.refresh();
                }
            };
            if let Ok(timer) = set_interval_with_handle(tick, EVERY) {
                on_cleanup(move || timer.clear());
            }
        });
    }

    fn learn_zone(self) {
        let Some(theirs) = zone::of_browser() else { return };
        zone::remember(&theirs);
        if theirs != self.zone.get_untracked() {
            self.zone.set(theirs);
            self.refresh();
        }
    }

    /// Reads everything anew; what the viewer has left behind meanwhile is not shown.
    pub fn refresh(self) {
        if self.busy.try_get_value().unwrap_or(true) {
            return;
        }
        self.busy.set_value(true);
        spawn_local(async move {
            loop {
                let (Some(zone), Some(range)) = (self.zone.try_get_untracked(), self.range.try_get_untracked()) else {
                    return;
                };
                let read = read(self.workspace, zone.clone(), range).await;
                if self.zone.try_get_untracked().is_some_and(|now| now != zone)
                    || self.range.try_get_untracked().is_some_and(|now| now != range)
                {
                    continue;
                }
                self.take(range, read);
                let _ = self.busy.try_set_value(false);
                return;
            }
        });
    }

    fn take(self, range: Range, read: Result<Figures, Failure>) {
        match read {
            Ok((figures, volume)) => {
                let _ = self.figures.try_set(figures);
                let _ = self.volume.try_set((range, volume));
                let _ = self.stale.try_set(false);
            }
            // A zone that the database has never heard of: UTC is what is left.
            Err(Failure(problem)) if problem.kind == ProblemKind::Invalid => _ = self.zone.try_set(Zone::default()),
            Err(_) => _ = self.stale.try_set(true),
        }
    }
}
