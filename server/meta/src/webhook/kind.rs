//! What an update is about, in one word.

/// The kind of an update. [`Kind::as_str`] is stable: `charla replay` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A customer's message.
    Message,
    /// How far a message of ours has come.
    Status,
    /// A message of ours that was written elsewhere: on the business's phone, in Meta's own inbox, by another app.
    Echo,
    /// An error about the account or a message that could not be passed on.
    Error,
    /// A call.
    Call,
    /// How far a call has come.
    CallStatus,
    /// Messages from before the number was connected.
    History,
    /// An entry of the phone's address book.
    ContactSync,
    /// A customer stopped or resumed marketing messages.
    UserPreference,
    /// Something about a group.
    Group,
    /// Messenger, Instagram: an emoji on a message.
    Reaction,
    /// Messenger, Instagram: a tapped button.
    Postback,
    /// Messenger, Instagram: the customer has read.
    Read,
    /// Messenger: what we sent has arrived.
    Delivery,
    /// Messenger, Instagram: came by a link or an advertisement.
    Referral,
    /// Messenger: agreed to be written to.
    Optin,
    /// Messenger, Instagram: changed a message.
    MessageEdit,
    /// Messenger, Instagram: the conversation goes from one app to another.
    Handover,
    /// Messenger: linked an account.
    AccountLinking,
    /// A comment under a post.
    Comment,
    /// A mention.
    Mention,
    /// A copy for an app that does not hold the conversation.
    Standby,
    /// Any other field, by Meta's name for it: `account_update`, `message_template_status_update` …
    Field(String),
}

impl Kind {
    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Message => "message",
            Self::Status => "status",
            Self::Echo => "echo",
            Self::Error => "error",
            Self::Call => "call",
            Self::CallStatus => "call_status",
            Self::History => "history",
            Self::ContactSync => "contact_sync",
            Self::UserPreference => "user_preference",
            Self::Group => "group",
            Self::Reaction => "reaction",
            Self::Postback => "postback",
            Self::Read => "read",
            Self::Delivery => "delivery",
            Self::Referral => "referral",
            Self::Optin => "optin",
            Self::MessageEdit => "message_edit",
            Self::Handover => "handover",
            Self::AccountLinking => "account_linking",
            Self::Comment => "comment",
            Self::Mention => "mention",
            Self::Standby => "standby",
            Self::Field(name) => name,
        }
    }
}
