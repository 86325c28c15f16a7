//! Messages between Enter and the host's answer, kept by the browser tab: a reload or a page in between loses no word. They
//! keep their keys, so one that was stored after all is stored once.

use charla_shared::id::{ClientKey, ConversationId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{bubbles::Pending, draft};

/// A message as the tab keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The key it is sent under.
    pub key: ClientKey,
    /// Its words.
    pub body: String,
    /// When it was written.
    pub at: Timestamp,
}

fn name(conversation: ConversationId) -> String {
    format!("outbox {conversation}")
}

/// Keeps what is under way in a conversation.
pub fn write(conversation: ConversationId, pending: &[Pending]) {
    let Some(storage) = draft::storage() else { return };
    let kept: Vec<_> = pending.iter().map(|p| Kept { key: p.key, body: p.body.clone(), at: p.at }).collect();
    // A full storage keeps nothing; what is on screen stays.
    let _ = match serde_json::to_string(&kept) {
        Ok(text) if !kept.is_empty() => storage.set_item(&name(conversation), &text),
        _ => storage.remove_item(&name(conversation)),
    };
}

/// What was kept; nothing when it does not read back.
#[must_use]
pub fn read(conversation: ConversationId) -> Vec<Kept> {
    let text = draft::storage().and_then(|storage| storage.get_item(&name(conversation)).ok().flatten());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}
