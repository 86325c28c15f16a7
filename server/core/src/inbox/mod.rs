//! The inbox (rows C1–C6 begun): conversations, messages in and out, and how far they have come.
//!
//! A message comes in by [`receive`](mod@receive) and goes out by [`send`](mod@send); [`sending`](crate::sending) hands it
//! to Meta, [`status`](mod@status) takes Meta's words about it, [`resend`](mod@resend) puts another in its place when it did
//! not arrive. What members do with a conversation goes through [`change`](mod@change); [`snooze`](mod@snooze) ends its
//! sleep. Members write [`notes`](mod@notes) beside the messages. The list, the thread and a message's way
//! ([`recorder`](mod@recorder)) are read here.

mod assign;
mod callback;
mod change;
mod drafts;
mod entries;
mod labelling;
mod labels;
mod life;
mod list;
mod notes;
mod read;
mod receive;
mod recorder;
mod resend;
pub(crate) mod row;
mod send;
mod snooze;
mod staff;
mod status;
mod thread;
mod typing;
mod views;
mod waiting;

use charla_shared::{
    life::{CONVERSATION_LABELS_MAX, LABELS_MAX},
    list::VIEWS_MAX,
    problem::{Problem, ProblemKind},
};

pub(crate) use callback::CallbackData;
pub use change::change;
pub(crate) use drafts::sweep as sweep_drafts;
pub use drafts::{draft, drafts, keep_draft};
pub use labels::{change_label, create_label, delete_label, label_uses};
pub use list::{choices, conversation, conversations, counts, standing};
pub use notes::write_note;
pub use read::mark_read;
pub(crate) use read::send_receipt;
pub(crate) use receive::{Inbound, Received, receive};
pub use recorder::recorder;
pub use resend::resend;
pub use send::send;
pub(crate) use snooze::wake;
pub use staff::staff;
pub(crate) use status::{
    Outgoing, Status, Word, lock as lock_messages, record, save as save_messages, sweep, take_early, take_statuses,
};
pub use thread::{entry, message, thread};
pub use typing::typing;
pub use views::{change_view, delete_view, save_view};
pub(crate) use waiting::repair as repair_waits;

use crate::Failure;

/// What may go wrong in the inbox.
#[derive(Debug, thiserror::Error)]
pub enum InboxError {
    /// What every feature shares.
    #[error(transparent)]
    Shared(#[from] Failure),
    /// The customer has not written for 24 hours: only a template may be sent.
    #[error("the 24-hour window is closed")]
    WindowClosed,
    /// The number was deactivated: nothing is sent through it.
    #[error("the channel is deactivated")]
    ChannelInactive,
    /// The client key belongs to another text.
    #[error("the client key belongs to another message")]
    KeyReused,
    /// Only a message of the same conversation that WhatsApp knows can be answered to.
    #[error("the message cannot be quoted")]
    NotQuotable,
    /// Only a message that failed, or stays unconfirmed, is sent again.
    #[error("the message is not lost")]
    NotResendable,
    /// WhatsApp may still say what became of it.
    #[error("the message may still arrive")]
    StillUnclear,
    /// The member does not answer customers.
    #[error("the member may not reply, so nothing is assigned to them")]
    NotAssignable,
    /// Another label has the name.
    #[error("there is a label of this name")]
    LabelTaken,
    /// Somebody has changed the label since it was read.
    #[error("the label was changed since")]
    LabelChangedSince,
    /// The workspace has as many labels as it may have.
    #[error("the workspace has {LABELS_MAX} labels already")]
    TooManyLabels,
    /// The conversation has as many labels as it may have.
    #[error("the conversation has {CONVERSATION_LABELS_MAX} labels already")]
    LabelsFull,
    /// The member has as many saved views as one can have.
    #[error("the member has {VIEWS_MAX} saved views")]
    TooManyViews,
}

impl From<sqlx::Error> for InboxError {
    fn from(error: sqlx::Error) -> Self {
        Self::Shared(error.into())
    }
}

impl From<crate::DatabaseError> for InboxError {
    fn from(error: crate::DatabaseError) -> Self {
        Self::Shared(error.into())
    }
}

impl From<InboxError> for Problem {
    fn from(error: InboxError) -> Self {
        match error {
            InboxError::Shared(failure) => failure.into(),
            InboxError::WindowClosed => Self::new(
                ProblemKind::Conflict,
                "inbox.window_closed",
                "The customer has not written for 24 hours, so WhatsApp takes no free message. Nothing was sent.",
            ),
            InboxError::ChannelInactive => Self::new(
                ProblemKind::Conflict,
                "inbox.channel_inactive",
                "This number is deactivated, so nothing was sent. An admin can activate it under Numbers.",
            ),
            InboxError::KeyReused => Self::new(
                ProblemKind::Invalid,
                "inbox.key_reused",
                "This key was used for another text, which was kept. Send the new text with a key of its own.",
            ),
            InboxError::NotQuotable => Self::new(
                ProblemKind::Conflict,
                "inbox.not_quotable",
                "The message you answer to is not one that WhatsApp knows in this conversation. Nothing was sent.",
            ),
            InboxError::NotResendable => Self::new(
                ProblemKind::Conflict,
                "inbox.not_resendable",
                "This message is not lost, so it is not sent again. Nothing was sent.",
            ),
            InboxError::StillUnclear => Self::new(
                ProblemKind::Conflict,
                "inbox.still_unclear",
                "WhatsApp may still report on this message. Wait until it counts as unconfirmed. Nothing was sent.",
            ),
            InboxError::NotAssignable => Self::new(
                ProblemKind::Conflict,
                "inbox.not_assignable",
                "This member's role does not answer customers, so nothing is assigned to them. Nothing was changed.",
            ),
            InboxError::LabelTaken => Self::new(
                ProblemKind::Conflict,
                "inbox.label_taken",
                "There is a label of this name already. Choose another name, or use that label.",
            ),
            InboxError::LabelChangedSince => Self::new(
                ProblemKind::Conflict,
                "inbox.label_changed_since",
                "Somebody has changed this label since you opened it. Nothing was changed; close the form and open it again.",
            ),
            InboxError::TooManyLabels => Self::new(
                ProblemKind::Conflict,
                "inbox.too_many_labels",
                format!("This workspace has {LABELS_MAX} labels, which is as many as it can have. Delete one first."),
            ),
            InboxError::LabelsFull => Self::new(
                ProblemKind::Conflict,
                "inbox.labels_full",
                format!("A conversation has at most {CONVERSATION_LABELS_MAX} labels. Take one off first."),
            ),
            InboxError::TooManyViews => Self::new(
                ProblemKind::Conflict,
                "inbox.too_many_views",
                format!(
                    "You have {VIEWS_MAX} saved views, which is as many as one can have. Delete one to save another."
                ),
            ),
        }
    }
}
