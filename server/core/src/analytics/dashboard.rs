//! The figures of the home page.

use charla_shared::{
    analytics::{Dashboard, Zone},
    permission::Permission,
};

use super::{activity, period, waiting};
use crate::{Actor, Core, Failure};

/// The figures of now, and of the day as it is in this zone. Needs `analytics.view`; who may not see all conversations gets
/// the figures without the lists.
///
/// # Errors
/// [`Failure::Invalid`] for a time zone that is not known.
pub async fn dashboard(core: &Core, actor: &Actor, zone: &Zone) -> Result<Dashboard, Failure> {
    actor.require(Permission::AnalyticsView)?;
    let mut tx = actor.begin(core).await?;
    let now = tx.now();
    let today = if let Some(today) = core.analytics.today(actor.workspace, zone, now) {
        today
    } else {
        let today = period::today(&mut tx, zone).await?;
        core.analytics.keep_today(actor.workspace, zone, now, today);
        today
    };
    let (waiting, unread) = waiting::counts(&mut tx).await?;
    let loads = waiting::loads(&mut tx).await?;
    let (mut longest, mut activity) = (Vec::new(), Vec::new());
    if actor.permissions.allows(Permission::ConversationsViewAll) {
        longest = waiting::longest(&mut tx, actor).await?;
        activity = activity::recent(&mut tx, actor).await?;
    }
    tx.commit().await?;
    Ok(Dashboard { at: now, today, waiting, longest, unread, loads, activity })
}
