//! What the browser asks about the life of conversations.

use charla_shared::{
    id::{ConversationId, LabelId, WorkspaceId},
    label::{LabelView, NewLabel},
    life::{Change, Changed, Desk, LabelUse},
};
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use crate::context;
use crate::failure::Failure;

/// To whom conversations may be given, and which labels.
#[server(name = ShowDesk, prefix = "/fn", endpoint = "inbox/desk", input = Json, output = Json)]
pub async fn desk(workspace: WorkspaceId) -> Result<Desk, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::desk(&core, &actor).await?)
}

/// Gives conversations a status, an assignee or a label, or takes a label off. Tells what became of each.
#[server(name = ChangeConversations, prefix = "/fn", endpoint = "inbox/change", input = Json, output = Json)]
pub async fn change(
    workspace: WorkspaceId,
    conversations: Vec<ConversationId>,
    change: Change,
) -> Result<Vec<Changed>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::change(&core, &actor, &conversations, &change).await?)
}

/// The labels, and how many conversations have each.
#[server(name = ListLabels, prefix = "/fn", endpoint = "labels/list", input = Json, output = Json)]
pub async fn labels(workspace: WorkspaceId) -> Result<Vec<LabelUse>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::label_uses(&core, &actor).await?)
}

/// Makes a label.
#[server(name = CreateLabel, prefix = "/fn", endpoint = "labels/create", input = Json, output = Json)]
pub async fn create_label(workspace: WorkspaceId, label: NewLabel) -> Result<LabelView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::create_label(&core, &actor, &label).await?)
}

/// Renames and recolours a label.
#[server(name = ChangeLabel, prefix = "/fn", endpoint = "labels/change", input = Json, output = Json)]
pub async fn change_label(workspace: WorkspaceId, label: LabelId, change: NewLabel) -> Result<LabelView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::change_label(&core, &actor, label, &change).await?)
}

/// Deletes a label and takes it off every conversation.
#[server(name = DeleteLabel, prefix = "/fn", endpoint = "labels/delete", input = Json, output = Json)]
pub async fn delete_label(workspace: WorkspaceId, label: LabelId) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::delete_label(&core, &actor, label).await?)
}
