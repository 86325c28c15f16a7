//! What the browser asks about members.

use charla_shared::{id::WorkspaceId, member::MemberView};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// The members, by name.
#[server(name = ListMembers, prefix = "/fn", endpoint = "members/list", input = Json, output = Json)]
pub async fn list(workspace: WorkspaceId) -> Result<Vec<MemberView>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::members::list(&core, &actor).await?)
}
