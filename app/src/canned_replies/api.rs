//! What the browser asks about canned replies.

use charla_shared::{
    canned_reply::{CannedReplyView, NewCannedReply},
    id::{CannedReplyId, WorkspaceId},
};
use jiff::Timestamp;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// All of the workspace's, by shortcut.
#[server(name = ListCannedReplies, prefix = "/fn", endpoint = "canned_replies/list", input = Json, output = Json)]
pub async fn list(workspace: WorkspaceId) -> Result<Vec<CannedReplyView>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::canned_replies::list(&core, &actor).await?)
}

/// Adds one.
#[server(name = CreateCannedReply, prefix = "/fn", endpoint = "canned_replies/create", input = Json, output = Json)]
pub async fn create(workspace: WorkspaceId, reply: NewCannedReply) -> Result<CannedReplyView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::canned_replies::create(&core, &actor, &reply).await?)
}

/// Changes one, unless somebody else has done so since it was `seen`. Pages of the release before do not say when that was.
#[server(name = ChangeCannedReply, prefix = "/fn", endpoint = "canned_replies/change", input = Json, output = Json)]
pub async fn change(
    workspace: WorkspaceId,
    id: CannedReplyId,
    reply: NewCannedReply,
    #[server(default)] seen: Option<Timestamp>,
) -> Result<CannedReplyView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::canned_replies::change(&core, &actor, id, &reply, seen).await?)
}

/// Deletes one.
#[server(name = DeleteCannedReply, prefix = "/fn", endpoint = "canned_replies/delete", input = Json, output = Json)]
pub async fn delete(workspace: WorkspaceId, id: CannedReplyId) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::canned_replies::delete(&core, &actor, id).await?)
}
