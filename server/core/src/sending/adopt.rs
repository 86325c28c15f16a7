//! Messages that the release before this one queued as jobs.

use charla_shared::{id::MessageId, message::DeliveryState};
use uuid::Uuid;

use super::queue;
use crate::{
    Actor, Core,
    events::Topic,
    inbox::{lock_messages, save_messages},
    jobs::{Job, JobError},
};

/// The job of the old release: its message joins the outbox. One whose attempt was interrupted may have gone out: it
/// becomes `unknown`.
pub(crate) async fn adopt(core: &Core, job: &Job) -> Result<(), JobError> {
    let message: MessageId = job.field("message")?;
    let workspace = job.tenant()?;
    let mut tx = Actor::system(workspace, "sending").begin(core).await?;
    let mut messages = lock_messages(tx.sql(), vec![(workspace.into(), message.into())]).await?;
    let mut log = Vec::new();
    match messages.get_mut(&Uuid::from(message)).map(|message| (message.state, message)) {
        Some((DeliveryState::Queued, found)) => {
            // Whoever adds to a conversation's queue holds its lock.
            sqlx::query!(
                "SELECT id FROM conversations WHERE workspace_id = $1 AND id = $2 FOR NO KEY UPDATE",
                Uuid::from(workspace),
                found.conversation
            )
            .fetch_one(tx.sql())
            .await?;
            queue::add(tx.sql(), workspace, message, queue::PERSON).await?;
            tx.ring(Topic::Outbox);
        }
        Some((DeliveryState::Sending, found)) => {
            found.take(DeliveryState::Unknown, None);
            save_messages(tx.sql(), messages.into_values(), &mut log).await?;
        }
        _ => {}
    }
    for entry in log {
        tx.tell(&entry.happening).await?;
    }
    Ok(tx.commit().await?)
}
