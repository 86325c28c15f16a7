//! Channels (row B1 begun): the numbers a workspace talks from. So far they are connected by the simulator only.

mod simulator;

use std::sync::Arc;

use charla_meta::graph::GraphClient;
use charla_shared::{
    channel::{ChannelKind, ChannelView},
    id::ChannelId,
    permission::Permission,
};
use uuid::Uuid;

pub(crate) use simulator::{connect, greet};

use crate::{Actor, Core, Failure, Tx};

/// The channels of the workspace, oldest first. Needs `channels.view`.
pub async fn list(core: &Core, actor: &Actor) -> Result<Vec<ChannelView>, Failure> {
    actor.require(Permission::ChannelsView)?;
    let mut tx = actor.begin(core).await?;
    let workspace = tx.workspace();
    let rows = sqlx::query!(
        "SELECT id, label, display_phone, simulated FROM channels WHERE workspace_id = $1 ORDER BY id LIMIT 500",
        workspace
    )
    .fetch_all(tx.sql())
    .await?;
    tx.commit().await?;
    Ok(rows
        .into_iter()
        .map(|row| ChannelView {
            id: row.id.into(),
            kind: ChannelKind::Whatsapp,
            label: row.label,
            display_phone: row.display_phone,
            simulated: row.simulated,
        })
        .collect())
}

/// What is needed to talk through a channel.
pub(crate) struct Line {
    /// Speaks for the number.
    pub client: GraphClient,
    /// Meta's id of the number.
    pub phone_number_id: String,
}

/// Opens the channel's token and makes a client of it. The token stays inside the client.
pub(crate) async fn line(tx: &mut Tx, channel: ChannelId) -> Result<Line, Failure> {
    let (workspace, id) = (tx.workspace(), Uuid::from(channel));
    let row = sqlx::query!(
        "SELECT phone_number_id, graph_url, token_sealed FROM channels WHERE workspace_id = $1 AND id = $2",
        workspace,
        id
    )
    .fetch_optional(tx.sql())
    .await?
    .ok_or(Failure::NotFound)?;
    let core = tx.core();
    let token =
        core.sealer.open("channels", id, &row.token_sealed).map_err(|error| Failure::Corrupt(error.to_string()))?;
    let client = GraphClient::new(Arc::clone(&core.http), &row.graph_url, &core.config.graph_version, token);
    Ok(Line { client, phone_number_id: row.phone_number_id })
}
