//! One type for the id of each kind of thing, so that a contact's id cannot be handed to a function that wants a
//! conversation's. All are UUIDv7 made by the host (RFC 9562 §5.7): they sort by the time they were made.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The text was not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a valid id")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id as the database holds it.
            #[must_use]
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
            }
        }
    )+};
}

ids! {
    /// A workspace: the tenant every row of customer data belongs to.
    WorkspaceId;
    /// A person with a login, who may be a member of several workspaces.
    UserId;
    /// One logged-in browser of a user.
    SessionId;
    /// An invitation to join a workspace.
    InviteId;
    /// A Meta app of a workspace: what signs its webhooks.
    MetaAppId;
    /// One WhatsApp number, Instagram account, Facebook page or bridged phone.
    ChannelId;
    /// A person on the other end.
    ContactId;
    /// A contact on a channel.
    ConversationId;
    /// One message, in or out.
    MessageId;
    /// One webhook POST as it was received.
    DeliveryId;
    /// One piece of background work.
    JobId;
    /// A note or a change in a thread.
    EntryId;
    /// A label of conversations.
    LabelId;
    /// A tag of contacts.
    TagId;
    /// Something a workspace wants to know about its contacts.
    FieldId;
    /// A note about a contact.
    ContactNoteId;
    /// A reply that is written once and used often.
    CannedReplyId;
    /// A member's own view of the list.
    ViewId;
}

/// Made by the sender of a message before it is sent, so that sending twice by accident stores it once.
/// Unique within a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientKey(Uuid);

impl ClientKey {
    /// The key as the database holds it.
    #[must_use]
    pub const fn as_uuid(self) -> Uuid {
        self.0
    }

    /// The key under which a message is sent again: the same for everybody who tries, so that a double click or two members
    /// store it once. It is the message's id under another version (RFC 9562 §5.8), which neither ids nor the keys that
    /// browsers make have.
    #[must_use]
    pub fn of_resent(message: MessageId) -> Self {
        let bytes = message.0.into_bytes();
        Self(uuid::Builder::from_bytes(bytes).with_version(uuid::Version::Custom).into_uuid())
    }
}

impl From<Uuid> for ClientKey {
    fn from(key: Uuid) -> Self {
        Self(key)
    }
}

impl fmt::Display for ClientKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_sent_again_has_one_key_that_is_its_own() {
        let id = |text: &str| text.parse::<MessageId>().expect("valid");
        let first = id("01890a5d-ac96-774b-bcce-b302099a8057");
        assert_eq!(ClientKey::of_resent(first).to_string(), "01890a5d-ac96-874b-bcce-b302099a8057");
        assert_ne!(ClientKey::of_resent(first), ClientKey::of_resent(id("01890a5d-ac96-774b-bcce-b302099a8058")));
    }

    #[test]
    fn an_id_survives_being_written_and_read() {
        let id: ContactId = "01890a5d-ac96-774b-bcce-b302099a8057".parse().expect("valid");
        assert_eq!(id.to_string(), "01890a5d-ac96-774b-bcce-b302099a8057");
        assert_eq!("not-an-id".parse::<ContactId>(), Err(NotAnId));
    }
}
