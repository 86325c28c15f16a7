//! Drafts: what was typed and not sent, kept per conversation for as long as the browser tab lives.

use charla_shared::id::ConversationId;
use leptos::prelude::window;
use web_sys::Storage;

/// None where the browser forbids it: drafts are then forgotten, and nothing else breaks.
pub(super) fn storage() -> Option<Storage> {
    window().session_storage().ok().flatten()
}

fn name(conversation: ConversationId) -> String {
    format!("draft {conversation}")
}

/// The draft; empty when there is none.
#[must_use]
pub fn read(conversation: ConversationId) -> String {
    storage().and_then(|storage| storage.get_item(&name(conversation)).ok().flatten()).unwrap_or_default()
}

/// Keeps what is typed.
pub fn keep(conversation: ConversationId, text: &str) {
    let Some(storage) = storage() else { return };
    // A full storage forgets the draft; what is on screen stays.
    let _ = if text.is_empty() {
        storage.remove_item(&name(conversation))
    } else {
        storage.set_item(&name(conversation), text)
    };
}
