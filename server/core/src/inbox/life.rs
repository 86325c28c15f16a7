//! Where a conversation stands: open, pending, snoozed, resolved, as members decide.
//!
//! Any status may follow any other. What brings a conversation back to open by itself is elsewhere: a message of the
//! customer in [`receive`](mod@super::receive), the end of its sleep in [`snooze`](mod@super::snooze).
//!
//! Nobody waits in a resolved conversation. When it is taken back, they wait as before.

use std::collections::HashMap;

use charla_shared::{
    entry::EntryContent,
    life::{Change, NewStatus},
};
use jiff_sqlx::ToSqlx;
use serde_json::{Value, json};
use uuid::Uuid;

use super::change::{Locked, Step};
use crate::{Failure, Tx, audit::NewEntry};

/// Gives conversations a status. One that stands so already, until the same time, stays as it is.
pub(super) async fn set_status(tx: &mut Tx, locked: &[Locked], to: &NewStatus) -> Result<HashMap<Uuid, Step>, Failure> {
    to.check(tx.now())?;
    let (workspace, until) = (tx.workspace(), to.until());
    let (mut steps, mut moving) = (HashMap::new(), Vec::new());
    for conversation in locked {
        if (conversation.status, conversation.until) == (to.status(), until) {
            steps.insert(conversation.id, Step::Same);
            continue;
        }
        let before = NewStatus::of(conversation.status, conversation.until);
        let step = Step::Done {
            entry: Box::new(EntryContent::Status {
                status: to.status(),
                until,
                reason: to.reason(),
                by_customer: false,
            }),
            audit: Box::new(NewEntry {
                before: Some(recorded(&before)),
                after: Some(recorded(to)),
                ..NewEntry::new("conversation.status", "conversation", conversation.id)
            }),
            undo: Change::Status { to: before },
        };
        steps.insert(conversation.id, step);
        moving.push(conversation.id);
    }
    if !moving.is_empty() {
        sqlx::query!(
            "UPDATE conversations
             SET status = $3, snoozed_until = $4,
                 waiting_since = CASE WHEN $3 = 'resolved' THEN NULL
                                      WHEN status = 'resolved' THEN first_unanswered(workspace_id, id, settled_through)
                                      ELSE waiting_since END
             WHERE workspace_id = $1 AND id = ANY($2)",
            workspace,
            &moving,
            to.status().name(),
            until.map(ToSqlx::to_sqlx) as _
        )
        .execute(tx.sql())
        .await?;
    }
    Ok(steps)
}

/// For the audit trail: without the reason, which may speak of the customer.
fn recorded(status: &NewStatus) -> Value {
    json!({ "status": status.status().name(), "until": status.until() })
}
