//! How many conversations there are in each view.

use charla_shared::{
    list::{Counts, ListQuery, Scope},
    permission::Permission,
};

use super::{super::views, matching};
use crate::{Actor, Core, Failure};

/// The counts of the views every member has, and of the viewer's own. Needs `conversations.view_all`.
pub async fn counts(core: &Core, actor: &Actor) -> Result<Counts, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    let mut counted = Counts {
        mine: matching::count(&mut tx, actor, &ListQuery::of(Scope::Mine)).await?,
        unassigned: matching::count(&mut tx, actor, &ListQuery::of(Scope::Unassigned)).await?,
        all: matching::count(&mut tx, actor, &ListQuery::default()).await?,
        unread: matching::count(&mut tx, actor, &ListQuery { status: None, unread: true, ..ListQuery::default() })
            .await?,
        views: Vec::new(),
    };
    for view in views::of_actor(&mut tx, actor).await? {
        counted.views.push((view.id, matching::count(&mut tx, actor, &view.query).await?));
    }
    tx.commit().await?;
    Ok(counted)
}
