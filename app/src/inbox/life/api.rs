//! What the browser asks about the life of conversations.

use charla_shared::{
    entry::MemberName,
    id::{ConversationId, WorkspaceId},
    life::{Change, Changed, Seen},
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// To whom conversations may be given.
#[server(name = ListStaff, prefix = "/fn", endpoint = "inbox/staff", input = Json, output = Json)]
pub async fn staff(workspace: WorkspaceId) -> Result<Vec<MemberName>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::staff(&core, &actor).await?)
}

/// Gives conversations a status, an assignee or a label, or takes a label off. Tells what became of each. One whose
/// customer has written after what was `seen` is not put away.
#[server(name = ChangeConversations, prefix = "/fn", endpoint = "inbox/change", input = Json, output = Json)]
pub async fn change(
    workspace: WorkspaceId,
    conversations: Vec<ConversationId>,
    change: Change,
    seen: Option<Vec<Seen>>,
) -> Result<Vec<Changed>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::change(&core, &actor, &conversations, &change, &seen.unwrap_or_default()).await?)
}
