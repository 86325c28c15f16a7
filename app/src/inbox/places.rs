//! Where what is stored stands in the thread, and what names it there.

use charla_shared::{
    entry::{EntryContent, EntryView},
    message::{Author, MessageView},
};

use super::order::{BubbleKey, BubblePlace, Standing, What};

/// What names the bubble of a message.
#[must_use]
pub fn key_of(message: &MessageView) -> BubbleKey {
    message.client_key.map_or(BubbleKey::Message(message.id), BubbleKey::Client)
}

/// The place of a message.
#[must_use]
pub fn place_of(message: &MessageView) -> BubblePlace {
    let what = match message.author {
        Author::Contact => What::Theirs,
        Author::Member { id, .. } => What::Ours(Some(id)),
        Author::Phone => What::Ours(None),
    };
    let standing = Standing::Stored(message.at, message.id.into());
    BubblePlace { standing, at: message.at, key: key_of(message), what }
}

/// The place of a note, or of what was done.
#[must_use]
pub fn place_of_entry(entry: &EntryView) -> BubblePlace {
    let author = entry.author.as_ref().map(|author| author.id);
    let what = match entry.content {
        EntryContent::Note { .. } => What::Note(author),
        _ => What::Change(author),
    };
    let standing = Standing::Stored(entry.at, entry.id.into());
    BubblePlace { standing, at: entry.at, key: BubbleKey::Entry(entry.id), what }
}
