//! What the list may be narrowed to: the viewer's saved views, the labels and the channels by name.

use charla_shared::{
    label::{Colour, LabelView},
    list::{ChannelName, Choices},
    permission::Permission,
};

use super::super::views;
use crate::{Actor, Core, Failure};

/// All of it. Needs `conversations.view_all`: whoever sees conversations sees their labels and channels.
pub async fn choices(core: &Core, actor: &Actor) -> Result<Choices, Failure> {
    actor.require(Permission::ConversationsViewAll)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let labels =
        sqlx::query!("SELECT id, name, colour FROM labels WHERE workspace_id = $1 ORDER BY lower(name)", workspace)
            .fetch_all(tx.sql())
            .await?;
    let channels = sqlx::query!("SELECT id, label FROM channels WHERE workspace_id = $1 ORDER BY id", workspace)
        .fetch_all(tx.sql())
        .await?;
    let views = views::of_actor(&mut tx, actor).await?;
    tx.commit().await?;
    Ok(Choices {
        me: actor.user(),
        views,
        labels: labels
            .into_iter()
            .map(|label| LabelView { id: label.id.into(), name: label.name, colour: Colour::from_name(&label.colour) })
            .collect(),
        channels: channels
            .into_iter()
            .map(|channel| ChannelName { id: channel.id.into(), label: channel.label })
            .collect(),
    })
}
