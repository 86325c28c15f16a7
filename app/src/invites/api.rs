//! What the browser asks about invites.

use charla_shared::{
    id::{InviteId, WorkspaceId},
    invite::{InviteLink, InviteOffer, InviteView, NewInvite},
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// The open invites.
#[server(name = ListInvites, prefix = "/fn", endpoint = "invites/list", input = Json, output = Json)]
pub async fn list(workspace: WorkspaceId) -> Result<Vec<InviteView>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::invites::list(&core, &actor).await?)
}

/// Makes an invite; its link is shown this once.
#[server(name = CreateInvite, prefix = "/fn", endpoint = "invites/create", input = Json, output = Json)]
pub async fn create(workspace: WorkspaceId, invite: NewInvite) -> Result<InviteLink, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::invites::create(&core, &actor, invite).await?)
}

/// Ends an open invite.
#[server(name = RevokeInvite, prefix = "/fn", endpoint = "invites/revoke", input = Json, output = Json)]
pub async fn revoke(workspace: WorkspaceId, invite: InviteId) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::invites::revoke(&core, &actor, invite).await?)
}

/// What the holder of a link is offered.
#[server(name = InviteOffered, prefix = "/fn", endpoint = "invites/offer", input = Json, output = Json)]
pub async fn offer(token: String) -> Result<InviteOffer, Failure> {
    let core = context::core()?;
    Ok(charla_core::invites::offer(&core, &token).await?)
}
