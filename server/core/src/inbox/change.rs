//! The one door for what members do with conversations: status, assignee, labels, for one or many at once.
//!
//! All of it is one transaction: the rows, an entry in each thread, the audit entries and the events. Doing it again
//! changes nothing and writes nothing.

use std::collections::HashSet;

use charla_shared::{
    conversation::Status,
    entry::EntryContent,
    event::Happening,
    id::ConversationId,
    life::{AT_ONCE_MAX, Change, Changed, NewStatus, Outcome, Seen},
    permission::Permission,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    InboxError, assign,
    entries::{self, NewThreadEntry},
    labelling, life,
};
use crate::{
    Actor, Core, Failure, Tx,
    audit::NewEntry,
    events::{self, LogEntry, Topic},
};

/// A conversation as it stands, locked.
#[derive(Debug)]
pub(super) struct Locked {
    pub id: Uuid,
    pub status: Status,
    pub until: Option<Timestamp>,
    pub assignee: Option<Uuid>,
    pub arrived: u32,
    pub last_inbound_at: Option<Timestamp>,
}

/// What a change does to one conversation.
#[derive(Debug)]
pub(super) enum Step {
    /// It changes.
    Done {
        /// What its thread says of it.
        entry: Box<EntryContent>,
        /// What makes it as it was.
        undo: Change,
        /// What the audit trail says of it.
        audit: Box<NewEntry>,
    },
    /// It is so already.
    Same,
    /// It has no room for a further label.
    Full,
    /// Its customer has written what the sender of the change had not seen.
    NewMessage,
    /// Somebody has made something else of what was to be taken back.
    ChangedSince,
}

/// Changes conversations; what became of each is told in the order they were named. What is not here, or has no room for
/// a label, keeps the others from nothing; if it is the only one named, that is the error.
///
/// What is put out of the way was looked at: with `seen`, a conversation whose customer has written since stays as it is
/// when it is to be resolved or snoozed. One that `seen` does not name is changed without asking. What is taken back is
/// what `seen` says stands: a status or an assignee that somebody has changed since stays.
///
/// Needs `conversations.view_all`, and `conversations.assign` for assignees, `conversations.manage` for the rest. Audit:
/// `conversation.status`, `conversation.assign`, `conversation.label` for each that changed. Events: an entry was created
/// and the conversation changed, for each.
///
/// # Errors
/// [`Failure::Invalid`] for a time or reason that breaks a rule, for none or more than [`AT_ONCE_MAX`] conversations;
/// [`Failure::NotFound`] when none of them, or no such label or member, is here; [`InboxError::NotAssignable`];
/// [`InboxError::LabelsFull`].
pub async fn change(
    core: &Core,
    actor: &Actor,
    conversations: &[ConversationId],
    change: &Change,
    seen: &[Seen],
) -> Result<Vec<Changed>, InboxError> {
    actor.require(Permission::ConversationsViewAll)?;
    actor.require(match change {
        Change::Assignee { .. } => Permission::ConversationsAssign,
        Change::Status { .. } | Change::Label { .. } => Permission::ConversationsManage,
    })?;
    let named = named(conversations)?;
    let mut tx = actor.begin(core).await?;
    let assignee = match change {
        Change::Assignee { to: Some(user) } => Some(assign::assignee(&mut tx, *user).await?),
        _ => None,
    };
    let locked = lock(&mut tx, &named).await?;
    if locked.is_empty() {
        return Err(Failure::NotFound.into());
    }
    let (unseen, locked): (Vec<_>, Vec<_>) =
        locked.into_iter().partition(|one| puts_away(change) && has_news(one, seen));
    let (moved, locked): (Vec<_>, Vec<_>) = locked.into_iter().partition(|one| has_moved_on(one, change, seen));
    let mut steps = match change {
        Change::Status { to } => life::set_status(&mut tx, &locked, to).await?,
        Change::Assignee { .. } => assign::assign(&mut tx, &locked, assignee.as_ref()).await?,
        Change::Label { label, on } => labelling::set(&mut tx, &locked, *label, *on).await?,
    };
    steps.extend(unseen.into_iter().map(|one| (one.id, Step::NewMessage)));
    steps.extend(moved.into_iter().map(|one| (one.id, Step::ChangedSince)));
    let (mut changed, mut written, mut log) = (Vec::with_capacity(named.len()), Vec::new(), Vec::new());
    for conversation in named {
        let outcome = match steps.remove(&Uuid::from(conversation)) {
            None => Outcome::Missing,
            Some(Step::Same) => Outcome::Same,
            Some(Step::Full) => Outcome::Full,
            Some(Step::NewMessage) => Outcome::NewMessage,
            Some(Step::ChangedSince) => Outcome::ChangedSince,
            Some(Step::Done { entry, undo, audit }) => {
                let new = NewThreadEntry {
                    workspace: tx.workspace(),
                    id: tx.id(),
                    conversation: conversation.into(),
                    author: actor.user().map(Uuid::from),
                    content: *entry,
                    at: tx.now(),
                };
                log.extend(told(actor, conversation, &new));
                written.push(new);
                tx.record(*audit);
                Outcome::Done { undo }
            }
        };
        changed.push(Changed { conversation, outcome });
    }
    if let [Changed { outcome: Outcome::Full, .. }] = changed[..] {
        return Err(InboxError::LabelsFull);
    }
    entries::add(tx.sql(), &written).await?;
    if !log.is_empty() {
        let now = tx.now();
        events::append(tx.sql(), now, &log).await?;
        tx.ring(Topic::Events);
    }
    tx.commit().await?;
    Ok(changed)
}

/// Whether nobody looks at a conversation any more after a change.
fn puts_away(change: &Change) -> bool {
    matches!(change, Change::Status { to: NewStatus::Resolved { .. } | NewStatus::Snoozed { .. } })
}

/// Whether the customer has written after what was seen. Counted: Meta's times are whole seconds, and late messages have
/// old ones.
fn has_news(conversation: &Locked, seen: &[Seen]) -> bool {
    seen_of(conversation, seen).is_some_and(|seen| match seen.arrived {
        Some(arrived) => conversation.arrived > arrived,
        None => conversation.last_inbound_at > seen.last_inbound_at,
    })
}

/// Whether a change would take back what is not there any more. One that is already as it is to be has not moved on.
fn has_moved_on(conversation: &Locked, change: &Change, seen: &[Seen]) -> bool {
    let Some(standing) = seen_of(conversation, seen).and_then(|seen| seen.standing.as_ref()) else { return false };
    !stands(conversation, standing) && !stands(conversation, change)
}

/// Whether a conversation is as a change makes it. Labels come and go one by one.
fn stands(conversation: &Locked, change: &Change) -> bool {
    match change {
        Change::Status { to } => (conversation.status, conversation.until) == (to.status(), to.until()),
        Change::Assignee { to } => conversation.assignee == to.map(Uuid::from),
        Change::Label { .. } => true,
    }
}

fn seen_of<'a>(conversation: &Locked, seen: &'a [Seen]) -> Option<&'a Seen> {
    seen.iter().find(|seen| Uuid::from(seen.conversation) == conversation.id)
}

/// Each of them once, in their order.
fn named(conversations: &[ConversationId]) -> Result<Vec<ConversationId>, Failure> {
    if conversations.is_empty() || conversations.len() > AT_ONCE_MAX {
        let mut report = garde::Report::new();
        let words = format!("1 to {AT_ONCE_MAX} conversations; these are {}", conversations.len());
        report.append(garde::Path::new("conversations"), garde::Error::new(words));
        return Err(report.into());
    }
    let mut seen = HashSet::new();
    Ok(conversations.iter().copied().filter(|conversation| seen.insert(*conversation)).collect())
}

/// Locks them in the one order that everybody locks conversations in.
async fn lock(tx: &mut Tx, named: &[ConversationId]) -> Result<Vec<Locked>, Failure> {
    let workspace = tx.workspace();
    let ids: Vec<Uuid> = named.iter().copied().map(Uuid::from).collect();
    // Served by the primary key.
    let rows = sqlx::query!(
        r#"SELECT id, status, snoozed_until AS "snoozed_until: jiff_sqlx::Timestamp", assignee_id, arrived,
                  last_inbound_at AS "last_inbound_at: jiff_sqlx::Timestamp"
           FROM conversations WHERE workspace_id = $1 AND id = ANY($2)
           ORDER BY channel_id, contact_id FOR NO KEY UPDATE"#,
        workspace,
        &ids
    )
    .fetch_all(tx.sql())
    .await?;
    rows.into_iter()
        .map(|row| {
            let status = Status::from_name(&row.status)
                .ok_or_else(|| Failure::Corrupt(format!("conversation status {}", row.status)))?;
            let until = row.snoozed_until.map(jiff_sqlx::Timestamp::to_jiff);
            let last_inbound_at = row.last_inbound_at.map(jiff_sqlx::Timestamp::to_jiff);
            let arrived = u32::try_from(row.arrived).unwrap_or_default();
            Ok(Locked { id: row.id, status, until, assignee: row.assignee_id, arrived, last_inbound_at })
        })
        .collect()
}

/// What the readers hear of a change.
fn told(actor: &Actor, conversation: ConversationId, entry: &NewThreadEntry) -> [LogEntry; 2] {
    [Happening::EntryCreated { conversation, entry: entry.id.into() }, Happening::ConversationUpdated { conversation }]
        .map(|happening| LogEntry { workspace: actor.workspace, happening })
}
