//! Labels on conversations: putting them on and taking them off.

use std::collections::HashMap;

use charla_shared::{
    entry::EntryContent,
    id::LabelId,
    life::{CONVERSATION_LABELS_MAX, Change},
};
use serde_json::json;
use uuid::Uuid;

use super::change::{Locked, Step};
use crate::{Failure, Tx, audit::NewEntry};

/// Puts a label on conversations, or takes it off.
pub(super) async fn set(
    tx: &mut Tx,
    locked: &[Locked],
    label: LabelId,
    on: bool,
) -> Result<HashMap<Uuid, Step>, Failure> {
    let (workspace, id) = (tx.workspace(), Uuid::from(label));
    // Held, so that nobody deletes it before it is on.
    let name =
        sqlx::query_scalar!("SELECT name FROM labels WHERE workspace_id = $1 AND id = $2 FOR KEY SHARE", workspace, id)
            .fetch_optional(tx.sql())
            .await?
            .ok_or(Failure::NotFound)?;
    let labelled = labelled(tx, locked, id).await?;
    let (mut steps, mut moving) = (HashMap::new(), Vec::new());
    for conversation in locked {
        let (labels, has) = labelled.get(&conversation.id).copied().unwrap_or_default();
        let step = if has == on {
            Step::Same
        } else if on && labels >= CONVERSATION_LABELS_MAX {
            Step::Full
        } else {
            moving.push(conversation.id);
            Step::Done {
                entry: Box::new(EntryContent::Labelled { label: name.clone(), added: on }),
                undo: Change::Label { label, on: !on },
                audit: Box::new(
                    NewEntry::new("conversation.label", "conversation", conversation.id)
                        .after(json!({ "label": label, "on": on })),
                ),
            }
        };
        steps.insert(conversation.id, step);
    }
    if moving.is_empty() {
        return Ok(steps);
    }
    if on {
        sqlx::query!(
            "INSERT INTO conversation_labels (workspace_id, conversation_id, label_id)
             SELECT $1, conversation_id, $3 FROM unnest($2::uuid[]) AS c (conversation_id)",
            workspace,
            &moving,
            id
        )
        .execute(tx.sql())
        .await?;
    } else {
        sqlx::query!(
            "DELETE FROM conversation_labels WHERE workspace_id = $1 AND conversation_id = ANY($2) AND label_id = $3",
            workspace,
            &moving,
            id
        )
        .execute(tx.sql())
        .await?;
    }
    Ok(steps)
}

/// How many labels each conversation has that has any, and whether this one is among them.
async fn labelled(tx: &mut Tx, locked: &[Locked], label: Uuid) -> Result<HashMap<Uuid, (i64, bool)>, Failure> {
    let workspace = tx.workspace();
    let ids: Vec<Uuid> = locked.iter().map(|conversation| conversation.id).collect();
    // Served by the primary key.
    let rows = sqlx::query!(
        r#"SELECT conversation_id, count(*) AS "labels!", bool_or(label_id = $3) AS "has!"
           FROM conversation_labels WHERE workspace_id = $1 AND conversation_id = ANY($2) GROUP BY conversation_id"#,
        workspace,
        &ids,
        label
    )
    .fetch_all(tx.sql())
    .await?;
    Ok(rows.into_iter().map(|row| (row.conversation_id, (row.labels, row.has))).collect())
}
