//! What the browser asks about workspaces.

use charla_shared::{id::WorkspaceId, workspace::WorkspaceView};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// The workspace as the viewer sees it.
#[server(name = ShowWorkspace, prefix = "/fn", endpoint = "workspace/view", input = Json, output = Json)]
pub async fn view(workspace: WorkspaceId) -> Result<WorkspaceView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::workspaces::view(&core, &actor).await?)
}
