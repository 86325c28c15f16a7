//! Contacts: everything about one person on the other end, and what members may write about them (rows D1, D3).

use garde::Validate;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    contact_field::{FieldValue, FieldView},
    conversation::{ContactView, Preview, Status},
    entry::{EntryContent, MemberName},
    id::{ContactId, ContactNoteId, ConversationId, FieldId},
    label::TagView,
    text,
};

/// The most characters of a contact's name.
pub const NAME_MAX: usize = 200;
/// The most characters of a note about a contact.
pub const NOTE_MAX: usize = 4_096;
/// The most tags of a workspace.
pub const TAGS_MAX: usize = 200;
/// The most tags one contact has.
pub const TAGS_OF_CONTACT_MAX: usize = 30;
/// Contacts in one page of the list.
pub const CONTACTS_PAGE: i64 = 50;
/// Notes in one page.
pub const NOTES_PAGE: i64 = 20;
/// Entries in one page of the history.
pub const TIMELINE_PAGE: i64 = 20;

/// What somebody is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityKind {
    /// A phone number.
    Phone,
    /// WhatsApp's user id, which is this business' own.
    Bsuid,
    /// The same for linked portfolios.
    ParentBsuid,
    /// An id at Messenger.
    Psid,
    /// An id at Instagram.
    Igsid,
}

impl IdentityKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Phone, Self::Bsuid, Self::ParentBsuid, Self::Psid, Self::Igsid];

    /// The stable name, as stored; keys translations (`contacts-identity-bsuid`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Bsuid => "bsuid",
            Self::ParentBsuid => "parent_bsuid",
            Self::Psid => "psid",
            Self::Igsid => "igsid",
        }
    }

    /// The kind of a stored name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// One thing a contact is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdentityView {
    /// What it is.
    pub kind: IdentityKind,
    /// The number, `+…`, masked for roles that may not see it; or the id.
    pub value: String,
}

/// What is known of a contact in one of the workspace's fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactValue {
    /// Which field.
    pub field: FieldId,
    /// What it holds.
    pub value: FieldValue,
}

/// A conversation of the contact: one for each channel they write to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactConversation {
    /// Which.
    pub id: ConversationId,
    /// The channel's label.
    pub channel_label: String,
    /// Where it stands.
    pub status: Status,
    /// The last message, shortened.
    pub preview: Preview,
    /// When that was.
    pub last_message_at: Timestamp,
}

/// What the viewer may do with contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRights {
    /// Change what is known of them, and write notes.
    pub edit: bool,
    /// Make and change the workspace's fields.
    pub define: bool,
}

/// Everything about one contact but notes and history, which come in pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactCard {
    /// Who.
    pub contact: ContactView,
    /// What WhatsApp calls them, while a name that a member gave stands in its place; empty when WhatsApp told no name.
    pub whatsapp_name: Option<String>,
    /// What they are known by, numbers first.
    pub identities: Vec<IdentityView>,
    /// Their tags, by name.
    pub tags: Vec<TagView>,
    /// What the workspace wants to know of contacts, in its order.
    pub fields: Vec<FieldView>,
    /// What is known of this one; fields that nobody filled are missing.
    pub values: Vec<ContactValue>,
    /// Their conversations, the newest message first; none for roles that may not read conversations.
    pub conversations: Vec<ContactConversation>,
    /// When they were first heard of.
    pub created_at: Timestamp,
    /// When they last wrote; none when they never did, or for roles that may not read conversations.
    pub last_seen_at: Option<Timestamp>,
    /// What the viewer may do.
    pub rights: ContactRights,
}

/// One row of the list of contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRow {
    /// Who.
    pub contact: ContactView,
    /// Their tags, by name.
    pub tags: Vec<TagView>,
    /// When their last message was, in any direction; none for roles that may not read conversations.
    pub last_message_at: Option<Timestamp>,
}

/// A page of the list of contacts, those heard of last first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPage {
    /// The rows.
    pub contacts: Vec<ContactRow>,
    /// After whom the next page begins; none at the end.
    pub next: Option<ContactId>,
}

/// A contact's name as a member wants it.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NewName {
    /// At most [`NAME_MAX`] characters; an empty one gives the contact back the name that WhatsApp tells.
    #[garde(custom(contact_name_rule))]
    pub name: String,
}

fn contact_name_rule(value: &str, _: &()) -> garde::Result {
    let cleaned = text::clean_line(value);
    if !cleaned.is_empty() && !text::is_visible(&cleaned) {
        return Err(garde::Error::new("nothing of this name can be seen"));
    }
    match cleaned.chars().count() {
        length if length > NAME_MAX => {
            Err(garde::Error::new(format!("at most {NAME_MAX} characters; this has {length}")))
        }
        _ => Ok(()),
    }
}

/// A note about a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteView {
    /// Which.
    pub id: ContactNoteId,
    /// Who wrote it; none when they are no member any more.
    pub author: Option<MemberName>,
    /// What it says.
    pub body: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last changed; as [`Self::created_at`] when never.
    pub updated_at: Timestamp,
    /// Whether the viewer may change it: their own.
    pub may_edit: bool,
    /// Whether the viewer may delete it: their own, or any for roles that delete contacts.
    pub may_delete: bool,
}

/// A place in the notes or the history of a contact, in the order newest first: after this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeCursor {
    /// When it was.
    pub at: Timestamp,
    /// Its id.
    pub id: Uuid,
}

/// A page of notes, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotePage {
    /// The notes.
    pub notes: Vec<NoteView>,
    /// Where the next page begins; none at the end.
    pub next: Option<TimeCursor>,
}

/// A note as somebody writes it.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[garde(context(()))]
pub struct NoteText {
    /// 1 to [`NOTE_MAX`] characters, something visible among them.
    #[garde(custom(note_rule))]
    pub body: String,
}

fn note_rule(value: &str, _: &()) -> garde::Result {
    let cleaned = text::clean(value);
    if !text::is_visible(&cleaned) {
        return Err(garde::Error::new("write something"));
    }
    match cleaned.chars().count() {
        length if length > NOTE_MAX => {
            Err(garde::Error::new(format!("at most {NOTE_MAX} characters; this has {length}")))
        }
        _ => Ok(()),
    }
}

/// Something that happened with a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Episode {
    /// They were heard of for the first time.
    FirstSeen,
    /// Their first message on a channel, in either direction.
    Opened {
        /// The conversation.
        conversation: ConversationId,
        /// The channel's label.
        channel: String,
    },
    /// Something was done with one of their conversations.
    Worked {
        /// The conversation.
        conversation: ConversationId,
        /// The channel's label.
        channel: String,
        /// What: its status or whose it is.
        content: EntryContent,
    },
    /// They got a tag that they still have.
    Tagged {
        /// The tag.
        tag: TagView,
    },
    /// Somebody wrote a note about them.
    Noted {
        /// Its beginning.
        text: String,
    },
    /// Somebody changed their name.
    Renamed {
        /// What they were called.
        from: String,
        /// What they are called since.
        to: String,
    },
}

/// One line of a contact's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// Distinguishes it from the others of the same instant.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who did it; none when the contact or the product did, or it is not known.
    pub by: Option<MemberName>,
    /// What.
    pub what: Episode,
}

/// A page of a contact's history, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelinePage {
    /// The entries.
    pub entries: Vec<TimelineEntry>,
    /// Where the next page begins; none at the end.
    pub next: Option<TimeCursor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_empty_but_not_invisible_and_not_endless() {
        let name = |name: &str| NewName { name: name.to_owned() }.validate().is_ok();
        assert!(name(""));
        assert!(name("  "));
        assert!(name("Ana María"));
        assert!(!name("\u{200b}"));
        assert!(name(&"ñ".repeat(NAME_MAX)));
        assert!(!name(&"ñ".repeat(NAME_MAX + 1)));
    }

    #[test]
    fn a_note_says_something_within_its_limit() {
        let note = |body: &str| NoteText { body: body.to_owned() }.validate().is_ok();
        assert!(note("Prefers mornings.\nCall first."));
        assert!(!note(" \n "));
        assert!(!note("\u{200b}\u{feff}"));
        assert!(note(&"🦙".repeat(NOTE_MAX)));
        assert!(!note(&"🦙".repeat(NOTE_MAX + 1)));
    }

    #[test]
    fn kinds_of_identities_are_found_by_their_stored_names() {
        for kind in IdentityKind::ALL {
            assert_eq!(IdentityKind::from_name(kind.name()), Some(*kind));
        }
        assert_eq!(IdentityKind::from_name("fax"), None);
    }
}
