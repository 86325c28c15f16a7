//! What the home page asks.

use charla_shared::{
    analytics::{Bucket, Dashboard, Range, Zone},
    id::WorkspaceId,
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use charla_core::analytics;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// The figures of now and of the viewer's day.
#[server(name = ShowDashboard, prefix = "/fn", endpoint = "analytics/dashboard", input = Json, output = Json)]
pub async fn dashboard(workspace: WorkspaceId, zone: Zone) -> Result<Dashboard, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(analytics::dashboard(&core, &actor, &zone).await?)
}

/// Messages by the hour or by the day.
#[server(name = ShowVolume, prefix = "/fn", endpoint = "analytics/volume", input = Json, output = Json)]
pub async fn volume(workspace: WorkspaceId, zone: Zone, range: Range) -> Result<Vec<Bucket>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(analytics::volume(&core, &actor, &zone, range).await?)
}

/// The same as a file, with these heads of its columns.
#[server(name = ExportVolume, prefix = "/fn", endpoint = "analytics/export", input = Json, output = Json)]
pub async fn export(workspace: WorkspaceId, zone: Zone, range: Range, heads: [String; 3]) -> Result<String, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    let heads = [heads[0].as_str(), heads[1].as_str(), heads[2].as_str()];
    Ok(analytics::export(&core, &actor, &zone, range, heads).await?)
}
