//! What the browser asks about labels.

use charla_shared::{
    id::{LabelId, WorkspaceId},
    label::{LabelView, NewLabel},
    life::LabelUse,
};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::context;
use crate::{failure::Failure, json::Json};

/// The labels, and how many conversations have each.
#[server(name = ListLabels, prefix = "/fn", endpoint = "labels/list", input = Json, output = Json)]
pub async fn list(workspace: WorkspaceId) -> Result<Vec<LabelUse>, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::label_uses(&core, &actor).await?)
}

/// Makes a label.
#[server(name = CreateLabel, prefix = "/fn", endpoint = "labels/create", input = Json, output = Json)]
pub async fn create(workspace: WorkspaceId, label: NewLabel) -> Result<LabelView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::create_label(&core, &actor, &label).await?)
}

/// Renames and recolours a label, unless somebody else has done so since it was `seen`. Pages of the release before do not
/// say what that was.
#[server(name = ChangeLabel, prefix = "/fn", endpoint = "labels/change", input = Json, output = Json)]
pub async fn change(
    workspace: WorkspaceId,
    label: LabelId,
    change: NewLabel,
    #[server(default)] seen: Option<NewLabel>,
) -> Result<LabelView, Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::change_label(&core, &actor, label, &change, seen.as_ref()).await?)
}

/// Deletes a label and takes it off every conversation.
#[server(name = DeleteLabel, prefix = "/fn", endpoint = "labels/delete", input = Json, output = Json)]
pub async fn delete(workspace: WorkspaceId, label: LabelId) -> Result<(), Failure> {
    let (core, actor) = context::actor(workspace).await?;
    Ok(charla_core::inbox::delete_label(&core, &actor, label).await?)
}
