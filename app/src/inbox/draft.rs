//! Drafts: what was typed and not sent. The browser keeps each at once, for all of its tabs; the host is told after a moment
//! of quiet, so that it waits on the member's other devices, too. What was typed last stands, wherever that was.

use charla_shared::{draft::Draft, id::ConversationId, text};
use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

use super::{
    api, clock,
    desk::{Desk, Writer},
    shelf::Shelf,
};

/// The kind of thing on the shelf.
pub const KIND: &str = "draft";

/// A draft as the browser keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptDraft {
    /// What was typed; nothing when it was sent or deleted and the host does not know yet.
    pub draft: Draft,
    /// Whether the host has it.
    pub told: bool,
}

/// What the browser keeps.
#[must_use]
pub fn read(shelf: Shelf, conversation: ConversationId) -> Option<KeptDraft> {
    shelf.get(KIND, &conversation.to_string())
}

/// Keeps what was typed just now. Says whether the browser did.
pub fn keep(desk: Desk, writer: &Writer, conversation: ConversationId, body: &str) -> bool {
    let draft = Draft { body: body.to_owned(), typed_at: clock::now() };
    write(desk, writer.shelf, conversation, &KeptDraft { draft, told: false })
}

/// Takes what stands at the host: kept here when it is the newer one. Gives it when it is.
pub fn take(desk: Desk, shelf: Shelf, conversation: ConversationId, stands: Draft) -> Option<Draft> {
    let here = read(shelf, conversation);
    if here.as_ref().is_some_and(|here| here.draft.typed_at > stands.typed_at) {
        return None;
    }
    let news = here.is_none_or(|here| here.draft.body != stands.body);
    write(desk, shelf, conversation, &KeptDraft { draft: stands.clone(), told: true });
    news.then_some(stands)
}

/// Keeps a draft no more: the host has none.
pub fn forget(desk: Desk, shelf: Shelf, conversation: ConversationId) {
    shelf.remove(KIND, &conversation.to_string());
    desk.has_draft(conversation, false);
}

fn write(desk: Desk, shelf: Shelf, conversation: ConversationId, kept: &KeptDraft) -> bool {
    desk.has_draft(conversation, text::is_visible(&kept.draft.body));
    let name = conversation.to_string();
    if kept.told && kept.draft.body.is_empty() {
        shelf.remove(KIND, &name);
        true
    } else {
        // A full storage forgets the draft; what is on screen stays, and the host is told.
        shelf.put(KIND, &name, kept)
    }
}

/// Tells the host of a draft that it does not have. Gives a newer one that it has instead. Without a connection the draft
/// stays here and is told later.
pub async fn tell(desk: Desk, writer: &Writer, conversation: ConversationId) -> Option<Draft> {
    let kept = read(writer.shelf, conversation).filter(|kept| !kept.told)?;
    let stands = api::keep_draft(
        writer.shelf.workspace,
        conversation,
        kept.draft.clone(),
        Some(clock::now()),
        Some(writer.shelf.user),
    )
    .await
    .ok()?;
    // A clock that is ahead is put right by the host; it is the same draft all the same.
    if stands.body == kept.draft.body {
        if read(writer.shelf, conversation).as_ref() == Some(&kept) {
            write(desk, writer.shelf, conversation, &KeptDraft { told: true, ..kept });
        }
        return None;
    }
    take(desk, writer.shelf, conversation, stands)
}

/// Tells the host of all drafts that it does not have.
pub fn tell_all(desk: Desk) {
    let Some(writer) = desk.writer() else { return };
    for (name, kept) in writer.shelf.all::<KeptDraft>(KIND) {
        if let (false, Ok(conversation)) = (kept.told, name.parse::<ConversationId>()) {
            let writer = writer.clone();
            spawn_local(async move {
                if tell(desk, &writer, conversation).await.is_some() {
                    let _ = desk.newer.try_set(Some(conversation));
                }
            });
        }
    }
}

/// Tells the host in the moment the page goes: a request that outlives it.
pub fn tell_last(writer: &Writer, conversation: ConversationId) {
    let Some(kept) = read(writer.shelf, conversation).filter(|kept| !kept.told) else { return };
    let arguments = serde_json::json!({
        "workspace": writer.shelf.workspace, "conversation": conversation, "draft": kept.draft,
        "clock": clock::now(), "writer": writer.shelf.user,
    });
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = js_sys::Array::of1(&JsValue::from_str(&arguments.to_string()));
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        // Refused when it is too long; then the browser's own draft is told the next time.
        let _ = window().navigator().send_beacon_with_opt_blob("/fn/inbox/keep_draft", Some(&blob));
    }
}
