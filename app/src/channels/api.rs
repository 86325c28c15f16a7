//! What the browser asks about channels.

use charla_shared::{channel::ChannelView, id::WorkspaceId};
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use crate::context;
use crate::failure::Failure;

/// The channels of the workspace.
#[server(name = ListChannels, prefix = "/fn", endpoint = "channels/list", input = Json, output = Json)]
pub async fn list(workspace: WorkspaceId) -> Result<Vec<ChannelView>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::channels::list(&core, &actor).await?)
}
